"""What people share is counted over their lines: flagged from so many on, both ways, and never stored as it is."""

import gzip
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import KeyPart
from services.kernel.security.sessions import Role
from services.kernel.states import Category, PersonState
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.adapters import person_store, search_store
from services.registration.adapters.search_queue import ToldMessage
from services.registration.app import relay
from services.registration.model.counted import Counted
from services.registration.model.private import ImportedFrom
from services.registration.model.risk import FLAGGED_FROM, LATE_HOURS, Risk, TraitKind, is_flagged
from services.registration.model.search_row import SearchRow
from services.registration.risk.traits import traits_of_row
from services.registration.search.keep_counts import is_due, keep_counts
from services.registration.search.keep_lines import keep_lines
from services.registration.search.keep_search import check_search, keep_search
from services.registration.settings import settings
from tests.registration.listed import IN_TIME, INSTITUTION, portal, register
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Cloud

__all__ = ["portal"]

LINE: Final = SearchRow(
    "pid",
    1,
    "0000000000",
    "Ani",
    "Unit A",
    "Guru",
    Category.NON_ASN,
    PersonState.TERDAFTAR,
    "LOLOS",
    None,
    "TANPA_AKUN",
)
RISK: Final = {
    TraitKind.CONTACT: Risk.KONTAK_BERSAMA,
    TraitKind.OWN_PAPER: Risk.BERKAS_SAMA,
    TraitKind.PAPER: Risk.BERKAS_SAMA,
    TraitKind.START: Risk.TMT_SERAGAM,
    TraitKind.IMPORT: Risk.IMPOR_AKHIR,
}


def closing_hour() -> int:
    """The hour in which entry closes."""
    return int(gate.read_round(INSTITUTION).windows[Window.ENTRY].closes.timestamp()) // 3600


def put(lines: Iterable[SearchRow]) -> None:
    """Store lines as if people were there, at places from 0 on."""
    keep_lines(INSTITUTION, {}, dict(enumerate(lines)))


def told() -> list[tuple[Risk, ...]]:
    """What each line tells that is shared."""
    return [line.shared for _, line in search_store.all_rows(INSTITUTION)]


@pytest.mark.parametrize("kind", TraitKind)
def test_a_trait_is_flagged_from_so_many_on_and_no_more_below(portal: Cloud, kind: TraitKind) -> None:
    many, hour = FLAGGED_FROM[kind], closing_hour()
    lines = [replace(LINE, pid=str(n), traits=(f"{kind.value}aaaaaaaaaa",), hour=hour) for n in range(many)]
    alone = replace(LINE, pid="alone", traits=(f"{kind.value}bbbbbbbbbb",), hour=hour)
    put([*lines, alone])
    keep_counts(INSTITUTION)
    assert told() == [(RISK[kind],)] * many + [()]
    gone = replace(lines[0], state=PersonState.DIHAPUS, shared=(RISK[kind],))
    keep_lines(INSTITUTION, {0: lines[0]}, {0: gone})
    keep_counts(INSTITUTION)
    assert told() == [()] * (many + 1), "who is gone is not counted"


def test_an_import_is_flagged_only_shortly_before_entry_closes(portal: Cloud) -> None:
    many, first_late = FLAGGED_FROM[TraitKind.IMPORT], closing_hour() - LATE_HOURS
    for hour, flags in ((first_late - 1, ()), (first_late, (Risk.IMPOR_AKHIR,))):
        search_store.forget(INSTITUTION)
        put(replace(LINE, pid=str(n), traits=("Iaaaaaaaaaa",), hour=hour) for n in range(many))
        keep_counts(INSTITUTION)
        assert told() == [flags] * many


@pytest.mark.parametrize(("people", "late", "flagged"), [(99, True, False), (100, True, True), (100, False, False)])
def test_only_a_late_import_is_told(people: int, late: bool, flagged: bool) -> None:
    assert is_flagged("Iaaaaaaaaaa", people, late=late) is flagged
    assert is_flagged("Paaaaaaaaaa", 2, late=False)


def test_a_count_that_is_made_again_writes_no_line(portal: Cloud) -> None:
    put(replace(LINE, pid=str(n), traits=("Paaaaaaaaaa",)) for n in range(3))
    keep_counts(INSTITUTION)
    before = lines_stored()
    keep_counts(INSTITUTION)
    assert lines_stored() == before


def lines_stored() -> list[dict[str, Any]]:
    """All of the index but the count."""
    return [item for item in _index() if item["sk"] != "T"]


def _index() -> list[dict[str, Any]]:
    return list(dynamodb.query_all(settings().table, KeyPart("pk").eq(f"SEARCH#{INSTITUTION}")))


@pytest.fixture
def verifier(portal: Cloud) -> Desk:
    return desk(portal, Role.VERIFIKATOR)


def traits(pid: str) -> set[str]:
    return set(traits_of_row(person_store.load(pid)))


