"""What becomes of a record whose NIK was wrong: the one it stood in is left, another one goes on under the right one.

Domain.md, section 3, *Putting right*: the verdict is void, the registration number moves, the record that is left is
not to be restored. Its own number is fresh: a seal sorts by it, and no two of a list are the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.states import GONE, PersonState
from services.registration.adapters import person_store
from services.registration.dossiers.assess_dossier import assess_dossier
from services.registration.eligibility.advice import Criterion
from services.registration.model.asked_nik import AskedNik
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.model.person_states import REMEMBERING, Action
from services.registration.model.private import Progress
from services.registration.model.registration_number import new_registration_number

_HELD: Final = (
    "NIK yang benar masih tercatat pada orang lain di instansi Anda. Perbaiki dahulu NIK orang itu, atau hapus data "
    "ini dengan alasan bila orangnya terdaftar dua kali."
)
_DELETED: Final = (
    "NIK yang benar pernah terdaftar di instansi Anda lalu dihapus. Bila itu orang yang sama, pulihkan data itu dan "
    "hapus data ini dengan alasan."
)


@dataclass(frozen=True)
class Move:
    """Somebody with a wrong NIK, the right one that was asked for, and the id he has under it."""

    dossier: Dossier
    asked: AskedNik
    pid: str

    @property
    def person(self) -> Person:
        """He as he is stored, under the wrong NIK."""
        return self.dossier.person

    def left(self, at: datetime) -> Person:
        """The record he leaves.

        Raises:
            Problem: `illegal-transition` of one that is not on the roster.
        """
        gone = self.person.moved(Action.DELETE, at)
        number = new_registration_number()
        return replace(gone, successor=self.pid, registration_number=number, has_account=False, nik_asked=False)

    def joined(self, at: datetime, *, decided_by: str, disputed: bool) -> Person:
        """The record that goes on, not stored yet (`v` 0); whoever asked and decided may give no verdict on it."""
        before = self.person
        state = state_before_verdict(before)
        private = replace(
            before.private,
            row={**before.row, "nik": self.asked.nik},
            progress=(*before.private.progress, Progress(state, clock.millis(at))),
            marks={},
            voided=frozenset(Criterion) if before.private.decisions else frozenset(),
            origin=None,  # his chain begins here: that of the record he left follows the import
        )
        on = replace(
            before,
            pid=self.pid,
            state=state,
            before=None,
            below=(),
            v=0,
            head="",
            came_from=before.pid,
            nik_asked=False,
            judged=(),
            private=private,
        )
        judged = assess_dossier(on.edited(self.asked.by).edited(decided_by), self.dossier.histories, self.dossier.files)
        return judged.moved(Action.CLAIM_ELSEWHERE, at) if disputed else judged


def move_all(people: Sequence[tuple[Dossier, AskedNik]]) -> list[Move]:
    """Where these people go together; who has another one's right NIK leaves it as that one comes.

    Raises:
        Problem: `conflict` where somebody stands there who does not leave, also if he was deleted.
    """
    leaving = frozenset(dossier.person.pid for dossier, _ in people)
    return [Move(dossier, asked, _vacant(dossier.person, asked.nik, leaving)) for dossier, asked in people]


def _vacant(person: Person, nik: str, leaving: frozenset[str]) -> str:
    pid = person_store.vacant_pid(person.institution, nik, leaving=leaving)
    there = person_store.find(pid)
    if there is not None:
        raise Problem(Code.CONFLICT, _DELETED if there.state in GONE else _HELD)
    return pid


def state_before_verdict(person: Person) -> PersonState:
    """The state under a verdict and under a dispute; `AKUN_DIBUAT` instead of `TERDAFTAR` where there is an account."""
    under = [person.state, person.before, *reversed(person.below)]
    state = next(state for state in under if state is not None and state not in REMEMBERING)
    return PersonState.AKUN_DIBUAT if state is PersonState.TERDAFTAR and person.has_account else state
