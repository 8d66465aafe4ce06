import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.registration.settings import lookup_key
from tests.support.aws import LOOKUP_KEY, Cloud

PLACE = Place("RegTable", "P#a", "@")
SALT = bytes(range(16))
JSON = st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.none(), st.booleans(), st.lists(st.text())))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(data=JSON)
def test_what_is_sealed_opens_again(here: Cloud, data: dict[str, object]) -> None:
    blob = privacy.encrypt(data, institution="9901", salt=SALT, place=PLACE)
    assert privacy.decrypt(blob, institution="9901", salt=SALT, place=PLACE) == data


@pytest.mark.parametrize(
    ("institution", "salt", "place"),
    [
        ("9902", SALT, PLACE),
        ("9901", bytes(16), PLACE),
        ("9901", SALT, Place("RegTable", "P#b", "@")),
        ("9901", SALT, Place("RegTable", "P#a", "H#1")),
        ("9901", SALT, Place("DocTable", "P#a", "@")),
    ],
)
def test_nothing_opens_with_another_key_salt_or_place(here: Cloud, institution: str, salt: bytes, place: Place) -> None:
    blob = privacy.encrypt({"nik": "9901"}, institution="9901", salt=SALT, place=PLACE)
    with pytest.raises(InvalidTag):
        privacy.decrypt(blob, institution=institution, salt=salt, place=place)


def test_a_changed_byte_does_not_open(here: Cloud) -> None:
    blob = bytearray(privacy.encrypt({"a": 1}, institution="9901", salt=SALT, place=PLACE))
    blob[-1] ^= 1
    with pytest.raises(InvalidTag):
        privacy.decrypt(bytes(blob), institution="9901", salt=SALT, place=PLACE)


def test_the_institutions_key_survives_a_restart(here: Cloud) -> None:
    blob = privacy.encrypt({"a": 1}, institution="9901", salt=SALT, place=PLACE)
    here.forget()
    assert privacy.decrypt(blob, institution="9901", salt=SALT, place=PLACE) == {"a": 1}


def test_plain_text_does_not_stand_in_the_blob(here: Cloud) -> None:
    assert b"9901015507900001" not in privacy.encrypt(
        {"nik": "9901015507900001"}, institution="9901", salt=SALT, place=PLACE
    )


def test_look_ups_differ_by_purpose_and_key_and_name_their_key() -> None:
    nik = "9901015507900001"
    one = privacy.blind(LOOKUP_KEY, "nik", nik)
    assert one == privacy.blind(LOOKUP_KEY, "nik", nik)
    assert one.startswith("1.")
    assert len({one, privacy.blind(LOOKUP_KEY, "login", nik), privacy.blind(bytes(32), "nik", nik)}) == 3


def test_a_persons_id_is_the_same_for_the_same_row_and_another_elsewhere() -> None:
    nik = "9901015507900001"
    one = privacy.person_id(LOOKUP_KEY, "9901", nik)
    assert one == privacy.person_id(LOOKUP_KEY, "9901", nik)
    assert one != privacy.person_id(LOOKUP_KEY, "9902", nik)
    assert len(one) == 16


def test_deployed_secrets_are_bound_to_their_purpose(here: Cloud) -> None:
    assert lookup_key() == LOOKUP_KEY
