"""Reference lists: every spelling means one thing, whatever its case and punctuation."""

import pytest

from services.kernel.reference.areas import DISTRICTS, PROVINCES, REGENCIES, is_known_area
from services.kernel.reference.choices import Choices
from services.kernel.reference.education import EDUCATION
from services.kernel.reference.pay_sources import PAY_SOURCES
from services.kernel.reference.sexes import SEXES
from services.kernel.reference.signatories import SIGNATORIES

LISTS = [EDUCATION, PAY_SOURCES, SEXES, SIGNATORIES]


@pytest.mark.parametrize("choices", LISTS, ids=lambda choices: choices.name)
def test_every_spelling_means_its_own_choice(choices: Choices) -> None:
    for code, choice in choices.items():
        for spelling in (code, choice.label, *choice.others):
            assert choices.find(spelling) == code
            assert choices.find(f" {spelling.upper()} ") == code


@pytest.mark.parametrize("choices", LISTS, ids=lambda choices: choices.name)
def test_labels_stand_in_the_order_offered(choices: Choices) -> None:
    assert choices.labels() == [choices.label(code) for code in choices]


def test_what_is_not_in_a_list_is_not_found_and_shown_as_it_is() -> None:
    assert PAY_SOURCES.find("Kas RT") is None
    assert PAY_SOURCES.label("HIBAH") == "HIBAH"
    assert PAY_SOURCES.label(None) == ""


@pytest.mark.parametrize(
    ("code", "known"),
    [("990101", True), ("990199", False), ("327501", True), ("200101", False), ("000000", False)],
)
def test_area_codes_are_known_by_district_or_by_province(code: str, known: bool) -> None:
    assert is_known_area(code) is known


def test_districts_lie_in_regencies_and_regencies_in_provinces() -> None:
    assert {code[:4] for code in DISTRICTS} == set(REGENCIES)
    assert {code[:2] for code in REGENCIES} <= set(PROVINCES)


BETWEEN = ("/", "-", " ", ",", ".", " dan ", " / ", " - ", ", ", "&", " & ", " atau ", " s/d ", "+", "|", "\\", "(")


TOGETHER = {
    ("D4", "S1"): "S1",
    ("APBN_51", "AKUN_52"): "AKUN_52",
    ("APBD_51", "AKUN_52"): "AKUN_52",
    ("APBN_51", "AKUN_53"): "AKUN_53",
    ("APBD_51", "AKUN_53"): "AKUN_53",
}
"""What two choices mean together: one level of the family card; the fund, and the account of what is paid from it."""


@pytest.mark.parametrize("choices", LISTS, ids=lambda choices: choices.name)
def test_two_choices_in_one_text_are_never_a_third(choices: Choices) -> None:
    """Nor one of the two, unless the list says itself what both mean together."""
    spellings = [
        (code, text) for code, one in choices.items() for text in (code, one.label, *one.others) if "/" not in text
    ]
    for code, text in spellings:
        for other, further in spellings:
            for joined in (f"{text}{sign}{further}" for sign in BETWEEN[:6] if code != other):
                assert choices.find(joined) in {None, TOGETHER.get((code, other))}, joined


@pytest.mark.parametrize("between", BETWEEN)
def test_two_numbers_behind_one_word_are_asked_back(between: str) -> None:
    numbers = ("I", "II", "III", "IV", "1", "2", "3", "4")
    for both in (f"{first}{between}{second}" for first in numbers for second in numbers):
        for word in ("Diploma ", "D-", "D ", "D", "Strata ", "S-", "S"):
            assert EDUCATION.find(f"{word}{both}") is None
        assert SIGNATORIES.find(f"Eselon {both}") is None


@pytest.mark.parametrize(
    ("level", "code"),
    [
        ("TAMAT SD / SEDERAJAT", "SD"),
        ("Tamat SD/Sederajat", "SD"),
        ("SLTP/SEDERAJAT", "SLTP"),
        ("SLTA / SEDERAJAT", "SLTA"),
        ("SMA/Sederajat", "SLTA"),
        ("SMA/SMK/Sederajat", "SLTA"),
        ("AKADEMI/ DIPLOMA III/S. MUDA", "D3"),
        ("Akademi/Diploma III/Sarjana Muda", "D3"),
        ("DIPLOMA IV/ STRATA I", "S1"),
        ("Diploma IV/Strata 1", "S1"),
        ("D-IV/S-1", "S1"),
        ("STRATA II", "S2"),
        ("S2", "S2"),
        ("Strata III", "S3"),
        ("lulusan SMK", "SLTA"),
        ("DIPLOMA I / II", None),
        ("D-I/II", None),
        ("Strata I/II", None),
        ("BELUM TAMAT SD/SEDERAJAT", None),
        ("Tidak tamat SD/sederajat", None),
        ("TIDAK / BELUM SEKOLAH", None),
        ("Sederajat", None),
        ("Tamat", None),
    ],
)
def test_the_words_of_family_cards_are_read_or_asked_back(level: str, code: str | None) -> None:
    assert EDUCATION.find(level) == code