def test_traits_are_the_same_for_what_is_the_same_and_for_nothing_else(portal: Cloud) -> None:
    operator = desk(portal, Role.OPERATOR)
    common = {"tanggal_mulai": "2018-01-02", "unit_kerja": "SDN 1 Contoh", "hp": "081234567890"}
    one, same, other_day, other_unit = (
        operator.enter(row(seed) | common | more).json["id"]
        for seed, more in enumerate(
            (
                {"email": "ani@contoh.id"},
                {"unit_kerja": "sdn 1 CONTOH", "email": "Ani@Contoh.id", "hp": "+62 812-3456-7890"},
                {"tanggal_mulai": "2018-01-03"},
                {"unit_kerja": "SDN 2 Contoh"},
            )
        )
    )
    assert len(traits(one)) == 3
    assert traits(one) == traits(same), "spelled otherwise"
    assert {kind[0] for kind in traits(one) & traits(other_day)} == {"K"}
    assert {kind[0] for kind in traits(one) & traits(other_unit)} == {"K"}


def test_of_an_import_its_people_share_it(portal: Cloud) -> None:
    person = register()
    origin = ImportedFrom("import-1", 1, PersonState.TERDAFTAR, "i0", 1, "0" * 32)
    imported = replace(person, private=replace(person.private, origin=origin))
    (more,) = set(traits_of_row(imported)) - set(traits_of_row(person))
    assert more.startswith(TraitKind.IMPORT.value)
    elsewhere = replace(imported, institution="9902")
    assert not set(traits_of_row(elsewhere)) & set(traits_of_row(imported)), "institutions are not compared"


def test_nothing_of_what_is_shared_stands_in_the_index(portal: Cloud) -> None:
    operator = desk(portal, Role.OPERATOR)
    same = {"hp": "081234567890", "email": "sama@contoh.id", "tanggal_mulai": "2018-01-02"}
    entered = [row(seed) | same for seed in range(5)]
    for each in entered:
        operator.enter(each)
    check_search(INSTITUTION)
    keep_counts(INSTITUTION)
    assert told() == [(Risk.KONTAK_BERSAMA,)] * 5
    stored = "".join(f"{item} {_opened(item)}" for item in _index())
    secret = ["81234567890", "sama@contoh.id", "2018-01-02", *(each["nik"] for each in entered)]
    assert [each for each in secret if each in stored] == []


def _opened(item: dict[str, Any]) -> str:
    return gzip.decompress(item["packed"]).decode("latin-1") if "packed" in item else ""


def test_who_joins_later_is_flagged_by_the_count_that_stands_and_the_others_by_the_next(
    portal: Cloud, verifier: Desk
) -> None:
    operator = desk(portal, Role.OPERATOR)
    people = [operator.enter(row(seed) | {"hp": "081234567890"}).json["id"] for seed in range(6)]
    hold = Counted(lines=140_000, at=IN_TIME)
    search_store.put_counted(INSTITUTION, hold)
    keep_search([ToldMessage(institution=INSTITUTION, people=tuple(people[:5]))])
    assert told() == [()] * 5, "the count is not old enough"
    search_store.put_counted(INSTITUTION, replace(hold, lines=0))
    keep_search([ToldMessage(institution=INSTITUTION, people=(people[4],))])
    assert told() == [(Risk.KONTAK_BERSAMA,)] * 5
    keep_search([ToldMessage(institution=INSTITUTION, people=(people[5],))])
    assert told() == [(Risk.KONTAK_BERSAMA,)] * 6
    (flag,) = verifier.detail(people[0])["risks"]
    assert flag["code"] == "KONTAK_BERSAMA"
    assert re.search("[45] orang lain di instansi ini", flag["text"]), "by the count that stands, or by the next"


@pytest.mark.parametrize(
    ("lines", "seconds", "due"), [(0, 0, True), (150, 0.9, False), (150, 1, True), (140_000, 900, False)]
)
def test_a_count_stands_the_longer_the_more_it_counted(lines: int, seconds: float, due: bool) -> None:
    assert is_due(Counted(lines=lines, at=IN_TIME), IN_TIME + timedelta(seconds=seconds)) is due
    assert is_due(Counted(), IN_TIME)


def test_a_title_that_is_said_to_be_of_a_family_is_found_by_it_after_the_count(portal: Cloud, verifier: Desk) -> None:
    admin = desk(portal, Role.ADMIN)
    pid = admin.enter(row(1, jabatan="Juru Sihir")).json["id"]
    admin.enter(row(2, jabatan="Guru Kelas"))
    check_search(INSTITUTION)
    assert [one["id"] for one in verifier.call("GET", "/people?family=TIDAK_DIKENAL").json["items"]] == [pid]
    assert admin.call("PUT", "/jobs", {"v": 0, "title": "Juru Sihir", "family": "TEKNIS"}).status == 200
    relay({"Records": portal.changes("RegTable")}, None)
    message = [ToldMessage.model_validate_json(body) for body in portal.messages("SearchQueue")][-1]
    assert message == ToldMessage(institution=INSTITUTION, recount=True)
    keep_search([message])
    assert [one["id"] for one in verifier.call("GET", "/people?family=TEKNIS").json["items"]] == [pid]
    assert verifier.call("GET", "/people?family=TIDAK_DIKENAL").json["items"] == []
    families = verifier.call("GET", "/families").json["items"]
    assert sorted((one["family"], one["people"]) for one in families) == [("PENDIDIKAN", 1), ("TEKNIS", 1)]
    assert verifier.detail(pid)["job"] == {
        "family": "TEKNIS",
        "conversion": None,
        "text": "Rumpun jabatan teknis.",
        "like": None,
    }
