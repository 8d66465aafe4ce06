"""Routes of what is asked of BKN, and granted, against an institution's letter."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from services.finalization.api import ADMIN, BKN, api
from services.finalization.extensions.decide_extension import Decision, decide_extension
from services.finalization.extensions.extending import Movable
from services.finalization.extensions.grant_extension import grant_extension
from services.finalization.extensions.request_extension import request_extension
from services.finalization.institution.get_after import get_after
from services.finalization.institution.get_institution import InstitutionView
from services.finalization.institution.reopen_for_usulan import reopen_for_usulan
from services.finalization.institution.reopen_institution import reopen_institution
from services.finalization.institution.reopen_verification import reopen_verification
from services.finalization.model.extension_states import ExtensionState
from services.finalization.model.institution import Letter, require_number
from services.finalization.requests import EmptyIsNone, Explained, Instant, Line, Paragraph, Versioned
from services.finalization.waivers.grant_waiver import grant_waiver
from services.finalization.waivers.withdraw_waiver import withdraw_waiver
from services.kernel.security.sessions import Role
from services.kernel.values.dates import DayField
from services.kernel.web.replies import Accepted
from services.kernel.web.request import Request
from services.kernel.writes.calendar import Window


def _with_what_it_takes(windows: dict[Window, datetime]) -> dict[Window, datetime]:
    if not {Window.CORRECTION, Window.VERIFICATION} <= windows.keys():
        raise ValueError("missing|Isi waktu penutupan untuk CORRECTION dan VERIFICATION.")
    return windows


class LetterBody(BaseModel):
    """A letter; `file` is the institution's accepted upload of type SURAT."""

    number: Line
    date: DayField
    file: Annotated[str | None, Field(max_length=120), EmptyIsNone] = None

    def letter(self) -> Letter:
        """The letter as it is put on record."""
        return Letter(self.number, self.date, self.file)


class ExtensionBody(Versioned):
    """Which windows close when, against which letter."""

    windows: dict[Movable, Instant] = Field(min_length=1)
    letter: LetterBody


class ExtensionDecisionBody(Versioned):
    """What BKN decides about an extension asked for; `windows` grants other instants than those asked for."""

    decision: Literal[ExtensionState.DIBERI, ExtensionState.DITOLAK]
    reason: Annotated[Paragraph | None, EmptyIsNone] = None
    windows: Annotated[dict[Movable, Instant] | None, Field(min_length=1)] = None


class WaiverBody(Versioned):
    """Until which day one person may decide on what he entered himself, against which letter, and why."""

    until: DayField
    letter: LetterBody
    reason: Explained


class WithdrawalBody(Versioned):
    """Why the waiver ends before its day."""

    reason: Explained


class RecheckBody(Versioned):
    """Until when verdicts may be given again, 14 days at most, and why."""

    closes: Instant
    reason: Paragraph


class ReopeningBody(Versioned):
    """Which windows open again until when, against which letter, and why; corrections need verdicts after them."""

    windows: Annotated[dict[Window, Instant], AfterValidator(_with_what_it_takes)]
    letter: LetterBody
    reason: Paragraph


@api.route("POST", "/institutions/{code}/extensions", roles=ADMIN | BKN, status=201)
def extensions(code: str, body: ExtensionBody, request: Request) -> InstitutionView | Accepted[InstitutionView]:
    """Let windows of one institution close later, against its letter: bkn grants it, the admin asks for it (202)."""
    letter = body.letter.letter()
    if request.actor.role is Role.BKN:
        return get_after(request, lambda: grant_extension(code, body.windows, letter, body.v, request))
    return Accepted(get_after(request, lambda: request_extension(code, body.windows, letter, body.v, request)))


@api.route("POST", "/extensions/{extension}/decision", roles=BKN)
def extension_decision(extension: str, body: ExtensionDecisionBody, request: Request) -> InstitutionView:
    """Grant the extension that was asked for, or refuse it."""
    decision = Decision(body.decision, body.reason, body.windows)
    return get_after(request, lambda: decide_extension(extension, decision, body.v, request))


@api.route("POST", "/institutions/{code}/reopening", roles=BKN)
def reopening(code: str, body: ReopeningBody, request: Request) -> InstitutionView:
    """Open a finalized round again; its SPTJM is void."""
    letter = body.letter.letter()
    return get_after(request, lambda: reopen_institution(code, body.windows, letter, body.reason, body.v, request))


@api.route("POST", "/institutions/{code}/verification-reopening", roles=BKN)
def verification_reopening(code: str, body: RecheckBody, request: Request) -> InstitutionView:
    """Let verdicts be given again, and nothing else, for who had submitted and was left undecided; without a letter."""
    return get_after(request, lambda: reopen_verification(code, body.closes, body.reason, body.v, request))


@api.route("POST", "/institutions/{code}/usulan-reopening", roles=BKN)
def usulan_reopening(code: str, body: Versioned, request: Request) -> InstitutionView:
    """Open corrections and dossiers again for five days, for usulan left undecided; without a letter."""
    return get_after(request, lambda: reopen_for_usulan(code, body.v, request))


@api.route("POST", "/institutions/{code}/waivers", roles=BKN, status=201)
def waivers(code: str, body: WaiverBody, request: Request) -> InstitutionView:
    """Let one person of an office decide on what he entered himself, until a day; shown to its PPK and the public."""
    letter = body.letter.letter()
    return get_after(request, lambda: grant_waiver(code, letter, body.reason, body.until, body.v, request))


@api.route("POST", "/institutions/{code}/waivers/{number}/withdrawal", roles=BKN)
def waiver_withdrawal(code: str, number: str, body: WithdrawalBody, request: Request) -> InstitutionView:
    """End a waiver before its day."""
    return get_after(request, lambda: withdraw_waiver(code, require_number(number), body.reason, body.v, request))
