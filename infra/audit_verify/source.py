"""The portal as an auditor reads it: whole tables and buckets, with his own credentials, past all functions."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag

from infra import stacks
from infra.aws import EMULATOR_KEY, Aws
from infra.deploy import Deployment
from services.kernel.audit import chain as audit
from services.kernel.audit.check import Head
from services.kernel.aws.dynamodb import Item, decode, encode


class NotDeployedError(Exception):
    """There is no such portal."""


@dataclass(frozen=True)
class Source:
    """One portal's tables and buckets; `values` are the outputs of its shared stack."""

    aws: Aws
    stage: str
    values: Mapping[str, str]

    @classmethod
    def find(cls, aws: Aws, stage: str) -> "Source":
        """The portal of a stage.

        Raises:
            NotDeployedError: when there is none.
        """
        values = stacks.outputs(aws, Deployment(aws, stage).stack("shared"))
        if not values:
            raise NotDeployedError(stage)
        return cls(aws, stage, values)

    def scan(self, table: str) -> Iterator[Item]:
        """Everything in a table, by the name of its output."""
        pages = self.aws.dynamodb.get_paginator("scan").paginate(TableName=self.values[table], ConsistentRead=True)
        return (decode(item) for page in pages for item in page["Items"])

    def get(self, table: str, key: Mapping[str, str]) -> Item | None:
        """One item, read anew."""
        answer = self.aws.dynamodb.get_item(TableName=self.values[table], Key=encode(key), ConsistentRead=True)
        return decode(answer["Item"]) if "Item" in answer else None

    def links(self, chain: str) -> Iterator[Item]:
        """One chain's links, read anew."""
        pages = self.aws.dynamodb.get_paginator("query").paginate(
            TableName=self.values["AuditTable"],
            KeyConditionExpression="pk = :chain",
            ExpressionAttributeValues={":chain": {"S": chain}},
            ConsistentRead=True,
        )
        return (decode(item) for page in pages for item in page["Items"])

    def objects(self, prefix: str) -> Iterator[tuple[str, list[str]]]:
        """Keys of the seals bucket in order, each with its versions; a deletion is a version called `deleted`."""
        found: dict[str, list[str]] = {}
        bucket = self.values["SealsBucket"]
        for page in self.aws.s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=prefix):
            for version in page.get("Versions", []):
                found.setdefault(version["Key"], []).append(version["VersionId"])
            for marker in page.get("DeleteMarkers", []):
                found.setdefault(marker["Key"], []).append("deleted")
        return iter(sorted(found.items()))

    def sealed_object(self, key: str) -> tuple[bytes, bool]:
        """An object of the seals bucket, and whether it is under the lock."""
        answer = self.aws.s3.get_object(Bucket=self.values["SealsBucket"], Key=key)
        return answer["Body"].read(), "ObjectLockMode" in answer

    def export(self, key: str) -> bytes | None:
        """An object of the exports bucket, or None."""
        try:
            return self.aws.s3.get_object(Bucket=self.values["ExportsBucket"], Key=key)["Body"].read()
        except self.aws.s3.exceptions.NoSuchKey:
            return None

    def become_registration(self) -> None:
        """Let the kernel open import links: their keys are registration's."""
        names = {"TABLE": "RegTable", "GATE_TABLE": "GateTable", "AUDIT_TABLE": "AuditTable", "BUS": "Bus"}
        os.environ.update({name: self.values[output] for name, output in names.items()})
        os.environ.update({"STAGE": self.stage, "SERVICE": "registration", "KEY_ARN": self.values["KeyArn"]})
        os.environ.update({"SESSION_PUBLIC_KEY": "", "SITE_ORIGIN": "", "AWS_DEFAULT_REGION": self.aws.region})
        os.environ.update({"TTL_TABLE": "", "FACTS_QUEUE": ""})
        if self.aws.endpoint:
            os.environ.update({"AWS_ENDPOINT_URL": self.aws.endpoint})
            os.environ.update({"AWS_ACCESS_KEY_ID": EMULATOR_KEY, "AWS_SECRET_ACCESS_KEY": EMULATOR_KEY})


def origins(source: Source, lanes: Mapping[str, bytes]) -> Iterator[tuple[str, Head]]:
    """What each imported person's chain follows; `lanes` are import lanes' chains and salts.

    A link that does not open is told of its lane, and its people miss their first link.
    """
    for chain, salt in lanes.items():
        institution = chain.split("#")[2]
        for link in source.links(chain):
            try:
                delta = audit.open_delta(link, institution=institution, salt=salt)
            except (InvalidTag, KeyError):
                continue
            yield from ((f"registration#P#{pid}", Head(1, own_hash)) for pid, own_hash in delta["heads"].items())
