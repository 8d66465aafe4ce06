"""The paper that a unit's head signs: whom it names, what it does not say, who prints it."""

from dataclasses import replace
from typing import Any

import pytest

from services.kernel.aws import s3
from services.kernel.documents import unit_place
from services.kernel.security.sessions import Role
from services.registration.adapters import search_store
from services.registration.model.search_row import unit_term
from services.registration.recap import hand_out_statement
from services.registration.search.keep_search import check_search
from services.registration.settings import settings
from tests.kernel.papers import text_of
from tests.registration.listed import INSTITUTION
from tests.registration.staff import desk, readings, row
from tests.support.aws import FILES_KEY, Cloud

SCHOOL, FORMER, OFFICE = "SDN 1 Contoh", "SD Negeri 1 Contoh", "Dinas Contoh"


@pytest.fixture
def units(portal: Cloud) -> dict[str, str]:
    """Ids of a school with three people (one under its former name, one deleted) and an office with nobody."""
    return portal.stand("registration, units whose heads sign", lambda: _units(portal))


def _units(portal: Cloud) -> dict[str, str]:
    operator, admin = desk(portal, Role.OPERATOR), desk(portal, Role.ADMIN)
    people = [
        row(1, nama="Citra", unit_kerja=SCHOOL, jabatan="Guru Kelas"),
        row(2, nama="Ani", unit_kerja=FORMER.upper(), jabatan="Penjaga"),
        row(3, nama="Dodi", unit_kerja=SCHOOL),
        row(4, nama="Eka", unit_kerja="Kebun"),
    ]
    entered = [operator.enter(fields).json["id"] for fields in people]
    assert admin.delete(entered[2], 1).status == 200
    assert admin.call("POST", "/units", {"v": 0, "paths": [[SCHOOL], [OFFICE]]}).status == 200
    found = {each["name"]: each["id"] for each in admin.call("GET", "/units").json["items"]}
    assert admin.call("PATCH", f"/units/{found[SCHOOL]}", {"v": 1, "known_as": FORMER}).status == 200
    check_search(INSTITUTION)
    return found


def printed(portal: Cloud, unit: str, role: Role = Role.ADMIN, **more: Any) -> str:
    """The words of the paper."""
    answer = desk(portal, role, **more).call("GET", f"/recap/units/{unit}/statement")
    assert answer.status == 303, answer.text
    key = answer.headers["location"].partition("?")[0].rpartition("/")[2]
    paper = s3.read(settings().exports_bucket, f"tmp/{key}")
    assert paper is not None
    return text_of(paper)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.PPK])
def test_it_names_everybody_of_the_unit_by_name(portal: Cloud, units: dict[str, str], role: Role) -> None:
    words = printed(portal, units[SCHOOL], role)
    assert words.index("Ani, Penjaga") < words.index("Citra, Guru Kelas")
    assert "2 orang" in words
    assert SCHOOL in words
    assert "Tanda tangan" in words
    assert not any(name in words for name in ("Dodi", "Eka"))


def test_it_holds_no_nik_and_no_birth_date(portal: Cloud, units: dict[str, str]) -> None:
    words = printed(portal, units[SCHOOL])
    for at in (1, 2):
        fields = row(at)
        assert fields["nik"] not in words
        assert fields["tanggal_lahir"] not in words


def test_that_it_was_printed_is_written_down(portal: Cloud, units: dict[str, str]) -> None:
    printed(portal, units[SCHOOL], Role.PPK)
    (_, action, told) = readings()[-1]
    assert (action, told["unit"], told["people"]) == ("print-statement", units[SCHOOL], 2)


def test_a_unit_unknown_empty_or_of_another_institution_is_not_found(portal: Cloud, units: dict[str, str]) -> None:
    admin = desk(portal, Role.ADMIN)
    for unit in ("ffffffff", SCHOOL, units[OFFICE]):
        assert admin.call("GET", f"/recap/units/{unit}/statement").code == "not-found"
    elsewhere = replace(desk(portal, Role.ADMIN, "9902"), institution=INSTITUTION)
    assert elsewhere.call("GET", f"/recap/units/{units[SCHOOL]}/statement").code == "not-found"


def test_a_unit_of_too_many_is_to_be_divided(portal: Cloud, units: dict[str, str]) -> None:
    """One more than a paper names: their lines and their set, as the index holds them."""
    one = next(row for _, row in search_store.all_rows(INSTITUTION) if row.nama == "Citra")
    people = range(hand_out_statement.MOST + 1)
    rows = {at: replace(one, unit_kerja=SCHOOL, registration_number=f"2022-{at}", pid=f"p{at}") for at in people}
    search_store.put_rows(INSTITUTION, dict(rows))
    term = unit_term(SCHOOL)
    search_store.move(INSTITUTION, {term.bucket: {term.term: sum(1 << at for at in people)}}, {})
    refused = desk(portal, Role.ADMIN).call("GET", f"/recap/units/{units[SCHOOL]}/statement")
    assert (refused.status, refused.code) == (413, "too-large")
    assert "5.000 orang" in refused.json["detail"]


def test_the_recap_says_where_documents_keeps_it(portal: Cloud, units: dict[str, str]) -> None:
    items = {each["unit"]: each for each in desk(portal, Role.PPK).call("GET", "/recap").json["items"]}
    assert items[SCHOOL]["place"] == unit_place(FILES_KEY, INSTITUTION, units[SCHOOL])
    assert items["Kebun"]["place"] is None
