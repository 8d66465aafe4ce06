"""Seal an institution's roster once every lane of it is closed (design.md, section 4)."""

import hashlib
import time
from collections import Counter
from collections.abc import Sequence
from typing import Final

from services.kernel import gate
from services.kernel.aws.dynamodb import Busy
from services.kernel.calendar import Round
from services.kernel.facts import InstitutionLocked
from services.kernel.log import LogLine, log
from services.kernel.states import BASE_DATA, Category
from services.registration.adapters import seal_store
from services.registration.adapters.seal_store import Seal
from services.registration.seals.canonical_list import canonical_list, count_sealed
from services.registration.seals.sweep_roster import Listed, Unequal, sweep_roster

TRIES: Final = 5
_PAUSE: Final = 0.5
"""Seconds between tries; the index is seldom longer behind, and if it is, the message comes again."""


def seal_roster(fact: InstitutionLocked) -> None:
    """Sweep the roster, prove it whole, write its canonical list and the seal; once an epoch.

    A fact of an epoch that is over (the institution was reopened meanwhile) does nothing.

    Raises:
        Unequal, Busy: when the roster could not be read whole; nothing is sealed and the message comes again.
    """
    if seal_store.exists(fact.institution, fact.v):
        return
    round_ = gate.read_round(fact.institution)
    if round_.epoch != fact.v:
        log(LogLine.LOCK_STALE, institution=fact.institution, epoch=fact.v)
        return
    people = _sweep(round_)
    content = canonical_list(people)
    seal = _seal(round_, people, content)
    if seal_store.store(seal, content):
        log(LogLine.SEALED, institution=seal.institution, epoch=seal.epoch, count=seal.total)


def _sweep(round_: Round) -> list[Listed]:
    for attempt in range(TRIES - 1):
        try:
            return sweep_roster(round_)
        except (Unequal, Busy):
            log(LogLine.SEAL_UNEQUAL, institution=round_.institution, epoch=round_.epoch, attempt=attempt)
            time.sleep(_PAUSE)
    return sweep_roster(round_)


def _seal(round_: Round, people: Sequence[Listed], content: bytes) -> Seal:
    categories = Counter(person.kategori for person in people if person.state in BASE_DATA)
    return Seal(
        institution=round_.institution,
        epoch=round_.epoch,
        root=hashlib.sha256(content).hexdigest(),
        thk2=categories[Category.THK_II],
        non_asn=categories[Category.NON_ASN],
        by_state=count_sealed(people),
    )
