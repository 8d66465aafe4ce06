import base64
import functools
import json
from datetime import timedelta

import altcha
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.problems import Code, Problem
from services.kernel.security import captcha
from services.registration.settings import captcha_keys, settings
from tests.support.aws import CAPTCHA_KEY, Cloud


def solved(key: bytes = CAPTCHA_KEY) -> str:
    challenge = altcha.Challenge.from_dict(captcha.issue(key).model_dump())
    solution = altcha.solve_challenge(challenge)
    assert solution is not None
    return str(altcha.Payload(challenge, solution).to_base64())


def refused(token: str) -> bool:
    with pytest.raises(Problem) as problem:
        captcha.require(token, [CAPTCHA_KEY], settings().ttl_table)
    return problem.value.code is Code.CAPTCHA_FAILED


def test_a_solution_is_good_once(here: Cloud) -> None:
    token = solved()
    captcha.require(token, [CAPTCHA_KEY], settings().ttl_table)
    assert refused(token)


def test_a_challenge_of_another_key_is_refused(here: Cloud) -> None:
    assert refused(solved(bytes(32)))


def test_a_changed_solution_is_refused(here: Cloud) -> None:
    token = json.loads(base64.b64decode(solved()))
    token["solution"]["counter"] += 1
    token["solution"]["derivedKey"] = "00" * 32
    assert refused(base64.b64encode(json.dumps(token).encode()).decode())


@functools.cache
def genuine() -> str:
    """A solved one as JSON; each test has a cloud of its own that has not seen it."""
    return base64.b64decode(solved()).decode()


def as_token(content: object) -> str:
    return base64.b64encode(json.dumps(content).encode()).decode()


NO_TOKENS = [b"", b"[1]", b"{", b"{}", b"null", b"\xff\xfe", b'{"challenge": 1}', b"[" * 3000, b"[" * 50_000]
NO_INSTANTS = [1e999, -1e999, float("nan"), 1e300, 2**70, -1, "4000000000", True, None, [], {}, 4e9]


@pytest.mark.parametrize("content", NO_TOKENS, ids=lambda content: content[:12])
def test_what_is_no_solution_is_refused(here: Cloud, content: bytes) -> None:
    assert refused(base64.b64encode(content).decode())


@pytest.mark.parametrize("token", ["", "x", "e30", "é", "\ud800", "A" * 4_000_000])
def test_what_is_no_base64_or_far_too_long_is_refused(here: Cloud, token: str) -> None:
    assert refused(token)


@pytest.mark.parametrize("instant", NO_INSTANTS, ids=str)
def test_an_end_that_is_no_instant_is_refused(here: Cloud, instant: object) -> None:
    token = json.loads(genuine())
    token["challenge"]["parameters"]["expiresAt"] = instant
    assert refused(as_token(token))


ODD = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers(-(2**80), 2**80) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
OF_PARAMETERS = ("algorithm", "cost", "data", "expiresAt", "keyLength", "keyPrefix", "keySignature", "nonce", "salt")
PLACES = [
    *(("challenge", name) for name in ("signature", "parameters")),
    *(("challenge", "parameters", name) for name in OF_PARAMETERS),
    *(("solution", name) for name in ("counter", "derivedKey", "time")),
    ("challenge",),
    ("solution",),
]


@pytest.mark.parametrize("place", PLACES, ids=".".join)
def test_whatever_stands_anywhere_in_a_token_is_no_error_of_ours(here: Cloud, place: tuple[str, ...]) -> None:
    captcha.require(base64.b64encode(genuine().encode()).decode(), [CAPTCHA_KEY], settings().ttl_table)

    @given(odd=ODD)
    def ask(odd: object) -> None:
        token = json.loads(genuine())
        functools.reduce(dict.__getitem__, place[:-1], token)[place[-1]] = odd
        assert refused(as_token(token))

    ask()


def test_a_challenge_ends_after_twenty_minutes(here: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captcha, "TTL", timedelta(seconds=-1))
    assert refused(solved())


def test_a_challenge_that_was_given_out_before_the_secret_changed_is_accepted_while_both_are_good(here: Cloud) -> None:
    old, new = bytes(32), CAPTCHA_KEY
    before, after = solved(old), solved(new)
    captcha.require(before, [new, old], settings().ttl_table)
    with pytest.raises(Problem):
        captcha.require(before, [new, old], settings().ttl_table)
    captcha.require(after, [new, old], settings().ttl_table)
    assert refused(solved(old)), "once the old one is dropped"


def test_both_secrets_are_read_from_the_environment_and_the_new_one_signs(here: Cloud) -> None:
    assert captcha_keys() == (CAPTCHA_KEY,)
    here.use("registration", captcha_key_before=here.wrapped("captcha", bytes(32)))
    assert captcha_keys() == (CAPTCHA_KEY, bytes(32))
