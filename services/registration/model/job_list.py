"""What an institution adds to the national list of titles (domain.md, section 6, *Reference lists*)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from services.kernel.reference.jobs import Family, Job, find_job, job_key

MAX_TITLES: Final = 1000
"""In one list: far more than an office has that the national list does not know."""
LONGEST_TITLE: Final = 100
"""Characters of a title, as of `jabatan` in the template."""


@dataclass(frozen=True)
class LocalJob:
    """A title as rows have it, and what it is: like a title of the national list, or of a family alone (no `like`)."""

    title: str
    family: Family
    like: str | None = None

    @property
    def job(self) -> Job:
        """The title as a job of the list; of a family alone it is converted to nothing."""
        listed = find_job(self.like) if self.like else None
        return Job(self.title, self.family, listed.conversion if listed else "")


@dataclass(frozen=True)
class JobList:
    """The national list with an institution's additions; `v` counts their changes, 0 while there is none."""

    v: int = 0
    items: tuple[LocalJob, ...] = ()

    @cached_property
    def _by_key(self) -> Mapping[str, LocalJob]:
        return {job_key(item.title): item for item in self.items}

    def find(self, title: str) -> Job | None:
        """What a title is by the national list, else as the institution says of exactly this one; None for neither."""
        listed = find_job(title)
        if listed is not None:
            return listed
        added = self.added(title)
        return added.job if added else None

    def family(self, title: str) -> Family | None:
        """The family of a title, None for one that nobody has put into any."""
        found = self.find(title)
        return found.family if found else None

    def added(self, title: str) -> LocalJob | None:
        """What the institution says of exactly this title."""
        return self._by_key.get(job_key(title))

    def with_job(self, job: LocalJob) -> "JobList":
        """The next list, with this title; in the place of what was said of it before."""
        return JobList(self.v + 1, (*self._but(job.title), job))

    def without(self, title: str) -> "JobList":
        """The next list, without this title."""
        return JobList(self.v + 1, self._but(title))

    def _but(self, title: str) -> tuple[LocalJob, ...]:
        return tuple(item for item in self.items if job_key(item.title) != job_key(title))
