"""Every notice the portal can send: to whom, what it carries, and whether it goes out whatever was asked.

Texts stand beside this file, `texts/<language>.toml`. A notice carries the fields declared here and nothing else: no
name, no NIK, no file, no verdict, no reason ("sign in to read"), and only an invitation or a reset a link that lets
somebody in (domain.md, section 11).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from services.kernel.security.personal_number_texts import refuse_personal_number
from services.kernel.security.sessions import Role
from services.kernel.values.crockford import CROCKFORD
from services.kernel.values.texts import clean_paragraph, clean_text
from services.kernel.web.languages import Language

Value = str | int | datetime
"""What a field holds before it is written out."""


class RecipientKind(StrEnum):
    """What a notice is addressed to; the service that sends it knows who that is (`Resolve`)."""

    STAFF = "staff"
    INVITATION = "invitation"
    APPLICATION = "application"
    PERSON = "person"
    """A listed person's account; only a contact that a code has shown to be his is written to."""
    ENROLMENT = "enrolment"
    """Whoever passed the identity check and has no account yet; he is sent codes and nothing else."""
    CASE = "case"
    """Whoever filed a case, at what he gave for it; its id is the number (kernel/cases/number.py)."""


@dataclass(frozen=True)
class Recipient:
    """An account id, an invitation's id, an application's or a case's number; never an address.

    As text `staff#<id>`, as it stands in keys and messages.
    """

    kind: RecipientKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind.value}#{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Recipient":
        """Read the text of one.

        Raises:
            ValueError: it is none.
        """
        kind, _, identifier = text.partition("#")
        return cls(RecipientKind(kind), identifier)


class NoticeKind(StrEnum):
    """The notices there are."""

    STAFF_INVITED = "staff-invited"
    SIGN_IN_RESET = "sign-in-reset"
    PASSWORD_FORGOTTEN = "password-forgotten"  # noqa: S105 - a name
    NEW_DEVICE = "new-device"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - a name
    SECOND_FACTOR_CHANGED = "second-factor-changed"
    EMAIL_CODE = "email-code"
    CONTACT_CHANGED = "contact-changed"
    RECOVERY_CODE_USED = "recovery-code-used"
    ROLE_CHANGED = "role-changed"
    ACCOUNT_DISABLED = "account-disabled"
    APPLICATION_RECEIVED = "application-received"
    APPLICATION_DECIDED = "application-decided"
    COPY_READY = "copy-ready"
    DATA_CORRECTED = "data-corrected"
    RETURNED = "returned"
    VERDICT_GIVEN = "verdict-given"
    REQUEST_DECIDED = "request-decided"
    ACTIVITY_ANSWERED = "activity-answered"
    TAKEN_OFF = "taken-off"
    REQUESTS_OVERDUE = "requests-overdue"
    REQUESTS_WITH_BKN = "requests-with-bkn"
    IMPORT_WAITS = "import-waits"
    CONTACT_CODE = "contact-code"
    RESET_CODE = "reset-code"
    ACCOUNT_MADE = "account-made"
    OWN_PASSWORD_CHANGED = "own-password-changed"  # noqa: S105 - a name
    OWN_CONTACT_CHANGED = "own-contact-changed"
    NIK_CORRECTED = "nik-corrected"
    DEADLINE_NEAR = "deadline-near"
    DEADLINE_NEAR_STAFF = "deadline-near-staff"
    VERIFICATION_REOPENED = "verification-reopened"
    VERIFICATION_REOPENED_STAFF = "verification-reopened-staff"
    ON_PREFINAL_LIST = "on-prefinal-list"
    NOT_ON_PREFINAL_LIST = "not-on-prefinal-list"
    OFFICE_MESSAGE = "office-message"
    RECLAIMED = "reclaimed"
    SHEET_PRINTED = "sheet-printed"
    RECLAIM_OPENED = "reclaim-opened"
    RECLAIM_DECIDED_BY_STAFF = "reclaim-decided-by-staff"
    TITLES_CHANGED = "titles-changed"
    TITLES_RUN = "titles-run"
    CASE_RECEIVED = "case-received"
    CASE_MESSAGE = "case-message"
    CASE_DECIDED = "case-decided"
    CASE_EXPIRED = "case-expired"
    CASE_ESCALATED = "case-escalated"
    CASE_DIVIDED = "case-divided"
    CASE_STANDS = "case-stands"
    CASE_DUE_STAFF = "case-due-staff"
    CASE_OVERDUE_STAFF = "case-overdue-staff"
    TANGGAPAN_FILED = "tanggapan-filed"


