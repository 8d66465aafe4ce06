"""What a rule brings to a service, the service takes; what a service takes, a rule brings, from whoever tells it.

A fact that nobody handles fails five times and is a dead letter; one that no rule brings is never heard.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from infra.services import ROOT
from services.kernel.events.facts import FACTS
from tests.support.aws import INFRA, template

SERVICES = ROOT / "services"
TAKES: Mapping[str, Path] = {
    "registration": SERVICES / "registration" / "facts" / "take_fact.py",
    "documents": SERVICES / "documents" / "app.py",
    "finalization": SERVICES / "finalization" / "app.py",
    "announcements": SERVICES / "announcements" / "app.py",
}
"""Where each service says what it does with a fact."""
TELLS: Mapping[str, Path] = {
    "registration": SERVICES / "registration" / "facts" / "translate_change.py",
    "documents": SERVICES / "documents" / "files" / "translate_change.py",
    "finalization": SERVICES / "finalization" / "translate.py",
    "announcements": SERVICES / "announcements" / "facts" / "translate_change.py",
}


def named(file: Path) -> set[str]:
    """The facts that a module names."""
    words = set(file.read_text().replace("(", " ").replace(",", " ").replace(":", " ").split())
    return {name for name, fact in FACTS.items() if fact.__name__ in words}


def brought(service: str) -> dict[str, set[str]]:
    """By fact, from whom the rules bring it to the function that takes facts."""
    found: dict[str, set[str]] = {}
    for resource in template(INFRA / service / "merge.yaml")["Resources"].values():
        pattern = resource.get("Properties", {}).get("EventPattern", {})
        if resource.get("Type") == "AWS::Events::Rule" and _is_of_facts(resource["Properties"]):
            for name in pattern["detail-type"]:
                found.setdefault(name, set()).update(pattern["source"])
    return found


def _is_of_facts(properties: Mapping[str, Any]) -> bool:
    return any(queue in str(properties["Targets"]) for queue in ("FactsQueue", "RevocationsQueue"))


@pytest.mark.parametrize("service", list(TAKES))
def test_a_service_takes_what_rules_bring_to_it_and_nothing_else(service: str) -> None:
    assert named(TAKES[service]) == brought(service).keys()


@pytest.mark.parametrize("service", list(TAKES))
def test_rules_bring_facts_from_whoever_tells_them(service: str) -> None:
    for name, sources in brought(service).items():
        tellers = {f"pendataan.{one}" for one, file in TELLS.items() if name in named(file)}
        assert tellers, f"nobody tells {name}"
        assert tellers <= sources, f"{name} is told by {tellers}"
