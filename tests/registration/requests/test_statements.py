"""Somebody says that he works there no more: he is answered, or taken off on his own word, and may return."""

from dataclasses import replace

import pytest

from services.kernel.documents import DocumentType, new_history_id
from services.kernel.security.sessions import Role
from services.kernel.states import Assurance, PersonState
from services.registration.adapters import claim_store
from services.registration.model.person import Person
from services.registration.settings import files_key
from tests.registration.listed import TOO_LATE, accept, put_in
from tests.registration.requests.conftest import Asker
from tests.registration.requests.test_deciding import notices
from tests.registration.staff import Desk, desk
from tests.support.aws import Answer, Cloud


def state(asker: Asker, active: bool = False) -> None:
    """Say whether he works there."""
    answer = asker.call("POST", "/active-confirmation", {"v": asker.person.v, "active": active})
    assert answer.status == 200, answer.text


def answer(staff: Desk, asker: Asker, deed: str, reason: str = "Daftar hadir Agustus") -> Answer:
    """Answer (`answer`) or confirm (`confirmation`)."""
    return staff.call("POST", f"/people/{asker.pid}/statement/{deed}", {"v": asker.person.v, "reason": reason})


def test_whoever_says_so_waits_for_an_answer(asker: Asker, operator: Desk) -> None:
    assert operator.call("GET", "/statements").json["items"] == []
    state(asker)
    (waiting,) = operator.call("GET", "/statements").json["items"]
    assert (waiting["person"], waiting["assured"]) == (asker.pid, False)
    state(asker, active=True)
    assert operator.call("GET", "/statements").json["items"] == []


def test_answered_it_waits_no_more_and_he_is_told(asker: Asker, operator: Desk) -> None:
    assert answer(operator, asker, "answer").code == "conflict", "he said nothing"
    state(asker)
    assert answer(operator, asker, "answer", reason="").code == "invalid-fields"
    assert answer(operator, asker, "answer").status == 200
    assert operator.call("GET", "/statements").json["items"] == []
    assert asker.person.active is False, "what he said stays"
    assert notices(asker.cloud, "activity-answered") == 1
    assert answer(operator, asker, "answer").code == "conflict"
    state(asker, active=True)
    state(asker)
    assert len(operator.call("GET", "/statements").json["items"]) == 1, "said anew, it waits anew"


@pytest.mark.parametrize("by", ["assurance", "paper"])
def test_taken_off_on_his_word_only_when_it_is_his(asker: Asker, admin: Desk, by: str) -> None:
    state(asker)
    refused = answer(admin, asker, "confirmation")
    assert (refused.status, refused.code) == (422, "incomplete"), refused.text
    if by == "assurance":
        put_in(asker.person, asker.person.state, assurance=Assurance.PETUGAS.value)
    else:
        paper = new_history_id(files_key(), asker.pid)
        accept(asker.pid, DocumentType.BUKTI_PERBAIKAN, paper, by="1.operator")
        kept_now(asker)
    done = answer(admin, asker, "confirmation")
    assert done.json["state"] == "DIHAPUS", done.text
    assert notices(asker.cloud, "taken-off") == 1
    assert admin.call("GET", "/statements").json["items"] == []


def kept_now(asker: Asker) -> None:
    """The paper came to the record after what he said."""
    from services.kernel.aws import dynamodb  # noqa: PLC0415
    from services.registration.adapters import person_items  # noqa: PLC0415
    from services.registration.settings import settings  # noqa: PLC0415

    key = person_items.file_key(asker.pid, f"{asker.pid}.BUKTI_PERBAIKAN.1")
    kept = {"kept": (asker.person.private.active_at or 0) + 1}
    dynamodb.transact([dynamodb.update(settings().table, key, values=kept)])


def test_only_an_admin_takes_him_off(asker: Asker, operator: Desk) -> None:
    state(asker)
    put_in(asker.person, asker.person.state, assurance=Assurance.LEMBAR.value)
    assert answer(operator, asker, "confirmation").code == "forbidden"


def test_he_reverses_it_and_is_where_he_was(asker: Asker, admin: Desk, portal: Cloud) -> None:
    before = asker.person
    state(asker)
    put_in(asker.person, asker.person.state, assurance=Assurance.PETUGAS.value)
    answer(admin, asker, "confirmation")
    back = asker.call("POST", "/return", {"v": asker.person.v})
    assert back.json["state"] == before.state.value, back.text
    assert asker.person.active is True
    claim = claim_store.load(before.row["nik"])
    assert claim is not None
    assert claim.owner.pid == asker.pid
    assert asker.call("POST", "/return", {"v": asker.person.v}).code == "conflict"


def test_not_after_the_close_nor_what_the_admin_did_of_his_own(asker: Asker, admin: Desk, portal: Cloud) -> None:
    admin.delete(asker.pid, asker.person.v)
    assert asker.call("POST", "/return", {"v": asker.person.v}).code == "conflict"
    stated = replace_deletion(asker.person)
    portal.at(TOO_LATE)
    assert asker.call("POST", "/return", {"v": stated.v}).code == "window-closed"


def replace_deletion(person: Person) -> Person:
    """As if he had been taken off on his own word."""
    from services.kernel.aws import dynamodb  # noqa: PLC0415
    from services.registration.adapters import person_items, person_store  # noqa: PLC0415
    from services.registration.settings import settings  # noqa: PLC0415

    deletion = person.private.deletion
    assert deletion is not None
    stated = replace(person, private=replace(person.private, deletion=replace(deletion, stated=True)))
    dynamodb.transact([dynamodb.put(settings().table, person_items.to_item(stated))])
    return person_store.load(person.pid)


def test_what_waits_goes_with_him_and_comes_back(asker: Asker, admin: Desk) -> None:
    asker.asked({"nama": "Siti Contoh Lestarini"})
    admin.delete(asker.pid, asker.person.v)
    assert asker.person.state is PersonState.DIHAPUS
    assert admin.call("GET", "/requests").json["items"] == []
    restored = admin.call("POST", f"/people/{asker.pid}/restoration", {"v": asker.person.v, "reason": "keliru"})
    assert restored.status == 200
    assert len(admin.call("GET", "/requests").json["items"]) == 1


def test_nobody_answers_for_himself(asker: Asker, portal: Cloud) -> None:
    state(asker)
    himself = desk(portal, Role.ADMIN, number=60, own=asker.pid)
    assert answer(himself, asker, "answer").code == "own-record"
    assert answer(himself, asker, "confirmation").code == "own-record"
