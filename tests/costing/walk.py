"""The deeds of a census, done once each on a test cloud and metered; what is told of hundreds is divided."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from services.announcements import app as announcements
from services.announcements.notices.send_notice import send_notice as send_case_notice
from services.documents import app as documents
from services.finalization import app as finalization
from services.kernel.aws import dynamodb
from services.kernel.documents import DocumentType
from services.kernel.notices.channel import Mail
from services.kernel.notices.send import Channels, NoticeMessage
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.kernel.writes.calendar import Window
from services.registration import app as registration
from services.registration.adapters import account_store, person_items, person_store
from services.registration.adapters.search_queue import ToldMessage
from services.registration.model.contact import EMAIL, PersonContact
from services.registration.model.person import Person
from services.registration.notices.send_notice import send_notice
from services.registration.reminders.deadlines import Deadline
from services.registration.reminders.remind_people import remind_one
from services.registration.search.find_people import Page, find_people
from services.registration.search.keep_search import keep_search
from services.registration.search.wanted import Wanted
from services.registration.settings import settings
from tests.announcements.world import World as Announcements
from tests.costing.meter import Meter
from tests.documents.world import World as Documents
from tests.documents.world import good_file
from tests.finalization.world import World as Finalization
from tests.registration.imports.importing import run
from tests.registration.listed import (
    HISTORY,
    IN_TIME,
    INSTITUTION,
    PASSWORD,
    ROW,
    accept,
    check_identity,
    complete,
    enrol,
    make_account,
    register,
    token_of,
)
from tests.registration.staff import desk, row
from tests.support.aws import Cloud, queued

OTHER_NIK = "9901011705900077"
ROWS = 48
"""Rows of a chunk of an import."""
Units = dict[str, dict[str, float]]


class _Taken:
    """Takes every mail; what SES bills stands in the census."""

    def send(self, mail: Mail) -> None:
        """Take it."""


class Walk:
    """One cloud, warm functions, and what deeds cost, by their names in infra/cost/census.toml."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.units: Units = {}

    @contextmanager
    def deed(self, name: str, times: int = 1) -> Iterator[None]:
        """What is done in here is this deed, so many times."""
        meter = Meter()
        with meter.watching():
            yield
        self._note(name, meter, times)

    def _note(self, name: str, meter: Meter, times: int) -> None:
        self.units[name] = {unit: round(n / times, 2) for unit, n in sorted(meter.units.items())}

    def ask(self, person: Person, method: str, path: str, body: object = None) -> Any:
        """A request of the person's that must succeed; its answer."""
        token = token_of(self.cloud, person)
        answer = self.cloud.call(registration.app, method, f"/registration/{path}", body, token=token)
        assert answer.status < 300, answer.text
        return answer.json

    def go(self) -> Units:
        """Everything, in an order in which each can follow."""
        Finalization(self.cloud).open()
        self._hear("finalization", finalization.relay, "FinTable")
        self.cloud.at(IN_TIME)
        self.cloud.use("registration")
        self._import()
        person = self._fill_in(self._enter())
        self._upload(person)
        self.cloud.use("registration")
        verifier = desk(self.cloud, Role.VERIFIKATOR)
        with self.deed("verdict"):
            assert verifier.decide(person.pid, verifier.detail(person.pid)["v"], "MEMENUHI_SYARAT").status == 200
        self._file_case()
        return self.units

    def _file_case(self) -> None:
        """Somebody who is missing proposes himself, the institution reads and decides; he is mailed both times."""
        world = Announcements(self.cloud)
        world.filed()  # whoever is first makes the institution's data key
        self.cloud.changes("AnnTable")
        with self.deed("case"):
            filed = world.filed(nik=OTHER_NIK)
            world.do(filed, "decisions", accepted=False, reason="BUKAN_PEGAWAI", text="Ia tidak bekerja di sini.")
            announcements.relay({"Records": self.cloud.changes("AnnTable")}, None)
            for message in map(NoticeMessage.model_validate_json, self.cloud.messages("CaseNoticesQueue")):
                send_case_notice(message, Channels(_Taken()))

    def _import(self) -> None:
        operator = desk(self.cloud, Role.OPERATOR)
        with self.deed("import_row", ROWS):
            run(operator, [row(n) for n in range(1, ROWS + 1)], rows_per_chunk=ROWS)
        self._note("person_told", self._hear("registration", registration.relay, "RegTable"), ROWS)
        self.cloud.use("registration")
        with self.deed("person_indexed", ROWS):
            self._index()
        with self.deed("search"):
            wanted = Wanted("contoh", state=PersonState.TERDAFTAR)
            find_people(Page(wanted), institution=operator.institution, actor=operator.actor, received=IN_TIME)

    def _index(self) -> None:
        told = [ToldMessage.model_validate_json(body) for body in self.cloud.messages("SearchQueue")]
        keep_search(told)

    def _enter(self) -> str:
        listed = register()
        with self.deed("identity_check"):
            assert check_identity(self.cloud).status == 201
        cookies = enrol(self.cloud)
        for jenis in (DocumentType.KTP, DocumentType.FOTO):
            accept(listed.pid, jenis)
        with self.deed("account"):
            assert make_account(self.cloud, cookies).status == 201
        with self.deed("sign_in"):
            body = {"login": ROW["nik"], "password": PASSWORD}
            signed_in = self.cloud.call(registration.app, "POST", "/registration/sessions", body)
        with self.deed("refresh"):
            path = "/registration/sessions/refresh"
            refreshed = self.cloud.call(registration.app, "POST", path, cookies=signed_in.cookies)
        assert (signed_in.status < 300, refreshed.status < 300) == (True, True), refreshed.text
        return listed.pid

    def _fill_in(self, pid: str) -> Person:
        person = person_store.load(pid)
        with self.deed("edit"):
            added = self.ask(person, "POST", "me/histories", {"v": person.v, **HISTORY})
        self.ask(person, "DELETE", f"me/histories/{added['id']}", {"v": added["v"]})
        person = complete(self.cloud, person_store.load(pid))
        for name, path in (("view", "me"), ("view_all", "me/resume")):
            with self.deed(name):
                self.ask(person, "GET", path)
        self._remind(person)
        with self.deed("submit"):
            self.ask(person, "POST", "me/submission", {"v": person.v, "statement": True})
        self._hear("registration", registration.relay, "RegTable")
        return person

    def _remind(self, person: Person) -> None:
        """As one of a page of two hundred, whose reading is shared, and then by the sender."""
        identifier = account_store.account_id(ROW["nik"])
        account, table = account_store.load(identifier), settings().table
        assert account is not None
        contact = PersonContact("+6281234567890", "siti@contoh.id", frozenset({EMAIL}))
        encrypted = account_store.encrypt_contact(identifier, contact, person)
        dynamodb.transact([account_store.replace_encrypted(account, encrypted)])
        root = dynamodb.get(table, person_items.person_key(person.pid))
        assert root is not None
        deadline = Deadline(INSTITUTION, IN_TIME + timedelta(days=7), 7, (Window.DOSSIER,))
        with self.deed("reminder"):
            assert remind_one(root, deadline)
            notice = NoticeMessage(event=deadline.event, recipient=f"person#{identifier}")
            send_notice(notice, Channels(_Taken()))

    def _upload(self, person: Person) -> None:
        files = Documents(self.cloud)
        self.cloud.at(IN_TIME)
        token = files.person(person.pid)
        with self.deed("upload"):
            promise = files.promised(DocumentType.KTP, token=token)
        with self.deed("inspection"):
            assert files.inspect(files.send(promise, good_file(DocumentType.KTP))) == []
        with self.deed("poll"):
            assert files.get(f"/uploads/{promise['id']}", token).status == 200
        self._note("file_told", self._hear("documents", documents.relay, "DocTable"), 1)
        self.cloud.use("documents")
        reader = files.staff(Role.VERIFIKATOR)
        with self.deed("paper"):
            for path, accepts in (("pages", "application/json"), ("pages/1", "image/jpeg")):
                answer = files.get(f"/files/{promise['id']}/{path}", reader, headers={"Accept": accepts})
                assert answer.status == 200, answer.text

    def _hear(self, service: str, relay: Callable[..., object], table: str) -> Meter:
        """A service's relay tells, and everybody who listens hears; returns what that took."""
        meter = Meter()
        self.cloud.use(service)
        with meter.watching():
            relay({"Records": self.cloud.changes(table)}, None)
        events = self.cloud.events()
        for name, entry in LISTENERS.items():
            self.cloud.use(name)
            heard = [event for event in events if event["detail-type"] in LISTENS[name]]
            with meter.watching():
                assert not heard or entry.on_fact(queued(heard), None) == {"batchItemFailures": []}
        return meter


LISTENERS = {
    "registration": registration,
    "documents": documents,
    "finalization": finalization,
    "announcements": announcements,
}
LISTENS = {
    "registration": {"file.accepted", "institution.opened", "institution.phase_changed"},
    "documents": {"person.listed", "institution.opened"},
    "finalization": {"person.listed", "file.accepted"},
    "announcements": {"person.listed", "institution.opened", "institution.phase_changed"},
}
