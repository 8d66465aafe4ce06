"""BKN opens verdicts alone again for who was left undecided: once, without a letter, within 14 days and the SPTJM."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.finalization.model.institution import Own, Standing
from services.finalization.model.sptjm_states import SptjmState
from services.kernel import clock
from services.kernel.problems import Problem
from services.kernel.states import Matter, Phase
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from tests.finalization.calendar.helpers import closing, deliver, put
from tests.finalization.world import ACCEPT, CLOSES, CODE, CONFIRMED, RETURN, World, person
from tests.support.aws import Answer

DAY = timedelta(days=1)
TICK = timedelta(milliseconds=1)
WHY = "Dua orang belum diputus."


def recheck(world: World, closes: datetime | None = None, code: str = CODE, **options: Any) -> Answer:
    """Open 9901's verification alone until an instant, in five days if not said otherwise, as bkn."""
    at = closes or options.get("received", clock.now()) + 5 * DAY
    body = {"closes": at.isoformat(), "reason": options.pop("reason", WHY), "v": options.pop("v", None)}
    path = f"institutions/{code}/verification-reopening"
    return world.call("POST", path, body, **{"role": "bkn", **options})


def left(world: World) -> World:
    """Two of 9901 had submitted and were left undecided, one of them returned."""
    returned = person("dddd", "DIKEMBALIKAN").model_copy(update={"matters": {Matter.RETURNED: 1}})
    world.tell(person("cccc", "DIAJUKAN"), returned, person("eeee", "TERDAFTAR"), person("ffff", "DIKEMBALIKAN"))
    return world


@pytest.fixture
def undecided(sealed: World) -> World:
    """Sealed, with people left who had submitted."""
    return left(sealed)


@pytest.fixture
def accepted(handed_in: World) -> World:
    """The same, and its statement was accepted."""
    handed_in.decide(ACCEPT)
    return left(handed_in)


def seal_again(world: World) -> None:
    world.pass_drain()
    assert world.lock_due() == 1
    assert world.roster_sealed(total=3) == []


def test_verdicts_alone_open_again(undecided: World) -> None:
    before = undecided.stored()
    shown = recheck(undecided).json
    assert (shown["phase"], shown["epoch"], shown["seal"]) == ("PRAFINAL", before.epoch + 1, None)
    assert (shown["locked_at"], shown["finalized_at"]) == (None, None)
    assert {window["name"]: window["open"] for window in shown["windows"]} == {
        "ENTRY": False, "DOSSIER": False, "CORRECTION": False, "VERIFICATION": True,
    }  # fmt: skip
    (filed,) = shown["reopenings"]
    assert (filed["number"], filed["letter"], filed["reason"]) == (1, None, WHY)
    assert filed["windows"].keys() == {"VERIFICATION"}
    after = undecided.stored()
    assert after.own == {**dict.fromkeys(Window, Own.CUT), Window.VERIFICATION: Own.SET}
    assert after.is_rechecking
    assert WHY not in str(undecided.fin("REOPEN#")), "a reason is kept sealed"
    undecided.require_consistent()


def test_the_gate_lets_verdicts_through_until_the_close_and_nothing_else(undecided: World) -> None:
    until = clock.from_millis(clock.millis(clock.now() + 3 * DAY))
    recheck(undecided, until)
    round_ = gate.read_round(CODE)
    round_.require(Window.VERIFICATION, until - TICK)
    for window, at in (
        (Window.VERIFICATION, until),
        *((each, clock.now()) for each in Window if each != "VERIFICATION"),
    ):
        with pytest.raises(Problem, match="window-closed"):
            round_.require(window, at)


def test_fourteen_days_to_the_millisecond(undecided: World) -> None:
    now = clock.from_millis(clock.millis(clock.now()))
    for closes, fault in ((now + 14 * DAY + TICK, "too-long"), (now, "in-the-past"), (now - TICK, "in-the-past")):
        with undecided.nothing_changes():
            answer = recheck(undecided, closes, received=now)
        assert [(each["field"], each["code"]) for each in answer.json["fields"]] == [("closes", fault)]
    assert recheck(undecided, now + 14 * DAY, received=now).status == 200


def test_only_while_the_signed_statement_is_taken_in(undecided: World) -> None:
    due = undecided.stored().sptjm.closes
    assert due is not None
    with undecided.nothing_changes():
        refused = recheck(undecided, received=due)
    assert (refused.status, refused.code, refused.json["window"]) == (410, "window-closed", "SPTJM")
    assert recheck(undecided, received=due - TICK).status == 200


