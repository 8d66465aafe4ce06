"""Against slips of the hand: a stack that cannot be deleted, and does not replace or delete what holds data.

It binds everybody who may use CloudFormation, also past our own tool (CloudFormation, "Prevent updates to stack
resources"). Whoever may change the policy can lift it; a slip does not.
"""

import json
from collections.abc import Collection
from typing import Any

from infra import losses
from infra.aws import Aws

_TYPES = [kind for kind in losses.STATEFUL if kind != losses.QUEUE]
"""Whether anything waits in a queue no policy can ask; the deployment does."""


def policy(accepted: Collection[str] = ()) -> dict[str, Any]:
    """The stack policy; resources in `accepted` may be lost."""
    but = {"NotResource": [f"LogicalResourceId/{name}" for name in sorted(accepted)]} if accepted else {"Resource": "*"}
    return {
        "Statement": [
            {"Effect": "Allow", "Action": "Update:*", "Principal": "*", "Resource": "*"},
            {
                "Effect": "Deny",
                "Action": ["Update:Replace", "Update:Delete"],
                "Principal": "*",
                **but,
                "Condition": {"StringEquals": {"ResourceType": _TYPES}},
            },
        ]
    }


def protect(aws: Aws, stack: str, accepted: Collection[str] = ()) -> None:
    """Protect a stack, but for the resources in `accepted`."""
    aws.cloudformation.set_stack_policy(StackName=stack, StackPolicyBody=json.dumps(policy(accepted)))
    aws.cloudformation.update_termination_protection(StackName=stack, EnableTerminationProtection=True)
