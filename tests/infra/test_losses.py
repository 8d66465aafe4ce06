"""Change sets that would lose data, against the emulator and as CloudFormation words them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.stub import Stubber

from infra import deploy, losses, protection, stacks
from infra.aws import Aws
from infra.local.emulator import Emulator

KEY_SCHEMA = [{"AttributeName": "pk", "KeyType": "HASH"}]
TABLE: dict[str, Any] = {
    "Type": "AWS::DynamoDB::Table",
    "DeletionPolicy": "Retain",
    "Properties": {
        "BillingMode": "PAY_PER_REQUEST",
        "TableName": "people",
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
        "KeySchema": KEY_SCHEMA,
    },
}
QUEUE: dict[str, Any] = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "waiting"}}
TOPIC = {"Type": "AWS::SNS::Topic"}
BROKEN = {"Type": "AWS::SQS::Queue", "Properties": {"RedrivePolicy": {"maxReceiveCount": 0}}}


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    emulator = Emulator(tmp_path_factory.mktemp("emulator"))
    emulator.start()
    deploy.ensure_artifacts(deploy.Deployment(emulator.aws, "loss"))
    yield emulator.aws
    emulator.stop()


def put(aws: Aws, stack: str, accepted: frozenset[str] = frozenset(), **resources: Any) -> None:
    bucket = deploy.Deployment(aws, "loss").artifacts
    stacks.apply(aws, stack, {"Resources": {"Topic": TOPIC, **resources}}, {}, bucket, accepted)


def test_a_table_is_not_deleted_unless_it_is_named(aws: Aws) -> None:
    put(aws, "deleting", Table=TABLE)
    with pytest.raises(
        stacks.DeployError, match=r"Table \(AWS::DynamoDB::Table, people\) would be deleted.*--lose Table"
    ):
        put(aws, "deleting")
    assert "people" in aws.dynamodb.list_tables()["TableNames"]
    sets = aws.cloudformation.list_change_sets(StackName="deleting")["Summaries"]
    assert "AVAILABLE" not in {one["ExecutionStatus"] for one in sets}, "nothing waits to be executed"
    put(aws, "deleting", frozenset({"Table"}))
    assert "Table" not in str(aws.cloudformation.describe_stack_resources(StackName="deleting")["StackResources"])


def test_a_table_is_not_replaced_by_an_empty_one(aws: Aws) -> None:
    key = {**TABLE, "Properties": {**TABLE["Properties"], "TableName": "first"}}
    put(aws, "replacing", Table=key)
    renamed = {**TABLE, "Properties": {**TABLE["Properties"], "TableName": "second"}}
    with pytest.raises(stacks.DeployError, match="replaced"):
        put(aws, "replacing", Table=renamed)
    grown = {**key, "Properties": {**key["Properties"], "SSESpecification": {"SSEEnabled": True}}}
    put(aws, "replacing", Table=grown)


def test_a_queue_may_go_once_nothing_waits_in_it(aws: Aws) -> None:
    put(aws, "queues", Queue=QUEUE)
    url = aws.sqs.get_queue_url(QueueName="waiting")["QueueUrl"]
    aws.sqs.send_message(QueueUrl=url, MessageBody="an import")
    with pytest.raises(stacks.DeployError, match="Queue"):
        put(aws, "queues")
    aws.sqs.purge_queue(QueueUrl=url)
    put(aws, "queues")


def test_a_first_try_that_failed_is_cleared_away_and_tried_again(aws: Aws) -> None:
    with pytest.raises(stacks.DeployError, match="ROLLBACK_COMPLETE"):
        put(aws, "twice", Queue=BROKEN)
    put(aws, "twice", Queue=QUEUE | {"Properties": {"QueueName": "second-try"}})
    assert stacks.find(aws, "twice")["StackStatus"] == "CREATE_COMPLETE"  # type: ignore[index]


def test_a_stack_whose_first_change_set_was_left_lying_is_created(aws: Aws) -> None:
    """It is in REVIEW_IN_PROGRESS, where no parameter has a last value to keep."""
    bucket = deploy.Deployment(aws, "loss").artifacts
    topic = {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Ref": "Name"}}}
    template = {"Parameters": {"Name": {"Type": "String", "Default": "usual"}}, "Resources": {"Topic": topic}}
    aws.cloudformation.create_change_set(
        StackName="left",
        ChangeSetName="never-executed",
        ChangeSetType="CREATE",
        TemplateBody=json.dumps(template),
        Parameters=[{"ParameterKey": "Name", "ParameterValue": "reviewed"}],
    )
    stacks.apply(aws, "left", template, {}, bucket)
    assert stacks.parameters(aws, "left") == {"Name": "usual"}


def test_a_protected_stack_cannot_be_deleted_and_says_what_it_refuses(aws: Aws) -> None:
    put(aws, "protected", Queue=QUEUE | {"Properties": {"QueueName": "third"}})
    protection.protect(aws, "protected")
    with pytest.raises(aws.cloudformation.exceptions.ClientError, match="TerminationProtection"):
        aws.cloudformation.delete_stack(StackName="protected")
    body = json.loads(aws.cloudformation.get_stack_policy(StackName="protected")["StackPolicyBody"])
    denied = body["Statement"][1]
    assert (denied["Effect"], denied["Action"], denied["Resource"]) == (
        "Deny",
        ["Update:Replace", "Update:Delete"],
        "*",
    )
    assert set(denied["Condition"]["StringEquals"]["ResourceType"]) == losses.STATEFUL.keys() - {losses.QUEUE}


def test_the_policy_lets_go_of_what_was_named_only() -> None:
    denied = protection.policy({"RegTable"})["Statement"][1]
    assert denied["NotResource"] == ["LogicalResourceId/RegTable"]
    assert "Resource" not in denied


def change(action: str, kind: str = losses.TABLE, **about: Any) -> dict[str, Any]:
    return {
        "Type": "Resource",
        "ResourceChange": {"Action": action, "ResourceType": kind, "LogicalResourceId": "X", **about},
    }


def touching(name: str) -> list[dict[str, Any]]:
    return [{"Target": {"Attribute": "Properties", "Name": name, "RequiresRecreation": "Conditionally"}}]


@pytest.mark.parametrize(
    ("told", "lost"),
    [
        (change("Modify", Replacement="True"), "replaced"),
        (change("Modify", Replacement="Conditional"), "perhaps"),
        (change("Modify", Replacement="Conditional", Details=touching("KeySchema")), "perhaps"),
        (change("Modify", Replacement="Conditional", Details=touching("TimeToLiveSpecification")), ""),
        (change("Modify", Replacement="False", Details=touching("KeySchema")), ""),
        (change("Remove"), "deleted"),
        (change("Add"), ""),
        (change("Remove", "AWS::Lambda::Function"), ""),
        (change("Modify", losses.KEY, Replacement="True"), "replaced"),
        (change("Remove", losses.BUCKET), "deleted"),
    ],
)
def test_what_cloudformation_says_is_understood(told: dict[str, Any], lost: str) -> None:
    aws = Aws(endpoint="http://127.0.0.1:9")
    with Stubber(aws.cloudformation) as stub:
        stub.add_response("describe_change_set", {"Changes": [told]})
        found = losses.found(aws, "stack", "set")
    assert [lost in str(loss) for loss in found] == ([True] if lost else [])
