"""Problem details (RFC 9457): one enum of stable codes, with status here and Indonesian text in problem_texts.py."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

MAX_FIELDS: Final = 50
"""Field problems in one answer: no form of ours has more fields, so more can only be sent to make it large."""
LONGEST_FIELD: Final = 100
"""Characters of a field's name that are repeated to whoever sent it."""


class Code(StrEnum):
    """The `type` of a problem: stable, documented, never reused for another meaning."""

    MALFORMED = "malformed"
    UNAUTHENTICATED = "unauthenticated"
    WRONG_CREDENTIALS = "wrong-credentials"
    FORBIDDEN = "forbidden"
    CAPTCHA_FAILED = "captcha-failed"
    CAPTCHA_REQUIRED = "captcha-required"
    WRONG_CODE = "wrong-code"
    NOT_CONFIRMED = "not-confirmed"
    ENTERED_BY_YOU = "entered-by-you"
    ENTERED_BY_SPONSOR = "entered-by-sponsor"
    SECOND_PERSON_NEEDED = "second-person-needed"
    OWN_ACCOUNT = "own-account"
    OWN_RECORD = "own-record"
    NOT_FOUND = "not-found"
    NOT_REGISTERED = "not-registered"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    CONFLICT = "conflict"
    PERSONAL_NUMBER = "personal-number"
    ACCOUNT_EXISTS = "account-exists"
    VERSION_MOVED = "version-moved"
    ILLEGAL_TRANSITION = "illegal-transition"
    WRONG_PHASE = "wrong-phase"
    VERDICT_TOO_EARLY = "verdict-too-early"
    INVITATION_OVER = "invitation-over"
    APPLICATION_OPEN = "application-open"
    APPLICATION_WITHOUT_LETTER = "application-without-letter"
    TICKET_OVER = "ticket-over"
    HANDOVER_OVER = "handover-over"
    WINDOW_CLOSED = "window-closed"
    WINDOW_NOT_OPEN = "window-not-open"
    RETURN_TOO_LATE = "return-too-late"
    WITHDRAWAL_TOO_LATE = "withdrawal-too-late"
    RERUN_TOO_LATE = "rerun-too-late"
    TOO_LARGE = "too-large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported-media-type"
    INVALID_FIELDS = "invalid-fields"
    INCOMPLETE = "incomplete"
    NOT_BACKED = "not-backed"
    THROTTLED = "throttled"
    INTERNAL = "internal"
    TRY_AGAIN = "try-again"
    OUTCOME_UNKNOWN = "outcome-unknown"


STATUS: dict[Code, int] = {
    Code.MALFORMED: 400,
    Code.UNAUTHENTICATED: 401,
    Code.WRONG_CREDENTIALS: 401,
    Code.FORBIDDEN: 403,
    Code.CAPTCHA_FAILED: 403,
    Code.CAPTCHA_REQUIRED: 403,
    Code.WRONG_CODE: 401,
    Code.NOT_CONFIRMED: 403,
    Code.ENTERED_BY_YOU: 403,
    Code.ENTERED_BY_SPONSOR: 403,
    Code.SECOND_PERSON_NEEDED: 403,
    Code.OWN_ACCOUNT: 409,
    Code.OWN_RECORD: 403,
    Code.NOT_FOUND: 404,
    Code.NOT_REGISTERED: 404,
    Code.METHOD_NOT_ALLOWED: 405,
    Code.CONFLICT: 409,
    Code.PERSONAL_NUMBER: 409,
    Code.ACCOUNT_EXISTS: 409,
    Code.VERSION_MOVED: 409,
    Code.ILLEGAL_TRANSITION: 409,
    Code.WRONG_PHASE: 409,
    Code.VERDICT_TOO_EARLY: 409,
    Code.INVITATION_OVER: 410,
    Code.APPLICATION_OPEN: 409,
    Code.APPLICATION_WITHOUT_LETTER: 409,
    Code.TICKET_OVER: 410,
    Code.HANDOVER_OVER: 410,
    Code.WINDOW_CLOSED: 410,
    Code.WINDOW_NOT_OPEN: 410,
    Code.RETURN_TOO_LATE: 410,
    Code.WITHDRAWAL_TOO_LATE: 410,
    Code.RERUN_TOO_LATE: 410,
    Code.TOO_LARGE: 413,
    Code.UNSUPPORTED_MEDIA_TYPE: 415,
    Code.INVALID_FIELDS: 422,
    Code.INCOMPLETE: 422,
    Code.NOT_BACKED: 422,
    Code.THROTTLED: 429,
    Code.INTERNAL: 500,
    Code.TRY_AGAIN: 503,
    Code.OUTCOME_UNKNOWN: 504,
}


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field of a form: its name, a stable code, and what to do, in Indonesian."""

    field: str
    code: str
    message: str


class Problem(Exception):
    """Something the caller is told. `detail` and `extra` must hold no personal data.

    Args:
        code: which problem; decides status, title and the default detail.
        detail: what happened and what to do next, in Indonesian; None takes the default text.
        fields: per-field problems of a form; the first `MAX_FIELDS` are told.
        retry_after: seconds to wait before trying again, sent as `Retry-After`.
        extra: further members of the problem object (RFC 9457, section 3.2).
    """

    def __init__(
        self,
        code: Code,
        detail: str | None = None,
        *,
        fields: Sequence[FieldProblem] = (),
        retry_after: int | None = None,
        **extra: object,
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.detail = detail
        self.fields = tuple(replace(each, field=each.field[:LONGEST_FIELD]) for each in fields[:MAX_FIELDS])
        self.retry_after = retry_after
        self.extra = extra

    @property
    def status(self) -> int:
        """The HTTP status that goes with the code."""
        return STATUS[self.code]


def invalid_problem(field: str, code: str, message: str) -> Problem:
    """A form with one wrong field."""
    return Problem(Code.INVALID_FIELDS, fields=[FieldProblem(field, code, message)])
