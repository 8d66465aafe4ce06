"""The roster as staff look at it: pages, search, scope; one record; the NIK on a click that is written down."""

from typing import Any

import pytest

from services.kernel.audit import chain as audit
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import KeyPart
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.kernel.writes import ungated
from services.registration.adapters import person_store
from services.registration.settings import settings
from tests.registration.staff import Desk, desk, readings, row
from tests.support.aws import Cloud
from tests.support.gates import open_gate

NAMES = ("Budi Contoh", "budiman Contoh", "Citra Contoh", "Ani Contoh", "Zaki Contoh")


@pytest.fixture
def admin(portal: Cloud) -> Desk:
    return desk(portal, Role.ADMIN)


@pytest.fixture
def operator(admin: Desk) -> Desk:
    """After the admin in every test, so that `fill` finds the same office."""
    return desk(admin.cloud, Role.OPERATOR)


def fill(operator: Desk) -> dict[str, str]:
    """Five people and a draft, the first who are listed: name to id."""
    return operator.cloud.stand("registration, a roster", lambda: _fill(operator))


def _fill(operator: Desk) -> dict[str, str]:
    people = {name: operator.enter(row(seed, nama=name)).json["id"] for seed, name in enumerate(NAMES)}
    people["Dewi Draf"] = operator.enter(row(50, nama="Dewi Draf", nomor_sk=None)).json["id"]
    return people


def pages(by: Desk, query: str = "", limit: int = 2) -> list[list[str]]:
    """All pages of a list, as names."""
    found, cursor = list[list[str]](), ""
    while True:
        answer = by.call("GET", f"/people?limit={limit}{query}{cursor}")
        assert answer.status == 200, answer.text
        found.append([one["nama"] for one in answer.json["items"]])
        if answer.json["cursor"] is None:
            return found
        cursor = f"&cursor={answer.json['cursor']}"


def test_staff_of_units_see_these_units_only(portal: Cloud, operator: Desk) -> None:
    inside = operator.enter(row(1, nama="Dalam", unit_kerja="Unit A")).json["id"]
    outside = operator.enter(row(2, nama="Luar", unit_kerja="Unit B")).json["id"]
    scoped = desk(portal, Role.VERIFIKATOR, units=["Unit A"])
    assert pages(scoped) == [["Dalam"]]
    assert scoped.detail(inside)["nama"] == "Dalam"
    for answer in (
        scoped.call("GET", f"/people/{outside}"),
        scoped.call("POST", f"/people/{outside}/nik", {}),
        scoped.decide(outside, 1, "MEMENUHI_SYARAT"),
    ):
        assert (answer.status, answer.code) == (404, "not-found")


def test_a_record_shows_everything_but_the_nik(operator: Desk) -> None:
    entered = row(1, nominal_honor=1_500_000)
    pid = operator.enter(entered).json["id"]
    seen = operator.detail(pid)
    assert seen["record"] == {name: value for name, value in entered.items() if name != "nik"}
    assert entered["nik"] not in str(seen)
    assert (seen["entered_by_me"], seen["decisions"], seen["files"]) == (True, [], [])
    assert [history["id"] for history in seen["histories"]] == ["pertama"]
    assert [step["state"] for step in seen["progress"]] == ["TERDAFTAR"]
    assert seen["institution"] == {"code": "9901", "name": "9901"}


def test_warnings_about_the_nik_are_shown_to_whoever_decides(operator: Desk) -> None:
    pid = operator.enter({**row(1), "tanggal_lahir": "1991-02-03", "tanggal_mulai": "2018-01-02"}).json["id"]
    assert [note["code"] for note in operator.detail(pid)["warnings"]] == ["nik-birth-date"]


def links(pid: str) -> list[dict[str, Any]]:
    return list(dynamodb.query_all(settings().audit_table, KeyPart("pk").eq(audit.access_chain(pid))))


def test_the_nik_is_shown_on_a_click_that_is_written_down(portal: Cloud, operator: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    verifier = desk(portal, Role.VERIFIKATOR)
    assert verifier.call("POST", f"/people/{pid}/nik", {}).json == {"nik": row(1)["nik"]}
    assert operator.call("POST", f"/people/{pid}/nik", {}).status == 200
    written = links(pid)
    assert [(link["action"], link["actor"]) for link in written] == [
        ("show-nik", verifier.actor.id),
        ("show-nik", operator.actor.id),
    ]
    assert written[1]["previous"] == written[0]["hash"]
    assert person_store.load(pid).v == 1


def test_bkn_reads_every_record_and_that_is_written_down(portal: Cloud, operator: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    assert desk(portal, Role.BKN).detail(pid)["entered_by_me"] is False
    assert desk(portal, Role.AUDITOR).detail(pid)["id"] == pid
    assert operator.detail(pid)["id"] == pid
    assert [link["action"] for link in links(pid)] == ["read-record", "read-record"]


@pytest.mark.parametrize("role", [Role.BKN, Role.AUDITOR])
def test_whom_the_roster_showed_to_others_is_written_down(portal: Cloud, operator: Desk, role: Role) -> None:
    people = fill(operator)
    reader = desk(portal, role)
    assert pages(reader, "&q=bud", limit=1) == [["Budi Contoh"], ["budiman Contoh"]]
    shown = [{"role": role.value, "people": [people[name]]} for name in ("Budi Contoh", "budiman Contoh")]
    assert readings() == [(reader.actor.id, "read-roster", delta) for delta in shown]
    assert pages(reader, "&q=nobody") == [[]]
    assert len(readings()) == 2, "who was shown nobody read nothing"


@pytest.mark.parametrize(
    "role", [Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK, Role.ADMIN, Role.PPK], ids=lambda role: role.value
)
def test_an_institutions_own_staff_read_their_roster_unwritten(portal: Cloud, operator: Desk, role: Role) -> None:
    fill(operator)
    assert sum(map(len, pages(desk(portal, role, number=2)))) == 6
    assert readings() == []


def test_nothing_is_shown_when_the_reading_cannot_be_written_down(
    portal: Cloud, operator: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(operator)
    assert operator.call("GET", "/people").json["found"] == 6
    monkeypatch.setattr(ungated, "commit", lambda _: False)
    answer = desk(portal, Role.AUDITOR).call("GET", "/people")
    assert (answer.status, answer.code) == (503, "try-again")
    assert "Contoh" not in answer.text


def test_progress_counts_exactly(operator: Desk, admin: Desk) -> None:
    people = fill(operator)
    admin.delete(people["Zaki Contoh"], 1)
    answer = operator.call("GET", "/progress")
    assert answer.json == {
        "total": 5,
        "by_state": {"DRAF": 1, "TERDAFTAR": 4, "DIHAPUS": 1},
        "waived": 0,
        "corrected_niks": 0,
        "asked_niks": 0,
        "cursor": None,
    }


def test_an_institution_without_a_round_is_not_found(portal: Cloud) -> None:
    nobody = desk(portal, Role.ADMIN, "9909")
    assert nobody.call("GET", "/progress").code == "not-found"
    assert nobody.call("GET", "/people").code == "not-found"
    assert nobody.enter(row(1)).code == "not-found"
    open_gate("9909")
    counted = nobody.call("GET", "/progress").json
    none = {"waived": 0, "corrected_niks": 0, "asked_niks": 0}
    assert counted == {"total": 0, "by_state": {}, **none, "cursor": None}
    assert nobody.call("GET", f"/people?state={PersonState.DRAF}").json == {"items": [], "cursor": None, "found": 0}
