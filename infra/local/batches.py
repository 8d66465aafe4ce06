"""Lambda's rules for a batch that fails, for streams: retry, halve, give up.

Source: AWS Lambda developer guide, "How Lambda processes records from stream and queue-based event sources" and
"Configuring partial batch response with DynamoDB and Lambda".
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from infra.local.pool import Outcome

Record = dict[str, Any]


@dataclass(frozen=True)
class Rules:
    """The part of an event source mapping that says what happens to a failing batch."""

    retries: int
    """Times a batch is tried again; -1: until it goes through."""
    bisect: bool
    partial: bool


@dataclass(frozen=True)
class Step:
    """What to do next: invoke with `records`, or give them up after `attempts`."""

    records: Sequence[Record]
    attempts: int
    given_up: bool = False


def steps(records: Sequence[Record], rules: Rules, invoke: Callable[[Sequence[Record]], Outcome]) -> Iterator[Step]:
    """Work through one batch in order; yields before each retry and for each part that is given up.

    The caller waits between the steps, passes on what is given up, and may stop at any step: `unfinished` work is
    what the step holds and what follows it.
    """
    work: list[tuple[Sequence[Record], int]] = [(records, 0)]
    while work:
        batch, attempts = work.pop(0)
        first = first_failed(invoke(batch), batch, partial=rules.partial)
        if first is None:
            continue
        rest = batch[first:]
        attempts = attempts + 1 if first == 0 else 1
        if rules.bisect and len(rest) > 1:
            # halving costs no try: it goes on until the poisoned record stands alone
            half = len(rest) // 2
            work[:0] = [(rest[:half], 0), (rest[half:], 0)]
        elif 0 <= rules.retries < attempts:
            yield Step(rest, attempts, given_up=True)
        else:
            yield Step([record for part, _ in [(rest, 0), *work] for record in part], attempts)
            work.insert(0, (rest, attempts))


def first_failed(outcome: Outcome, batch: Sequence[Record], *, partial: bool) -> int | None:
    """Index of the first record that must be tried again, None when all went through.

    An answer that Lambda would not understand counts as a failure of the whole batch.
    """
    if outcome.error is not None:
        return 0
    failed = failed_identifiers(outcome.result) if partial else set()
    if failed is None:
        return 0
    numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
    if not failed <= set(numbers):
        return 0
    return min((numbers.index(number) for number in failed), default=None)


def failed_identifiers(result: Any) -> set[str] | None:  # noqa: ANN401 - whatever the function returned
    """Identifiers a function reports as failed; None when the report is malformed."""
    if not result:
        return set()
    if not isinstance(result, dict):
        return None
    failures = result.get("batchItemFailures")
    if failures is None:
        return set()
    if not isinstance(failures, list):
        return None
    identifiers = [item.get("itemIdentifier") if isinstance(item, dict) else None for item in failures]
    if not all(isinstance(identifier, str) and identifier for identifier in identifiers):
        return None
    return {str(identifier) for identifier in identifiers}
