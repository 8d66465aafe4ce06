"""`python -m tests.bench.approve_50`: what it costs to look at 50 records together, and to approve them.

Calls and units as tests/costing counts them. The processor's time is of this process, in which moto answers and the
tests watch every write: the most that it can be.
"""

import logging
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import pytest

from services.kernel.aws import clients
from services.kernel.security.sessions import Role
from services.registration.adapters import person_store
from services.registration.eligibility.advice import Advice
from services.registration.queue.approvable import MOST
from services.registration.queue.decide_together import Approvals, decide_together
from services.registration.queue.preview_approvals import Candidates, preview_approvals
from tests.costing.meter import Meter
from tests.registration.listed import IN_TIME, INSTITUTION
from tests.registration.queue.test_approvals import opened, ready
from tests.registration.staff import desk
from tests.support.asking import request_of
from tests.support.aws import clouded
from tests.support.gates import open_gate


def main() -> None:
    """Print the figures of both."""
    logging.disable(logging.INFO)
    with pytest.MonkeyPatch.context() as patch, clouded(patch) as cloud, redirect_stdout(StringIO()):
        cloud.use("registration")
        cloud.at(IN_TIME)
        open_gate(INSTITUTION)
        verifier = desk(cloud, Role.VERIFIKATOR)
        entered = ready(desk(cloud, Role.OPERATOR), range(2 * MOST))
        fitting = [pid for pid in entered if person_store.load(pid).overall == Advice.LOLOS.value]
        items = opened(verifier, fitting[:MOST])
        request = request_of(verifier.actor)
        candidates, approvals = Candidates.model_validate({"items": items}), Approvals.model_validate({"items": items})
        deeds: Mapping[str, Callable[[], Sequence[Any]]] = {
            "look": lambda: preview_approvals(candidates, institution=INSTITUTION, request=request).items,
            "approve": lambda: decide_together(approvals, institution=INSTITUTION, request=request).items,
        }
        print(f"{MOST} records{'calls':>10}{'read':>8}{'write':>8}{'ms':>8}", file=sys.__stdout__)
        for name, deed in deeds.items():
            print(f"{name:<10}{_measured(deed)}", file=sys.__stdout__, flush=True)


def _measured(deed: Callable[[], Sequence[Any]]) -> str:
    meter, calls = Meter(), list[str]()
    for client in (clients.dynamodb(), clients.kms()):
        client.meta.events.register("after-call.*.*", lambda event_name, **_: calls.append(event_name))
    with meter.watching():
        start = time.process_time()
        found = deed()
        took = time.process_time() - start
    assert [one.why for one in found] == [None] * MOST, {one.why for one in found}
    return f"{len(calls):>10}{meter.units['read']:>8.1f}{meter.units['write']:>8.0f}{1000 * took:>8.0f}"


if __name__ == "__main__":
    main()
