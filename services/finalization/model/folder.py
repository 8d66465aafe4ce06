"""An institution's record with what is kept beside it."""

from dataclasses import dataclass, field
from datetime import datetime

from services.finalization.model.announced import Announced
from services.finalization.model.counts import Counts
from services.finalization.model.institution import Extension, Haste, Institution, Reopening, Seal, Waiver
from services.finalization.model.office import Office
from services.finalization.model.sptjm_upload import Upload


@dataclass(frozen=True)
class Folder:
    """An institution with everything that hangs on it, as one query found it; signed statements in their order."""

    institution: Institution
    counts: Counts
    extensions: tuple[Extension, ...]
    reopenings: tuple[Reopening, ...]
    seals: tuple[Seal, ...]
    uploads: tuple[Upload, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    office: Office = field(default_factory=Office)
    announced: tuple[Announced, ...] = ()
    """What it recorded of its own announcements of pre-final lists, the newest list last."""
    hastes: tuple[Haste, ...] = ()
    """How often it was finalized by hand before its list had been announced for five days, and why."""


@dataclass(frozen=True)
class Due:
    """An institution that something is due of since `closed`. Read from an index, so it may be a moment old."""

    code: str
    epoch: int
    closed: datetime
