"""Which names and places may well be the same, and which are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.values.alike import Alikeness, compare_names, same_place

SAME, ALIKE, DIFFERENT = Alikeness


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Siti Aminah", "SITI AMINAH, S.Pd.", SAME),
        ("Jum'at", "Jum\u2019at", SAME),
        ("Muh. Yusuf", "Muhammad Yusuf", ALIKE),
        ("Moh Yusuf", "Mochammad Yusuf", ALIKE),
        ("M. Yusuf", "Muhamad Yusuf", ALIKE),
        ("Yusuf Muhammad", "Muh Yusuf", ALIKE),
        *(
            (f"{word} Yusuf", "Muhammad Yusuf", ALIKE)
            for word in ["Mhd", "Muhd", "Mohd", "Moch", "Muchamad", "Mohamed", "Muhamed", "Mochamad"]
        ),
        ("Mahmud Yusuf", "Muhammad Yusuf", DIFFERENT),
        ("Muhammad", "M", DIFFERENT),
        ("Aminah Siti", "Siti Aminah", ALIKE),
        ("Nur Aini", "Nuraini", ALIKE),
        ("Siti Aminah", "Siti Aminh", ALIKE),
        ("Siti Aminah", "Siti Aminahh", ALIKE),
        ("Siti Aminah", "Siti Anminah", ALIKE),
        ("Siti Aminah", "Siti Amianh", ALIKE),
        ("Siti Aminah", "Siti Amenah", ALIKE),
        ("Siti Aminah", "Siti Amelia", DIFFERENT),
        ("Siti Aminah", "Siti", DIFFERENT),
        ("Adi", "Edi", DIFFERENT),
        ("Budi M", "Budi Muhammad", DIFFERENT),
        ("", "", DIFFERENT),
        ("...", "---", DIFFERENT),
        ("...", "Siti", DIFFERENT),
    ],
)
def test_names(one: str, other: str, found: Alikeness) -> None:
    assert compare_names(one, other) is found
    assert compare_names(other, one) is found


_NAMES = st.text("abcdefghij ", min_size=6, max_size=20).filter(lambda text: len("".join(text.split())) >= 6)


@given(_NAMES, st.integers(0, 5), st.sampled_from("klmnop"))
def test_one_letter_off_is_alike_wherever_it_stands(name: str, at: int, letter: str) -> None:
    plain = "".join(name.split())
    for slip in (plain[:at] + letter + plain[at:], plain[:at] + letter + plain[at + 1 :], plain[:at] + plain[at + 1 :]):
        assert compare_names(plain, slip) is not DIFFERENT
    assert compare_names(plain, plain[:at] + letter + plain[at + 1 :] + letter) is DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ma'rang", "MARANG"),
        ("Ma'rang", "Ma\u2019rang"),
        ("Bau-Bau", "bau bau"),
        ("Baubau", "Bau-Bau"),
        ("Kabupaten Contoh Satu", "Contoh Satu"),
        ("Kab. Contoh Satu", "Contoh  Satu."),
        ("Kota Contoh", "Contoh"),
        ("KOTA", "Kota"),
    ],
)
def test_one_place(one: str, other: str) -> None:
    assert same_place(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Contoh Satu", "Contoh Dua"), ("", ""), ("-", "."), ("Kota Agung", "Kota")]
)
def test_two_places(one: str, other: str) -> None:
    assert not same_place(one, other)
