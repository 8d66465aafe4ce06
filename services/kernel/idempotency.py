"""Idempotency keys: the retry of an accepted request answers what the first one answered, also after the deadline.

The remembered answer is written in the same transaction as the data, so there is never one without the other. It holds
versions and states, no personal data, and lives 48 hours (IETF draft "The Idempotency-Key HTTP Header Field").

A key stands for one content: another one under it would be answered as if it had been stored, so it is refused. Of the
content an HMAC under the key is kept, and of the key a hash: whoever reads the table has nothing to try bodies against.
"""

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Operation
from services.kernel.problems import Problem, invalid

LIFE = timedelta(hours=48)
_LONGEST = 200
_NEW_AT_EACH_TRY = {"v", "captcha"}
"""What a retry may bring anew: the version its sender meanwhile saw, a proof of work that is good once."""


def key_used() -> Problem:
    """What is answered to another content under a key that stands for one (the draft, section 2.7)."""
    sentence = "Kunci ini sudah dipakai untuk isian lain, yang sudah diterima. Muat ulang, periksa, lalu kirim lagi."
    return invalid("Idempotency-Key", "idempotency-key-used", sentence)


class Once:
    """One request's idempotency key, if it brought any; bound to the actor, the action and the body it came with."""

    def __init__(self, table: str, actor: str, action: str, key: str | None, body: BaseModel) -> None:
        if key is not None and not 8 <= len(key) <= _LONGEST:
            raise invalid("Idempotency-Key", "idempotency-key", f"Panjang kunci harus 8 sampai {_LONGEST} karakter.")
        self._table = table
        self._pk = None if key is None else _name(actor, action, key)
        self._content = None if key is None else _content(body, key)

    def answered(self) -> dict[str, Any] | None:
        """What the first request with this key was answered, or None.

        Raises:
            Problem: `invalid-fields` when that one had another content.
        """
        if self._pk is None:
            return None
        stored = dynamodb.get(self._table, {"pk": self._pk})
        if stored is None:
            return None
        if stored["content"] != self._content:
            raise key_used()
        return dict(stored["answer"])

    def remember(self, answer: BaseModel) -> list[Operation]:
        """The operation that remembers the answer; join it to the transaction that earns it."""
        if self._pk is None:
            return []
        expires = int((clock.machine_now() + LIFE).timestamp())
        kept = {"content": self._content, "answer": answer.model_dump(mode="json")}
        item = {"pk": self._pk, **kept, "expires": expires}
        return [dynamodb.put(self._table, item, when=Attr("pk").not_exists())]


def _content(body: BaseModel, key: str) -> str:
    sent = body.model_dump(mode="json", exclude=_NEW_AT_EACH_TRY, exclude_unset=True)
    return hmac.new(key.encode(), json.dumps(sent, sort_keys=True).encode(), "sha256").hexdigest()


def _name(actor: str, action: str, key: str) -> str:
    return "once#" + hashlib.sha256(f"{actor}\x1f{action}\x1f{key}".encode()).hexdigest()
