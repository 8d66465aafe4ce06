"""What Lambda calls: registration's routes, and the functions its queues, its stream and its facts wake."""

from collections.abc import Mapping
from typing import Any

from chalice.app import CloudWatchEvent, DynamoDBEvent, SQSEvent

from services.kernel import clock
from services.kernel.audit import run as audit_run
from services.kernel.copies import CopyMessage
from services.kernel.events import relay as streams
from services.kernel.events.consume import consume, consume_events, consume_groups
from services.kernel.notices import outbox
from services.kernel.notices.feedback import take_feedback
from services.kernel.notices.send import NoticeMessage
from services.registration import (
    routes_applications,
    routes_cases,
    routes_copies,
    routes_corrections,
    routes_enrolment,
    routes_imports,
    routes_institution,
    routes_messages,
    routes_nik_corrections,
    routes_own_account,
    routes_person,
    routes_public,
    routes_queue,
    routes_recap,
    routes_reclaims,
    routes_requests,
    routes_sheets,
    routes_staff,
    routes_titles,
    routes_trails,
    routes_users,
    routes_verification,
)
from services.registration.adapters import search_queue
from services.registration.adapters.audit_trail import RegistrationTrail
from services.registration.adapters.search_queue import ToldMessage
from services.registration.api import api
from services.registration.copies.build_data_copy import build_data_copy as build_copy
from services.registration.dukcapil.check_dukcapil import check_dukcapil_again
from services.registration.facts.take_fact import take_fact
from services.registration.facts.translate_change import translate_change
from services.registration.imports.commit_chunk import ChunkMessage, commit_chunk
from services.registration.model.printing import PrintMessage
from services.registration.model.reminder_step import ReminderStep
from services.registration.model.title_step import TitleStep
from services.registration.notices.send_notice import send_notice
from services.registration.reminders.begin_reminders import begin_reminders as begin_day
from services.registration.reminders.take_step import take_step
from services.registration.seals.seal_roster import seal_roster as seal
from services.registration.search.keep_search import keep_search as keep
from services.registration.search.send_checks import send_checks
from services.registration.settings import lookup_key, settings
from services.registration.sheets.take_printing import take_printing
from services.registration.titles.arrival import give_up_any, take_any_arrival
from services.registration.titles.take_step import take_step as take_title_step

ROUTES = (
    routes_public,
    routes_requests,
    routes_enrolment,
    routes_person,
    routes_staff,
    routes_verification,
    routes_queue,
    routes_corrections,
    routes_sheets,
    routes_users,
    routes_trails,
    routes_recap,
    routes_own_account,
    routes_reclaims,
    routes_imports,
    routes_institution,
    routes_applications,
    routes_cases,
    routes_copies,
    routes_nik_corrections,
    routes_titles,
    routes_messages,
)
"""Importing a module of routes declares them."""

app = api.app


# One at a time: reading 150,000 rows takes a good part of the function's two minutes.
@app.on_sqs_message(queue="import-files", name="import_file", batch_size=1)
def import_file(event: SQSEvent) -> Mapping[str, Any]:
    """Spreadsheets that arrived."""
    return consume(event.to_dict(), take_any_arrival)


@app.on_sqs_message(queue="import-chunks", name="import_chunk", batch_size=1)
def import_chunk(event: SQSEvent) -> Mapping[str, Any]:
    """Chunks of spreadsheets to commit, one at a time; those of one lane come in order."""
    return consume(event.to_dict(), lambda message: commit_chunk(ChunkMessage.model_validate(message)))


@app.on_sqs_message(queue="import-files-failed", name="import_failed", batch_size=1)
def import_failed(event: SQSEvent) -> Mapping[str, Any]:
    """What the two above gave up after the last try: the import says so. The template adds the queue of chunks."""
    return consume(event.to_dict(), give_up_any)


# One at a time: listing and finishing the largest roster takes a good part of the function's two minutes.
@app.on_sqs_message(queue="roster-seals", name="seal_roster", batch_size=1)
def seal_roster(event: SQSEvent) -> Mapping[str, Any]:
    """Institutions that finalization has pre-finalized or locked, and the steps of their seals."""
    return consume(event.to_dict(), seal)


# One at a time: a part is two seconds of PDF, and listing the largest roster takes a good part of two minutes.
@app.on_sqs_message(queue="sheet-prints", name="print_sheets", batch_size=1)
def print_sheets(event: SQSEvent) -> Mapping[str, Any]:
    """Activation sheets that were ordered, and their parts."""
    return consume(event.to_dict(), lambda message: take_printing(PrintMessage.model_validate(message)))


