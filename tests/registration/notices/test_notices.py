"""What registration's deeds put by is told by its stream, sent by its function, and heard of from SES."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.config import Config
from moto.backends import get_backend

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Operation
from services.kernel.notices.catalogue import Recipient, RecipientKind
from services.kernel.security.sessions import Role
from services.registration.adapters import invitation_store
from services.registration.app import relay, send_notices, take_mail_feedback
from services.registration.invitations.new_invitation import Wanted, new_invitation, send
from services.registration.model.account import Account, AccountState, SecondFactor
from services.registration.model.invitation import InvitationKind, InvitationStep
from services.registration.notices.bounced import is_bounced
from services.registration.notices.find_contact import find_contact
from services.registration.shared import tell
from tests.registration.staff import staff_account
from tests.support.aws import ACCOUNT, REGION, Cloud, queued

SENDER = "no-reply@pendataan.example"
NIP = "199001012020121001"
STAFF = "petugas@contoh.id"
"""The address of `staff_account`."""
INVITED = "kepala@contoh.id"


@dataclass(frozen=True)
class Post:
    """Registration with a sender whose domain is proved."""

    cloud: Cloud

    def deliver(self) -> list[str]:
        """Relay what was put by and send it; returns the messages that must come again."""
        relay({"Records": self.cloud.changes("RegTable")}, None)
        bodies = list(self.cloud.messages("NoticesQueue"))
        assert not [body for body in bodies if set(json.loads(body)) != {"event", "recipient"}]
        answer = send_notices(queued([json.loads(body) for body in bodies]), None)
        return [one["itemIdentifier"] for one in answer["batchItemFailures"]]

    def mails(self) -> list[tuple[str, str]]:
        """Address and subject of each mail SES took, and that nothing else stands in its head."""
        sent = get_backend("ses")[ACCOUNT][REGION].sent_messages
        return [(mail.destinations["ToAddresses"][0], mail.subject) for mail in sent]

    def bodies(self) -> str:
        """What stands in the mails."""
        return "".join(mail.body for mail in get_backend("ses")[ACCOUNT][REGION].sent_messages)


@pytest.fixture
def post(cloud: Cloud) -> Post:
    cloud.use("registration", mail_sender=SENDER)
    client = boto3.client("sesv2", region_name=REGION, config=Config(retries={"total_max_attempts": 1}))
    client.create_email_identity(EmailIdentity=SENDER.partition("@")[2])
    return Post(cloud)


def put(operations: Sequence[Operation]) -> None:
    dynamodb.transact(operations)


def invitation(kind: InvitationKind = InvitationKind.UNDANGAN, institution: str | None = None) -> tuple[Any, str]:
    wanted = Wanted(NIP, "Siti Aminah", INVITED, Role.BKN if institution is None else Role.ADMIN, institution)
    made = new_invitation(wanted, kind, by="1.abc", at=clock.now())
    sent, address = send(made, clock.now())
    put([invitation_store.put(sent), *tell.tell_invited(sent, address)])
    return sent, address


TOLD: dict[str, tuple[Callable[[Account], Sequence[Operation]], list[str]]] = {
    "Akun petugas dipakai masuk di perangkat baru": (lambda a: tell.tell_new_device(a, "Chrome · Windows"), [STAFF]),
    "Kata sandi akun petugas diganti": (tell.tell_password_changed, [STAFF]),
    "Aplikasi atau kode pemulihan akun petugas diganti": (tell.tell_phone_changed, [STAFF]),
    "Kata sandi baru untuk akun petugas": (lambda a: tell.tell_forgotten(a, "/x/#" + "k" * 43), [STAFF]),
    "Kode untuk alamat email baru": (lambda a: tell.tell_email_code(a, "baru@contoh.id", "314159"), ["baru@contoh.id"]),
    "Alamat email akun petugas diganti": (
        lambda a: tell.tell_email_changed(a, "lama@contoh.id"),
        ["lama@contoh.id", STAFF],
    ),
    "Peran akun petugas diubah": (tell.tell_duties, [STAFF]),
    "Akun petugas dinonaktifkan": (lambda a: tell.tell_duties(replace(a, v=2, state=AccountState.NONAKTIF)), [STAFF]),
    "Kode pemulihan akun petugas dipakai": (lambda a: tell.tell_used(a, SecondFactor(1, ("b",))), [STAFF]),
}
"""By subject: how it comes to be, and whom it goes to."""


def test_everything_that_staff_are_told_of_their_accounts_goes_where_it_should(post: Post) -> None:
    account = replace(staff_account(NIP), second=SecondFactor(0, ("a", "b")))
    for tells, _ in TOLD.values():
        put(tells(account))
    assert post.deliver() == []
    wanted = {(address, subject) for subject, (_, addresses) in TOLD.items() for address in addresses}
    assert sorted(post.mails()) == sorted(wanted)
    assert not [secret for secret in (NIP, "Petugas Contoh", STAFF) if secret in post.bodies()]


def test_a_code_of_the_phone_is_no_recovery_code(cloud: Cloud) -> None:
    cloud.use("registration")
    account = replace(staff_account(NIP), second=SecondFactor(0, ("a", "b")))
    assert tell.tell_used(account, SecondFactor(9, ("a", "b"))) == ()


@pytest.mark.parametrize(
    ("kind", "institution", "subject", "named"),
    [
        (InvitationKind.UNDANGAN, None, "Undangan menjadi petugas Pendataan Non-ASN", "BKN, Badan Kepegawaian Negara"),
        (InvitationKind.UNDANGAN, "9901", "Undangan menjadi petugas Pendataan Non-ASN", "Admin instansi, 9901"),
        (InvitationKind.PEMULIHAN, "9901", "Pemulihan akun petugas", "disetujui"),
    ],
)
def test_an_invitation_goes_out_with_its_address_and_nothing_of_it_is_left(
    post: Post, kind: InvitationKind, institution: str | None, subject: str, named: str
) -> None:
    _, address = invitation(kind, institution)
    secret = address.partition(".")[2]
    records = post.cloud.records("RegTable")
    assert secret not in repr(records) + repr(post.cloud.items("RegTable"))
    post.cloud.forget()
    relay({"Records": records}, None)
    assert post.deliver() == []
    assert post.mails() == [(INVITED, subject)]
    assert f"https://pendataan.example{address}" in post.bodies()
    assert named in post.bodies()
    assert "Siti Aminah" not in post.bodies()


def test_nobody_gets_the_address_of_an_invitation_that_was_withdrawn_or_is_over(post: Post) -> None:
    sent, _ = invitation()
    put([invitation_store.put(sent.moved(InvitationStep.WITHDRAW), sent)])
    invitation()
    post.cloud.at(clock.now() + timedelta(hours=73))
    assert (post.deliver(), post.mails()) == ([], [])


def test_mail_that_is_down_comes_back_and_each_mail_went_out_once(post: Post) -> None:
    account = staff_account(NIP)
    client = boto3.client("sesv2", region_name=REGION)
    client.delete_email_identity(EmailIdentity=SENDER.partition("@")[2])
    put(tell.tell_password_changed(account))
    put(tell.tell_phone_changed(account))
    relay({"Records": (records := post.cloud.changes("RegTable"))}, None)
    bodies = [json.loads(body) for body in post.cloud.messages("NoticesQueue")]
    for _ in range(3):
        assert len(send_notices(queued(bodies), None)["batchItemFailures"]) == 2
    client.create_email_identity(EmailIdentity=SENDER.partition("@")[2])
    relay({"Records": records}, None)
    assert post.deliver() == []
    assert send_notices(queued(bodies), None)["batchItemFailures"] == []
    assert len(post.mails()) == 2


def test_ses_tells_of_bounces(post: Post) -> None:
    bounce = {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": STAFF}]}
    complaint = {"complainedRecipients": [{"emailAddress": INVITED}]}
    told: list[dict[str, Any]] = [
        {"eventType": "Bounce", "mail": {"tags": {}}, "bounce": bounce},
        {"eventType": "Complaint", "mail": {"tags": {}}, "complaint": complaint},
        {"eventType": "Nonsense"},
    ]
    failed = take_mail_feedback(queued(told), None)["batchItemFailures"]
    assert failed == [{"itemIdentifier": "2"}]
    assert (is_bounced(STAFF), is_bounced(INVITED), is_bounced("lain@contoh.id")) == (True, False, False)
    assert STAFF not in repr(post.cloud.items("RegTable"))


@pytest.mark.parametrize("kind", list(RecipientKind))
def test_who_is_not_there_has_no_address(cloud: Cloud, kind: RecipientKind) -> None:
    cloud.use("registration")
    assert find_contact(Recipient(kind, "nobody")) is None
