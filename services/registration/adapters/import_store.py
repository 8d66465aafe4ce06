"""Imports in the reg table: the job `J#<id>`/`@` and, for each answered chunk, `J#<id>`/`CH#<n>`.

A chunk's item is written together with the job's counters and only once, so the counters are exact however often the
chunk's message comes. Nothing here is gated: an import's bookkeeping goes on after the deadline.
"""

import base64
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from services.kernel import clock, privacy, ungated
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.privacy import Place
from services.kernel.problems import Code, Problem
from services.registration.imports.answers import Answer, Outcome
from services.registration.imports.job import FileKind, Job, JobState
from services.registration.imports.row_problems import RowProblem
from services.registration.settings import settings

_OUTCOME = "o_"


def load(import_id: str) -> Job:
    """An import by its id.

    Raises:
        Problem: `not-found`.
    """
    item = dynamodb.get(settings().table, _key(import_id))
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
    return _move(job, JobState.DIBACA, values, Attr("st").eq(JobState.MENUNGGU_UNGGAH.value))


def refuse(job: Job, code: str, message: str) -> bool:
    """The whole file is refused."""
    return _move(job, JobState.DITOLAK, {"problem": [code, message]}, Attr("st").eq(JobState.DIBACA.value))


def begin_processing(job: Job, *, rows: int, chunks: int) -> bool:
    """The file has been read and lies in chunks."""
    return _move(job, JobState.DIPROSES, {"rows": rows, "chunks": chunks}, Attr("st").eq(JobState.DIBACA.value))


def finish(job: Job) -> bool:
    """Every chunk has been answered; False while one has not, or when it was said before."""
    complete = Attr("st").eq(JobState.DIPROSES.value) & Attr("cd").eq(job.chunks)
    return _move(job, JobState.SELESAI, {}, complete)


def is_answered(job: Job, chunk: int) -> bool:
    """Whether a chunk's answers are stored."""
    return dynamodb.get(settings().table, _chunk_key(job.id, chunk)) is not None


def store_answers(job: Job, chunk: int, answers: Sequence[Answer]) -> bool:
    """Store a chunk's answers and count them; False when that was done before."""
    key = _chunk_key(job.id, chunk)
    counted = Counter(answer.outcome for answer in answers)
    item = {**key, "pii": _seal(job, key, {"answers": _pack(answers)})}
    adding: dict[str, int | set[str]] = {f"{_OUTCOME}{outcome.value}": count for outcome, count in counted.items()}
    add = dynamodb.update(settings().table, _key(job.id), add={"cd": 1, "done": len(answers), **adding})
    return ungated.commit([dynamodb.put(settings().table, item, when=Attr("pk").not_exists()), add])


def answers(job: Job, first_chunk: int = 0) -> Iterator[tuple[int, list[Answer]]]:
    """The answered chunks from `first_chunk` on, in order: its number and its answers."""
    when = KeyPart("pk").eq(f"J#{job.id}") & KeyPart("sk").between(_chunk_sk(first_chunk), "CH#~")
    for item in dynamodb.query_all(settings().table, when):
        place = Place(settings().table, item["pk"], item["sk"])
        opened = privacy.unseal(item["pii"], institution=job.institution, salt=job.salt, place=place)
        yield int(item["sk"].removeprefix("CH#")), _unpack(opened["answers"])


def _move(job: Job, state: JobState, values: Mapping[str, Any], when: Any) -> bool:  # noqa: ANN401 - a condition
    change = dynamodb.update(settings().table, _key(job.id), values={"st": state.value, **values}, when=when)
    return ungated.commit([change])


def _key(import_id: str) -> dict[str, str]:
    return {"pk": f"J#{import_id}", "sk": "@"}


def _chunk_sk(chunk: int) -> str:
    return f"CH#{chunk:05d}"


def _chunk_key(import_id: str, chunk: int) -> dict[str, str]:
    return {"pk": f"J#{import_id}", "sk": _chunk_sk(chunk)}


def _listing(institution: str) -> str:
    return f"J#{institution}"


def _seal(job: Job, key: Mapping[str, str], data: Mapping[str, Any]) -> bytes:
    place = Place(settings().table, key["pk"], key["sk"])
    return privacy.seal(data, institution=job.institution, salt=job.salt, place=place)


def _pack(answers: Sequence[Answer]) -> str:
    """Answers as compressed JSON: their sentences repeat, and an item holds 400 KB at most."""
    rows = [
        [a.row, a.outcome.value, a.nama, a.registration_number, a.overall, a.problems, a.warnings, list(a.missing)]
        for a in answers
    ]
    return base64.b64encode(zlib.compress(json.dumps(rows, ensure_ascii=False).encode())).decode()


def _unpack(packed: str) -> list[Answer]:
    rows = json.loads(zlib.decompress(base64.b64decode(packed)))
    return [
        Answer(
            row=row,
            outcome=Outcome(outcome),
            nama=nama,
            registration_number=number,
            overall=overall,
            problems=[RowProblem(*problem) for problem in problems],
            warnings=[RowProblem(*warning) for warning in warnings],
            missing=missing,
        )
        for row, outcome, nama, number, overall, problems, warnings, missing in rows
    ]


def _to_item(job: Job) -> Item:
    key = _key(job.id)
    return {
        **key,
        "inst": job.institution,
        "by": job.by,
        "units": list(job.units),
        "kind": job.kind.value,
        "at": clock.millis(job.at),
        "st": job.state.value,
        "salt": job.salt,
        "pii": _seal(job, key, {"filename": job.filename}),
        "g1pk": _listing(job.institution),
        "g1sk": f"{clock.millis(job.at):015d}#{job.id}",
    }


def _to_job(item: Item) -> Job:
    place = Place(settings().table, item["pk"], item["sk"])
    private = privacy.unseal(item["pii"], institution=item["inst"], salt=item["salt"], place=place)
    return Job(
        id=item["pk"].removeprefix("J#"),
        institution=item["inst"],
        by=item["by"],
        units=tuple(item["units"]),
        kind=FileKind(item["kind"]),
        filename=private["filename"],
        at=clock.from_millis(item["at"]),
        state=JobState(item["st"]),
        salt=item["salt"],
        received=clock.from_millis(item["received"]) if "received" in item else None,
        object_version=item.get("object_version"),
        rows=item.get("rows", 0),
        chunks=item.get("chunks", 0),
        chunks_done=item.get("cd", 0),
        done=item.get("done", 0),
        outcomes={outcome: item.get(f"{_OUTCOME}{outcome.value}", 0) for outcome in Outcome},
        problem=(item["problem"][0], item["problem"][1]) if "problem" in item else None,
    )
