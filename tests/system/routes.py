"""Every route of the four services as they describe them themselves, and the visitors who call them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from infra.local.client import Visitor

SERVICES = ("registration", "documents", "finalization", "announcements")
NOBODY = {
    "code": "0000",
    "person": "aaaaaaaaaaaaaaaa",
    "identifier": "aaaaaaaaaaaaaaaa",
    "file": "aaaaaaaaaaaaaaaa.KTP.1",
    "kind": "akun",
    "copy": "aaaaaaaaaaaaaaaa",
    "form": "pdf",
    "ticket": "aaaaaaaaaaaaaaaa",
    "extension": "0000-1",
    "number": "1",
    "user": "aaaaaaaaaaaaaaaa",
    "invitation": "aaaaaaaaaaaaaaaa",
    "name": "aaaaaaaaaaaaaaaa",
    "unit": "aaaaaaaaaaaaaaaa",
    "page": "1",
}
"""Values of path variables under which nothing is found."""


QUERIES = {
    "unit-lists": "?kind=BELUM_AKUN",
    "recap/verdicts": "?mark=RAGU",
    "case-opinions": "?number=L-2345-6789",
}
"""What a reading cannot do without, by the end of its path."""


def query_of(template: str) -> str:
    """The query that this path cannot do without; empty for most."""
    return next((query for end, query in QUERIES.items() if template.endswith(f"/{end}")), "")


@dataclass(frozen=True)
class Route:
    """One operation of one service."""

    service: str
    method: str
    template: str
    needs: frozenset[str]
    """The cookies of which one is needed; empty for a public route."""
    declares_body: bool

    @property
    def path(self) -> str:
        """Its address, with ids nobody has."""
        return "/api" + self.template.format_map(NOBODY) + query_of(self.template)

    @property
    def takes_body(self) -> bool:
        """Whether a body is read."""
        return self.method in {"POST", "PUT", "PATCH", "DELETE"}


def routes(base: str) -> Iterator[Route]:
    """All operations, asked of the running portal."""
    for service in SERVICES:
        for template, operations in description(base, service)["paths"].items():
            for method, operation in operations.items():
                needs = frozenset(name for scheme in operation.get("security", []) for name in scheme)
                yield Route(service, method.upper(), template, needs, "requestBody" in operation)


def description(base: str, service: str) -> dict[str, Any]:
    """A service's OpenAPI description."""
    described: dict[str, Any] = Visitor(base).get(f"/api/{service}/openapi.json")
    return described
