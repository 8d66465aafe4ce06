"""Reading templates: all stacks of a portal together, and what a reference in one of them comes to."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infra.services import ROOT, SERVICES
from infra.templates import Template, load_template, read_template

_VARIABLE = re.compile(r"\$\{([^!}][^}]*)\}")


def of(template: Template, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Logical id and properties of every resource of a type."""
    for name, resource in template["Resources"].items():
        if resource["Type"] == kind:
            yield name, resource.get("Properties", {})


def stacks() -> dict[str, Template]:
    """Every template of the portal, the services' as they were built."""
    by_hand = {name: load_template(ROOT / "infra" / f"{name}.yaml") for name in ("shared", "cdn", "cdn-global")}
    return by_hand | {service.name: read_template(service.template) for service in SERVICES}


@dataclass(frozen=True)
class Stack:
    """One template among the others."""

    name: str
    all: Mapping[str, Template]

    @property
    def template(self) -> Template:
        return self.all[self.name]

    def resource(self, value: Any) -> tuple[str, dict[str, Any]] | None:
        """Type and properties of the resource whose name or attribute a value is; None for one that is none.

        A parameter is followed to the output of the same name that the deployment passes on.
        """
        if not isinstance(value, dict):
            return None
        if "Fn::Select" in value:
            return self.resource(value["Fn::Select"][1]["Fn::Split"][1])
        if "Fn::GetAtt" in value:
            target = value["Fn::GetAtt"]
            return self._named(target.split(".")[0] if isinstance(target, str) else target[0])
        return self._named(value["Ref"]) if "Ref" in value else None

    def _named(self, name: str) -> tuple[str, dict[str, Any]] | None:
        found = self.template["Resources"].get(name)
        if found is not None:
            return found["Type"], found.get("Properties", {})
        for other, template in self.all.items():
            if name in template.get("Outputs", {}) and other != self.name:
                return Stack(other, self.all).resource(template["Outputs"][name]["Value"])
        return None

    def text(self, value: Any, stage: str = "test") -> str:
        """A text with its parameters filled in: the stage, the service's own name, defaults.

        Raises:
            KeyError: for a reference to anything else.
        """
        if isinstance(value, str):
            return value
        if "Ref" in value:
            return self._parameter(value["Ref"], stage)
        return _VARIABLE.sub(lambda found: self._parameter(found[1], stage), value["Fn::Sub"])

    def _parameter(self, name: str, stage: str) -> str:
        known = {"Stage": stage, "AWS::Region": "ap-southeast-3", "AWS::AccountId": "000000000000"}
        return known.get(name) or str(self.template["Parameters"][name]["Default"])
