"""Who is reminded of a deadline, of what, once, however often a step is done and whatever moves meanwhile."""

import json
from datetime import datetime, timedelta

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.documents import FIRST_HISTORY, DocumentType, FileState
from services.kernel.notices import outbox, stopped
from services.kernel.notices.catalogue import Recipient, RecipientKind
from services.kernel.notices.outbox import Key, NoticeState
from services.kernel.notices.send import NoticeMessage
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.kernel.writes.calendar import DEFAULT_2022, Span, Window
from services.registration.adapters import account_store, institution_store
from services.registration.model.account import AccountState
from services.registration.model.contact import PersonContact
from services.registration.notices.send_notice import send_notice
from services.registration.reminders.begin_reminders import begin_reminders
from services.registration.settings import lookup_key, settings
from tests.registration.listed import INSTITUTION, ROW, accept, put_in, register
from tests.registration.reminders.days import CLOSES, MORNING, Days
from tests.support.gates import open_gate

PERSON = ("deadline-near", "person")
STAFF = ("deadline-near-staff", "staff")


def test_whoever_has_not_submitted_is_reminded_once_of_each_of_the_three_days(days: Days) -> None:
    for left in (7, 6, 3, 2, 1):
        days.run(MORNING + timedelta(days=7 - left))
    close = clock.millis(CLOSES)
    assert days.events() == [f"reminder.{INSTITUTION}.{close}.{left}" for left in (1, 3, 7)]
    assert days.told() == {PERSON}


@pytest.mark.parametrize(
    ("state", "is_told"),
    [
        (PersonState.TERDAFTAR, False),
        (PersonState.AKUN_DIBUAT, True),
        (PersonState.DIKEMBALIKAN, True),
        (PersonState.MEMENUHI_SYARAT, False),
        (PersonState.TIDAK_MEMENUHI_SYARAT, False),
        (PersonState.KONFLIK, False),
        (PersonState.DIHAPUS, False),
    ],
)
def test_only_whoever_can_still_do_something_is_reminded(days: Days, state: PersonState, is_told: bool) -> None:
    put_in(days.person, state, g1sk=f"{state.value}#siti contoh lestari#{days.person.pid}")
    days.run()
    assert days.told() == ({PERSON} if is_told else set())


def submitted(days: Days) -> None:
    state = PersonState.DIAJUKAN
    put_in(days.person, state, g1sk=f"{state.value}#siti contoh lestari#{days.person.pid}")
    accept(days.person.pid, DocumentType.IJAZAH)
    for jenis in (DocumentType.SK, DocumentType.BUKTI_BAYAR):
        accept(days.person.pid, jenis, FIRST_HISTORY)


def test_whoever_submitted_is_reminded_of_a_file_that_was_refused_and_of_nothing_else(days: Days) -> None:
    submitted(days)
    days.run()
    assert days.told() == set()
    accept(days.person.pid, DocumentType.IJAZAH, state=FileState.DITOLAK, code="blurred")
    days.run(MORNING + timedelta(days=4))
    assert days.told() == {PERSON}


@pytest.mark.parametrize(("since", "is_told"), [(timedelta(hours=23), False), (timedelta(hours=25), True)])
def test_a_file_under_inspection_is_awaited_for_a_day(days: Days, since: timedelta, is_told: bool) -> None:
    submitted(days)
    accept(days.person.pid, DocumentType.IJAZAH, state=FileState.DIPERIKSA)
    kept = {"kept": clock.millis(MORNING - since)}
    (item,) = [one for one in days.cloud.items("RegTable") if one.get("jenis") == "IJAZAH"]
    key = {"pk": item["pk"], "sk": item["sk"]}
    dynamodb.transact([dynamodb.update(settings().table, key, values=kept)])
    days.run()
    assert days.told() == ({PERSON} if is_told else set())


def test_nobody_is_written_to_who_said_that_he_works_there_no_more(days: Days) -> None:
    put_in(days.person, PersonState.AKUN_DIBUAT, active=False)
    days.run()
    assert days.told() == set()


def test_nobody_is_written_to_at_a_contact_that_is_not_verified(days: Days) -> None:
    identifier = account_store.account_id(ROW["nik"])
    account = account_store.load(identifier)
    assert account is not None
    contact = PersonContact("+6281234567890", "siti@contoh.id", frozenset())
    encrypted = account_store.encrypt_contact(identifier, contact, days.person)
    dynamodb.transact([account_store.replace_encrypted(account, encrypted)])
    days.run()
    assert days.told() == set()


