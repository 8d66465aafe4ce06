"""The titles an institution has added to the national list, and those its people hold that are on neither."""

from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.reference.jobs import JOBS, Family
from services.kernel.security.sessions import Actor
from services.kernel.writes import gate
from services.registration.adapters import job_store, search_store
from services.registration.model.job_list import LocalJob


class JobView(BaseModel):
    """A title the institution added; `like` is the listed title it is like, `conversion` that one's ASN job."""

    title: str
    family: Family
    like: str | None
    conversion: str


class ListedTitle(BaseModel):
    """A title of the national list."""

    title: str
    family: Family


class JobListView(BaseModel):
    """The institution's own titles at version `v`, the latest last, and the national list."""

    v: int
    items: list[JobView]
    national: list[ListedTitle]


class PeopleWithTitle(BaseModel):
    """How many people hold a title that is on no list."""

    title: str
    people: int


class TitleCount(BaseModel):
    """Titles on no list, by how many hold them, the most first; of more than 500 the first.

    `counted_at` is when the people were counted, null as long as they never were.
    """

    items: list[PeopleWithTitle]
    counted_at: datetime | None


def list_jobs(*, institution: str, actor: Actor) -> JobListView:
    """The list as it stands.

    Raises:
        Problem: `not-found` for another institution or one without a round.
    """
    actor.require_institution(institution)
    gate.read_round(institution)
    jobs = job_store.load(institution)
    listed = [ListedTitle(title=job.title, family=job.family) for job in JOBS]
    return JobListView(v=jobs.v, items=list(map(_view, jobs.items)), national=listed)


def count_unlisted(*, institution: str, actor: Actor) -> TitleCount:
    """Which titles were on no list when people were last counted, and still are.

    Raises:
        Problem: `not-found` for another institution or one without a round.
    """
    actor.require_institution(institution)
    gate.read_round(institution)
    counted, jobs = search_store.read_counted(institution), job_store.load(institution)
    found = [PeopleWithTitle(title=title, people=n) for title, n in counted.titles.items() if jobs.find(title) is None]
    return TitleCount(items=found, counted_at=counted.at.astimezone(clock.WIB) if counted.at else None)


def _view(item: LocalJob) -> JobView:
    return JobView(title=item.title, family=item.family, like=item.like, conversion=item.job.conversion)
