from datetime import datetime, timedelta
from typing import Any

import pytest

from services.finalization import app as service
from services.finalization.institution import list_institutions
from services.kernel import clock
from services.kernel.states import VerdictMark
from tests.finalization.world import CLOSES, CODE, NOON, NUMBER, PPK, RETURN, World, accepted

DEFAULT = {
    "ENTRY": ("2022-08-24T00:00:00+07:00", "2022-10-01T00:00:00+07:00"),
    "DOSSIER": ("2022-08-24T00:00:00+07:00", "2022-10-22T17:00:00+07:00"),
    "CORRECTION": ("2022-08-24T00:00:00+07:00", "2022-10-22T17:00:00+07:00"),
    "VERIFICATION": ("2022-08-24T00:00:00+07:00", "2022-10-31T17:00:00+07:00"),
}


def test_the_calendar_of_the_round(world: World) -> None:
    answer = world.call("GET", "calendar", role=None)
    assert answer.status == 200
    assert (answer.json["zone"], answer.json["institution"], answer.json["phase"]) == ("WIB", None, None)
    assert {w["name"]: (w["opens"], w["closes"]) for w in answer.json["windows"]} == DEFAULT
    assert all(window["open"] for window in answer.json["windows"])
    seen = datetime.fromisoformat(answer.json["now"])
    assert seen.utcoffset() == timedelta(hours=7)
    assert abs(seen - clock.now()) < timedelta(seconds=5)


def test_the_calendar_of_an_institution(prefinal: World) -> None:
    prefinal.extend({"VERIFICATION": CLOSES + timedelta(days=1)})
    answer = prefinal.call("GET", f"calendar?institution={CODE}", role=None)
    assert (answer.json["institution"], answer.json["phase"]) == (CODE, "PRAFINAL")
    windows = {window["name"]: window for window in answer.json["windows"]}
    assert windows["ENTRY"]["open"] is False
    assert windows["VERIFICATION"]["closes"] == "2022-11-01T17:00:00+07:00"


@pytest.mark.parametrize("code", ["9999", "99", "x" * 3000])
def test_the_calendar_of_nobody(world: World, code: str) -> None:
    assert world.call("GET", f"calendar?institution={code}", role=None).code == "not-found"


def test_open_is_by_the_servers_clock(world: World) -> None:
    def is_open() -> list[str]:
        windows = world.call("GET", "calendar", role=None).json["windows"]
        return [window["name"] for window in windows if window["open"]]

    world.cloud.at("2022-08-23T23:59:50+07:00")
    assert is_open() == []
    world.cloud.at("2022-10-22T17:00:00+07:00")
    assert is_open() == ["VERIFICATION"]


def test_the_overview(prefinal: World) -> None:
    prefinal.listed("cccc", "DIAJUKAN")
    prefinal.listed("dddd", "DRAF")
    answer = prefinal.get().json
    assert (answer["code"], answer["phase"], answer["epoch"]) == (CODE, "PRAFINAL", 2)
    assert answer["counts"] == {
        "total": 4,
        "by_state": {"DRAF": 1, "DIAJUKAN": 1, "MEMENUHI_SYARAT": 2},
        "by_category": {"THK-II": 1, "NON-ASN": 3},
        "judged": dict.fromkeys(VerdictMark, 0),
    }
    checks = {check["code"]: (check["count"], check["blocking"]) for check in answer["checklist"]}
    assert [check["code"] for check in answer["checklist"] if check["excused"]] == ["announcement"]
    assert checks == {
        "registered-waiting": (0, True),
        "account-waiting": (0, True),
        "submitted-waiting": (1, True),
        "returned-waiting": (0, True),
        "conflict": (0, True),
        "thk2-unconfirmed": (None, True),
        "requests-open": (0, True),
        "inactive-open": (0, True),
        "usulan-open": (0, True),
        "tanggapan-open": (0, True),
        "keberatan-open": (0, True),
        "files-missing": (None, True),
        "announcement": (1, False),
        "nobody-listed": (0, True),
        "draft": (1, False),
        "bantuan-open": (0, False),
        "ppk-missing": (0, False),
    }
    assert (answer["seal"], answer["locked_at"], answer["extensions"]) == (None, None, [])
    assert answer["sptjm"]["state"] == "BELUM"


