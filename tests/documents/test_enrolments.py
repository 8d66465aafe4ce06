"""Uploads under an enrolment: each by itself, over with the account, and of the record only if it made that."""

from collections.abc import Mapping
from typing import Any

import pytest

from services.documents.uploads import claim_subject
from services.kernel.aws import dynamodb
from services.kernel.documents import DocumentType, FileState
from services.kernel.security.sessions import ENROLMENT_OVER, SESSION_COOKIE, Role
from services.kernel.states import PersonState
from tests.documents.world import PERSON, World

KTP, FOTO = DocumentType.KTP, DocumentType.FOTO
DITERIMA, DIGANTI = FileState.DITERIMA, FileState.DIGANTI


def account_made(world: World, by: str | None, v: int = 2) -> None:
    """Registration's fact arrives."""
    world.deliver(world.listed(v=v, state=PersonState.AKUN_DIBUAT, has_account=True, enrolment=by))


def listed(world: World) -> set[str]:
    """The files his institution sees."""
    answer = world.get(f"/people/{PERSON}/files", world.staff(Role.OPERATOR))
    return {str(file["id"]).partition(".")[2] for file in answer.json["items"]}


def test_no_enrolment_replaces_the_files_of_another_or_of_the_record(world: World) -> None:
    world.deliver(world.listed())
    by_staff = world.accepted(KTP, token=world.staff(Role.OPERATOR), orang=PERSON)
    his = world.accepted(KTP, cookies=world.enrolment(name="his"))
    others = world.accepted(KTP, cookies=world.enrolment(name="others"))
    newer = world.accepted(KTP, cookies=world.enrolment(name="others"))
    assert [world.state(file) for file in (by_staff, his, others, newer)] == [DITERIMA, DITERIMA, DIGANTI, DITERIMA]


def test_what_no_account_was_made_with_only_its_own_browser_knows(world: World) -> None:
    world.deliver(world.listed())
    file = world.accepted(KTP, cookies=world.enrolment(name="his"))
    path = f"/uploads/{file}"
    assert world.get(path, cookies=world.enrolment(name="his")).status == 200
    assert world.get(path, cookies=world.enrolment(name="others")).status == 404
    assert listed(world) == set()
    for role in (Role.OPERATOR, Role.ADMIN, Role.BKN):
        token = world.staff(role, None if role is Role.BKN else "9901")
        assert world.get(path, token).status == 404
        assert world.get(f"/files/{file}/link", token).status == 404


def test_who_enrols_opens_what_his_own_browser_sent(world: World) -> None:
    world.deliver(world.listed())
    by_staff = world.accepted(KTP, token=world.staff(Role.OPERATOR), orang=PERSON)
    file = world.accepted(KTP, cookies=world.enrolment(name="his"))
    before = len(world.trail())
    opened = {
        name: world.get(f"/files/{file}/link", cookies=world.enrolment(name=name)).status for name in ("his", "others")
    }
    assert opened == {"his": 303, "others": 404}
    assert world.get(f"/files/{by_staff}/link", cookies=world.enrolment(name="his")).status == 404
    assert len(world.trail()) == before
    account_made(world, "his")
    assert world.get(f"/files/{file}/link", cookies=world.enrolment(name="his")).status == 401
    assert world.get(f"/files/{file}/link", world.person()).status == 303


def test_with_the_account_every_enrolment_is_over(world: World) -> None:
    browsers = {name: world.enrolment(name=name) for name in ("his", "others")}
    files = {name: world.accepted(KTP, cookies=cookies) for name, cookies in browsers.items()}
    account_made(world, "his")
    for name, cookies in browsers.items():
        answers = [world.ask(FOTO, cookies=cookies), world.get(f"/uploads/{files[name]}", cookies=cookies)]
        assert [(answer.status, answer.json["detail"]) for answer in answers] == [(401, ENROLMENT_OVER)] * 2
    both = {SESSION_COOKIE: world.person(), **browsers["his"]}
    assert world.ask(DocumentType.SK, cookies=both).status == 201
    assert world.get(f"/uploads/{files['his']}", cookies=both).status == 200
    assert world.get(f"/uploads/{files['others']}", cookies=both).status == 404


def test_the_record_has_the_files_of_the_enrolment_that_made_the_account(world: World) -> None:
    for name in ("his", "others"):
        world.accepted(KTP, cookies=world.enrolment(name=name))
    account_made(world, "his")
    assert listed(world) == {"KTP.1"}
    world.accepted(KTP)
    assert listed(world) == {"KTP.3"}


@pytest.mark.parametrize("by", [None, "his"])
def test_in_the_seconds_before_documents_hears_of_the_account_a_stranger_changes_nothing(
    world: World, by: str | None
) -> None:
    his = world.accepted(KTP, cookies=world.enrolment(name="his"))
    promised = world.promised(KTP, cookies=world.enrolment(name="others"))
    late = world.accepted(KTP, cookies=world.enrolment(name="others"))
    account_made(world, by)
    world.send(promised, b"x")
    assert world.state(his) is DITERIMA
    assert listed(world) == ({"KTP.1"} if by else set())
    own = world.accepted(KTP)
    assert (world.state(late), listed(world)) == (DITERIMA, {own.partition(".")[2]})


def test_a_file_sent_by_himself_before_documents_hears_of_the_account_is_the_newer_one(world: World) -> None:
    world.accepted(KTP, cookies=world.enrolment(name="his"))
    world.accepted(KTP)
    account_made(world, "his")
    assert listed(world) == {"KTP.2"}
    assert world.state(world.accepted(KTP)) is DITERIMA
    assert [world.state(f"{PERSON}.KTP.{n}") for n in (1, 2)] == [DIGANTI, DIGANTI]


def test_the_facts_say_under_which_enrolment_a_file_came(world: World) -> None:
    world.accepted(KTP, cookies=world.enrolment(name="his"))
    world.accepted(FOTO)
    assert [seen["detail"]["enrolment"] for seen in world.relayed()] == ["his", None]


def test_a_promise_under_one_enrolment_is_not_handed_to_another(world: World) -> None:
    key: Mapping[str, Any] = {"headers": {"Idempotency-Key": "the-same-key"}}
    first = world.promised(KTP, cookies=world.enrolment(name="his"), **key)
    assert world.promised(KTP, cookies=world.enrolment(name="his"), **key)["id"] == first["id"]
    assert world.promised(KTP, cookies=world.enrolment(name="others"), **key)["id"] != first["id"]


def test_enrolments_do_not_use_up_what_the_owner_may_promise(world: World) -> None:
    world.deliver(world.listed())
    world.promised(KTP, cookies=world.enrolment())
    key, values = {"pk": f"P#{PERSON}", "sk": "@"}, {"last_KTP": claim_subject.MAX_ENROLLING}
    dynamodb.transact([dynamodb.update(world.cloud.name("DocTable"), key, values=values)])
    assert world.ask(KTP, cookies=world.enrolment()).code == "throttled"
    assert world.ask(KTP).status == 201
