"""Files looked at page by page: who may, what is told with them, and what is written down of it."""

import base64
import io
import time
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from services.documents.settings import files_key
from services.kernel import clock
from services.kernel.documents import DocumentType, FileFlag
from services.kernel.documents.openings import read_opening
from services.kernel.security.sessions import Role
from tests.documents.inspection import makers
from tests.documents.world import COPY, NEIGHBOUR, NOON, PERSON, World
from tests.support.aws import Answer

KTP, FOTO, SK, SPTJM = DocumentType.KTP, DocumentType.FOTO, DocumentType.SK, DocumentType.SPTJM
JPEG = {"Accept": "image/jpeg"}
PICTURES = [b"first", b"second page", b"3"]


def pages(world: World, file: str, token: str | None = None, **sent: Any) -> Answer:
    return world.get(f"/files/{file}/pages", token or world.staff(Role.VERIFIKATOR), **sent)


def page(world: World, file: str, number: int | str, token: str | None = None) -> Answer:
    return world.get(f"/files/{file}/pages/{number}", token or world.staff(Role.VERIFIKATOR), headers=JPEG)


def readings(world: World) -> list[str]:
    return [link["actor"] for link in world.trail() if link["action"] == "read-file"]


@pytest.fixture
def paper(world: World) -> str:
    """A paper of three pages, and somebody listed whom it belongs to."""
    world.deliver(world.listed())
    return world.accepted(SK, pictures=PICTURES)


def test_a_paper_is_shown_page_by_page(world: World, paper: str) -> None:
    told = pages(world, paper).json
    assert (told["pages"], told["code"], told["message"]) == (3, None, None)
    assert told["file"]["id"] == paper
    assert [base64.b64decode(page(world, paper, number).text) for number in (1, 2, 3)] == PICTURES


def test_what_is_accepted_has_been_drawn(world: World) -> None:
    file = world.uploaded(SK, makers.pdf(2))
    assert pages(world, file, world.person()).json["pages"] == 2
    for number in (1, 2):
        drawn = base64.b64decode(page(world, file, number, world.person()).text)
        assert Image.open(io.BytesIO(drawn)).size == (1240, 1754)


@pytest.mark.parametrize("number", ["0", "4", "-1", "1.0", "x", "99999999999999999999"])
def test_there_is_no_other_page(world: World, paper: str, number: str) -> None:
    answer = page(world, paper, number)
    assert (answer.status, answer.code) == (404, "not-found")


def test_the_first_page_of_twenty_is_there_at_once(world: World) -> None:
    world.deliver(world.listed())
    file = world.accepted(SK, pictures=[bytes(250_000)] * 20)
    began = time.process_time()
    assert (pages(world, file).json["pages"], page(world, file, 1).status) == (20, 200)
    assert time.process_time() - began < 1.5


def test_a_picture_is_its_own_only_page(world: World) -> None:
    world.deliver(world.listed())
    file = world.accepted(KTP)
    assert pages(world, file).json["pages"] == 1
    assert base64.b64decode(page(world, file, 1).text) == COPY
    assert page(world, file, 2).status == 404


def test_what_the_inspection_noted_comes_with_it(world: World) -> None:
    world.deliver(world.listed())
    file = world.uploaded(FOTO, makers.jpeg(makers.portrait((200, 20, 20))))
    assert FileFlag.BACKGROUND_NOT_BLUE in [hint["code"] for hint in pages(world, file).json["file"]["hints"]]


def test_a_paper_that_cannot_be_drawn_says_so_and_is_offered(world: World) -> None:
    world.deliver(world.listed())
    file = world.accepted(SK)
    told = pages(world, file).json
    assert (told["pages"], told["code"]) == (0, "not-drawn")
    assert "buka berkasnya" in told["message"]
    assert told["opening"], "whoever opens it instead can show that he did"
    assert page(world, file, 1).status == 404
    assert world.get(f"/files/{file}/link", world.staff(Role.VERIFIKATOR)).status == 303


