"""A wrong NIK is put right: what moves with it, and what is void (domain.md, section 3, *Putting right*)."""

import json
from dataclasses import replace

import pytest

from services.kernel.documents import DocumentType
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.kernel.writes import gate
from services.registration.adapters import account_store, card_store, claim_store, counter_store, person_store
from services.registration.app import app
from services.registration.model.card import CardKind
from services.registration.model.claim import Claimant
from tests.registration.listed import HISTORY, INSTITUTION, PASSWORD, ROW, accept, token_of, with_account
from tests.registration.nik_corrections.correcting import REASON, RIGHT, Office, listed, office, require_equal
from tests.registration.staff import desk
from tests.support.aws import Answer, Cloud

WRONG = ROW["nik"]


@pytest.fixture
def here(portal: Cloud) -> Office:
    return office(portal)


def sign_in(cloud: Cloud, nik: str) -> Answer:
    return cloud.call(app, "POST", "/registration/sessions", {"login": nik, "password": PASSWORD})


def test_he_goes_on_under_the_right_nik_and_the_record_with_the_wrong_one_is_left(here: Office) -> None:
    before = listed()
    after = here.correct(before)
    left = person_store.load(before.pid)
    assert (left.state, left.successor) == (PersonState.DIHAPUS, after.pid)
    assert (after.state, after.came_from, after.v) == (PersonState.TERDAFTAR, before.pid, 1)
    assert after.row == {**before.row, "nik": RIGHT}
    assert after.registration_number == before.registration_number != left.registration_number
    assert claim_store.load(WRONG) is None
    claim = claim_store.load(RIGHT)
    assert claim is not None
    assert claim.owner == Claimant(INSTITUTION, after.pid)
    require_equal()
    assert here.admin.call("GET", "/progress").json["corrected_niks"] == 1


def test_the_verdict_is_void_and_whoever_asked_or_decided_gives_none(here: Office) -> None:
    before = listed()
    verifier = desk(here.cloud, Role.VERIFIKATOR)
    assert verifier.decide(before.pid, 1, "MEMENUHI_SYARAT").status == 200
    after = here.correct(before)
    assert after.state is PersonState.TERDAFTAR
    assert [step["state"] for step in here.admin.detail(after.pid)["progress"]][-1] == "TERDAFTAR"
    assert here.admin.decide(after.pid, 1, "MEMENUHI_SYARAT").code == "entered-by-you"
    assert verifier.decide(after.pid, 1, "MEMENUHI_SYARAT").status == 200
    counts = counter_store.settled(gate.read_round(INSTITUTION))
    assert counts.by_state == {"DIHAPUS": 1, "MEMENUHI_SYARAT": 1}
    require_equal()


def test_account_history_cards_and_files_follow(here: Office) -> None:
    before = with_account(here.cloud)
    added = here.cloud.call(
        app, "POST", "/registration/me/histories", {"v": before.v, **HISTORY}, token=token_of(here.cloud, before)
    )
    accept(before.pid, DocumentType.SK, added.json["id"])
    card = card_store.load(before.pid, CardKind.AKUN)
    assert card is not None
    dossier = person_store.load_dossier(before.pid)
    after = here.correct(before)
    uncopied = person_store.load_dossier(after.pid)
    here.tell()
    copied = person_store.load_dossier(after.pid)
    for found in (uncopied, copied):
        assert found.histories == dossier.histories
        assert {file.id for file in found.files} == {file.id for file in dossier.files}
        assert all(file.inherited for file in found.files)
    assert card_store.find(card.code) == replace(card, pid=after.pid)
    checked = here.cloud.call(app, "GET", f"/registration/cards/{card.code}").json
    assert (checked["valid"], checked["nomor_registrasi"]) == (True, before.registration_number)


def test_he_signs_in_with_the_right_nik_and_hears_what_anybody_hears_with_the_wrong_one(here: Office) -> None:
    before = with_account(here.cloud)
    assert sign_in(here.cloud, WRONG).status == 200
    old = account_store.load(account_store.account_id(WRONG))
    assert old is not None
    after = here.correct(before)
    heard, anybody = (sign_in(here.cloud, nik).json for nik in (WRONG, "9901010101010101"))
    assert {**heard, "request_id": ""} == {**anybody, "request_id": ""}
    assert sign_in(here.cloud, RIGHT).status == 200
    new = account_store.load(account_store.account_id(RIGHT))
    assert new is not None
    assert new.token_version == old.token_version + 1
    assert account_store.contact(new, after) == account_store.contact(old, before)
    stale = here.cloud.call(app, "GET", "/registration/me", token=token_of(here.cloud, before))
    assert stale.code == "unauthenticated"
    me = here.cloud.call(app, "GET", "/registration/me", token=token_of(here.cloud, after)).json
    assert (me["nomor_registrasi"], me["steps"]["account"]) == (before.registration_number, True)
    require_equal()


def test_the_old_record_cannot_be_restored_and_each_leads_to_the_other(here: Office) -> None:
    before = listed()
    after = here.correct(before)
    restored = here.admin.call("POST", f"/people/{before.pid}/restoration", {"v": 3, "reason": "keliru"})
    assert (restored.status, restored.code) == (409, "illegal-transition")
    assert here.view(before)["went_to"] == {"id": after.pid, "nama": after.nama, "nik_masked": "9901**********02"}
    assert here.view(after)["came_from"] == {"id": before.pid, "nama": before.nama, "nik_masked": "9901**********01"}
    assert here.ask(person_store.load(before.pid)).code == "illegal-transition"


def test_the_history_tells_who_asked_and_who_decided_and_shows_no_nik(here: Office) -> None:
    before = listed()
    after = here.correct(before)
    for person, deeds in ((before, ["correct-nik", "ask-nik-correction"]), (after, ["correct-nik"])):
        page = here.admin.call("GET", f"/people/{person.pid}/history").json
        told = [entry for entry in page["items"] if entry["action"] in {"correct-nik", "ask-nik-correction"}]
        assert [entry["action"] for entry in told] == deeds
        assert {entry["reason"] for entry in told} == {REASON}
        shown = json.dumps(page)
        assert "9901**********01" in shown
        assert WRONG not in shown
        assert RIGHT not in shown
