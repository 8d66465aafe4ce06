"""Deploy to the emulator what holds data: tables, buckets, queues, rules between them.

What runs code (functions, their triggers, APIs, schedules) is taken out of the very templates that go to AWS; the
runner does that part and reads it from the same templates (infra/local/wiring.py).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infra import deploy, stacks
from infra.aws import Aws
from infra.local import resolve
from infra.services import ROOT, Service
from infra.templates import Template, load_template, read_template

STAGE = "local"

_KEPT = frozenset({"AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "AWS::Events::Rule"})


@dataclass(frozen=True)
class DataPlane:
    """What stands in the emulator."""

    values: Mapping[str, str]
    """Outputs of the shared stack, keys and settings: the services' parameters by name."""
    services: Mapping[str, resolve.Names]
    """For each service: what its template's references mean here."""


def deploy_data_plane(aws: Aws, services: Sequence[Service], settings: Mapping[str, str]) -> DataPlane:
    """Create or update the data plane; what is there already stays."""
    deployment = deploy.Deployment(aws, STAGE, dict(settings), services)
    deploy.ensure_artifacts(deployment)
    shared = load_template(ROOT / "infra" / "shared.yaml")
    values = deploy.shared_stack(deployment, shared)
    _lock_objects(aws, shared, values)
    meanings = {}
    for service in services:
        template = read_template(service.template)
        deploy.service_stack(deployment, service, data_part(template), values)
        given = {p["ParameterKey"]: p["ParameterValue"] for p in stacks.fill(template, values)}
        defaults = {n: str(p["Default"]) for n, p in template["Parameters"].items() if "Default" in p}
        physical = _physical_names(aws, deployment.stack(service.name))
        meanings[service.name] = resolve.names(aws, {**defaults, **given}, template, physical)
    return DataPlane(values, meanings)


def deployed(aws: Aws) -> bool:
    """Whether a data plane is there already."""
    return bool(stacks.outputs(aws, deploy.Deployment(aws, STAGE).stack("shared")))


def denials(shared: Template, values: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
    """What the tables' own policies deny, whoever asks; the emulator passes over them, the judge does not."""
    return [
        {"Sid": statement["Sid"], "Effect": "Deny", "Action": statement["Action"], "Resource": values[f"{name}Arn"]}
        for name, resource in shared["Resources"].items()
        for statement in resource["Properties"].get("ResourcePolicy", {}).get("PolicyDocument", {}).get("Statement", [])
        if statement["Effect"] == "Deny"
    ]


def data_part(template: Template) -> Template:
    """The template without what runs code, and without what refers to that."""
    resources = {name: r for name, r in template["Resources"].items() if _holds_data(r)}
    outputs = {
        name: output
        for name, output in template.get("Outputs", {}).items()
        if not resolve.references(output) & (template["Resources"].keys() - resources.keys())
    }
    return {**template, "Resources": resources, "Outputs": outputs}


def _holds_data(resource: Template) -> bool:
    return resource["Type"] in _KEPT and "ScheduleExpression" not in resource["Properties"]


def _physical_names(aws: Aws, stack: str) -> dict[str, str]:
    described = aws.cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
    return {r["LogicalResourceId"]: r.get("PhysicalResourceId", "") for r in described}


def _lock_objects(aws: Aws, shared: Template, values: Mapping[str, str]) -> None:
    """Object Lock from the template: the emulator's CloudFormation passes over it, its S3 does not."""
    chosen = {n: str(p.get("Default", "")) for n, p in shared["Parameters"].items()} | dict(values)
    names = resolve.Names(chosen, {})
    for name, resource in shared["Resources"].items():
        lock = resource.get("Properties", {}).get("ObjectLockConfiguration")
        if lock is not None:
            plain = json.loads(json.dumps(resolve.resolve(lock, names)))
            retention = plain["Rule"]["DefaultRetention"]
            retention["Days"] = int(retention["Days"])
            aws.s3.put_object_lock_configuration(Bucket=values[name], ObjectLockConfiguration=plain)
