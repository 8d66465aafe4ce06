"""Deploy the portal: `python -m infra.deploy --stage <name>`; needs the bundles built and AWS credentials.

Order: artifacts bucket, shared stack, keys, four services, distribution, site. Values cross from one stack to the
next as parameters. The site's origin is known only after the first distribution, so a first deployment without
`--origin` runs the stacks twice.
"""

import argparse
import hashlib
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from botocore.exceptions import ClientError

from infra import keys, site, stacks
from infra.aws import REGION, Aws
from infra.houses import HOUSES, ROOT, House
from infra.templates import Template, load_template, read_template

_UNKNOWN_ORIGIN = "https://not-yet-known.invalid"


@dataclass(frozen=True)
class Deployment:
    """One portal: where, which stage, and what the operator decided."""

    aws: Aws
    stage: str
    choices: Mapping[str, str] = field(default_factory=dict)
    """Values for parameters of any stack (SiteOrigin, AlarmEmail, DeletionProtection …)."""
    houses: Sequence[House] = HOUSES
    site: Path | None = None
    """A built site; None builds it."""

    def stack(self, part: str) -> str:
        """The name of one of the portal's stacks."""
        return f"pendataan-{self.stage}-{part}"

    @property
    def artifacts(self) -> str:
        """Bucket for code and templates; its name must be unique in all of AWS."""
        account = self.aws.session.client("sts", endpoint_url=self.aws.endpoint).get_caller_identity()["Account"]
        return f"pendataan-{self.stage}-artifacts-{account}"


def shared_stack(deployment: Deployment, template: Template) -> dict[str, str]:
    """Deploy the shared stack, make the keys where there are none, and return every value the services take."""
    aws, stage = deployment.aws, deployment.stage
    values = {"Stage": stage, **deployment.choices}
    shared = stacks.apply(aws, deployment.stack("shared"), template, values, deployment.artifacts)
    deployed: dict[str, str] = {}
    for house in deployment.houses:
        deployed.update(stacks.parameters(aws, deployment.stack(house.name)))
    return {**values, **shared, **keys.ensure(aws, stage, shared["KeyArn"], deployed)}


def service_stack(
    deployment: Deployment, house: House, template: Template, values: Mapping[str, str]
) -> dict[str, str]:
    """Deploy one service's stack and return its outputs."""
    return stacks.apply(deployment.aws, deployment.stack(house.name), template, values, deployment.artifacts)


def with_code(deployment: Deployment, house: House) -> Template:
    """The service's template, its functions pointing to the uploaded archive (named by its content)."""
    body = house.archive.read_bytes()
    key = f"code/{house.name}-{hashlib.sha256(body).hexdigest()[:24]}.zip"
    deployment.aws.s3.put_object(Bucket=deployment.artifacts, Key=key, Body=body)
    template = read_template(house.template)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Lambda::Function":
            resource["Properties"]["Code"] = {"S3Bucket": deployment.artifacts, "S3Key": key}
    return template


def ensure_artifacts(deployment: Deployment) -> None:
    """Make the bucket for code and templates: private, encrypted by S3."""
    aws, bucket = deployment.aws, deployment.artifacts
    try:
        aws.s3.head_bucket(Bucket=bucket)
    except ClientError as missing:
        if missing.response["Error"]["Code"] not in {"404", "NoSuchBucket"}:
            raise
        place = aws.region
        aws.s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": place})  # type: ignore[typeddict-item]
        aws.s3.put_public_access_block(
            Bucket=bucket,
            PublicAccessBlockConfiguration={
                "BlockPublicAcls": True,
                "IgnorePublicAcls": True,
                "BlockPublicPolicy": True,
                "RestrictPublicBuckets": True,
            },
        )


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
    for house in chosen.houses:
        made = service_stack(chosen, house, with_code(chosen, house), values)
        values[f"{house.name.capitalize()}ApiDomain"] = made["ApiDomain"]
        print(f"{chosen.stack(house.name)}: ready", flush=True)
    template = load_template(ROOT / "infra" / "cdn.yaml")
    cdn = stacks.apply(chosen.aws, chosen.stack("cdn"), template, values, chosen.artifacts)
    return {**values, **cdn}


def _forget_cached_pages(deployment: Deployment, distribution: str) -> None:
    cloudfront = deployment.aws.session.client("cloudfront", endpoint_url=deployment.aws.endpoint)
    paths = {"Quantity": 1, "Items": ["/*"]}
    cloudfront.create_invalidation(
        DistributionId=distribution, InvalidationBatch={"Paths": paths, "CallerReference": str(time.time_ns())}
    )


def _pairs(texts: Iterable[str]) -> dict[str, str]:
    return dict(text.split("=", 1) for text in texts)


def main(arguments: Sequence[str]) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m infra.deploy", description="Deploy the portal.")
    parser.add_argument("--stage", required=True, help="short lower-case name, e.g. dev")
    parser.add_argument("--region", default=REGION)
    parser.add_argument("--endpoint", help="an emulator's address instead of AWS")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a stack parameter")
    given = parser.parse_args(arguments)
    deployment = Deployment(Aws(given.region, given.endpoint), given.stage, _pairs(given.set))
    try:
        print(f"Portal: {deploy(deployment)}/")
    except stacks.DeployError as failed:
        print(failed, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
