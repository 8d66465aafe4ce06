"""A person who asks, and those who decide."""

from typing import Any

import pytest

from services.kernel.documents import DocumentType, new_history_id
from services.kernel.security.sessions import Role
from services.registration.adapters import person_store
from services.registration.app import app
from services.registration.model.person import Person
from services.registration.settings import files_key
from tests.registration.listed import accept, portal, stand_complete, token_of
from tests.registration.staff import Desk, desk
from tests.support.aws import Answer, Cloud

__all__ = ["portal"]


class Asker:
    """A listed person with a complete dossier; paths are below `/registration/me`."""

    def __init__(self, cloud: Cloud) -> None:
        """Sign him in."""
        self.cloud, self.pid = cloud, stand_complete(cloud).pid

    @property
    def person(self) -> Person:
        """As he is stored."""
        return person_store.load(self.pid)

    def call(self, method: str, path: str, body: object = None, **more: Any) -> Answer:
        """Send a request in his name."""
        token = token_of(self.cloud, self.person)
        return self.cloud.call(app, method, f"/registration/me{path}", body, token=token, **more)

    def evidence(self, n: int = 1) -> str:
        """The id of a request, with an accepted paper that names it."""
        identifier = new_history_id(files_key(), self.pid)
        accept(self.pid, DocumentType.BUKTI_PERBAIKAN, identifier, n=n)
        return identifier

    def ask(self, identifier: str, fields: dict[str, Any], reason: str = "Lihat SK", **more: Any) -> Answer:
        """Ask to have fields put right."""
        body = {"id": identifier, "v": self.person.v, "fields": fields, "reason": reason}
        return self.call("POST", "/requests", body, **more)

    def asked(self, fields: dict[str, Any], n: int = 1) -> str:
        """The id of a request that was taken in."""
        identifier = self.evidence(n)
        answer = self.ask(identifier, fields)
        assert answer.status == 201, answer.text
        return identifier


@pytest.fixture
def asker(portal: Cloud) -> Asker:
    return Asker(portal)


@pytest.fixture
def operator(portal: Cloud) -> Desk:
    return desk(portal, Role.OPERATOR, number=31)


@pytest.fixture
def admin(portal: Cloud) -> Desk:
    return desk(portal, Role.ADMIN, number=32)


@pytest.fixture
def bkn(portal: Cloud) -> Desk:
    return desk(portal, Role.BKN, number=33)


def decide(staff: Desk, asker: Asker, identifier: str, **verdicts: str | bool) -> Answer:
    """Decide: True accepts a field, a text refuses it for that reason."""
    fields = [
        {"name": name, "accepted": verdict is True, "reason": verdict if isinstance(verdict, str) else ""}
        for name, verdict in verdicts.items()
    ]
    path = f"/people/{asker.pid}/requests/{identifier}/decision"
    return staff.call("POST", path, {"v": asker.person.v, "fields": fields})
