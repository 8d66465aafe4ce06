"""A stranger who knows all the identity check asks, and the person himself: who makes the account ends the other.

Through the routes of both services, with the facts between them as late as they may be.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from services.documents import app as documents
from services.kernel.documents import DocumentType, FileState
from services.kernel.security.sessions import ENROLMENT_OVER, SESSION_COOKIE
from services.kernel.states import PersonState
from services.registration import app as registration
from services.registration.adapters import person_store
from services.registration.model.person import Person
from tests.documents.world import World
from tests.registration.listed import PASSWORD, ROW, enrol, make_account, put_in, register
from tests.support.aws import Cloud, queued

KTP, FOTO = DocumentType.KTP, DocumentType.FOTO
Browser = Mapping[str, str]


class Scene:
    """One cloud, seen by registration or by documents; facts go from one to the other when the test says so."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.documents = World(cloud)
        cloud.use("registration")
        self.person: Person = register()
        self.tell_documents()

    def tell_documents(self) -> None:
        """What registration has done reaches documents."""
        self.cloud.use("registration")
        registration.relay({"Records": self.cloud.changes("RegTable")}, None)
        facts = self.cloud.facts()
        self.cloud.use("documents")
        assert documents.on_fact(queued(facts), None) == {"batchItemFailures": []}
        self.cloud.use("registration")

    def tell_registration(self) -> None:
        """What documents has done reaches registration."""
        self.cloud.use("documents")
        facts = self.documents.relayed()
        self.cloud.use("registration")
        assert registration.on_fact(queued(facts), None) == {"batchItemFailures": []}

    def upload(self, jenis: DocumentType, browser: Browser) -> str:
        """Ask for a place, send, have it inspected; the file's id."""
        self.cloud.use("documents")
        file = self.documents.uploaded(jenis, cookies=browser)
        assert self.documents.state(file) is FileState.DITERIMA
        self.cloud.use("registration")
        return file

    def sign_in(self) -> Browser:
        """The person's session."""
        body = {"login": ROW["nik"], "password": PASSWORD}
        answer = self.cloud.call(registration.app, "POST", "/registration/sessions", body)
        return {SESSION_COOKIE: answer.cookies[SESSION_COOKIE]}

    def state(self, file: str) -> FileState:
        """How documents has the file."""
        self.cloud.use("documents")
        found = self.documents.state(file)
        self.cloud.use("registration")
        return found


@dataclass(frozen=True)
class Rivals:
    """His browser and that of the other, and the files he made his account with."""

    his: Browser
    other: Browser
    own: Mapping[DocumentType, str]


@pytest.fixture
def scene(cloud: Cloud) -> Scene:
    """A listed person; everybody knows it."""
    return Scene(cloud)


@pytest.fixture
def rivals(scene: Scene) -> Rivals:
    """Both passed the check and uploaded, the other last; then he made the account. Documents has not heard of it."""
    his, other = enrol(scene.cloud), enrol(scene.cloud)
    own = {jenis: scene.upload(jenis, his) for jenis in (KTP, FOTO)}
    for jenis in (KTP, FOTO):
        scene.upload(jenis, other)
    scene.tell_registration()
    assert make_account(scene.cloud, his).status == 201
    return Rivals(his, other, own)


def test_the_other_gets_neither_page_nor_card(scene: Scene, rivals: Rivals) -> None:
    for path in ("/registration/enrolment", "/registration/enrolment/card"):
        answer = scene.cloud.call(registration.app, "GET", path, cookies=rivals.other)
        assert (answer.status, answer.json["detail"]) == (401, ENROLMENT_OVER)
    assert scene.cloud.call(registration.app, "GET", "/registration/enrolment/card", cookies=rivals.his).status == 303


def test_what_documents_takes_in_before_it_hears_of_the_account_changes_nothing(scene: Scene, rivals: Rivals) -> None:
    scene.upload(KTP, rivals.other)
    put_in(scene.person, PersonState.MEMENUHI_SYARAT, before=PersonState.DIAJUKAN.value)
    scene.tell_registration()
    dossier = person_store.load_dossier(scene.person.pid)
    assert dossier.person.state is PersonState.MEMENUHI_SYARAT
    assert {file.id: file.state for file in dossier.files} == dict.fromkeys(rivals.own.values(), "DITERIMA")
    assert [scene.state(file) for file in rivals.own.values()] == [FileState.DITERIMA] * 2


def test_once_documents_has_heard_of_it_only_the_owner_goes_on(scene: Scene, rivals: Rivals) -> None:
    late = scene.upload(KTP, rivals.other)
    scene.tell_documents()
    session = scene.sign_in()
    scene.cloud.use("documents")
    get, ask = scene.documents.get, scene.documents.ask
    refused = [ask(KTP, cookies=rivals.other), get(f"/uploads/{late}", cookies=rivals.other)]
    assert [(answer.status, answer.json["detail"]) for answer in refused] == [(401, ENROLMENT_OVER)] * 2
    links = [get(f"/files/{file}/link", cookies=session).status for file in (late, rivals.own[FOTO])]
    assert links == [404, 303]
    newer = scene.upload(KTP, {**session, **rivals.his})
    assert [scene.state(file) for file in (rivals.own[KTP], newer)] == [FileState.DIGANTI, FileState.DITERIMA]
    scene.tell_registration()
    states = {file.id: file.state for file in person_store.load_dossier(scene.person.pid).files}
    assert states == {rivals.own[KTP]: "DIGANTI", rivals.own[FOTO]: "DITERIMA", newer: "DITERIMA"}
