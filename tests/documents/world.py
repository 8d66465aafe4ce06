"""A small portal to upload to: one open round, people, and browsers that post what they were promised a place for."""

import functools
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from services.documents import app as entry
from services.documents.adapters import objects, store
from services.documents.model.file import File, Subject
from services.documents.settings import settings
from services.documents.uploads.settle_file import settle_file
from services.kernel import clock
from services.kernel.aws import clients, dynamodb
from services.kernel.documents import (
    JPEG,
    PDF,
    DocumentType,
    FileState,
    new_history_id,
    parse_file_id,
    rule_of,
    tickets,
    unit_place,
)
from services.kernel.events.facts import PersonListed
from services.kernel.security.sessions import ENROLMENT_COOKIE, Audience, Role
from services.kernel.states import Category, PersonState
from services.kernel.writes import calendar
from services.kernel.writes.calendar import Window
from tests.documents.inspection import makers
from tests.support.aws import FILES_KEY, Answer, Cloud, envelope, queued
from tests.support.gates import close_lanes, open_gate

INSTITUTION = "9901"
OTHER = "9902"
PERSON = "aaaabbbbccccdddd"
NEIGHBOUR = "bbbbccccddddeeee"
UNIT = "Dinas Contoh"
CASE = "LAAAABBBB"
"""The number of a case, of which papers come by its ticket."""
COPY = b"copy"
"""What stands for the bytes of a file that is settled without being inspected."""
COPY_SHA256 = hashlib.sha256(COPY).hexdigest()
NOON = datetime(2022, 9, 1, 12, tzinfo=clock.WIB)
DEADLINE = calendar.DEFAULT_2022[Window.DOSSIER].closes


@functools.cache
def good_file(jenis: DocumentType) -> bytes:
    """A file that passes inspection as this kind."""
    if jenis in {DocumentType.KTP, DocumentType.KTP_LAPORAN, DocumentType.KK_LAPORAN}:
        return makers.jpeg(makers.card())
    if jenis in {DocumentType.FOTO, DocumentType.SWAFOTO, DocumentType.SWAFOTO_LAPORAN}:
        return makers.jpeg(makers.portrait())
    if jenis is DocumentType.IJAZAH:
        return makers.padded(makers.jpeg(makers.card((1400, 1000))), 200 * 1024)
    return makers.pdf()


