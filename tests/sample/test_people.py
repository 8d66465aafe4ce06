"""Generated people are the same for the same seed, different for different ones, and pass every check."""

import pytest

from services.kernel.reference.areas import is_known_area
from services.kernel.values.identity import read_kk, read_nik, read_phone
from services.registration.eligibility.assess import assess
from services.registration.eligibility.inputs import category_of, input_of
from services.registration.rows.check_row import check_row
from services.registration.rows.columns import BY_KEY
from tools.sample.people import people, person

MANY = people(2000)


def row_of(made: dict[str, object]) -> dict[str, object]:
    return {key: made[key] for key in BY_KEY if key in made}


def test_the_same_seed_makes_the_same_person() -> None:
    assert person(7) == person(7)


def test_no_two_seeds_share_a_nik() -> None:
    seeds = [*range(0, 150_000, 37), 149_999]
    assert len({person(seed)["nik"] for seed in seeds}) == len(seeds)


def test_everybody_passes_every_check_and_criterion() -> None:
    for made in MANY:
        checked = check_row(row_of(made))
        assert checked.row == row_of(made)
        assert not checked.warnings + checked.missing
        verdict = assess(input_of(made, active=True, thk2_in_database=True)).overall
        assert verdict == "LOLOS"


def test_what_a_person_gives_himself_is_sound() -> None:
    for made in MANY:
        assert read_kk(made["nomor_kk"]).area == read_nik(made["nik"]).area
        assert read_phone(made["hp"]) == made["hp"]
        assert made["email"].endswith(".example")


def test_nobody_is_of_a_real_province() -> None:
    assert all(made["nik"].startswith("99") and is_known_area(made["nik"][:6]) for made in MANY)


def test_some_are_thk2() -> None:
    share = sum(category_of(made) == "THK-II" for made in MANY) / len(MANY)
    assert 0.05 < share < 0.11


@pytest.mark.parametrize("sex", ["L", "P"])
def test_a_changed_birth_date_changes_the_nik(sex: str) -> None:
    made = person(3, tanggal_lahir="2002-01-01", jenis_kelamin=sex)
    nik = read_nik(made["nik"])
    assert (nik.birth_date.isoformat(), nik.sex) == ("2002-01-01", sex)


def test_none_takes_a_field_away() -> None:
    assert "nomor_sk" not in person(3, nomor_sk=None)
