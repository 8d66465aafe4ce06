"""The door to the pages: what is searched, what is ours, and that a hundred thousand sound rows pass it in a second."""

import re
import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.services import ROOT
from services.announcements.model.institution import Row, Summary
from services.announcements.pages.build_directory import build_directory
from services.announcements.pages.scan import Place, safe_title, search_rows, search_title
from services.kernel.security.findings import Finding, PublishedField
from services.kernel.security.personal_numbers import PersonalNumber
from services.kernel.states import Category, Phase
from tests.announcements.world import CODE, NOON
from tools.sample.people import people, published
from tools.sample.planted import PLANTED

FIELDS = {"nama": PublishedField.NAMA, "unit_kerja": PublishedField.UNIT_KERJA, "jabatan": PublishedField.JABATAN}


def row(number: str = "REG000001", **changed: str) -> Row:
    fields = {"nama": "Orang Contoh", "unit_kerja": "SDN 013", "jabatan": "Guru Kelas 6", **changed}
    return Row(fields["nama"], number, fields["unit_kerja"], fields["jabatan"], Category.NON_ASN)


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize(("text", "kind"), PLANTED.values(), ids=PLANTED)
def test_every_supplied_field_is_searched(name: str, text: str, kind: PersonalNumber) -> None:
    sound, found = row("REG000002"), row(**{name: f"Contoh {text}"})
    searched = search_rows([(sound, ()), (found, ())])
    assert searched.clean == [sound]
    assert searched.places == [Place("REG000001", FIELDS[name], kind)]
    assert searched.withheld == ["REG000001"]


def test_what_registration_knows_counts_once_a_field() -> None:
    own = [Finding(PublishedField.NAMA, PersonalNumber.BIRTH_DATE)] * 2
    searched = search_rows([(row(), own), (row("REG000002", nama="Siti 0812-3456-7890"), own)])
    assert searched.places == [
        Place("REG000001", PublishedField.NAMA, PersonalNumber.BIRTH_DATE),
        Place("REG000002", PublishedField.NAMA, PersonalNumber.PHONE),
    ]


def test_what_bkn_released_is_clean() -> None:
    rows = [(row("REG000001", nama="Siti 0812-3456-7890"), ()), (row("REG000002", nama="Ani 0812-3456-7890"), ())]
    searched = search_rows(rows, ["REG000002", "REG000009"])
    assert [one.nomor_registrasi for one in searched.clean] == ["REG000002"]
    assert searched.withheld == ["REG000001"]


@given(st.text("0123456789", min_size=16, max_size=16))
def test_a_registration_number_is_ours_whatever_it_looks_like(number: str) -> None:
    assert search_rows([(row(number), ())]).places == []


@pytest.mark.parametrize(("text", "kind"), PLANTED.values(), ids=PLANTED)
def test_an_institution_s_name_is_searched(text: str, kind: PersonalNumber) -> None:
    assert search_title(f"Kabupaten {text}") == [Place(None, PublishedField.INSTANSI, kind)]
    assert safe_title(CODE, f"Kabupaten {text}") == f"Instansi {CODE}"
    assert (search_title("Kabupaten Contoh 1"), safe_title(CODE, "Kabupaten Contoh 1")) == ([], "Kabupaten Contoh 1")
    assert (search_title(None), safe_title(CODE, None)) == ([], f"Instansi {CODE}")


@pytest.mark.parametrize(("text", "_kind"), PLANTED.values(), ids=PLANTED)
def test_the_directory_shows_a_code_where_a_name_holds_a_number(text: str, _kind: PersonalNumber) -> None:
    """As if an older version had kept the line."""
    lines = [
        Summary(CODE, f"Kabupaten {text}", Phase.PRAFINAL, 7, sptjm=False),
        Summary("9902", "Kota Dua", Phase.FINAL, 8, sptjm=True),
    ]
    for made in build_directory(lines, NOON):
        content = made.content.decode()
        assert text not in content
        assert f"Instansi {CODE}" in content
        assert "Kota Dua" in content


def test_there_is_no_other_door() -> None:
    """Pages take `Clean` rows, and nobody but the scan calls rows so; an empty list is clean."""
    made = [
        (file.name, call)
        for file in (ROOT / "services" / "announcements").rglob("*.py")
        for call in re.findall(r"(?<!\w)Clean\(.*?\)", file.read_text("utf-8"))
    ]
    assert {(name, call) for name, call in made if call != "Clean([])"} == set()
    assert {name for name, _ in made} == {"scan.py", "choose_list.py"}


def test_a_hundred_thousand_generated_rows_pass_in_a_second() -> None:
    """Some 0.7 s of processor were measured; whole people of the same generator pass as well."""
    random = Random(2022)  # noqa: S311 - the same data for the same seed
    shown = [published(random) for _ in range(100_000)]
    shown += [(one["nama"], one["unit_kerja"], one["jabatan"]) for one in people(1_000)]
    rows = [(Row(nama, f"REG{n:06d}", unit, job, Category.NON_ASN), ()) for n, (nama, unit, job) in enumerate(shown)]
    started = time.process_time()
    searched = search_rows(rows)
    took = time.process_time() - started
    assert searched.places == []
    assert len(searched.clean) == 101_000
    assert took < 4, f"{took:.2f} s"
