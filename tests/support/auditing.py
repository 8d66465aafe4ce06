"""An auditor's day in the tests: the schedule comes, the queue is worked through, somebody tampers."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from infra.audit_verify.ledger import Ledger
from infra.audit_verify.source import Source
from infra.audit_verify.verify import Report, verify
from infra.aws import Aws
from services.kernel.audit import chain as audit
from services.kernel.audit import store as audit_store
from services.kernel.audit.anchor import Anchor
from services.kernel.aws import clients, dynamodb, s3
from services.kernel.events.facts import InstitutionSealed
from services.kernel.log import LogLine
from tests.support.aws import STAGE, Cloud, queued

SCHEDULED = {"detail-type": "Scheduled Event", "source": "aws.events", "detail": {}}
SEALED = {"detail-type": InstitutionSealed.name, "source": "pendataan.finalization"}
FAULTS = {LogLine.AUDIT_FAULT.value[1], LogLine.AUDIT_HEADS_LOST.value[1]}


class Auditor:
    """The check of one service's trail; `entry` is its app module."""

    def __init__(self, entry: ModuleType, caplog: pytest.LogCaptureFixture) -> None:
        self._entry = entry
        self._caplog = caplog

    def day(self) -> list[tuple[str, int, str]]:
        """Let the day's check run; returns the faults it told: chain, link, kind."""
        return self.deliver(SCHEDULED)

    def seal(self, institution: str, epoch: int) -> list[tuple[str, int, str]]:
        """Let the check at a seal run."""
        return self.deliver({**SEALED, "detail": {"institution": institution, "v": epoch}})

    def deliver(self, message: Mapping[str, Any]) -> list[tuple[str, int, str]]:
        """Hand a message to the function, and those it sends itself, until there is none."""
        self._caplog.clear()
        waiting = [dict(message)]
        while waiting:
            assert self._entry.verify_audit(queued(waiting), None) == {"batchItemFailures": []}
            waiting = self.messages()
        return self.told()

    def messages(self) -> list[dict[str, Any]]:
        """Take what waits in the queue."""
        sqs, queue = clients.sqs(), audit_store.settings().audit_queue
        found = []
        while taken := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
            for message in taken:
                found.append(json.loads(message["Body"]))
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return found

    def told(self) -> list[tuple[str, int, str]]:
        """The faults in the log since the last message."""
        lines = (vars(record) for record in self._caplog.records)
        return [
            (one.get("chain", ""), one.get("link", 0), one.get("code", "")) for one in lines if one["line"] in FAULTS
        ]

    def anchors(self, institution: str) -> list[Anchor]:
        """Every anchor of an institution, the oldest first."""
        bucket = audit_store.settings().seals_bucket
        prefix = f"anchors/{audit_store.settings().service}/{institution}/"
        contents = [s3.read(bucket, key) for key in s3.keys(bucket, prefix)]
        return [Anchor.model_validate_json(content) for content in contents if content is not None]


def from_outside(cloud: Cloud, folder: Path) -> dict[str, Report]:
    """What `make audit-verify` finds, by service."""
    names = ["RegTable", "DocTable", "FinTable", "AnnTable", "AuditTable", "GateTable", "SealsBucket", "ExportsBucket"]
    cloud.use("registration")
    values = {**{name: cloud.name(name) for name in names}, "Bus": os.environ["BUS"], "KeyArn": os.environ["KEY_ARN"]}
    with Ledger(folder / "ledger.sqlite") as ledger:
        return {report.service: report for report in verify(Source(Aws(), STAGE, values), ledger)}


def links(chain: str) -> list[dict[str, Any]]:
    """A chain as it stands."""
    return list(audit.read(chain))


def change(chain: str, version: int, **values: Any) -> None:
    """Change attributes of a link, as nobody may."""
    _direct([dynamodb.update(audit_store.settings().audit_table, _key(chain, version), values=values)])


def remove(chain: str, *versions: int) -> None:
    """Delete links, as nobody may."""
    table = audit_store.settings().audit_table
    _direct([dynamodb.delete(table, _key(chain, version)) for version in versions])


def move_head(key: Mapping[str, str], **values: Any) -> None:
    """Change a data item's head, as nobody may."""
    _direct([dynamodb.update(audit_store.settings().table, key, values=values)])


def _key(chain: str, version: int) -> dict[str, str]:
    return {"pk": chain, "sk": audit.sort_key(version)}


def _direct(operations: list[dynamodb.Operation]) -> None:
    dynamodb.transact(operations)
