"""Identity numbers: every generated one is read back, every boundary holds on both sides."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.values.identity import (
    IdentifierFault,
    InvalidIdentifier,
    NikWarning,
    NipWarning,
    Sex,
    mask_nik,
    nik_warnings,
    read_kk,
    read_nik,
    read_nip,
    read_phone,
)

BIRTH_DATES = st.dates(date(1917, 1, 1), date(2016, 12, 31))
SEXES = st.sampled_from(Sex)
AREAS = st.from_regex(r"99[0-9]{4}", fullmatch=True)
SERIALS = st.integers(1, 9999)


def nik_of(area: str, born: date, sex: Sex, serial: int) -> str:
    day = born.day + (40 if sex is Sex.FEMALE else 0)
    return f"{area}{day:02}{born:%m%y}{serial:04}"


@given(AREAS, BIRTH_DATES, SEXES, SERIALS)
def test_a_made_nik_tells_what_it_was_made_of(area: str, born: date, sex: Sex, serial: int) -> None:
    nik = read_nik(nik_of(area, born, sex, serial))
    assert (nik.area, nik.birth_date, nik.sex) == (area, born, sex)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(InvalidIdentifier):
        assert read_nik(text).digits == text


@pytest.mark.parametrize(
    ("digits", "fault"),
    [
        ("990101010190000", IdentifierFault.NIK_LENGTH),
        ("99010101019000011", IdentifierFault.NIK_LENGTH),
        ("9901 0101 0190 0001", IdentifierFault.NIK_LENGTH),
        ("٩٩٠١٠١٠١٠١٩٠٠٠٠١", IdentifierFault.NIK_LENGTH),
        ("9901010101900001\n", IdentifierFault.NIK_LENGTH),
        ("9" * 16, IdentifierFault.NIK_REPEATED),
        ("9901010001900001", IdentifierFault.NIK_DAY),
        ("9901013201900001", IdentifierFault.NIK_DAY),
        ("9901014001900001", IdentifierFault.NIK_DAY),
        ("9901017201900001", IdentifierFault.NIK_DAY),
        ("9901010100900001", IdentifierFault.NIK_MONTH),
        ("9901010113900001", IdentifierFault.NIK_MONTH),
        ("9901013102900001", IdentifierFault.NIK_DATE),
        ("9901012902890001", IdentifierFault.NIK_DATE),
        ("9901017104900001", IdentifierFault.NIK_DATE),
        ("9901010101900000", IdentifierFault.NIK_SERIAL),
    ],
)
def test_a_faulty_nik_is_refused_with_its_code(digits: str, fault: IdentifierFault) -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        read_nik(digits)
    assert refused.value.code is fault


@pytest.mark.parametrize(
    ("digits", "born", "sex"),
    [
        ("9901010101900001", date(1990, 1, 1), Sex.MALE),
        ("9901013112900001", date(1990, 12, 31), Sex.MALE),
        ("9901014101900001", date(1990, 1, 1), Sex.FEMALE),
        ("9901017112909999", date(1990, 12, 31), Sex.FEMALE),
        ("9901012902880001", date(1988, 2, 29), Sex.MALE),
        ("9901012902000001", date(2000, 2, 29), Sex.MALE),
        ("9901010101160001", date(2016, 1, 1), Sex.MALE),
        ("9901010101170001", date(1917, 1, 1), Sex.MALE),
    ],
)
def test_the_last_good_niks_beside_each_boundary(digits: str, born: date, sex: Sex) -> None:
    nik = read_nik(digits)
    assert (nik.birth_date, nik.sex) == (born, sex)


def test_the_exception_and_the_representation_do_not_hold_the_number() -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        read_nik("9901010001900001")
    assert "9901" not in str(refused.value)
    assert repr(read_nik("9901010101900001")) == "Nik(9901**********01)"
    assert "9901" not in repr(read_kk("9901010101900001"))


NIK = read_nik("9901014101900001")


@pytest.mark.parametrize(
    ("born", "sex", "known", "warnings"),
    [
        (date(1990, 1, 1), Sex.FEMALE, True, ()),
        (None, None, True, ()),
        (date(1990, 1, 2), Sex.FEMALE, True, (NikWarning.BIRTH_DATE,)),
        (date(1990, 1, 1), Sex.MALE, True, (NikWarning.SEX,)),
        (date(1990, 1, 1), "P", False, (NikWarning.AREA,)),
        (date(1991, 1, 1), "L", False, (NikWarning.BIRTH_DATE, NikWarning.SEX, NikWarning.AREA)),
    ],
)
def test_what_a_nik_says_otherwise_is_a_warning(
    born: date | None, sex: str | None, known: bool, warnings: tuple[NikWarning, ...]
) -> None:
    assert nik_warnings(NIK, born, sex, lambda _: known) == [*warnings]


@pytest.mark.parametrize(
    ("digits", "fault"),
    [
        ("123", IdentifierFault.KK_LENGTH),
        ("1" * 16, IdentifierFault.KK_REPEATED),
        ("9901010101200000", IdentifierFault.KK_SERIAL),
    ],
)
def test_a_faulty_family_card_is_refused(digits: str, fault: IdentifierFault) -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        read_kk(digits)
    assert refused.value.code is fault


def test_a_family_card_tells_its_area() -> None:
    assert read_kk("9901010101200001").area == "990101"


@pytest.mark.parametrize(
    ("digits", "fault"),
    [
        ("19900101201501100", IdentifierFault.NIP_LENGTH),
        ("1" * 18, IdentifierFault.NIP_REPEATED),
        ("199002302015011001", IdentifierFault.NIP_DATE),
        ("199001012015010001", IdentifierFault.NIP_SEX),
        ("199001012015013001", IdentifierFault.NIP_SEX),
    ],
)
def test_a_faulty_nip_is_refused(digits: str, fault: IdentifierFault) -> None:
    with pytest.raises(InvalidIdentifier) as refused:
        read_nip(digits)
    assert refused.value.code is fault


def test_a_nip_tells_birth_date_and_sex() -> None:
    nip = read_nip("19900101 201501 2 001")
    assert (nip.birth_date, nip.sex, nip.warnings) == (date(1990, 1, 1), Sex.FEMALE, ())


def test_a_pppk_number_is_warned_of_and_not_refused() -> None:
    assert read_nip("199001012021211001").warnings == (NipWarning.PPPK,)
    assert read_nip("199001012021121001").warnings == ()


@pytest.mark.parametrize(
    "text", ["081234567890", "6281234567890", "+6281234567890", "+62 812-3456-7890", "(0812) 3456 7890"]
)
def test_the_ways_to_write_a_mobile_number_are_one_number(text: str) -> None:
    assert read_phone(text) == "+6281234567890"


@pytest.mark.parametrize("text", ["", "021234567", "0812345", "08123456789012", "+6581234567", "0802345678", "abc"])
def test_other_numbers_are_no_mobile_numbers(text: str) -> None:
    with pytest.raises(InvalidIdentifier):
        read_phone(text)


@given(st.from_regex(r"8[1-9][0-9]{7,10}", fullmatch=True))
def test_a_read_number_reads_as_itself(digits: str) -> None:
    assert read_phone(read_phone(f"0{digits}")) == f"+62{digits}"


def test_the_mask_leaves_the_first_four_and_last_two() -> None:
    assert mask_nik("9901010101900002") == "9901**********02"
    assert mask_nik("990101") == "******"
