"""What Lambda calls: finalization's routes, and the functions its queues, its stream and the clock wake."""

from collections.abc import Mapping
from typing import Any

from chalice.app import CloudWatchEvent, DynamoDBEvent, SQSEvent

from services.finalization import routes_calendar, routes_letters, routes_readiness, routes_round, routes_sptjm
from services.finalization.adapters.audit_trail import FinalizationTrail
from services.finalization.api import api
from services.finalization.calendar.apply_calendar import apply_calendar as follow_calendar
from services.finalization.institution.project_announcement import project_announcement
from services.finalization.institution.project_case import project_case
from services.finalization.institution.project_people import project_people
from services.finalization.lock.lock_as_asked import lock_as_asked
from services.finalization.lock.lock_due import lock_due as lock_what_is_due
from services.finalization.model.calendar_message import CalendarMessage
from services.finalization.model.due_message import DueMessage
from services.finalization.prefinal.prefinal_due import prefinal_due as prefinalize_what_is_due
from services.finalization.prefinal.prefinalize_as_asked import prefinalize_as_asked
from services.finalization.readiness.project_office import project_import, project_staff
from services.finalization.seal.project_prefinal import project_prefinal
from services.finalization.seal.record_seal import record_seal
from services.finalization.sptjm.project_file import project_file
from services.finalization.translate import translate
from services.kernel import clock
from services.kernel.audit import run as audit_run
from services.kernel.events.consume import consume, consume_facts
from services.kernel.events.facts import (
    AnnouncementRecorded,
    CaseMoved,
    FileAccepted,
    FileRejected,
    PersonListed,
    RosterImported,
    RosterListed,
    RosterSealed,
    StaffListed,
    StaffRevoked,
)
from services.kernel.events.relay import Failures
from services.kernel.events.relay import relay as relay_changes
from services.kernel.events.revoke import revoke

ROUTES = (routes_calendar, routes_round, routes_letters, routes_sptjm, routes_readiness)
"""Importing a module of routes declares them."""

app = api.app


# An import tells of thousands of people at once, a hundred to a message: ten messages are eleven transactions or so.
@app.on_sqs_message(queue="facts", name="on_fact", batch_size=10)
def on_fact(event: SQSEvent) -> Mapping[str, Any]:
    """Facts of registration, documents and announcements."""
    return consume_facts(
        event.to_dict(),
        {
            RosterListed: project_prefinal,
            RosterSealed: record_seal,
            FileAccepted: project_file,
            FileRejected: project_file,
            StaffRevoked: revoke,
            StaffListed: project_staff,
            RosterImported: project_import,
            CaseMoved: project_case,
            AnnouncementRecorded: project_announcement,
        },
        together={PersonListed: project_people},
    )


@app.on_sqs_message(queue="calendars", name="apply_calendar", batch_size=5)
def apply_calendar(event: SQSEvent) -> Mapping[str, Any]:
    """Institutions that should look at the round's calendar."""
    return consume(event.to_dict(), lambda body: follow_calendar(CalendarMessage.model_validate(body).institution))


@app.schedule("rate(1 minute)", name="lock_due")
def lock_due(event: CloudWatchEvent) -> None:  # noqa: ARG001 - Chalice passes it, the clock rules
    """Find what is due and send for a locker each."""
    lock_what_is_due(clock.now())


@app.on_sqs_message(queue="locks", name="lock_institution", batch_size=1)
def lock_institution(event: SQSEvent) -> Mapping[str, Any]:
    """Lock one institution that was found due."""

    def lock(body: object) -> None:
        lock_as_asked(DueMessage.model_validate(body), clock.now())

    return consume(event.to_dict(), lock)


@app.schedule("rate(1 minute)", name="prefinal_due")
def prefinal_due(event: CloudWatchEvent) -> None:  # noqa: ARG001 - Chalice passes it, the clock rules
    """Find whose entry ended without a list and send for a worker each."""
    prefinalize_what_is_due(clock.now())


@app.on_sqs_message(queue="prefinals", name="prefinalize", batch_size=1)
def prefinalize(event: SQSEvent) -> Mapping[str, Any]:
    """Pre-finalize one institution whose entry was found to have ended."""

    def make(body: object) -> None:
        prefinalize_as_asked(DueMessage.model_validate(body), clock.now())

    return consume(event.to_dict(), make)


# A second's changes together: they are one event of the bus (services/kernel/events/parcels.py).
@app.on_dynamodb_record(stream_arn="finalization", name="relay", batch_size=100, maximum_batching_window_in_seconds=1)
def relay(event: DynamoDBEvent) -> Failures:
    """Changes of institutions as facts."""
    return relay_changes(event.to_dict()["Records"], translate)


# One at a time: a large roster takes many steps (services/kernel/audit/run.py).
@app.on_sqs_message(queue="audit-runs", name="verify_audit", batch_size=1)
def verify_audit(event: SQSEvent) -> Mapping[str, Any]:
    """The day's check of the audit chains, an institution's share of it, and the check at each seal."""
    return consume(event.to_dict(), lambda message: audit_run.take(message, FinalizationTrail()))
