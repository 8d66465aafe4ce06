"""The figures as Markdown tables, which a terminal shows as well as a page does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from services.kernel.writes.calendar import DRAIN
from tools.simulate_deadline.goals import Goal
from tools.simulate_deadline.locker import Lock
from tools.simulate_deadline.nation import LockedNation, Nation
from tools.simulate_deadline.one_institution import RATE, Steady
from tools.simulate_deadline.outcome import Outcome, percentile
from tools.simulate_deadline.parameters import Parameters


def report(
    steady: Sequence[Steady],
    nations: Sequence[Nation],
    locked: Sequence[LockedNation],
    batches: Mapping[int, Sequence[Lock]],
    goals: Sequence[Goal],
    parameters: Parameters,
) -> str:
    """All of it."""
    parts = [
        (
            "Goals",
            _table(("goal", "figure", "holds"), ((g.meant, g.figure, "yes" if g.holds else "NO") for g in goals)),
        ),
        (f"One institution, {RATE:.0f} gated writes a second", one_institution(steady)),
        (f"The nation, the last {parameters.minutes:g} minutes", nation(nations)),
        ("The largest institution meanwhile", largest(nations)),
        ("What that costs", costs(nations, parameters)),
        (f"{parameters.institutions} institutions due at once", locks(locked)),
        ("The largest institution's lock, by lanes closed in one transaction", by_batch(batches)),
        ("Parameters", settings(parameters)),
    ]
    return "\n\n".join(f"### {title}\n\n{table}" for title, table in parts) + "\n"


def judged(goals: Iterable[Goal]) -> str:
    """What was meant, and whether it holds."""
    return _table(("goal", "figure", "holds"), ((one.meant, one.figure, "yes" if one.holds else "NO") for one in goals))


def one_institution(rows: Iterable[Steady]) -> str:
    """Writes and locks by number of lanes; `held` is the share of time a lane is held, the closed form's answer."""
    heads = ("lanes", "writes", "held %", *_GATE_HEADS, "lock p50/p99 ms", "lock amid writes p50/p99 ms")
    return _table(heads, (_steady(one) for one in rows))


def _steady(one: Steady) -> tuple[str, ...]:
    times = _pair([lock.seconds for lock in one.locks]), _pair([lock.seconds for lock in one.surged])
    return (str(one.lanes), _count(one.outcome.received), f"{100 * one.predicted:.1f}", *_gate(one.outcome), *times)


def nation(rows: Iterable[Nation]) -> str:
    """Every institution together."""
    heads = ("last day", "lanes", "peak/s", "writes", *_GATE_HEADS, "refused late", "last commit s")
    return _table(heads, (_nation(one) for one in rows))


def _nation(one: Nation) -> tuple[str, ...]:
    late = _count(one.outcome.refused), f"+{max(0.0, one.outcome.last_commit):.1f} of {DRAIN.total_seconds():.0f}"
    first = (f"{one.share:.0%}", one.lanes, f"{one.peak:.0f}", _count(one.outcome.received))
    return (*first, *_gate(one.outcome), *late)


def largest(rows: Iterable[Nation]) -> str:
    """The largest institution alone."""
    heads = ("last day", "lanes", "writes", *_GATE_HEADS)
    return _table(heads, (_largest(one) for one in rows))


def _largest(one: Nation) -> tuple[str, ...]:
    return (f"{one.share:.0%}", one.lanes, _count(one.largest.received), *_gate(one.largest))


def costs(rows: Iterable[Nation], parameters: Parameters) -> str:
    """Write units: a try is charged in full whether it commits or is cancelled, which is the upper bound.

    The whole day is reckoned at the tries a write of the last minutes takes, which is an upper bound too.
    """
    price = f"at US$ {parameters.price:g} a million"
    heads = ("last day", "lanes", "units/s at most", "million units", price, "million units, day", f"day {price}")
    return _table(heads, (_cost(one, parameters) for one in rows))


def _cost(one: Nation, parameters: Parameters) -> tuple[str, ...]:
    units = one.outcome.tries * parameters.units_a_write / 1e6
    day = units * one.day / max(1, one.outcome.received - one.outcome.refused)
    peak = _count(one.outcome.busiest_second * parameters.units_a_write)
    spent = (f"{units:.1f}", f"{units * parameters.price:.2f}", f"{day:.0f}", f"{day * parameters.price:.0f}")
    return (f"{one.share:.0%}", one.lanes, peak, *spent)


def locks(rows: Iterable[LockedNation]) -> str:
    """Seconds from the schedule's run that finds all due; before it lie the drain and up to a minute's wait."""
    heads = ("lockers", "lock p50/p99 ms", "half locked s", "last locked s", "worst s")
    return _table(heads, (_locked(one) for one in rows))


def _locked(one: LockedNation) -> tuple[str, ...]:
    half = percentile([lock.ends for trial in one.trials for lock in trial], 0.5)
    last = percentile(one.last, 0.5)
    return (str(one.lockers), _pair(one.seconds), f"{half:.1f}", f"{last:.1f}", f"{max(one.last):.1f}")


def by_batch(rows: Mapping[int, Sequence[Lock]]) -> str:
    """How long the lock takes when more lanes are closed in one transaction."""
    times = ((str(lanes), _pair([lock.seconds for lock in locks])) for lanes, locks in rows.items())
    return _table(("lanes at once", "lock p50/p99 ms"), times)


def settings(parameters: Parameters) -> str:
    """Every parameter with what it means."""
    rows = (
        (f"`--{one.name.replace('_', '-')}`", str(getattr(parameters, one.name)), one.metadata["meaning"])
        for one in fields(parameters)
    )
    return _table(("parameter", "value", "meaning"), rows)


_GATE_HEADS = ("conflicts %", "tries a success", "retried %", "given up", "write p50/p99 ms", "added p50/p99 ms")


def _gate(outcome: Outcome) -> tuple[str, ...]:
    in_time = max(1, outcome.received - outcome.refused)
    return (
        f"{100 * outcome.conflict_share:.1f}",
        f"{outcome.tries_a_success:.2f}",
        f"{100 * outcome.retried / in_time:.1f}",
        _given_up(outcome),
        _pair(outcome.answers),
        _pair(outcome.added),
    )


def _given_up(outcome: Outcome) -> str:
    share = 100 * outcome.given_up / max(1, outcome.received - outcome.refused)
    return f"{_count(outcome.given_up)} ({share:.2g} %)" if outcome.given_up else "0"


def _pair(seconds: Sequence[float]) -> str:
    return f"{1e3 * percentile(seconds, 0.5):,.0f} / {1e3 * percentile(seconds, 0.99):,.0f}"


def _count(number: float) -> str:
    return f"{number:,.0f}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    shown = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines]
    return "\n".join([shown[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *shown[1:]])
