import base64
import json
from datetime import timedelta

import altcha
import pytest

from services.kernel import captcha
from services.kernel.problems import Code, Problem
from services.registration.settings import settings
from tests.aws import CAPTCHA_KEY, Cloud


def solved(key: bytes = CAPTCHA_KEY) -> str:
    challenge = altcha.Challenge.from_dict(captcha.issue(key))
    solution = altcha.solve_challenge(challenge)
    assert solution is not None
    return str(altcha.Payload(challenge, solution).to_base64())


def refused(token: str) -> bool:
    with pytest.raises(Problem) as problem:
        captcha.require(token, CAPTCHA_KEY, settings().ttl_table)
    return problem.value.code is Code.CAPTCHA_FAILED


def test_a_solution_is_good_once(here: Cloud) -> None:
    token = solved()
    captcha.require(token, CAPTCHA_KEY, settings().ttl_table)
    assert refused(token)


def test_a_challenge_of_another_key_is_refused(here: Cloud) -> None:
    assert refused(solved(bytes(32)))


def test_a_changed_solution_is_refused(here: Cloud) -> None:
    token = json.loads(base64.b64decode(solved()))
    token["solution"]["counter"] += 1
    token["solution"]["derivedKey"] = "00" * 32
    assert refused(base64.b64encode(json.dumps(token).encode()).decode())


@pytest.mark.parametrize("token", ["", "x", "e30=", base64.b64encode(b"[1]").decode(), base64.b64encode(b"{").decode()])
def test_what_is_no_solution_is_refused(here: Cloud, token: str) -> None:
    assert refused(token)


def test_a_challenge_ends_after_twenty_minutes(here: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captcha, "LIFE", timedelta(seconds=-1))
    assert refused(solved())
