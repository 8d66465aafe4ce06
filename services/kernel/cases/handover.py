"""A case handed over from announcements to registration, by the browser of whoever decides, who cannot read it.

A decision that changes a record is a gated write in registration, and needs what announcements was told: of an usulan
NIK, name and birth date. Facts carry nothing personal, so a token does (AWS KMS, *Encrypt*): announcements encrypts it
under `purpose=case-handover` and the institution, registration alone may decrypt it. It is good for one decider and ten
minutes; that a decision is taken once is registration's condition (its item of the case).
"""

import base64
import binascii
from datetime import datetime, timedelta
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.kernel import clock
from services.kernel.aws import kms
from services.kernel.cases import CaseKind
from services.kernel.settings import settings

TTL: Final = timedelta(minutes=10)
MAX_LENGTH: Final = 8_000
"""Characters of a token; what KMS encrypts at once has 4,096 bytes."""


class Proposed(BaseModel):
    """Whom an usulan is about, as it was written: `nik` 16 digits, `tanggal_lahir` ISO 8601."""

    model_config = ConfigDict(frozen=True)

    nik: str = Field(repr=False)
    nama: str = Field(repr=False)
    tanggal_lahir: str = Field(repr=False)
    unit_kerja: str
    jabatan: str


class Handover(BaseModel):
    """What registration is handed.

    `decision` is the id of the decision that announcements has noted and takes once registration tells of it
    (`CaseSettled`); `accepted` what it is. `by` is the account that may use it. `pid` is whom it concerns, None of an
    usulan, which says `proposed` instead. `until` is in milliseconds since 1970.
    """

    model_config = ConfigDict(frozen=True)

    case: str
    kind: CaseKind
    institution: str
    decision: str
    accepted: bool
    by: str
    until: int
    pid: str | None = None
    proposed: Proposed | None = None


def hand_over(handover: Handover) -> str:
    """The token, for the institution it names."""
    said = handover.model_dump_json(exclude_none=True).encode()
    return base64.urlsafe_b64encode(kms.encrypt(settings().key_arn, said, _context(handover.institution))).decode()


def take_over(token: str, *, institution: str, by: str, now: datetime) -> Handover | None:
    """What was handed over; None where it is not genuine, is over, or was for another institution or decider."""
    try:
        said = kms.decrypt_or_none(base64.urlsafe_b64decode(token), _context(institution))
        handover = None if said is None else Handover.model_validate_json(said)
    except (binascii.Error, ValueError, ValidationError):
        return None
    if handover is None or handover.institution != institution or handover.by != by:
        return None
    return handover if clock.millis(now) < handover.until else None


def _context(institution: str) -> dict[str, str]:
    return {"purpose": "case-handover", "institution": institution, "stage": settings().stage}
