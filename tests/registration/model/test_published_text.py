"""A published text tells no number: neither one anybody sees, nor the person's own in disguise."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel import clock
from services.kernel.security.personal_numbers import PersonalNumber
from services.registration.model.published_text import (
    Own,
    dates_in,
    find_own,
    find_published,
    find_telling,
    may_tell,
)
from tools.sample.people import people

ROW = {"nik": "9901015911929013", "tanggal_lahir": "1992-11-19"}
KK, PHONE = "9901011507150001", "+6281234567890"
OWN = Own.of(ROW, (KK, PHONE, "Siti.99@contoh.id", None))
BORN = date(1992, 11, 19)


@pytest.mark.parametrize(
    "text",
    [
        "Guru 19 November 1992",
        "Guru 19 Nopember 1992",
        "Guru, 19-Nov-92",
        "Guru 19Nov1992",
        "Guru (19.XI.1992)",
        "Guru 1992 November 19",
        "Guru November 19, 1992",
        "Guru 19111992",
        "Guru 19921119",
        "Guru 19 / 11 / '92",
        "Guru \uff11\uff19 November 1992",
        "Guru 19\u200b Nov\u00a01992",
        "Guru 19_11_1992",
    ],
)
def test_his_own_birth_date_is_found_however_it_is_spelled(text: str) -> None:
    assert find_own(text, OWN) is PersonalNumber.BIRTH_DATE
    assert may_tell(text)


@given(
    st.dates(date(1930, 1, 1), date(2010, 12, 31)),
    st.sampled_from([" ", "-", ".", "/", "", ", ", " - "]),
    st.sampled_from(["Budi {}", "{} Budi", "SD 3 ({})", "Budi, {}."]),
)
def test_any_birth_date_in_words(born: date, gap: str, around: str) -> None:
    day, month, year = clock.day_text(born).split()
    own = Own.of({"tanggal_lahir": born.isoformat()})
    is_name = born == date(1945, 8, 17) and gap == " "
    for spelled, number in product((month, month[:3]), (f"{born.year}", f"{born:%y}")):
        found = find_own(around.format(gap.join((day, spelled, number))), own)
        assert (found is not None) or (is_name and number == year and spelled == month)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Guru 9901x0159x1192x9013", PersonalNumber.SIXTEEN_DIGITS),
        ("Guru 5911929013", PersonalNumber.SIXTEEN_DIGITS),
        (f"Guru {KK[:6]} tahun {KK[6:]}", PersonalNumber.SIXTEEN_DIGITS),
        ("Guru 812*3456*7890", PersonalNumber.PHONE),
        ("Guru siti.99 @ CONTOH.id", PersonalNumber.EMAIL),
    ],
)
def test_his_own_numbers_are_found_in_disguise_and_in_part(text: str, kind: PersonalNumber) -> None:
    assert find_own(text, OWN) is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Siti Aminah",
        "SMA 17 Agustus 1945",
        "Guru 19 November 1993",
        "Guru 19 Oktober 1992",
        "Guru November 1992",
        "SDN 191192",
        "SDN 106163 Contoh",
        "NPSN 20104001",
        "Guru Kelas 10/11/12",
        "Puskesmas 119 119 119 0",
        "Siti 0899 3456",
        "Siti 9901011705900002",
        "Siti 0812 3456 7891",
        "Siti b@contoh.id",
    ],
)
def test_what_is_not_his_passes(text: str) -> None:
    assert find_own(text, OWN) is None


def test_who_was_born_on_the_day_of_a_schools_name_may_work_there() -> None:
    own = Own.of({"tanggal_lahir": "1945-08-17"})
    assert find_own("SMA 17 Agustus 1945", own) is None
    assert find_own("Guru 17-Agt-1945", own) is PersonalNumber.BIRTH_DATE


def test_each_published_column_is_searched_and_no_other() -> None:
    row = {**ROW, "nama": "Siti", "unit_kerja": "SD 19 Nov 1992", "jabatan": "Guru", "nomor_sk": "19-11-1992"}
    assert find_published(row) == {"unit_kerja": PersonalNumber.BIRTH_DATE}
    assert find_published({**row, "unit_kerja": "SD"}) == {}
    assert find_published({}) == {}


def test_a_draft_without_a_birth_date_is_searched_for_the_rest() -> None:
    own = Own.of({"nik": ROW["nik"]})
    assert find_own("Guru 19 November 1992", own) is None
    assert find_own("Guru 5911929013", own) is PersonalNumber.SIXTEEN_DIGITS


@given(st.text(), st.dates(date(1930, 1, 1), date(2010, 12, 31)))
def test_no_text_is_too_odd_and_none_is_found_that_may_tell_nothing(text: str, born: date) -> None:
    own = Own.of({**ROW, "tanggal_lahir": born.isoformat()}, (KK, PHONE))
    assert find_own(text, own) is None or may_tell(text)
    assert all(len(day) >= 6 for day in dates_in(text))


@given(st.lists(st.one_of(st.text(max_size=12), st.sampled_from(["Siti", "SD 19 Nov 1992", "a@b.id", "SD 3"]))))
def test_many_are_searched_as_each_alone(texts: list[str]) -> None:
    assert find_telling(texts) == [place for place, text in enumerate(texts) if may_tell(text)]


def test_nobody_generated_is_taken_for_telling() -> None:
    for made in people(2_000):
        assert find_published(made, (made["nomor_kk"], made["hp"])) == {}
