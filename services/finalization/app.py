"""Routes and triggers of finalization: parse, call one use case, answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalice.app import CloudWatchEvent, DynamoDBEvent, SQSEvent

from services.finalization.adapters import store
from services.finalization.institution.asked import Asked
from services.finalization.institution.finalize_institution import finalize_institution
from services.finalization.institution.grant_extension import Letter, grant_extension
from services.finalization.institution.list_institutions import InstitutionList, list_institutions
from services.finalization.institution.model import Ppk
from services.finalization.institution.open_round import Card, open_round
from services.finalization.institution.prefinalize_institution import prefinalize_institution
from services.finalization.institution.project_person import project_person
from services.finalization.institution.show_calendar import CalendarView, show_calendar
from services.finalization.institution.view_institution import InstitutionView, view_institution
from services.finalization.institution.views import SealView
from services.finalization.lock.lock_due import lock_due as lock_what_is_due
from services.finalization.requests import (
    CalendarQuery,
    CardBody,
    ExtensionBody,
    FinalizationBody,
    PageQuery,
    SptjmBody,
    SptjmDecisionBody,
    Versioned,
)
from services.finalization.seal.record_seal import record_seal
from services.finalization.sptjm.decide_sptjm import decide_sptjm
from services.finalization.sptjm.download_sptjm import download_sptjm
from services.finalization.sptjm.note_file import note_file
from services.finalization.sptjm.submit_sptjm import submit_sptjm
from services.finalization.translate import translate
from services.kernel import clock
from services.kernel.caller import Caller
from services.kernel.consume import consume_facts
from services.kernel.facts import FileAccepted, FileRejected, PersonListed, RosterSealed
from services.kernel.http import Api
from services.kernel.problems import Code, Problem
from services.kernel.relay import Failures
from services.kernel.relay import relay as relay_changes
from services.kernel.replies import Reply, see_other
from services.kernel.sessions import INSTITUTION_STAFF, NATIONAL, Actor, Role

api = Api("finalization")
app = api.app

ADMIN = frozenset({Role.ADMIN})
BKN = frozenset({Role.BKN})
SIGNERS = frozenset({Role.ADMIN, Role.PPK})
READERS = INSTITUTION_STAFF | NATIONAL


@api.route("GET", "/calendar")
def calendar(query: CalendarQuery) -> CalendarView:
    """When what is open, for everybody."""
    return show_calendar(query.institution, clock.now())


@api.route("GET", "/institutions", roles=NATIONAL)
def institutions(query: PageQuery) -> InstitutionList:
    """Every institution's phase, windows and counts."""
    return list_institutions(query.cursor, query.limit, clock.now())


@api.route("PUT", "/institutions/{code}", roles=BKN)
def put_institution(code: str, body: CardBody, actor: Actor, received: datetime) -> InstitutionView:
    """Open the round for an institution, or correct what is on record about it."""
    ppk = Ppk(body.ppk.nama, body.ppk.nip, body.ppk.jabatan) if body.ppk else None
    open_round(code, Card(body.name, body.kind, body.size, ppk), Asked(actor, received))
    return view_institution(code, actor, clock.now())


@api.route("GET", "/institutions/{code}", roles=READERS)
def institution(code: str, actor: Actor) -> InstitutionView:
    """One institution: phase, windows, counts, checklist, seal, SPTJM."""
    return view_institution(code, actor, clock.now())


@api.route("POST", "/institutions/{code}/prefinalization", roles=ADMIN)
def prefinalization(code: str, body: Versioned, actor: Actor, received: datetime, caller: Caller) -> InstitutionView:
    """Freeze the list for uji publik; entry closes now."""
    prefinalize_institution(code, Asked(actor, received, body.v, caller.idempotency_key))
    return view_institution(code, actor, clock.now())


@api.route("POST", "/institutions/{code}/finalization", roles=ADMIN)
def finalization(
    code: str, body: FinalizationBody, actor: Actor, received: datetime, caller: Caller
) -> InstitutionView:
    """End the round early; the lock follows when what is in flight is through."""
    finalize_institution(code, Asked(actor, received, body.v, caller.idempotency_key))
    return view_institution(code, actor, clock.now())


@api.route("POST", "/institutions/{code}/extensions", roles=BKN)
def extensions(code: str, body: ExtensionBody, actor: Actor, received: datetime, caller: Caller) -> Reply:
    """Let windows of one institution close later, against its letter."""
    letter = Letter(body.letter.number, body.letter.date)
    grant_extension(code, body.windows, letter, Asked(actor, received, body.v, caller.idempotency_key))
    return Reply(view_institution(code, actor, clock.now()), status=201)


@api.route("GET", "/institutions/{code}/sptjm/document", roles=SIGNERS)
def sptjm_document(code: str, actor: Actor, received: datetime) -> Reply:
    """The statement to be signed, as a PDF."""
    return see_other(download_sptjm(code, Asked(actor, received)))


@api.route("POST", "/institutions/{code}/sptjm", roles=SIGNERS)
def sptjm(code: str, body: SptjmBody, actor: Actor, received: datetime, caller: Caller) -> InstitutionView:
    """Hand in the signed statement."""
    submit_sptjm(code, body.file, Asked(actor, received, body.v, caller.idempotency_key))
    return view_institution(code, actor, clock.now())


@api.route("POST", "/institutions/{code}/sptjm/decision", roles=BKN)
def sptjm_decision(
    code: str, body: SptjmDecisionBody, actor: Actor, received: datetime, caller: Caller
) -> InstitutionView:
    """Accept the signed statement, or return it."""
    decide_sptjm(code, body.decision, body.reason, Asked(actor, received, body.v, caller.idempotency_key))
    return view_institution(code, actor, clock.now())


@api.route("GET", "/institutions/{code}/seal", roles=READERS)
def seal(code: str, actor: Actor) -> SealView:
    """The seal of the final list."""
    actor.require_institution(code)
    found = store.load(code, with_private=False).seal
    if found is None:
        raise Problem(Code.NOT_FOUND, "Daftar instansi ini belum disegel.")
    return SealView.of(found)


@app.on_sqs_message(queue="facts", name="on_fact", batch_size=10)
def on_fact(event: SQSEvent) -> Mapping[str, Any]:
    """Facts of registration and documents."""
    return consume_facts(
        event.to_dict(),
        {
            PersonListed: project_person,
            RosterSealed: record_seal,
            FileAccepted: note_file,
            FileRejected: note_file,
        },
    )


@app.schedule("rate(1 minute)", name="lock_due")
def lock_due(event: CloudWatchEvent) -> None:  # noqa: ARG001 - Chalice passes it, the clock rules
    """Lock what is due."""
    lock_what_is_due(clock.now())


@app.on_dynamodb_record(stream_arn="finalization", name="relay", batch_size=100)
def relay(event: DynamoDBEvent) -> Failures:
    """Changes of institutions as facts."""
    return relay_changes(event.to_dict()["Records"], translate)
