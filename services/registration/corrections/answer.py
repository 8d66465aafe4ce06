"""What is answered to whoever corrected a record."""

from services.kernel.states import PersonState
from services.registration.corrections.correction import Correction
from services.registration.eligibility.advice import Criterion
from services.registration.people.entered_view import FieldNote
from services.registration.shared.views import AdviceView, Versioned


class Corrected(Versioned):
    """What is remembered of a correction: no personal data.

    `fields` names what was corrected (template keys, `riwayat`), `voided` the criteria for which a verdict is void now.
    """

    id: str
    state: PersonState
    fields: list[str]
    voided: list[Criterion]


class CorrectedView(Corrected):
    """The record as it stands: the engine's advice, and what is odd in it."""

    advice: AdviceView | None
    warnings: list[FieldNote]


def corrected(correction: Correction) -> Corrected:
    """The part of the answer that is remembered; `v` is the version the write gives."""
    return Corrected(
        id=correction.before.pid,
        v=correction.before.v + 1,
        state=correction.after.state,
        fields=correction.fields,
        voided=sorted(correction.voided),
    )
