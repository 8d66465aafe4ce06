"""The eligibility engine: the same at import, entry, submission and verification (domain.md §5). It advises."""

from services.registration.eligibility.advice import Assessment
from services.registration.eligibility.criteria import CRITERIA
from services.registration.eligibility.inputs import EligibilityInput
from services.registration.eligibility.rules import RuleSet
from services.registration.eligibility.rules_2022 import RULES_2022


def assess(facts: EligibilityInput, rules: RuleSet = RULES_2022) -> Assessment:
    """Give a advice on every criterion. Facts that nobody has given go to a human; nothing raises."""
    return Assessment(rules.version, tuple(criterion(facts, rules) for criterion in CRITERIA))
