"""DynamoDB behind plain functions: items are dicts of Python values, numbers are int, bytes are bytes.

Writes to data tables exist only as operations of one transaction (design.md, section 4);
`ttl_put` and its like are for the TTL tables, which no law depends on.
"""

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from boto3.dynamodb import conditions
from boto3.dynamodb.conditions import ConditionBase, ConditionExpressionBuilder
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from botocore.exceptions import ClientError

from services.kernel.aws import clients

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

Attr = conditions.Attr
"""A condition on an attribute, e.g. `Attr("v").eq(3)`."""
KeyPart = conditions.Key
"""A condition on a key attribute, for queries."""

Item = dict[str, Any]
Key = Mapping[str, str]


@dataclass(frozen=True)
class Operation:
    """One entry of TransactWriteItems: `request` is {"Put" | "Update" | "Delete" | "ConditionCheck": parameters}.

    By its `label` a caller asks whether this one failed (`Cancelled.failed`); what nobody asks for needs none.
    """

    label: str
    request: Mapping[str, Mapping[str, Any]]


_RETRIABLE = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
MAX_OPERATIONS = 100
"""TransactWriteItems takes at most a hundred operations."""
_BATCH_GET = 100
"""BatchGetItem takes at most a hundred keys a call."""


BUSY = frozenset(
    {
        "TransactionInProgressException",
        "TransactionConflictException",
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "RequestLimitExceeded",
        "InternalServerError",
    }
)
"""What DynamoDB says when it could not do a call and may later (DynamoDB, "Error handling")."""


class Deserializer(TypeDeserializer):
    """boto3's, but whole numbers come back as int and binaries as bytes, also from the base64 of a stream's event."""

    def _deserialize_n(self, value: str) -> int | Decimal:
        number = Decimal(value)
        return int(number) if number == number.to_integral_value() else number

    def _deserialize_b(self, value: bytes | str) -> bytes:
        return base64.b64decode(value) if isinstance(value, str) else bytes(value)


_serialize = TypeSerializer().serialize
_deserialize = Deserializer().deserialize


def encode(item: Mapping[str, Any]) -> Item:
    """Python values to DynamoDB JSON."""
    return {name: _serialize(value) for name, value in item.items()}


def decode(item: Mapping[str, Any]) -> Item:
    """DynamoDB JSON (also of a stream record) to Python values."""
    return {name: _deserialize(value) for name, value in item.items()}


@dataclass(frozen=True)
class Reason:
    """Why the operation of this label cancelled a transaction: `code` is `None` where it was not the cause."""

    label: str
    code: str
    old: Item | None


