"""Whoever watches work that is under way is told how long to wait before he asks again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from services.kernel.web.http import Api
from services.kernel.web.watched import MAX_WAIT, MIN_WAIT, Watched, patience
from tests.support.aws import Cloud

BEGAN = datetime(2022, 10, 22, 9, tzinfo=UTC)
SECONDS = st.integers(-3600, 10**7)


class Work(BaseModel):
    """What is watched."""

    done: int


def wait(seconds: float) -> int:
    return patience(BEGAN, BEGAN + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("taken", "told"), [(-5, 1), (0, 1), (19.9, 1), (20, 2), (29.9, 2), (49.9, 4), (50, 5), (60, 5), (86_400, 5)]
)
def test_it_is_a_tenth_of_the_time_taken_within_bounds(taken: float, told: int) -> None:
    assert wait(taken) == told


@given(SECONDS, SECONDS)
def test_the_longer_it_takes_the_less_is_asked(one: int, other: int) -> None:
    earlier, later = sorted((one, other))
    assert MIN_WAIT <= wait(earlier) <= wait(later) <= MAX_WAIT


@pytest.mark.parametrize(("given_wait", "header"), [(3, "3"), (None, None)])
def test_the_answer_says_so_as_long_as_there_is_work(here: Cloud, given_wait: int | None, header: str | None) -> None:
    api = Api("registration")

    @api.route("GET", "/work")
    def work() -> Watched[Work]:
        """How far it is."""
        return Watched(Work(done=7), given_wait)

    answer = here.call(api.app, "GET", "/registration/work")
    assert (answer.status, answer.json, answer.headers.get("retry-after")) == (200, {"done": 7}, header)
    assert answer.headers["cache-control"] == "no-store"
    described = here.call(api.app, "GET", "/registration/openapi.json").json
    success = described["paths"]["/registration/work"]["get"]["responses"]["200"]
    assert success["content"]["application/json"]["schema"]["$ref"].endswith("/Work")
    assert success["headers"]["Retry-After"]["schema"] == {"type": "integer"}