def test_nobody_is_written_to_who_said_stop(days: Days) -> None:
    days.run()
    stopped.stop("siti@contoh.id", "complaint", lookup_key())
    (event,) = days.events()
    recipient = Recipient(RecipientKind.PERSON, account_store.account_id(ROW["nik"]))
    send_notice(NoticeMessage(event=event, recipient=str(recipient)))
    assert outbox.state_of(Key(event, recipient)) is NoticeState.STOPPED


def test_what_is_sent_too_late_is_not_sent(days: Days) -> None:
    days.run()
    days.cloud.at(CLOSES + timedelta(seconds=1))
    (event,) = days.events()
    recipient = Recipient(RecipientKind.PERSON, account_store.account_id(ROW["nik"]))
    send_notice(NoticeMessage(event=event, recipient=str(recipient)))
    assert outbox.state_of(Key(event, recipient)) is NoticeState.EXPIRED


def test_a_step_that_was_killed_is_done_again_and_tells_nobody_twice(days: Days) -> None:
    register(nik="9901014101900002", nama="Budi Contoh")
    done = days.run()
    before = days.events()
    for step in done:
        days.do(step)
    list(days.steps())
    assert days.events() == before


def test_a_roster_is_gone_through_page_by_page(days: Days) -> None:
    """At one a second a page has twenty people."""
    days.cloud.use("registration", reminders_per_second="1")
    for n in range(30):
        listed = register(nik=f"99010141019001{n:02}", nama=f"Peserta Contoh {n:02}")
        state = PersonState.DIAJUKAN
        put_in(listed, state, g1sk=f"{state.value}#peserta contoh {n:02}#{listed.pid}")
    done = days.run()
    cursors = [step["cursor"] for step in done if step["institution"] == INSTITUTION]
    assert [bool(cursor) for cursor in cursors] == [False, False, True]
    assert cursors[-1].startswith("DIAJUKAN.")
    assert days.told() == {PERSON}


def test_an_extension_in_flight_moves_what_is_due(days: Days) -> None:
    begin_reminders(days.cloud.at(MORNING))
    first, bkn = [json.loads(body) for body in days.cloud.messages("RemindersQueue")]
    assert (first["institution"], bkn["institution"]) == (INSTITUTION, "nasional")
    days.do(first)
    later = Span(DEFAULT_2022[Window.DOSSIER].opens, CLOSES + timedelta(days=3))
    open_gate(INSTITUTION, epoch=2, windows={**DEFAULT_2022, Window.DOSSIER: later, Window.CORRECTION: later})
    list(days.steps())
    assert days.events() == []
    days.run(MORNING + timedelta(days=3))
    assert days.events() == [f"reminder.{INSTITUTION}.{clock.millis(later.closes)}.7"]


@pytest.mark.parametrize(
    ("hour", "begins"), [("00:30", 0), ("07:59", 0), ("08:00", 2), ("13:00", 2), ("19:59", 2), ("20:00", 0)]
)
def test_a_day_begins_in_the_morning_and_never_at_night(days: Days, hour: str, begins: int) -> None:
    """A step of the institution, and one of bkn."""
    now = days.cloud.at(f"2022-10-15T{hour}:00+07:00")
    assert begin_reminders(now) == begins


def test_a_day_begins_once(days: Days) -> None:
    assert [begin_reminders(days.cloud.at(MORNING + timedelta(hours=n))) for n in (0, 1, 9)] == [2, 0, 0]
    assert begin_reminders(days.cloud.at(MORNING + timedelta(days=1))) == 2


def test_admins_are_told_how_much_is_open_and_nobody_else_is(days: Days) -> None:
    days.staff()
    days.staff("199001012020121002", Role.OPERATOR)
    days.staff("199001012020121003", state=AccountState.NONAKTIF)
    days.run()
    assert days.told() == {PERSON, STAFF}
    assert len(days.events()) == 2


def test_admins_are_not_written_to_when_nothing_is_open_that_ends(days: Days) -> None:
    """One person with an account is no draft: the end of entry is no matter of his."""
    days.staff()
    days.run(datetime.fromisoformat("2022-09-29T08:00:00+07:00"))
    assert days.told() == set()
    days.run(datetime.fromisoformat("2022-10-30T08:00:00+07:00"))
    assert days.told() == {STAFF}


def test_an_institution_without_a_round_is_passed_over(days: Days) -> None:
    institution_store.keep("9909", {"title": "Kabupaten Tanpa Jadwal"}, clock="opened_v", v=1)
    days.run()
    assert days.told() == {PERSON}