class Cancelled(Exception):
    """TransactWriteItems was cancelled, with one `Reason` per operation. Nothing was written."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(",".join(reason.code for reason in reasons))
        self.reasons = tuple(reasons)

    @property
    def busy(self) -> bool:
        """Whether every cause is one that trying again may cure (another transaction held an item, throttling)."""
        causes = {reason.code for reason in self.reasons} - {"None"}
        return bool(causes) and causes <= _RETRIABLE

    def failed(self) -> dict[str, Item | None]:
        """The operations whose condition did not hold, by label, each with the item that was there."""
        return {reason.label: reason.old for reason in self.reasons if reason.code == "ConditionalCheckFailed"}


class Busy(Exception):
    """DynamoDB asks to try again later. Nothing was written.

    Raised by `transact`, `get_many` and `get_together`; of other calls botocore's own error (kernel/aws/busy.py).
    """


def put(table: str, item: Mapping[str, Any], when: ConditionBase | None = None, *, label: str = "") -> Operation:
    """An operation that puts a whole item, if `when` holds; a refusal reports the item that was there."""
    return Operation(label, {"Put": {"TableName": table, "Item": encode(item), **_condition(when)}})


@dataclass(frozen=True)
class Written:
    """A condition written out, for the one that every write asks: building the same expression anew costs 12 µs.

    `names` and `values` are by their placeholders, `#…` and `:…`.
    """

    expression: str
    names: Mapping[str, str]
    values: Mapping[str, Any]


def check(table: str, key: Key, when: ConditionBase | Written, *, label: str = "") -> Operation:
    """An operation that writes nothing but cancels the transaction unless `when` holds."""
    return Operation(label, {"ConditionCheck": {"TableName": table, "Key": encode(key), **_condition(when)}})


def delete(table: str, key: Key, when: ConditionBase | None = None, *, label: str = "") -> Operation:
    """An operation that deletes an item, if `when` holds."""
    return Operation(label, {"Delete": {"TableName": table, "Key": encode(key), **_condition(when)}})


def update(
    table: str,
    key: Key,
    *,
    values: Mapping[str, Any] | None = None,
    add: Mapping[str, int | set[str]] | None = None,
    discard: Mapping[str, set[str]] | None = None,
    remove: Sequence[str] = (),
    when: ConditionBase | None = None,
    label: str = "",
) -> Operation:
    """An operation that changes one item, if `when` holds.

    Sets `values`, adds to the numbers and sets in `add`, takes members in `discard` out of sets, removes attributes.
    """
    expression, names, bound = _update_expression(values or {}, add or {}, discard or {}, remove)
    condition = _condition(when)
    parameters = {
        "TableName": table,
        "Key": encode(key),
        "UpdateExpression": expression,
        **condition,
        "ExpressionAttributeNames": {**condition.get("ExpressionAttributeNames", {}), **names},
        "ExpressionAttributeValues": {**condition.get("ExpressionAttributeValues", {}), **bound},
    }
    return Operation(label, {"Update": parameters})


def transact(operations: Sequence[Operation]) -> None:
    """Commit all operations or none.

    Raises:
        Cancelled: with the reason of each operation.
        Busy: when DynamoDB could not decide and asks to try again.
    """
    items: list[TransactWriteItemTypeDef] = [dict(operation.request) for operation in operations]  # type: ignore[misc]
    client = clients.dynamodb()
    try:
        client.transact_write_items(TransactItems=items)
    except client.exceptions.TransactionCanceledException as error:
        told = error.response.get("CancellationReasons", [])
        raise Cancelled([_reason(*both) for both in zip(operations, told, strict=False)]) from error
    except ClientError as error:
        if error.response["Error"]["Code"] in BUSY:
            raise Busy from error
        raise


def get(table: str, key: Key, *, consistent: bool = True) -> Item | None:
    """One item, or None; `consistent` costs twice as much and is never old."""
    answer = clients.dynamodb().get_item(TableName=table, Key=encode(key), ConsistentRead=consistent)
    return decode(answer["Item"]) if "Item" in answer else None


def get_many(table: str, keys: Sequence[Key], *, consistent: bool = True) -> list[Item | None]:
    """Items by key, in the order of `keys`, each as it stands when it is read (BatchGetItem).

    `consistent` costs twice as much and is never old.

    Raises:
        Busy: when DynamoDB leaves some of them out three times.
    """
    return get_across({table: keys}, consistent=consistent)[table]


def get_across(wanted: Mapping[str, Sequence[Key]], *, consistent: bool = True) -> dict[str, list[Item | None]]:
    """As `get_many`, of several tables in one call: by table, the items in the order of its keys."""
    found: dict[tuple[str, ...], Item] = {}
    waiting = [(table, encode(key)) for table, keys in wanted.items() for key in keys]
    for _ in range(3 * (1 + len(waiting) // _BATCH_GET)):
        if not waiting:
            break
        batch, waiting = waiting[:_BATCH_GET], waiting[_BATCH_GET:]
        answer = clients.dynamodb().batch_get_item(RequestItems=_requests(batch, consistent))
        for table, items in answer["Responses"].items():
            found |= {_named(table, item, wanted[table][0]): item for item in map(decode, items)}
        left = answer.get("UnprocessedKeys", {})
        waiting += [(table, dict(key)) for table, request in left.items() for key in request["Keys"]]
    if waiting:
        raise Busy
    return {table: [found.get(_named(table, key, key)) for key in keys] for table, keys in wanted.items()}


def _named(table: str, item: Mapping[str, Any], parts: Iterable[str]) -> tuple[str, ...]:
    return (table, *(item[part] for part in sorted(parts)))


def _requests(keys: Sequence[tuple[str, Item]], consistent: bool) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    for table, key in keys:
        asked.setdefault(table, {"Keys": [], "ConsistentRead": consistent})["Keys"].append(key)
    return asked


def get_together(table: str, keys: Sequence[Key]) -> list[Item | None]:
    """Items in the order of `keys`, as they stand at one moment with no transaction pending on any (TransactGetItems).

    At most 100 in AWS; callers ask for 25, which is all that moto takes.

    Raises:
        Busy: when a transaction is pending on one of them.
    """
    client = clients.dynamodb()
    wanted = [{"Get": {"TableName": table, "Key": encode(key)}} for key in keys]
    try:
        answer = client.transact_get_items(TransactItems=wanted)  # type: ignore[arg-type]
    except client.exceptions.TransactionCanceledException as error:
        raise Busy from error
    return [decode(entry["Item"]) if entry.get("Item") else None for entry in answer["Responses"]]


def query(
    table: str,
    when: ConditionBase,
    *,
    index: str | None = None,
    after: Mapping[str, Any] | None = None,
    limit: int | None = None,
    forward: bool = True,
    only: Sequence[str] = (),
) -> tuple[list[Item], Item | None]:
    """One page of a query (consistent on a table, not on an index): its items and the key to go on from, or None.

    `only`: the attributes to hand over, when not all are needed; what is read is paid in whole.
    """
    built = ConditionExpressionBuilder().build_expression(when, is_key_condition=True)
    parameters: dict[str, Any] = {
        "TableName": table,
        "KeyConditionExpression": built.condition_expression,
        "ExpressionAttributeNames": {**built.attribute_name_placeholders, **{f"#{name}": name for name in only}},
        "ExpressionAttributeValues": encode(built.attribute_value_placeholders),
        "ScanIndexForward": forward,
        "ConsistentRead": index is None,
    }
    optional = {
        "IndexName": index,
        "Limit": limit,
        "ExclusiveStartKey": encode(after) if after else None,
        "ProjectionExpression": ", ".join(f"#{name}" for name in only) or None,
    }
    parameters.update({name: value for name, value in optional.items() if value is not None})
    answer = clients.dynamodb().query(**parameters)
    last = answer.get("LastEvaluatedKey")
    return [decode(item) for item in answer["Items"]], decode(last) if last else None


def query_all(table: str, when: ConditionBase, *, index: str | None = None, only: Sequence[str] = ()) -> Iterator[Item]:
    """Every item of a query, page by page; `only` as for `query`."""
    after: Item | None = None
    while True:
        items, after = query(table, when, index=index, after=after, only=only)
        yield from items
        if after is None:
            return


def ttl_put(table: str, item: Mapping[str, Any], when: ConditionBase | None = None) -> bool:
    """Put outside a transaction (TTL tables only); False when `when` did not hold."""
    client = clients.dynamodb()
    try:
        client.put_item(TableName=table, Item=encode(item), **_condition(when, old=False))
    except client.exceptions.ConditionalCheckFailedException:
        return False
    return True


def ttl_add(table: str, key: Key, add: Mapping[str, int], values: Mapping[str, Any]) -> Item:
    """Add to numbers of an item, from 0, and set `values`, outside a transaction (TTL tables only).

    Returns the item as it is then; one that was not there is made.
    """
    inner = update(table, key, add=add, values=values).request["Update"]
    answer = clients.dynamodb().update_item(**inner, ReturnValues="ALL_NEW")
    return decode(answer["Attributes"])


def ttl_delete(table: str, key: Key) -> Item | None:
    """Delete outside a transaction (TTL tables only); returns what was there."""
    answer = clients.dynamodb().delete_item(TableName=table, Key=encode(key), ReturnValues="ALL_OLD")
    return decode(answer["Attributes"]) if answer.get("Attributes") else None


def _condition(when: ConditionBase | Written | None, *, old: bool = True) -> dict[str, Any]:
    if when is None:
        return {}
    written = when if isinstance(when, Written) else _write_out(when)
    condition: dict[str, Any] = {
        "ConditionExpression": written.expression,
        "ExpressionAttributeNames": written.names,
    }
    if written.values:
        condition["ExpressionAttributeValues"] = encode(written.values)
    if old:
        condition["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
    return condition


def _write_out(when: ConditionBase) -> Written:
    built = ConditionExpressionBuilder().build_expression(when)
    return Written(built.condition_expression, built.attribute_name_placeholders, built.attribute_value_placeholders)


def _update_expression(
    values: Mapping[str, Any],
    add: Mapping[str, int | set[str]],
    discard: Mapping[str, set[str]],
    remove: Sequence[str],
) -> tuple[str, dict[str, str], Item]:
    names = {f"#u{at}": name for at, name in enumerate([*values, *add, *discard, *remove])}
    of = {name: placeholder for placeholder, name in names.items()}
    given = [*values.items(), *add.items(), *discard.items()]
    bound = {f":u{of[name][2:]}": _serialize(value) for name, value in given}
    clauses = []
    if values:
        clauses.append("SET " + ", ".join(f"{of[name]} = :u{of[name][2:]}" for name in values))
    if add:
        clauses.append("ADD " + ", ".join(f"{of[name]} :u{of[name][2:]}" for name in add))
    if discard:
        clauses.append("DELETE " + ", ".join(f"{of[name]} :u{of[name][2:]}" for name in discard))
    if remove:
        clauses.append("REMOVE " + ", ".join(of[name] for name in remove))
    return " ".join(clauses), names, bound


def _reason(operation: Operation, entry: Mapping[str, Any]) -> Reason:
    old = entry.get("Item")
    return Reason(operation.label, entry.get("Code") or "None", decode(old) if old else None)
