"""Members of staff at their desks: accounts that are really there, and requests as their tokens make them."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyotp

from services.kernel import clock
from services.kernel.audit import chain as audit
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Item
from services.kernel.documents.openings import sign_opening
from services.kernel.security import privacy
from services.kernel.security.sessions import NATIONAL, Actor, Role
from services.registration.accounts import passwords, second_factor
from services.registration.adapters import access_log, account_store
from services.registration.app import app
from services.registration.model.account import Account, AccountState, SecondFactor, StaffPrivate
from services.registration.search.keep_search import check_search
from services.registration.settings import files_key, settings
from tests.registration.listed import INSTITUTION
from tests.support.aws import Answer, Cloud
from tools.sample import people as generated
from tools.sample.verdicts import decision_of


@dataclass(frozen=True)
class Desk:
    """Somebody signed in; paths are below `/registration/institutions/<institution>`."""

    cloud: Cloud
    actor: Actor
    institution: str

    def call(self, method: str, path: str, body: object = None, **more: Any) -> Answer:
        """Send a request in this person's name; what the list of people is read from is up to date then."""
        if method == "GET" and path.partition("?")[0] == "/people":
            check_search(self.institution)
        token = self.cloud.token(
            self.actor.role,
            self.actor.institution,
            sub=self.actor.id,
            units=list(self.actor.units),
            own=self.actor.own,
            token_version=self.actor.token_version,
        )
        full = f"/registration/institutions/{self.institution}{path}"
        return self.cloud.call(app, method, full, body, token=token, **more)

    def enter(self, row: dict[str, Any], **more: Any) -> Answer:
        """Enter one person by hand."""
        return self.call("POST", "/people", row, **more)

    def detail(self, pid: str) -> dict[str, Any]:
        """One person's record."""
        answer = self.call("GET", f"/people/{pid}")
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def decide(self, pid: str, v: int, decision: str, reason: str | None = "alasan", **more: Any) -> Answer:
        """Decide on a person; with a reason, which a row without papers needs."""
        way, body = decision_of(v, decision, reason)
        return self.call("POST", f"/people/{pid}/{way}", body, **more)

    def judge(self, pid: str, v: int, criteria: Sequence[Any], opened: Sequence[str] = (), **more: Any) -> Answer:
        """Decide on a person criterion by criterion, with the openings of the papers that were read."""
        body = {"v": v, "criteria": list(criteria), "opened": list(opened)}
        return self.call("POST", f"/people/{pid}/verdicts", body, **more)

    def open_papers(self, pid: str) -> list[str]:
        """The openings of every paper a verdict on him rests on, as documents gives them."""
        resting = self.detail(pid)["deciding"]["resting"]
        return [sign_opening(files_key(), one["file"], by=self.actor.id, now=clock.now()) for one in resting]

    def delete(self, pid: str, v: int, reason: str = "salah ketik", **more: Any) -> Answer:
        """Take a person off the roster."""
        return self.call("DELETE", f"/people/{pid}", {"v": v, "reason": reason}, **more)


def desk(
    cloud: Cloud,
    role: Role | str,
    institution: str = INSTITUTION,
    *,
    units: Sequence[str] = (),
    number: int = 1,
    own: str | None = None,
    sponsors: Sequence[str] = (),
) -> Desk:
    """A desk for somebody with this role.

    `number` tells colleagues apart, `own` is the pid of his own NIK, `sponsors` are the accounts that invited him.
    """
    role = Role(role)
    office = None if role in NATIONAL else institution
    identifier, salt = account_store.staff_id(f"{role}{office}{number}"), privacy.new_salt()
    account = Account(
        id=identifier,
        role=role,
        institution=office,
        units=tuple(units),
        pid=None,
        password_hash="",
        token_version=1,
        state=AccountState.AKTIF,
        v=1,
        salt=salt,
        encrypted=account_store.encrypt_staff(
            identifier, StaffPrivate(f"Petugas {role} {number}", "0" * 18), office, salt
        ),
        sponsors=tuple(sponsors),
    )
    if account_store.load(identifier) is None:
        dynamodb.transact([account_store.put_new(account)])
    actor = Actor(id=identifier, role=role, institution=office, units=tuple(units), own=own, token_version=1)
    return Desk(cloud, actor, institution)


STAFF_PASSWORD = "becak biru di simpang lima"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of the one-time codes of `staff_account`."""


def staff_account(
    login: str,
    role: Role = Role.BKN,
    institution: str | None = None,
    *,
    name: str = "Petugas Contoh",
    recovery: Sequence[str] = (),
    **more: Any,
) -> Account:
    """An active account that signs in with `STAFF_PASSWORD` and the codes of `SECRET`, as an invitation leaves it."""
    identifier, salt = account_store.staff_id(login), privacy.new_salt()
    private = StaffPrivate(name, login, "petugas@contoh.id", SECRET)
    account = Account(
        id=identifier,
        role=role,
        institution=institution,
        units=tuple(more.pop("units", ())),
        pid=None,
        password_hash=_hashed(STAFF_PASSWORD),
        token_version=1,
        state=AccountState.AKTIF,
        v=1,
        salt=salt,
        encrypted=account_store.encrypt_staff(identifier, private, institution, salt),
        second=SecondFactor(0, second_factor.kept(identifier, list(recovery))),
        **more,
    )
    dynamodb.transact([account_store.put_new(account)])
    return account


def enter_password(cloud: Cloud, login: str, password: str = STAFF_PASSWORD, **more: Any) -> Answer:
    """The first step of staff's sign-in."""
    return cloud.call(app, "POST", "/registration/staff-sessions", {"login": login, "password": password}, **more)


def enter_code(cloud: Cloud, first: Answer, code: str | None = None, **more: Any) -> Answer:
    """The second one, with what the first one was answered; `code` None is the phone's present one."""
    cookies = {**first.cookies, **more.pop("cookies", {})}
    body = {"code": pyotp.TOTP(SECRET).now() if code is None else code}
    return cloud.call(app, "POST", "/registration/staff-sessions/second-factor", body, cookies=cookies, **more)


def sign_in_staff(cloud: Cloud, login: str, **more: Any) -> Answer:
    """Both."""
    return enter_code(cloud, enter_password(cloud, login, **more), **more)


@functools.cache
def _hashed(password: str) -> str:
    return passwords.hash_password(password)


def readings(institution: str = INSTITUTION) -> list[tuple[str, str, dict[str, Any]]]:
    """Who from outside read the institution's lists: actor, action, and what he was shown."""
    lists = access_log.lists_of(institution)
    head = dynamodb.get(settings().table, access_log.head_key(lists)) or {"salt": b""}

    def shown(link: Item) -> dict[str, Any]:
        return audit.open_delta(link, institution=institution, salt=head["salt"])

    return [(link["actor"], link["action"], shown(link)) for link in audit.read(audit.access_chain(lists))]


def row(seed: int, **changes: Any) -> dict[str, Any]:
    """A generated person's row of the template, without what he himself gives."""
    made = generated.person(seed, **changes)
    return {name: value for name, value in made.items() if name not in {"nomor_kk", "hp", "email"}}


def at(text: str) -> datetime:
    """An instant, ISO 8601 with offset."""
    return datetime.fromisoformat(text)
