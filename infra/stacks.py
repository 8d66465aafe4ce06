"""Stacks by change set: create or update, wait, hand back the outputs. The same path for AWS and the emulator."""

import hashlib
import json
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError, WaiterError

from infra.aws import Aws
from infra.templates import Template

if TYPE_CHECKING:
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef, StackTypeDef


class DeployError(Exception):
    """CloudFormation refused or rolled back; the text holds its reasons."""


def apply(aws: Aws, name: str, template: Template, values: Mapping[str, str], bucket: str) -> dict[str, str]:
    """Bring the stack to this template and return its outputs.

    Args:
        aws: where.
        name: the stack's name.
        template: CloudFormation without macros.
        values: anything known by name; each parameter of the template takes the value of its own name.
        bucket: where the template is put first; inline templates end at 51,200 bytes.

    Raises:
        DeployError: with CloudFormation's reasons.
    """
    change_set = _create_change_set(aws, name, template, values, bucket)
    if change_set is not None:
        aws.cloudformation.execute_change_set(StackName=name, ChangeSetName=change_set)
        _wait(aws, name)
    return outputs(aws, name)


def outputs(aws: Aws, name: str) -> dict[str, str]:
    """The stack's outputs; empty when there is no such stack."""
    stack = _find(aws, name)
    return {o["OutputKey"]: o["OutputValue"] for o in stack.get("Outputs", [])} if stack else {}


def parameters(aws: Aws, name: str) -> dict[str, str]:
    """The values the stack was last deployed with; empty when there is no such stack."""
    stack = _find(aws, name)
    return {p["ParameterKey"]: p["ParameterValue"] for p in stack.get("Parameters", [])} if stack else {}


def fill(template: Template, values: Mapping[str, str]) -> "list[ParameterTypeDef]":
    """One value for each parameter of the template.

    Raises:
        DeployError: naming the parameters that have neither a value nor a default.
    """
    wanted: dict[str, Template] = template.get("Parameters", {})
    missing = [name for name, about in wanted.items() if name not in values and "Default" not in about]
    if missing:
        raise DeployError(f"no value for {', '.join(sorted(missing))}")
    return [{"ParameterKey": n, "ParameterValue": values[n]} for n in wanted if n in values]


def _create_change_set(aws: Aws, name: str, template: Template, values: Mapping[str, str], bucket: str) -> str | None:
    change_set = f"at-{int(time.time() * 1000)}"
    stack = _find(aws, name)
    new = stack is None or stack["StackStatus"] == "REVIEW_IN_PROGRESS"
    aws.cloudformation.create_change_set(
        StackName=name,
        ChangeSetName=change_set,
        ChangeSetType="CREATE" if new else "UPDATE",
        TemplateURL=_upload(aws, template, bucket),
        Parameters=fill(template, values),
        Capabilities=["CAPABILITY_IAM"],
    )
    try:
        waiter = aws.cloudformation.get_waiter("change_set_create_complete")
        waiter.wait(StackName=name, ChangeSetName=change_set, WaiterConfig={"Delay": 1, "MaxAttempts": 300})
    except WaiterError as failed:
        reason = str(failed.last_response.get("StatusReason", failed))
        aws.cloudformation.delete_change_set(StackName=name, ChangeSetName=change_set)
        if "didn't contain changes" in reason or "No updates" in reason:
            return None
        raise DeployError(f"{name}: {reason}") from failed
    return change_set


def _upload(aws: Aws, template: Template, bucket: str) -> str:
    body = json.dumps(template, sort_keys=True, separators=(",", ":")).encode()
    key = f"templates/{hashlib.sha256(body).hexdigest()}.json"
    aws.s3.put_object(Bucket=bucket, Key=key, Body=body, ContentType="application/json")
    base = aws.endpoint or f"https://s3.{aws.region}.amazonaws.com"
    return f"{base}/{bucket}/{key}"


def _wait(aws: Aws, name: str) -> None:
    while True:
        stack = _find(aws, name)
        status = stack["StackStatus"] if stack else "DELETED"
        if not status.endswith("_IN_PROGRESS"):
            break
        time.sleep(0.2 if aws.endpoint else 5)
    if status not in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}:
        raise DeployError(f"{name}: {status}\n" + "\n".join(_reasons(aws, name)))


def _reasons(aws: Aws, name: str) -> list[str]:
    events = aws.cloudformation.describe_stack_events(StackName=name)["StackEvents"]
    return [
        f"  {event.get('LogicalResourceId')}: {event.get('ResourceStatusReason')}"
        for event in events
        if "FAILED" in event.get("ResourceStatus", "")
    ]


def _find(aws: Aws, name: str) -> "StackTypeDef | None":
    try:
        return aws.cloudformation.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError as failed:
        if "does not exist" in str(failed):
            return None
        raise
