"""Queues to use cases: failures are reported one by one, so that only they come again.

Most messages are handled one at a time. Facts of which an import tells thousands are handed over many at a time, to be
written in few transactions.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from services.kernel.facts import Fact, parse
from services.kernel.log import LogLine, log, where
from services.kernel.problems import Code, Problem

Envelope = Mapping[str, Any]
"""An EventBridge event as a rule delivers it to a queue."""
Event = Mapping[str, Any]
"""An SQS event as Lambda delivers it."""
Together = Callable[[Sequence[Any]], Collection[int]]
"""Takes facts of one type, in any order and perhaps twice; returns the positions of those that must come again."""


def consume(event: Event, handle: Callable[[Any], None]) -> Mapping[str, Any]:
    """Give each message's JSON body to `handle`; answers which messages must come again.

    After the queue's `maxReceiveCount` a message goes to the dead-letter queue.
    """

    def handle_record(record: SQSRecord) -> None:
        handle(json.loads(record.body))

    processor = _LoggingProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    return process_partial_response(event=dict(event), record_handler=handle_record, processor=processor)


class _LoggingProcessor(BatchProcessor):
    """Powertools' processor keeps failures to itself; a support person must find them."""

    def failure_handler(self, record: Any, exception: Any) -> Any:  # noqa: ANN401 - powertools' own types
        """Report a failed message: the place of the error, not its text."""
        log(LogLine.MESSAGE_FAILED, error=where(exception[1]))
        return super().failure_handler(record, exception)


def consume_facts(
    event: Event,
    handlers: Mapping[type[Fact], Callable[[Any], None]],
    together: Mapping[type[Fact], Together] | None = None,
) -> Mapping[str, Any]:
    """Give each fact to the handler of its type; a fact nobody here handles is a wiring mistake and fails.

    Those of a type in `together` are given to its handler all at once.
    """

    def handle(envelope: Envelope) -> None:
        fact = parse(envelope["detail-type"], envelope["detail"])
        handlers[type(fact)](fact)
        log(LogLine.FACT_CONSUMED, fact=fact.name, institution=fact.institution)

    failed: list[str] = []
    left = event
    for kind, handler in (together or {}).items():
        facts, left = _of_kind(left, kind)
        failed += _handle_together(facts, handler)
    answer = consume(left, handle) if left["Records"] else {"batchItemFailures": []}
    return {"batchItemFailures": [{"itemIdentifier": one} for one in failed] + list(answer["batchItemFailures"])}


def _of_kind(event: Event, kind: type[Fact]) -> tuple[dict[str, Fact], Event]:
    """The facts of one type by message, and the event without them; what cannot be read stays in it and fails there."""
    facts: dict[str, Fact] = {}
    for record in event["Records"]:
        fact = _read(record["body"], kind)
        if fact is not None:
            facts[record["messageId"]] = fact
    return facts, {**event, "Records": [record for record in event["Records"] if record["messageId"] not in facts]}


def _read(body: str, kind: type[Fact]) -> Fact | None:
    try:
        envelope = json.loads(body)
        return kind.model_validate(envelope["detail"]) if envelope["detail-type"] == kind.name else None
    except (ValueError, KeyError, TypeError):
        return None


def _handle_together(facts: Mapping[str, Fact], handler: Together) -> list[str]:
    """Messages whose facts must come again. One that upsets the handler is found by trying each alone."""
    if not facts:
        return []
    messages = list(facts)
    try:
        failed = [messages[at] for at in handler(list(facts.values()))]
    except Exception as error:  # noqa: BLE001 - the edge: whatever happens, only what failed may come again
        log(LogLine.MESSAGE_FAILED, error=where(error), count=len(facts))
        if len(facts) == 1 or (isinstance(error, Problem) and error.code is Code.TRY_AGAIN):
            return messages
        return [one for message, fact in facts.items() for one in _handle_together({message: fact}, handler)]
    for institution, count in Counter(fact.institution for fact in facts.values()).items():
        name = next(iter(facts.values())).name
        log(LogLine.FACT_CONSUMED, fact=name, institution=institution, count=count)
    return failed
