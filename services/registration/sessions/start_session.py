"""What a right password, or a good refresh token, is answered: a session token and who it speaks of."""

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import BaseModel

from services.kernel.security.sessions import Role
from services.registration.accounts.staff_accounts import own_record
from services.registration.adapters import account_store, person_store
from services.registration.model.account import Account
from services.registration.sessions import families, sign_ins, tokens
from services.registration.sessions.devices import Device
from services.registration.sessions.families import Family
from services.registration.shared.institution_view import InstitutionView, view_institution


class SessionView(BaseModel):
    """Who is signed in, and until when the session token lasts without refreshing."""

    role: Role
    name: str
    institution: InstitutionView | None
    expires_at: datetime


@dataclass(frozen=True)
class Started:
    """A session token with its view, and the sign-in it belongs to; `device` is the browser's new cookie, if any."""

    token: str
    view: SessionView
    family: Family
    device: str | None = None


def begin_session(account: Account, device: Device, agent: str) -> Started:
    """A new sign-in in this browser, which knows the account from now on; it is listed with its `agent`."""
    family = families.begin(account.id, account.token_version, device)
    sign_ins.keep(account.id, family.name, agent)
    return replace(go_on(account, family), device=device.token_after(account))


def go_on(account: Account, family: Family) -> Started:
    """Sign a session token for the account, as part of this sign-in."""
    person = person_store.load(account.pid) if account.pid else None
    claims = tokens.session_claims(account, person, family.name, own=None if person else own_record(account))
    view = SessionView(
        role=claims.role,
        name=person.nama if person else account_store.staff_private(account).name,
        institution=view_institution(claims.institution) if claims.institution else None,
        expires_at=claims.expires_at,
    )
    return Started(tokens.sign(claims), view, family)
