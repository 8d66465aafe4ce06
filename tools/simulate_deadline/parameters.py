"""What can be set, with unit, default and source. Every field is an option of the command."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from services.finalization.lock.lock_institution import LANES_AT_ONCE
from tools.simulate_deadline.delay import Delay


def _option(default: float, meaning: str) -> Any:  # noqa: ANN401 - what `field` returns, it says, is its default
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True)
class Parameters:
    """The defaults are those of docs/deadline-simulation.md, which says where each comes from."""

    seed: int = _option(2022, "same seed, same output")
    minutes: float = _option(15.0, "how much of the last hour is simulated, minutes before the deadline (60: nightly)")
    late_seconds: float = _option(60.0, "how long people go on trying after the deadline, s")

    people: int = _option(2_360_723, "people in all institutions together (docs/domain.md, section 10)")
    institutions: int = _option(590, "institutions")
    spread: float = _option(1.0, "sigma of the lognormal sizes of all but the five largest institutions")

    writes_a_person: float = _option(11.6, "gated writes of a person who works on the last day")
    peak_hour_share: float = _option(0.12, "share of the last day's writes that falls into its last hour")
    peak_factor: float = _option(2.5, "rate of the last five minutes over the mean of the last hour")

    hold_ms: float = _option(25.0, "how long an ordinary transaction holds its lane, mean, ms; CALIBRATE ON AWS")
    hold_cv: float = _option(0.5, "its standard deviation over its mean; of other latencies as well")
    slow_share: float = _option(0.05, "share of transactions that are slow")
    slow_factor: float = _option(5.0, "how many times as long a slow one takes")
    conflict_ms: float = _option(5.0, "until a transaction that meets a held item is cancelled, ms")
    reach_ms: float = _option(40.0, "from the instant of receipt to the first try, mean, ms")
    cold_share: float = _option(0.01, "share of requests that start a new function environment")
    cold_ms: float = _option(800.0, "how long such a start takes, ms")

    close_ms: float = _option(25.0, "a transaction of the locker, mean without slow ones and without its items, ms")
    item_ms: float = _option(0.35, "what each item adds to it, ms")
    lanes_at_once: int = _option(LANES_AT_ONCE, "lanes the locker closes in one transaction")
    lock_workers: int = _option(1, "such transactions of one institution at a time")
    lockers: int = _option(20, "institutions locked at the same time (infra/finalization/merge.yaml)")
    read_ms: float = _option(10.0, "a read of one record, ms")
    send_ms: float = _option(20.0, "a batch of messages sent to the queue of lockers, ms")
    deliver_ms: float = _option(30.0, "from there into a locker, ms")

    units_a_write: float = _option(12.0, "write units of one try of a gated write; upper end of 9 to 12")
    price: float = _option(0.625, "US$ per million write units; A PARAMETER, NOT A VERIFIED PRICE")

    @property
    def hold(self) -> Delay:
        """How long a write that commits holds its lane."""
        return Delay(self.hold_ms / 1e3, self.hold_cv, self.slow_share, self.slow_factor)

    @property
    def reach(self) -> Delay:
        """From the instant of receipt to the first try."""
        return Delay(self.reach_ms / 1e3, self.hold_cv, self.cold_share, 1 + self.cold_ms / self.reach_ms)

    def close(self, items: int) -> Delay:
        """A transaction of the locker over so many items."""
        seconds = (self.close_ms + items * self.item_ms) / 1e3
        return Delay(seconds, self.hold_cv, self.slow_share, self.slow_factor)


def parse(arguments: Sequence[str]) -> tuple[Parameters, str, str | None]:
    """The parameters of a command line, the folder for its output, and the page to be refreshed if there is one."""
    parser = argparse.ArgumentParser(prog="python -m tools.simulate_deadline", allow_abbrev=False)
    for one in fields(Parameters):
        name = f"--{one.name.replace('_', '-')}"
        meaning = f"{one.metadata['meaning']} [{one.default}]"
        parser.add_argument(name, type=type(one.default), default=one.default, help=meaning)
    parser.add_argument("--into", default="build/simulate-deadline", help="folder for what is written [%(default)s]")
    parser.add_argument("--page", help="a page whose figures and pictures are to be replaced as well")
    given = vars(parser.parse_args(arguments))
    into: str = given.pop("into")
    page: str | None = given.pop("page")
    return Parameters(**given), into, page