# One at a time: a parcel's hundred files are a hundred transactions.
@app.on_sqs_message(queue="facts", name="on_fact", batch_size=1)
def on_fact(event: SQSEvent) -> Mapping[str, Any]:
    """What documents says of files and finalization of institutions."""
    return consume_events(event.to_dict(), take_fact)


# A second's changes together: they are one event of the bus (services/kernel/events/parcels.py).
@app.on_dynamodb_record(stream_arn="registration", name="relay", batch_size=100, maximum_batching_window_in_seconds=1)
def relay(event: DynamoDBEvent) -> Mapping[str, Any]:
    """Changes of our table to facts on the bus, to notices that wait to be sent, and to the index of people."""
    records = event.to_dict()["Records"]
    outbox.tell(records, settings().notices_queue)
    search_queue.tell_changes(records)
    return streams.relay(records, translate_change)


# Many of one institution together: their names share words, and each word is written once.
@app.on_sqs_message(queue="search", name="keep_search", batch_size=10)
def keep_search(event: SQSEvent) -> Mapping[str, Any]:
    """Whose line of the list of staff may have changed, an institution's in order; and a check of a whole one."""
    return consume_groups(event.to_dict(), lambda told: keep(list(map(ToldMessage.model_validate, told))))


@app.schedule("rate(1 day)", name="check_search")
def check_search(event: CloudWatchEvent) -> None:  # noqa: ARG001 - Chalice passes it
    """Have every institution's index compared with its roster."""
    send_checks()


@app.on_sqs_message(queue="notices", name="send_notices", batch_size=1)
def send_notices(event: SQSEvent) -> Mapping[str, Any]:
    """Notices that wait to be sent, one at a time: none waits for another one's mail."""
    return consume(event.to_dict(), lambda message: send_notice(NoticeMessage.model_validate(message)))


@app.schedule("rate(1 hour)", name="ask_dukcapil")
def ask_dukcapil(event: CloudWatchEvent) -> None:  # noqa: ARG001 - Chalice passes it, the clock rules
    """Whoever the population register has not answered about is asked about again."""
    check_dukcapil_again(clock.now())


@app.schedule("rate(1 hour)", name="begin_reminders")
def begin_reminders(event: CloudWatchEvent) -> None:  # noqa: ARG001 - Chalice passes it, the clock rules
    """Once a day, in the morning, have every institution looked at for deadlines that are near."""
    begin_day(clock.now())


# One at a time, all of them: so the rate is kept at which people are written to.
@app.on_sqs_message(queue="reminders", name="remind", batch_size=1)
def remind(event: SQSEvent) -> Mapping[str, Any]:
    """Institutions to be looked at for deadlines, and pages of their people."""
    return consume(event.to_dict(), lambda message: take_step(ReminderStep.model_validate(message)))


# One at a time: a step takes its twenty seconds.
@app.on_sqs_message(queue="title-steps", name="run_titles", batch_size=1)
def run_titles(event: SQSEvent) -> Mapping[str, Any]:
    """Counts of what a list of titles would do, and its run, an institution a message."""
    return consume(event.to_dict(), lambda message: take_title_step(TitleStep.model_validate(message)))


@app.on_sqs_message(queue="mail-feedback", name="take_mail_feedback", batch_size=10)
def take_mail_feedback(event: SQSEvent) -> Mapping[str, Any]:
    """What SES says of the mails it took."""
    return consume(event.to_dict(), lambda message: take_feedback(message, lookup_key()))


# One at a time: none waits for another one's paper.
@app.on_sqs_message(queue="data-copies", name="build_data_copy", batch_size=1)
def build_data_copy(event: SQSEvent) -> Mapping[str, Any]:
    """Copies of their data that people asked for."""
    return consume(event.to_dict(), lambda message: build_copy(CopyMessage.model_validate(message)))


# One at a time: a large roster takes many steps (services/kernel/audit/run.py).
@app.on_sqs_message(queue="audit-runs", name="verify_audit", batch_size=1)
def verify_audit(event: SQSEvent) -> Mapping[str, Any]:
    """The day's check of the audit chains, an institution's share of it, and the check at each seal."""
    return consume(event.to_dict(), lambda message: audit_run.take(message, RegistrationTrail()))
