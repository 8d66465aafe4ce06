"""Looks at every transaction a service sends in a test: what the deadline rules must carry the gate's check.

Design.md, section 4: every write to the roster, a dossier or an upload intent is one transaction with a check of a
lane: open, its window after the receipt, epoch as read. The list of what is ruled is here and nowhere else, so that
a new way to write such a thing without the gate fails in whatever test comes along it.

Likewise with idempotency keys: the retry of an accepted request answers success (domain.md, section 7), so whatever a
request writes through the gate remembers the answer in the same transaction. Every request of a test brings a key.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from services.kernel.aws import clients

ROSTER = re.compile(r"@|H#.*|K#.*")
"""Sort keys of a person in registration's table that are gated: himself, histories, cards; not what files became."""
OF_INSTITUTION = re.compile(r"P#I[0-9]{4}")
"""Papers of an institution have windows of their own (services/documents/uploads/request_upload.py)."""


def watch() -> None:
    """Look at every transaction this process' client sends from now on."""
    clients.dynamodb().meta.events.register("provide-client-params.dynamodb.TransactWriteItems", _look)


@contextmanager
def request(*, keyed: bool) -> Iterator[None]:
    """While a request is answered that brought an idempotency key, or none."""
    token = _forgetful.set(keyed)
    try:
        yield
    finally:
        _forgetful.reset(token)


_forgetful: ContextVar[bool] = ContextVar("forgetful", default=False)
"""Whether a request with a key is being answered that has not remembered its answer yet."""


def _look(params: Mapping[str, Any], **_: object) -> None:
    if not _sent_by_a_test():
        require_gated(params["TransactItems"])
        _require_remembered(params["TransactItems"])


def _require_remembered(items: Sequence[Mapping[str, Mapping[str, Any]]]) -> None:
    """Fail if a request's first gated transaction does not remember its answer; what follows from it need not."""
    if _forgetful.get() and any(checks_lane(item.get("ConditionCheck", {})) for item in items):
        assert any(remembers(item.get("Put", {})) for item in items), "a gated write whose retry would be refused"
        _forgetful.set(False)


def remembers(put: Mapping[str, Any]) -> bool:
    """Whether a Put keeps an idempotency key (services/kernel/idempotency.py, services/documents/adapters/items.py)."""
    key: str = put["Item"]["pk"]["S"] if put else ""
    return key.startswith(("once#", "O#"))


def require_gated(items: Sequence[Mapping[str, Mapping[str, Any]]]) -> None:
    """Fail if one of the operations is ruled by a window and none of them checks a lane."""
    ruled = [kind for item in items for kind, operation in item.items() if is_ruled(kind, operation)]
    checked = any(checks_lane(item.get("ConditionCheck", {})) for item in items)
    assert checked or not ruled, "a write of what the deadline rules, without the gate's check"


def is_ruled(kind: str, operation: Mapping[str, Any]) -> bool:
    """Whether an operation writes the roster, a dossier or an upload intent."""
    key = operation.get("Item") or operation["Key"]
    pk, sk = key["pk"]["S"], key.get("sk", {}).get("S", "")
    if kind == "ConditionCheck" or not pk.startswith("P#"):
        return False
    if operation["TableName"] == "RegTable":
        return ROSTER.fullmatch(sk) is not None
    new_file = kind == "Put" and sk.startswith("D#") and "not_exists" in operation.get("ConditionExpression", "")
    return operation["TableName"] == "DocTable" and new_file and OF_INSTITUTION.fullmatch(pk) is None


def checks_lane(check: Mapping[str, Any]) -> bool:
    """Whether a ConditionCheck is the gate's: on a lane, asking for its state, its epoch and one window."""
    if check.get("TableName") != "GateTable" or not re.fullmatch(r"G#[0-9]{4}#i?[0-9]+", check["Key"]["pk"]["S"]):
        return False
    asked = set(check["ExpressionAttributeNames"].values())
    return {"st", "ep"} < asked and len(asked & {"entry", "dossier", "correction", "verification"}) == 1


def _sent_by_a_test() -> bool:
    """Whether a test wrote it by force, to set a scene: then its own line called `dynamodb.transact`."""
    frame = sys._getframe()
    while frame.f_back is not None and frame.f_code.co_name != "transact":
        frame = frame.f_back
    return frame.f_back is None or "/tests/" in frame.f_back.f_code.co_filename
