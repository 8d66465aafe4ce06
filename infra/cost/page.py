"""What a census costs on AWS: counted units times how often, times list prices. Prints docs/cost.md."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from pydantic import BaseModel, ConfigDict, PositiveFloat

from infra.cost import units
from infra.services import ROOT

PAGE = ROOT / "docs" / "cost.md"
_HERE = ROOT / "infra" / "cost"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Price(_Strict):
    """So many dollars for so many units; `everywhere`: the region makes no difference."""

    dollars: PositiveFloat
    per: PositiveFloat
    what: str
    source: str
    everywhere: bool = False


class Prices(_Strict):
    """infra/cost/prices.toml."""

    date: str
    factor: PositiveFloat
    price: Mapping[str, Price]


class Deed(_Strict):
    """How often something is done, and what is not counted but assumed of each time."""

    name: str
    what: str
    times: PositiveFloat
    requests: float = 0
    calls: float = 0
    gb_s: float = 0


class Besides(_Strict):
    """What is billed without being anybody's deed."""

    unit: str
    units: PositiveFloat
    because: str


class Census(_Strict):
    """infra/cost/census.toml."""

    deeds: tuple[Deed, ...]
    besides: tuple[Besides, ...]


@dataclass(frozen=True)
class Line:
    """One line of the bill; `price` in dollars for `per` units."""

    what: str
    units: float
    price: float
    per: float

    @property
    def dollars(self) -> float:
        """Its sum."""
        return self.units * self.price / self.per

    @classmethod
    def of(cls, price: Price, quantity: float, factor: float) -> Self:
        """So many units at this price in a region that is dearer by a factor."""
        return cls(price.what, quantity, price.dollars * (1 if price.everywhere else factor), price.per)


def read_prices() -> Prices:
    """The price file."""
    return Prices.model_validate(tomllib.loads((_HERE / "prices.toml").read_text()))


def read_census() -> Census:
    """How often each deed is done."""
    return Census.model_validate(tomllib.loads((_HERE / "census.toml").read_text()))


def totals(census: Census, counted: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Units of the whole census by name."""
    found: dict[str, float] = defaultdict(float)
    for deed in census.deeds:
        for unit, n in counted[deed.name].items():
            found[unit] += n * deed.times
        found["api"] += deed.requests * deed.times
        found["lambda_call"] += deed.calls * deed.times
        found["lambda_gb_s"] += deed.calls * deed.gb_s * deed.times
    for item in census.besides:
        found[item.unit] += item.units
    return found


def render() -> str:
    """The page, Markdown."""
    prices, census, counted = read_prices(), read_census(), units.read()
    found = totals(census, counted)
    lines = [Line.of(price, found[unit], prices.factor) for unit, price in prices.price.items() if found.get(unit)]
    lines.sort(key=lambda line: -line.dollars)
    return (
        "\n".join(
            [
                *_head(prices, sum(line.dollars for line in lines)),
                *_bill(lines),
                *_deeds(census, counted),
                *_rest(census),
            ]
        )
        + "\n"
    )


_HEAD = """\
# What a census costs

Printed by `make cost`; do not edit. What DynamoDB, S3, KMS, SQS and EventBridge are asked for in one deed is counted
on a test cloud (`make count-units`, infra/cost/units.json); how often each is done, and time and memory of functions,
is assumed (infra/cost/census.toml). Nothing here was billed by AWS.

Prices: on-demand list prices of us-east-1 as of {date}, times **{factor:g}** for Jakarta (assumed;
the source of each is in infra/cost/prices.toml). Without taxes, support, WAF, the trail's account, backups.

**About US$ {total:,.0f}** for 90 days, 2.36 million people listed, 2.0 million accounts."""


def _head(prices: Prices, total: float) -> Iterator[str]:
    yield _HEAD.format(date=prices.date, factor=prices.factor, total=round(total, -2))


def _bill(lines: Sequence[Line]) -> Iterator[str]:
    yield from ("", "| item | units | list price, US$ | US$ |", "|---|---:|---:|---:|")
    for line in lines:
        yield f"| {line.what} | {line.units:,.0f} | {line.price:.4g} for {line.per:,.0f} | {line.dollars:,.0f} |"
    yield f"| **sum** | | | **{sum(line.dollars for line in lines):,.0f}** |"


def _deeds(census: Census, counted: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    yield from ("", "## Counted, a deed", "")
    names = ("write", "read", "s3_put", "s3_get", "kms", "sqs", "events")
    yield "| deed | times | " + " | ".join(names) + " |"
    yield "|---|---:|" + "---:|" * len(names)
    for deed in census.deeds:
        found = " | ".join(f"{counted[deed.name].get(name, 0):g}" for name in names)
        yield f"| {deed.what} | {deed.times:,.0f} | {found} |"
    yield ""
    yield "`write` and `read` are DynamoDB's request units, indexes included. Functions are warm; starts are below."


def _rest(census: Census) -> Iterator[str]:
    yield from ("", "## Assumed besides", "")
    for item in census.besides:
        yield f"- {item.units:,.0f} `{item.unit}`: {item.because}."
