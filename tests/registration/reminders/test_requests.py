"""Who hears of overdue requests: admins after three working days, bkn after five, once a day while there is time."""

from datetime import datetime, timedelta

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.notices.catalogue import CATALOGUE
from services.kernel.security.sessions import Role
from services.kernel.writes.calendar import DEFAULT_2022, Window
from services.registration.adapters import request_store
from services.registration.model.correction_request import AskedField, CorrectionRequest, RequestState
from tests.registration.listed import INSTITUTION
from tests.registration.reminders.days import Days
from tests.registration.staff import staff_account

DUE = datetime.fromisoformat("2022-09-07T00:00:00+07:00")
BKN = datetime.fromisoformat("2022-09-09T00:00:00+07:00")
HOURS = timedelta(hours=9)
BKN_LOGIN = "199001012020121009"


@pytest.fixture
def asked(days: Days) -> Days:
    """One request of the person's, with an admin and somebody of bkn."""
    days.staff()
    staff_account(BKN_LOGIN, Role.BKN)
    asked_at, due, bkn = (clock.millis(at) for at in (DUE - timedelta(days=6), DUE, BKN))
    fields = (AskedField("nama", "Siti", "Situ"),)
    request = CorrectionRequest("r1", RequestState.DIAJUKAN, asked_at, due, bkn, "keliru", fields, ("f",))
    dynamodb.transact(request_store.list_open(days.person, request))
    return days


def told(days: Days) -> list[tuple[str, str]]:
    """Notice and event of what has been put by of requests."""
    items = [one for one in days.cloud.items("RegTable") if one["pk"].startswith("NOTICE#requests-")]
    return [(one["notice"], one["pk"].removeprefix("NOTICE#")) for one in items]


def test_nobody_hears_of_a_request_that_is_in_time(asked: Days) -> None:
    asked.run(DUE - HOURS)
    assert told(asked) == []


def test_admins_hear_each_day_and_once_bkn_after_five_working_days(asked: Days) -> None:
    for now in (DUE + HOURS, DUE + HOURS + timedelta(hours=2), BKN + HOURS):
        asked.run(now)
    assert told(asked) == [
        ("requests-overdue", f"requests-overdue.{INSTITUTION}.2022-09-07"),
        ("requests-overdue", f"requests-overdue.{INSTITUTION}.2022-09-09"),
        ("requests-with-bkn", "requests-with-bkn.nasional.2022-09-09"),
    ]


def test_nobody_is_asked_to_decide_when_the_time_is_over(asked: Days) -> None:
    asked.run(DEFAULT_2022[Window.CORRECTION].closes.replace(hour=18))
    assert told(asked) == []


def test_both_notices_may_be_stopped() -> None:
    kinds = [kind for kind in CATALOGUE if kind.startswith("requests-")]
    assert {CATALOGUE[kind].always for kind in kinds} == {False}
    assert len(kinds) == 2
