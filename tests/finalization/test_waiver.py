"""A waiver for an office of one: given by bkn against a letter, until a day; withdrawn; kept in the gate and told."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.finalization.adapters import institution_items
from services.finalization.translate import translate
from services.kernel import clock
from services.kernel.events.facts import InstitutionWaived
from services.kernel.events.relay import Change
from services.kernel.writes import gate
from tests.finalization.world import CODE, NOON, World
from tests.support.aws import Answer

WHY = "Kantor ini hanya mempunyai seorang petugas sampai pengganti datang."
LAST = date(2022, 9, 30)


def give(world: World, **changed: Any) -> Answer:
    options = {name: changed.pop(name) for name in ("role", "received", "key", "institution") if name in changed}
    body = {"until": LAST.isoformat(), "letter": {"number": "800/5/2022", "date": "2022-08-30"}, "reason": WHY}
    return world.post("waivers", {**body, **changed}, **{"role": "bkn", "received": NOON, **options})


def withdraw(world: World, number: object = 1, **changed: Any) -> Answer:
    options = {name: changed.pop(name) for name in ("role", "received", "key") if name in changed}
    body = {"reason": "Petugas kedua sudah bertugas sejak hari ini.", **changed}
    return world.post(f"waivers/{number}/withdrawal", body, **{"role": "bkn", **options})


def test_it_holds_until_the_end_of_its_day(started: World) -> None:
    answer = give(started)
    assert answer.status == 201, answer.text
    (shown,) = answer.json["waivers"]
    assert (shown["number"], shown["reason"], shown["holds"]) == (1, WHY, True)
    assert (shown["at"], shown["until"]) == ("2022-09-01T12:00:00+07:00", "2022-10-01T00:00:00+07:00")
    assert shown["letter"] == {"number": "800/5/2022", "date": "2022-08-30", "file": None}
    round_ = gate.read_round(CODE)
    end = clock.from_millis(clock.millis(NOON)) + timedelta(days=29, hours=12)
    held = [
        round_.is_waived(at) for at in (NOON - timedelta(milliseconds=1), NOON, end - timedelta(milliseconds=1), end)
    ]
    assert held == [False, True, True, False], "from the receipt on, and 24.00 is over"
    assert WHY not in str(started.fin("WAIVER#")), "a reason is kept sealed"
    started.require_consistent()


@pytest.mark.parametrize("role", ["admin", "ppk", "auditor", "operator"])
def test_its_institution_reads_it_and_only_bkn_gives_it(started: World, role: str) -> None:
    assert give(started).status == 201
    assert give(started, role=role).status == 403
    assert withdraw(started, role=role).status == 403
    assert [one["reason"] for one in started.get(role=role).json["waivers"]] == [WHY]


def test_withdrawn_it_stops_at_the_instant_of_receipt(started: World) -> None:
    give(started)
    later = NOON + timedelta(hours=1)
    started.cloud.at(later)
    (shown,) = withdraw(started, received=later).json["waivers"]
    assert (shown["holds"], shown["withdrawn_at"]) == (False, "2022-09-01T13:00:00+07:00")
    assert shown["withdrawal_reason"] == "Petugas kedua sudah bertugas sejak hari ini."
    round_ = gate.read_round(CODE)
    assert [round_.is_waived(later - timedelta(milliseconds=1)), round_.is_waived(later)] == [True, False]
    assert withdraw(started).code == "illegal-transition"
    assert give(started, received=later).json["waivers"][-1]["number"] == 2, "another one may follow"
    assert gate.read_round(CODE).is_waived(clock.now())
    started.require_consistent()


def test_expired_it_cannot_be_withdrawn(started: World) -> None:
    give(started, until="2022-09-01")
    started.cloud.at(NOON + timedelta(hours=12))
    assert started.get(role="bkn").json["waivers"][0]["holds"] is False
    assert withdraw(started).code == "illegal-transition"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": "terlalu pendek"}, "reason"),
        ({"reason": " " * 40}, "reason"),
        ({"until": "2022-08-31"}, "until"),
        ({"until": "2023-09-03"}, "until"),
        ({"until": "besok"}, "until"),
        ({"letter": {"number": "1", "date": "2022-09-02"}}, "letter.date"),
        ({"letter": {"number": "", "date": "2022-08-30"}}, "letter.number"),
        ({"letter": {"number": "1", "date": "2022-08-30", "file": "I9901.SURAT.7"}}, "letter.file"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(started: World, changed: dict[str, Any], field: str) -> None:
    with started.nothing_changes():
        answer = give(started, **changed)
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert [one["field"] for one in answer.json["fields"]] == [field]


def test_the_letter_may_be_an_accepted_upload_of_the_institution(started: World) -> None:
    file = started.uploaded(jenis="SURAT")
    (shown,) = give(started, letter={"number": "1", "date": "2022-08-30", "file": file}).json["waivers"]
    assert shown["letter"]["file"] == file


def test_one_at_a_time_and_none_for_a_locked_institution(sealed: World) -> None:
    assert give(sealed, received=None).code == "wrong-phase"
    sealed.reopen(NOON + timedelta(days=80))
    until = (clock.now() + timedelta(days=3)).date().isoformat()
    assert give(sealed, until=until, received=None).status == 201
    assert give(sealed, until=until, received=None).code == "conflict"


def test_what_is_not_there_cannot_be_withdrawn(started: World) -> None:
    assert [withdraw(started, number).status for number in (1, 0, "x", "01")] == [404] * 4


def test_a_version_that_moved_is_refused_and_a_retry_is_answered_again(started: World) -> None:
    assert give(started, v=started.stored().v - 1).code == "version-moved"
    first, again = (give(started, key="once-00000001") for _ in range(2))
    assert (first.status, again.status, len(again.json["waivers"])) == (201, 201, 1)


def test_it_survives_a_move_of_the_gate(started: World) -> None:
    give(started)
    started.extend({"VERIFICATION": NOON + timedelta(days=90)})
    assert gate.read_round(CODE).is_waived(NOON)


def test_others_are_told_of_all_there_ever_were(started: World) -> None:
    before = started.fin("META")[0]
    give(started)
    started.cloud.at(NOON + timedelta(hours=1))
    withdraw(started, received=NOON + timedelta(hours=1))
    give(started, received=clock.now())
    key = institution_items.key(CODE)
    after = started.fin("META")[0]
    told = [
        fact for fact in translate(Change(key["pk"], key["sk"], before, after)) if isinstance(fact, InstitutionWaived)
    ]
    assert [len(fact.waived) for fact in told] == [2]
    first = told[0].waived[0]
    assert (first.until - first.since) == timedelta(hours=1)
    assert list(translate(Change(key["pk"], key["sk"], after, after))) == []