class World:
    """Requests, objects, events and facts as they reach documents."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        cloud.use("documents")
        cloud.at(NOON)
        self.open_round(INSTITUTION)
        self.open_round(OTHER)

    def open_round(self, institution: str, *, epoch: int = 1, dossier_closes: datetime = DEADLINE) -> None:
        """Open the 2022 calendar, or open it anew under another epoch."""
        opens = calendar.DEFAULT_2022[Window.DOSSIER].opens
        windows = {**calendar.DEFAULT_2022, Window.DOSSIER: calendar.Span(opens, dossier_closes)}
        open_gate(institution, epoch=epoch, windows=windows)

    def lanes_closed(self, institution: str = INSTITUTION) -> None:
        """Close the lanes as the locker does."""
        close_lanes(institution)

    def listed(self, pid: str = PERSON, *, v: int = 1, **changed: Any) -> PersonListed:
        """Registration's fact about a person, not yet delivered."""
        values: dict[str, Any] = {
            "institution": INSTITUTION,
            "state": PersonState.TERDAFTAR,
            "nama": "Orang Contoh",
            "unit_kerja": UNIT,
            "jabatan": "Guru",
            "kategori": Category.NON_ASN,
            "nomor_registrasi": "2022-99",
        }
        return PersonListed(pid=pid, v=v, **{**values, **changed})

    def deliver(self, *facts: PersonListed) -> list[str]:
        """Hand facts to `on_fact`; returns the ids of messages that must come again."""
        return self._failures(entry.on_fact(queued(envelope(fact) for fact in facts), None))

    def person(self, pid: str = PERSON, institution: str = INSTITUTION) -> str:
        """A person's session."""
        return self.cloud.token(Role.HONORER, institution, sub=pid)

    def enrolment(self, pid: str = PERSON, institution: str = INSTITUTION, *, name: str = "first") -> dict[str, str]:
        """The cookie of a browser in which somebody passed the identity check."""
        token = self.cloud.token(Role.HONORER, institution, sub=pid, aud=Audience.ENROLMENT.value, enrolment=name)
        return {ENROLMENT_COOKIE: token}

    def staff(self, role: Role, institution: str | None = INSTITUTION, **claims: Any) -> str:
        """A session of somebody who works on other people's files."""
        return self.cloud.token(role, institution, sub=f"staff-{role}", **claims)

    def ask(self, jenis: DocumentType = DocumentType.KTP, *, token: str | None = None, **changed: Any) -> Answer:
        """Ask for a place; `cookies`, `received` and `headers` go to the request, the rest to the body."""
        sent = {name: changed.pop(name) for name in ("cookies", "received", "headers") if name in changed}
        if token is None and "cookies" not in sent:
            token = self.person()
        return self.cloud.call(
            entry.app, "POST", "/documents/uploads", self.wish(jenis, **changed), token=token, **sent
        )

    def of_case(self, jenis: DocumentType, **changed: Any) -> Answer:
        """Ask for a place by the ticket of a case; `ukuran` goes to the body, the rest to the ticket."""
        size = changed.pop("ukuran", 1000)
        until = clock.millis(clock.now() + tickets.TTL)
        held = {"subject": CASE, "institution": INSTITUTION, "kinds": {jenis}, "most": 10, "until": until}
        signed = tickets.sign_ticket(FILES_KEY, tickets.Ticket.model_validate({**held, **changed}))
        body = {"ticket": signed, "jenis": jenis.value, "ukuran": size}
        return self.cloud.call(entry.app, "POST", "/documents/uploads/by-ticket", body)

    def wish(self, jenis: DocumentType, **changed: Any) -> dict[str, Any]:
        """A body that fits the kind."""
        rule = rule_of(jenis)
        body: dict[str, Any] = {"jenis": jenis.value, "ukuran": 1000}
        if rule.owner.value in {"history", "request"}:
            body["riwayat"] = "pertama"
        if jenis is DocumentType.SURAT_UNIT:
            body["riwayat"] = self.place()
        return {name: value for name, value in {**body, **changed}.items() if value is not None}

    def row(self, pid: str = PERSON) -> str:
        """A further history row of a person, as registration names it."""
        return new_history_id(FILES_KEY, pid)

    def place(self, unit: str = "a1b2c3d4", institution: str = INSTITUTION) -> str:
        """Where papers of a unit stand, as registration names it."""
        return unit_place(FILES_KEY, institution, unit)

    def promised(self, jenis: DocumentType = DocumentType.KTP, **changed: Any) -> Mapping[str, Any]:
        """A promise that was given: {id, url, fields}."""
        answer = self.ask(jenis, **changed)
        assert answer.status == 201, answer.text
        promise: Mapping[str, Any] = answer.json
        return promise

    def send(self, promise: Mapping[str, Any], content: bytes) -> dict[str, Any]:
        """Post an object to the promised place; returns the event S3 sends."""
        key = promise["fields"]["key"]
        bucket = settings().quarantine_bucket
        put = clients.s3().put_object(Bucket=bucket, Key=key, Body=content, ContentType=JPEG)
        return arrival(key, len(content), version=put["VersionId"], etag=put["ETag"])

    def inspect(self, *events: Mapping[str, Any]) -> list[str]:
        """Hand events to `inspect_upload`; returns the ids of messages that must come again."""
        return self._failures(entry.inspect_upload(queued(events), None))

    def uploaded(self, jenis: DocumentType = DocumentType.KTP, content: bytes | None = None, **changed: Any) -> str:
        """Ask, send and inspect; returns the file's id."""
        promise = self.promised(jenis, **changed)
        assert self.inspect(self.send(promise, good_file(jenis) if content is None else content)) == []
        return str(promise["id"])

    def accepted(self, jenis: DocumentType = DocumentType.KTP, **changed: Any) -> str:
        """Ask and settle with a verdict of our own: for tests that are not about inspection, which takes its time.

        `pictures` are those of a paper's pages, the rest goes to the promise.
        """
        pictures: Sequence[bytes] = changed.pop("pictures", ())
        return self.settled(str(self.promised(jenis, **changed)["id"]), pictures)

    def settled(self, promised: str, pictures: Sequence[bytes] = ()) -> str:
        """Settle a file that was promised with a verdict of our own; its id."""
        file = self.stored(promised)
        jenis = file.id.jenis
        key = f"{jenis.lower()}/{file.incoming}"
        kind = rule_of(jenis).formats[0]
        objects.keep(key, COPY, kind)
        kept = replace(file, state=FileState.DITERIMA, key=key, sha256=COPY_SHA256, size=4, content_type=kind)
        if pictures:
            objects.keep_pages(key, pictures)
            kept = replace(kept, content_type=PDF, pages=tuple(len(picture) for picture in pictures))
        settle_file(kept, clock.now())
        return str(file.id)

    def get(self, path: str, token: str | None = None, **sent: Any) -> Answer:
        """GET below /documents."""
        return self.cloud.call(entry.app, "GET", f"/documents{path}", token=token, **sent)

    def state(self, file: str) -> FileState:
        """Where a file stands in the table."""
        return self.stored(file).state

    def stored(self, file: str) -> File:
        """A file as stored."""
        found = store.load_file(parse_file_id(file))
        assert found is not None
        return found

    def head(self, subject: str = PERSON) -> Subject:
        """A subject as stored."""
        found = store.load_subject(subject)
        assert found is not None
        return found

    def trail(self, subject: str = PERSON) -> list[dict[str, Any]]:
        """The audit chain of a subject, oldest first."""
        when = dynamodb.KeyPart("pk").eq(f"documents#P#{subject}")
        return list(dynamodb.query_all(settings().audit_table, when))

    def relayed(self) -> list[dict[str, Any]]:
        """Run the relay over what changed and return what reached the bus."""
        assert entry.relay({"Records": self.cloud.changes("DocTable")}, None) == {"batchItemFailures": []}
        return self.cloud.facts()

    def _failures(self, answer: Mapping[str, Any]) -> list[str]:
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def arrival(key: str, size: int, *, version: str | None = None, etag: str = "0") -> dict[str, Any]:
    """An S3 "Object Created" event as EventBridge delivers it."""
    stored: dict[str, Any] = {"key": key, "size": size, "etag": etag.strip('"'), "sequencer": "0"}
    if version:
        stored["version-id"] = version
    return {
        "version": "0",
        "detail-type": "Object Created",
        "source": "aws.s3",
        "time": (clock.now() + timedelta(seconds=1)).isoformat(timespec="seconds"),
        "detail": {"version": "0", "bucket": {"name": "quarantine-bucket"}, "object": stored, "reason": "PutObject"},
    }
