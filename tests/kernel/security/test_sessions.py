import base64
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import NATIONAL, Actor, Audience, Claims, Role, key_id, verify
from services.registration.sessions.tokens import sign
from tests.support.aws import SESSION_KEY, Cloud, public_key, signed


def test_a_token_lives_until_its_last_second_by_the_kernel_clock(here: Cloud) -> None:
    start = here.at("2022-09-01T09:00:00+07:00")
    token = here.token(Role.ADMIN, "9901", exp=int((start + timedelta(minutes=15)).timestamp()))
    here.at(start + timedelta(minutes=14, seconds=58))
    assert verify(token, Audience.SESSION).institution == "9901"
    here.at(start + timedelta(minutes=15))
    with pytest.raises(Problem) as refused:
        verify(token, Audience.SESSION)
    assert refused.value.code is Code.UNAUTHENTICATED


@pytest.mark.parametrize("missing", ["exp", "sub", "aud", "role"])
def test_a_token_without_a_claim_is_none(here: Cloud, missing: str) -> None:
    claims = {"aud": "session", "sub": "a", "role": "admin", "institution": "9901", "exp": 4_000_000_000}
    del claims[missing]
    with pytest.raises(Problem):
        verify(signed(claims), Audience.SESSION)


def test_a_token_signed_by_another_algorithm_is_none(here: Cloud) -> None:
    claims = {"aud": "session", "sub": "a", "role": "admin", "institution": None, "exp": 4_000_000_000}
    named = {"kid": key_id(public_key())}
    for secret, algorithm in (("", "none"), ("k" * 32, "HS256")):
        forged = jwt.encode(claims, secret, algorithm=algorithm, headers=named)
        with pytest.raises(Problem):
            verify(forged, Audience.SESSION)


ODD = ["", "..", "a.b.c", "é.é.é", "\ud800", "W1tb." * 9, base64.urlsafe_b64encode(b"[" * 9000).decode() + ".e30.AA"]


@pytest.mark.parametrize("token", ODD, ids=range(len(ODD)))
def test_what_is_no_token_is_none(here: Cloud, token: str) -> None:
    with pytest.raises(Problem) as refused:
        verify(token, Audience.SESSION)
    assert refused.value.code is Code.UNAUTHENTICATED


@pytest.mark.parametrize("role", list(Role))
def test_another_institution_is_not_found_except_for_national_roles(role: Role) -> None:
    actor = Actor(id="a", role=role, institution=None if role in NATIONAL else "9901")
    if role in NATIONAL:
        actor.require_institution("9902")
        return
    actor.require_institution("9901")
    with pytest.raises(Problem) as refused:
        actor.require_institution("9902")
    assert refused.value.code is Code.NOT_FOUND


def test_nobody_works_on_the_record_of_his_own_nik(here: Cloud) -> None:
    """Domain.md, section 2, *Own row*; the token says which one that is."""
    actor = Actor.of(verify(here.token(Role.OPERATOR, "9901", own="pid-of-his-nik"), Audience.SESSION))
    actor.require_another("pid-of-another")
    with pytest.raises(Problem) as refused:
        actor.require_another("pid-of-his-nik")
    assert refused.value.code is Code.OWN_RECORD
    Actor.of(verify(here.token(Role.OPERATOR, "9901"), Audience.SESSION)).require_another("pid-of-his-nik")


def test_expiry_is_read_in_seconds(here: Cloud) -> None:
    token = here.token(Role.BKN, exp=int(clock.now().timestamp()) + 60)
    assert timedelta(seconds=55) < verify(token, Audience.SESSION).expires_at - clock.now() <= timedelta(seconds=60)


def test_a_token_of_the_key_before_is_good_until_that_is_dropped(here: Cloud) -> None:
    old = ec.generate_private_key(ec.SECP256R1())
    claims = {"aud": "session", "sub": "a", "role": "bkn", "institution": None, "exp": 4_000_000_000}
    before, after = signed(claims, old), signed(claims)
    here.use("registration", session_public_key_before=public_key(old))
    assert [verify(token, Audience.SESSION).sub for token in (before, after)] == ["a", "a"]
    here.use("registration", session_public_key_before="")
    assert verify(after, Audience.SESSION).sub == "a"
    with pytest.raises(Problem) as refused:
        verify(before, Audience.SESSION)
    assert refused.value.code is Code.UNAUTHENTICATED


def test_a_token_that_names_no_key_or_another_than_it_was_signed_with_is_none(here: Cloud) -> None:
    old = ec.generate_private_key(ec.SECP256R1())
    here.use("registration", session_public_key_before=public_key(old))
    claims = {"aud": "session", "sub": "a", "role": "bkn", "institution": None, "exp": 4_000_000_000}
    names: list[dict[str, str]] = [{}, {"kid": ""}, {"kid": "0" * 16}, {"kid": key_id(public_key(old))}]
    for named in names:
        with pytest.raises(Problem):
            verify(jwt.encode(claims, SESSION_KEY, algorithm="ES256", headers=named), Audience.SESSION)


def test_registration_names_the_key_it_signs_with(here: Cloud) -> None:
    token = sign(Claims(aud=Audience.SESSION, sub="a", role=Role.BKN, institution=None, exp=4_000_000_000))
    assert jwt.get_unverified_header(token)["kid"] == key_id(public_key())
    assert verify(token, Audience.SESSION).sub == "a"
