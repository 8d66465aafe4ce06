"""Changing a dossier: when that is allowed, and the one way it is stored.

What a person changes is his own until he submits. After a verdict he may still complete and correct it; whether that
voids the verdict or is marked beside it depends on his account (domain.md, section 3, "Putting right").
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem
from services.kernel.states import PersonState
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Round, Window
from services.kernel.writes.gate import ConditionLost
from services.registration.access.own_view import deeds_count
from services.registration.adapters import person_store
from services.registration.dossiers.assess_dossier import assess_dossier
from services.registration.model.dossier import Change, Dossier
from services.registration.model.person import History, Person
from services.registration.people.standing_verdict import settle

_OWN = frozenset({PersonState.AKUN_DIBUAT, PersonState.DIKEMBALIKAN})


@dataclass(frozen=True)
class Opened:
    """A dossier somebody wants to change: as stored, with the round that decides whether there is time."""

    dossier: Dossier
    round: Round
    received: datetime

    @property
    def person(self) -> Person:
        """The person as stored."""
        return self.dossier.person

    def editable(self) -> Person:
        """The person as he may be changed.

        Raises:
            Problem: `illegal-transition` while the record is submitted, disputed, moved or deleted.
        """
        if self.person.state in _OWN or self.person.is_decided:
            return self.person
        if self.person.state is PersonState.DIAJUKAN:
            raise Problem(
                Code.ILLEGAL_TRANSITION,
                "Pendaftaran sudah diakhiri. Tarik kembali pendaftaran terlebih dahulu, lalu ubah data Anda.",
            )
        raise Problem(Code.ILLEGAL_TRANSITION)


def open_dossier(request: Request, v: int) -> Opened:
    """The signed-in person's dossier, if there is time and he saw its latest version.

    Raises:
        Problem: `window-closed`, `window-not-open`, `version-moved`.
    """
    opened = open_loaded(person_store.load_dossier(request.actor.id), request)
    opened.person.require_version(v)
    return opened


def open_loaded(dossier: Dossier, request: Request) -> Opened:
    """A dossier that the caller has loaded, if there is time.

    Raises:
        Problem: `window-closed`, `window-not-open`.
    """
    round_ = gate.read_round(dossier.person.institution)
    round_.require(Window.DOSSIER, request.received)
    return Opened(dossier, round_, request.received)


def save(
    opened: Opened,
    after: Person,
    action: str,
    delta: Mapping[str, Any],
    *,
    histories: Iterable[History] | None = None,
    extra: Sequence[Operation] = (),
) -> Person:
    """Store the changed person with the engine's new advice, and whatever else belongs to the change.

    `action` names the deed in the audit trail. `delta` is `{field: [before, after]}` of what he changed; of it a
    verdict that stands is marked. `histories` are all rows as they are then, None where they stay. `extra` joins the
    transaction. Returns the person as stored, one version on.

    Raises:
        Problem: `version-moved` when somebody was faster, or whatever the gate says.
    """
    dossier = opened.dossier
    rows = dossier.histories if histories is None else histories
    before = assess_dossier(opened.person, dossier.histories, dossier.files)
    changed = assess_dossier(after, rows, dossier.files)
    change = Change(
        before=opened.person,
        after=settle(before, changed, delta, opened.received, counts=deeds_count(opened.person)),
        action=action,
        delta=delta,
        extra=extra,
    )
    try:
        return person_store.commit(
            change, round_=opened.round, window=Window.DOSSIER, received=opened.received, actor=opened.person.pid
        )
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost
