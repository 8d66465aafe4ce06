"""What a person's title is by the national list and his institution's own (domain.md, section 6)."""

from pydantic import BaseModel

from services.kernel.reference.jobs import Family
from services.registration.model.job_list import JobList


class RecordJob(BaseModel):
    """The family of a title and the ASN job it is converted to; both null where it is on no list.

    `conversion` is null as well where the institution named a family alone.
    """

    family: Family | None
    conversion: str | None


def view_job(title: str, jobs: JobList) -> RecordJob:
    """What a title is."""
    found = jobs.find(title)
    return RecordJob(family=found.family if found else None, conversion=(found.conversion or None) if found else None)
