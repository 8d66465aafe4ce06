"""Run the eligibility engine over a person with his history rows and files; its advice is kept with him."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.kernel.documents import FIRST_HISTORY
from services.kernel.states import PersonState
from services.registration.access.own_view import deeds_count
from services.registration.eligibility.assess import assess
from services.registration.eligibility.in_force import rules_in_force
from services.registration.eligibility.inputs import input_of, service_of
from services.registration.eligibility.rules import RuleSet
from services.registration.model.dossier import Dossier
from services.registration.model.person import History, KnownFile, Person
from services.registration.shared.papers import is_proved

_PROOF_DUE = frozenset(
    {
        PersonState.DIAJUKAN,
        PersonState.DIKEMBALIKAN,
        PersonState.MEMENUHI_SYARAT,
        PersonState.TIDAK_MEMENUHI_SYARAT,
    }
)
"""States that a row is in once it has been submitted or verified: from then on service without proof is in doubt."""
_OPEN = frozenset(
    {
        PersonState.TERDAFTAR,
        PersonState.AKUN_DIBUAT,
        PersonState.DIAJUKAN,
        PersonState.DIKEMBALIKAN,
    }
)
"""States in which files come in and no verdict stands."""


def advise(dossier: Dossier, *, verifying: bool = False) -> Person:
    """The person with the advice to show: of this moment, or where a verdict stands as it was stored with the record.

    What is stored with him is of his last write, and knows nothing of files accepted since. Under a verdict that is the
    verdict itself, or what he has changed since, which is marked.
    """
    if dossier.person.state not in _OPEN:
        return dossier.person
    return assess_dossier(dossier.person, dossier.histories, dossier.files, verifying=verifying)


def assess_dossier(
    person: Person,
    histories: Iterable[History],
    files: Sequence[KnownFile],
    *,
    verifying: bool = False,
    rules: RuleSet | None = None,
) -> Person:
    """The person with the advice of the rules in force, or of others. Nothing is refused here.

    `verifying`: for whoever is about to decide on him, whatever state he is in.
    """
    assessment = assess(
        input_of(
            person.row,
            active=person.active is not False,  # the institution stated it when it registered him, then he himself
            active_assured=deeds_count(person),
            proved=is_proved(files, FIRST_HISTORY),
            histories=[service_of(row.fields, proved=is_proved(files, row.id)) for row in histories],
            proof_due=verifying or person.state in _PROOF_DUE,
        ),
        rules or rules_in_force(),
    )
    private = replace(person.private, assessment=assessment)
    return replace(person, overall=assessment.overall.value, private=private)
