"""Documents' entry: routes and triggers, nothing else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalice.app import DynamoDBEvent, SQSEvent

from services.documents import access
from services.documents.adapters.audit_trail import DocumentsTrail
from services.documents.copies.build_file_copy import build_file_copy as build_copy
from services.documents.copies.hand_out_file_copy import hand_out_file_copy
from services.documents.copies.request_file_copy import request_file_copy
from services.documents.files.get_page import get_page
from services.documents.files.get_pages import FilePages, get_pages
from services.documents.files.hand_out_file import hand_out_file
from services.documents.files.list_files import FileList, list_files
from services.documents.files.list_unit_statements import UnitStatements, list_unit_statements
from services.documents.files.translate_change import translate_change
from services.documents.files.view import FileView
from services.documents.subjects.project_case import project_case
from services.documents.subjects.project_institution import project_institution
from services.documents.subjects.project_people import project_moved, project_people
from services.documents.uploads.get_upload import get_upload
from services.documents.uploads.inspect_upload import inspect_upload as inspect_arrival
from services.documents.uploads.request_by_ticket import TicketWish, request_by_ticket
from services.documents.uploads.request_upload import Promise, request_upload
from services.documents.uploads.who_asks import who_asks
from services.documents.uploads.wish import UploadWish
from services.kernel.audit import run as audit_run
from services.kernel.copies import Copies, CopyMessage, CopyView, list_copies, watch_copy
from services.kernel.events import relay as streams
from services.kernel.events.consume import consume, consume_facts
from services.kernel.events.facts import (
    CaseEnded,
    CaseMoved,
    InstitutionOpened,
    PersonListed,
    PersonMoved,
    StaffRevoked,
)
from services.kernel.events.revoke import revoke
from services.kernel.security.sessions import Actor, Role
from services.kernel.web.http import Api
from services.kernel.web.replies import Accepted, Picture, Redirect, see_other
from services.kernel.web.request import Request
from services.kernel.web.watched import Watched

PERSON = frozenset({Role.HONORER})
api = Api("documents")
app = api.app


@api.route("POST", "/uploads", roles=access.UPLOADERS, enrolment=True, status=201)
def post_upload(body: UploadWish, request: Request) -> Promise:
    """Promise a place for a file and hand out the form that sends it."""
    return request_upload(body, who_asks(request.session, request.enrolment), request)


@api.route("POST", "/uploads/by-ticket", status=201)
def post_upload_by_ticket(body: TicketWish, request: Request) -> Promise:
    """The same for whoever has no account, by the ticket of the service that took his application or case."""
    return request_by_ticket(body, request)


@api.route("GET", "/uploads/{file}", roles=access.READERS, enrolment=True)
def upload_status(file: str, actor: Actor | None, enrolment: Actor | None, received: datetime) -> Watched[FileView]:
    """How an upload stands."""
    return get_upload(file, who_asks(actor, enrolment), received)


@api.route("GET", "/files/{file}/link", roles=access.READERS, enrolment=True)
def file_link(file: str, actor: Actor | None, enrolment: Actor | None, received: datetime) -> Redirect:
    """The accepted copy of a file, under a link of five minutes."""
    return see_other(hand_out_file(file, who_asks(actor, enrolment), received))


@api.route("GET", "/files/{file}/pages", roles=access.READERS, enrolment=True)
def file_pages(file: str, actor: Actor | None, enrolment: Actor | None, received: datetime) -> FilePages:
    """A file to be looked at: how many pages it has, its hints and versions, and that its reader opened it."""
    return get_pages(file, who_asks(actor, enrolment), received)


@api.route("GET", "/files/{file}/pages/{page}", roles=access.READERS, enrolment=True)
def file_page(file: str, page: str, actor: Actor | None, enrolment: Actor | None, received: datetime) -> Picture:
    """One page of a file as a picture, from 1; asked for with `Accept: image/jpeg`."""
    return get_page(file, page, who_asks(actor, enrolment), received)


@api.route("GET", "/people/{person}/files", roles=access.LIST_READERS)
def person_files(person: str, actor: Actor, received: datetime) -> FileList:
    """A person's files as they count now."""
    return list_files(person, actor, received)


@api.route("GET", "/institutions/{code}/unit-statements", roles=access.STATEMENT_READERS)
def unit_statements(code: str, actor: Actor) -> UnitStatements:
    """Which units have handed in the statement of their head."""
    return list_unit_statements(code, actor)


@api.route("GET", "/copies", roles=PERSON)
def copies(actor: Actor, received: datetime) -> Copies:
    """The copy of his files that a person asked for last."""
    return list_copies(actor.id, received)


@api.route("POST", "/copies", roles=PERSON, status=202)
def copy_new(request: Request) -> Accepted[CopyView]:
    """Ask for a copy of one's files; it is made by a function of its own."""
    return Accepted(request_file_copy(request))


@api.route("GET", "/copies/{copy}", roles=PERSON)
def copy_status(copy: str, actor: Actor, received: datetime) -> Watched[CopyView]:
    """How a copy stands."""
    return watch_copy(actor.id, copy, received)


@api.route("GET", "/copies/{copy}/link", roles=PERSON)
def copy_link(copy: str, request: Request) -> Redirect:
    """A copy that was made, as a ZIP archive, under a link of five minutes."""
    return see_other(hand_out_file_copy(copy, request))


# Three at a time: each may take 15 seconds, 8 more to be drawn and an SPTJM 4 for its number, and the function has 90.
@app.on_sqs_message(queue="inspections", name="inspect_upload", batch_size=3)
def inspect_upload(event: SQSEvent) -> Mapping[str, Any]:
    """Objects that arrived in quarantine."""
    return consume(event.to_dict(), inspect_arrival)


@app.on_sqs_message(queue="facts", name="on_fact", batch_size=10)
def on_fact(event: SQSEvent) -> Mapping[str, Any]:
    """What registration says of people and staff, finalization of institutions, and announcements of cases."""
    return consume_facts(
        event.to_dict(),
        {
            CaseEnded: project_case,
            CaseMoved: project_case,
            InstitutionOpened: project_institution,
            PersonMoved: project_moved,
            StaffRevoked: revoke,
        },
        together={PersonListed: project_people},
    )


# A second's changes together: they are one event of the bus (services/kernel/events/parcels.py).
@app.on_dynamodb_record(stream_arn="documents", name="relay", batch_size=100, maximum_batching_window_in_seconds=1)
def relay(event: DynamoDBEvent) -> Mapping[str, Any]:
    """Changes of our table to facts on the bus."""
    return streams.relay(event.to_dict()["Records"], translate_change)


# One at a time: of a person's files up to 60 MB stand on the function's disk.
@app.on_sqs_message(queue="file-copies", name="build_file_copy", batch_size=1)
def build_file_copy(event: SQSEvent) -> Mapping[str, Any]:
    """Copies of their files that people asked for."""
    return consume(event.to_dict(), lambda message: build_copy(CopyMessage.model_validate(message)))


# One at a time: a large roster takes many steps (services/kernel/audit/run.py).
@app.on_sqs_message(queue="audit-runs", name="verify_audit", batch_size=1)
def verify_audit(event: SQSEvent) -> Mapping[str, Any]:
    """The day's check of the audit chains, an institution's share of it, and the check at each seal."""
    return consume(event.to_dict(), lambda message: audit_run.take(message, DocumentsTrail()))
