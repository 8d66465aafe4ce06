"""What an admin or bkn changes of an account of staff: its role and units, or that it is none any more."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from pydantic import BaseModel, Field

from services.kernel.audit.chain import Event
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import NATIONAL, Actor, Role
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.access.unit_scope import require_assignable
from services.registration.accounts.staff_accounts import StaffAccountView, load_staff, view_staff
from services.registration.adapters import account_store
from services.registration.adapters.staff_log import StaffLog
from services.registration.invitations import who_may
from services.registration.invitations.invite_staff import Units
from services.registration.model.account import Account, AccountState
from services.registration.shared.tell import tell_duties
from services.registration.shared.views import WithReason


class StaffDeed(StrEnum):
    """The deeds on an account, as the chain names them."""

    CHANGE = "change-role"
    DISABLE = "disable-account"
    FORGET_OWN_NIK = "forget-own-nik"


class NewDuties(WithReason):
    """The role and units somebody has from now on, and why; no units are all of the institution's."""

    role: Role
    units: Units = Field(default_factory=list)


class Changed(BaseModel):
    """The version of the account since."""

    v: int


Change = Callable[[Account], Account]


def change_role(user: str, duties: NewDuties, *, code: str, request: Request) -> StaffAccountView:
    """Give somebody of the institution another role or other units; he signs in anew.

    Raises:
        Problem: `not-found`, `own-account`, `forbidden` where either role is not one's to give, `illegal-transition`
            for an account that is not active, `invalid-fields` for units that cannot be given,
            `version-moved`.
    """

    def change(account: Account) -> Account:
        _require_active(account)
        _require_reach(request.actor, account, duties.role)
        require_assignable(duties.role, duties.units, account.institution)
        sponsors = dict.fromkeys([*account.sponsors, request.actor.id])
        return replace(account, role=duties.role, units=tuple(duties.units), sponsors=tuple(sponsors))

    return _changed(user, duties, change, StaffDeed.CHANGE, code, request)


def disable_staff(user: str, wish: WithReason, *, code: str, request: Request) -> StaffAccountView:
    """Take an account away from whoever has it; a new invitation gives it back.

    Raises:
        Problem: `not-found`, `own-account`, `forbidden` where his role is not one's to give, `illegal-transition` for
            one that is disabled, `version-moved`.
    """

    def change(account: Account) -> Account:
        if account.state is AccountState.NONAKTIF:
            raise Problem(Code.ILLEGAL_TRANSITION, "Akun ini sudah dinonaktifkan.")
        _require_reach(request.actor, account, account.role)
        return replace(account, state=AccountState.NONAKTIF)

    return _changed(user, wish, change, StaffDeed.DISABLE, code, request)


def release_own_nik(user: str, wish: WithReason, *, code: str, request: Request) -> StaffAccountView:
    """Let somebody say anew which NIK is his, when he said a wrong one.

    Raises:
        Problem: `not-found`, `own-account`, `forbidden` where his role is not one's to give, `version-moved`.
    """

    def change(account: Account) -> Account:
        _require_reach(request.actor, account, account.role)
        return replace(account, own=None)

    return _changed(user, wish, change, StaffDeed.FORGET_OWN_NIK, code, request)


def _changed(
    user: str, wish: WithReason, change: Change, deed: StaffDeed, code: str, request: Request
) -> StaffAccountView:
    """What both have in common: not one's own, on the version one saw, written down, and all tokens end."""
    # The chain's head is read first: of two who disable each other at once one comes second, so that of bkn, where
    # nobody disables himself, one is always left.
    log = StaffLog(who_may.institution_of(code))
    account = load_staff(user, code, request.actor)
    if account.id == request.actor.id:
        raise Problem(Code.OWN_ACCOUNT)

    def work() -> Changed:
        if account.v != wish.v:
            raise Problem(Code.VERSION_MOVED)
        after = replace(change(account), v=account.v + 1, token_version=account.token_version + 1, ended=())
        done = Changed(v=after.v)
        noted = log.note(_event(deed, account, after, wish.reason, request))
        told = tell_duties(after) if deed is not StaffDeed.FORGET_OWN_NIK else ()
        if not ungated.commit([account_store.replace(after, account), *noted, *told, *request.once.remember(done)]):
            raise Problem(Code.VERSION_MOVED)
        return done

    request.once.answer(Changed, work)
    return view_staff(load_staff(user, code, request.actor))


def _require_active(account: Account) -> None:
    if account.state is not AccountState.AKTIF:
        raise Problem(Code.ILLEGAL_TRANSITION, "Akun ini tidak aktif. Undang kembali pemiliknya.")


def _require_reach(actor: Actor, account: Account, role: Role) -> None:
    """Both the role he has and the one he gets must be the actor's to give; national ones are never exchanged."""
    reach = who_may.GIVES.get(actor.role, frozenset())
    if role == account.role and account.role in NATIONAL:
        reach |= who_may.PROPOSES.get(actor.role, frozenset())
    if not {account.role, role} <= reach:
        raise Problem(Code.FORBIDDEN)


def _event(deed: StaffDeed, before: Account, after: Account, reason: str, request: Request) -> Event:
    changed: dict[str, list[object]] = {
        "role": [before.role.value, after.role.value],
        "units": [list(before.units), list(after.units)],
        "state": [before.state.value, after.state.value],
    }
    delta: dict[str, object] = {name: both for name, both in changed.items() if both[0] != both[1]}
    delta |= {"account": after.id, "reason": reason}
    return Event(request.actor.id, deed.value, request.received, delta)
