"""A store like DynamoDB under TransactWriteItems, as far as the protocol depends on it.

Source: Idziorek et al., "Distributed Transactions at Scale in Amazon DynamoDB" (USENIX ATC 2023), and the developer
guide's page on transactions. What is taken from there:

- an item belongs to at most one ongoing transaction, its *holder*; another one that wants it is refused (conflict)
- each part is prepared on its own, in any order; its condition is asked then; one refusal lets go of all
- when all parts are prepared the coordinator decides; from then on the transaction has happened
- what was decided is applied item by item, in any order, and each item is free again when it is applied
- a plain read sees the last applied value and waits for nobody; TransactGetItems refuses while an item is held
- a write of one item is decided and applied at once, and refused while the item is held
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

FREE = -1


class Item(NamedTuple):
    """One item: the value last applied, and the process whose transaction holds it."""

    value: Any
    holder: int = FREE


Items = tuple[Item, ...]


class Part(NamedTuple):
    """One operation of a transaction: on which item, on what condition, and what becomes of its value."""

    at: int
    when: Callable[[Any], bool]
    becomes: Callable[[Any], Any]


def every(parts: Sequence[object]) -> int:
    """All parts of a transaction, as the set of bits in which the model keeps what is still to be done."""
    return (1 << len(parts)) - 1


def among(todo: int) -> list[int]:
    """The numbers of the parts in such a set."""
    return [number for number in range(todo.bit_length()) if todo >> number & 1]


def held(items: Items, part: Part) -> bool:
    """Whether an ongoing transaction holds the part's item."""
    return items[part.at].holder != FREE


def prepared(items: Items, part: Part, process: int) -> Items:
    """The part's item held by the process' transaction."""
    return _with(items, part.at, Item(items[part.at].value, process))


def let_go(items: Items, process: int) -> Items:
    """A cancelled transaction's items, free and unchanged."""
    return tuple(Item(item.value) if item.holder == process else item for item in items)


def applied(items: Items, part: Part) -> Items:
    """The part's item with its new value, free again."""
    return _with(items, part.at, Item(part.becomes(items[part.at].value)))


def _with(items: Items, at: int, item: Item) -> Items:
    return (*items[:at], item, *items[at + 1 :])
