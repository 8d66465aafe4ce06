"""What a list of titles makes of one record. Pure: the count before a run and the run itself ask the same question.

Advice on the title alone is looked at. A verdict was given under the titles of its own day; where those met the record
otherwise than the list does, the verdict on the title is void, and no other (domain.md, sections 3 and 5).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from services.registration.dossiers.assess_dossier import assess_dossier
from services.registration.eligibility.advice import Advice, Criterion, CriterionAdvice
from services.registration.eligibility.blocklist import Blocklist
from services.registration.eligibility.rules import RuleSet
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.model.person_states import DECIDED
from services.registration.model.private import NotedDecision
from services.registration.model.title_list import Effect
from services.registration.people.standing_verdict import settle

_MANY = 20_000
"""Titles of an institution: a roster repeats a few hundred of them."""


@dataclass(frozen=True)
class Rerun:
    """A record before and under the list, of which title that comes, and what it counts as."""

    before: Person
    after: Person
    title: str
    effect: Effect


def touches(rules: RuleSet, earlier: Sequence[Blocklist]) -> Callable[[str], bool]:
    """Whether a job title is met otherwise by these rules than by any earlier list: all other records stay unread."""

    @lru_cache(maxsize=_MANY)
    def is_touched(title: str) -> bool:
        now = rules.blocklist.match(title)
        return any(titles.match(title) != now for titles in earlier)

    return is_touched


def rerun(dossier: Dossier, rules: RuleSet, titles_of: Callable[[str], Blocklist], at: datetime) -> Rerun | None:
    """The record under `rules`; None where nothing on its title changes.

    Args:
        dossier: the record as just loaded.
        rules: with the list's titles.
        titles_of: the titles of an earlier version of the rules (eligibility/in_force.py).
        at: when.
    """
    person = dossier.person
    stored, advised = _on_title(person), assess_dossier(person, dossier.histories, dossier.files, rules=rules)
    verdict = _verdict(person)
    settled = advised
    if verdict:
        earlier = replace(rules, blocklist=titles_of(verdict.rule_version))
        before = assess_dossier(person, dossier.histories, dossier.files, rules=earlier)
        settled = settle(before, advised, {}, at, counts=True)
    is_void = Criterion.JABATAN in settled.private.voided - person.private.voided
    now = _on_title(advised)
    if not is_void and (person.is_decided or (stored.advice, stored.inputs) == (now.advice, now.inputs)):
        return None
    return Rerun(person, settled, _named(now) or _named(stored) or "", _effect(now, is_void))


def _verdict(person: Person) -> NotedDecision | None:
    """The verdict that stands, or stands on some criteria yet; a return left none."""
    last = person.private.decisions[-1] if person.private.decisions else None
    return last if last and last.decision in DECIDED else None


def _on_title(person: Person) -> CriterionAdvice:
    return next(one for one in person.assessment.criteria if one.criterion is Criterion.JABATAN)


def _named(advice: CriterionAdvice) -> str | None:
    title = advice.inputs.get("daftar")
    return title if isinstance(title, str) else None


def _effect(now: CriterionAdvice, is_void: bool) -> Effect:
    voided = int(is_void)
    if now.advice is Advice.LOLOS:
        return Effect(freed=1, voided=voided)
    if now.advice is Advice.TIDAK:
        return Effect(blocked=1, voided=voided)
    return Effect(doubted=1, voided=voided)
