"""What the engine answers: one advice per criterion, and the worst of them for the whole (domain.md §5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self, TypeAlias

InputValue: TypeAlias = str | int | bool | None


class Advice(StrEnum):
    """What a rule says of a person. It advises: a human decides, with a reason."""

    LOLOS = "LOLOS"
    PERLU_DITINJAU = "PERLU_DITINJAU"
    TIDAK = "TIDAK"


_FROM_BEST: tuple[Advice, ...] = tuple(Advice)


class Criterion(StrEnum):
    """The rules of letter B/1511 by number, and the job titles excluded by later letters."""

    AKTIF = "AKTIF"
    PEMBAYARAN = "PEMBAYARAN"
    PENGANGKATAN = "PENGANGKATAN"
    MASA_KERJA = "MASA_KERJA"
    USIA = "USIA"
    JABATAN = "JABATAN"


@dataclass(frozen=True, slots=True)
class CriterionAdvice:
    """One rule's answer: the article it cites, a sentence for the person, and the inputs it used.

    `inputs` and `sentence` hold an age and days of service: personal data, to be stored encrypted.
    """

    criterion: Criterion
    advice: Advice
    article: str
    sentence: str
    inputs: Mapping[str, InputValue]

    def to_item(self) -> dict[str, object]:
        """Return JSON values under the names of the interface."""
        return {
            "criterion": self.criterion.value,
            "advice": self.advice.value,
            "article": self.article,
            "sentence": self.sentence,
            "inputs": dict(self.inputs),
        }

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        """Read what `to_item` made."""
        return cls(
            Criterion(item["criterion"]), Advice(item["advice"]), item["article"], item["sentence"], item["inputs"]
        )


@dataclass(frozen=True, slots=True)
class Assessment:
    """All advice under one version of the rules."""

    rule_version: str
    criteria: tuple[CriterionAdvice, ...]

    @property
    def overall(self) -> Advice:
        """The worst advice of all criteria."""
        return worst(each.advice for each in self.criteria)

    def to_item(self) -> dict[str, object]:
        """Return JSON values: `{"overall", "rule_version", "criteria": […]}`."""
        return {
            "overall": self.overall.value,
            "rule_version": self.rule_version,
            "criteria": [each.to_item() for each in self.criteria],
        }

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        """Read what `to_item` made."""
        return cls(item["rule_version"], tuple(map(CriterionAdvice.from_item, item["criteria"])))


def worst(advice: Iterable[Advice]) -> Advice:
    """Return the worst: a rule not met weighs more than one that could not be checked."""
    return max(advice, key=_FROM_BEST.index, default=Advice.PERLU_DITINJAU)
