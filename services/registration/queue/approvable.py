"""What may be approved together with others, without a word on each: what leaves nothing to say (domain.md, section 5).

A record that was submitted, on which the rules find nothing at this moment, whose papers are complete and were all
opened by whoever approves, and at which no flag bids anybody look twice. Bkn's waiver for an office of one does not
reach here: whoever decides on his own work does so record by record.
"""

from collections.abc import Collection, Iterator
from typing import Annotated, Final

from pydantic import BaseModel, Field

from services.kernel.aws.dynamodb import Busy
from services.kernel.documents import FileState
from services.kernel.documents.openings import Openings
from services.kernel.problem_texts import TEXTS
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.states import PersonState
from services.registration.adapters import queue_store, search_store
from services.registration.adapters.queue_store import Lease
from services.registration.dossiers.assess_dossier import assess_dossier
from services.registration.eligibility.advice import Advice
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.model.search_row import SearchRow
from services.registration.search.summarise_person import summarise_person
from services.registration.verification.four_eyes import hindrance
from services.registration.verification.papers import look_for_papers
from services.registration.verification.reasons import advice_of

MOST: Final = 50
"""Records of one request."""

NOT_WAITING: Final = "Data ini sudah diputuskan, atau belum diajukan."
NOT_LISTED: Final = "Data ini baru masuk dan belum selesai diperiksa portal. Coba lagi sebentar."
HELD: Final = "Data ini sedang diperiksa petugas lain."
ADVISED_OTHERWISE: Final = "Saran aturan tidak pada semua kriteria sesuai. Putuskan sendiri-sendiri."
PAPERS_LACKING: Final = "Ada berkas yang belum diterima. Putuskan sendiri-sendiri."
UNOPENED: Final = "Ada berkas yang belum Anda buka dalam 12 jam terakhir."
FLAGGED: Final = "Ada tanda pada data ini. Periksa dan putuskan sendiri-sendiri."
AT_RISK: Final = "Ada tanda risiko pada data ini. Periksa dan putuskan sendiri-sendiri."


class Candidate(BaseModel):
    """A record, and the openings of its papers."""

    person: Annotated[str, Field(max_length=128)]
    opened: Openings = Field(default_factory=list)


def hindrance_to(dossier: Dossier, opened: Collection[str], actor: Actor) -> str | None:
    """Why this record may not be approved together with others now, in a sentence; None where it may.

    Raises:
        Problem: `try-again` when DynamoDB is busy.
    """
    return next(_hindrances(dossier, opened, actor), None)


def _hindrances(dossier: Dossier, opened: Collection[str], actor: Actor) -> Iterator[str]:
    """The weightiest first; what has to be read beside the record comes last."""
    if dossier.person.state is not PersonState.DIAJUKAN:
        yield NOT_WAITING
    if (code := hindrance(dossier, actor)) is not None:
        yield TEXTS[code][1]
    advised = assess_dossier(dossier.person, dossier.histories, dossier.files, verifying=True)
    if set(advice_of(advised.assessment).values()) != {Advice.LOLOS}:
        yield ADVISED_OTHERWISE
    yield from _of_papers(dossier, opened)
    yield from _of_flags(dossier, actor)


def _of_papers(dossier: Dossier, opened: Collection[str]) -> Iterator[str]:
    if look_for_papers(dossier, opened).lacking:
        yield PAPERS_LACKING
    if any(file.state == FileState.DITERIMA.value and file.id not in opened for file in dossier.files):
        yield UNOPENED


def _of_flags(dossier: Dossier, actor: Actor) -> Iterator[str]:
    fresh = summarise_person(dossier)
    if fresh.flags:
        yield FLAGGED
    line, lease = _beside(dossier.person)
    if line is None:
        yield NOT_LISTED
    elif fresh.risks or line.all_risks:
        yield AT_RISK
    if lease is not None and lease.by != actor.id and lease.holds(dossier.person.pid):
        yield HELD


def _beside(person: Person) -> tuple[SearchRow | None, Lease | None]:
    """His line in the index, which knows what he shares with others, and who has the record before him."""
    try:
        place = search_store.place_of(person.institution, person.registration_number)
        if place is None:
            return None, None
        lines, leases = queue_store.read_lines(person.institution, [place])
    except Busy as busy:
        raise Problem(Code.TRY_AGAIN, retry_after=1) from busy
    line = lines.get(place)
    return (line if line and line.pid == person.pid else None), leases.get(place)
