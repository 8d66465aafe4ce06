"""Looks at every transaction a service sends in a test: what the deadline rules must carry the gate's check.

Design.md, section 4: every write to the roster, a dossier or an upload intent is one transaction with a check of a
lane: open, its window after the receipt, epoch as read. The list of what is ruled is here and nowhere else, so that
a new way to write such a thing without the gate fails in whatever test comes along it.

Likewise with idempotency keys: the retry of an accepted request answers success (domain.md, section 7), so whatever a
request writes is remembered, and what it writes through the gate in the same transaction. Every request of a test
brings a key, and the rule holds for all services but for the routes that are listed here.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from services.kernel.aws import clients

ROSTER = re.compile(r"@|H#.*|K#.*")
"""Sort keys of a person in registration's table that are gated: himself, histories, cards; not what files became."""
UNGATED_FILES = re.compile(r"P#(I[0-9]{4}|LP?[0-9A-Z]{8})")
"""Papers of an institution or a case have windows of their own (services/documents/uploads/request_upload.py)."""


FORGETFUL = frozenset(
    {
        # a reading is written down as often as it is read
        "POST /registration/institutions/{code}/nik-lookups",
        "POST /registration/institutions/{code}/people/{person}/nik",
        # who reads of it is told of it, from the first time on
        "POST /announcements/cases/hearings",
        # a code works once, and what is answered is a session or a secret: a retry must not get it
        "POST /registration/staff-sessions/second-factor",
        "POST /registration/me/password",
        "POST /registration/me/second-factor",
        "POST /registration/me/second-factor/confirmation",
        "POST /registration/me/recovery-codes",
        "POST /registration/me/email",
        "POST /registration/me/email/confirmation",
        "PUT /registration/me/own-nik",
        "POST /registration/staff-password-resets/completions",
        # asked for again, another mail goes out, three an hour at most
        "POST /registration/staff-password-resets",
        # what is ended is not there the second time, and stays ended
        "DELETE /registration/me/sign-ins/{name}",
    }
)
"""Routes that write and remember no answer."""


def watch() -> None:
    """Look at every transaction this process' client sends from now on."""
    clients.dynamodb().meta.events.register("provide-client-params.dynamodb.TransactWriteItems", _look)


@dataclass
class Answering:
    """A request that brought an idempotency key: what it has sent so far."""

    wrote: bool = False
    remembered: bool = False

    def look(self, items: Sequence[Mapping[str, Mapping[str, Any]]]) -> None:
        """Fail if its first gated transaction does not remember its answer; what follows from it need not."""
        self.wrote = True
        self.remembered = self.remembered or any(remembers(item.get("Put", {})) for item in items)
        gated = any(checks_lane(item.get("ConditionCheck", {})) for item in items)
        assert self.remembered or not gated, "a gated write whose retry would be refused"

    def require_remembered(self, route: str) -> None:
        """Fail if it wrote, was accepted and is forgotten."""
        fine = self.remembered or not self.wrote or route in FORGETFUL
        assert fine, f"{route}: a write whose retry would be done again, or refused"


@contextmanager
def request(*, keyed: bool) -> Iterator[Answering]:
    """While a request is answered that brought an idempotency key, or none."""
    answering = Answering()
    token = _answering.set(answering if keyed else None)
    try:
        yield answering
    finally:
        _answering.reset(token)


_answering: ContextVar[Answering | None] = ContextVar("answering", default=None)
"""The request with a key that is being answered."""


def _look(params: Mapping[str, Any], **_: object) -> None:
    if not _sent_by_a_test():
        require_gated(params["TransactItems"])
        answering = _answering.get()
        if answering:
            answering.look(params["TransactItems"])


def remembers(put: Mapping[str, Any]) -> bool:
    """Whether a Put keeps an idempotency key (services/kernel/writes/idempotency.py)."""
    key: str = put["Item"]["pk"]["S"] if put else ""
    return key.startswith("once#")


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
    return operation["TableName"] == "DocTable" and new_file and UNGATED_FILES.fullmatch(pk) is None


def checks_lane(check: Mapping[str, Any]) -> bool:
    """Whether a ConditionCheck is the gate's: on a lane, asking for its state, its epoch and one window."""
    if check.get("TableName") != "GateTable" or not re.fullmatch(r"G#[0-9]{4}#i?[0-9]+", check["Key"]["pk"]["S"]):
        return False
    asked = set(check["ExpressionAttributeNames"].values())
    return {"state", "ep"} < asked and len(asked & {"entry", "dossier", "correction", "verification"}) == 1


def _sent_by_a_test() -> bool:
    """Whether a test wrote it by force, to set a scene: then its own line called `dynamodb.transact`."""
    frame = sys._getframe()
    while frame.f_back is not None and frame.f_code.co_name != "transact":
        frame = frame.f_back
    return frame.f_back is None or "/tests/" in frame.f_back.f_code.co_filename
