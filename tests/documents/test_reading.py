"""Reading files: what is told, private links, and the trail that readers leave."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from services.documents.settings import settings
from services.kernel.aws import s3
from services.kernel.documents import DocumentType
from services.kernel.security.sessions import Role
from tests.documents.inspection import makers
from tests.documents.world import NEIGHBOUR, OTHER, PERSON, World

KTP, FOTO, SK, SPTJM = DocumentType.KTP, DocumentType.FOTO, DocumentType.SK, DocumentType.SPTJM
READERS = [Role.OPERATOR, Role.VERIFIKATOR, Role.ADMIN, Role.BKN, Role.AUDITOR]


def staff(world: World, role: Role) -> str:
    return world.staff(role, None) if role in {Role.BKN, Role.AUDITOR} else world.staff(role)


def test_the_status_says_what_the_contract_says(world: World) -> None:
    promise = world.promised(SK, ukuran=12345)
    told = world.get(f"/uploads/{promise['id']}", world.person()).json
    expected: dict[str, Any] = {
        "id": f"{PERSON}.SK.1",
        "jenis": "SK",
        "riwayat": "pertama",
        "state": "MENUNGGU_UNGGAH",
        "code": None,
        "message": None,
        "ukuran": 12345,
        "hints": [],
    }
    assert {name: value for name, value in told.items() if name != "at"} == expected
    assert told["at"].startswith("2022-09-01T05:00")


def test_a_hint_is_told_and_refuses_nothing(world: World) -> None:
    red = makers.jpeg(makers.portrait((200, 20, 20)))
    told = world.get(f"/uploads/{world.uploaded(FOTO, red)}", world.person()).json
    assert told["state"] == "DITERIMA"
    assert "background-not-blue" in [hint["code"] for hint in told["hints"]]
    assert all(hint["message"] for hint in told["hints"])


def test_a_link_opens_the_copy_for_five_minutes(world: World) -> None:
    file = world.accepted(KTP)
    answer = world.get(f"/files/{file}/link", world.person())
    link = urlsplit(answer.headers["location"])
    query = {name: values[0] for name, values in parse_qs(link.query).items()}
    assert answer.status == 303
    assert answer.headers["cache-control"] == "no-store"
    assert link.path.endswith(world.stored(file).key or "-")
    assert query["X-Amz-Expires"] == "300"
    assert query["response-content-disposition"] == 'attachment; filename="ktp-1.jpg"'
    assert query["response-cache-control"] == "private, no-store"
    assert query["response-content-type"] == "image/jpeg"
    assert s3.read(settings().files_bucket, world.stored(file).key or "") is not None


def test_a_paper_is_named_as_one(world: World) -> None:
    answer = world.get(f"/files/{world.accepted(SK)}/link", world.person())
    assert "sk-1.pdf" in answer.headers["location"]


@pytest.mark.parametrize("content", [None, b"nonsense"])
def test_what_is_not_accepted_cannot_be_opened(world: World, content: bytes | None) -> None:
    file = world.promised(KTP)["id"] if content is None else world.uploaded(KTP, content)
    answer = world.get(f"/files/{file}/link", world.person())
    assert (answer.status, answer.code) == (404, "not-found")
    assert "belum diterima" in answer.json["detail"]


def test_a_replaced_file_can_still_be_opened(world: World) -> None:
    first = world.accepted(KTP)
    world.accepted(KTP)
    assert world.get(f"/files/{first}/link", world.person()).status == 303


def test_the_own_reading_leaves_no_trail(world: World) -> None:
    file = world.accepted(KTP)
    before = len(world.trail())
    world.get(f"/files/{file}/link", world.person())
    world.get(f"/people/{PERSON}/files", world.person())
    assert len(world.trail()) == before


def test_nobody_opens_the_file_of_another_person(world: World) -> None:
    file = world.accepted(KTP)
    for person in (world.person(NEIGHBOUR), world.person(NEIGHBOUR, OTHER)):
        answer = world.get(f"/files/{file}/link", person)
        assert (answer.status, answer.code) == (404, "not-found")
    assert world.get(f"/files/{file}/link", cookies=world.enrolment(NEIGHBOUR)).status == 404


@pytest.mark.parametrize(
    "facts",
    [
        [],
        [{"v": 2, "has_account": True}],
        [{"v": 2, "assured": True}],
        [{"v": 2, "assured": True}, {"v": 2, "assured": True}],
        [{"v": 3, "assured": True}, {"v": 2}],
        [{"v": 3}, {"v": 2, "assured": True}],
    ],
)
def test_a_person_opens_what_his_institution_sent_once_his_account_has_an_assurance(
    world: World, facts: list[dict[str, Any]]
) -> None:
    """Domain.md, section 3; the facts come in any order and twice, and the newest of them rules."""
    world.deliver(world.listed())
    own, office = world.accepted(SK), world.accepted(KTP, token=world.staff(Role.OPERATOR), orang=PERSON)
    assured = max(facts, key=lambda fact: fact["v"], default={}).get("assured", False)
    for changed in facts:
        world.deliver(world.listed(**changed))
    assert world.get(f"/uploads/{office}", world.person()).json["state"] == "DITERIMA"
    assert world.get(f"/files/{own}/link", world.person()).status == 303
    answer = world.get(f"/files/{office}/link", world.person())
    if assured:
        assert answer.status == 303
    else:
        assert (answer.status, answer.code) == (403, "forbidden")
        assert "diunggah instansi" in answer.json["detail"]
    assert world.get(f"/files/{office}/link", world.staff(Role.VERIFIKATOR)).status == 303
    assert world.get(f"/files/{office}/link", world.person(NEIGHBOUR)).status == 404


@pytest.mark.parametrize("role", READERS)
def test_the_reading_of_staff_is_written_down_first(world: World, role: Role) -> None:
    world.deliver(world.listed())
    file = world.accepted(KTP)
    answer = world.get(f"/files/{file}/link", staff(world, role))
    *_, before, last = world.trail()
    assert answer.status == 303
    assert (last["actor"], last["action"]) == (f"staff-{role}", "read-file")
    assert last["previous"] == before["hash"]
    assert world.head().head == last["hash"]


@pytest.mark.parametrize("role", READERS)
def test_lists_are_written_down_when_read_from_afar(world: World, role: Role) -> None:
    world.deliver(world.listed())
    world.accepted(KTP)
    world.get(f"/people/{PERSON}/files", staff(world, role))
    actions = [link["action"] for link in world.trail()]
    assert ("list-files" in actions) == (role in {Role.BKN, Role.AUDITOR})


def test_refused_readers_leave_no_trail(world: World) -> None:
    file = world.accepted(KTP)
    before = len(world.trail())
    world.get(f"/files/{file}/link", world.staff(Role.ADMIN, "9902"))
    world.get(f"/files/{file}/link", world.staff(Role.HELPDESK))
    assert len(world.trail()) == before


def test_a_list_holds_what_counts_now(world: World) -> None:
    world.deliver(world.listed())
    world.accepted(KTP)
    refused = world.uploaded(SK, b"nonsense", riwayat="pertama")
    current = world.accepted(KTP)
    waiting = world.promised(FOTO)["id"]
    for token in (world.person(), world.staff(Role.VERIFIKATOR)):
        listed = world.get(f"/people/{PERSON}/files", token).json["items"]
        assert {entry["id"] for entry in listed} == {current, refused, waiting}


def test_a_person_without_files_has_an_empty_list(world: World) -> None:
    assert world.get(f"/people/{PERSON}/files", world.person()).json == {"items": []}


def test_nothing_told_leads_to_the_bytes(world: World) -> None:
    world.deliver(world.listed())
    file = world.stored(world.accepted(KTP))
    token = world.staff(Role.ADMIN)
    for path in (f"/uploads/{file.id}", f"/people/{PERSON}/files"):
        told = world.get(path, token).text
        assert file.incoming not in told
        assert (file.key or "-") not in told
        assert (file.sha256 or "-") not in told


def test_logs_say_nothing_personal(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.deliver(world.listed())
    file = world.accepted(KTP)
    world.get(f"/files/{file}/link", world.staff(Role.ADMIN))
    written = " ".join(str(record.__dict__) for record in caplog.records)
    assert "Orang Contoh" not in written
    assert file not in written
