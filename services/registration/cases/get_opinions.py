"""Which of the two who decide on a keberatan have said what they think; never what (domain.md, section 3, *Cases*)."""

from typing import Final

from pydantic import BaseModel, Field

from services.kernel.cases.number import read_case_number
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor, Role
from services.registration.access.scope import require_institution_and_unit
from services.registration.adapters import case_store, person_store

_TWO: Final = (Role.ADMIN, Role.VERIFIKATOR)


class OpinionsQuery(BaseModel):
    """Which keberatan, by its number as people type it."""

    number: str = Field(max_length=20)


class OpinionsView(BaseModel):
    """`given` are the roles of the office that spoke; `mine`: the reader did; `settled`: it was decided here."""

    given: list[Role]
    mine: bool
    settled: bool


def get_opinions(pid: str, number: str, *, institution: str, actor: Actor) -> OpinionsView:
    """Who has spoken on a keberatan about this person.

    Raises:
        Problem: `not-found`, also for a case about somebody else.
    """
    standing = person_store.standing(pid)
    person = person_store.load(pid) if standing is None else standing
    require_institution_and_unit(actor, institution, person)
    case = read_case_number(number)
    known = case_store.find_known(case) if case else None
    if case is None or (known is not None and known.institution != institution):
        raise Problem(Code.NOT_FOUND)
    said = [opinion for role in _TWO if (opinion := case_store.find_opinion(case, role)) is not None]
    return OpinionsView(
        given=[opinion.role for opinion in said],
        mine=any(opinion.by == actor.id for opinion in said),
        settled=case_store.find_settled(case) is not None,
    )
