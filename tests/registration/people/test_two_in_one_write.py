"""Two people of one institution in one gated write, as a corrected NIK needs: one leaves, another one joins."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from services.kernel.audit import examine as audit_examine
from services.kernel.aws import dynamodb
from services.kernel.problems import Code, Problem
from services.kernel.writes import gate
from services.kernel.writes.calendar import DEFAULT_2022, Round, Span, Window
from services.kernel.writes.gate import ConditionLost, GatedWrite, MovedPerson
from services.registration.adapters import claim_store, counter_store, person_store
from services.registration.adapters.audit_trail import RegistrationTrail
from services.registration.adapters.person_items import root_label
from services.registration.model.claim import Claimant
from services.registration.model.dossier import Change
from services.registration.model.edition import Edition, Purpose
from services.registration.model.person import Person
from services.registration.model.person_states import Action
from services.registration.model.sealed_row import sealed_row
from services.registration.rows.check_row import check_row
from services.registration.rows.new_person import new_person
from services.registration.seals.finish_seal import counted
from tests.registration.listed import IN_TIME, INSTITUTION, ROW, register
from tests.support.aws import Cloud
from tests.support.gates import close_lanes, open_gate

WRONG, RIGHT = ROW["nik"], "9901014101900002"


@pytest.fixture
def wrong(portal: Cloud) -> Person:
    """Whoever was entered under a wrong NIK."""
    return register()


def corrected(nik: str = RIGHT) -> Person:
    checked = check_row({**ROW, "nik": nik})
    assert checked.row is not None
    return new_person(checked.row, is_draft=False, institution=INSTITUTION, entered_by="operator", at=IN_TIME)


def moving(wrong: Person, right: Person) -> list[MovedPerson]:
    """He leaves and gives his claim up; he joins under the other NIK and claims that."""
    was, now = Claimant(INSTITUTION, wrong.pid), Claimant(INSTITUTION, right.pid)
    claim = claim_store.load(WRONG)
    assert claim is not None
    left = wrong.moved(Action.DELETE, IN_TIME)
    changes = (
        Change(wrong, left, "correct-nik", {}, [claim_store.leave(WRONG, was, claim)]),
        Change(None, right, "correct-nik", {}, [claim_store.take(RIGHT, now)]),
    )
    return [person_store.prepare(change, actor="operator", received=IN_TIME)[0] for change in changes]


def commit(people: list[MovedPerson], round_: Round) -> None:
    gate.commit(GatedWrite(round_, Window.ENTRY, IN_TIME, people))


def require_equal(*pids: str) -> None:
    """What the seal asks for: people, states and versions add up to the counters; and every chain is sound."""
    edition = Edition(INSTITUTION, Purpose.SEAL, 1)
    rows = [sealed_row(person_store.load(pid), edition) for pid in pids]
    assert counted(rows) == counter_store.settled(gate.read_round(INSTITUTION))
    trail = audit_examine.examine(INSTITUTION, list(pids), RegistrationTrail(), {})
    assert trail.faults == []


def states(*pids: str) -> Mapping[str, str | None]:
    found = {pid: person_store.find(pid) for pid in pids}
    return {pid: person.state.value if person else None for pid, person in found.items()}


def test_both_move_and_the_seal_will_add_up(wrong: Person) -> None:
    right = corrected()
    commit(moving(wrong, right), gate.read_round(INSTITUTION))
    assert states(wrong.pid, right.pid) == {wrong.pid: "DIHAPUS", right.pid: "TERDAFTAR"}
    counts = counter_store.settled(gate.read_round(INSTITUTION))
    assert (counts.people, counts.versions) == (2, 3)
    assert counts.by_state == {"DIHAPUS": 1, "TERDAFTAR": 1}
    assert claim_store.load(WRONG) is None
    require_equal(wrong.pid, right.pid)


def test_both_move_under_the_round_that_an_extension_made_meanwhile(wrong: Person) -> None:
    right, before = corrected(), gate.read_round(INSTITUTION)
    opens, closes = DEFAULT_2022[Window.ENTRY].opens, DEFAULT_2022[Window.ENTRY].closes
    longer = Span(opens, closes + timedelta(days=7))
    open_gate(INSTITUTION, epoch=2, windows={**DEFAULT_2022, Window.ENTRY: longer})
    commit(moving(wrong, right), before)
    require_equal(wrong.pid, right.pid)


def test_a_lock_that_came_between_refuses_both(wrong: Person) -> None:
    right, before = corrected(), gate.read_round(INSTITUTION)
    people = moving(wrong, right)
    close_lanes(INSTITUTION)
    with pytest.raises(Problem) as refused:
        commit(people, before)
    assert refused.value.code is Code.WINDOW_CLOSED
    require_nobody_moved(wrong, right)


@pytest.mark.parametrize("moved", [("wrong",), ("right",), ("wrong", "right")], ids=" and ".join)
def test_whose_version_had_moved_is_told_by_label_and_nobody_moves(wrong: Person, moved: tuple[str, ...]) -> None:
    right, round_ = corrected(), gate.read_round(INSTITUTION)
    people = moving(wrong, right)
    if "wrong" in moved:
        confirmed = Change(wrong, wrong.edited("other"), "edit", {})
        person_store.commit(confirmed, round_=round_, window=Window.ENTRY, received=IN_TIME, actor="other")
    if "right" in moved:
        register(nik=RIGHT)
    there = {name: person_store.find(person.pid) for name, person in (("wrong", wrong), ("right", right))}
    with pytest.raises(ConditionLost) as lost:
        commit(people, round_)
    labels = {"wrong": root_label(wrong.pid), "right": root_label(right.pid)}
    assert lost.value.failed.keys() & set(labels.values()) == {labels[name] for name in moved}
    assert {name: person_store.find(p.pid) for name, p in (("wrong", wrong), ("right", right))} == there
    require_equal(*(person.pid for person in there.values() if person is not None))


def test_what_belongs_to_one_of_them_is_told_by_its_own_label(wrong: Person) -> None:
    right = corrected()
    people = moving(wrong, right)
    take, leave = people[1].operations[1], people[0].operations[1]
    dynamodb.transact([claim_store.take(RIGHT, Claimant("9902", "other"))])
    with pytest.raises(ConditionLost) as lost:
        commit(people, gate.read_round(INSTITUTION))
    assert take.label in lost.value.failed
    assert leave.label not in lost.value.failed
    require_nobody_moved(wrong, right)


def require_nobody_moved(wrong: Person, right: Person) -> None:
    assert states(wrong.pid, right.pid) == {wrong.pid: "TERDAFTAR", right.pid: None}
    assert claim_store.load(WRONG) is not None
    require_equal(wrong.pid)
