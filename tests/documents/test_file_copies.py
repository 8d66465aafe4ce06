"""The copy of his files that a person takes: his own, named for people, with their hashes; in bounded memory."""

import hashlib
import io
import json
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from services.documents.adapters import objects, store
from services.documents.app import app, build_file_copy
from services.documents.copies.build_archive import MANIFEST, build_archive
from services.documents.copies.own_files import name_files
from services.documents.model.file import File
from services.documents.settings import settings
from services.kernel.aws import s3
from services.kernel.copies.job import GIVEN_UP, KEPT, MOST
from services.kernel.documents import JPEG, PDF, DocumentType, FileId, FileState
from services.kernel.security.sessions import Role
from tests.documents.world import COPY, COPY_SHA256, NEIGHBOUR, NOON, PERSON, World
from tests.support.aws import Answer, queued

KTP, FOTO, SK = DocumentType.KTP, DocumentType.FOTO, DocumentType.SK


def ask(world: World, pid: str = PERSON) -> Answer:
    return world.cloud.call(app, "POST", "/documents/copies", token=world.person(pid))


def work_off(world: World) -> list[str]:
    """Have the queue's messages done; returns the ids of those that must come again."""
    bodies = [json.loads(body) for body in world.cloud.messages("FileCopiesQueue")]
    answer = build_file_copy(queued(bodies), None) if bodies else {"batchItemFailures": []}
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def fetched(answer: Answer) -> bytes:
    assert answer.status == 303, answer.text
    path = urlsplit(answer.headers["location"]).path
    found = s3.read(settings().exports_bucket, path[path.index("tmp/") :])
    assert found is not None
    return found


def take(world: World) -> zipfile.ZipFile:
    asked = ask(world)
    assert (asked.status, asked.json["state"]) == (202, "DIMINTA"), asked.text
    assert work_off(world) == []
    return zipfile.ZipFile(io.BytesIO(fetched(world.get(f"/copies/{asked.json['id']}/link", world.person()))))


def test_his_files_by_names_that_people_read_with_their_hashes(world: World) -> None:
    world.accepted(KTP)
    world.accepted(FOTO)
    world.accepted(KTP)
    world.accepted(SK)
    row = world.row()
    world.accepted(SK, riwayat=row)
    with take(world) as archive:
        assert archive.testzip() is None
        names = ["foto-1.jpg", "ktp-2.jpg", "riwayat-pertama/sk-1.pdf", "riwayat-2/sk-2.pdf", MANIFEST]
        assert archive.namelist() == names
        assert all(archive.read(name) == COPY for name in names[:-1])
        manifest = json.loads(archive.read(MANIFEST))
    assert manifest["format"] == "pendataan-files-1"
    assert [one["name"] for one in manifest["files"]] == names[:-1]
    assert {(one["bytes"], one["sha256"]) for one in manifest["files"]} == {(len(COPY), COPY_SHA256)}
    assert [one["riwayat"] for one in manifest["files"]] == [None, None, "pertama", row]
    assert manifest["files"][0]["received"].startswith("2022-09-01T12:00")


def test_what_his_institution_sent_or_another_enrolment_is_not_among_them(world: World) -> None:
    """By the question that opens a single file (domain.md, section 3)."""
    world.deliver(world.listed())
    world.accepted(KTP)
    world.accepted(SK, token=world.staff(Role.OPERATOR), orang=PERSON)
    world.accepted(FOTO, cookies=world.enrolment(name="another"))
    world.uploaded(FOTO, b"nonsense")
    with take(world) as archive:
        assert archive.namelist() == ["ktp-1.jpg", MANIFEST]


def test_once_it_is_sure_that_the_account_is_his_his_institution_s_are_too(world: World) -> None:
    world.deliver(world.listed(assured=True))
    world.accepted(SK, token=world.staff(Role.OPERATOR), orang=PERSON)
    with take(world) as archive:
        assert archive.namelist() == ["riwayat-pertama/sk-1.pdf", MANIFEST]


def test_who_has_no_file_is_told_so(world: World) -> None:
    for _ in range(2):
        answer = ask(world)
        assert (answer.status, answer.code) == (409, "conflict")
        assert "Belum ada berkas" in answer.json["detail"]
        world.deliver(world.listed())
        world.accepted(KTP, token=world.staff(Role.OPERATOR), orang=PERSON)
    assert world.get("/copies", world.person()).json == {"latest": None}


def test_it_is_his_alone_and_a_link_of_minutes(world: World) -> None:
    world.accepted(KTP)
    world.accepted(KTP, token=world.person(NEIGHBOUR))
    take(world)
    latest = world.get("/copies", world.person()).json["latest"]
    for path in (f"/copies/{latest['id']}", f"/copies/{latest['id']}/link"):
        assert world.get(path, world.person(NEIGHBOUR)).status == 404
        assert world.get(path, world.staff(Role.ADMIN)).status == 403
        assert world.get(path, cookies=world.enrolment()).status == 401
    query = parse_qs(urlsplit(world.get(f"/copies/{latest['id']}/link", world.person()).headers["location"]).query)
    assert query["X-Amz-Expires"] == ["300"]
    assert query["response-content-disposition"] == ['attachment; filename="salinan-berkas.zip"']


