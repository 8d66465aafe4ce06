"""`python -m tests.bench.queue_140k`: what the next record of the queue costs in an institution of 140,000 people.

As tests/bench/search_140k.py measures. Exits with 1 when a turn does not keep to docs/adr/0022: 4 calls, 30 read
units, 8 ms.
"""

import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from services.kernel import clock
from services.kernel.aws.dynamodb import Item
from services.kernel.security.sessions import Actor, Role
from services.kernel.states import PersonState, Phase
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import DEFAULT_2022
from services.registration.adapters import account_store
from services.registration.model.account import Account, AccountState
from services.registration.model.search_row import SearchRow
from services.registration.queue.take_next import Turn, take_next
from tests.bench import large_index
from tests.bench.search_140k import MOST_CALLS, MOST_MS, MOST_UNITS, answering
from tests.support.asking import request_of

ROUNDS = 15
SPONSOR = f"1.operator{0:024}"
INVITED = "1.verifikator"
DURING, AT_THE_END = "2022-10-20T09:00:00+07:00", "2022-10-25T09:00:00+07:00"
"""While people still submit, and when whoever did not is decided on as well."""
TURNS: Mapping[str, tuple[str, Turn]] = {
    "the next one": (DURING, Turn()),
    "the next one, at the end": (AT_THE_END, Turn()),
    "anybody": (AT_THE_END, Turn(shuffled=True)),
    "by all filters": (DURING, Turn(unit="negeri kecamatan", advice="LOLOS", papers="LENGKAP", kategori="NON-ASN")),
    "one state": (DURING, Turn(state=PersonState.TERDAFTAR)),
}


def main() -> int:
    """Print the figures; whether all keep to the limits is the exit code."""
    people = list(large_index.lines(int("".join(sys.argv[1:2]) or large_index.LARGEST)))
    print(f"{'turn':<28}{'left':>8}{'calls':>7}{'units':>7}{'ms':>7}")
    kept = True
    with answering(_tables(people)) as asked:
        for name, (at, turn) in TURNS.items():
            best, calls, units, left = float("inf"), 0, 0.0, 0
            for _ in range(ROUNDS):
                asked.calls, asked.units = 0, 0.0
                start = time.process_time()
                left = take_next(turn, institution="9901", request=_request(at)).left
                best = min(best, 1000 * (time.process_time() - start))
                calls, units = max(calls, asked.calls), max(units, asked.units)
            holds = calls <= MOST_CALLS and units <= MOST_UNITS and best <= MOST_MS
            kept &= holds
            line = f"{name:<28}{left:>8}{calls:>7}{units:>7.1f}{best:>7.1f}{'' if holds else '  TOO MUCH'}"
            print(line, file=sys.__stdout__, flush=True)
    return 0 if kept else 1


def _tables(people: Sequence[SearchRow]) -> Mapping[str, Iterable[Item]]:
    """What is read; made once the process is one of registration's functions."""
    own = chain(large_index.items("9901", list(people)), (make() for make in (_account,)))
    return {"reg": own, "gate": (make() for make in (_gate,)), "ttl": ()}


def _request(at: str) -> Request:
    actor = Actor(id=INVITED, role=Role.VERIFIKATOR, institution="9901")
    return replace(request_of(actor), received=datetime.fromisoformat(at))


def _account() -> Item:
    """His, who was invited by one of those who imported the list."""
    account = Account(
        id=INVITED,
        role=Role.VERIFIKATOR,
        institution="9901",
        units=(),
        pid=None,
        password_hash="",
        token_version=1,
        state=AccountState.AKTIF,
        v=1,
        salt=b"",
        encrypted=b"-" * 400,
        sponsors=(SPONSOR,),
    )
    return account_store._to_item(account)


def _gate() -> Item:
    times = {gate.opens(window): clock.millis(span.opens) for window, span in DEFAULT_2022.items()}
    times |= {gate.closes(window): clock.millis(span.closes) for window, span in DEFAULT_2022.items()}
    return {
        **gate.round_key("9901"),
        "ep": 1,
        "phase": Phase.PENGINPUTAN.value,
        "lanes": 32,
        "import_lanes": 8,
        **times,
    }


if __name__ == "__main__":
    sys.exit(main())
