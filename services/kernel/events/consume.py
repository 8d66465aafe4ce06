"""Queues to use cases: failures are reported one by one, so that only they come again.

Most messages are handled one at a time. Facts of which an import tells thousands come many to a message (parcels.py),
and are handed over many at a time, to be written in few transactions.
"""

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from services.kernel.aws import events
from services.kernel.events.facts import Fact, parse
from services.kernel.events.parcels import Record, unpack
from services.kernel.log import LogLine, log, where
from services.kernel.problems import Code, Problem
from services.kernel.settings import settings

Envelope = Mapping[str, Any]
"""An EventBridge event as a rule delivers it to a queue."""
Event = Mapping[str, Any]
"""An SQS event as Lambda delivers it."""
Together = Callable[[Sequence[Any]], Collection[int]]
"""Takes facts of one type, in any order and perhaps twice; returns the positions of those that must come again."""

WHOLE = 2
"""How often a parcel is tried as it is; then one of its facts may have ended the function, and they part."""
REST = 5
"""Seconds before a fact that was sent back is tried alone."""


def consume(event: Event, handle: Callable[[Any], None]) -> Mapping[str, Any]:
    """Give each message's JSON body to `handle`; answers which messages must come again.

    The answer is Lambda's for partial failures: `{"batchItemFailures": [{"itemIdentifier": <message id>}]}`.

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


def consume_groups(event: Event, handle: Callable[[Sequence[Any]], None]) -> Mapping[str, Any]:
    """Give `handle` the JSON bodies of a FIFO queue's messages, all of a group at once and in order.

    If it fails all of the group come again, so that none overtakes another.
    """
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for record in event["Records"]:
        groups.setdefault(record["attributes"]["MessageGroupId"], []).append(record)
    failed: list[str] = []
    for records in groups.values():
        try:
            handle([json.loads(record["body"]) for record in records])
        except Exception as error:  # noqa: BLE001 - the edge: whatever happens, only what failed may come again
            log(LogLine.MESSAGE_FAILED, error=where(error), count=len(records))
            failed += [record["messageId"] for record in records]
    return {"batchItemFailures": [{"itemIdentifier": message} for message in failed]}


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

    return consume_events(event, handle, together)


def consume_events(
    event: Event, handle: Callable[[Envelope], None], together: Mapping[type[Fact], Together] | None = None
) -> Mapping[str, Any]:
    """Give the event of each fact to `handle`, also of those that came in a parcel; see `consume_facts`.

    What fails of a parcel goes back to this service's queue of facts as a message of its own, which is tried, and ends
    as a dead letter, for itself. A parcel of which all fails comes again whole at first: the table may be busy.
    """
    parts = {record["messageId"]: unpack(record) for record in event["Records"]}
    worn = {record["messageId"] for record in event["Records"] if _is_worn(record, parts[record["messageId"]])}
    taken = [part for message, facts in parts.items() if message not in worn for part in facts]
    failed = set(_consume_each({**event, "Records": taken}, handle, together or {}))
    failed |= {part["messageId"] for message in worn for part in parts[message]}
    again = [message for message, facts in parts.items() if _comes_again(facts, failed, whole=message not in worn)]
    return {"batchItemFailures": [{"itemIdentifier": message} for message in again]}


def _is_worn(record: Record, facts: Sequence[Record]) -> bool:
    return len(facts) > 1 and int(record["attributes"]["ApproximateReceiveCount"]) > WHOLE


def _comes_again(facts: Sequence[Record], failed: Collection[str], *, whole: bool) -> bool:
    """Whether a message comes again; what failed of a parcel is sent back alone instead, if the queue takes it."""
    left = [fact for fact in facts if fact["messageId"] in failed]
    if not left or len(facts) == 1 or (whole and len(left) == len(facts)):
        return bool(left)
    try:
        events.send(settings().facts_queue, [fact["body"] for fact in left], delay=REST)
    except Exception as error:  # noqa: BLE001 - then the parcel comes again: who took his fact takes it twice
        log(LogLine.MESSAGE_FAILED, error=where(error), count=len(left))
        return True
    log(LogLine.FACTS_SENT_BACK, count=len(left))
    return False


def _consume_each(
    event: Event, handle: Callable[[Envelope], None], together: Mapping[type[Fact], Together]
) -> list[str]:
    """Messages of one fact each; returns the ids of those that failed."""
    failed: list[str] = []
    left = event
    for kind, handler in together.items():
        facts, left = _of_kind(left, kind)
        failed += _handle_together(facts, handler)
    answer = consume(left, handle) if left["Records"] else {"batchItemFailures": []}
    return failed + [one["itemIdentifier"] for one in answer["batchItemFailures"]]


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
    """Messages whose facts must come again. One that upsets the handler is found by halving."""
    if not facts:
        return []
    messages = list(facts)
    try:
        failed = [messages[at] for at in handler(list(facts.values()))]
    except Exception as error:  # noqa: BLE001 - the edge: whatever happens, only what failed may come again
        log(LogLine.MESSAGE_FAILED, error=where(error), count=len(facts))
        if len(facts) == 1 or (isinstance(error, Problem) and error.code is Code.TRY_AGAIN):
            return messages
        halves = messages[: len(facts) // 2], messages[len(facts) // 2 :]
        return [one for half in halves for one in _handle_together({name: facts[name] for name in half}, handler)]
    for institution, count in Counter(fact.institution for fact in facts.values()).items():
        name = next(iter(facts.values())).name
        log(LogLine.FACT_CONSUMED, fact=name, institution=institution, count=count)
    return failed