def test_a_later_due_date_of_the_statement_is_followed(undecided: World) -> None:
    due = undecided.stored().sptjm.closes
    assert due is not None
    undecided.extend({"SPTJM": due + DAY})
    assert recheck(undecided, received=due).status == 200


def test_who_was_left_nobody_has_nothing_to_open(sealed: World) -> None:
    """Neither who never submitted, nor a return of a record that its person had not submitted."""
    sealed.tell(person("eeee", "TERDAFTAR"), person("ffff", "DIKEMBALIKAN"), person("gggg", "AKUN_DIBUAT"))
    with sealed.nothing_changes():
        assert recheck(sealed).code == "wrong-phase"
    sealed.tell(person("cccc", "DIAJUKAN"))
    assert recheck(sealed).status == 200


def test_only_what_is_final_and_sealed(prefinal: World) -> None:
    left(prefinal)
    prefinal.open("9902")
    assert recheck(prefinal).code == "wrong-phase"
    prefinal.cloud.at(CLOSES)
    prefinal.pass_drain()
    prefinal.lock_due()
    assert prefinal.stored().phase is Phase.FINAL
    with prefinal.nothing_changes():
        refused = recheck(prefinal)
    assert (refused.code, "belum disegel" in refused.json["detail"]) == ("wrong-phase", True)
    assert recheck(prefinal, code="9902").code == "wrong-phase", "who never took part"


def test_once_for_an_institution_whatever_came_between(accepted: World) -> None:
    assert recheck(accepted).status == 200
    with accepted.nothing_changes():
        assert recheck(accepted).code == "wrong-phase"
    seal_again(accepted)
    with accepted.nothing_changes():
        refused = recheck(accepted)
    assert "sudah pernah dibuka" in refused.json["detail"]
    accepted.reopen(clock.now() + 5 * DAY)
    seal_again(accepted)
    assert recheck(accepted).code == "wrong-phase"


def test_its_retry_is_answered_and_another_version_refused(undecided: World) -> None:
    until = clock.now() + 5 * DAY
    assert recheck(undecided, until, v=undecided.stored().v - 1).code == "version-moved"
    assert recheck(undecided, until, key="a-key-of-bkn").status == 200
    with undecided.nothing_changes():
        assert recheck(undecided, until, key="a-key-of-bkn").status == 200


def test_somebody_who_was_faster_wins(undecided: World) -> None:
    undecided.come_between(lambda: undecided.reopen(clock.now() + 5 * DAY))
    assert recheck(undecided).code == "version-moved"
    assert undecided.stored().rechecked is None
    undecided.require_consistent()


@pytest.mark.parametrize("reason", ["", " "])
def test_why_is_asked(undecided: World, reason: str) -> None:
    with undecided.nothing_changes():
        assert recheck(undecided, reason=reason).code == "invalid-fields"


def test_the_accepted_statement_counts_until_the_new_one_is_accepted(accepted: World) -> None:
    shown = recheck(accepted).json
    assert (shown["sptjm"]["state"], shown["sptjm"]["standing"]) == ("BELUM", "SPTJM-9901-3")
    assert accepted.stored().standing == Standing(number=1, epoch=3)
    seal_again(accepted)
    assert accepted.stored().phase is Phase.FINAL
    accepted.get("sptjm/document")
    assert accepted.hand_in(accepted.uploaded(2)).status == 200
    assert accepted.decide(RETURN).json["sptjm"]["standing"] == "SPTJM-9901-3", "the new one is returned"
    assert accepted.hand_in(accepted.uploaded(3)).status == 200
    assert accepted.stored().accepted_epoch == 3
    done = accepted.decide(ACCEPT).json
    assert (done["phase"], done["sptjm"]["state"], done["sptjm"]["standing"]) == ("SPTJM_DITERIMA", "DITERIMA", None)
    assert [(each["epoch"], each["state"]) for each in done["sptjm"]["history"]] == [
        (3, "BATAL"), (4, "DIKEMBALIKAN"), (4, "DITERIMA"),
    ]  # fmt: skip
    assert accepted.stored().accepted_epoch == 4


def test_it_counts_on_when_no_new_one_comes(accepted: World) -> None:
    recheck(accepted)
    seal_again(accepted)
    due = accepted.stored().sptjm.closes
    assert due is not None
    accepted.cloud.at(due)
    accepted.get("sptjm/document")
    assert accepted.hand_in(accepted.uploaded(2)).code == "window-closed"
    assert accepted.stored().accepted_epoch == 3


