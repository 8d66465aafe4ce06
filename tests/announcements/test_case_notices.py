"""Whoever filed a case is written to: received, message, decision, past its time; once, and nothing of the case."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import boto3
import pytest

from services.announcements import app as entry
from services.announcements.notices.find_contact import find_contact
from services.announcements.settings import settings
from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.notices.catalogue import Recipient, RecipientKind
from tests.announcements.post import SENDER, Post
from tests.announcements.world import CODE, NIK, Filed
from tests.support.aws import REGION, queued

WHO = "pelapor@contoh.id"
BEFORE_INDEPENDENCE_DAY = datetime(2022, 8, 16, 10, tzinfo=clock.WIB)
"""A Tuesday; the 17th of August is a holiday (SKB 3 Menteri 2022), the 20th and 21st a weekend."""
HELP: Mapping[str, Any] = {
    "institution": CODE, "topic": "GAGAL_UNGGAH", "berkas": "IJAZAH", "alasan": "Berkas saya tidak mau terunggah.",
}  # fmt: skip


def test_an_usulan_with_an_address_is_answered_by_one_mail_with_number_and_code_and_nothing_of_it(post: Post) -> None:
    filed = post.world.filed()
    records = post.world.cloud.changes("AnnTable")
    for _ in range(2):
        entry.relay({"Records": records}, None)
        assert post.send() == []
    assert post.mails() == [(WHO, f"Laporan {filed.number} diterima")]
    assert "https://pendataan.example/laporan/" in post.bodies()
    assert filed.code in post.bodies()
    assert filed.code not in repr(records)
    for secret in (NIK, "Orang Terlewat", WHO):
        assert secret not in post.bodies() + repr(records)


def test_who_gave_no_address_is_not_written_to(post: Post) -> None:
    post.world.filed(email="", hp="")
    assert (post.deliver(), post.mails()) == ([], [])


def test_he_hears_of_a_message_but_not_what_it_says(post: Post) -> None:
    filed = post.world.filed()
    asked = post.world.do(filed, "messages", text="Mohon kirim SK terakhir.", asks=True)
    assert asked.status < 300, asked.text
    assert post.deliver() == []
    subjects = [subject for _, subject in post.mails()]
    assert subjects == [f"Laporan {filed.number} diterima", f"Pesan baru pada laporan {filed.number}"]
    assert "SK terakhir" not in post.bodies()


def test_an_address_that_bounced_is_not_written_to_again(post: Post) -> None:
    filed = post.world.filed()
    bounce = {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": WHO}]}
    told: list[dict[str, Any]] = [
        {"eventType": "Bounce", "mail": {"tags": {}}, "bounce": bounce},
        {"eventType": "Nonsense"},
    ]
    assert entry.take_mail_feedback(queued(told), None)["batchItemFailures"] == [{"itemIdentifier": "1"}]
    assert (post.deliver(), post.mails()) == ([], [])
    assert WHO not in repr(post.world.cloud.items("AnnTable"))
    told_to_him = post.world.follow(filed).json
    assert "tidak sampai" in told_to_him["note"], "his case goes on, and he is told where he looks"
    assert post.world.case(filed)["reporter"]["email_bounced"] is True
    other = post.world.filed(nik="9901011705900002", email="lain@contoh.id")
    assert post.world.follow(other).json["note"] is None
    assert post.world.case(other)["reporter"]["email_bounced"] is False


def test_mail_that_is_down_comes_back_and_went_out_once(post: Post) -> None:
    client = boto3.client("sesv2", region_name=REGION)
    client.delete_email_identity(EmailIdentity=SENDER.partition("@")[2])
    post.world.filed()
    entry.relay({"Records": (records := post.world.cloud.changes("AnnTable"))}, None)
    bodies = [json.loads(body) for body in post.world.cloud.messages("CaseNoticesQueue")]
    assert len(entry.send_notices(queued(bodies), None)["batchItemFailures"]) == 1
    client.create_email_identity(EmailIdentity=SENDER.partition("@")[2])
    entry.relay({"Records": records}, None)
    assert post.deliver() == []
    assert entry.send_notices(queued(bodies), None)["batchItemFailures"] == []
    assert len(post.mails()) == 1


@pytest.mark.parametrize("kind", list(RecipientKind))
@pytest.mark.usefixtures("world")
def test_who_is_not_there_has_no_address(kind: RecipientKind) -> None:
    assert find_contact(Recipient(kind, "LZZZZZZZZ")) is None


def asked_for_help(post: Post) -> Filed:
    post.world.cloud.at(BEFORE_INDEPENDENCE_DAY)
    return post.world.filed("/bantuan", **HELP, email=WHO)


def test_a_holiday_does_not_count_against_who_has_to_answer(post: Post) -> None:
    """Three working days from Tuesday the 16th of August 2022 are the 18th, the 19th and Monday the 22nd."""
    filed = asked_for_help(post)
    due = datetime(2022, 8, 23, tzinfo=clock.WIB)
    assert post.deliver() == []
    assert [(fact.level, fact.due_at, fact.pid) for fact in post.moves()] == [("INSTANSI", due, None)]
    post.act(due - timedelta(milliseconds=1))
    assert (post.deliver(), post.moves()) == ([], [])
    post.act(due)
    assert post.deliver() == []
    assert [(fact.level, fact.state) for fact in post.moves()] == [("BKN", "BARU")]
    post.act(due + timedelta(minutes=5))
    assert (post.deliver(), post.moves()) == ([], []), "told once"
    assert [subject for _, subject in post.mails()] == [
        f"Laporan {filed.number} diterima",
        f"Laporan {filed.number} diteruskan ke BKN",
    ]


def test_a_case_that_cannot_be_read_does_not_hold_up_the_others(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    broken, whole = asked_for_help(post), asked_for_help(post)
    key = {"pk": f"C#{broken.number.replace('-', '')}", "sk": "@"}
    dynamodb.transact([dynamodb.update(settings().table, key, values={"private": b"nothing of ours" * 3})])
    post.deliver()
    post.moves()
    post.act(BEFORE_INDEPENDENCE_DAY + timedelta(days=14))
    post.deliver()
    assert [fact.case for fact in post.moves()] == [whole.number.replace("-", "")]
    lines = {vars(record)["line"]: vars(record) for record in caplog.records}
    assert lines["ANN007"]["count"] == 1
    assert "InvalidTag" in lines["MSG001"]["error"]


def test_each_turn_says_that_it_looked(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    """The alarm rings when nobody does (docs/runbooks/cases.md)."""
    post.act(BEFORE_INDEPENDENCE_DAY)
    assert [(vars(one)["line"], vars(one)["count"]) for one in caplog.records] == [("ANN007", 0)]


def test_a_case_is_found_by_its_code_and_by_what_it_is_about_after_the_captcha_secret_was_rotated(post: Post) -> None:
    """What lasts for hours hangs on a secret that is changed; a code is good for as long as its case is."""
    filed = post.world.filed()
    rotated = post.world.cloud.wrapped("captcha", b"another secret of thirty-two b.")
    post.world.cloud.use("announcements", mail_sender=SENDER, captcha_key=rotated)
    assert post.world.follow(filed).status == 200
    again = post.world.filed()
    assert post.world.case(filed)["joined"] == [again.number]
