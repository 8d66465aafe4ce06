"""One notice an event and recipient, whatever dies on the way; nothing of what it carries lies about."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Cancelled
from services.kernel.notices import outbox, stopped
from services.kernel.notices.catalogue import NoticeKind, Recipient, RecipientKind
from services.kernel.notices.feedback import take_feedback
from services.kernel.notices.outbox import Key, NoticeState
from services.kernel.notices.send import Channels, Contact, send_notice
from services.kernel.problems import Problem
from services.kernel.settings import settings
from services.kernel.web.languages import Language
from tests.kernel.notices.samples import ADDRESS, TOKEN, KeptMails, KeptSms, down, known, notice
from tests.support.aws import LOOKUP_KEY, Cloud

pytestmark = pytest.mark.usefixtures("here")
STAFF = Recipient(RecipientKind.STAFF, "1.abcdefgh")


def put(kind: NoticeKind, event: str = "deed.1", **changed: Any) -> Key:
    made = notice(kind, event, **changed)
    dynamodb.transact([outbox.put(made)])
    return Key(made.event, made.recipient)


def send(key: Key, mails: KeptMails, sms: KeptSms | None = None, contact: Contact | None = None) -> None:
    send_notice(key, (lambda _: contact) if contact else known, Channels(mails, sms), LOOKUP_KEY)


def told(kind: str, key: Key, **more: Any) -> Mapping[str, Any]:
    """What SES says of a mail, as far as it is read, and as much besides as it tells."""
    mail = {"destination": [ADDRESS], "tags": {"notice": [key.tag], "ses:from-domain": ["pendataan.example"]}}
    return {"eventType": kind, "mail": mail, **more}


def test_a_notice_is_sent_once_and_then_forgotten(here: Cloud) -> None:
    key, mails = put(NoticeKind.STAFF_INVITED), KeptMails()
    send(key, mails)
    send(key, mails)
    (mail,) = mails.mails
    assert (mail.to, mail.key) == (ADDRESS, key.tag)
    assert f"/instansi/undangan/#{TOKEN}" in mail.body
    (item,) = [each for each in here.items("RegTable") if each["pk"] == "NOTICE#deed.1"]
    assert item["state"] == "SENT"
    assert not {"private", "salt", "lease"} & item.keys()


def test_an_event_tells_a_recipient_once() -> None:
    key, mails = put(NoticeKind.PASSWORD_CHANGED), KeptMails()
    for _ in range(2):
        with pytest.raises(Cancelled):
            put(NoticeKind.PASSWORD_CHANGED)
        send(key, mails)
    send(put(NoticeKind.PASSWORD_CHANGED, "deed.2"), mails)
    assert len(mails.mails) == 2


def test_nothing_that_it_carries_lies_in_table_queue_stream_or_log(
    here: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    key = put(NoticeKind.STAFF_INVITED)
    stored = repr(here.items("RegTable"))
    records = here.changes("RegTable")
    queue = here.name("NoticesQueue")
    outbox.tell(records, queue)
    (message,) = here.messages("NoticesQueue")
    mails = KeptMails(fails=[down(), RuntimeError("lost")])
    for _ in range(2):
        with pytest.raises((Problem, RuntimeError)):
            send(key, mails)
    shown = repr([notice(NoticeKind.STAFF_INVITED), Contact(ADDRESS, "0812")]) + key.tag
    for secret in (TOKEN, ADDRESS, "Kabupaten Contoh", "0812"):
        assert secret not in stored + json.dumps(records) + message + capsys.readouterr().out + shown
    assert json.loads(message) == {"event": "deed.1", "recipient": "invitation#1.abcdefgh"}


def test_mail_that_is_down_loses_nothing_and_sends_nothing_twice() -> None:
    key, mails = put(NoticeKind.NEW_DEVICE), KeptMails(fails=[down() for _ in range(5)])
    for _ in range(5):
        with pytest.raises(Problem):
            send(key, mails)
        assert outbox.state_of(key) is NoticeState.WAITING
    send(key, mails)
    send(key, mails)
    assert len(mails.mails) == 1


def test_a_sender_that_died_is_followed_only_after_its_lease_and_what_went_out_is_not_sent_again() -> None:
    """SES took it and the function died before it noted that: SES tells of it, and nobody sends it anew."""
    key, mails = put(NoticeKind.NEW_DEVICE), KeptMails(fails=[_no_answer()])
    with pytest.raises(ReadTimeoutError):
        send(key, mails)
    with pytest.raises(Problem):
        send(key, mails)
    take_feedback(told("Send", key), LOOKUP_KEY)
    send(key, mails)
    assert mails.mails == []
    assert outbox.state_of(key) is NoticeState.SENT


def test_what_did_not_go_out_is_sent_once_the_lease_is_over() -> None:
    key, mails = put(NoticeKind.NEW_DEVICE), KeptMails(fails=[_no_answer()])
    with pytest.raises(ReadTimeoutError):
        send(key, mails)
    over = clock.millis(clock.machine_now())
    dynamodb.transact([dynamodb.update(settings().table, key.item, values={"lease": over - 1})])
    send(key, mails)
    assert len(mails.mails) == 1


def test_a_lease_is_longer_than_a_function_lives_and_its_message_is_hidden() -> None:
    assert timedelta(minutes=5) <= outbox.LEASE


def test_nobody_is_written_to_when_it_is_too_late(here: Cloud) -> None:
    key, mails = put(NoticeKind.STAFF_INVITED, until=clock.now() + timedelta(hours=72)), KeptMails()
    here.at(clock.now() + timedelta(hours=73))
    send(key, mails)
    assert (mails.mails, outbox.state_of(key)) == ([], NoticeState.EXPIRED)


@pytest.mark.parametrize("contact", [Contact(None), Contact(""), Contact("no address")])
def test_who_has_no_address_is_written_to_by_nothing(contact: Contact) -> None:
    key, mails = put(NoticeKind.NEW_DEVICE), KeptMails()
    send(key, mails, contact=contact)
    assert (mails.mails, outbox.state_of(key)) == ([], NoticeState.NO_ADDRESS)


def test_who_is_not_there_any_more_and_a_stage_without_sender_write_to_nobody() -> None:
    mails = KeptMails()
    gone, off = put(NoticeKind.NEW_DEVICE), put(NoticeKind.NEW_DEVICE, "deed.2")
    send_notice(gone, lambda _: None, Channels(mails), LOOKUP_KEY)
    send_notice(off, known, Channels(None), LOOKUP_KEY)
    send_notice(Key("never", STAFF), known, Channels(mails), LOOKUP_KEY)
    assert mails.mails == []
    assert {outbox.state_of(gone), outbox.state_of(off)} == {NoticeState.NO_ADDRESS}


def test_an_address_of_its_own_goes_before_the_recipients() -> None:
    made = notice(NoticeKind.CONTACT_CHANGED, "email.1.former")
    former = type(made)(made.kind, made.event, made.recipient, made.fields, address="lama@contoh.example")
    dynamodb.transact([outbox.put(former), outbox.put(notice(NoticeKind.CONTACT_CHANGED, "email.1"))])
    mails = KeptMails()
    for event in ("email.1.former", "email.1"):
        send(Key(event, made.recipient), mails)
    assert [mail.to for mail in mails.mails] == ["lama@contoh.example", ADDRESS]


def test_a_notice_is_written_in_the_readers_language() -> None:
    mails = KeptMails()
    send(put(NoticeKind.NEW_DEVICE), mails, contact=Contact(ADDRESS, language=Language.ENGLISH))
    assert mails.mails[0].subject == "Your staff account was used on a new device"


def test_sms_is_for_who_has_no_email_and_only_where_it_is_on() -> None:
    mails, sms = KeptMails(), KeptSms()
    both, phone = Contact(ADDRESS, "081299990001"), Contact(None, "081299990001")
    send(put(NoticeKind.NEW_DEVICE, "a"), mails, sms, both)
    send(put(NoticeKind.NEW_DEVICE, "b"), mails, sms, phone)
    send(put(NoticeKind.NEW_DEVICE, "c"), mails, None, phone)
    assert (len(mails.mails), len(sms.sent)) == (1, 1)
    assert sms.sent[0].text.startswith("Pendataan Non-ASN: Akun petugas Anda")


BOUNCED = {"bounce": {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": ADDRESS}]}}
FULL = {"bounce": {"bounceType": "Transient", "bouncedRecipients": [{"emailAddress": ADDRESS}]}}
COMPLAINED = {"complaint": {"complainedRecipients": [{"emailAddress": ADDRESS}]}}


@pytest.mark.parametrize(
    ("kind", "more", "why"),
    [("Bounce", BOUNCED, "bounce"), ("Bounce", FULL, None), ("Complaint", COMPLAINED, "complaint")],
)
def test_who_bounces_or_complains_gets_only_what_he_may_not_miss(
    here: Cloud, capsys: pytest.CaptureFixture[str], kind: str, more: Mapping[str, Any], why: str | None
) -> None:
    mails, key = KeptMails(), put(NoticeKind.APPLICATION_RECEIVED)
    take_feedback(told(kind, key, **more), LOOKUP_KEY)
    send(key, mails)
    send(put(NoticeKind.PASSWORD_CHANGED, "deed.2"), mails)
    assert stopped.why(ADDRESS.upper() + " ", LOOKUP_KEY) == why
    assert len(mails.mails) == (1 if why else 2)
    assert outbox.state_of(key) is (NoticeState.STOPPED if why else NoticeState.SENT)
    assert ADDRESS not in repr(here.items("RegTable")) + capsys.readouterr().out


def test_what_is_no_message_of_ses_is_refused() -> None:
    for message in ({}, {"eventType": "Open", "mail": {}}, {"notificationType": "Bounce"}):
        with pytest.raises(ValueError, match=r"eventType|mail"):
            take_feedback(message, LOOKUP_KEY)


def _no_answer() -> ReadTimeoutError:
    return ReadTimeoutError(endpoint_url="https://email.ap-southeast-3.amazonaws.com")