@dataclass(frozen=True)
class About:
    """What holds of one kind of notice.

    Args:
        to: whom it may be addressed to.
        fields: the names of what it carries, each of `FIELDS`.
        lets_in: whether its link, with `token`, lets somebody in.
        always: whether it also goes to an address that bounced or whose owner said stop: whoever loses an account must
            hear of it, and whoever asked for a link waits for it.
    """

    to: frozenset[RecipientKind]
    fields: frozenset[str]
    lets_in: bool = False
    always: bool = True


_INVITATION = frozenset({RecipientKind.INVITATION})
_STAFF = frozenset({RecipientKind.STAFF})
_APPLICATION = frozenset({RecipientKind.APPLICATION})
_PERSON = frozenset({RecipientKind.PERSON})
_CASE = frozenset({RecipientKind.CASE})

CATALOGUE: Final[Mapping[NoticeKind, About]] = {
    NoticeKind.STAFF_INVITED: About(_INVITATION, frozenset({"institution", "role", "until", "token"}), lets_in=True),
    NoticeKind.SIGN_IN_RESET: About(_INVITATION, frozenset({"until", "token"}), lets_in=True),
    NoticeKind.PASSWORD_FORGOTTEN: About(_STAFF, frozenset({"until", "token"}), lets_in=True),
    NoticeKind.NEW_DEVICE: About(_STAFF, frozenset({"at", "browser"})),
    NoticeKind.PASSWORD_CHANGED: About(_STAFF, frozenset({"at"})),
    NoticeKind.SECOND_FACTOR_CHANGED: About(_STAFF, frozenset({"at"})),
    NoticeKind.EMAIL_CODE: About(_STAFF, frozenset({"code"})),
    NoticeKind.CONTACT_CHANGED: About(_STAFF, frozenset({"at"})),
    NoticeKind.RECOVERY_CODE_USED: About(_STAFF, frozenset({"at", "left"})),
    NoticeKind.ROLE_CHANGED: About(_STAFF, frozenset({"at", "role"})),
    NoticeKind.ACCOUNT_DISABLED: About(_STAFF, frozenset({"at"})),
    NoticeKind.APPLICATION_RECEIVED: About(_APPLICATION, frozenset({"number"}), always=False),
    NoticeKind.APPLICATION_DECIDED: About(_APPLICATION, frozenset({"number"}), always=False),
    NoticeKind.COPY_READY: About(_PERSON, frozenset({"until"}), always=False),
    NoticeKind.RETURNED: About(_PERSON, frozenset({"at"}), always=False),
    NoticeKind.VERDICT_GIVEN: About(_PERSON, frozenset({"at"}), always=False),
    NoticeKind.REQUEST_DECIDED: About(_PERSON, frozenset({"at"}), always=False),
    NoticeKind.ACTIVITY_ANSWERED: About(_PERSON, frozenset({"at"}), always=False),
    NoticeKind.TAKEN_OFF: About(_PERSON, frozenset({"at"})),
    NoticeKind.REQUESTS_OVERDUE: About(_STAFF, frozenset({"count"}), always=False),
    NoticeKind.REQUESTS_WITH_BKN: About(_STAFF, frozenset({"count"}), always=False),
    NoticeKind.IMPORT_WAITS: About(_STAFF, frozenset({"count"}), always=False),
    NoticeKind.DATA_CORRECTED: About(_PERSON, frozenset({"at", "corrected"}), always=False),
    NoticeKind.CONTACT_CODE: About(_PERSON | {RecipientKind.ENROLMENT}, frozenset({"code"})),
    NoticeKind.RESET_CODE: About(_PERSON, frozenset({"code"})),
    NoticeKind.ACCOUNT_MADE: About(_PERSON, frozenset({"at"})),
    NoticeKind.OWN_PASSWORD_CHANGED: About(_PERSON, frozenset({"at"})),
    NoticeKind.OWN_CONTACT_CHANGED: About(_PERSON, frozenset({"at"})),
    NoticeKind.NIK_CORRECTED: About(_PERSON, frozenset({"at"})),
    NoticeKind.DEADLINE_NEAR: About(_PERSON, frozenset({"until"}), always=False),
    NoticeKind.DEADLINE_NEAR_STAFF: About(
        _STAFF, frozenset({"until", "windows", "drafts", "unsubmitted", "undecided"}), always=False
    ),
    NoticeKind.VERIFICATION_REOPENED: About(_PERSON, frozenset({"until"}), always=False),
    NoticeKind.VERIFICATION_REOPENED_STAFF: About(_STAFF, frozenset({"until", "undecided"}), always=False),
    NoticeKind.ON_PREFINAL_LIST: About(_PERSON, frozenset({"at"}), always=False),
    NoticeKind.NOT_ON_PREFINAL_LIST: About(_PERSON, frozenset({"at"}), always=False),
    NoticeKind.OFFICE_MESSAGE: About(_STAFF, frozenset({"message"}), always=False),
    NoticeKind.RECLAIMED: About(_PERSON, frozenset({"at"})),
    NoticeKind.SHEET_PRINTED: About(_PERSON, frozenset({"at"})),
    NoticeKind.RECLAIM_OPENED: About(_PERSON, frozenset({"at", "until"})),
    NoticeKind.RECLAIM_DECIDED_BY_STAFF: About(_PERSON, frozenset({"at"})),
    NoticeKind.TITLES_CHANGED: About(_PERSON, frozenset({"at"}), always=False),
    NoticeKind.TITLES_RUN: About(_STAFF, frozenset({"count", "voided"}), always=False),
    NoticeKind.CASE_RECEIVED: About(_CASE, frozenset({"number", "access_code"}), always=False),
    NoticeKind.CASE_MESSAGE: About(_CASE, frozenset({"number"}), always=False),
    NoticeKind.CASE_DECIDED: About(_CASE, frozenset({"number"}), always=False),
    NoticeKind.CASE_EXPIRED: About(_CASE, frozenset({"number"}), always=False),
    NoticeKind.CASE_ESCALATED: About(_CASE, frozenset({"number"}), always=False),
    NoticeKind.CASE_DIVIDED: About(_CASE, frozenset({"number"}), always=False),
    NoticeKind.CASE_STANDS: About(_CASE, frozenset({"number"}), always=False),
    NoticeKind.CASE_DUE_STAFF: About(_STAFF, frozenset({"count"}), always=False),
    NoticeKind.CASE_OVERDUE_STAFF: About(_STAFF, frozenset({"count"}), always=False),
    NoticeKind.TANGGAPAN_FILED: About(_PERSON, frozenset({"at"}), always=False),
}
"""Whether an application was granted, or how a case was decided, stands on its page, not in the notice: that would be a
verdict."""

