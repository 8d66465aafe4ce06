"""Writes that the gate does not rule: files under inspection, letters, projections, tickets (design.md, section 4).

Each brings its own version condition. `commit` tells whether the conditions held; the caller then knows that somebody
was faster, loads again and decides anew.
"""

import random
import time
from collections.abc import Sequence

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Busy, Cancelled, Operation
from services.kernel.problems import Code, Problem

TRIES = 8
"""How often a caller should load and decide anew before it gives up."""
_FIRST_PAUSE = 0.010
_LONGEST_PAUSE = 0.200


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


def insist(operations: Sequence[Operation], *, tries: int = TRIES) -> None:
    """Commit all operations or none, for a caller who must know which condition did not hold.

    Raises:
        Cancelled: when a condition did not hold.
        Problem: `try-again` when other transactions held an item at every try.
    """
    pause = _FIRST_PAUSE
    for _ in range(tries):
        try:
            dynamodb.transact(operations)
        except Cancelled as refused:
            if not refused.busy:
                raise
        except Busy:
            pass
        else:
            return
        time.sleep(random.uniform(0, pause))  # noqa: S311 - spreads load, guards nothing
        pause = min(pause * 2, _LONGEST_PAUSE)
    raise Problem(Code.TRY_AGAIN, retry_after=1)
