"""The audit lane of an institution's publishing."""

from dataclasses import dataclass

from services.kernel.audit import chain as audit


@dataclass(frozen=True)
class Lane:
    """A kind of deed: `name` ends the name of its chain, `sort` is where the head stands beside the institution."""

    name: str
    sort: str

    def key(self, institution: str) -> dict[str, str]:
        """The key of the head of an institution's chain."""
        return {"pk": f"A#{institution}", "sk": self.sort}

    def chain(self, institution: str) -> str:
        """The chain's name."""
        return audit.lane_chain(institution, self.name)
