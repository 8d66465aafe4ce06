"""Imports in the reg table, one item `J#<id>`/`@` each. Not gated: their bookkeeping goes on after the deadline."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.writes import ungated
from services.registration.model.import_job import Job, JobState, Outcome
from services.registration.settings import settings

OUTCOME = "o_"
"""Counts of rows by answer stand under this and the outcome."""


def load(import_id: str) -> Job:
    """An import by its id.

    Raises:
        Problem: `not-found`.
    """
    item = dynamodb.get(settings().table, job_key(import_id))
    if item is None:
        raise Problem(Code.NOT_FOUND)
    return _to_job(item)


def latest(institution: str, limit: int) -> list[Job]:
    """An institution's imports, the newest first (eventually consistent)."""
    found, _ = dynamodb.query(
        settings().table, KeyPart("g1pk").eq(_listing(institution)), index="roster", limit=limit, forward=False
    )
    return [_to_job(item) for item in found]


def put_new(job: Job) -> Operation:
    """The operation that stores a promised import."""
    return dynamodb.put(settings().table, _to_item(job), when=Attr("pk").not_exists())


def begin_reading(job: Job, received: datetime, object_version: str | None) -> bool:
    """The file arrived; False when one had arrived before."""
    values = {"received": clock.millis(received), "object_version": object_version}
    return _move(job, JobState.DIBACA, values, Attr("state").eq(JobState.MENUNGGU_UNGGAH.value))


def refuse(job: Job, code: str, message: str) -> bool:
    """The whole file is refused; False once it has been read, or was refused before."""
    unread = Attr("state").is_in([JobState.MENUNGGU_UNGGAH.value, JobState.DIBACA.value])
    return _move(job, JobState.DITOLAK, {"problem": [code, message]}, unread)


def give_up(job: Job, code: str, message: str) -> bool:
    """Rows that were not answered cannot be any more; those that were keep their answers."""
    return _move(job, JobState.DITOLAK, {"problem": [code, message]}, Attr("state").eq(JobState.DIPROSES.value))


def begin_processing(job: Job, *, rows: int, chunks: int) -> bool:
    """The file has been read and lies in chunks."""
    return _move(job, JobState.DIPROSES, {"rows": rows, "chunks": chunks}, Attr("state").eq(JobState.DIBACA.value))


def finish(job: Job) -> bool:
    """Every chunk has been answered; False while one has not, or when it was said before."""
    complete = Attr("state").eq(JobState.DIPROSES.value) & Attr("cd").eq(job.chunks)
    return _move(job, JobState.SELESAI, {}, complete)


def hold(job: Job) -> bool:
    """Every chunk has been answered, and the rows that are held wait for an admin."""
    return _move(job, JobState.MENUNGGU_KONFIRMASI, {}, Attr("state").eq(JobState.DIPROSES.value))


def begin_correcting(job: Job) -> bool:
    """Every chunk has been answered, and the rows that were held are few enough to go on without being asked about."""
    return _move(job, JobState.MEMPERBAIKI, {}, Attr("state").eq(JobState.DIPROSES.value))


def confirm(job: Job, by: str, at: datetime) -> Operation:
    """The operation by which an admin lets the rows that are held be corrected."""
    values = {"confirmed_by": by, "confirmed_at": clock.millis(at)}
    return _moving(job, JobState.MEMPERBAIKI, values, _waits_for_admin())


def withdraw(job: Job) -> Operation:
    """The operation by which the rows that are held stay as they are, for good."""
    return _moving(job, JobState.SELESAI, {}, _waits_for_admin())


def finish_correcting(job: Job) -> bool:
    """No row is held any more; False while one is, or when it was said before."""
    none_held = Attr("state").eq(JobState.MEMPERBAIKI.value) & Attr(f"{OUTCOME}{Outcome.DITAHAN.value}").eq(0)
    return _move(job, JobState.SELESAI, {}, none_held)


def _waits_for_admin() -> Any:  # noqa: ANN401 - a condition
    return Attr("state").eq(JobState.MENUNGGU_KONFIRMASI.value)


def _move(job: Job, state: JobState, values: Mapping[str, Any], when: Any) -> bool:  # noqa: ANN401 - a condition
    return ungated.commit([_moving(job, state, values, when)])


def _moving(job: Job, state: JobState, values: Mapping[str, Any], when: Any) -> Operation:  # noqa: ANN401
    return dynamodb.update(settings().table, job_key(job.id), values={"state": state.value, **values}, when=when)


def job_key(import_id: str) -> dict[str, str]:
    """The key of an import."""
    return {"pk": f"J#{import_id}", "sk": "@"}


def _listing(institution: str) -> str:
    return f"J#{institution}"


def encrypt(job: Job, key: Mapping[str, str], data: Mapping[str, Any]) -> bytes:
    """Encrypt something of an import for one of its items."""
    place = Place(settings().table, key["pk"], key["sk"])
    return privacy.encrypt(data, institution=job.institution, salt=job.salt, place=place)


def _to_item(job: Job) -> Item:
    key = job_key(job.id)
    return {
        **key,
        "institution": job.institution,
        "by": job.by,
        "units": list(job.units),
        "own": job.own,
        "at": clock.millis(job.at),
        "state": job.state.value,
        "salt": job.salt,
        "private": encrypt(job, key, {"filename": job.filename}),
        "g1pk": _listing(job.institution),
        "g1sk": f"{clock.millis(job.at):015d}#{job.id}",
    }


def _to_job(item: Item) -> Job:
    place = Place(settings().table, item["pk"], item["sk"])
    private = privacy.decrypt(item["private"], institution=item["institution"], salt=item["salt"], place=place)
    return Job(
        id=item["pk"].removeprefix("J#"),
        institution=item["institution"],
        by=item["by"],
        units=tuple(item["units"]),
        filename=private["filename"],
        at=clock.from_millis(item["at"]),
        state=JobState(item["state"]),
        salt=item["salt"],
        own=item.get("own"),  # not there on imports started before it was kept
        received=clock.from_millis(item["received"]) if "received" in item else None,
        object_version=item.get("object_version"),
        rows=item.get("rows", 0),
        chunks=item.get("chunks", 0),
        chunks_done=item.get("cd", 0),
        done=item.get("done", 0),
        outcomes={outcome: item.get(f"{OUTCOME}{outcome.value}", 0) for outcome in Outcome},
        problem=(item["problem"][0], item["problem"][1]) if "problem" in item else None,
        confirmed_by=item.get("confirmed_by"),
        confirmed_at=clock.from_millis(item["confirmed_at"]) if "confirmed_at" in item else None,
    )
