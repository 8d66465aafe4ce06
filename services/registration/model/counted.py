"""What was counted over a whole institution: what its records share, and which titles are on no list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.registration.model.job_list import JobList
from services.registration.model.risk import Shared


@dataclass(frozen=True)
class Counted:
    """The latest count; of so many `lines`, `at` an instant, None as long as none was made.

    `shared` are the traits that are flagged, `titles` those on no list, the most usual first; both with how
    many people.
    """

    shared: Shared = field(default_factory=dict)
    titles: Mapping[str, int] = field(default_factory=dict)
    lines: int = 0
    at: datetime | None = None


@dataclass(frozen=True)
class Beside:
    """What of an institution makes a line beside the record: what it shares with others, and its list of titles."""

    counted: Counted = field(default_factory=Counted)
    jobs: JobList = field(default_factory=JobList)
