"""Applications by HTTP, as the applicant's page and bkn's make them."""

from dataclasses import dataclass
from typing import Any

from services.kernel.documents import DocumentType, file_id
from services.kernel.events.facts import FileAccepted, FileRejected
from services.kernel.security.sessions import Role
from services.registration.app import app, on_fact
from tests.registration.listed import INSTITUTION, solved
from tests.registration.staff import Desk, desk
from tests.support.aws import Answer, Cloud, envelope, queued

NIP, NAME, EMAIL = "190001011920021001", "Calon Admin Contoh", "kepegawaian@contoh.id"


def apply(cloud: Cloud, *, headers: dict[str, str] | None = None, **changed: Any) -> Answer:
    """The applicant's form, with a fresh captcha."""
    form = {"institution": INSTITUTION, "nip": NIP, "name": NAME, "email": EMAIL, "captcha": solved()}
    return cloud.call(app, "POST", "/registration/applications", {**form, **changed}, headers=headers)


@dataclass
class Applied:
    """Somebody with his number and code, and somebody of bkn."""

    cloud: Cloud
    shown: dict[str, Any]
    bkn: Desk

    @property
    def number(self) -> str:
        """As it is shown, with dashes."""
        return str(self.shown["number"])

    @property
    def subject(self) -> str:
        """Whose his letter is, at documents."""
        return "L" + self.number.replace("-", "")

    def follow(self, deed: str = "lookups", **changed: Any) -> Answer:
        """Look it up, or take it back (`withdrawals`)."""
        opened = {"number": self.number, "code": self.shown["code"], **changed}
        return self.cloud.call(app, "POST", f"/registration/applications/{deed}", opened)

    def letter(self, n: int = 1, refused: str | None = None, subject: str | None = None) -> None:
        """Documents' fact about a letter of his."""
        subject = subject or self.subject
        of = {"institution": INSTITUTION, "v": 2, "subject": subject, "jenis": DocumentType.SURAT, "riwayat": None}
        of["file"] = file_id(subject, DocumentType.SURAT, n)
        kept = {"key": "surat/x", "sha256": "0" * 64, "size": 9, "uploaded_by": subject}
        fact = FileRejected(**of, code="damaged", message=refused) if refused else FileAccepted(**of, **kept)
        assert on_fact(queued([envelope(fact)]), None)["batchItemFailures"] == []

    def seen(self, by: Desk | None = None) -> Answer:
        """The application as bkn sees it."""
        return at(by or self.bkn, "GET", f"/applications/{self.number}")

    def decide(self, by: Desk | None = None, **decision: Any) -> Answer:
        """Decide it, at its present version unless said."""
        body = {"v": self.seen().json["v"], "approved": True, "email": EMAIL, "delivery": "CETAK", **decision}
        return at(by or self.bkn, "POST", f"/applications/{self.number}/decision", body)


def at(who: Desk, method: str, path: str, body: object = None, **more: Any) -> Answer:
    """A request below `/registration` of somebody signed in."""
    actor = who.actor
    token = who.cloud.token(actor.role, actor.institution, sub=actor.id, token_version=1)
    return who.cloud.call(app, method, f"/registration{path}", body, token=token, **more)


def applied(cloud: Cloud, **changed: Any) -> Applied:
    """An application that was taken in."""
    answer = apply(cloud, **changed)
    assert answer.status == 201, answer.text
    return Applied(cloud, answer.json, desk(cloud, Role.BKN))
