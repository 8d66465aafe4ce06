"""What the emulator lacks: DynamoDB's conflicts. A layer before it in which transactions hold their items for a while.

A transaction holds all its items, checked ones too, from its arrival until some milliseconds after it was applied; then
its answer goes out. Another one that touches a held item is cancelled with `TransactionConflict` at the places of those
items, a single write gets `TransactionConflictException`, `TransactGetItems` is cancelled like a write, and the same
transaction sent again meanwhile gets `TransactionInProgressException` (AWS, DynamoDB Developer Guide, "Transaction
conflict handling"; API reference, TransactWriteItems). Plain reads are never held up. Unlike DynamoDB, the emulator
applies a transaction in one piece, so a plain read sees all of it or nothing; and a conflict is told alone, where
DynamoDB may tell of a failed condition beside it. A batch of single writes is passed on as it is: no service sends any.

Every transaction that was applied becomes a line of the witness file, in the order in which they were: of two that
share an item the line of the first comes first.

    python -m tests.system.conflicts <emulator's address> <witness file> <mean hold, ms> <seed>

It prints its port and ends with its standard input.
"""

import asyncio
import json
import os
import random
import re
import sys
import threading
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.system import hop
from tests.system.hop import Message

Key = tuple[str, ...]
Part = tuple[str, dict[str, Any]]
_TYPE = "com.amazonaws.dynamodb.v20120810#"
_SINGLE = frozenset({"PutItem", "UpdateItem", "DeleteItem"})
_TOGETHER = frozenset({"TransactWriteItems", "TransactGetItems"})
_WITNESSED = frozenset({"state", "ep", "entry", "dossier", "correction", "verification", "actor", "action", "at"})
_SLOW, _SLOWER = 0.02, 15
"""One transaction in fifty takes fifteen times as long."""


class Layer:
    """The items held now, and by which transaction."""

    def __init__(self, emulator: str, witness: Path, mean: float, seed: int) -> None:
        """`mean`: seconds a transaction holds its items for, before and again after it is applied, on average."""
        address = urlsplit(emulator)
        self._host, self._port = address.hostname or "", address.port or 0
        self._mean = mean
        self._chance = random.Random(seed)  # noqa: S311 - guards nothing
        self._held: dict[Key, str] = {}
        self._schemas: dict[str, list[str]] = {}
        self._idle: list[tuple[StreamReader, StreamWriter]] = []
        self._witness = witness.open("a", encoding="utf-8")

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Answer the requests of one client until it goes away; what it asked for is done all the same."""
        try:
            while (request := await hop.read_request(reader)) is not None:
                await hop.answer(writer, await self._answer(request))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client was killed
        finally:
            writer.close()

    async def _answer(self, request: Message) -> Message:
        operation = request.headers.get("x-amz-target", "").rpartition(".")[2]
        if operation not in _SINGLE | _TOGETHER:
            return await self._forward(request)
        body = json.loads(request.body)
        parts = _parts(operation, body)
        keys = [await self._key(part, request) for _, part in parts]
        token = body.get("ClientRequestToken", "")
        if token and token in self._held.values():
            return _refusal("TransactionInProgressException", "The transaction is in progress")
        conflicts = [key in self._held for key in keys]
        if any(conflicts):
            self._tell({"conflict": operation})
            return _cancelled(conflicts) if operation in _TOGETHER else _conflict()
        if operation == "TransactWriteItems":
            return await self._transact(request, dict.fromkeys(keys, token), parts)
        return await self._forward(request)

    async def _transact(self, request: Message, holds: Mapping[Key, str], parts: list[Part]) -> Message:
        self._held.update(holds)
        try:
            await asyncio.sleep(self._while())
            done = await self._forward(request)
            if done.ok:
                self._tell({"applied": [_witnessed(kind, part) for kind, part in parts]})
            await asyncio.sleep(self._while())
        finally:
            for key in holds:
                del self._held[key]
        return done

    def _while(self) -> float:
        slow = _SLOWER if self._chance.random() < _SLOW else 1
        return (0.5 + 0.5 * self._chance.expovariate(1)) * self._mean * slow

    def _tell(self, line: Mapping[str, Any]) -> None:
        self._witness.write(json.dumps({"time": time.time(), **line}) + "\n")
        self._witness.flush()

    async def _key(self, part: Mapping[str, Any], request: Message) -> Key:
        """Which item an operation is about."""
        table = part["TableName"]
        if table not in self._schemas:
            target = {"x-amz-target": "DynamoDB_20120810.DescribeTable"}
            question = Message(request.start, {**request.headers, **target}, json.dumps({"TableName": table}).encode())
            described = json.loads((await self._forward(question)).body)["Table"]
            self._schemas[table] = [element["AttributeName"] for element in described["KeySchema"]]
        item = part.get("Item") or part["Key"]
        return (table, *(json.dumps(item[name]) for name in self._schemas[table]))

    async def _forward(self, request: Message) -> Message:
        connection = self._idle.pop() if self._idle else await asyncio.open_connection(self._host, self._port)
        done = await hop.ask(*connection, request)
        self._idle.append(connection)
        return done


def _parts(operation: str, body: dict[str, Any]) -> list[Part]:
    """The operations of a request: those of a transaction, or itself."""
    if operation in _TOGETHER:
        return [next(iter(part.items())) for part in body["TransactItems"]]
    return [(operation, body)]


def _witnessed(kind: str, part: Mapping[str, Any]) -> dict[str, Any]:
    """What the witness keeps of an operation: its kind and key, and what it says of windows and of audit links."""
    names, values = part.get("ExpressionAttributeNames", {}), part.get("ExpressionAttributeValues", {})
    pairs = re.findall(r"(#\w+) = (:\w+)", part.get("UpdateExpression", ""))
    given = part.get("Item") or {names[name]: values[value] for name, value in pairs}
    key = {name: value["S"] for name, value in (part.get("Item") or part["Key"]).items() if name in {"pk", "sk"}}
    kept = {name: next(iter(value.values())) for name, value in given.items() if name in _WITNESSED}
    return {"kind": kind, **key, **kept}


def _refusal(code: str, message: str, **more: Any) -> Message:
    body = json.dumps({"__type": _TYPE + code, "Message": message, "message": message, **more}).encode()
    return Message(hop.BAD_REQUEST, {"content-type": "application/x-amz-json-1.0"}, body)


def _conflict() -> Message:
    return _refusal("TransactionConflictException", "Transaction is ongoing for the item")


def _cancelled(conflicts: list[bool]) -> Message:
    ongoing = {"Code": "TransactionConflict", "Message": "Transaction is ongoing for the item"}
    reasons = [ongoing if held else {"Code": "None"} for held in conflicts]
    codes = ", ".join(reason["Code"] for reason in reasons)
    message = f"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]"
    return _refusal("TransactionCanceledException", message, CancellationReasons=reasons)


async def _main(layer: Layer) -> None:
    server = await asyncio.start_server(layer.serve, "127.0.0.1", 0, limit=2**20)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def _end_with_starter() -> None:
    while os.read(0, 1024):
        pass
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=_end_with_starter, daemon=True).start()
    emulator, witness, milliseconds, seed = sys.argv[1:]
    asyncio.run(_main(Layer(emulator, Path(witness), float(milliseconds) / 1000, int(seed))))