def test_the_ppk_is_shown_to_those_who_need_him(started: World) -> None:
    shown = {
        role: started.get(role=role).json["ppk"]
        for role in ("operator", "verifikator", "helpdesk", "admin", "ppk", "bkn", "auditor")
    }
    assert {role for role, ppk in shown.items() if ppk == PPK} == {"admin", "ppk", "bkn", "auditor"}
    assert {role for role, ppk in shown.items() if ppk is None} == {"operator", "verifikator", "helpdesk"}


def test_the_directory_page_by_page(started: World) -> None:
    for code in ("9903", "9902"):
        started.open(code, name=f"Instansi {code}", kind="PUSAT")
    first = started.call("GET", "institutions?limit=2", role="bkn").json
    assert [item["code"] for item in first["items"]] == [CODE, "9902"]
    assert first["cursor"] == "9902"
    second = started.call("GET", "institutions?limit=2&cursor=9902", role="auditor").json
    assert [(item["code"], item["name"], item["kind"]) for item in second["items"]] == [
        ("9903", "Instansi 9903", "PUSAT")
    ]
    assert second["cursor"] is None
    line = first["items"][0]
    assert (line["phase"], line["sptjm_state"], line["counts"]["total"]) == ("PENGINPUTAN", "BELUM", 2)
    assert line["closes"] == "2022-10-31T17:00:00+07:00"
    assert [window["name"] for window in line["windows"]] == list(DEFAULT)
    assert "ppk" not in line


def codes(world: World, query: str) -> list[str]:
    answer = world.call("GET", f"institutions?{query}", role="bkn")
    assert answer.status == 200
    return [item["code"] for item in answer.json["items"]]


def test_the_directory_by_phase(started: World) -> None:
    for code in ("9902", "9903", "9904"):
        started.open(code, size=1)
    assert codes(started, "phase=TIDAK_MENDATA") == []
    assert codes(started, "phase=BELUM_MULAI") == ["9902", "9903", "9904"]
    assert codes(started, "phase=PENGINPUTAN&waiting=") == [CODE]
    first = started.call("GET", "institutions?phase=BELUM_MULAI&limit=2", role="bkn").json
    assert ([item["code"] for item in first["items"]], first["cursor"]) == (["9902", "9903"], "9903")
    assert codes(started, "phase=BELUM_MULAI&limit=2&cursor=9903") == ["9904"]
    started.lock_due(CLOSES + timedelta(days=1))
    assert codes(started, "phase=TIDAK_MENDATA") == ["9902", "9903", "9904"], "who never started"
    assert codes(started, "phase=FINAL") == [CODE]


def test_a_filtered_page_goes_on_behind_a_page_without_any(started: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_institutions, "MAX_ON_A_PAGE", 1)
    for code in ("9902", "9903"):
        started.open(code, size=1)
    started.listed("cccc", "DRAF", institution="9903")
    assert codes(started, "phase=PENGINPUTAN") == [CODE, "9903"]


