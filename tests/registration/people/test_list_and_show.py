"""The roster as staff look at it: pages, search, scope; one record; the NIK on a click that is written down."""

import itertools
from dataclasses import replace
from typing import Any

import pytest

from services.kernel.audit import chain as audit
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import KeyPart
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.kernel.values.identity import mask_nik
from services.kernel.writes import ungated
from services.registration.adapters import person_store
from services.registration.people.list_roster import RosterQuery, list_roster
from services.registration.people.looked_for import LookedFor
from services.registration.settings import settings
from tests.registration.listed import IN_TIME
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


def test_pages_go_through_everybody_by_state_and_name(operator: Desk) -> None:
    fill(operator)
    assert pages(operator) == [
        ["Dewi Draf", "Ani Contoh"],
        ["Budi Contoh", "budiman Contoh"],
        ["Citra Contoh", "Zaki Contoh"],
    ]
    assert pages(operator, limit=200) == [[name for page in pages(operator) for name in page]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("&q=BUDI", ["Budi Contoh", "budiman Contoh"]),
        ("&q=budi%20", ["Budi Contoh", "budiman Contoh"]),
        ("&q=%E2%80%8EBud%C2%ADi%E2%80%8B", ["Budi Contoh", "budiman Contoh"]),
        ("&q=%EF%BC%A2udi", ["Budi Contoh", "budiman Contoh"]),
        ("&q=draf", ["Dewi Draf"]),
        ("&q=con%20zak", ["Zaki Contoh"]),
        ("&q=aki", []),
        ("&q=budi%20zaki", []),
        ("&q=---", []),
        ("&state=DRAF", ["Dewi Draf"]),
        ("&state=TERDAFTAR&q=z", ["Zaki Contoh"]),
        ("&state=DIAJUKAN", []),
    ],
)
def test_search_by_state_and_words_of_the_name(operator: Desk, query: str, names: list[str]) -> None:
    fill(operator)
    assert [name for page in pages(operator, query, limit=1) for name in page] == names


def test_somebody_is_found_by_the_registration_number_as_it_is_typed(operator: Desk) -> None:
    people = fill(operator)
    number = operator.detail(people["Citra Contoh"])["nomor_registrasi"]
    for typed in (number, f"{number[:5]}-{number[5:]}".lower(), f"%20{number}%20"):
        assert pages(operator, f"&q={typed}") == [["Citra Contoh"]]
    assert pages(operator, f"&q={number[:9]}") == [[]]


def test_people_are_found_by_words_of_their_unit(operator: Desk) -> None:
    operator.enter(row(1, nama="Ani", unit_kerja="SD Negeri 1 Contoh"))
    operator.enter(row(2, nama="Budi", unit_kerja="SD Negeri 2 Contoh"))
    assert pages(operator, "&unit=negeri%202") == [["Budi"]]
    assert pages(operator, "&unit=contoh%20sd&q=a") == [["Ani"]]


def test_people_are_found_by_category(operator: Desk) -> None:
    operator.enter(row(1, nama="Ani", no_peserta_thk2="99000000001"))
    operator.enter(row(2, nama="Budi", no_peserta_thk2=None))
    assert [pages(operator, f"&kategori={one}") for one in ("THK-II", "NON-ASN")] == [[["Ani"]], [["Budi"]]]


def looked_through(by: Desk, query: RosterQuery) -> list[list[str]]:
    """All pages of a list, as names."""
    found = list[list[str]]()
    while True:
        page = list_roster(query, institution="9901", actor=by.actor, received=IN_TIME)
        assert page.looked <= query.most
        found.append([one.nama for one in page.items])
        if page.cursor is None:
            return found
        query = replace(query, cursor=page.cursor)


def test_a_search_ends_after_so_many_and_goes_on_by_its_cursor(operator: Desk) -> None:
    fill(operator)
    names = sorted(NAMES, key=str.casefold)
    assert looked_through(operator, RosterQuery(who=LookedFor("zaki"), most=2)) == [[], [], ["Zaki Contoh"]]
    for most, limit in itertools.product((1, 2, 3, 9), repeat=2):
        pages = looked_through(operator, RosterQuery(who=LookedFor("contoh"), most=most, limit=limit))
        assert [name for page in pages for name in page] == names
        assert max(map(len, pages)) <= limit


