"""Move people to their right NIK, one or two who had each other's, in one gated transaction (docs/protocol.md).

Of each the record he leaves and the one that goes on, with their counters and audit links; of each NIK the claim and
the account. His appointments and cards go with him in the same transaction; what is known of his files, of which there
may be hundreds, is copied afterwards (facts/project_moved.py), and read where it was until then.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from pydantic import BaseModel

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.kernel.writes.gate import ConditionLost, GatedWrite, MovedPerson
from services.registration.adapters import (
    account_store,
    asked_nik_store,
    card_store,
    claim_store,
    person_items,
    person_store,
    request_store,
)
from services.registration.dukcapil.check_dukcapil import check_dukcapil
from services.registration.model.account import Account
from services.registration.model.card import CardKind
from services.registration.model.claim import Claimant
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.nik_corrections.carried import Move
from services.registration.people.release_claim import release_claim
from services.registration.shared.tell_person import tell_nik_corrected

ACTION: Final = "correct-nik"
_MAX_TRIES: Final = 3
Result = TypeVar("Result", bound=BaseModel)
_HAS_ACCOUNT: Final = (
    "NIK yang benar sudah memiliki akun, padahal orang ini juga memiliki akun. Bila itu orang yang sama, hapus data "
    "ini dengan alasan; bila bukan, minta bantuan BKN."
)


def commit_moves(moves: Sequence[Move], request: Request, answer: Callable[[Person], Result]) -> Result:
    """Move all of them or none; disputes that end by it are over afterwards.

    Returns, and remembers, `answer` of the record that goes on of the first of them, as it is stored.

    Raises:
        Problem: `conflict` when the right NIK is another one's, or has an account; `version-moved`,
            `illegal-transition`, `window-closed`, `window-not-open`, `try-again`.
    """
    round_ = gate.read_round(moves[0].person.institution)
    for _ in range(_MAX_TRIES):
        work = Work(moves, request)
        answered = answer(work.both[0][1])
        people = [*work.people(request.once.remember(answered))]
        try:
            gate.commit(GatedWrite(round_, Window.CORRECTION, request.received, people))
        except ConditionLost as lost:
            if any(person_items.root_label(pid) in lost.failed for pid in work.pids):
                raise Problem(Code.VERSION_MOVED) from lost
            continue
        work.release()
        return answered
    raise Problem(Code.TRY_AGAIN, retry_after=1)


class Work:
    """One try: claims and accounts as they are read now, and what becomes of them.

    `both` are the records of each: the one he leaves, and the one that goes on.

    Raises:
        Problem: `illegal-transition` of somebody who is not on the roster.
    """

    def __init__(self, moves: Sequence[Move], request: Request) -> None:
        self._moves, self._by, self._at = moves, request.actor.id, request.received
        niks = {nik for move in moves for nik in (move.person.row["nik"], move.asked.nik)}
        self._claims = {nik: claim_store.load(nik) for nik in niks}
        self._accounts = {nik: account_store.load(account_store.account_id(nik)) for nik in niks}
        self._leaving = {move.person.row["nik"]: move.person for move in moves}
        self.both = [(move.left(self._at), self._joined(move)) for move in moves]

    @property
    def pids(self) -> list[str]:
        """The ids of all of these records."""
        return [person.pid for both in self.both for person in both]

    def people(self, remember: Sequence[Operation]) -> Iterator[MovedPerson]:
        """Everybody as the write moves him; what goes with the whole write hangs on the first.

        Raises:
            Problem: `conflict` where two accounts would be one.
        """
        extra = [*self._claim_operations(), *self._account_operations(), *remember]
        for move, (left, joined) in zip(self._moves, self.both, strict=True):
            gone = [asked_nik_store.drop(move.person), *request_store.unlist_all(move.person)]
            yield self._prepared(Change(move.person, left, ACTION, self._delta(move), [*extra, *gone]))
            delta = {**self._delta(move), "row": _but_nik(joined), "state": joined.state.value}
            yield self._prepared(Change(None, joined, ACTION, delta, [*_carried(move, joined), *self._told(joined)]))
            extra = []

    def release(self) -> None:
        """Whoever disputed a NIK that nobody here claims any more has his person back."""
        for nik in self._leaving.keys() - {move.asked.nik for move in self._moves}:
            claim = self._claims[nik]
            if claim is not None:
                release_claim(claim, nik, actor=self._by, received=self._at)

    def _joined(self, move: Move) -> Person:
        return move.joined(self._at, decided_by=self._by, disputed=self._is_disputed(move))

    def _is_disputed(self, move: Move) -> bool:
        """Whether an institution that came first claims the right NIK."""
        claim, leaving = self._claims[move.asked.nik], self._leaving.get(move.asked.nik)
        return claim is not None and not (leaving is not None and claim.owner == _claimant(leaving))

    def _delta(self, move: Move) -> Mapping[str, object]:
        return {
            "nik": [move.person.row["nik"], move.asked.nik],
            "reason": move.asked.reason,
            "asked_by": move.asked.by,
            "moved": [move.person.pid, move.pid],
        }

    def _prepared(self, change: Change) -> MovedPerson:
        return person_store.prepare(change, actor=self._by, received=self._at)[0]

    def _claim_operations(self) -> Iterator[Operation]:
        joining = {move.asked.nik: _claimant(joined) for move, (_, joined) in zip(self._moves, self.both, strict=True)}
        for nik, claim in self._claims.items():
            before, after = self._leaving.get(nik), joining.get(nik)
            claims = before is not None and claim is not None and _claimant(before) in claim.claimants
            if before and claim and claims:
                leaves = _claimant(before)
                yield (
                    claim_store.hand_over(nik, claim, leaves, after) if after else claim_store.leave(nik, leaves, claim)
                )
            elif after:
                yield claim_store.join(nik, after) if claim else claim_store.take(nik, after)

    def _account_operations(self) -> Iterator[Operation]:
        goes = {nik: self._accounts[nik] for nik, person in self._leaving.items() if person.has_account}
        comes = dict(self._coming())
        for nik, there in self._accounts.items():
            if nik in comes:
                if there is not None and nik not in goes:
                    raise Problem(Code.CONFLICT, _HAS_ACCOUNT)
                yield account_store.put_moved(comes[nik], there)
            elif account := goes.get(nik):
                yield account_store.drop(account)

    def _coming(self) -> Iterator[tuple[str, Account]]:
        for move, (_, joined) in zip(self._moves, self.both, strict=True):
            account = self._accounts[move.person.row["nik"]] if move.person.has_account else None
            if account is not None:
                identifier = account_store.account_id(move.asked.nik)
                yield move.asked.nik, account_store.moved_to(account, identifier, move.person, joined)

    def _told(self, joined: Person) -> Sequence[Operation]:
        """What hangs on an account: its owner hears of it, and the population register is asked of the right NIK."""
        if not joined.has_account:
            return ()
        return [*tell_nik_corrected(joined, self._at), *check_dukcapil(joined, self._at)]


def _claimant(person: Person) -> Claimant:
    return Claimant(person.institution, person.pid)


def _but_nik(person: Person) -> dict[str, object]:
    return {name: value for name, value in person.row.items() if name != "nik"}


def _carried(move: Move, joined: Person) -> Iterator[Operation]:
    """His appointments, encrypted for their new place, what of him waits for an answer, and his cards.

    Old codes of cards lead to the new ones.
    """
    yield from request_store.list_all(joined)
    for history in move.dossier.histories:
        yield person_store.put_history(joined, history)
    for kind in CardKind:
        card = card_store.load(move.person.pid, kind)
        if card is not None:
            yield from card_store.put(replace(card, pid=joined.pid))
