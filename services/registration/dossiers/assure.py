"""An account comes to its assurance: what stood beside a verdict counts from then on (domain.md, section 3).

What an account without assurance changes while a verdict stands is marked beside it and voids nothing. When it turns
out whose account it is, the verdict is held against the record as it was decided upon: where an input of a criterion
is another one now, it is void in the same write.
"""

from dataclasses import replace
from datetime import datetime

from services.kernel.states import Assurance
from services.registration.dossiers.assess_dossier import assess_dossier
from services.registration.model.dossier import Dossier
from services.registration.model.person import History, Person
from services.registration.people.standing_verdict import settle
from services.registration.shared.papers import came_after


def assure(dossier: Dossier, assurance: Assurance, at: datetime) -> Person:
    """The person with the assurance, the engine's advice of this moment, and the verdict void or standing."""
    person = replace(dossier.person, assurance=assurance)
    now = assess_dossier(person, dossier.histories, dossier.files)
    if not person.is_decided:
        return now
    decided = _as_decided(dossier)
    before = assess_dossier(decided.person, decided.histories, decided.files)
    return settle(before, now, {}, at, counts=True)


def _as_decided(dossier: Dossier) -> Dossier:
    """The record that was decided upon: without what its marks say was changed since, and without later files.

    Education is left as it is: no criterion looks at it.
    """
    person, marks = dossier.person, dossier.person.marks
    active = marks["active"].before if "active" in marks else person.active
    kept = {row.id: row for row in dossier.histories}
    for name, mark in marks.items():
        if isinstance(mark.before, dict):
            kept[name] = History(name, mark.before)
        elif mark.before is None:
            kept.pop(name, None)
    return replace(
        dossier,
        person=replace(person, active=active if isinstance(active, bool) else None),
        histories=tuple(kept.values()),
        files=tuple(file for file in dossier.files if not came_after(file, person.decided_at)),
    )
