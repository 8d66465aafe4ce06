"""A numbered list waits for whoever was received before it: for the drain, and for imports, but not for ever."""

import json
from datetime import datetime, timedelta

import pytest

from services.kernel.aws import clients
from services.kernel.events.facts import InstitutionPrefinalized
from services.kernel.security.sessions import Role
from services.kernel.writes.calendar import DEFAULT_2022, DRAIN, Span, Window
from services.registration.adapters import seal_store
from services.registration.app import import_chunk, seal_roster
from services.registration.model.edition import Edition, Purpose
from services.registration.seals.in_flight import MAX_IMPORT_WAIT, MAX_WAIT, seconds_to_wait
from services.registration.settings import settings
from tests.registration.imports.importing import Importing, csv_of, run, start
from tests.registration.staff import desk, row
from tests.support.aws import Cloud, envelope, queued
from tests.support.gates import open_gate

CODE = "9901"
CLOSES = DEFAULT_2022[Window.ENTRY].closes
ASKED = CLOSES + DRAIN
"""When the portal pre-finalizes at the earliest."""
SECOND = timedelta(seconds=1)
MOMENT = timedelta(milliseconds=1)
LIST = Edition(CODE, Purpose.PREFINAL, 1)


@pytest.fixture
def importing(portal: Cloud) -> Importing:
    """An import of two chunks that was read, and not yet committed."""
    begun = start(desk(portal, Role.OPERATOR))
    begun.upload(csv_of([row(seed) for seed in range(4)]))
    return begun


def cut(at: datetime) -> None:
    """Pre-finalize by hand, as the gate sees it."""
    opens = DEFAULT_2022[Window.ENTRY].opens
    open_gate(CODE, epoch=2, windows={**DEFAULT_2022, Window.ENTRY: Span(opens, at)})


def test_made_by_the_portal_it_need_not_wait_for_the_drain_again(portal: Cloud) -> None:
    assert seconds_to_wait(CODE, ASKED, ASKED) == 0


def test_made_by_hand_it_waits_for_who_was_received_before(portal: Cloud) -> None:
    at = CLOSES - timedelta(days=9)
    cut(at)
    assert seconds_to_wait(CODE, at, at) == MAX_WAIT
    assert seconds_to_wait(CODE, at, at + DRAIN - timedelta(seconds=MAX_WAIT)) == MAX_WAIT
    assert seconds_to_wait(CODE, at, at + DRAIN - MOMENT) == 1
    assert seconds_to_wait(CODE, at, at + DRAIN) == 0


def test_entry_extended_meanwhile_is_not_waited_for(portal: Cloud) -> None:
    at = CLOSES - timedelta(days=9)
    open_gate(CODE)
    assert seconds_to_wait(CODE, at, at + DRAIN) == 0


def test_an_import_in_time_is_waited_for_until_its_last_chunk(importing: Importing) -> None:
    importing.arrive(CLOSES - SECOND, rows_per_chunk=3)
    assert seconds_to_wait(CODE, ASKED, ASKED) == MAX_WAIT
    chunk(importing, 0)
    assert seconds_to_wait(CODE, ASKED, ASKED + SECOND) == MAX_WAIT
    chunk(importing, 1)
    assert seconds_to_wait(CODE, ASKED, ASKED + SECOND) == 0
    assert importing.counts() == {"rows": 4, "done": 4, "accepted": 4}


def test_one_that_is_stuck_holds_nothing_up_for_ever(importing: Importing) -> None:
    importing.arrive(CLOSES - SECOND)
    assert seconds_to_wait(CODE, ASKED, ASKED + MAX_IMPORT_WAIT - MOMENT) == MAX_WAIT
    assert seconds_to_wait(CODE, ASKED, ASKED + MAX_IMPORT_WAIT) == 0


def test_one_promised_and_one_that_came_after_hold_nothing_up(importing: Importing) -> None:
    assert seconds_to_wait(CODE, ASKED, ASKED) == 0
    importing.arrive(ASKED)
    assert seconds_to_wait(CODE, ASKED, ASKED) == 0


def test_its_rows_stand_on_the_list(importing: Importing, portal: Cloud) -> None:
    """The whole way: the list waits in its queue, the chunks are committed after the close, then it is made."""
    importing.arrive(CLOSES - SECOND, rows_per_chunk=3)
    portal.at(ASKED)
    fact = InstitutionPrefinalized(institution=CODE, v=1, at=ASKED)
    assert seal_roster(queued([envelope(fact)]), None) == {"batchItemFailures": []}
    assert seal_store.load_plan(LIST) is None
    assert waiting() == "1"
    chunk(importing, 0)
    chunk(importing, 1)
    again = {"step": "begin", "institution": CODE, "purpose": "prefinal", "number": 1, "attempt": 0}
    take(json.dumps({**again, "asked": ASKED.isoformat()}))
    while messages := clients.sqs().receive_message(QueueUrl=settings().roster_seals_queue).get("Messages", []):
        take(messages[0]["Body"])
        clients.sqs().delete_message(QueueUrl=settings().roster_seals_queue, ReceiptHandle=messages[0]["ReceiptHandle"])
    made = seal_store.load(LIST)
    assert made is not None
    assert (made.people, made.total) == (4, 4)


def test_rows_received_late_do_not_stand_on_it(portal: Cloud) -> None:
    done = run(desk(portal, Role.OPERATOR), [row(1)], at=CLOSES)
    assert done.counts() == {"rows": 1, "done": 1, "closed": 1}


def chunk(importing: Importing, number: int) -> None:
    """What import_chunk does with a message that has waited until after the close."""
    body = {"import_id": importing.id, "chunk": number, "lane": "i0"}
    assert import_chunk(queued([body]), None) == {"batchItemFailures": []}


def take(body: str) -> None:
    assert seal_roster(queued([json.loads(body)]), None) == {"batchItemFailures": []}


def waiting() -> str:
    queue = clients.sqs().get_queue_attributes(QueueUrl=settings().roster_seals_queue, AttributeNames=["All"])
    found: str = queue["Attributes"]["ApproximateNumberOfMessagesDelayed"]
    return found
