"""Two browsers pass the identity check for one row: each by itself until one makes the account; it ends the other."""

from datetime import timedelta

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.documents import DocumentType, file_id
from services.kernel.events.facts import FileAccepted, FileRejected
from services.kernel.security.sessions import ENROLMENT_COOKIE, ENROLMENT_OVER, Audience, read
from services.kernel.states import PersonState
from services.registration.adapters import person_items, person_store
from services.registration.app import app, on_fact
from services.registration.model.person import Person
from services.registration.settings import settings
from services.registration.shared.papers import accepted, view_files
from tests.registration.listed import (
    CLAIM,
    IN_TIME,
    INSTITUTION,
    accept,
    check_identity,
    enrol,
    make_account,
    put_in,
    register,
    solved,
    with_decision,
)
from tests.support.aws import Answer, Cloud, envelope, queued

KTP, FOTO = DocumentType.KTP, DocumentType.FOTO
PATH = "/registration/enrolment"
Browser = dict[str, str]


@pytest.fixture
def person(portal: Cloud) -> Person:
    """A listed person."""
    return register()


def named(browser: Browser) -> str:
    """What the enrolment of a browser is called."""
    name = read(browser[ENROLMENT_COOKIE], Audience.ENROLMENT).enrolment
    assert name is not None
    return name


def uploaded(
    person: Person, jenis: DocumentType, n: int, enrolment: str | None, *, ok: bool = True, by: str | None = None
) -> None:
    """Documents tells what became of a file that was uploaded under an enrolment."""
    about = {"institution": INSTITUTION, "v": 2, "file": file_id(person.pid, jenis, n), "subject": person.pid}
    about |= {"jenis": jenis, "riwayat": None, "enrolment": enrolment}
    kept = {"key": f"{jenis.lower()}/{n}", "sha256": "0" * 64, "size": 1, "uploaded_by": by or person.pid}
    refused = {"code": "too-large", "message": "Berkas terlalu besar."}
    fact = FileAccepted.model_validate(about | kept) if ok else FileRejected.model_validate(about | refused)
    assert on_fact(queued([envelope(fact)]), None) == {"batchItemFailures": []}


def page(cloud: Cloud, browser: Browser) -> Answer:
    return cloud.call(app, "GET", PATH, cookies=browser)


def numbers(answer: Answer) -> list[tuple[str, str]]:
    """Number and state of the files a page shows."""
    return sorted((file["id"].rpartition(".")[2], file["state"]) for file in answer.json["files"])


@pytest.fixture
def browsers(portal: Cloud, person: Person) -> tuple[Browser, Browser]:
    """His own and somebody else's, each with a KTP and a photo of its own, that of the other sent last."""
    his, other = enrol(portal), enrol(portal)
    for n, browser in enumerate((his, other), start=1):
        for jenis in (KTP, FOTO):
            uploaded(person, jenis, n, named(browser))
    return his, other


def test_only_what_the_person_sent_himself_is_offered_to_be_opened(portal: Cloud, person: Person) -> None:
    """Domain.md, section 3: the institution's files stay hidden from an account without assurance."""
    browser = enrol(portal)
    uploaded(person, KTP, 1, None, by="staff-operator")
    uploaded(person, KTP, 2, named(browser))
    uploaded(person, FOTO, 1, named(browser))
    uploaded(person, FOTO, 2, named(browser), ok=False)
    shown = {file["id"].partition(".")[2]: file["openable"] for file in page(portal, browser).json["files"]}
    assert shown == {"KTP.2": True, "FOTO.1": True, "FOTO.2": False}
    uploaded(person, KTP, 3, None, by="staff-operator")
    shown = {file["id"].partition(".")[2]: file["openable"] for file in page(portal, browser).json["files"]}
    assert shown["KTP.3"] is False


def test_each_sees_and_replaces_its_own_files_only(
    portal: Cloud, person: Person, browsers: tuple[Browser, Browser]
) -> None:
    his, other = browsers
    assert numbers(page(portal, his)) == [("1", "DITERIMA")] * 2
    assert numbers(page(portal, other)) == [("2", "DITERIMA")] * 2
    uploaded(person, KTP, 3, named(his))
    assert numbers(page(portal, his)) == [("1", "DITERIMA"), ("3", "DITERIMA")]
    assert numbers(page(portal, other)) == [("2", "DITERIMA")] * 2
    assert person_store.load_dossier(person.pid).files == ()


def test_no_account_is_made_with_the_files_of_another_browser(
    portal: Cloud, person: Person, browsers: tuple[Browser, Browser]
) -> None:
    third = enrol(portal)
    answer = make_account(portal, third)
    assert (answer.code, [one["code"] for one in answer.json["missing"]]) == ("incomplete", ["KTP", "FOTO"])
    for jenis in (KTP, FOTO):
        accept(person.pid, jenis, n=9)  # from staff
    assert make_account(portal, third).status == 201


def test_who_tried_a_hundred_pictures_still_makes_his_account(
    portal: Cloud, person: Person, browsers: tuple[Browser, Browser]
) -> None:
    """A transaction holds 100 items: what was refused or replaced does not come along."""
    his, _ = browsers
    for n in range(10, 112):
        uploaded(person, KTP, n, named(his), ok=False)
    assert make_account(portal, his).status == 201