def test_what_waits_for_bkn(sealed: World) -> None:
    for code in ("9902", "9903"):
        sealed.open(code, size=1)
    assert codes(sealed, "waiting=extension") == codes(sealed, "waiting=sptjm") == []
    windows = {"VERIFICATION": (CLOSES + timedelta(days=1)).isoformat()}
    for code in ("9903", "9902"):
        letter = {"number": "1", "date": "2022-08-30", "file": f"I{code}.SURAT.1"}
        sealed.tell(accepted(letter["file"], institution=code))
        body = {"windows": windows, "letter": letter}
        assert sealed.call("POST", f"institutions/{code}/extensions", body, institution=code).status == 202
    assert codes(sealed, "waiting=extension") == ["9902", "9903"]
    assert codes(sealed, "waiting=extension&cursor=9902") == ["9903"]
    assert codes(sealed, "waiting=extension&phase=FINAL") == []
    sealed.call("POST", "extensions/9902-1/decision", {"decision": "DITOLAK", "reason": "Contoh"}, role="bkn")
    assert codes(sealed, "waiting=extension") == ["9903"]
    sealed.get("sptjm/document")
    sealed.hand_in()
    assert codes(sealed, "waiting=sptjm") == [CODE]
    sealed.decide(RETURN)
    assert codes(sealed, "waiting=sptjm") == []


def test_a_line_says_how_far_it_is(started: World) -> None:
    def line() -> dict[str, Any]:
        (item,) = started.call("GET", "institutions", role="bkn").json["items"]
        return {name: item[name] for name in ("lock_at", "ready", "extension_requests")}

    lock_at = "2022-10-31T17:00:45+07:00"
    assert line() == {"lock_at": lock_at, "ready": {"blocking": 0, "uncounted": 2}, "extension_requests": 0}
    started.listed("cccc", "DIAJUKAN")
    started.listed("dddd", "DIAJUKAN")
    started.listed("eeee", "KONFLIK")
    started.ask_more({"VERIFICATION": CLOSES + timedelta(days=1)})
    assert line() == {"lock_at": lock_at, "ready": {"blocking": 2, "uncounted": 2}, "extension_requests": 1}
    started.lock_due(CLOSES + timedelta(days=1))
    assert line()["lock_at"] is None


@pytest.mark.parametrize(
    "query", ["phase=SELESAI", "waiting=usulan", "limit=0", "limit=101", "limit=x", "cursor=../.."]
)
def test_a_page_that_cannot_be(world: World, query: str) -> None:
    answer = world.call("GET", f"institutions?{query}", role="bkn")
    assert (answer.status, answer.code) == (422, "invalid-fields")


def test_nothing_before_the_first_institution(world: World) -> None:
    answer = world.call("GET", "institutions", role="bkn").json
    assert (answer["items"], answer["cursor"]) == ([], None)
    assert datetime.fromisoformat(answer["now"]) - clock.now() < timedelta(seconds=5)
    assert world.get(role="bkn").code == "not-found"


def test_malformed_bodies_are_problems(started: World) -> None:
    with started.nothing_changes():
        for path in ("prefinalization", "finalization", "sptjm"):
            assert started.post(path, "{").code == "malformed"
            assert started.post(path, [1]).code == "malformed"
        assert started.post("sptjm", {"file": "x" * 121, "number": NUMBER}).code == "invalid-fields"
        assert started.post("prefinalization", {"v": "one"}).code == "invalid-fields"


def test_it_describes_itself(world: World) -> None:
    described = world.call("GET", "openapi.json", role=None).json
    assert described["openapi"] == "3.1.0"
    assert "/finalization/institutions/{code}/extensions" in described["paths"]
    assert NOON.tzinfo is not None


@pytest.mark.parametrize("role", ["operator", "verifikator"])
def test_who_works_for_some_units_is_not_told_the_counts_of_all(prefinal: World, role: str) -> None:
    def told(*units: str) -> dict[str, Any]:
        token = prefinal.cloud.token(role, CODE, sub="staff", units=list(units))
        path = f"/finalization/institutions/{CODE}"
        found: dict[str, Any] = prefinal.cloud.call(service.app, "GET", path, token=token).json
        return found

    whole, some = told(), told("Dinas Contoh")
    assert whole["counts"]["total"] is not None
    assert whole["checklist"]
    assert (some["counts"], some["checklist"]) == (None, [])
    assert [one["closes"] for one in some["windows"]] == [one["closes"] for one in whole["windows"]]
