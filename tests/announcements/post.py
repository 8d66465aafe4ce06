"""Announcements with a sender whose domain is proved: what it writes to whoever filed a case, and tells others."""

import json
from dataclasses import dataclass
from datetime import datetime

import boto3
from moto.backends import get_backend

from services.announcements import app as entry
from services.kernel.events.facts import CaseMoved
from tests.announcements.world import World
from tests.support.aws import ACCOUNT, REGION, queued

SENDER = "no-reply@pendataan.example"
TICK = {"version": "0", "account": "", "region": "", "detail": {}, "detail-type": "", "source": "", "time": ""}


@dataclass(frozen=True)
class Post:
    """Announcements with a sender whose domain is proved."""

    world: World

    def deliver(self) -> list[str]:
        """Relay what was put by and send it; returns the messages that must come again."""
        entry.relay({"Records": self.world.cloud.changes("AnnTable")}, None)
        return self.send()

    def send(self) -> list[str]:
        """Send what the queue holds."""
        bodies = [json.loads(body) for body in self.world.cloud.messages("CaseNoticesQueue")]
        answer = entry.send_notices(queued(bodies), None) if bodies else {"batchItemFailures": []}
        return [one["itemIdentifier"] for one in answer["batchItemFailures"]]

    def mails(self) -> list[tuple[str, str]]:
        """Address and subject of each mail that SES took."""
        sent = get_backend("ses")[ACCOUNT][REGION].sent_messages
        return [(mail.destinations["ToAddresses"][0], mail.subject) for mail in sent]

    def bodies(self) -> str:
        """What stands in the mails."""
        return "".join(mail.body for mail in get_backend("ses")[ACCOUNT][REGION].sent_messages)

    def act(self, now: datetime) -> None:
        """The schedule fires at an instant."""
        self.world.cloud.at(now)
        entry.act_on_cases({**TICK, "id": "", "resources": []}, None)

    def moves(self) -> list[CaseMoved]:
        """What the bus was told of cases since the last call."""
        return [CaseMoved.model_validate(fact["detail"]) for fact in self.world.cloud.facts()]


def open_post(world: World) -> Post:
    """The post office of an institution whose round is open."""
    world.cloud.use("announcements", mail_sender=SENDER)
    boto3.client("sesv2", region_name=REGION).create_email_identity(EmailIdentity=SENDER.partition("@")[2])
    world.open_round()
    return Post(world)
