"""Deploy the portal: `python -m infra.deploy --stage <name>`; needs the bundles built and AWS credentials.

Order: artifacts bucket, shared stack, keys, four services, the distribution's firewall and itself, site. Values cross
from one stack to the next as parameters. What is decided for the stage stands in `infra/stages/<stage>.toml`. A site
without a name of its own gets its origin from the first distribution, so the first deployment runs the stacks twice.
"""

import argparse
import hashlib
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from infra import buckets, protection, site, stacks, stage, wheels
from infra.aws import CLOUDFRONT_REGION, REGION, Aws
from infra.keys.ensure import KeysLostError, ensure
from infra.keys.store import Store
from infra.services import ROOT, SERVICES, Service
from infra.templates import Template, load_template, read_template

_UNKNOWN_ORIGIN = "https://not-yet-known.invalid"


@dataclass(frozen=True)
class Deployment:
    """One portal: where, which stage, and what the operator decided."""

    aws: Aws
    stage: str
    choices: Mapping[str, str] = field(default_factory=dict)
    """Values for parameters of any stack (SiteOrigin, AlarmEmail …); what is not here stays as it was deployed."""
    services: Sequence[Service] = SERVICES
    site: Path | None = None
    """A built site; None builds it."""
    protected: bool = False
    """Whether the stacks refuse to be deleted (infra/protection.py)."""
    accepted: frozenset[str] = frozenset()
    """Logical ids of what holds data and may be replaced or deleted this time."""

    def stack(self, part: str) -> str:
        """The name of one of the portal's stacks."""
        return f"pendataan-{self.stage}-{part}"

    @property
    def artifacts(self) -> str:
        """Bucket for code and templates; its name must be unique in all of AWS."""
        return self._bucket("artifacts")

    def keys(self, key_arn: str) -> Store:
        """Where the secrets are kept, under the stage's KMS key."""
        return Store(self.aws, self._bucket("keys"), self.stage, key_arn)

    def running(self) -> list[str]:
        """The stacks that take secrets, the distribution last: it sends what the services check."""
        return [*(self.stack(service.name) for service in self.services), self.stack("cdn")]

    def _bucket(self, part: str) -> str:
        account = self.aws.session.client("sts", endpoint_url=self.aws.endpoint).get_caller_identity()["Account"]
        return f"pendataan-{self.stage}-{part}-{account}"


def shared_stack(deployment: Deployment, template: Template) -> dict[str, str]:
    """Deploy the shared stack, make the keys where there are none, and return every value the services take.

    Raises:
        KeysLostError: a key is lost that stored people depend on.
    """
    aws = deployment.aws
    values = {"Stage": deployment.stage, **deployment.choices}
    shared = _apply(deployment, "shared", template, values)
    deployed: dict[str, str] = {}
    for service in deployment.services:
        deployed.update(stacks.parameters(aws, deployment.stack(service.name)))
    store = deployment.keys(shared["KeyArn"])
    buckets.ensure_kept(aws, store.bucket)
    return {**values, **shared, **ensure(store, deployed, lambda: _holds_people(aws, shared["RegTable"]))}


def _holds_people(aws: Aws, table: str) -> bool:
    return bool(aws.dynamodb.scan(TableName=table, Limit=1, ConsistentRead=True)["Items"])


def service_stack(
    deployment: Deployment, service: Service, template: Template, values: Mapping[str, str]
) -> dict[str, str]:
    """Deploy one service's stack and return its outputs."""
    return _apply(deployment, service.name, template, values)


def _apply(deployment: Deployment, part: str, template: Template, values: Mapping[str, str]) -> dict[str, str]:
    aws, stack = deployment.aws, deployment.stack(part)
    if deployment.protected and deployment.accepted and stacks.find(aws, stack):
        protection.protect(aws, stack, deployment.accepted)
    made = stacks.apply(aws, stack, template, values, deployment.artifacts, deployment.accepted)
    if deployment.protected:
        protection.protect(aws, stack)
    return made


