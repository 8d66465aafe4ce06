"""SES at home: what it keeps, shows and refuses, asked as SES is."""

import json
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from infra.aws import EMULATOR_KEY, REGION
from infra.local.clock import ShiftedClock
from infra.local.gateway.answers import Body, Request
from infra.local.outbox import Outbox


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    made = opened(tmp_path)
    yield made
    made.stop()


def opened(folder: Path) -> Outbox:
    return Outbox(folder / "outbox", ShiftedClock(folder / "clock.json"))


def send(outbox: Outbox, tag: str, subject: str = "Undangan", body: str = "Buka https://pendataan.example/") -> None:
    session = boto3.Session(EMULATOR_KEY, EMULATOR_KEY, region_name=REGION)
    once = Config(retries={"total_max_attempts": 1})
    session.client("sesv2", endpoint_url=outbox.endpoint, config=once).send_email(
        FromEmailAddress="no-reply@pendataan.example",
        Destination={"ToAddresses": ["siti@contoh.example"]},
        Content={"Simple": {"Subject": {"Data": subject}, "Body": {"Text": {"Data": body}}}},
        EmailTags=[{"Name": "notice", "Value": tag}],
        ConfigurationSetName="pendataan-local",
    )


def asked(outbox: Outbox, method: str, path: str, body: bytes = b"") -> tuple[int, str]:
    class Wire:
        def read(self, _: int = -1) -> bytes:
            return body

    target = f"/_local/kotak-keluar{path}"
    answer = outbox.show(Request(method, target, {}, len(body), Body(Wire(), len(body)), "127.0.0.1"))  # type: ignore[arg-type]
    return answer.status, answer.body.decode()


def test_a_mail_is_kept_once_the_newest_first_and_over_a_restart(outbox: Outbox, tmp_path: Path) -> None:
    for key, subject in (("first", "Satu"), ("second", "Dua"), ("first", "Satu")):
        send(outbox, key, subject)
    again = opened(tmp_path)
    again.stop()
    for each in (outbox, again):
        assert [kept.subject for kept in each.mails()] == ["Dua", "Satu"]
    shown = json.loads(asked(again, "GET", "/mails")[1])["items"][0]
    assert (shown["to"], shown["body"]) == ("siti@contoh.example", "Buka https://pendataan.example/")


def test_its_page_shows_text_as_text_and_links_as_links(outbox: Outbox) -> None:
    send(outbox, "a", "<b>Undangan</b>", "Buka https://pendataan.example/x/#a.b-c, <script>")
    status, page = asked(outbox, "GET", "/")
    assert status == 200
    assert '<a href="https://pendataan.example/x/#a.b-c">https://pendataan.example/x/#a.b-c</a>,' in page
    assert "&lt;b&gt;Undangan&lt;/b&gt;" in page
    assert "<script>" not in page


def test_it_refuses_while_it_is_down(outbox: Outbox) -> None:
    assert asked(outbox, "POST", "/mails", b'{"down": true}')[0] == 200
    with pytest.raises(ClientError, match="TooManyRequestsException"):
        send(outbox, "a")
    assert asked(outbox, "POST", "/mails", b'{"down": false}')[0] == 200
    send(outbox, "a")
    assert len(outbox.mails()) == 1
    assert asked(outbox, "POST", "/mails", b"[]")[0] == 422
    assert asked(outbox, "DELETE", "/mails")[0] == 404
