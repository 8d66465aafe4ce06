"""What was asked for and granted against letters, as it is shown. Who did it stands in the audit trail."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Self

from pydantic import BaseModel

from services.finalization.model.extension_states import ExtensionState
from services.finalization.model.institution import Extension, Haste, Letter, Reopening, Waiver
from services.finalization.shared.views import local, maybe_local
from services.kernel.security.sessions import Role
from services.kernel.web.languages import SentenceOrTyped


class LetterView(BaseModel):
    """A letter; `file` is the upload's id, null for one on paper."""

    number: str
    date: date
    file: str | None

    @classmethod
    def of(cls, letter: Letter) -> Self:
        """The letter as it is shown."""
        return cls(number=letter.number, date=letter.date, file=letter.file)


class ExtensionView(BaseModel):
    """Windows moved, or asked to be moved, against a letter; `id` is what a decision names it by."""

    id: str
    number: int
    state: ExtensionState
    letter: LetterView
    requested: dict[str, datetime]
    windows: dict[str, datetime]
    reason: SentenceOrTyped | None
    by_role: Role
    at: datetime
    decided_at: datetime | None

    @classmethod
    def of(cls, extension: Extension, code: str) -> Self:
        """The extension as it is shown."""
        return cls(
            id=f"{code}-{extension.number}",
            number=extension.number,
            state=extension.state,
            letter=LetterView.of(extension.letter),
            requested=_local(extension.requested),
            windows=_local(extension.windows),
            reason=extension.reason,
            by_role=extension.by_role,
            at=local(extension.at),
            decided_at=maybe_local(extension.decided_at),
        )


class ReopeningView(BaseModel):
    """A round opened again; `epoch` is the one it began.

    `letter` is null where none is asked for: of verification alone, and of corrections for usulan left undecided.
    """

    number: int
    epoch: int
    letter: LetterView | None
    windows: dict[str, datetime]
    reason: SentenceOrTyped
    at: datetime

    @classmethod
    def of(cls, reopening: Reopening) -> Self:
        """The reopening as it is shown."""
        return cls(
            number=reopening.number,
            epoch=reopening.epoch,
            letter=LetterView.of(reopening.letter) if reopening.letter else None,
            windows=_local(reopening.windows),
            reason=reopening.reason,
            at=local(reopening.at),
        )


class WaiverView(BaseModel):
    """A waiver for an office of one; `holds` by the server's clock. `until`: as given, `withdrawn_at` may be sooner."""

    number: int
    letter: LetterView
    reason: str
    at: datetime
    until: datetime
    withdrawn_at: datetime | None
    withdrawal_reason: str | None
    holds: bool

    @classmethod
    def of(cls, waiver: Waiver, now: datetime) -> Self:
        """The waiver as it is shown."""
        return cls(
            number=waiver.number,
            letter=LetterView.of(waiver.letter),
            reason=waiver.reason,
            at=local(waiver.at),
            until=local(waiver.until),
            withdrawn_at=maybe_local(waiver.withdrawn_at),
            withdrawal_reason=waiver.withdrawal_reason,
            holds=waiver.span.holds(now),
        )


class HasteView(BaseModel):
    """Why it was finalized by hand before its list had been announced for five days; `days` is how many it had been.

    `days` is null where the institution had recorded no announcement of it.
    """

    epoch: int
    days: int | None
    reason: str
    at: datetime

    @classmethod
    def of(cls, haste: Haste) -> Self:
        """The haste as it is shown."""
        return cls(epoch=haste.epoch, days=haste.days, reason=haste.reason, at=local(haste.at))


def _local(instants: Mapping[str, datetime]) -> dict[str, datetime]:
    return {name: local(instant) for name, instant in instants.items()}