_COUNTS: Final = frozenset({"left", "count", "drafts", "unsubmitted", "undecided", "voided"})
FIELDS: Final = _COUNTS | {
    "institution",
    "role",
    "at",
    "until",
    "browser",
    "number",
    "code",
    "access_code",
    "token",
    "corrected",
    "windows",
    "message",
}
_MAX_TITLE = 200
LONGEST_MESSAGE: Final = 1000
"""Characters of what bkn writes to institutions."""
_PATTERNS: Final = {
    "corrected": re.compile(r"[a-z_]{2,40}[0-9]?(,[a-z_]{2,40}[0-9]?){0,39}"),
    "windows": re.compile(r"(ENTRY|DOSSIER|CORRECTION|VERIFICATION)(,(ENTRY|DOSSIER|CORRECTION|VERIFICATION)){0,3}"),
    "number": re.compile(r"[A-Z]{1,3}(-[0-9A-Z]{2,8}){1,4}"),
    "browser": re.compile(r"[A-Za-z ·]{0,60}"),
    "code": re.compile(r"[0-9]{6}"),
    "access_code": re.compile(rf"[{CROCKFORD}]{{4}}(-[{CROCKFORD}]{{4}}){{2}}"),
    "token": re.compile(r"[A-Za-z0-9._~-]{20,400}"),
}
_ROLES: Final = frozenset(role.value for role in Role)
_ADDRESS = re.compile(r"://|www\.|@")
_EVENT = re.compile(r"[A-Za-z0-9._-]{1,100}")
_ID = re.compile(r"[A-Za-z0-9._-]{1,80}")


