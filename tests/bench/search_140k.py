"""`python -m tests.bench.search_140k`: what a page of staff's list costs in an institution of 140,000 people.

Calls and read units of DynamoDB as tests/costing counts them, and the processor's time of this process for the whole
of it: asking, reading answers, sets, lines. DynamoDB's answers are put in where botocore would open its connection.
Exits with 1 when a page does not keep to docs/adr/0018: 4 calls, 30 read units, 8 ms.
"""

import base64
import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.kernel import clock
from services.kernel.aws import clients
from services.kernel.aws.dynamodb import Item, encode
from services.kernel.security.sessions import Actor, Role
from services.kernel.states import Category, PersonState
from services.registration.eligibility.advice import Advice
from services.registration.model.search_row import Flag, SearchRow
from services.registration.search.find_people import Page, find_people
from services.registration.search.wanted import AccountIs, FamilyIs, Papers, RiskIs, Wanted
from tests.bench import large_index
from tests.bench.gate import _json, _no_network
from tests.costing.meter import _read_units

ROUNDS = 15
MOST_CALLS, MOST_UNITS, MOST_MS = 4, 30.0, 8.0
RECEIVED = datetime(2022, 9, 1, 9, tzinfo=clock.WIB)
WHOLE = Actor(id="a", role=Role.VERIFIKATOR, institution="9901")
"""Who is told risk flags as well."""
SEARCHES = {
    "everybody": Wanted(),
    "a usual word": Wanted("siti"),
    "three letters": Wanted("mar"),
    "a Muhammad": Wanted("moh"),
    "three words": Wanted("siti nur dewi"),
    "one state": Wanted(state=PersonState.DIAJUKAN),
    "without risk flags": Wanted(risk=RiskIs.TIDAK_ADA),
    "one family": Wanted(family=FamilyIs.KESEHATAN),
    "words of the unit": Wanted(unit="negeri kec"),
    "all filters": Wanted(
        "siti",
        "negeri kecamatan",
        PersonState.DIAJUKAN,
        Category.NON_ASN,
        Advice.PERLU_DITINJAU,
        Papers.KURANG,
        AccountIs.ADA,
        Flag.BERUBAH,
    ),
    "a number of nobody": Wanted("0123456789"),
}


@dataclass
class Asked:
    """What DynamoDB was asked."""

    calls: int = 0
    units: float = 0.0


def main() -> int:
    """Print the figures; whether all keep to the limits is the exit code."""
    people = list(large_index.lines(int("".join(sys.argv[1:2]) or large_index.LARGEST)))
    units = sorted({person.unit_kerja for person in people})
    searches = [(name, wanted, WHOLE) for name, wanted in SEARCHES.items()]
    searches += [
        (f"staff of {n} units", Wanted(), Actor(id="a", role=Role.OPERATOR, institution="9901", units=tuple(units[:n])))
        for n in (1, 8)
    ]
    kept = True
    print(f"{'search':<20}{'found':>8}{'rows':>6}{'calls':>7}{'units':>7}{'ms':>7}")
    with _answering(people) as asked:
        for name, wanted, actor in searches:
            line, holds = _measure(wanted, actor, asked)
            kept &= holds
            print(f"{name:<20}{line}{'' if holds else '  TOO MUCH'}", file=sys.__stdout__, flush=True)
    return 0 if kept else 1


def _measure(wanted: Wanted, actor: Actor, asked: Asked) -> tuple[str, bool]:
    best = float("inf")
    for _ in range(ROUNDS):
        asked.calls, asked.units = 0, 0.0
        start = time.process_time()
        page = find_people(Page(wanted), institution="9901", actor=actor, received=RECEIVED)
        best = min(best, 1000 * (time.process_time() - start))
    holds = asked.calls <= MOST_CALLS and asked.units <= MOST_UNITS and best <= MOST_MS
    return f"{page.found:>8}{len(page.items):>6}{asked.calls:>7}{asked.units:>7.1f}{best:>7.1f}", holds


@contextmanager
def _answering(people: list[SearchRow]) -> Iterator[Asked]:
    """A process in which BatchGetItem is answered from their index; making the answer is not counted."""
    with answering(stored({"reg": large_index.items("9901", people)})) as asked:
        yield asked


@dataclass(frozen=True)
class Stored:
    """The items of each table, and the answers that were made of them, by what was asked."""

    items: Mapping[str, Mapping[str, Any]]
    answers: dict[bytes, tuple[float, Any]] = field(default_factory=dict)


def stored(tables: Mapping[str, Iterable[Item]]) -> Stored:
    """These items as `answering` hands them over, made in a process of registration's."""
    with _no_network():
        return Stored({table: {_name(item): item for item in map(encode, items)} for table, items in tables.items()})


@contextmanager
def answering(held: Stored) -> Iterator[Asked]:
    """A process in which BatchGetItem is answered from these items, and every put succeeds without being kept."""
    asked = Asked()

    def answer(request: Any, **_: Any) -> Any:
        body = request.body
        if request.headers["X-Amz-Target"].endswith(b"PutItem"):
            asked.calls += 1
            return _json(request.url, {})
        if body not in held.answers:
            wanted = json.loads(body)["RequestItems"]
            found = {
                table: [held.items[table][_name(key)] for key in about["Keys"] if _name(key) in held.items[table]]
                for table, about in wanted.items()
            }
            units = _read_units("BatchGetItem", {"RequestItems": wanted}, {"Responses": found})
            texts = {table: _texts(each) for table, each in found.items()}
            made = _json(request.url, {"Responses": texts, "UnprocessedKeys": {}})  # type: ignore[dict-item]
            held.answers[body] = units, made
        units, made = held.answers[body]
        asked.calls, asked.units = asked.calls + 1, asked.units + units
        made.raw.seek(0)
        return made

    with _no_network():
        clients.dynamodb().meta.events.register_first("before-send", answer)
        yield asked


def _name(key: Mapping[str, Any]) -> str:
    """Of an institution's index it is enough to know the sort key."""
    pk = str(key["pk"]["S"])
    return str(key["sk"]["S"]) if pk.startswith("SEARCH#") else pk


def _texts(found: list[Any]) -> Any:
    return json.loads(json.dumps(found, default=_base64))


def _base64(value: Any) -> str:
    return base64.b64encode(bytes(getattr(value, "value", value))).decode()


if __name__ == "__main__":
    sys.exit(main())
