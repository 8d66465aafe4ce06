from datetime import date

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from services.kernel.problems import Problem
from services.registration.accounts import passwords
from services.registration.accounts.common_passwords import COMMON_PASSWORDS
from services.registration.accounts.passwords import Owner

OWNER = Owner(["9901014101900001"], "Siti Contoh Lestari", [date(1990, 1, 1)])


@pytest.mark.parametrize(
    "password",
    ["kuda terbang di atas sawah", "becak biru 7", "P" * 60 + "!" * 67 + "q", "Siti suka nasi goreng", "naiknaik1991!"],
)
def test_a_good_password_is_taken(password: str) -> None:
    passwords.require_good(password, OWNER)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kuda terban", "password-short"),
        ("k" * 64 + "u" * 65, "password-long"),
        ("punyaku9901014101900001", "password-number"),
        ("9901 0141 0190 0001 ya", "password-number"),
        ("siti.contoh.lestari!", "password-name"),
        ("SitiContohLestari99", "password-name"),
        ("lahir 01-01-1990 ya", "password-birth-date"),
        ("lahir 1990-01-01 ya", "password-birth-date"),
        ("Indonesia1945", "password-common"),
        ("abcabcabcabc", "password-common"),
        ("aaaaaaaaaaaaa", "password-common"),
    ],
)
def test_a_bad_password_is_refused_for_its_reason(password: str, code: str) -> None:
    with pytest.raises(Problem) as problem:
        passwords.require_good(password, OWNER)
    (field,) = problem.value.fields
    assert (field.field, field.code) == ("password", code)
    assert password not in field.message


def test_every_common_password_could_else_be_chosen() -> None:
    assert all(passwords.MIN_LENGTH <= len(one) <= passwords.MAX_LENGTH for one in COMMON_PASSWORDS)


def test_hashes_cost_at_least_what_owasp_asks() -> None:
    parameters = extract_parameters(passwords.hash_password("kuda terbang di atas sawah"))
    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 19 * 1024
    assert parameters.time_cost >= 2
    assert parameters.parallelism == 1


def test_a_hash_matches_its_password_only() -> None:
    stored = passwords.hash_password("kuda terbang di atas sawah")
    assert passwords.matches(stored, "kuda terbang di atas sawah")
    assert not passwords.matches(stored, "Kuda terbang di atas sawah")
    assert not passwords.matches(None, "kuda terbang di atas sawah")
    assert not passwords.matches("not a hash", "kuda terbang di atas sawah")


def test_the_decoy_costs_what_a_real_hash_costs() -> None:
    real = extract_parameters(passwords.hash_password("kuda terbang di atas sawah"))
    assert extract_parameters(passwords._DECOY) == real
