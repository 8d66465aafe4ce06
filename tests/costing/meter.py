"""What AWS would bill for a deed: request units and calls, read off the requests themselves.

DynamoDB (developer guide, "Read and write operations"): a write is a unit for each KB begun, in a transaction two; an
index that holds the item costs a unit for each KB begun, twice when the item moves in it (counted once here); a read
is a unit for each 4 KB begun, half of one when it need not be consistent. moto answers no such figures.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import boto3

from services.kernel.aws import clients

_KB, _READ = 1024, 4096
_EVENT = 64 * 1024
"""What EventBridge counts as one event; a larger one is several."""
_WRITES = ("Put", "Update", "Delete")
_INDEXES = ("g1", "g2")
"""What leads the key attributes of an index; an item without them is not in it."""


class Meter:
    """Counts while something is done; `units` are by the names of infra/cost/prices.toml."""

    def __init__(self) -> None:
        self.units: dict[str, float] = defaultdict(float)
        self._past = boto3.client("dynamodb")

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Count what this process' clients are asked meanwhile."""
        made = (clients.dynamodb(), clients.s3(), clients.kms(), clients.sqs(), clients.events())
        for client in made:
            client.meta.events.register("provide-client-params.*.*", self._before)
            client.meta.events.register("after-call.*.*", self._after)
        yield
        for client in made:
            client.meta.events.unregister("provide-client-params.*.*", self._before)
            client.meta.events.unregister("after-call.*.*", self._after)

    def _before(self, params: Mapping[str, Any], context: dict[str, Any], **_: Any) -> None:
        context["metered"] = params

    def _after(self, parsed: Mapping[str, Any], model: Any, context: Mapping[str, Any], **_: Any) -> None:
        if "Error" in parsed:
            return
        service, params = model.service_model.service_name, context["metered"]
        if service == "dynamodb":
            self._dynamodb(model.name, params, parsed)
        elif service == "s3":
            self.units["s3_get" if model.name.startswith(("Get", "Head")) else "s3_put"] += 1
        elif service == "events":
            self.units["events"] += sum(math.ceil(len(entry["Detail"]) / _EVENT) for entry in params["Entries"])
        elif service == "kms":
            self.units["kms"] += 1
        elif service == "sqs" and model.name.startswith("Send"):
            self.units["sqs"] += 1

    def _dynamodb(self, name: str, params: Mapping[str, Any], parsed: Mapping[str, Any]) -> None:
        if name == "TransactWriteItems":
            for item in params["TransactItems"]:
                for kind, operation in item.items():
                    self._write(kind, operation, times=2)
        elif name in {"PutItem", "UpdateItem", "DeleteItem"}:
            self._write(name.removesuffix("Item"), params, times=1)
        else:
            self.units["read"] += _read_units(name, params, parsed)

    def _write(self, kind: str, operation: Mapping[str, Any], times: int) -> None:
        item = operation.get("Item") or self._stored(operation) or operation["Key"]
        self.units["write"] += times * math.ceil(max(size(item), 1) / _KB)
        if kind in _WRITES:
            self.units["write"] += sum(math.ceil(size(item) / _KB) for index in _INDEXES if f"{index}pk" in item)
            self.units["write"] += {"by", "delta_sha256"} <= item.keys()  # a link in the index of deeds

    def _stored(self, operation: Mapping[str, Any]) -> Mapping[str, Any]:
        """The item as it stands now, read past the meter."""
        return self._past.get_item(TableName=operation["TableName"], Key=operation["Key"]).get("Item", {})


def _read_units(name: str, params: Mapping[str, Any], parsed: Mapping[str, Any]) -> float:
    if name == "TransactGetItems":
        return sum(2 * _rounded(one.get("Item", {})) for one in parsed["Responses"])
    if name == "BatchGetItem":
        half = {table: 1 if about.get("ConsistentRead") else 0.5 for table, about in params["RequestItems"].items()}
        asked = sum(half[table] * len(about["Keys"]) for table, about in params["RequestItems"].items())
        found = [(half[table], item) for table, items in parsed["Responses"].items() for item in items]
        return asked + sum(part * (_rounded(item) - 1) for part, item in found)
    part = 1 if params.get("ConsistentRead") else 0.5
    if name == "GetItem":
        return part * _rounded(parsed.get("Item", {}))
    return part * max(1, math.ceil(sum(map(size, parsed.get("Items", []))) / _READ))


def _rounded(item: Mapping[str, Any]) -> int:
    return max(1, math.ceil(size(item) / _READ))


def size(item: Mapping[str, Any]) -> int:
    """Bytes of an item in DynamoDB JSON (developer guide, "DynamoDB item sizes and formats")."""
    return sum(len(name.encode()) + _size(value) for name, value in item.items())


def _size(value: Mapping[str, Any]) -> int:
    (kind, content), *_ = value.items()
    if kind == "M":
        return 3 + len(content) + size(content)
    if kind == "L":
        return 3 + sum(1 + _size(one) for one in content)
    if kind == "N":
        return len(str(content)) // 2 + 2
    if kind in {"BOOL", "NULL"}:
        return 1
    return len(content.encode()) if isinstance(content, str) else len(content)
