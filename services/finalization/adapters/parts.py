"""What hangs on an institution: counters, locks, seals; as items, and back."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from services.finalization.adapters.institution_items import key, plain
from services.finalization.model.counts import Counts
from services.finalization.model.institution import Institution, Seal
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.aws.dynamodb import Attr, Item, Operation, put
from services.kernel.states import Category, PersonState, VerdictMark

PERSON = "n#"
"""Leads a counter's name: `n#<state>#<category>` counts people."""
MATTER = "m#"
"""Leads a counter's name: `m#<kind>` counts open matters of another service, e.g. usulan waiting for a decision."""
DAY = "d#"
"""Leads a counter's name: `d#<yyyymmdd>` counts the verdicts that a day in WIB brought, less those it made void."""
MARK = "j#"
"""Leads a counter's name: `j#<mark>` counts verdicts that stand of which PPK and bkn are told this."""

COUNTERS = "CNT#"
"""Leads the sort keys of the shards an institution's counters are spread on."""
SEAL = "SEAL#"
"""Leads the sort key of a seal, by epoch."""


def person_counter(state: PersonState, category: Category) -> str:
    """The counter of people in one state and category."""
    return f"{PERSON}{state.value}#{category.value}"


def day_counter(day: date) -> str:
    """The counter of what a day brought in verdicts."""
    return f"{DAY}{day:%Y%m%d}"


def to_counts(counters: Iterable[Item]) -> Counts:
    """The sum over the shards an institution's counters are spread on."""
    total: Counter[str] = Counter()
    for item in counters:
        total.update({name: n for name, n in item.items() if name.startswith((PERSON, MATTER, DAY, MARK))})
    return Counts(
        people={_person(name): n for name, n in total.items() if name.startswith(PERSON)},
        matters={name.removeprefix(MATTER): n for name, n in total.items() if name.startswith(MATTER)},
        decided_on={_day(name): n for name, n in total.items() if name.startswith(DAY)},
        judged={VerdictMark(name.removeprefix(MARK)): n for name, n in total.items() if name.startswith(MARK)},
    )


def lock(institution: Institution, locked_at: datetime) -> Operation:
    """The operation that files a lock: when the last window closed, and when the lanes were."""
    item = {
        **key(institution.code, f"LOCK#{institution.epoch}"),
        "ep": institution.epoch,
        "last_close": clock.millis(institution.last_close),
        "locked_at": clock.millis(locked_at),
        "lanes": institution.lanes + institution.import_lanes,
        "by_hand": institution.finalized_at is not None,
    }
    return put(settings().table, item, when=Attr("pk").not_exists())


def seal(institution: Institution, recorded: Seal) -> Operation:
    """The operation that files a seal."""
    item = {**key(institution.code, f"{SEAL}{recorded.epoch}"), **plain(recorded)}
    return put(settings().table, item, when=Attr("pk").not_exists())


def without_key(item: Item) -> Item:
    """What an item holds, without where it lies."""
    return {name: value for name, value in item.items() if name not in {"pk", "sk"}}


def _person(name: str) -> tuple[PersonState, Category]:
    state, _, category = name.removeprefix(PERSON).partition("#")
    return PersonState(state), Category(category)


def _day(name: str) -> date:
    return date.fromisoformat(name.removeprefix(DAY))