def test_a_picture_opened_by_itself_stands_in_a_sandbox(world: World, paper: str) -> None:
    headers = page(world, paper, 1).headers
    assert headers["content-type"] == "image/jpeg"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_who_takes_no_pictures_is_told_so(world: World, paper: str) -> None:
    answer = world.get(f"/files/{paper}/pages/1", world.staff(Role.VERIFIKATOR), headers={"Accept": "text/html"})
    assert (answer.status, answer.code) == (400, "malformed")


@pytest.mark.parametrize("role", list(Role))
def test_pages_are_for_whoever_may_open_the_file(world: World, paper: str, role: Role) -> None:
    national = role in {Role.BKN, Role.AUDITOR}
    if role is Role.HONORER:
        tokens = [world.person(), world.person(NEIGHBOUR)]
    else:
        tokens = [world.staff(role, None if national else "9901"), world.staff(role, None if national else "9902")]
    for token in tokens:
        opened = world.get(f"/files/{paper}/link", token)
        for answer in (pages(world, paper, token), page(world, paper, 1, token)):
            assert (answer.status == 200) == (opened.status == 303)
            assert opened.status == 303 or (answer.status, answer.code) == (opened.status, opened.code)


def test_staff_of_another_unit_see_no_page(world: World, paper: str) -> None:
    token = world.staff(Role.VERIFIKATOR, units=["Dinas Lain"])
    assert {pages(world, paper, token).status, page(world, paper, 1, token).status} == {404}
    assert readings(world) == []


def test_a_person_sees_no_page_of_what_his_institution_sent_before_he_has_an_assurance(world: World) -> None:
    world.deliver(world.listed())
    file = world.accepted(SK, pictures=PICTURES, token=world.staff(Role.OPERATOR), orang=PERSON)
    assert {pages(world, file, world.person()).status, page(world, file, 1, world.person()).status} == {403}
    world.deliver(world.listed(v=2, assured=True))
    assert {pages(world, file, world.person()).status, page(world, file, 1, world.person()).status} == {200}


def test_an_opening_is_written_down_once_a_minute_and_not_for_each_page(world: World, paper: str) -> None:
    for answer in (pages(world, paper), page(world, paper, 1), page(world, paper, 2)):
        assert answer.status == 200
    assert world.get(f"/files/{paper}/link", world.staff(Role.VERIFIKATOR)).status == 303
    assert readings(world) == ["staff-verifikator"]
    pages(world, paper, world.staff(Role.ADMIN))
    assert readings(world) == ["staff-verifikator", "staff-admin"], "each reader's own"
    other = world.accepted(KTP)
    pages(world, other)
    assert len(readings(world)) == 3, "and each file's"
    world.cloud.at(NOON + timedelta(minutes=2))
    page(world, paper, 3)
    assert len(readings(world)) == 4


def test_a_person_leaves_no_trail_and_gets_no_word_for_it(world: World, paper: str) -> None:
    before = len(world.trail())
    assert pages(world, paper, world.person()).json["opening"] is None
    assert page(world, paper, 1, world.person()).status == 200
    assert len(world.trail()) == before


def test_who_opened_gets_documents_word_for_it(world: World, paper: str) -> None:
    word = pages(world, paper).json["opening"]
    assert read_opening(files_key(), word, by="staff-verifikator", now=clock.now()) == paper
    assert read_opening(files_key(), word, by="staff-admin", now=clock.now()) is None


def test_versions_are_what_was_accepted_in_its_place(world: World) -> None:
    world.deliver(world.listed())
    first = world.accepted(SK, riwayat="pertama")
    other_row = world.accepted(SK, riwayat=world.row())
    world.uploaded(SK, b"nonsense", riwayat="pertama")
    current = world.accepted(SK, riwayat="pertama")
    world.promised(SK, riwayat="pertama")
    for file in (first, current):
        told = pages(world, file).json["versions"]
        assert [(each["id"], each["state"]) for each in told] == [(current, "DITERIMA"), (first, "DIGANTI")]
    assert [each["id"] for each in pages(world, other_row).json["versions"]] == [other_row]
    assert pages(world, first).json["file"]["state"] == "DIGANTI"
