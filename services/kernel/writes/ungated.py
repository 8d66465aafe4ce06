"""Writes that the gate does not rule: files under inspection, letters, projections, tickets (design.md, section 4).

Each brings its own version condition. `commit` tells whether the conditions held; the caller then knows that somebody
was faster, loads again and decides anew.
"""

from collections.abc import Sequence

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Busy, Cancelled, Operation
from services.kernel.problems import Code, Problem
from services.kernel.writes import patience

MAX_TRIES = patience.MAX_TRIES
"""How often a caller should load and decide anew before it gives up."""


def commit(operations: Sequence[Operation]) -> bool:
    """Commit all operations or none; False when a condition did not hold and nothing was written.

    Raises:
        Problem: `try-again` when other transactions held an item at every try.
    """
    try:
        insist(operations)
    except Cancelled:
        return False
    return True


def attempt(operations: Sequence[Operation]) -> bool:
    """Try once to commit all operations or none; False when a condition did not hold or somebody held an item.

    For a caller who loads and decides anew in both cases, and waits between (`patience.pause`).
    """
    try:
        dynamodb.transact(operations)
    except Busy:
        return False
    except Cancelled as refused:
        if not (refused.busy or refused.failed()):
            raise
        return False
    return True


def commit_each(operations: Sequence[Operation]) -> set[str]:
    """Commit operations that do not depend on each other, many in one transaction, on an item and with a label each.

    Returns the labels of those whose condition did not hold; all others are committed.

    Raises:
        Problem: `try-again` when other transactions held an item at every try; some may be committed.
    """
    refused: set[str] = set()
    for start in range(0, len(operations), dynamodb.MAX_OPERATIONS):
        batch = operations[start : start + dynamodb.MAX_OPERATIONS]
        while batch:
            try:
                insist(batch)
            except Cancelled as cancelled:
                if not cancelled.failed():
                    raise
                refused.update(cancelled.failed())
                batch = [operation for operation in batch if operation.label not in refused]
            else:
                break
    return refused


def insist(operations: Sequence[Operation], *, tries: int = MAX_TRIES) -> None:
    """Commit all operations or none, for a caller who must know which condition did not hold.

    Raises:
        Cancelled: when a condition did not hold.
        Problem: `try-again` when other transactions held an item at every try.
    """
    for attempt in range(tries):
        try:
            dynamodb.transact(operations)
        except Cancelled as refused:
            if not refused.busy:
                raise
        except Busy:
            pass
        else:
            return
        if attempt + 1 < tries:
            patience.pause(attempt)
    raise Problem(Code.TRY_AGAIN, retry_after=1)
