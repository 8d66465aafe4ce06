"""Committing transactions that are not gated writes: everything or nothing, patient with what is busy.

Moving the gate touches every lane at once, and a writer may hold any of them for some 25 ms. So there are more tries
than for a writer; together they stay far below a function's 29 seconds.
"""

import random
import time
from collections.abc import Sequence

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Busy, Cancelled, Operation
from services.kernel.problems import Code, Problem

TRIES = 24
_FIRST_PAUSE = 0.010
_LONGEST_PAUSE = 0.300


def commit(operations: Sequence[Operation]) -> None:
    """Commit all operations or none.

    Raises:
        Cancelled: when a condition did not hold.
        Problem: `try-again` after the last try.
    """
    pause = _FIRST_PAUSE
    for _ in range(TRIES):
        try:
            dynamodb.transact(operations)
        except Busy:
            pass
        except Cancelled as cancelled:
            if not cancelled.busy:
                raise
        else:
            return
        time.sleep(random.uniform(0, pause))  # noqa: S311 - spreads load, guards nothing
        pause = min(pause * 2, _LONGEST_PAUSE)
    raise Problem(Code.TRY_AGAIN, retry_after=1)
