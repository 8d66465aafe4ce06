"""What a member of staff changes of his own account: shown again that it is he, and everything else ends by it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from services.kernel.audit.chain import Event
from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security import privacy
from services.kernel.security.sessions import Actor
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.accounts import second_factor
from services.registration.accounts.second_factor import UsedCode
from services.registration.adapters import account_store
from services.registration.adapters.staff_log import StaffLog
from services.registration.model.account import Account, SecondFactor, StaffPrivate
from services.registration.sessions import lockout
from services.registration.sessions.devices import Device


class OwnDeed(StrEnum):
    """The deeds, as the chain of the institution's staff names them."""

    PASSWORD = "change-password"  # noqa: S105 - a deed's name
    FORGOTTEN = "set-forgotten-password"
    PHONE = "change-phone"
    RECOVERY_CODES = "make-recovery-codes"
    EMAIL = "change-email"
    OWN_NIK = "declare-own-nik"
    END_SIGN_IN = "end-sign-in"


@dataclass(frozen=True)
class Own:
    """The account of whoever asks, with the chain as it stood before it was read."""

    account: Account
    private: StaffPrivate
    log: StaffLog

    @classmethod
    def of(cls, actor: Actor) -> "Own":
        """The account of whoever is signed in.

        Raises:
            Problem: `unauthenticated` where there is none of staff any more.
        """
        log = StaffLog(actor.institution)
        account = account_store.load(actor.id)
        if account is None or account.pid is not None or not account.may_sign_in:
            raise Problem(Code.UNAUTHENTICATED)
        return cls(account, account_store.staff_private(account), log)

    def renewed(self, private: StaffPrivate | None = None, **changed: object) -> Account:
        """The account with these changes, one version on, all its tokens ended.

        `private` is encrypted anew, under a salt of its own.
        """
        salt = self.account.salt if private is None else privacy.new_salt()
        encrypted = self.account.encrypted
        if private is not None and salt is not None:
            encrypted = account_store.encrypt_staff(self.account.id, private, self.account.institution, salt)
        ending = {"token_version": self.account.token_version + 1, "ended": ()}
        fresh = {"v": self.account.v + 1, "salt": salt, "encrypted": encrypted}
        return replace(self.account, **{**ending, **fresh, **changed})  # type: ignore[arg-type]

    def commit(
        self, after: Account, deed: OwnDeed, request: Request, also: Sequence[Operation] = (), **delta: object
    ) -> None:
        """Write the account, and the deed down.

        Raises:
            Problem: `version-moved` when it was changed elsewhere meanwhile.
        """
        event = Event(self.account.id, deed.value, request.received, {"account": self.account.id, **delta})
        if not ungated.commit([account_store.replace(after, self.account), *self.log.note(event), *also]):
            raise Problem(Code.VERSION_MOVED)


def require_code(own: Own, code: str, captcha: str, request: Request, device: Device) -> SecondFactor:
    """Ask for a code of the phone, or a recovery code; returns what is kept once it was used.

    Raises:
        Problem: `invalid-fields` for a wrong or used one, `captcha-required`, `captcha-failed`.
    """
    place = _place(own.account, device, request)
    lockout.admit(place, captcha, crowded=False)
    try:
        used = second_factor.used(own.account, own.private.totp, code)
    except UsedCode:
        sentence = "Kode ini sudah dipakai. Tunggu kode berikutnya di aplikasi autentikator, lalu isi lagi."
        raise invalid_problem("code", "used-code", sentence) from None
    if used is None:
        sentence = "Kode salah. Isi 6 angka yang sedang tampil di aplikasi autentikator, atau satu kode pemulihan."
        raise invalid_problem("code", "wrong-code", sentence)
    lockout.let_in(place)
    return used


def _place(account: Account, device: Device, request: Request) -> lockout.Place:
    return lockout.of_codes(account.id, device if device.knows(account) else None, request.caller.network)
