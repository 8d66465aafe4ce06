"""Whether a person is listed, for himself, without an account: *cek status* (domain.md, sections 2 and 8).

It answers his institution and on which of its lists he stands, nothing else and never a state; for ten years. An
unlisted NIK and a name that differs get one answer after the same reads, so that nobody learns whose NIK is listed
without the name that belongs to it.
"""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security import captcha
from services.kernel.values.alike import Alikeness, compare_names
from services.kernel.values.identity_fields import NikField
from services.kernel.values.texts import clean_text
from services.kernel.writes import gate
from services.kernel.writes.calendar import Round, Window
from services.registration.dossiers.outcome import Stage, stage_of
from services.registration.model.edition import Purpose
from services.registration.people.find_listed import find_listed
from services.registration.sessions.throttle import STATUS_CHECKS_OF_NETWORK, STATUS_CHECKS_OF_NIK
from services.registration.settings import captcha_keys, settings
from services.registration.shared.institution_view import InstitutionView, view_institution
from services.registration.shared.on_lists import OnLists, find_on_lists


class StatusClaim(BaseModel):
    """The form: NIK and full name as on the KTP."""

    nik: NikField
    nama: Annotated[str, Field(max_length=100), AfterValidator(clean_text)]
    captcha: str


class Listing(StrEnum):
    """What the latest list of his institution says of him."""

    NO_LIST = "NO_LIST"
    """It has made none yet."""
    ON_PREFINAL = "ON_PREFINAL"
    NOT_ON_PREFINAL = "NOT_ON_PREFINAL"
    ON_FINAL = "ON_FINAL"
    NOT_ON_FINAL = "NOT_ON_FINAL"


class StatusView(BaseModel):
    """Where he is listed; `made_at` is when that list was made.

    Accounts are made and records completed there from `dossier_opens` to `dossier_closes`; `stage` is his round's.
    """

    institution: InstitutionView
    listing: Listing
    made_at: datetime | None
    stage: Stage
    dossier_opens: datetime
    dossier_closes: datetime


def check_status(claim: StatusClaim, *, network: str, received: datetime) -> StatusView:
    """Look the person up.

    Raises:
        Problem: `not-registered` for an unlisted NIK and for another name, alike; `captcha-failed`; `throttled`.
    """
    captcha.require(claim.captcha, captcha_keys(), settings().ttl_table)
    STATUS_CHECKS_OF_NETWORK.require(network)
    STATUS_CHECKS_OF_NIK.require(f"{claim.nik} {network}")
    person = find_listed(claim.nik)
    if person is None or compare_names(person.nama, claim.nama) is Alikeness.DIFFERENT:
        raise Problem(Code.NOT_REGISTERED)
    round_ = gate.read_round(person.institution, consistent=False)
    return _view(view_institution(person.institution), find_on_lists(person, round_), round_, received)


def _view(institution: InstitutionView, lists: OnLists, round_: Round, received: datetime) -> StatusView:
    listing, made_at = _listing(lists)
    dossier = round_.windows[Window.DOSSIER]
    return StatusView(
        institution=institution,
        listing=listing,
        made_at=None if made_at is None else made_at.astimezone(clock.WIB),
        stage=stage_of(round_, received),
        dossier_opens=dossier.opens.astimezone(clock.WIB),
        dossier_closes=dossier.closes.astimezone(clock.WIB),
    )


_LISTINGS = {
    Purpose.PREFINAL: (Listing.NOT_ON_PREFINAL, Listing.ON_PREFINAL),
    Purpose.SEAL: (Listing.NOT_ON_FINAL, Listing.ON_FINAL),
}


def _listing(lists: OnLists) -> tuple[Listing, datetime | None]:
    latest = lists.final or lists.prefinal
    if latest is None:
        return Listing.NO_LIST, None
    return _LISTINGS[latest.edition.purpose][latest.holds], latest.at