def with_code(deployment: Deployment, service: Service) -> Template:
    """The service's template, its functions pointing to the uploaded archive (named by its content)."""
    body = service.archive.read_bytes()
    key = f"code/{service.name}-{hashlib.sha256(body).hexdigest()[:24]}.zip"
    deployment.aws.s3.put_object(Bucket=deployment.artifacts, Key=key, Body=body)
    template = read_template(service.template)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Lambda::Function":
            resource["Properties"]["Code"] = {"S3Bucket": deployment.artifacts, "S3Key": key}
    return template


def ensure_artifacts(deployment: Deployment) -> None:
    """Make the bucket for code and templates."""
    buckets.ensure(deployment.aws, deployment.artifacts)


def deploy(deployment: Deployment) -> str:
    """Deploy everything and return the site's origin."""
    ensure_artifacts(deployment)
    earlier = stacks.parameters(deployment.aws, deployment.stack("shared"))
    origin = deployment.choices.get("SiteOrigin") or earlier.get("SiteOrigin", _UNKNOWN_ORIGIN)
    found = _all_stacks(deployment, origin)
    if origin == _UNKNOWN_ORIGIN:
        origin = f"https://{found['SiteDomain']}"
        found = _all_stacks(deployment, origin)
    written = site.upload(deployment.aws, found["SiteBucket"], deployment.site or site.build())
    site.publish_key(deployment.aws, found["SiteBucket"], found["SigningKeyArn"])
    if written:
        _forget_cached_pages(deployment, found["DistributionId"])
    return origin


def _all_stacks(deployment: Deployment, origin: str) -> dict[str, str]:
    chosen = replace(deployment, choices={**deployment.choices, "SiteOrigin": origin})
    values = shared_stack(chosen, load_template(ROOT / "infra" / "shared.yaml"))
    for service in chosen.services:
        made = service_stack(chosen, service, with_code(chosen, service), values)
        values[f"{service.name.capitalize()}ApiDomain"] = made["ApiDomain"]
        print(f"{chosen.stack(service.name)}: ready", flush=True)
    values["WebAclArn"] = _firewall(chosen)
    template = load_template(ROOT / "infra" / "cdn.yaml")
    return {**values, **_apply(chosen, "cdn", template, values)}


def _firewall(deployment: Deployment) -> str:
    """Deploy what stands before the distribution, where CloudFront looks for it; returns its ARN."""
    aws = Aws(CLOUDFRONT_REGION, deployment.aws.endpoint)
    template = load_template(ROOT / "infra" / "cdn-global.yaml")
    values = {"Stage": deployment.stage, **deployment.choices}
    return stacks.apply(aws, deployment.stack("cdn-global"), template, values, None)["WebAclArn"]


def _forget_cached_pages(deployment: Deployment, distribution: str) -> None:
    cloudfront = deployment.aws.session.client("cloudfront", endpoint_url=deployment.aws.endpoint)
    paths = {"Quantity": 1, "Items": ["/*"]}
    cloudfront.create_invalidation(
        DistributionId=distribution, InvalidationBatch={"Paths": paths, "CallerReference": str(time.time_ns())}
    )


def main(arguments: Sequence[str]) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m infra.deploy", description="Deploy the portal.")
    parser.add_argument("--stage", required=True, help="what infra/stages/<stage>.toml decides for, e.g. dev")
    parser.add_argument("--region", default=REGION)
    parser.add_argument("--lose", action="append", default=[], metavar="RESOURCE", help="may be replaced or deleted")
    given = parser.parse_args(arguments)
    try:
        decided = stage.load(given.stage)
        stage.refuse_examples(decided)
        for service in SERVICES:
            wheels.require_bytecode(service.archive)
        print(f"Portal: {deploy(_of(decided, given.stage, Aws(given.region), frozenset(given.lose)))}/")
    except (stacks.DeployError, stage.StageError, KeysLostError, wheels.NoBytecodeError) as failed:
        print(failed, file=sys.stderr)
        return 1
    return 0


def _of(decided: stage.Stage, name: str, aws: Aws, accepted: frozenset[str]) -> Deployment:
    choices = {**decided.parameters(), **decided.origin()}
    return Deployment(aws, name, choices, protected=decided.protected, accepted=accepted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
