"""What the gate costs a function: the CPU of one gated transaction against the same one without check and counter.

Nothing is sent: the answer of DynamoDB is put in where botocore would open its connection, so that what is measured is
our own work (encryption, audit link, conditions, serialising, signing, parsing), not a network.
"""

import base64
import io
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from botocore.awsrequest import AWSResponse, HeadersDict

from services.kernel import clock, settings
from services.kernel.aws import clients, dynamodb
from services.kernel.security import privacy
from services.kernel.states import Category, PersonState, Phase
from services.kernel.writes.calendar import DEFAULT_2022, Round, Window
from services.registration.adapters import person_store
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.model.person_row import PersonRow
from services.registration.model.person_states import Action
from services.registration.model.private import Private, Progress
from tests.bench.harness import Benchmark
from tools.sample.people import person

WRITES = 2_000
RECEIVED = datetime(2022, 9, 1, 9, tzinfo=clock.WIB)
ROUND = Round("9901", 1, Phase.PENGINPUTAN, 32, 8, DEFAULT_2022)
_ENVIRONMENT = {
    "STAGE": "bench",
    "SERVICE": "registration",
    "TABLE": "reg",
    "TTL_TABLE": "ttl",
    "GATE_TABLE": "gate",
    "AUDIT_TABLE": "audit",
    "BUS": "bus",
    "FACTS_QUEUE": "facts",
    "KEY_ARN": "arn:aws:kms:ap-southeast-3:000000000000:key/bench",
    "SESSION_PUBLIC_KEY": "none",
    "SITE_ORIGIN": "https://pendataan.example",
    "LOOKUP_KEY": "none",
    "SESSION_KEY": "none",
    "CAPTCHA_KEY": "none",
    "FILES_KEY": "none",
    "IMPORTS_BUCKET": "imports",
    "EXPORTS_BUCKET": "exports",
    "FILES_BUCKET": "files",
    "SEALS_BUCKET": "seals",
    "SEAL_RETENTION_DAYS": "1",
    "IMPORT_CHUNKS_QUEUE": "chunks",
    "ROSTER_SEALS_QUEUE": "seals",
    "NOTICES_QUEUE": "notices",
    "SEARCH_QUEUE": "search",
    "SHEET_PRINTS_QUEUE": "sheets",
    "REMINDERS_QUEUE": "reminders",
    "TITLE_STEPS_QUEUE": "titles",
    "REMINDERS_PER_SECOND": "10",
    "DATA_COPIES_QUEUE": "copies",
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "bench",
    "AWS_DEFAULT_REGION": "ap-southeast-3",
    "POWERTOOLS_METRICS_NAMESPACE": "Pendataan",
    "POWERTOOLS_SERVICE_NAME": "registration",
}


@dataclass(frozen=True)
class Given:
    """A person in each state before his write, and what DynamoDB would answer."""

    changes: list[Change]


def prepare() -> Given:
    """People about to be decided on; the institution's key is made up, so that nothing asks KMS."""
    people = [_person(n) for n in range(WRITES)]
    return Given([Change(one, one.moved(Action.QUALIFY, RECEIVED), "qualify", {"reason": "sesuai"}) for one in people])


def gated(given: Given) -> list[int]:
    """Every write through the gate; the number of operations of each transaction."""
    with _no_network() as sent:
        for change in given.changes:
            person_store.commit(
                change, round_=ROUND, window=Window.VERIFICATION, received=RECEIVED, actor="verifikator"
            )
        return [operations - 2 for operations in sent]


def ungated(given: Given) -> list[int]:
    """The same transactions without the check of the lane and without the counter."""
    with _no_network() as sent:
        for change in given.changes:
            moved, _ = person_store.prepare(change, actor="verifikator", received=RECEIVED)
            assert moved.link is not None
            dynamodb.transact([*moved.operations, moved.link.operation])
        return sent


def _person(n: int) -> Person:
    row, entered_at = person(n), clock.millis(RECEIVED - timedelta(days=1))
    return Person(
        pid=f"{n:016d}",
        institution="9901",
        state=PersonState.TERDAFTAR,
        before=None,
        v=1,
        head="0" * 64,
        salt=n.to_bytes(16, "big"),
        registration_number=f"REG{n:07d}",
        nama=row["nama"],
        unit_kerja=row["unit_kerja"],
        jabatan=row["jabatan"],
        kategori=Category.NON_ASN,
        overall="LOLOS",
        entered_by="operator",
        private=Private(progress=(Progress(PersonState.TERDAFTAR, entered_at),), row=cast("PersonRow", row)),
    )


@contextmanager
def _no_network() -> Iterator[list[int]]:
    """A process in which TransactWriteItems is answered at once; yields how many operations each call had."""
    before = dict(os.environ)
    os.environ.update(_ENVIRONMENT)
    _forget()
    sent: list[int] = []
    clients.dynamodb().meta.events.register("before-send", lambda request, **_: _answer(request, sent))  # type: ignore[arg-type]
    clients.kms().meta.events.register("before-send", lambda request, **_: _json(request.url, _DATA_KEY))  # type: ignore[arg-type]
    privacy.encrypt({}, institution="9901", salt=b"0" * 16, place=privacy.Place("reg", "P#0", "@"))
    sent.clear()
    try:
        with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):  # the line of figures has no reader here
            yield sent
    finally:
        os.environ.clear()
        os.environ.update(before)
        _forget()


_DATA_KEY = {"Plaintext": base64.b64encode(bytes(32)).decode(), "CiphertextBlob": "AAAA", "KeyId": "bench"}


def _answer(request: Any, sent: list[int]) -> AWSResponse:
    """DynamoDB: no item is there, every transaction commits."""
    if request.headers["X-Amz-Target"].endswith(b"TransactWriteItems"):
        sent.append(len(json.loads(request.body)["TransactItems"]))
    return _json(request.url, {})


def _json(url: str, body: dict[str, str]) -> AWSResponse:
    raw = json.dumps(body).encode()
    headers = HeadersDict({"content-type": "application/x-amz-json-1.0", "x-amz-crc32": str(zlib.crc32(raw))})
    return AWSResponse(url, 200, headers, _Body(raw))  # type: ignore[arg-type]


class _Body(io.BytesIO):
    """A body as urllib3 hands it on."""

    def stream(self) -> Iterator[bytes]:
        yield self.read()


def _forget() -> None:
    settings.forget()
    clients.forget()
    privacy.forget()


def _same(gated: list[int], plain: list[int]) -> str | None:
    return None if gated == plain and len(plain) == WRITES else "other transactions were sent"


GATE = Benchmark(
    id="gate",
    what=f"{WRITES} verdicts committed through the gate (goal: at most 25 % more CPU)",
    peer_name="the same transactions without check and counter",
    prepare=prepare,
    ours=gated,
    peer=ungated,
    check=_same,
    goal=0.8,
)
