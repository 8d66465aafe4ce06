"""Reference lists: every spelling means one thing, whatever its case and punctuation."""

import pytest

from services.kernel.reference.areas import DISTRICTS, PROVINCES, REGENCIES, birth_places, is_known_area
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
    assert "Contoh Satu" in birth_places()
