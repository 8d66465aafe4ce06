"""A list from its file to the last record: who may, what is counted, what is void, and what cannot be undone."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.kernel.writes.calendar import DEFAULT_2022, Span, Window
from services.registration.adapters import institution_store, person_store
from services.registration.eligibility.advice import Advice, Criterion
from services.registration.eligibility.in_force import rules_in_force
from services.registration.eligibility.rules_2022 import RULES_2022
from services.registration.model.person import Person
from services.registration.model.title_list import LAST_DAYS, LEARNT_WITHIN, NOTICE
from services.registration.model.title_step import StepKind, TitleStep
from services.registration.titles.take_list import refuse_list
from services.registration.titles.take_step import take_step
from tests.registration.listed import INSTITUTION, put_in, register, with_account
from tests.registration.staff import desk
from tests.registration.titles.lists import HEADINGS, LETTER, Killed, National, decided, dying_after, lines_of
from tests.support.gates import open_gate

CLOSES = DEFAULT_2022[Window.VERIFICATION].closes


def listed(seed: int, jabatan: str, **changed: str) -> Person:
    """Somebody with this job title."""
    return register(**{"nik": f"990101410190{seed:04d}", "jabatan": jabatan, **changed})


def title_advice(pid: str) -> tuple[Advice, object, str]:
    """The stored advice on the title: what, by which listed title, under which version."""
    assessment = person_store.load(pid).assessment
    one = next(each for each in assessment.criteria if each.criterion is Criterion.JABATAN)
    return one.advice, one.inputs["daftar"], assessment.rule_version


def test_a_list_is_loaded_counted_run_and_then_holds_for_every_record(bkn: National) -> None:
    """The whole path: nothing is written before the run, and every count is what became of records."""
    cook, driver, teacher = listed(1, "Juru Masak"), listed(2, "Sopir"), listed(3, "Guru Kelas")
    qualified, refused = (
        decided(listed(4, "Juru Masak")),
        decided(listed(5, "Sopir"), PersonState.TIDAK_MEMENUHI_SYARAT),
    )
    doubtful, kept = listed(6, "Juru Masak Kantor"), decided(listed(7, "Guru Kelas"))
    before = {one.pid: one for one in map(person_store.load, (cook.pid, driver.pid, qualified.pid))}

    loaded = bkn.counted("Juru Masak", "Satpam")
    assert {pid: person_store.load(pid) for pid in before} == before
    view = loaded.view()
    assert (view["state"], view["titles"], view["may_run"], view["holds"]) == ("DIMUAT", 2, True, False)
    assert loaded.figures("preview") == {"blocked": 2, "doubted": 1, "freed": 2, "voided": 2}
    effects = loaded.effects()
    assert {
        one["title"]: (one["blocked"], one["doubted"], one["freed"], one["voided"]) for one in effects["titles"]
    } == {
        "Juru Masak": (2, 1, 0, 1),
        "Sopir": (0, 0, 2, 1),
    }
    (of_institution,) = effects["institutions"]
    assert (of_institution["institution"]["name"], of_institution["looked"]) == ("Kabupaten Contoh", 7)

    assert loaded.do("run").status == 202
    assert loaded.view()["state"] == "DIJADWALKAN"
    (begin,) = [json.loads(body) for body in bkn.cloud.messages("TitleStepsQueue")]
    bkn.step(begin)
    assert loaded.view()["run"]["institutions"] is None
    assert {pid: person_store.load(pid) for pid in before} == before
    bkn.cloud.at(clock.now() + NOTICE)
    bkn.step(begin)
    bkn.drain()

    view = loaded.view()
    assert (view["state"], view["holds"], view["run"]["over"]) == ("BERLAKU", True, True)
    assert loaded.figures("run") == loaded.figures("preview")
    assert title_advice(cook.pid) == (Advice.TIDAK, "Juru Masak", "2022.3-T1")
    assert title_advice(driver.pid) == (Advice.LOLOS, None, "2022.3-T1")
    assert title_advice(doubtful.pid) == (Advice.PERLU_DITINJAU, "Juru Masak", "2022.3-T1")
    assert title_advice(teacher.pid)[2] == RULES_2022.version
    states = [person_store.load(one.pid).state.value for one in (qualified, refused, kept)]
    assert states == ["TERDAFTAR", "TERDAFTAR", "MEMENUHI_SYARAT"]
    assert person_store.load(teacher.pid).v == teacher.v
    assert person_store.load(kept.pid).v == kept.v
    new = listed(8, "Juru Masak")
    assert title_advice(new.pid) == (Advice.TIDAK, "Juru Masak", "2022.3-T1")


def test_a_verdict_given_under_a_list_is_void_by_the_next_one_that_differs_only(bkn: National) -> None:
    bkn.run("Juru Masak")
    cook = decided(listed(1, "Juru Masak"), version="2022.3-T1")
    same = bkn.run("Juru Masak", "Pramusaji")
    assert same.figures("run") == {}
    assert person_store.load(cook.pid) == cook
    third = bkn.run("Pramusaji")
    assert third.figures("run") == {"freed": 1, "voided": 1}
    assert title_advice(cook.pid) == (Advice.LOLOS, None, "2022.3-T3")


def test_the_person_and_the_admins_are_told_once_and_the_deed_stands_in_the_history(bkn: National) -> None:
    admin = desk(bkn.cloud, Role.ADMIN)
    desk(bkn.cloud, Role.VERIFIKATOR)
    person = with_account(bkn.cloud, jabatan="Juru Masak")
    loaded = bkn.run("Juru Masak")
    told = {
        (item["notice"], item["sk"]) for item in bkn.cloud.items("RegTable") if item["pk"].startswith("NOTICE#titles")
    }
    assert {kind for kind, _ in told} == {"titles-changed", "titles-run"}
    assert [to for kind, to in told if kind == "titles-run"] == [f"staff#{admin.actor.id}"]
    moved = person_store.load(person.pid)
    assert moved.v == person.v + 1
    bkn.step({"kind": "RUN", "list": loaded.id, "attempt": 1, "institution": INSTITUTION})
    bkn.drain()
    assert person_store.load(person.pid) == moved


def test_only_bkn_loads_and_runs_and_the_auditor_reads(bkn: National) -> None:
    loaded = bkn.counted("Juru Masak")
    auditor = National(bkn.cloud, Role.AUDITOR)
    assert replace(loaded, by=auditor).view() == loaded.view()
    assert auditor.call("POST", "", {"filename": "a.csv", "size": 1}).status == 403
    for deed in ("run", "withdrawal", "preview", "resumption"):
        assert replace(loaded, by=auditor).do(deed).status == 403
    assert National(bkn.cloud, Role.ADMIN).call("GET").status == 403
    assert bkn.call("GET", "/nobody").status == 404
    listing = bkn.call("GET").json
    assert [(one["id"], one["state"]) for one in listing["items"]] == [(loaded.id, "DIMUAT")]
    assert listing["built_in"] == len(RULES_2022.blocklist)


def test_a_file_with_a_column_nobody_knows_is_refused_and_changes_nothing(bkn: National) -> None:
    lines = [(*line, "x") for line in lines_of("Juru Masak")]
    refused = bkn.load(lines, (*HEADINGS, "Catatan"))
    view = refused.view()
    assert (view["state"], view["titles"], view["preview"]) == ("DITOLAK", 0, None)
    assert [fault["code"] for fault in view["faults"]] == ["columns-unknown"]
    assert bkn.drain() == 0
    assert refused.do("run").code == "conflict"
    assert bkn.call("POST", "", {"filename": "a.csv", "size": 3_000_000}).code == "too-large"


def test_a_file_that_cannot_be_read_at_any_try_is_refused(bkn: National) -> None:
    answer = bkn.call("POST", "", {"filename": "daftar.csv", "size": 10})
    refuse_list(answer.json["id"])
    refuse_list("nobody")
    (one,) = bkn.call("GET").json["items"]
    assert one["state"] == "DITOLAK"


def test_the_same_list_twice_is_answered_with_the_one_that_is_there(bkn: National) -> None:
    first = bkn.counted("Juru Masak", "Satpam")
    again = bkn.load(lines_of("SATPAM", "juru masak"))
    view = again.view()
    assert (view["state"], view["same_as"]) == ("DITOLAK", first.id)
    assert [fault["code"] for fault in view["faults"]] == ["list-known"]
    assert first.do("withdrawal").status == 200
    assert first.view()["state"] == "DIBATALKAN"
    assert bkn.load(lines_of("Satpam", "Juru Masak")).view()["state"] == "DIMUAT"


def test_its_file_comes_twice_and_is_read_once(bkn: National) -> None:
    loaded = bkn.counted("Juru Masak")
    v = loaded.view()["v"]
    loaded.arrive(b"something else")
    assert (loaded.view()["v"], loaded.view()["titles"]) == (v, 1)


def test_two_lists_loaded_at_once_are_both_there_and_one_alone_is_ordered(bkn: National) -> None:
    first, second = bkn.load(lines_of("Juru Masak")), bkn.load(lines_of("Satpam"))
    bkn.drain()
    assert first.do("run").status == 202
    refused = second.do("run")
    assert refused.code == "conflict"
    assert "Daftar lain sudah dijadwalkan" in refused.json["detail"]
    bkn.cloud.at(clock.now() + NOTICE)
    assert "daftar lain dijalankan" in second.do("run").json["detail"]
    assert second.do("preview").status == 202
    assert "belum selesai dihitung" in second.do("run").json["detail"]
    waiting = list(bkn.cloud.messages("TitleStepsQueue"))
    for body in waiting:
        step = json.loads(body)
        if step["kind"] == StepKind.PREVIEW:
            bkn.step(step)
    for step in bkn.messages():
        bkn.step(step)
    assert "belum selesai dijalankan" in second.do("run").json["detail"]


def test_a_run_is_called_off_until_a_minute_before_it_holds_and_not_after(bkn: National) -> None:
    cook = listed(1, "Juru Masak")
    loaded = bkn.counted("Juru Masak")
    assert loaded.do("run").status == 202
    since = clock.now() + NOTICE
    assert loaded.view()["withdrawable_until"] is not None
    assert loaded.do("withdrawal").status == 200
    assert (loaded.view()["state"], loaded.view()["number"]) == ("DIMUAT", None)
    bkn.cloud.at(since + timedelta(minutes=1))
    bkn.drain()
    assert title_advice(cook.pid)[2] == RULES_2022.version
    assert rules_in_force() == RULES_2022

    assert loaded.do("run").status == 202
    bkn.cloud.at(clock.now() + NOTICE - LEARNT_WITHIN + timedelta(seconds=1))
    assert loaded.view()["withdrawable_until"] is None
    assert loaded.do("withdrawal").code == "conflict"
    bkn.cloud.at(clock.now() + LEARNT_WITHIN)
    bkn.drain()
    assert loaded.do("withdrawal").code == "conflict"
    assert title_advice(cook.pid)[2] == "2022.3-T2"


def test_a_list_of_a_day_to_come_is_counted_and_runs_from_that_day_on(bkn: National) -> None:
    loaded = bkn.load([(1, "Juru Masak", LETTER[0], "2022-08-25", "2022-09-10")])
    bkn.drain()
    assert (loaded.view()["may_run"], loaded.view()["may_run_from"]) == (False, "2022-09-10T00:00:00+07:00")
    early = loaded.do("run")
    assert (early.code, early.json["fields"][0]["code"]) == ("invalid-fields", "not-effective-yet")
    bkn.cloud.at("2022-09-09T23:59:59+07:00")
    assert loaded.do("run").code == "invalid-fields"
    bkn.cloud.at("2022-09-10T00:00:00+07:00")
    assert loaded.do("run").status == 202


def test_a_list_of_a_day_gone_by_is_taken_and_said_to_be(bkn: National) -> None:
    loaded = bkn.counted("Juru Masak")
    assert (loaded.view()["past"], loaded.view()["may_run"]) == (1, True)


def test_a_version_that_moved_is_refused(bkn: National) -> None:
    loaded = bkn.counted("Juru Masak")
    for deed in ("run", "withdrawal", "preview", "resumption"):
        assert loaded.do(deed, v=1).code == "version-moved"


@pytest.mark.parametrize("stop_after", [0, 2, 5])
def test_a_run_that_is_stopped_anywhere_goes_on_and_counts_nobody_twice(bkn: National, stop_after: int) -> None:
    """The function dies after so many records, before it could note where it was; its message comes again."""
    people = [decided(listed(seed, "Juru Masak")) for seed in range(1, 6)]
    loaded = bkn.counted("Juru Masak")
    loaded.do("run")
    bkn.cloud.at(clock.now() + NOTICE)
    (begin, *_) = [json.loads(body) for body in bkn.cloud.messages("TitleStepsQueue")]
    bkn.step(begin)
    (step,) = [json.loads(body) for body in bkn.cloud.messages("TitleStepsQueue")]
    with dying_after(stop_after), pytest.raises(Killed):
        take_step(TitleStep.model_validate(step))
    versions = {one.pid: person_store.load(one.pid).v for one in people}
    assert sum(versions[one.pid] > one.v for one in people) == stop_after
    bkn.step(step)
    bkn.drain()
    assert loaded.figures("run") == {"blocked": 5, "voided": 5}
    assert [person_store.load(one.pid).v - one.v for one in people] == [1] * 5
    assert loaded.view()["run"]["looked"] == 5


def test_an_institution_near_its_close_is_passed_over_and_gone_on_with_once_it_is_extended(bkn: National) -> None:
    cook = decided(listed(1, "Juru Masak"))
    loaded = bkn.counted("Juru Masak")
    bkn.cloud.at(CLOSES - LAST_DAYS - NOTICE + timedelta(seconds=1))
    loaded.do("run")
    bkn.cloud.at(clock.now() + NOTICE)
    bkn.drain()
    view = loaded.view()
    assert (view["run"]["done"], view["run"]["passed_over"], view["run"]["over"]) == (0, 1, True)
    assert [one["reason"] for one in loaded.effects()["institutions"]] == ["rerun-too-late"]
    assert person_store.load(cook.pid) == cook

    extended = {**DEFAULT_2022, Window.VERIFICATION: Span(DEFAULT_2022[Window.VERIFICATION].opens, CLOSES + LAST_DAYS)}
    open_gate(INSTITUTION, epoch=2, windows=extended)
    assert loaded.do("resumption").status == 202
    bkn.drain()
    assert loaded.figures("run") == {"blocked": 1, "voided": 1}
    assert person_store.load(cook.pid).state is PersonState.TERDAFTAR
    assert loaded.do("resumption").code == "conflict"


@pytest.mark.parametrize(
    ("now", "runs"),
    [
        (CLOSES - LAST_DAYS, True),
        (CLOSES - LAST_DAYS + timedelta(milliseconds=1), False),
        (CLOSES, False),
    ],
)
def test_no_verdict_is_void_outside_verification_nor_in_its_last_three_days(
    bkn: National, now: Any, runs: bool
) -> None:
    cook = decided(listed(1, "Juru Masak"))
    loaded = bkn.counted("Juru Masak")
    bkn.cloud.at(now - NOTICE - timedelta(minutes=1))
    loaded.do("run")
    bkn.cloud.at(now - timedelta(seconds=20) if runs else now)  # the clock runs on while a step is on its way
    bkn.drain()
    assert person_store.load(cook.pid).is_decided is not runs


def test_the_count_says_where_the_list_would_not_run(bkn: National) -> None:
    listed(1, "Juru Masak")
    institution_store.keep("9902", {"title": "Tanpa jadwal"}, clock="opened_v", v=1)
    bkn.cloud.at(CLOSES - timedelta(days=1))
    loaded = bkn.counted("Juru Masak")
    view, effects = loaded.view(), loaded.effects()
    assert (view["preview"]["done"], view["preview"]["passed_over"], view["preview"]["over"]) == (1, 1, True)
    assert [(one["institution"]["code"], one["reason"], one["blocked"]) for one in effects["institutions"]] == [
        ("9901", "rerun-too-late", 1),
        ("9902", "not-found", 0),
    ]


def test_who_is_off_the_roster_or_disputed_is_left_alone(bkn: National) -> None:
    gone, disputed = listed(1, "Juru Masak"), listed(2, "Juru Masak")
    put_in(gone, PersonState.DIHAPUS, before=gone.state.value)
    put_in(disputed, PersonState.KONFLIK, before=disputed.state.value)
    loaded = bkn.run("Juru Masak")
    assert loaded.figures("run") == {}
    assert loaded.view()["run"]["looked"] == 2


def test_an_older_list_is_not_gone_on_with(bkn: National) -> None:
    first = bkn.run("Juru Masak")
    bkn.run("Satpam")
    assert first.view()["holds"] is False
    assert "sudah digantikan" in first.do("resumption").json["detail"]
