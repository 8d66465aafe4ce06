"""A new institution and its people, made ready by HTTP so that a test can begin where its story begins."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from infra.local import seed
from infra.local.client import Visitor, new_key, wait_for
from infra.local.demo import steps_person
from infra.local.demo.report import Report
from infra.local.demo.stage import OPENING, Stage
from services.kernel.documents import DocumentType
from tests.support.portal import Portal
from tools.sample import files, people, sheets

Person = dict[str, Any]

PASSWORD = steps_person.PASSWORD


@dataclass(frozen=True)
class Office:
    """An institution nobody else uses, in the entry window, with staff."""

    portal: Portal
    stage: Stage

    @property
    def code(self) -> str:
        """Its four digits."""
        return self.stage.code

    @property
    def name(self) -> str:
        """As bkn opened it."""
        return f"Pemerintah Kabupaten Contoh {self.stage.number}"

    def login(self, role: str) -> str:
        """The NIP of somebody of its staff, or of bkn."""
        return seed.BKN_LOGIN if role == "bkn" else seed.staff_login(self.stage.number, role)

    def person(self, at: int) -> Person:
        """Somebody who works here: not THK-II, whose papers are one more."""
        return people.person(self.stage.number * 1000 + at, no_peserta_thk2=None)

    def enlist(self, rows: Iterable[Person]) -> None:
        """Import people as the operator does, and wait until they are listed."""
        operator = self.stage.staff("operator")
        content = sheets.xlsx_bytes(map(sheets.cells_of, rows))
        path = f"{self.stage.registration}/imports"
        made = operator.post(path, {"filename": "daftar.xlsx", "size": len(content)}, expect=201)
        operator.post_form(made["upload"], content)
        wait_for(lambda: operator.get(f"{path}/{made['id']}")["state"] == "SELESAI", "the import")
        self.portal.wait_idle()

    def make_account(self, person: Person) -> Visitor:
        """Take a listed person through Buat Akun; returns him, not signed in yet."""
        me = Visitor(self.portal.base_url)
        steps_person.check_identity(self.stage, person, me)
        me.upload(DocumentType.KTP, files.ktp_jpg(person))
        me.upload(DocumentType.FOTO, files.photo_jpg(person))
        self.portal.wait_idle()
        steps_person.back(me, person["email"])
        me.post("/api/registration/accounts", steps_person.account_form(me), key=new_key(), expect=201)
        return me

    def submit(self, person: Person) -> str:
        """Take a listed person all the way to a submitted dossier; returns his id."""
        return steps_person.complete(self.stage, self.make_account(person), person)


def open_office(portal: Portal, *, bkn: Visitor | None = None) -> Office:
    """Turn the clock to a morning in the entry window and let bkn open a new institution.

    What others left waiting for an instant is done first: with the clock turned back it would wait for weeks.
    """
    stage = Stage(portal.base_url, Report(), sessions=portal.sessions)
    stage.let_drain()
    portal.wait_idle()
    stage.move_clock(OPENING)
    stage.open_institution()
    return Office(portal, stage)
