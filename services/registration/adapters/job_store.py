"""What an institution adds to the national list of titles, `JOBS#<institution>`/`@`: one item, never half changed."""

import json
from typing import Final

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Operation
from services.kernel.reference.jobs import Family
from services.registration.model.job_list import JobList, LocalJob
from services.registration.settings import settings

PREFIX: Final = "JOBS#"


def load(institution: str) -> JobList:
    """The list as it stands; an empty one of version 0 where the institution adds nothing."""
    item = dynamodb.get(settings().table, _key(institution))
    if item is None:
        return JobList()
    stored = json.loads(item["titles"])
    return JobList(item["v"], tuple(LocalJob(title, Family(family), like) for title, family, like in stored))


def put(institution: str, jobs: JobList) -> Operation:
    """The operation that stores a list whose `v` was raised by one, unless somebody was faster."""
    when = Attr("v").eq(jobs.v - 1) if jobs.v > 1 else Attr("v").not_exists()
    rows = [[item.title, item.family.value, item.like] for item in jobs.items]
    item = {**_key(institution), "v": jobs.v, "titles": json.dumps(rows, ensure_ascii=False, separators=(",", ":"))}
    return dynamodb.put(settings().table, item, when=when)


def _key(institution: str) -> dict[str, str]:
    return {"pk": f"{PREFIX}{institution}", "sk": "@"}
