"""The rules as data: everything that a later letter may change, with the version that names it.

A line marked (ours) is this project's decision where the public record is silent (domain.md §5).
"""

from dataclasses import dataclass
from datetime import date

from services.kernel.states import Category
from services.registration.eligibility.blocklist import Blocklist


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of the rules. Ages are completed years; days count as `service_days` says.

    Attributes:
        version: stored with every advice, so that it can be re-run and explained.
        letter: the letter whose numbered rules are cited.
        active_on: an appointment that ended before this day puts "still active" in doubt (ours).
        service_until: service is counted up to this day.
        min_service_days: how many days make one year (ours: 365, also in a leap year).
        count_both_ends: whether first and last day of a period both count (ours: yes).
        count_other_institutions: whether service elsewhere counts (ours: no).
        wants_proof: whether a year that SK and proof of pay do not show is for a human, once the row is submitted or
            verified.
        first_sk_until: a first SK dated after this day fails; None where the rules did not look at the SK's date.
        doubts_lone_sk: whether a late SK that is the only one known is for a human: imports carry the newest.
        max_days_to_sk: a first SK dated more days than this after the first day of work puts that day in doubt (ours).
        age_on: age is taken on this day.
        age_exempt: categories to which the ages do not apply.
        passing_sources, failing_sources: codes of `PAY_SOURCES`; any other is for a human to see (ours).
        passing_signatories, failing_signatories: codes of `SIGNATORIES`; any other likewise (ours).
        blocklist: excluded job titles.
    """

    version: str
    letter: str
    active_on: date
    service_until: date
    min_service_days: int
    count_both_ends: bool
    count_other_institutions: bool
    wants_proof: bool
    first_sk_until: date | None
    doubts_lone_sk: bool
    max_days_to_sk: int
    age_on: date
    min_age: int
    max_age: int
    age_exempt: frozenset[Category]
    passing_sources: frozenset[str]
    failing_sources: frozenset[str]
    passing_signatories: frozenset[str]
    failing_signatories: frozenset[str]
    blocklist: Blocklist

    def article(self, rule: int) -> str:
        """Cite a numbered rule of the letter."""
        return f"{self.letter}, kriteria {rule}"