def test_asked_again_it_is_the_same_until_it_is_made_or_has_failed(world: World) -> None:
    world.accepted(KTP)
    first = ask(world).json["id"]
    assert ask(world).json["id"] == first
    waiting = world.get(f"/copies/{first}", world.person())
    assert (waiting.json["state"], waiting.headers["retry-after"]) == ("DIMINTA", "1")
    assert world.get(f"/copies/{first}/link", world.person()).status == 404
    world.cloud.at(NOON + GIVEN_UP + timedelta(seconds=9))
    assert world.get(f"/copies/{first}", world.person()).json["state"] == "GAGAL"
    assert ask(world).json["id"] != first
    assert work_off(world) == []
    assert world.get("/copies", world.person()).json["latest"]["state"] == "SIAP"
    for _ in range(MOST - 2):
        assert ask(world).status == 202
        work_off(world)
    assert (ask(world).status, ask(world).code) == (429, "throttled")
    world.cloud.at(NOON + KEPT + timedelta(hours=1))
    assert world.get("/copies", world.person()).json["latest"]["state"] == "KEDALUWARSA"
    assert ask(world).status == 202


def test_two_years_later_too(world: World) -> None:
    """After lock and seal: files do not change any more, and can be taken all the same."""
    world.accepted(KTP)
    world.lanes_closed()
    world.cloud.at(NOON + timedelta(days=732))
    with take(world) as archive:
        assert archive.read("ktp-1.jpg") == COPY


def test_a_copy_that_is_not_what_was_accepted_is_not_handed_out(world: World) -> None:
    file = world.stored(world.accepted(KTP))
    objects.keep(file.key or "", b"other", JPEG)
    ask(world)
    assert work_off(world) == ["0"]
    assert s3.keys(settings().exports_bucket, "tmp/") == [], "nothing half-written"
    objects.keep(file.key or "", COPY, JPEG)
    ask(world)
    assert work_off(world) == []


def test_who_took_it_stands_in_his_chain(world: World) -> None:
    file = world.accepted(KTP)
    take(world)
    assert [(link["actor"], link["action"]) for link in world.trail()][-1] == (PERSON, "take-file-copy")
    subject = store.load_subject(PERSON)
    assert subject is not None
    assert subject.v == len(world.trail())
    assert file == str(world.stored(file).id)


def test_nothing_of_him_in_keys_links_messages_or_logs(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.deliver(world.listed())
    file = world.accepted(KTP)
    asked = ask(world)
    (message,) = world.cloud.messages("FileCopiesQueue")
    assert build_file_copy(queued([json.loads(message)]), None) == {"batchItemFailures": []}
    link = world.get(f"/copies/{asked.json['id']}/link", world.person()).headers["location"]
    keys = s3.keys(settings().exports_bucket, "tmp/")
    logged = [str(record.__dict__) for record in caplog.records]
    assert len(keys) == 1
    assert not [text for text in (message, link, *keys, *logged) if "Orang Contoh" in text or file in text]
    assert not [text for text in (link, *keys) if PERSON in text]


def _file(at: int) -> tuple[str, File]:
    content = _content(at)
    file = File(
        id=FileId(PERSON, SK, at),
        institution="9901",
        v=2,
        state=FileState.DITERIMA,
        riwayat="pertama",
        incoming=str(at),
        received=NOON,
        uploaded_by=PERSON,
        size=len(content),
        content_type=PDF,
        key=f"sk/{at}",
        sha256=hashlib.sha256(content).hexdigest(),
    )
    return next(iter(name_files([file]).items()))


def _content(at: int) -> bytes:
    return hashlib.shake_128(str(at).encode()).digest(1024 * 1024)


def test_sixty_files_of_a_megabyte_take_the_memory_of_a_few() -> None:
    class Disk(io.RawIOBase):
        """Takes what is written and keeps none of it."""

        size = 0

        def writable(self) -> bool:
            return True

        def write(self, content: Any, /) -> int:
            self.size += len(content)
            return len(content)

    files, disk = dict(map(_file, range(1, 61))), Disk()
    tracemalloc.start()
    manifest = build_archive(disk, files, lambda file: _content(file.id.n), NOON)  # type: ignore[arg-type]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(manifest.files) == 60
    assert disk.size > 60 * 1024 * 1024
    assert most < 6 * 1024 * 1024


def test_what_is_missing_stops_the_whole() -> None:
    name, file = _file(1)
    with pytest.raises(LookupError, match=r"SK\.1"):
        build_archive(io.BytesIO(), {name: replace(file, sha256="0" * 64)}, lambda _: b"other", NOON)


def test_that_it_is_made_is_told_to_registration(world: World) -> None:
    world.accepted(KTP)
    world.relayed()
    take(world)
    (told,) = world.relayed()
    assert (told["detail-type"], told["detail"]["pid"]) == ("files.copied", PERSON)
    assert told["detail"]["until"].startswith("2022-09-02")
