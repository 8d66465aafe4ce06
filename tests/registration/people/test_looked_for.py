"""Whom a search of the list fits: words in any order, by their beginnings; a number; a unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.states import Category
from services.registration.people.looked_for import EVERYBODY, LookedFor

NAMA = "Siti Yanti Wati Nainggolan"


def outline(nama: str = NAMA) -> dict[str, object]:
    return {
        "nama": nama,
        "registration_number": "0123456789",
        "unit": "SD Negeri 1 Contoh",
        "category": Category.NON_ASN.value,
        "active": None,
    }


@pytest.mark.parametrize(
    "typed",
    ["siti", "yanti", "nainggolan", "wati yanti", "NAING si", "0123456789", "o1234 56789", "siti'"],
)
def test_it_fits(typed: str) -> None:
    assert LookedFor(typed).fits(outline())


@pytest.mark.parametrize("typed", ["iti", "siti budi", "golan", "012345678", "...", "-"])
def test_it_does_not(typed: str) -> None:
    assert not LookedFor(typed).fits(outline())


@pytest.mark.parametrize(("nama", "typed"), [("Ma'ruf Amin", "maruf"), ("José Contoh", "jose"), ("M. Nur", "m nur")])
def test_marks_and_accents_do_not_count(nama: str, typed: str) -> None:
    assert LookedFor(typed).fits(outline(nama))
    assert LookedFor(nama).fits(outline(nama))


def test_unit_category_and_name_must_all_fit() -> None:
    assert LookedFor("siti", "negeri sd", Category.NON_ASN).fits(outline())
    assert not LookedFor("siti", "smp", Category.NON_ASN).fits(outline())
    assert not LookedFor("siti", "sd", Category.THK_II).fits(outline())
    assert not LookedFor(inactive=True).fits(outline())
    assert LookedFor("siti", inactive=True).fits({**outline(), "active": False})
    assert EVERYBODY.fits(outline())
    assert not EVERYBODY


@given(st.permutations(NAMA.split()), st.lists(st.integers(1, 10), min_size=4, max_size=4), st.integers(1, 4))
def test_any_words_by_any_beginnings_in_any_order(words: list[str], lengths: list[int], count: int) -> None:
    typed = [word[:length] for word, length in zip(words, lengths, strict=True)][:count]
    assert LookedFor(" ".join(typed)).fits(outline())
