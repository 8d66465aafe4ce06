"""The answers on an import's rows, one item `J#<id>`/`CH#<n>` for each answered chunk.

A chunk's item is written together with the job's counters and only once, so the counters are exact however often the
chunk's message comes. Rows that are held get another answer later, once as well (`replace_held`).
"""

import base64
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.writes import ungated
from services.registration.adapters.import_store import OUTCOME, encrypt, job_key
from services.registration.model.import_job import Job, Outcome
from services.registration.rows.answer import Answer
from services.registration.rows.row_problems import RowProblem
from services.registration.settings import settings

_LARGEST: Final = 300_000
"""Characters of packed answers: an item holds 400 KB, and these are encrypted and their keys wrapped beside them."""
_SHORT: Final = 40
"""To how many characters the values of changed fields are cut where all of them are too much for an item."""


def is_answered(job: Job, chunk: int) -> bool:
    """Whether a chunk's answers are stored."""
    return dynamodb.get(settings().table, _chunk_key(job.id, chunk)) is not None


def store(job: Job, chunk: int, answers: Sequence[Answer]) -> bool:
    """Store a chunk's answers and count them; False when that was done before."""
    counted = Counter(answer.outcome for answer in answers)
    item = _item(job, chunk, answers)
    adding: dict[str, int | set[str]] = {f"{OUTCOME}{outcome.value}": count for outcome, count in counted.items()}
    add = dynamodb.update(settings().table, job_key(job.id), add={"cd": 1, "done": len(answers), **adding})
    return ungated.commit([dynamodb.put(settings().table, item, when=Attr("pk").not_exists()), add])


def replace_held(job: Job, chunk: int, before: Sequence[Answer], after: Sequence[Answer]) -> bool:
    """Store a chunk's answers anew, which held rows and hold none now; False when that was done before."""
    counted = Counter(answer.outcome for answer in after)
    counted.subtract(answer.outcome for answer in before)
    moved: dict[str, int | set[str]] = {f"{OUTCOME}{outcome.value}": by for outcome, by in counted.items() if by}
    put = dynamodb.put(settings().table, _item(job, chunk, after), when=Attr("held").eq(-counted[Outcome.DITAHAN]))
    return ungated.commit([put, dynamodb.update(settings().table, job_key(job.id), add=moved)])


def held_chunks(job: Job) -> list[int]:
    """The chunks that hold rows."""
    when = KeyPart("pk").eq(f"J#{job.id}") & KeyPart("sk").between(_chunk_sk(0), "CH#~")
    return [_number(item) for item in dynamodb.query_all(settings().table, when) if item.get("held")]


def load_chunk(job: Job, chunk: int) -> list[Answer]:
    """The answers of one chunk; none where it has not been answered."""
    item = dynamodb.get(settings().table, _chunk_key(job.id, chunk))
    return [] if item is None else _opened(job, item)


def load(job: Job, first_chunk: int = 0) -> Iterator[tuple[int, list[Answer]]]:
    """The answered chunks from `first_chunk` on, in order: its number and its answers."""
    when = KeyPart("pk").eq(f"J#{job.id}") & KeyPart("sk").between(_chunk_sk(first_chunk), "CH#~")
    for item in dynamodb.query_all(settings().table, when):
        yield _number(item), _opened(job, item)


def _number(item: Item) -> int:
    return int(item["sk"].removeprefix("CH#"))


def _opened(job: Job, item: Item) -> list[Answer]:
    place = Place(settings().table, item["pk"], item["sk"])
    opened = privacy.decrypt(item["private"], institution=job.institution, salt=job.salt, place=place)
    return _unpack(opened["answers"])


def _item(job: Job, chunk: int, answers: Sequence[Answer]) -> Item:
    """What is stored of a chunk; `held` stands on it as long as it holds rows."""
    key = _chunk_key(job.id, chunk)
    held = sum(answer.outcome is Outcome.DITAHAN for answer in answers)
    item = {**key, "private": encrypt(job, key, {"answers": _fitting(answers)})}
    return {**item, "held": held} if held else item


def _chunk_sk(chunk: int) -> str:
    return f"CH#{chunk:05d}"


def _chunk_key(import_id: str, chunk: int) -> dict[str, str]:
    return {"pk": f"J#{import_id}", "sk": _chunk_sk(chunk)}


def _fitting(answers: Sequence[Answer]) -> str:
    packed = _pack(answers)
    return packed if len(packed) <= _LARGEST else _pack([replace(each, changes=_cut(each)) for each in answers])


def _cut(answer: Answer) -> dict[str, list[Any]]:
    return {name: [_short(value) for value in pair] for name, pair in answer.changes.items()}


def _short(value: Any) -> Any:  # noqa: ANN401 - a cell
    return f"{value[:_SHORT]}…" if isinstance(value, str) and len(value) > _SHORT else value


def _pack(answers: Sequence[Answer]) -> str:
    """Answers as compressed JSON: their sentences repeat, and an item holds 400 KB at most."""
    rows = [
        [
            *(a.row, a.outcome.value, a.nama, a.registration_number, a.overall),
            *(a.problems, a.warnings, list(a.missing), a.pid, a.criteria, a.changes),
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
            changes=changes[0] if changes else {},  # not there on answers given before rows were corrected
        )
        for row, outcome, nama, number, overall, problems, warnings, missing, pid, criteria, *changes in rows
    ]
