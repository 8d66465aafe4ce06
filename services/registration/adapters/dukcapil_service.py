"""The port to the population register, and what stands in for it where there is no line to it.

No contract with Ditjen Dukcapil exists yet: in AWS a stage asks nobody (`dukcapil_service` empty) until an adapter of
theirs is written here. It has to give up after two seconds, for an account is waiting to be made meanwhile.
"""

from collections.abc import Mapping
from typing import Final, Protocol

from services.registration.model.dukcapil import DukcapilAnswer, DukcapilQuestion
from services.registration.settings import settings

STAND_IN: Final = "stand-in"
_BY_END: Final[Mapping[str, DukcapilAnswer]] = {
    "97": DukcapilAnswer.TIDAK_COCOK,
    "98": DukcapilAnswer.TIDAK_DITEMUKAN,
    "99": DukcapilAnswer.LAYANAN_TERGANGGU,
}
"""By the last two digits of the NIK."""


class DukcapilService(Protocol):
    """The population register."""

    def ask(self, question: DukcapilQuestion) -> DukcapilAnswer:
        """Hold NIK, KK, name and birth date together against the register.

        Raises:
            Exception: whatever went wrong on the way: as good as `LAYANAN_TERGANGGU`.
        """


class StandIn:
    """A register of generated people: whoever has a NIK of province 99 is in it, as its last two digits say."""

    def ask(self, question: DukcapilQuestion) -> DukcapilAnswer:
        """`COCOK`, but of 97, 98 and 99 at the end; another province's are not found."""
        if not question.nik.startswith("99"):
            return DukcapilAnswer.TIDAK_DITEMUKAN
        return _BY_END.get(question.nik[-2:], DukcapilAnswer.COCOK)


def dukcapil_service() -> DukcapilService | None:
    """This stage's line to the register; None: it has none."""
    return StandIn() if settings().dukcapil_service == STAND_IN else None
