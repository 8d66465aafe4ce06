"""A chain and the item its head stands in: links follow one another, and of two at once one is refused."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.kernel.audit import chain as audit
from services.kernel.audit.chain import Event
from services.kernel.audit.check import Head
from services.kernel.audit.log import AuditLog, Standing
from services.kernel.aws import dynamodb
from services.kernel.settings import settings
from services.kernel.writes import ungated
from tests.support.aws import Cloud

KEY = {"pk": "P#x", "sk": "A"}
LOG = AuditLog("registration#A#x", KEY, "9901")
READ = Event("staff", "read", datetime(2022, 9, 1, tzinfo=UTC), {"role": "bkn"})


def test_every_link_names_the_one_before(here: Cloud) -> None:
    assert LOG.head() is None
    for _ in range(3):
        LOG.record(READ)
    links = list(audit.read(LOG.chain))
    assert [link["previous"] for link in links] == ["", links[0]["hash"], links[1]["hash"]]
    assert LOG.head() == Head(3, links[2]["hash"])


@pytest.mark.parametrize("salt", [None, b"s" * 16])
def test_links_open_with_the_salt_of_the_head_or_one_kept_elsewhere(here: Cloud, salt: bytes | None) -> None:
    replace(LOG, salt=salt).record(READ)
    head = dynamodb.get(settings().table, KEY) or {}
    assert ("salt" in head) is (salt is None)
    (link,) = audit.read(LOG.chain)
    assert audit.open_delta(link, institution="9901", salt=salt or head["salt"]) == READ.delta


def test_who_decided_by_an_older_head_is_refused(here: Cloud) -> None:
    first, second = (LOG.add(READ, Standing(), last=number) for number in (1, 2))
    assert ungated.commit([first[0], first[1].operation])
    assert not ungated.commit([second[0], second[1].operation])
    assert (dynamodb.get(settings().table, KEY) or {})["last"] == 1
