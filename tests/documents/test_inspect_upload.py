"""What becomes of an object in quarantine: every state, every order of events, every reason to refuse."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest

from services.documents.settings import settings
from services.kernel.aws import clients, s3
from services.kernel.documents import JPEG, KB, PDF, DocumentType, FileFault, FileState, Owner, rule_of
from services.kernel.security.sessions import Role
from tests.documents.inspection import makers
from tests.documents.world import DEADLINE, INSTITUTION, PERSON, World, arrival, good_file

KTP, SK, FOTO = DocumentType.KTP, DocumentType.SK, DocumentType.FOTO
SPTJM, SURAT = DocumentType.SPTJM, DocumentType.SURAT


@pytest.mark.parametrize(
    ("content", "state"), [(good_file(KTP), FileState.DITERIMA), (b"", FileState.DITOLAK), (None, FileState.DIGANTI)]
)
def test_who_asks_how_it_stands_is_told_how_long_to_wait_until_it_rests(
    world: World, content: bytes | None, state: FileState
) -> None:
    promise = world.promised(KTP)
    file = world.stored(promise["id"])

    def told(seconds: float) -> str | None:
        then = file.received + timedelta(seconds=seconds)
        return world.get(f"/uploads/{file.id}", world.person(), received=then).headers.get("retry-after")

    assert [told(0), told(30), told(3600)] == ["1", "3", "5"]
    if content is None:
        world.accepted(KTP)
    else:
        world.inspect(world.send(promise, content))
    assert (world.state(promise["id"]), told(30)) == (state, None)


def test_a_good_file_is_accepted_and_a_clean_copy_kept(world: World) -> None:
    file = world.stored(world.uploaded(KTP))
    assert file.state is FileState.DITERIMA
    assert file.key is not None
    assert file.key.startswith("ktp/")
    assert PERSON not in file.key
    kept = s3.read(settings().files_bucket, file.key)
    assert kept is not None
    assert (file.sha256, file.size) == (hashlib.sha256(kept).hexdigest(), len(kept))
    assert file.content_type == JPEG
    assert kept != good_file(KTP)


@pytest.mark.parametrize("jenis", list(DocumentType))
def test_every_kind_can_be_accepted(world: World, jenis: DocumentType) -> None:
    if rule_of(jenis).owner is Owner.CASE:
        promise = world.of_case(jenis).json
    else:
        promise = world.promised(jenis, token=world.staff(Role.ADMIN) if rule_of(jenis).of_institution else None)
    assert world.inspect(world.send(promise, good_file(jenis))) == []
    file = world.stored(promise["id"])
    assert file.state is FileState.DITERIMA
    assert (file.key or "").startswith(f"{jenis.lower()}/")


def test_a_signed_paper_is_kept_as_it_came(world: World) -> None:
    file = world.stored(world.uploaded(SPTJM, token=world.staff(Role.PPK)))
    assert s3.read(settings().files_bucket, file.key or "") == good_file(SPTJM)


@pytest.mark.parametrize(
    ("jenis", "content", "fault"),
    [
        (KTP, b"", FileFault.EMPTY),
        (KTP, makers.pdf(), FileFault.WRONG_TYPE),
        (KTP, b"\xff\xd8\xff" + b"x" * 5000, FileFault.DAMAGED),
        (KTP, makers.padded(makers.jpeg(makers.card()), 200 * KB + 1), FileFault.TOO_LARGE),
        (KTP, makers.jpeg(makers.card((300, 200))), FileFault.RESOLUTION_TOO_LOW),
        (SK, makers.pdf(21), FileFault.TOO_MANY_PAGES),
        (SK, b"%PDF-1.7\nbroken", FileFault.DAMAGED),
    ],
)
def test_a_bad_file_is_refused_with_code_and_words(
    world: World, jenis: DocumentType, content: bytes, fault: FileFault
) -> None:
    file = world.uploaded(jenis, content)
    told = world.get(f"/uploads/{file}", world.person()).json
    assert (told["state"], told["code"]) == ("DITOLAK", fault.value)
    assert told["message"].endswith("unggah lagi.")
    assert world.stored(file).key is None


def test_what_is_far_too_large_is_not_even_read(world: World) -> None:
    promise = world.promised(KTP)
    event = arrival(promise["fields"]["key"], 5 * 1024**3)  # nothing is there to read
    assert world.inspect(event) == []
    assert world.stored(promise["id"]).code == FileFault.TOO_LARGE


@pytest.mark.parametrize("version", ["gone", None])
def test_what_vanished_is_damaged_never_accepted(world: World, version: str | None) -> None:
    promise = world.promised(KTP)
    event = arrival(promise["fields"]["key"], 1000, version=version)
    assert world.inspect(event) == []
    assert world.stored(promise["id"]).code == FileFault.DAMAGED


def test_the_states_on_the_way(world: World) -> None:
    promise = world.promised(KTP)
    event = world.send(promise, good_file(KTP))
    assert world.state(promise["id"]) is FileState.MENUNGGU_UNGGAH
    world.inspect(event)
    seen = [change["dynamodb"]["NewImage"] for change in world.cloud.records("DocTable")]
    states = [image["state"]["S"] for image in seen if image["sk"]["S"].startswith("D#")]
    assert states == ["MENUNGGU_UNGGAH", "DIPERIKSA", "DITERIMA"]


def test_the_same_event_again_changes_nothing(world: World) -> None:
    promise = world.promised(KTP)
    event = world.send(promise, good_file(KTP))
    assert world.inspect(event, event) == []
    before = world.stored(promise["id"])
    assert world.inspect(event) == []
    assert world.stored(promise["id"]) == before
    assert len(world.trail()) == 2


def test_an_attempt_that_broke_off_is_taken_up_again(world: World) -> None:
    promise = world.promised(KTP)
    event = world.send(promise, good_file(KTP))
    bucket = settings().quarantine_bucket
    world.cloud.use("documents", files_bucket="no-such-bucket")
    assert world.inspect(event) == ["0"]
    assert world.state(promise["id"]) is FileState.DIPERIKSA
    world.cloud.use("documents")
    assert settings().quarantine_bucket == bucket
    assert world.inspect(event) == []
    assert world.state(promise["id"]) is FileState.DITERIMA


def test_one_failure_does_not_hold_up_the_others(world: World) -> None:
    first, second = world.promised(KTP), world.promised(FOTO)
    events = [world.send(first, good_file(KTP)), {"detail": "nonsense"}, world.send(second, good_file(FOTO))]
    assert world.inspect(*events) == ["1"]
    assert world.state(first["id"]) is FileState.DITERIMA
    assert world.state(second["id"]) is FileState.DITERIMA


def test_of_two_objects_in_one_place_the_first_verdict_counts(world: World) -> None:
    promise = world.promised(KTP)
    good = world.send(promise, good_file(KTP))
    bad = world.send(promise, makers.pdf())
    world.inspect(good, bad)
    assert world.state(promise["id"]) is FileState.DITERIMA
    promise = world.promised(KTP)
    good, bad = world.send(promise, good_file(KTP)), world.send(promise, makers.pdf())
    world.inspect(bad, good)
    assert world.state(promise["id"]) is FileState.DITOLAK


def test_an_object_nobody_was_promised_a_place_for_is_left(world: World) -> None:
    assert world.inspect(arrival("incoming/unknown", 10), arrival("elsewhere", 10)) == []


def test_what_was_promised_in_time_counts_after_the_deadline(world: World) -> None:
    world.cloud.at(DEADLINE - timedelta(seconds=1))
    promise = world.promised(KTP)
    world.cloud.at(DEADLINE + timedelta(minutes=10))
    world.lanes_closed()
    world.inspect(world.send(promise, good_file(KTP)))
    assert world.state(promise["id"]) is FileState.DITERIMA


def test_a_newer_file_replaces_the_older_ones_in_its_place(world: World) -> None:
    first = world.accepted(KTP)
    refused = world.uploaded(KTP, b"nonsense")
    never_sent = world.promised(KTP)["id"]
    photo = world.accepted(FOTO)
    assert world.state(first) is FileState.DITERIMA
    newest = world.uploaded(KTP)
    assert [world.state(file) for file in (first, refused, never_sent)] == [FileState.DIGANTI] * 3
    assert [world.state(file) for file in (newest, photo)] == [FileState.DITERIMA] * 2


def test_a_place_is_kind_and_history_row(world: World) -> None:
    row = world.row()
    first, other = world.accepted(SK, riwayat="pertama"), world.accepted(SK, riwayat=row)
    again = world.accepted(SK, riwayat=row)
    states = [world.state(file) for file in (first, other, again)]
    assert states == [FileState.DITERIMA, FileState.DIGANTI, FileState.DITERIMA]


def test_letters_are_each_about_something_of_their_own(world: World) -> None:
    bkn, admin = world.staff(Role.BKN, None), world.staff(Role.ADMIN)
    promise = world.promised(SURAT, token=admin)
    first = world.accepted(SURAT, token=bkn, instansi=INSTITUTION)
    again = world.accepted(SURAT, token=admin)
    assert world.inspect(world.send(promise, good_file(SURAT))) == []
    assert [world.state(file) for file in (promise["id"], first, again)] == [FileState.DITERIMA] * 3


def test_of_signed_statements_the_newest_counts_and_the_older_stay_legible(world: World) -> None:
    ppk, bkn = world.staff(Role.PPK), world.staff(Role.BKN, None)
    older, newer = world.accepted(SPTJM, token=ppk), world.accepted(SPTJM, token=ppk)
    assert [world.state(file) for file in (older, newer)] == [FileState.DIGANTI, FileState.DITERIMA]
    assert [world.get(f"/files/{file}/link", bkn).status for file in (older, newer)] == [303, 303]


@pytest.mark.parametrize(("text", "number"), [("SPTJM-9901-4 lembar", "SPTJM-9901-4"), ("Pindaian", None)])
def test_the_number_that_a_signed_statement_carries_is_kept_and_told(
    world: World, text: str, number: str | None
) -> None:
    file = world.stored(world.uploaded(SPTJM, makers.pdf(text=text), token=world.staff(Role.PPK)))
    assert (file.state, file.printed_number) == (FileState.DITERIMA, number)
    (told,) = world.relayed()
    assert told["detail"]["printed_number"] == number


def test_of_other_kinds_no_number_is_read(world: World) -> None:
    file = world.stored(world.uploaded(SURAT, makers.pdf(text="SPTJM-9901-4"), token=world.staff(Role.ADMIN)))
    assert (file.state, file.printed_number) == (FileState.DITERIMA, None)


def test_a_refused_file_replaces_nothing(world: World) -> None:
    first = world.accepted(KTP)
    world.uploaded(KTP, b"nonsense")
    assert world.state(first) is FileState.DITERIMA


def test_the_newer_promise_counts_whichever_arrives_first(world: World) -> None:
    older, newer = world.promised(KTP), world.promised(KTP)
    sent = {promise["id"]: world.send(promise, good_file(KTP)) for promise in (older, newer)}
    world.inspect(sent[newer["id"]], sent[older["id"]])
    assert world.state(older["id"]) is FileState.DIGANTI
    assert world.state(newer["id"]) is FileState.DITERIMA


def test_a_verdict_is_a_link_of_the_chain(world: World) -> None:
    world.uploaded(KTP)
    trail = world.trail()
    assert [(link["actor"], link["action"]) for link in trail] == [
        (PERSON, "request-upload"),
        ("inspection", "inspect-upload"),
    ]
    assert trail[1]["previous"] == trail[0]["hash"]
    assert world.head().head == trail[1]["hash"]


def test_the_copy_stays_the_same_object_however_often_it_is_made(world: World) -> None:
    promise = world.promised(SK)
    event = world.send(promise, good_file(SK))
    world.inspect(event, event)
    listed: Any = clients.s3().list_objects_v2(Bucket=settings().files_bucket)
    key = world.stored(promise["id"]).key
    assert [entry["Key"] for entry in listed["Contents"]] == [key, f"{key}.pages"]
    assert world.stored(promise["id"]).content_type == PDF
