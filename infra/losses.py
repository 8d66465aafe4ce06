"""What a change set would lose: resources that hold data and would be deleted, or made anew and empty.

CloudFormation replaces a table when its key schema changes, and `UpdateReplacePolicy: Retain` only leaves the full one
standing beside the empty one that the functions then use.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from infra.aws import Aws

if TYPE_CHECKING:
    from mypy_boto3_cloudformation.type_defs import ResourceChangeTypeDef
    from mypy_boto3_sqs.literals import QueueAttributeNameType

TABLE, KEY, BUCKET, QUEUE = "AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::S3::Bucket", "AWS::SQS::Queue"
STATEFUL: Mapping[str, frozenset[str]] = {
    TABLE: frozenset(
        {"AttributeDefinitions", "KeySchema", "LocalSecondaryIndexes", "TableName", "ImportSourceSpecification"}
    ),
    KEY: frozenset({"KeySpec", "KeyUsage", "MultiRegion", "Origin"}),
    BUCKET: frozenset({"BucketName", "ObjectLockEnabled"}),
    QUEUE: frozenset({"FifoQueue", "QueueName"}),
}
"""What holds data (a queue only as long as something waits in it), and a change of which of its properties may replace
it (CloudFormation's reference of each, "Update requires")."""
_COUNTS: "tuple[QueueAttributeNameType, ...]" = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)


@dataclass(frozen=True)
class Loss:
    """One resource that would be lost."""

    name: str
    """Its logical id."""
    kind: str
    physical: str
    how: str

    def __str__(self) -> str:
        return f"{self.name} ({self.kind}, {self.physical}) would be {self.how}"


def found(aws: Aws, stack: str, change_set: str) -> list[Loss]:
    """The losses in a change set."""
    pages = aws.cloudformation.get_paginator("describe_change_set").paginate(StackName=stack, ChangeSetName=change_set)
    changes = [change["ResourceChange"] for page in pages for change in page["Changes"] if "ResourceChange" in change]
    return [loss for loss in _of(changes) if loss.kind != QUEUE or _anything_waits(aws, loss.physical)]


def _of(changes: "list[ResourceChangeTypeDef]") -> Iterator[Loss]:
    for change in changes:
        how = _how(change)
        if how and change["ResourceType"] in STATEFUL:
            yield Loss(change["LogicalResourceId"], change["ResourceType"], change.get("PhysicalResourceId", ""), how)


def _how(change: "ResourceChangeTypeDef") -> str:
    if change["Action"] in {"Remove", "Dynamic"}:
        return "deleted"
    if change["Action"] == "Modify" and change.get("Replacement") == "True":
        return "replaced by an empty one"
    if change["Action"] == "Modify" and change.get("Replacement") == "Conditional" and _touches_what_replaces(change):
        return "perhaps replaced by an empty one"
    return ""


def _touches_what_replaces(change: "ResourceChangeTypeDef") -> bool:
    """Whether that can come true; a change that does not say what it touches can."""
    touched = {detail.get("Target", {}).get("Name", "") for detail in change.get("Details", [])}
    return not touched or bool(touched & STATEFUL.get(change["ResourceType"], frozenset()))


def _anything_waits(aws: Aws, url: str) -> bool:
    """Whether a queue holds messages; one that cannot be asked does."""
    try:
        counts = aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=_COUNTS)["Attributes"]
    except ClientError:
        return True
    return any(int(counts.get(name, 0)) for name in _COUNTS)
