"""The list of people as staff search it: any words, number, unit and filters together, page by page, in scope."""

from typing import Any

import pytest

from services.kernel.reference.jobs import family_of
from services.kernel.security.sessions import Role
from services.registration.search.wanted import FamilyIs
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
    return operator.cloud.stand("registration, a list to search", lambda: _fill(operator))


def _fill(operator: Desk) -> dict[str, str]:
    people = {name: operator.enter(row(seed, nama=name)).json["id"] for seed, name in enumerate(NAMES)}
    people["Dewi Draf"] = operator.enter(row(50, nama="Dewi Draf", nomor_sk=None)).json["id"]
    return people


def pages(by: Desk, query: str = "", limit: int = 2) -> list[list[str]]:
    """All pages of a list, as names; each says how many there are altogether."""
    found, cursor, counts = list[list[str]](), "", set[int]()
    while True:
        answer = by.call("GET", f"/people?limit={limit}{query}{cursor}")
        assert answer.status == 200, answer.text
        found.append([one["nama"] for one in answer.json["items"]])
        counts.add(answer.json["found"])
        if answer.json["cursor"] is None:
            assert counts == {sum(map(len, found))}
            return found
        cursor = f"&cursor={answer.json['cursor']}"


def names(by: Desk, query: str, limit: int = 50) -> list[str]:
    """Everybody who is found, by name."""
    return sorted((name for page in pages(by, query, limit) for name in page), key=str.casefold)


def test_pages_go_through_everybody_once(operator: Desk) -> None:
    fill(operator)
    everybody = sorted([*NAMES, "Dewi Draf"], key=str.casefold)
    assert [len(page) for page in pages(operator)] == [2, 2, 2]
    for limit in (1, 2, 5, 6):
        assert names(operator, "", limit) == everybody
    assert pages(operator, limit=50) == [everybody], "what one page holds is in the order of the names"


@pytest.mark.parametrize("query", ["?limit=51", "?limit=0", "?papers=X", "?flag=X", "?advice=X", "?account=X"])
def test_what_nobody_can_look_for_is_refused(operator: Desk, query: str) -> None:
    assert operator.call("GET", f"/people{query}").code == "invalid-fields"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("&q=BUDI", ["Budi Contoh", "budiman Contoh"]),
        ("&q=budi%20", ["Budi Contoh", "budiman Contoh"]),
        ("&q=%E2%80%8EBud%C2%ADi%E2%80%8B", ["Budi Contoh", "budiman Contoh"]),
        ("&q=%EF%BC%A2udi", ["Budi Contoh", "budiman Contoh"]),
        ("&q=draf", ["Dewi Draf"]),
        ("&q=con%20zak", ["Zaki Contoh"]),
        ("&q=aki", []),
        ("&q=bu", []),
        ("&q=budi%20zaki", []),
        ("&q=---", []),
        ("&state=DRAF", ["Dewi Draf"]),
        ("&state=TERDAFTAR&q=zak", ["Zaki Contoh"]),
        ("&state=DIAJUKAN", []),
        ("&account=TANPA_AKUN&q=zaki", ["Zaki Contoh"]),
        ("&account=ADA", []),
        ("&papers=LENGKAP", []),
        ("&papers=KTP&q=ani", ["Ani Contoh"]),
        ("&papers=KURANG&q=ani&state=DRAF", []),
        ("&flag=SENGKETA", []),
        ("&advice=TIDAK&q=ani", []),
    ],
)
def test_search_by_filters_and_words_of_the_name(operator: Desk, query: str, found: list[str]) -> None:
    fill(operator)
    assert names(operator, query, limit=1) == found


