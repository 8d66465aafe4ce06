"""Stacks by change set: create or update, wait, hand back the outputs. The same path for AWS and the emulator."""

import hashlib
import json
import time
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError, WaiterError

from infra import losses
from infra.aws import Aws
from infra.templates import Template

if TYPE_CHECKING:
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef, StackTypeDef

_NEVER_LIVED = "ROLLBACK_COMPLETE"
"""The state of a stack whose first creation failed: it can only be deleted (CloudFormation, "Stack status codes")."""
_DONE = {"CREATE_COMPLETE", "UPDATE_COMPLETE"}


class DeployError(Exception):
    """CloudFormation refused or rolled back, or data would be lost; the text holds the reasons."""


def apply(
    aws: Aws,
    name: str,
    template: Template,
    values: Mapping[str, str],
    bucket: str | None,
    accepted: Collection[str] = (),
) -> dict[str, str]:
    """Bring the stack to this template and return its outputs.

    Args:
        aws: where.
        name: the stack's name.
        template: CloudFormation without macros.
        values: anything known by name; each parameter of the template takes the value of its own name, else the one
            it had at the last deployment, else its default.
        bucket: where the template is put first, in the stack's region; None sends it along, up to 51,200 bytes.
        accepted: logical ids of what holds data and may be replaced or deleted all the same.

    Raises:
        DeployError: with CloudFormation's reasons, or with what would be lost.
    """
    _clear_away(aws, name)
    wanted = {"TemplateURL": _upload(aws, template, bucket)} if bucket else {"TemplateBody": json.dumps(template)}
    _change(aws, name, wanted, fill(template, values, _earlier(aws, name)), accepted)
    return outputs(aws, name)


def turn(aws: Aws, name: str, values: Mapping[str, str]) -> None:
    """Give a running stack other values for some of its parameters; template and code stay as they are.

    Raises:
        DeployError: with CloudFormation's reasons, or with what would be lost.
    """
    here = parameters(aws, name)
    filled = fill({"Parameters": {parameter: {} for parameter in here}}, values, here)
    _change(aws, name, {"UsePreviousTemplate": True}, filled, ())


def outputs(aws: Aws, name: str) -> dict[str, str]:
    """The stack's outputs; empty when there is no such stack."""
    stack = find(aws, name)
    return {o["OutputKey"]: o["OutputValue"] for o in stack.get("Outputs", [])} if stack else {}


def parameters(aws: Aws, name: str) -> dict[str, str]:
    """The values the stack was last deployed with; empty when there is no such stack."""
    stack = find(aws, name)
    return {p["ParameterKey"]: p["ParameterValue"] for p in stack.get("Parameters", [])} if stack else {}


def fill(template: Template, values: Mapping[str, str], earlier: Collection[str] = ()) -> "list[ParameterTypeDef]":
    """One value for each parameter of the template; those of `earlier` keep theirs when `values` has none.

    CloudFormation would take the template's default for a parameter nobody speaks of, whatever was decided before.

    Raises:
        DeployError: naming the parameters that have no value at all.
    """
    wanted: dict[str, Template] = template.get("Parameters", {})
    known = {*values, *earlier}
    missing = [name for name, about in wanted.items() if name not in known and "Default" not in about]
    if missing:
        raise DeployError(f"no value for {', '.join(sorted(missing))}")
    return [_parameter(name, values) for name in wanted if name in known]


def find(aws: Aws, name: str) -> "StackTypeDef | None":
    """The stack, or None."""
    try:
        return aws.cloudformation.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError as failed:
        if "does not exist" in str(failed):
            return None
        raise


def _earlier(aws: Aws, name: str) -> Collection[str]:
    """Parameters whose last value can be kept; a stack that was never created keeps none."""
    return parameters(aws, name) if _lives(find(aws, name)) else ()


def _lives(stack: "StackTypeDef | None") -> bool:
    return stack is not None and stack["StackStatus"] != "REVIEW_IN_PROGRESS"


def _parameter(name: str, values: Mapping[str, str]) -> "ParameterTypeDef":
    if name in values:
        return {"ParameterKey": name, "ParameterValue": values[name]}
    return {"ParameterKey": name, "UsePreviousValue": True}


def _clear_away(aws: Aws, name: str) -> None:
    """Delete what a failed first creation left, so that it can be tried again."""
    stack = find(aws, name)
    if stack is None or stack["StackStatus"] != _NEVER_LIVED:
        return
    aws.cloudformation.delete_stack(StackName=name)
    status = _settled(aws, stack["StackId"])
    if status != "DELETE_COMPLETE":
        raise DeployError(
            f"{name}: never came up and cannot be cleared away, {status}\n" + "\n".join(_reasons(aws, name))
        )


def _change(
    aws: Aws,
    name: str,
    template: Mapping[str, object],
    filled: "Sequence[ParameterTypeDef]",
    accepted: Collection[str],
) -> None:
    change_set = _create_change_set(aws, name, template, filled)
    if change_set is None:
        return
    lost = [loss for loss in losses.found(aws, name, change_set) if loss.name not in accepted]
    if lost:
        aws.cloudformation.delete_change_set(StackName=name, ChangeSetName=change_set)
        told = "\n".join(f"  {loss}; to accept that: --lose {loss.name}" for loss in lost)
        raise DeployError(f"{name}: data would be lost, so nothing was changed\n{told}")
    aws.cloudformation.execute_change_set(StackName=name, ChangeSetName=change_set, RetainExceptOnCreate=True)
    status = _settled(aws, name)
    if status not in _DONE:
        raise DeployError(f"{name}: {status}\n" + "\n".join(_reasons(aws, name)))


def _create_change_set(
    aws: Aws, name: str, template: Mapping[str, object], filled: "Sequence[ParameterTypeDef]"
) -> str | None:
    change_set = f"at-{int(time.time() * 1000)}"
    aws.cloudformation.create_change_set(
        StackName=name,
        ChangeSetName=change_set,
        ChangeSetType="UPDATE" if _lives(find(aws, name)) else "CREATE",
        Parameters=filled,
        Capabilities=["CAPABILITY_IAM"],
        **template,  # type: ignore[arg-type]
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


def _settled(aws: Aws, name: str) -> str:
    """The stack's status once nothing goes on any more."""
    while True:
        stack = find(aws, name)
        status = stack["StackStatus"] if stack else "DELETE_COMPLETE"
        if not status.endswith("_IN_PROGRESS"):
            return status
        time.sleep(0.2 if aws.endpoint else 5)


def _reasons(aws: Aws, name: str) -> list[str]:
    events = aws.cloudformation.describe_stack_events(StackName=name)["StackEvents"]
    return [
        f"  {event.get('LogicalResourceId')}: {event.get('ResourceStatusReason')}"
        for event in events
        if "FAILED" in event.get("ResourceStatus", "")
    ]
