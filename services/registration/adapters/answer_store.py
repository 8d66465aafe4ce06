"""The answers on an import's rows, one item `J#<id>`/`CH#<n>` for each answered chunk.

A chunk's item is written together with the job's counters and only once, so the counters are exact however often the
chunk's message comes.
"""

import base64
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, KeyPart
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.writes import ungated
from services.registration.adapters.import_store import OUTCOME, encrypt, job_key
from services.registration.model.import_job import Job, Outcome
from services.registration.rows.answer import Answer
from services.registration.rows.row_problems import RowProblem
from services.registration.settings import settings


def is_answered(job: Job, chunk: int) -> bool:
    """Whether a chunk's answers are stored."""
    return dynamodb.get(settings().table, _chunk_key(job.id, chunk)) is not None


def store(job: Job, chunk: int, answers: Sequence[Answer]) -> bool:
    """Store a chunk's answers and count them; False when that was done before."""
    key = _chunk_key(job.id, chunk)
    counted = Counter(answer.outcome for answer in answers)
    item = {**key, "private": encrypt(job, key, {"answers": _pack(answers)})}
    adding: dict[str, int | set[str]] = {f"{OUTCOME}{outcome.value}": count for outcome, count in counted.items()}
    add = dynamodb.update(settings().table, job_key(job.id), add={"cd": 1, "done": len(answers), **adding})
    return ungated.commit([dynamodb.put(settings().table, item, when=Attr("pk").not_exists()), add])


def load(job: Job, first_chunk: int = 0) -> Iterator[tuple[int, list[Answer]]]:
    """The answered chunks from `first_chunk` on, in order: its number and its answers."""
    when = KeyPart("pk").eq(f"J#{job.id}") & KeyPart("sk").between(_chunk_sk(first_chunk), "CH#~")
    for item in dynamodb.query_all(settings().table, when):
        place = Place(settings().table, item["pk"], item["sk"])
        opened = privacy.decrypt(item["private"], institution=job.institution, salt=job.salt, place=place)
        yield int(item["sk"].removeprefix("CH#")), _unpack(opened["answers"])


def _chunk_sk(chunk: int) -> str:
    return f"CH#{chunk:05d}"


def _chunk_key(import_id: str, chunk: int) -> dict[str, str]:
    return {"pk": f"J#{import_id}", "sk": _chunk_sk(chunk)}


def _pack(answers: Sequence[Answer]) -> str:
    """Answers as compressed JSON: their sentences repeat, and an item holds 400 KB at most."""
    rows = [
        [
            *(a.row, a.outcome.value, a.nama, a.registration_number, a.overall),
            *(a.problems, a.warnings, list(a.missing), a.pid, a.criteria),
        ]
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
            pid=pid,
            criteria=[RowProblem(*criterion) for criterion in criteria],
        )
        for row, outcome, nama, number, overall, problems, warnings, missing, pid, criteria in rows
    ]