@pytest.mark.parametrize(
    ("nama", "typed", "fits"),
    [
        ("Siti Yanti Wati Nainggolan", "nainggolan", True),
        ("Siti Yanti Wati Nainggolan", "wati yan", True),
        ("Siti Yanti Wati Nainggolan", "golan", False),
        ("Muhammad Nur", "moh nur", True),
        ("Muh. Nur", "muhammad", True),
        ("Moh. Nur", "muhamad", True),
        ("Muhar Nur", "muhammad", False),
        ("Ma'ruf Amin", "maruf", True),
        ("José Contoh", "jose", True),
        ("M. Nur", "m nur", True),
        ("Mona Nur", "m nur", False),
        ("Dr. Nur, M.Pd.", "nur", True),
    ],
)
def test_any_word_of_the_name_in_any_order_and_spelling(operator: Desk, nama: str, typed: str, *, fits: bool) -> None:
    operator.enter(row(1, nama=nama))
    assert len(names(operator, f"&q={typed.replace(' ', '%20')}")) == fits


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
    assert pages(operator, "&unit=contoh%20sd&q=ani") == [["Ani"]]


def test_people_are_found_by_category(operator: Desk) -> None:
    operator.enter(row(1, nama="Ani", no_peserta_thk2="99000000001"))
    operator.enter(row(2, nama="Budi", no_peserta_thk2=None))
    assert [pages(operator, f"&kategori={one}") for one in ("THK-II", "NON-ASN")] == [[["Ani"]], [["Budi"]]]


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
    seen = [one["nama"] for one in first["items"]]
    admin.delete(people[seen[-1]], 1)
    rest = operator.call("GET", f"/people?state=TERDAFTAR&limit=9&cursor={first['cursor']}").json
    assert sorted([*seen, *(one["nama"] for one in rest["items"])]) == sorted(NAMES)


@pytest.mark.parametrize("cursor", ["x", "-1", "1.0", "%00", "%C2%B2"])
def test_a_cursor_of_no_use_is_refused(operator: Desk, cursor: str) -> None:
    fill(operator)
    assert operator.call("GET", f"/people?cursor={cursor}").code == "malformed"


def test_a_cursor_past_the_end_finds_nobody_more(operator: Desk) -> None:
    fill(operator)
    assert operator.call("GET", "/people?cursor=999999999").json == {"items": [], "cursor": None, "found": 6}


def test_a_row_shows_what_the_list_may_show(operator: Desk) -> None:
    entered = row(1)
    made = operator.enter(entered).json
    (shown,) = operator.call("GET", "/people").json["items"]
    expected: dict[str, Any] = {
        "id": made["id"],
        "v": 1,
        "nomor_registrasi": made["nomor_registrasi"],
        "nama": entered["nama"],
        "unit_kerja": entered["unit_kerja"],
        "jabatan": entered["jabatan"],
        "kategori": "THK-II" if "no_peserta_thk2" in entered else "NON-ASN",
        "state": "TERDAFTAR",
        "overall": made["advice"]["overall"],
        "active": None,
        "account": "TANPA_AKUN",
        "lacking": ["BUKTI_BAYAR", "FOTO", "KTP", "SK"],
        "flags": [],
        "family": (family_of(entered["jabatan"]) or FamilyIs.TIDAK_DIKENAL).value,
        "risks": None,
    }
    assert shown == expected


def test_staff_of_units_find_their_people_only_however_the_unit_is_spelled(portal: Cloud, operator: Desk) -> None:
    operator.enter(row(1, nama="Luar", unit_kerja="Unit B"))
    operator.enter(row(2, nama="Dalam", unit_kerja="UNIT  A"))
    number = operator.call("GET", "/people?q=luar").json["items"][0]["nomor_registrasi"]
    own = desk(portal, Role.VERIFIKATOR, units=["Unit A"])
    assert pages(own) == [["Dalam"]]
    assert pages(own, "&q=luar") == pages(own, f"&q={number}") == pages(own, "&unit=b") == [[]]
    assert pages(desk(portal, Role.VERIFIKATOR, units=["Unit"], number=2)) == [[]]
    assert pages(desk(portal, Role.VERIFIKATOR, units=["Unit A", "Unit B"], number=3), limit=9) == [["Dalam", "Luar"]]
