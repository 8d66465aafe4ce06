"""Write docs/tables.md, what every item of every table holds: `python -m infra.tables` (`make tables`).

It is made of the shapes that the services declare beside their adapters; a test compares it with them.
"""

from collections.abc import Iterator

from infra.services import ROOT
from services.announcements.adapters import shapes as announcements
from services.documents.adapters import shapes as documents
from services.finalization.adapters import shapes as finalization
from services.kernel import shapes as kernel
from services.kernel.aws.shapes import Shape
from services.registration.adapters import person_shapes as registration_people
from services.registration.adapters import shapes as registration

PAGE = ROOT / "docs" / "tables.md"
SHAPES: tuple[Shape, ...] = (
    *registration_people.SHAPES,
    *registration.SHAPES,
    *documents.SHAPES,
    *finalization.SHAPES,
    *announcements.SHAPES,
    *kernel.SHAPES,
)
"""Every kind of item there is."""
TABLES = {
    "RegTable": "`reg`: registration",
    "RegTtlTable": "`reg-ttl`: registration, short-lived",
    "DocTable": "`doc`: documents",
    "DocTtlTable": "`doc-ttl`: documents, short-lived",
    "FinTable": "`fin`: finalization",
    "FinTtlTable": "`fin-ttl`: finalization, short-lived",
    "AnnTable": "`ann`: announcements",
    "AnnTtlTable": "`ann-ttl`: announcements, short-lived",
    "GateTable": "`gate`: written by finalization, read by all",
    "AuditTable": "`audit`: all services, append only",
}
"""The tables of infra/shared.yaml, by logical id."""
_TOP = """# What the tables hold

Made by `make tables` from the shapes beside the adapters (`services/*/adapters/*shapes.py`) and in the kernel
(`services/kernel/shapes.py`); not to be edited. A write that fits no shape, or carries an attribute its shape does not
name, fails in the tests (`tests/support/shapes.py`). What the tables are for is in [design.md](design.md), section 3;
what may be public of a person in [domain.md](domain.md), section 8.

In keys and names `<…>` stands for any text. One name means one thing in all tables: `state`, `private` (the encrypted
part), `head` (the last hash of an audit chain), `institution` (its code), `registration_number`, `category`; `v` is a
version. An attribute that would say nothing may be absent.
"""


def text() -> str:
    """The whole page."""
    return "\n".join([_TOP, *(line for table in TABLES for line in _table(table))])


def _table(table: str) -> Iterator[str]:
    yield f"## {TABLES[table]}\n"
    for shape in SHAPES:
        if table in shape.tables:
            yield from _item(shape)


def _item(shape: Shape) -> Iterator[str]:
    yield f"### {' / '.join(f'`{part}`' for part in (shape.pk, shape.sk) if part is not None)}\n"
    yield f"{shape.name[0].upper()}{shape.name[1:]}. Written by {_paths(shape.by)}.\n"
    for index, (partition, order) in shape.indexes.items():
        yield f"In the index `{index}`: {partition}; ordered by {order}.\n"
    if shape.attributes:
        yield "| attribute | what it means |\n| --- | --- |"
        for name, meaning in shape.attributes.items():
            yield f"| `{name}` | {'**encrypted:** ' if name in shape.encrypted else ''}{meaning} |"
        yield ""


def _paths(by: str) -> str:
    return " and ".join(f"`services/{path}`" for path in by.split(", "))


def main() -> None:
    """Write the page."""
    PAGE.write_text(text())


if __name__ == "__main__":
    main()