def test_what_waited_aside_for_an_account_comes_after_a_verdict_given_meanwhile(
    portal: Cloud, person: Person, browsers: tuple[Browser, Browser]
) -> None:
    """Who decided has not seen it, though it was uploaded before (domain.md, section 3)."""
    his, _ = browsers
    decided = put_in(person, PersonState.MEMENUHI_SYARAT, before="TERDAFTAR")
    portal.at(IN_TIME + timedelta(minutes=10))
    noted = with_decision(decided, PersonState.MEMENUHI_SYARAT, clock.now())
    dynamodb.transact([dynamodb.put(settings().table, person_items.to_item(noted))])
    portal.at(IN_TIME + timedelta(minutes=20))
    assert make_account(portal, his).status == 201
    dossier = person_store.load_dossier(person.pid)
    marked = [file.marked_at for file in view_files(dossier.files, dossier.person.decided_at)]
    assert [at is not None for at in marked] == [True, True]


def test_with_the_account_the_other_one_is_over(
    portal: Cloud, person: Person, browsers: tuple[Browser, Browser]
) -> None:
    his, other = browsers
    assert make_account(portal, his).status == 201
    for method, path in (("GET", PATH), ("GET", f"{PATH}/card")):
        answer = portal.call(app, method, path, cookies=other)
        assert (answer.status, answer.code, answer.json["detail"]) == (401, "unauthenticated", ENROLMENT_OVER)
    assert make_account(portal, other).code == "account-exists"
    assert check_identity(portal).code == "account-exists"
    portal.at(IN_TIME + timedelta(minutes=55))
    assert (page(portal, his).json["has_account"], numbers(page(portal, his))) == (True, [("1", "DITERIMA")] * 2)
    assert portal.call(app, "GET", f"{PATH}/card", cookies=his).status == 303


def test_the_record_has_the_files_of_the_browser_that_made_the_account(
    portal: Cloud, person: Person, browsers: tuple[Browser, Browser]
) -> None:
    his, _ = browsers
    make_account(portal, his)
    dossier = person_store.load_dossier(person.pid)
    assert {file.enrolment for file in dossier.files} == {named(his)}
    photo = accepted(dossier.files, FOTO)
    assert photo is not None
    assert photo.id == file_id(person.pid, FOTO, 1)
    uploaded(person, FOTO, 5, None)  # by himself, signed in
    states = {file.id.partition(".")[2]: file.state for file in person_store.load_dossier(person.pid).files}
    assert states == {"KTP.1": "DITERIMA", "FOTO.1": "DIGANTI", "FOTO.5": "DITERIMA"}


@pytest.mark.parametrize("ok", [True, False])
@pytest.mark.parametrize("verdict", [PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT])
def test_what_comes_under_an_ended_enrolment_replaces_and_voids_nothing(
    portal: Cloud, person: Person, browsers: tuple[Browser, Browser], verdict: PersonState, ok: bool
) -> None:
    """Documents hears of the account some seconds late, and may take a file in meanwhile."""
    his, other = browsers
    make_account(portal, his)
    put_in(person, verdict, before=PersonState.DIAJUKAN.value)
    before = person_store.load_dossier(person.pid)
    for jenis in (KTP, FOTO):
        uploaded(person, jenis, 7, named(other), ok=ok)
    after = person_store.load_dossier(person.pid)
    assert (after.person, after.files) == (before.person, before.files)
    assert after.person.state is verdict


def test_a_file_of_his_own_enrolment_that_comes_late_counts(
    portal: Cloud, person: Person, browsers: tuple[Browser, Browser]
) -> None:
    his, _ = browsers
    make_account(portal, his)
    uploaded(person, KTP, 6, named(his))
    found = accepted(person_store.load_dossier(person.pid).files, KTP)
    assert found is not None
    assert found.id == file_id(person.pid, KTP, 6)


def test_a_file_under_an_enrolment_voids_no_verdict_before_there_is_an_account(portal: Cloud, person: Person) -> None:
    browser = enrol(portal)
    put_in(person, PersonState.MEMENUHI_SYARAT, before=PersonState.TERDAFTAR.value)
    uploaded(person, KTP, 1, named(browser))
    assert person_store.load(person.pid).state is PersonState.MEMENUHI_SYARAT


def test_who_begins_again_in_the_same_browser_goes_on_with_his_files(portal: Cloud, person: Person) -> None:
    first = enrol(portal)
    uploaded(person, KTP, 1, named(first))
    portal.at(IN_TIME + timedelta(minutes=65))
    assert page(portal, first).status == 401
    again = _again(portal, first)
    assert named(again) == named(first)
    assert numbers(page(portal, again)) == [("1", "DITERIMA")]


def test_in_another_browser_or_for_another_person_one_begins_anew(portal: Cloud, person: Person) -> None:
    first = enrol(portal)
    names = {named(first), named(enrol(portal)), named(_again(portal, {ENROLMENT_COOKIE: "not.a.token"}))}
    somebody = portal.token("honorer", INSTITUTION, sub="somebody", aud="enrolment", enrolment=named(first))
    names.add(named(_again(portal, {ENROLMENT_COOKIE: somebody})))
    session = portal.token("honorer", INSTITUTION, sub=person.pid, enrolment=named(first))
    names.add(named(_again(portal, {ENROLMENT_COOKIE: session})))
    assert len(names) == 5


def _again(cloud: Cloud, browser: Browser) -> Browser:
    """Pass the identity check in a browser that has been here before."""
    body = {**CLAIM, "captcha": solved()}
    answer = cloud.call(app, "POST", "/registration/identity-checks", body, cookies=browser)
    assert answer.status == 201, answer.text
    return {ENROLMENT_COOKIE: answer.cookies[ENROLMENT_COOKIE]}
