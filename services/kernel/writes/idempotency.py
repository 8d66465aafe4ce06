"""Idempotency keys: the retry of an accepted request answers what the first one answered, also after the deadline.

The remembered answer is written in the same transaction as the data, so there is never one without the other. It holds
versions and states, no personal data, and lives 48 hours (IETF draft "The Idempotency-Key HTTP Header Field"). The four
services have no other way; kernel/web/http.py makes the `Once` of a request.

A key stands for one content: another one under it would be answered as if it had been stored, so it is refused. Of the
content an HMAC under the key is kept, and of the key a hash: whoever reads the table has nothing to try bodies against.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Self, TypeVar

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Operation
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.settings import settings

Answer = TypeVar("Answer", bound=BaseModel)
TTL = timedelta(hours=48)
MIN_LENGTH, MAX_LENGTH = 8, 200
"""Characters of a key."""
_NEW_AT_EACH_TRY = {"v", "captcha"}
"""What a retry may bring anew: the version its sender meanwhile saw, a proof of work that is good once."""
_OVERTAKEN = frozenset(
    {
        Code.VERSION_MOVED,
        Code.CONFLICT,
        Code.WRONG_PHASE,
        Code.INVALID_FIELDS,
        Code.ACCOUNT_EXISTS,
        Code.ILLEGAL_TRANSITION,
        Code.INCOMPLETE,
        Code.WINDOW_CLOSED,
        Code.RETURN_TOO_LATE,
        Code.TRY_AGAIN,
    }
)
"""What a retry meets when its twin committed while it was on its way; the twin may have been in time, and he late."""


def _key_used_problem() -> Problem:
    """What is answered to another content under a key that stands for one (the draft, section 2.7)."""
    sentence = "Kunci ini sudah dipakai untuk isian lain, yang sudah diterima. Muat ulang, periksa, lalu kirim lagi."
    return invalid_problem("Idempotency-Key", "idempotency-key-used", sentence)


class Once:
    """One request's idempotency key, if it brought any; bound to who asks, the action and the body it came with.

    Args:
        who: whose request it is; nobody else meets what is remembered. Empty on a route for everybody.
        action: what is asked for, e.g. `DELETE /registration/institutions/9901/people/…`.
        key: the request's `Idempotency-Key`.
        body: its content, if it has any.

    Raises:
        Problem: `invalid-fields` for a key of the wrong length.
    """

    def __init__(self, who: str, action: str, key: str | None, body: BaseModel | None) -> None:
        if key is not None and not MIN_LENGTH <= len(key) <= MAX_LENGTH:
            sentence = f"Panjang kunci harus {MIN_LENGTH} sampai {MAX_LENGTH} karakter."
            raise invalid_problem("Idempotency-Key", "idempotency-key", sentence)
        self._asked = (who, action, key)
        self._pk = None if key is None else _name(who, action, key)
        self._content = None if key is None else _content(body, key)

    def part(self, name: str, body: BaseModel) -> Self:
        """The same for one of the things that the request asks for, each of which is written by itself.

        A retry after a request that was cut off then finds what was done, and does what is left.
        """
        who, action, key = self._asked
        return type(self)(who, f"{action} {name}", key, body)

    def answer(self, model: type[Answer], work: Callable[[], Answer]) -> Answer:
        """The remembered answer, or what `work` answers; `work` remembers it with what it writes.

        A retry whose twin commits while it is on its way is answered what the twin was answered.

        Raises:
            Problem: `invalid-fields` when the first request with this key had another content; whatever `work` raises.
        """
        earlier = self.answered(model)
        if earlier is not None:
            return earlier
        try:
            return work()
        except Problem as problem:
            earlier = self.answered(model) if problem.code in _OVERTAKEN else None
            if earlier is None:
                raise
            return earlier

    def answered(self, model: type[Answer]) -> Answer | None:
        """What the first request with this key was answered, or None.

        Raises:
            Problem: `invalid-fields` when that one had another content.
        """
        if self._pk is None:
            return None
        stored = dynamodb.get(settings().ttl_table, {"pk": self._pk})
        if stored is None:
            return None
        if stored["content"] != self._content:
            raise _key_used_problem()
        return model.model_validate(stored["answer"])

    def remember(self, answer: BaseModel) -> list[Operation]:
        """The operation that remembers the answer; join it to the transaction that earns it."""
        if self._pk is None:
            return []
        expires = int((clock.machine_now() + TTL).timestamp())
        kept = {"content": self._content, "answer": answer.model_dump(mode="json")}
        item = {"pk": self._pk, **kept, "expires": expires}
        return [dynamodb.put(settings().ttl_table, item, when=Attr("pk").not_exists(), label="answer")]


def _content(body: BaseModel | None, key: str) -> str:
    sent = body.model_dump(mode="json", exclude=_NEW_AT_EACH_TRY, exclude_unset=True) if body else {}
    return hmac.new(key.encode(), json.dumps(sent, sort_keys=True).encode(), "sha256").hexdigest()


def _name(who: str, action: str, key: str) -> str:
    return "once#" + hashlib.sha256(f"{who}\x1f{action}\x1f{key}".encode()).hexdigest()
