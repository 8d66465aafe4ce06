"""How many of an institution's people have which risk flag, and are of which job family: by the index, in one call.

For whoever answers for the list (domain.md, section 2, `ppk`); of who works for some units his people alone.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.aws.dynamodb import Busy
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.states import GONE, Category
from services.kernel.writes import gate
from services.registration.access.risk_readers import require_reader
from services.registration.adapters import search_store
from services.registration.adapters.search_store import Index
from services.registration.model.risk import Risk
from services.registration.search.fitting import all_of
from services.registration.search.wanted import Condition, FamilyIs, RiskIs, Wanted, none_of_states


class RiskCount(BaseModel):
    """How many people have a risk flag."""

    risk: Risk
    people: int


class RiskCounts(BaseModel):
    """How many have each risk flag that anybody has, and any; what people share was counted at `counted_at`."""

    items: list[RiskCount]
    flagged: int
    counted_at: datetime | None


class FamilyCount(BaseModel):
    """How many people of one category are of a job family, or of none that is known."""

    family: FamilyIs
    kategori: Category
    people: int


class FamilyCounts(BaseModel):
    """The people of an institution by job family and category; only what anybody is of."""

    items: list[FamilyCount]


def count_risks(*, institution: str, actor: Actor) -> RiskCounts:
    """How many people have which flag; who is gone is not counted.

    Raises:
        Problem: `not-found` for another institution or one without a round, `forbidden`, `try-again`.
    """
    require_reader(actor)
    wanted = [Wanted(risk=RiskIs(risk)) for risk in Risk]
    *each, flagged = _count([*wanted, Wanted(risk=RiskIs.ADA)], institution, actor)
    counted = search_store.read_counted(institution)
    return RiskCounts(
        items=[RiskCount(risk=risk, people=n) for risk, n in zip(Risk, each, strict=True) if n],
        flagged=flagged,
        counted_at=counted.at.astimezone(clock.WIB) if counted.at else None,
    )


def count_families(*, institution: str, actor: Actor) -> FamilyCounts:
    """How many people are of which family; who is gone is not counted.

    Raises:
        Problem: `not-found` for another institution or one without a round, `try-again`.
    """
    pairs = [(family, category) for family in FamilyIs for category in Category]
    wanted = [Wanted(family=family, category=category) for family, category in pairs]
    counts = zip(pairs, _count(wanted, institution, actor), strict=True)
    found = [FamilyCount(family=family, kategori=category, people=n) for (family, category), n in counts if n]
    return FamilyCounts(items=found)


def _count(wanted: Sequence[Wanted], institution: str, actor: Actor) -> list[int]:
    actor.require_institution(institution)
    gate.read_round(institution)
    asked = [[*each.others(actor), none_of_states(GONE)] for each in wanted]
    index = _read(institution, (condition for conditions in asked for condition in conditions))
    return [all_of(index, conditions).bit_count() for conditions in asked]


def _read(institution: str, conditions: Iterable[Condition]) -> Index:
    try:
        return search_store.read(institution, sorted({each for one in conditions for each in one.buckets}), None)
    except Busy as busy:
        raise Problem(Code.TRY_AGAIN, retry_after=1) from busy
