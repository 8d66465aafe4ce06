"""Invitations by HTTP, as their pages make them."""

from dataclasses import dataclass
from typing import Any

import pyotp

from services.kernel import clock
from services.kernel.security.sessions import Role
from services.registration.app import app
from tests.registration.staff import STAFF_PASSWORD, Desk, desk
from tests.support.aws import Answer, Cloud

NIP = "190001011920021001"
OPENINGS, ACCEPTANCES = "/registration/invitations/openings", "/registration/invitations/acceptances"


def form(**changed: Any) -> dict[str, Any]:
    """The form for a member of staff, to be printed."""
    values = {"login": NIP, "name": "Petugas Contoh", "email": "petugas@contoh.id", "role": "operator"}
    return {**values, "delivery": "CETAK", **changed}


@dataclass
class Invited:
    """Somebody with an invitation in his hand."""

    cloud: Cloud
    by: Desk
    shown: dict[str, Any]
    login: str

    @property
    def token(self) -> str:
        """What the address carries behind its `#`."""
        return str(self.shown["address"]).partition("#")[2]

    def open(self, **changed: Any) -> Answer:
        """Open the address and say the number."""
        return self.cloud.call(app, "POST", OPENINGS, {"token": self.token, "login": self.login, **changed})

    def accept(self, *, steps: int = 0, headers: dict[str, str] | None = None, **changed: Any) -> Answer:
        """Accept with a password and the code the phone shows, some steps off."""
        offered = self.open()
        secret = offered.json["key"] if offered.status == 200 else pyotp.random_base32()
        totp = pyotp.TOTP(secret)
        code = totp.generate_otp(totp.timecode(clock.machine_now()) + steps)
        body = {"token": self.token, "login": self.login, "password": STAFF_PASSWORD, "code": code, **changed}
        return self.cloud.call(app, "POST", ACCEPTANCES, body, headers=headers)

    def handle(self, deed: str, who: Desk | None = None, **body: Any) -> Answer:
        """A deed on the invitation at its present version, by whoever invited or `who`."""
        who = who or self.by
        method = "DELETE" if deed == "" else "POST"
        path = f"/invitations/{self.shown['id']}" + (f"/{deed}" if deed else "")
        return who.call(method, path, {"v": self.v, **body})

    @property
    def v(self) -> int:
        """The version it has now."""
        return int(self.now["v"])

    @property
    def now(self) -> dict[str, Any]:
        """The invitation as whoever invited sees it in the list."""
        items: list[dict[str, Any]] = self.by.call("GET", "/invitations").json["items"]
        return next(one for one in items if one["id"] == self.shown["id"])


def invited(cloud: Cloud, by: Desk | None = None, **changed: Any) -> Invited:
    """Somebody invited, by an admin if nobody else is named."""
    by = by or desk(cloud, Role.ADMIN)
    wanted = form(**changed)
    answer = by.call("POST", "/invitations", wanted)
    assert answer.status == 201, answer.text
    return Invited(cloud, by, answer.json, wanted["login"])