def test_staff_of_a_unit_get_answers_that_end(portal: Cloud, operator: Desk) -> None:
    operator.enter(row(1, nama="Luar", unit_kerja="Unit B"))
    operator.enter(row(2, nama="Luas", unit_kerja="Unit A"))
    assert looked_through(desk(portal, Role.VERIFIKATOR, units=["Unit A"]), RosterQuery(most=1)) == [[], ["Luas"]]


def found_by_nik(by: Desk, nik: str) -> list[str]:
    answer = by.call("POST", "/nik-lookups", {"nik": nik})
    assert answer.status == 200, answer.text
    return [one["nama"] for one in answer.json["items"]]


def test_somebody_is_found_by_his_nik_and_nobody_by_a_part_of_it(operator: Desk) -> None:
    nik = row(1)["nik"]
    operator.enter(row(1, nama="Ani"))
    operator.enter(row(2))
    assert found_by_nik(operator, nik) == found_by_nik(operator, f"{nik[:6]} {nik[6:12]} {nik[12:]}") == ["Ani"]
    assert found_by_nik(operator, row(3)["nik"]) == []
    assert pages(operator, f"&q={nik}") == [[]]
    assert operator.call("POST", "/nik-lookups", {"nik": nik[:15]}).code == "invalid-fields"


def test_the_nik_of_other_units_and_institutions_and_of_the_deleted_finds_nobody(
    portal: Cloud, operator: Desk, admin: Desk
) -> None:
    pid = operator.enter(row(1, nama="Ani", unit_kerja="Unit A")).json["id"]
    nik = row(1)["nik"]
    assert found_by_nik(desk(portal, Role.HELPDESK, units=["Unit A"]), nik) == ["Ani"]
    assert found_by_nik(desk(portal, Role.HELPDESK, units=["Unit B"], number=2), nik) == []
    open_gate("9902")
    assert found_by_nik(desk(portal, Role.OPERATOR, "9902"), nik) == []
    admin.delete(pid, 1)
    assert found_by_nik(operator, nik) == []


def test_whom_bkn_finds_by_nik_is_written_down(portal: Cloud, operator: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    reader = desk(portal, Role.BKN)
    assert len(found_by_nik(reader, row(1)["nik"])) == 1
    assert found_by_nik(reader, row(2)["nik"]) == []
    assert readings() == [(reader.actor.id, "read-roster", {"role": "bkn", "people": [pid]})]


def test_deleted_people_are_listed_only_when_asked_for(operator: Desk, admin: Desk) -> None:
    people = fill(operator)
    admin.delete(people["Zaki Contoh"], 1)
    assert "Zaki Contoh" not in str(pages(operator))
    assert pages(operator, "&state=DIHAPUS") == [["Zaki Contoh"]]


def test_a_page_goes_on_though_its_last_person_moved(operator: Desk, admin: Desk) -> None:
    people = fill(operator)
    first = operator.call("GET", "/people?state=TERDAFTAR&limit=2").json
    assert [one["nama"] for one in first["items"]] == ["Ani Contoh", "Budi Contoh"]
    admin.delete(people["Budi Contoh"], 1)
    rest = operator.call("GET", f"/people?state=TERDAFTAR&limit=9&cursor={first['cursor']}").json
    assert [one["nama"] for one in rest["items"]] == ["budiman Contoh", "Citra Contoh", "Zaki Contoh"]


@pytest.mark.parametrize("cursor", ["x", "TERDAFTAR.nobody", "LAIN.x", "%00"])
def test_a_cursor_of_no_use_is_refused(operator: Desk, cursor: str) -> None:
    fill(operator)
    assert operator.call("GET", f"/people?cursor={cursor}").code == "malformed"


def test_a_row_shows_what_the_list_may_show(operator: Desk) -> None:
    entered = row(1)
    made = operator.enter(entered).json
    (shown,) = operator.call("GET", "/people").json["items"]
    assert shown == {
        "id": made["id"],
        "v": 1,
        "nomor_registrasi": made["nomor_registrasi"],
        "nama": entered["nama"],
        "nik_masked": mask_nik(entered["nik"]),
        "unit_kerja": entered["unit_kerja"],
        "jabatan": entered["jabatan"],
        "kategori": "THK-II" if "no_peserta_thk2" in entered else "NON-ASN",
        "state": "TERDAFTAR",
        "overall": made["advice"]["overall"],
        "active": None,
    }


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
    assert nobody.call("GET", f"/people?state={PersonState.DRAF}").json == {"items": [], "cursor": None, "looked": 0}
