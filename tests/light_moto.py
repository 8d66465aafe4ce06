"""moto as it is, without what makes it slow for us; tests/test_light_moto.py holds it against moto untouched.

* For each part of a transaction moto copies the part's whole table, stream and all. Here one copy serves the whole
  transaction, and of the items only those it names are copied: the others it cannot change.
* Every KMS key, also a symmetric one, gets an RSA key of its own. Here those that nobody can sign with share one.
* Answers are serialized through aliases of names, ten for each attribute value. Here a plain value is taken as it is.
"""

import copy
import functools
import threading
from collections.abc import Callable
from typing import Any, Final

import pytest
from moto.core import serialize
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table
from moto.kms import models as kms
from moto.kms.utils import generate_private_key


class _Copies(threading.local):
    """The copies of the transaction that this thread is in the middle of; None outside of one."""

    parts: list[Any] | None = None
    made: dict[str, Table]


_copies: Final = _Copies()


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lighten moto until the end of the test."""
    json = serialize.BaseJSONSerializer
    monkeypatch.setattr(DynamoDBBackend, "transact_write_items", _transaction(DynamoDBBackend.transact_write_items))
    monkeypatch.setattr(Table, "__deepcopy__", _copy_table, raising=False)
    monkeypatch.setattr(json, "_serialize_type_structure", _structure(json._serialize_type_structure))
    monkeypatch.setattr(kms, "generate_private_key", _make_key)


def _transaction(real: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    @functools.wraps(real)
    def transact(self: Any, transact_items: list[dict[str, Any]]) -> None:
        _copies.parts, _copies.made = [next(iter(item.values())) for item in transact_items], {}
        try:
            real(self, transact_items)
        finally:
            _copies.parts = None

    return transact


def _copy_table(table: Any, memo: dict[int, Any]) -> Any:
    if _copies.parts is None:
        memo[id(table)] = made = copy.copy(table)
        vars(made).update((name, copy.deepcopy(value, memo)) for name, value in vars(table).items())
        return made
    if table.name not in _copies.made:
        _copies.made[table.name] = _light_copy(
            table, [part for part in _copies.parts if part["TableName"] == table.name]
        )
    return _copies.made[table.name]


def _light_copy(table: Any, parts: list[dict[str, Any]]) -> Any:
    made = copy.copy(table)
    made.items = copy.copy(table.items)
    for key in (part.get("Key") or part["Item"] for part in parts if part["TableName"] == table.name):
        row, at = made.items, DynamoType(key[table.hash_key_attr])
        if table.range_key_attr is not None and at in row:
            row[at] = row = copy.copy(row[at])
            at = DynamoType(key[table.range_key_attr])
        if at in row:
            row[at] = copy.deepcopy(row[at])
    if table.stream_shard is not None:
        made.stream_shard = copy.copy(table.stream_shard)
        made.stream_shard.table, made.stream_shard.items = made, list(table.stream_shard.items)
    return made


def _make_key(spec: str) -> Any:
    return _symmetric() if spec == "SYMMETRIC_DEFAULT" else generate_private_key(spec)


@functools.cache
def _symmetric() -> Any:
    return generate_private_key("SYMMETRIC_DEFAULT")


def _structure(real: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(real)
    def structure(self: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
        if shape.name == "AttributeValue" and _is_plain(value):
            self._default_serialize(serialized, value, shape, key)
        else:
            real(self, serialized, value, shape, key)

    return structure


def _is_plain(value: Any) -> bool:
    """Whether it is {"S": text} or {"N": digits}: nearly every attribute."""
    return type(value) is dict and len(value) == 1 and type(value.get("S", value.get("N"))) is str
