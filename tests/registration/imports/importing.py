"""An import from upload to answers: the bucket's event, the queue of chunks, and the two functions between them."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.kernel.aws import clients, dynamodb, s3
from services.registration.adapters import work_files
from services.registration.app import import_chunk
from services.registration.imports.cut_file import cut_file
from services.registration.imports.take_file import take_file
from services.registration.settings import settings
from tests.registration.listed import IN_TIME
from tests.registration.staff import Desk
from tests.support.aws import Cloud, queued
from tools.sample.sheets import cells_of, csv_bytes


@dataclass(frozen=True)
class Importing:
    """One import of one desk."""

    desk: Desk
    id: str

    def status(self) -> dict[str, Any]:
        """The import as it stands."""
        answer = self.desk.call("GET", f"/imports/{self.id}")
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def counts(self) -> dict[str, int]:
        """The numbers of the status that are not 0."""
        return {name: count for name, count in self.status().items() if isinstance(count, int) and count}

    def answers(self, query: str = "") -> list[dict[str, Any]]:
        """All answers, in pages of two."""
        found, cursor = list[dict[str, Any]](), ""
        while True:
            answer = self.desk.call("GET", f"/imports/{self.id}/answers?limit=2{query}{cursor}")
            assert answer.status == 200, answer.text
            found += answer.json["items"]
            if answer.json["cursor"] is None:
                return found
            cursor = f"&cursor={answer.json['cursor']}"

    def outcomes(self) -> list[tuple[int, str]]:
        """Row number and outcome of every answer."""
        return [(answer["row"], answer["outcome"]) for answer in self.answers()]

    def upload(self, content: bytes) -> None:
        """Put the file where the form would."""
        s3.write(settings().imports_bucket, f"{work_files.INCOMING}{self.id}", content, content_type="text/csv")

    def arrive(self, at: datetime = IN_TIME, *, rows_per_chunk: int = 3, version: str | None = None) -> None:
        """What import_file does when the bucket's event comes."""
        take_file(self.id, at, version, rows_per_chunk=rows_per_chunk, cut=cut_file)


def start(desk: Desk, filename: str = "orang.csv", size: int = 1000) -> Importing:
    """Ask for a place."""
    answer = desk.call("POST", "/imports", {"filename": filename, "size": size})
    assert answer.status == 201, answer.text
    return Importing(desk, answer.json["id"])


def csv_of(rows: Sequence[dict[str, Any]]) -> bytes:
    """The rows as an office's CSV file."""
    return csv_bytes([cells_of(row) for row in rows])


def run(desk: Desk, rows: Sequence[dict[str, Any]], at: datetime = IN_TIME, **options: Any) -> Importing:
    """Upload rows and let everything happen."""
    importing = start(desk)
    importing.upload(csv_of(rows))
    importing.arrive(at, **options)
    commit_all()
    return importing


def messages() -> list[dict[str, Any]]:
    """Take the messages of the queue of chunks, in order."""
    found, queue = list[dict[str, Any]](), settings().import_chunks_queue
    while taken := clients.sqs().receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
        for message in taken:
            found.append(json.loads(message["Body"]))
            clients.sqs().delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return found


def commit(bodies: Sequence[dict[str, Any]]) -> list[str]:
    """Hand messages to import_chunk; the ids of those that must come again."""
    answer = import_chunk(queued(bodies), None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def commit_all() -> None:
    """Commit what is asked for until nothing is."""
    while taken := messages():
        assert commit(taken) == []


def created(import_id: str, at: datetime, version: str | None = None) -> dict[str, Any]:
    """S3's "Object Created" as EventBridge delivers it."""
    uploaded = {"key": f"{work_files.INCOMING}{import_id}", "size": 1, **({"version-id": version} if version else {})}
    return {
        "detail-type": "Object Created",
        "source": "aws.s3",
        "time": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "detail": {"bucket": {"name": settings().imports_bucket}, "object": uploaded},
    }


def bytes_of(link: str, cloud: Cloud) -> io.BytesIO:
    """What lies behind a signed link to the exports bucket."""
    key = link.partition("?")[0].rpartition("/")[2]
    content = s3.read(settings().exports_bucket, f"tmp/{key}")
    assert content is not None
    return io.BytesIO(content)


def forget_answers(importing: Importing) -> None:
    """Lose the answers of its first chunk, as if the function had ended between the rows' transaction and theirs."""
    key = {"pk": f"J#{importing.id}", "sk": "CH#00000"}
    job = {"pk": f"J#{importing.id}", "sk": "@"}
    values = {"state": "DIPROSES", "cd": 0, "done": 0, "o_DITERIMA": 0, "o_KONFLIK": 0, "o_DITUTUP": 0}
    dynamodb.transact([dynamodb.delete(settings().table, key), dynamodb.update(settings().table, job, values=values)])
