"""An institution's titles: what the national list lacks is kept with a warning and put into a family by the admin."""

from datetime import datetime
from typing import Any

import pytest

from services.kernel.reference.jobs import Family
from services.kernel.security.sessions import Role
from services.registration.adapters import job_store
from services.registration.model.job_list import MAX_TITLES, JobList, LocalJob
from services.registration.search.keep_counts import keep_counts
from services.registration.search.keep_search import check_search
from tests.registration.listed import IN_TIME, INSTITUTION, portal
from tests.registration.staff import Desk, desk, readings, row
from tests.support.aws import Answer, Cloud
from tests.support.gates import open_gate

__all__ = ["portal"]

OURS = "Juru Sihir"


@pytest.fixture
def admin(portal: Cloud) -> Desk:
    return desk(portal, Role.ADMIN)


def say(admin: Desk, v: int = 0, title: str = OURS, **what: Any) -> Answer:
    """Say what a title is."""
    return admin.call("PUT", "/jobs", {"v": v, "title": title, **what})


def faults(answer: Answer) -> list[tuple[str, str]]:
    return [(one["field"], one["code"]) for one in answer.json["fields"]]


def warned(entered: Answer) -> list[str]:
    return [one["code"] for one in entered.json["warnings"]]


def test_a_title_outside_the_list_is_kept_with_a_warning_until_the_admin_says_what_it_is(admin: Desk) -> None:
    assert warned(admin.enter(row(1, jabatan="Guru Kelas"))) == []
    made = admin.enter(row(2, jabatan=OURS))
    assert (made.status, warned(made)) == (201, ["unlisted-job"])
    assert say(admin, family="TEKNIS").json == {"v": 1, "titles": 1}
    assert warned(admin.enter(row(3, jabatan="juru  SIHIR (honorer)"))) == []
    assert [note["code"] for note in admin.detail(made.json["id"])["warnings"]] == []
    assert warned(admin.enter(row(4, jabatan="Juru Sihir Senior"))) == ["unlisted-job"], "of that title alone"


def test_a_title_is_like_a_listed_one_or_of_a_family(admin: Desk) -> None:
    assert say(admin, like="tukang kebun").json["v"] == 1
    assert say(admin, 1, "Juru Mantra", family="PENDIDIKAN").json["titles"] == 2
    assert admin.call("GET", "/jobs").json["items"] == [
        {"title": OURS, "family": "TEKNIS", "like": "Tukang Kebun", "conversion": "Pengelola Umum Operasional"},
        {"title": "Juru Mantra", "family": "PENDIDIKAN", "like": None, "conversion": ""},
    ]
    assert say(admin, 2, "JURU SIHIR", family="ADMINISTRASI").json == {"v": 3, "titles": 2}
    assert [one["family"] for one in admin.call("GET", "/jobs").json["items"]] == ["PENDIDIKAN", "ADMINISTRASI"]


def test_what_was_said_is_taken_back(admin: Desk) -> None:
    assert say(admin).code == "not-found"
    say(admin, family="TEKNIS")
    assert say(admin, 1, "juru sihir").json == {"v": 2, "titles": 0}
    assert admin.call("GET", "/jobs").json["items"] == []


@pytest.mark.parametrize(
    ("title", "what", "fault"),
    [
        ("Guru Matematika", {"family": "TEKNIS"}, ("title", "listed")),
        ("Tenaga Honorer", {"family": "TEKNIS"}, ("title", "missing")),
        ("Juru 081234567890", {"family": "TEKNIS"}, ("title", "personal-number")),
        ("x" * 101, {"family": "TEKNIS"}, ("title", "string-too-long")),
        (OURS, {"like": "Juru Mantra"}, ("like", "unknown")),
        (OURS, {"like": "Guru", "family": "TEKNIS"}, ("family", "one-of-them")),
        (OURS, {"family": "SIHIR"}, ("family", "enum")),
    ],
)
def test_what_cannot_be_said_is_refused(admin: Desk, title: str, what: dict[str, str], fault: tuple[str, str]) -> None:
    assert faults(say(admin, 0, title, **what)) == [fault]
    assert job_store.load(INSTITUTION) == JobList()


def test_versions_and_keys_hold(admin: Desk) -> None:
    body = {"v": 0, "title": OURS, "family": "TEKNIS"}
    first = admin.call("PUT", "/jobs", body, headers={"Idempotency-Key": "satu-dua-tiga"})
    assert admin.call("PUT", "/jobs", body, headers={"Idempotency-Key": "satu-dua-tiga"}).json == first.json
    assert say(admin, family="TEKNIS").code == "version-moved"
    assert [action for _, action, _ in readings()] == ["change-job"]


def test_a_list_has_an_end() -> None:
    full = JobList(1, tuple(LocalJob(f"Juru {n:04} x", Family.TEKNIS) for n in range(MAX_TITLES)))
    assert len(full.with_job(LocalJob("juru 0001 x", Family.TEKNIS)).items) == MAX_TITLES
    assert len(full.with_job(LocalJob("Juru Baru", Family.TEKNIS)).items) == MAX_TITLES + 1


def test_titles_on_no_list_are_counted_and_leave_the_list_when_said(admin: Desk) -> None:
    assert admin.call("GET", "/jobs/people").json == {"items": [], "counted_at": None}
    for seed, title in enumerate(["Guru", OURS, OURS, "Juru Mantra"], start=1):
        admin.enter(row(seed, jabatan=title))
    check_search(INSTITUTION)
    keep_counts(INSTITUTION)
    found = admin.call("GET", "/jobs/people").json
    assert found["items"] == [{"title": OURS, "people": 2}, {"title": "Juru Mantra", "people": 1}]
    assert datetime.fromisoformat(found["counted_at"]) >= IN_TIME
    say(admin, family="TEKNIS")
    assert [one["title"] for one in admin.call("GET", "/jobs/people").json["items"]] == ["Juru Mantra"]


def test_another_institutions_list_is_none_of_his_business(portal: Cloud, admin: Desk) -> None:
    open_gate("9902")
    stranger = desk(portal, Role.ADMIN, "9902")
    say(admin, family="TEKNIS")
    assert stranger.call("GET", "/jobs").json["items"] == []
    assert warned(stranger.enter(row(1, jabatan=OURS))) == ["unlisted-job"]
