"""Idempotency keys: the retry of an accepted request answers what the first one answered, also after the deadline.

The remembered answer is written in the same transaction as the data, so there is never one without the other. It holds
versions and states, no personal data, and lives 48 hours (IETF draft "The Idempotency-Key HTTP Header Field").
"""

import hashlib
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Operation
from services.kernel.problems import invalid

LIFE = timedelta(hours=48)
_LONGEST = 200


class Once:
    """One request's idempotency key, if it brought any; bound to the actor and the action it was used for."""

    def __init__(self, table: str, actor: str, action: str, key: str | None) -> None:
        if key is not None and not 8 <= len(key) <= _LONGEST:
            raise invalid("Idempotency-Key", "idempotency-key", f"Panjang kunci harus 8 sampai {_LONGEST} karakter.")
        self._table = table
        self._pk = None if key is None else _name(actor, action, key)

    def answered(self) -> dict[str, Any] | None:
        """What the first request with this key was answered, or None."""
        if self._pk is None:
            return None
        stored = dynamodb.get(self._table, {"pk": self._pk})
        return None if stored is None else dict(stored["answer"])

    def remember(self, answer: BaseModel) -> list[Operation]:
        """The operation that remembers the answer; join it to the transaction that earns it."""
        if self._pk is None:
            return []
        expires = int((clock.machine_now() + LIFE).timestamp())
        item = {"pk": self._pk, "answer": answer.model_dump(mode="json"), "expires": expires}
        return [dynamodb.put(self._table, item, when=Attr("pk").not_exists())]


def _name(actor: str, action: str, key: str) -> str:
    return "once#" + hashlib.sha256(f"{actor}\x1f{action}\x1f{key}".encode()).hexdigest()
