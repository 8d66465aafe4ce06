"""What was given up after the last try: the import says so, and ends."""

import json
from typing import Any

import pytest

from services.kernel.aws import s3
from services.kernel.security.sessions import Role
from services.registration.adapters import import_store, work_files
from services.registration.app import import_failed
from services.registration.imports.commit_chunk import ChunkMessage
from services.registration.imports.give_up import give_up_chunk
from services.registration.settings import settings
from tests.registration.imports.importing import Importing, commit, created, csv_of, forget_answers, messages, start
from tests.registration.listed import IN_TIME
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Cloud, queued


@pytest.fixture
def operator(portal: Cloud) -> Desk:
    return desk(portal, Role.OPERATOR)


def given_up(*bodies: dict[str, Any]) -> None:
    """Hand messages to import_failed, which takes all of them."""
    assert import_failed(queued(list(bodies)), None) == {"batchItemFailures": []}


def uploaded(operator: Desk, rows: int = 5) -> Importing:
    importing = start(operator)
    importing.upload(csv_of([row(seed) for seed in range(rows)]))
    return importing


def poison(importing: Importing, chunk: int, place: int) -> None:
    """Make a row of a chunk such that committing it fails, whatever is tried."""
    content = json.loads(work_files.read_chunk(importing.id, chunk) or b"")
    content["v"]["unit_kerja"][place] = 1.5  # no store takes it
    work_files.write_chunk(importing.id, chunk, json.dumps(content).encode())


@pytest.mark.parametrize("begun", [False, True])
def test_a_file_that_could_not_be_read_is_refused_with_what_to_do(operator: Desk, begun: bool) -> None:
    importing = uploaded(operator)
    if begun:
        import_store.begin_reading(import_store.load(importing.id), IN_TIME, None)
    given_up(created(importing.id, IN_TIME))
    status = importing.status()
    assert (status["state"], status["problem"]["code"]) == ("DITOLAK", "file-failed")
    assert "Unggah kembali" in status["problem"]["message"]
    given_up(created(importing.id, IN_TIME))
    importing.arrive()
    assert importing.status() == status
    assert messages() == []


def test_a_file_that_was_read_but_not_sent_on_is_sent_on(operator: Desk) -> None:
    importing = uploaded(operator)
    importing.arrive()
    sent = messages()
    given_up(created(importing.id, IN_TIME))
    assert importing.status()["state"] == "DIPROSES"
    assert commit(sent) == []
    assert importing.status()["state"] == "SELESAI"


def test_a_row_that_nobody_can_commit_costs_itself_only(operator: Desk) -> None:
    importing = uploaded(operator)
    importing.arrive()
    first, second = messages()
    poison(importing, 0, 1)
    assert commit([first]) == ["0"]
    assert commit([second]) == []
    assert importing.status()["state"] == "DIPROSES"
    given_up(first)
    assert importing.status()["state"] == "SELESAI"
    assert importing.counts() == {"rows": 5, "done": 5, "accepted": 4, "rejected": 1}
    (problem,) = importing.answers()[1]["problems"]
    assert problem["code"] == "row-not-processed"
    assert "Unggah kembali" in problem["message"]
    assert operator.call("GET", "/progress").json["total"] == 4


def test_rows_that_were_stored_before_the_chunk_failed_are_accepted_as_they_are(operator: Desk) -> None:
    importing = uploaded(operator, 3)
    importing.arrive()
    (message,) = messages()
    assert commit([message]) == []
    answers = importing.answers()
    forget_answers(importing)
    given_up(message)
    assert importing.answers() == answers


def test_messages_that_come_twice_or_too_late_change_nothing(operator: Desk) -> None:
    importing = uploaded(operator, 3)
    importing.arrive()
    (message,) = messages()
    assert commit([message]) == []
    status = importing.status()
    given_up(message, message, created(importing.id, IN_TIME))
    assert importing.status() == status


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"n": 1}'])
def test_an_import_whose_rows_are_lost_ends_and_says_how_many(operator: Desk, content: bytes | None) -> None:
    importing = uploaded(operator)
    importing.arrive()
    first, second = messages()
    assert commit([first]) == []
    if content is None:
        s3.remove(settings().imports_bucket, f"chunks/{importing.id}/00001.json")
    else:
        work_files.write_chunk(importing.id, 1, content)
    given_up(second)
    status = importing.status()
    assert (status["state"], status["problem"]["code"]) == ("DITOLAK", "rows-failed")
    assert status["problem"]["message"].startswith("2 dari 5 baris")
    assert [answer["outcome"] for answer in importing.answers()] == ["DITERIMA"] * 3


def test_when_time_is_up_the_rows_left_are_answered_so(operator: Desk) -> None:
    importing = uploaded(operator, 2)
    importing.arrive()
    (message,) = messages()
    give_up_chunk(ChunkMessage.model_validate(message), seconds=0)
    assert importing.counts() == {"rows": 2, "done": 2, "rejected": 2}
    assert importing.status()["state"] == "SELESAI"


def test_an_import_that_nobody_knows_is_left_alone(operator: Desk) -> None:
    given_up(created("nobody", IN_TIME), {"import_id": "nobody", "chunk": 0, "lane": "i0"})
