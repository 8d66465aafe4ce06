"""Queues to use cases: one record at a time, failures reported one by one so that only they come again."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from services.kernel.facts import Fact, parse
from services.kernel.log import LogLine, log, where

Envelope = Mapping[str, Any]
"""An EventBridge event as a rule delivers it to a queue."""


def consume(event: Mapping[str, Any], handle: Callable[[Any], None]) -> Mapping[str, Any]:
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


def consume_facts(event: Mapping[str, Any], handlers: Mapping[type[Fact], Callable[[Any], None]]) -> Mapping[str, Any]:
    """Give each fact to the handler of its type; a fact nobody here handles is a wiring mistake and fails."""

    def handle(envelope: Envelope) -> None:
        fact = parse(envelope["detail-type"], envelope["detail"])
        handlers[type(fact)](fact)
        log(LogLine.FACT_CONSUMED, fact=fact.name, institution=fact.institution)

    return consume(event, handle)
