"""Announcements' entry: routes and triggers, nothing else."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from chalice.app import CloudWatchEvent, DynamoDBEvent, SQSEvent

from services.announcements import routes_cases, routes_kit, routes_publications
from services.announcements.adapters.audit_trail import AnnouncementsTrail
from services.announcements.api import api
from services.announcements.banner.publish_banner import publish_banner
from services.announcements.cases.act_on_due import act_on_due
from services.announcements.cases.end_followers import end_followers
from services.announcements.cases.project_case import project_divided, project_heard, project_paper, project_settled
from services.announcements.cases.project_person import project_person
from services.announcements.cases.tell_record import tell_proposers
from services.announcements.facts.tell_again import tell_again
from services.announcements.facts.translate_change import translate_change
from services.announcements.institutions.project_counts import project_moved
from services.announcements.institutions.project_institution import (
    project_contact,
    project_opened,
    project_phase,
    project_prefinal,
    project_sealed,
    project_waived,
)
from services.announcements.institutions.project_people import project_people
from services.announcements.notices.send_notice import send_notice
from services.announcements.pages.publish import publish as publish_pages
from services.announcements.settings import address_key, settings
from services.kernel import clock
from services.kernel.audit import run as audit_run
from services.kernel.events import relay as streams
from services.kernel.events.consume import consume, consume_facts
from services.kernel.events.facts import (
    CaseDivided,
    CaseFileInspected,
    CaseHeard,
    CaseMoved,
    CaseSettled,
    Fact,
    InstitutionContact,
    InstitutionOpened,
    InstitutionPhaseChanged,
    InstitutionSealed,
    InstitutionWaived,
    PersonListed,
    PersonMoved,
    RosterListed,
    StaffRevoked,
)
from services.kernel.events.revoke import revoke
from services.kernel.notices import outbox
from services.kernel.notices.feedback import take_feedback
from services.kernel.notices.send import NoticeMessage

app = api.app
ROUTES = (routes_cases, routes_kit, routes_publications)
"""Imported for the routes they declare."""


@app.on_sqs_message(queue="facts", name="on_fact", batch_size=10)
def on_fact(event: SQSEvent) -> Mapping[str, Any]:
    """What registration and finalization say of people, staff and institutions, and we ourselves of cases."""
    handlers: dict[type[Fact], Callable[[Any], None]] = {
        CaseDivided: project_divided,
        CaseFileInspected: project_paper,
        CaseHeard: project_heard,
        CaseMoved: _moved,
        CaseSettled: project_settled,
        InstitutionContact: project_contact,
        InstitutionOpened: project_opened,
        InstitutionPhaseChanged: project_phase,
        InstitutionSealed: project_sealed,
        InstitutionWaived: project_waived,
        PersonMoved: project_person,
        RosterListed: project_prefinal,
        StaffRevoked: revoke,
    }
    return consume_facts(event.to_dict(), handlers, together={PersonListed: _listed})


def _listed(facts: Sequence[PersonListed]) -> set[int]:
    """People as they stand now; whoever filed an accepted usulan about one of them is told."""
    tell_proposers(project_people(facts))
    return set()


def _moved(fact: CaseMoved) -> None:
    """Our own: what follows a case that closed ends too, and its institution's cases are counted anew."""
    end_followers(fact)
    project_moved(fact)


@app.schedule("rate(1 minute)", name="publish")
def publish(_event: CloudWatchEvent) -> None:
    """Make the pages of whatever changed; the banner first, it is one small object."""
    publish_banner(clock.now())
    publish_pages(clock.now())


@app.schedule("rate(5 minutes)", name="act_on_cases")
def act_on_cases(_event: CloudWatchEvent) -> None:
    """Escalate what is late, close what nobody answers, forget what is old."""
    act_on_due(clock.now())


@app.schedule("rate(1 day)", name="tell_cases_again")
def tell_cases_again(_event: CloudWatchEvent) -> None:
    """Tell the other services how cases stand, whatever they may have missed."""
    tell_again(clock.now())


# A second's changes together: they are one event of the bus (services/kernel/events/parcels.py).
@app.on_dynamodb_record(stream_arn="announcements", name="relay", batch_size=100, maximum_batching_window_in_seconds=1)
def relay(event: DynamoDBEvent) -> Mapping[str, Any]:
    """Changes of our table to facts on the bus, and to notices that wait to be sent."""
    records = event.to_dict()["Records"]
    outbox.tell(records, settings().notices_queue)
    return streams.relay(records, translate_change)


@app.on_sqs_message(queue="notices", name="send_notices", batch_size=1)
def send_notices(event: SQSEvent) -> Mapping[str, Any]:
    """Notices that wait to be sent, one at a time: none waits for another one's mail."""
    return consume(event.to_dict(), lambda message: send_notice(NoticeMessage.model_validate(message)))


@app.on_sqs_message(queue="mail-feedback", name="take_mail_feedback", batch_size=10)
def take_mail_feedback(event: SQSEvent) -> Mapping[str, Any]:
    """What SES says of the mails it took, ours and registration's: it does not part them."""
    return consume(event.to_dict(), lambda message: take_feedback(message, address_key()))


# One at a time: a large roster takes many steps (services/kernel/audit/run.py).
@app.on_sqs_message(queue="audit-runs", name="verify_audit", batch_size=1)
def verify_audit(event: SQSEvent) -> Mapping[str, Any]:
    """The day's check of the audit chains, an institution's share of it, and the check at each seal."""
    return consume(event.to_dict(), lambda message: audit_run.take(message, AnnouncementsTrail()))