@dataclass(frozen=True)
class Notice:
    """Somebody is to be told of something, once.

    Args:
        kind: which of the catalogue.
        event: names the deed, the same at every try of it and never again afterwards, e.g.
            `password.<account id>.<version>`: `(event, recipient)` is told once.
        recipient: whom.
        fields: what it carries, exactly what `CATALOGUE` says; instants aware.
        institution: code of the institution whose key encrypts it until it is sent; None: the national one.
        until: after it nobody is written to any more; that of the field of the same name where there is one.
        address: where it goes instead of to what the recipient's reference says, e.g. to an address that has just been
            given up; encrypted with the fields. Tell it under an event of its own (`….former`). A phone in E.164 gets
            an SMS.
        language: which one whoever reads at `address` reads.
    """

    kind: NoticeKind
    event: str
    recipient: Recipient
    fields: Mapping[str, Value] = field(repr=False)
    institution: str | None = None
    until: datetime | None = None
    address: str | None = field(default=None, repr=False)
    language: Language = Language.INDONESIAN

    def __post_init__(self) -> None:
        """Refuse what the catalogue does not declare.

        Raises:
            ValueError: naming the kind and the field, no value.
        """
        about = CATALOGUE[self.kind]
        if self.recipient.kind not in about.to or not _ID.fullmatch(self.recipient.id):
            raise ValueError(f"{self.kind}: not for such a recipient")
        if not _EVENT.fullmatch(self.event):
            raise ValueError(f"{self.kind}: not the name of an event")
        if self.fields.keys() != about.fields:
            raise ValueError(f"{self.kind}: carries {sorted(about.fields)}, not {sorted(self.fields)}")
        wrong = [name for name, value in self.fields.items() if not _fits(name, value)]
        if wrong:
            raise ValueError(f"{self.kind}: not such values: {', '.join(sorted(wrong))}")

    @property
    def last(self) -> datetime | None:
        """The instant after which it is of no use."""
        until = self.fields.get("until", self.until)
        return until if isinstance(until, datetime) else None


def _fits(name: str, value: Value) -> bool:
    if name in {"at", "until"}:
        return isinstance(value, datetime) and value.tzinfo is not None
    if name in _COUNTS:
        return isinstance(value, int) and value >= 0
    if not isinstance(value, str):
        return False
    if name == "role":
        return value in _ROLES
    if name == "message":
        return is_message(value)
    return bool(_PATTERNS[name].fullmatch(value)) if name in _PATTERNS else is_title(value)


def is_message(text: str) -> bool:
    """Whether it may be what bkn writes to institutions: lines of text without a number or an address of anybody's."""
    if not text.strip() or len(text) > LONGEST_MESSAGE or find_address(text):
        return False
    try:
        return refuse_personal_number(clean_paragraph(text)) == text
    except ValueError:
        return False


def find_address(text: str) -> bool:
    """Whether an address of a site or of somebody's mail stands in a text."""
    return bool(_ADDRESS.search(text))


def is_title(text: str) -> bool:
    """Whether it may be an institution's name: one line of public text without a number or an address of anybody's."""
    if len(text) > _MAX_TITLE or find_address(text):
        return False
    try:
        return refuse_personal_number(clean_text(text)) == text
    except ValueError:
        return False