def test_a_reopening_against_a_letter_ends_it_too(accepted: World) -> None:
    recheck(accepted)
    seal_again(accepted)
    accepted.get("sptjm/document")
    accepted.hand_in(accepted.uploaded(2))
    shown = accepted.reopen(clock.now() + 5 * DAY).json["sptjm"]
    assert (shown["state"], shown["standing"]) == ("BATAL", None)
    assert [each["state"] for each in shown["history"]] == ["BATAL", "BATAL"]
    assert all(each["reason"] == "Ada nama yang terlewat." for each in shown["history"])
    assert accepted.stored().accepted_epoch is None


@pytest.mark.parametrize("stage", ["sealed", "made", "handed_in"])
def test_a_statement_that_was_not_accepted_is_void(world: World, stage: str) -> None:
    left(world.reach(stage))
    shown = recheck(world).json["sptjm"]
    assert (shown["state"], shown["standing"]) == ("BELUM" if stage == "sealed" else "BATAL", None)
    seal_again(world)
    assert world.stored().sptjm.state is SptjmState.BELUM
    assert world.stored().accepted_epoch is None


def test_it_cannot_be_extended_but_can_be_finalized_by_hand(undecided: World) -> None:
    recheck(undecided)
    for window in ("VERIFICATION", "DOSSIER"):
        with undecided.nothing_changes():
            assert undecided.extend({window: clock.now() + 20 * DAY}).code == "wrong-phase"
    undecided.tell(
        *(person(pid, "MEMENUHI_SYARAT", v=2) for pid in ("cccc", "dddd", "eeee", "ffff")),
    )
    assert undecided.post("finalization", CONFIRMED).status == 200
    seal_again(undecided)
    assert undecided.stored().phase is Phase.FINAL
    due = undecided.stored().sptjm.closes
    assert due is not None
    assert undecided.extend({"SPTJM": due + DAY}).status == 201


def test_after_a_reopening_against_a_letter_extensions_are_given_again(undecided: World) -> None:
    recheck(undecided)
    seal_again(undecided)
    undecided.reopen(clock.now() + 5 * DAY)
    assert undecided.extend({"VERIFICATION": clock.now() + 20 * DAY}).status == 201


def test_no_calendar_moves_it(undecided: World) -> None:
    recheck(undecided)
    windows = undecided.stored().windows
    put(undecided, closing(**dict.fromkeys(("ENTRY", "DOSSIER", "CORRECTION", "VERIFICATION"), CLOSES + DAY)))
    assert deliver(CODE) == []
    assert undecided.stored().windows == windows


def test_nobody_pre_finalizes_it_again(undecided: World) -> None:
    recheck(undecided)
    assert undecided.prefinal_due(clock.now() + DAY) == 0
    assert undecided.post("prefinalization", {}).code == "wrong-phase"


def test_the_facts_tell_until_when_and_what_counts(accepted: World) -> None:
    accepted.facts()
    until = clock.from_millis(clock.millis(clock.now() + 5 * DAY))
    recheck(accepted, until)
    facts = {fact["detail-type"]: fact["detail"] for fact in accepted.facts()}
    assert facts.keys() == {"institution.phase_changed", "institution.verification_reopened"}
    told = facts["institution.verification_reopened"]
    assert (told["v"], datetime.fromisoformat(told["until"])) == (4, until)
    phase = facts["institution.phase_changed"]
    assert (phase["phase"], phase["epoch"], phase["accepted_epoch"]) == ("PRAFINAL", 4, 3)
    seal_again(accepted)
    names = [fact["detail-type"] for fact in accepted.facts()]
    assert "institution.verification_reopened" not in names, "it is told once"


def test_bkn_sees_where_it_may_and_until_when(undecided: World) -> None:
    def line() -> dict[str, Any]:
        found: dict[str, Any] = undecided.call("GET", "readiness", role="auditor").json["items"][0]
        return found

    due = undecided.stored().sptjm.closes
    assert due is not None
    assert line()["left_undecided"] == 2
    assert datetime.fromisoformat(line()["recheck_until"]) == due
    shown = undecided.get(role="bkn").json
    assert (shown["left_undecided"], datetime.fromisoformat(shown["recheck_until"])) == (2, due)
    assert undecided.get(role="admin").json["recheck_until"] is None, "it is bkn's to do"
    recheck(undecided)
    assert (line()["left_undecided"], line()["recheck_until"]) == (None, None)
    seal_again(undecided)
    assert (line()["left_undecided"], line()["recheck_until"]) == (2, None), "once is once"
