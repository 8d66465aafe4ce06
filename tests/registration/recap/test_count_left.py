"""What is undecided while verification runs out: by unit and verifikator, a day, and what the lock takes."""

from datetime import timedelta

import pytest

from services.kernel.security.sessions import Role
from services.kernel.writes.calendar import DEFAULT_2022, Span, Window
from services.registration.recap.count_left import a_day, days_left
from services.registration.search.keep_search import check_search
from tests.registration.listed import INSTITUTION
from tests.registration.staff import at, desk, row
from tests.support.aws import Cloud

WINDOW = DEFAULT_2022[Window.VERIFICATION]
SCHOOL, OFFICE, YARD = "SD Negeri 1 Contoh", "Dinas Contoh", "Kebun Contoh"


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2022-10-31T16:59:59.999+07:00", 1),
        ("2022-10-31T17:00:00+07:00", 0),
        ("2022-10-31T00:00:00+07:00", 1),
        ("2022-10-30T23:59:59+07:00", 2),
        ("2022-10-22T08:00:00+07:00", 10),
        ("2022-10-30T17:30:00+00:00", 1),
        ("2022-11-02T08:00:00+07:00", 0),
    ],
)
def test_days_are_those_of_the_calendar_in_wib(now: str, days: int) -> None:
    assert days_left(WINDOW, at(now)) == days


def test_before_it_opens_the_days_are_its_own_and_midnight_ends_the_day_before() -> None:
    span = Span(at("2022-10-01T00:00:00+07:00"), at("2022-10-03T00:00:00+07:00"))
    assert days_left(span, span.opens - timedelta(days=5)) == 2
    assert days_left(span, at("2022-10-02T23:00:00+07:00")) == 1


@pytest.mark.parametrize(("people", "days", "needed"), [(0, 3, 0), (1, 3, 1), (3, 3, 1), (4, 3, 2), (7, 0, 7)])
def test_how_many_a_day(people: int, days: int, needed: int) -> None:
    assert a_day(people, days) == needed


def test_by_unit_and_by_who_may_decide_there(portal: Cloud) -> None:
    """Two verifikators, one of a unit and one of two; a third unit has none; one row is decided, one a draft."""
    operator, admin = desk(portal, Role.OPERATOR), desk(portal, Role.ADMIN)
    one = desk(portal, Role.VERIFIKATOR, units=[SCHOOL])
    desk(portal, Role.VERIFIKATOR, units=[SCHOOL.upper(), OFFICE], number=2)
    people = [operator.enter(row(at_, unit_kerja=unit)).json["id"] for at_, unit in enumerate([SCHOOL] * 3)]
    operator.enter(row(10, unit_kerja=OFFICE))
    operator.enter(row(11, unit_kerja=YARD))
    operator.enter(row(12, unit_kerja=YARD, nomor_sk=None))
    assert one.decide(people[0], 1, "MEMENUHI_SYARAT").status == 200
    check_search(INSTITUTION)
    portal.at(at("2022-10-30T08:00:00+07:00"))
    left = admin.call("GET", "/deadline").json
    assert (left["days"], left["undecided"], left["a_day"]) == (2, 4, 2)
    assert left["lost"] == {"TERDAFTAR": 4, "DRAF": 1}
    units = {each["unit"]: (each["undecided"], each["deciders"], each["without_account"]) for each in left["items"]}
    assert units == {SCHOOL: (2, 2, 3), OFFICE: (1, 1, 1), YARD: (1, 0, 2)}
    assert left["items"][0]["unit"] == SCHOOL, "the most first"
    assert [(each["name"], each["undecided"], each["a_day"]) for each in left["deciders"]] == [
        ("Petugas verifikator 2", 3, 2),
        ("Petugas verifikator 1", 2, 1),
    ]
    portal.at(at("2022-10-31T17:00:00+07:00"))
    closed = admin.call("GET", "/deadline").json
    assert (closed["days"], closed["a_day"], closed["undecided"]) == (0, None, 4)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK, Role.PPK])
def test_it_is_the_admins(portal: Cloud, role: Role) -> None:
    assert desk(portal, role).call("GET", "/deadline").code == "forbidden"
