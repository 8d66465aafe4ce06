"""Run the eligibility engine over a person with his history rows and files; the verdicts are kept with him."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.kernel.documents import FIRST_HISTORY, DocumentType
from services.registration.dossiers.papers import PROOFS_OF_APPOINTMENT, accepted
from services.registration.eligibility.assess import assess
from services.registration.eligibility.inputs import input_of, service_of
from services.registration.people.record import History, KnownFile, Person


def assess_dossier(person: Person, histories: Iterable[History], files: Sequence[KnownFile]) -> Person:
    """The person with the verdicts of today's rules. They advise: nothing is refused here."""
    assessment = assess(
        input_of(
            person.row,
            active=person.active is not False,  # the institution stated it when it registered him, then he himself
            proved=_proved(files, FIRST_HISTORY),
            histories=[service_of(row.fields, proved=_proved(files, row.id)) for row in histories],
        )
    )
    return replace(person, overall=assessment.overall.value).with_private(assessment=assessment.to_item())


def _proved(files: Sequence[KnownFile], history: str) -> bool | None:
    """True once SK and proof of pay are accepted; until then nobody has said that there are none."""
    has_sk = any(accepted(files, jenis, history) for jenis in PROOFS_OF_APPOINTMENT)
    return True if has_sk and accepted(files, DocumentType.BUKTI_BAYAR, history) else None
