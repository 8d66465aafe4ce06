"""The job's item in the table of the service that makes the copy, and how it moves."""

from datetime import datetime

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.kernel.copies.job import CopyJob, CopyMessage
from services.kernel.settings import settings

SK = "COPY"


def load(pid: str) -> CopyJob | None:
    """The latest copy that a person asked for, or None."""
    item = dynamodb.get(settings().table, _key(pid))
    return None if item is None else to_job(item)


def to_job(item: Item) -> CopyJob:
    """The copy in an item of the table or of its stream."""
    return CopyJob(
        pid=item["pk"].removeprefix("P#"),
        institution=item["institution"],
        id=item["copy"],
        v=item["v"],
        key=item["key"],
        asked=tuple(map(clock.from_millis, item["asked"])),
        made_at=clock.from_millis(item["made"]) if "made" in item else None,
    )


def load_wanted(message: CopyMessage) -> CopyJob | None:
    """The copy that a message asks for, while it still is to be made: not one that is made, or asked for anew."""
    job = load(message.pid)
    return job if job is not None and job.id == message.copy_id and job.made_at is None else None


def put_new(job: CopyJob) -> Operation:
    """The operation that puts a copy in the place of the one before, unless somebody was faster."""
    item = {
        **_key(job.pid),
        "institution": job.institution,
        "copy": job.id,
        "v": job.v,
        "key": job.key,
        "asked": list(map(clock.millis, job.asked)),
    }
    before = Attr("v").eq(job.v - 1) if job.v > 1 else Attr("pk").not_exists()
    return dynamodb.put(settings().table, item, when=before, label=SK)


def made(job: CopyJob, at: datetime) -> Operation:
    """The operation that notes a copy as made; refused where it was, or where another one was asked for meanwhile."""
    standing = Attr("copy").eq(job.id) & Attr("made").not_exists()
    changed = {"made": clock.millis(at), "v": job.v + 1}
    return dynamodb.update(settings().table, _key(job.pid), values=changed, when=standing, label=SK)


def _key(pid: str) -> dict[str, str]:
    return {"pk": f"P#{pid}", "sk": SK}
