"""Looks at every item a service writes in a test: it must fit a shape that is declared, with all its attributes.

So that docs/tables.md, which is made of the shapes, says all there is in the tables.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from types import FrameType
from typing import Any

from infra.tables import SHAPES
from services.kernel.aws import clients
from services.kernel.aws.shapes import Shape, keys

_WRITING = frozenset({"transact", "ttl_put", "ttl_add"})
"""The functions of services/kernel/aws/dynamodb.py that write."""
_SET = re.compile(r"#u[0-9]+")
"""How `dynamodb.update` names what it changes; conditions name what they ask for otherwise."""


def watch() -> None:
    """Look at every write this process' client sends from now on."""
    events = clients.dynamodb().meta.events
    events.register("provide-client-params.dynamodb.TransactWriteItems", _look_at_all)
    events.register("provide-client-params.dynamodb.PutItem", _look_at_put)
    events.register("provide-client-params.dynamodb.UpdateItem", _look_at_update)


def fault(kind: str, operation: Mapping[str, Any]) -> str | None:
    """What is wrong with a Put or an Update (other kinds write no attribute); None: nothing."""
    if kind == "Put":
        item = operation["Item"]
        return _fault(operation["TableName"], item, item)
    if kind == "Update":
        names = operation["ExpressionAttributeNames"]
        changed = [name for placeholder, name in names.items() if _SET.fullmatch(placeholder)]
        return _fault(operation["TableName"], operation["Key"], changed)
    return None


def shape_of(table: str, pk: str, sk: str | None) -> Shape | None:
    """The first shape that items of this key have, or None."""
    key = keys(pk, sk)
    return next((shape for shape in _of(table, pk.partition("#")[0]) if shape.key.fullmatch(key)), None)


def _fault(table: str, key: Mapping[str, Mapping[str, str]], names: Iterable[str]) -> str | None:
    pk, sk = key["pk"]["S"], key["sk"]["S"] if "sk" in key else None
    shape = shape_of(table, pk, sk)
    if shape is None:
        return f"{table}: no shape is declared for items like {keys(pk, sk)}"
    unknown = shape.unknown(names)
    return f"{table}, {shape.name}: attributes no shape declares: {sorted(unknown)}" if unknown else None


@cache
def _of(table: str, leads: str) -> tuple[Shape, ...]:
    """Shapes of a table whose partition keys begin so: few of them, for every write of every test comes along here."""
    found = (shape for shape in SHAPES if table in shape.tables)
    return tuple(shape for shape in found if shape.pk.partition("#")[0] in {leads, "<service>"})


def _look_at_all(params: Mapping[str, Any], **_: object) -> None:
    for item in params["TransactItems"]:
        for kind, operation in item.items():
            _require(kind, operation)


def _look_at_put(params: Mapping[str, Any], **_: object) -> None:
    _require("Put", params)


def _look_at_update(params: Mapping[str, Any], **_: object) -> None:
    _require("Update", params)


def _require(kind: str, operation: Mapping[str, Any]) -> None:
    wrong = fault(kind, operation)
    assert wrong is None or _sent_by_a_test(), wrong


def _sent_by_a_test() -> bool:
    """Whether a test wrote it, to set a scene or to try the kernel: then no service stands between them."""
    frame: FrameType | None = sys._getframe()
    while frame is not None and frame.f_code.co_name not in _WRITING:
        frame = frame.f_back
    while frame is not None and "/services/kernel/" in frame.f_code.co_filename:
        frame = frame.f_back
    return frame is None or "/tests/" in frame.f_code.co_filename
