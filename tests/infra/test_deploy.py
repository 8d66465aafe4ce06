"""The deploy script against a throw-away emulator: every template whole, as it goes to AWS."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from infra import deploy, losses, site, stacks, stage
from infra.aws import Aws
from infra.keys.secret import NAMES
from infra.local.emulator import Emulator
from infra.services import ROOT, SERVICES, Service
from infra.templates import load_template
from tests.infra.test_templates import services

__all__ = ["services"]


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    emulator = Emulator(tmp_path_factory.mktemp("emulator"))
    emulator.start()
    yield emulator.aws
    emulator.stop()


@pytest.fixture(scope="module")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text("<h1>Beranda</h1>")
    return folder


def resources(aws: Aws, deployment: deploy.Deployment) -> dict[str, str]:
    """What holds data, by the ids it has in AWS."""
    found = aws.cloudformation.describe_stack_resources(StackName=deployment.stack("shared"))["StackResources"]
    return {r["LogicalResourceId"]: r["PhysicalResourceId"] for r in found if r["ResourceType"] in losses.STATEFUL}


def test_a_first_deployment_finds_its_origin_and_a_second_one_keeps_its_keys(
    aws: Aws, services: Mapping[str, Service], built_site: Path
) -> None:
    choices = {**stage.load("dev").parameters(), "DeletionProtection": "false"}
    deployment = deploy.Deployment(aws, "test", choices, list(services.values()), built_site, protected=True)
    origin = deploy.deploy(deployment)
    assert origin.endswith(".cloudfront.net")
    first = {service.name: stacks.parameters(aws, deployment.stack(service.name)) for service in SERVICES}
    assert {parameters["SiteOrigin"] for parameters in first.values()} == {origin}
    stateful = resources(aws, deployment)
    assert deploy.deploy(deployment) == origin
    assert resources(aws, deployment) == stateful
    again = {service.name: stacks.parameters(aws, deployment.stack(service.name)) for service in SERVICES}
    assert again == first
    carried = {name for name in NAMES if not name.endswith("Before")} - {"OriginSecret"}
    assert all(first["registration"][name] for name in carried)
    assert first["announcements"]["CaptchaKey"] == first["registration"]["CaptchaKey"]
    bucket = stacks.outputs(aws, deployment.stack("shared"))["SiteBucket"]
    assert aws.s3.get_object(Bucket=bucket, Key="index.html")["ContentType"] == "text/html; charset=utf-8"


def test_what_was_decided_once_stays_until_something_else_is(aws: Aws, built_site: Path) -> None:
    """CloudFormation would fall back to the template's default: the alarm's reader gone, protection as it never was."""
    first = {"SiteOrigin": "https://site.example", "AlarmEmail": "piket@pendataan.example", "SealRetentionDays": "1"}
    template = load_template(ROOT / "infra" / "shared.yaml")
    deploy.ensure_artifacts(deploy.Deployment(aws, "keeps"))
    deploy.shared_stack(deploy.Deployment(aws, "keeps", first, ()), template)
    held = stacks.outputs(aws, "pendataan-keeps-shared")
    deploy.shared_stack(deploy.Deployment(aws, "keeps", {}, ()), template)
    later = stacks.parameters(aws, "pendataan-keeps-shared")
    assert {name: later[name] for name in first} == first
    deploy.shared_stack(deploy.Deployment(aws, "keeps", {"SealRetentionDays": "2"}, ()), template)
    later = stacks.parameters(aws, "pendataan-keeps-shared")
    assert {name: later[name] for name in first} == {**first, "SealRetentionDays": "2"}
    assert {**stacks.outputs(aws, "pendataan-keeps-shared"), "SealRetentionDays": "1"} == held, "the same tables"


def test_a_missing_value_is_named(aws: Aws) -> None:
    with pytest.raises(stacks.DeployError, match="SiteOrigin"):
        stacks.fill(load_template(ROOT / "infra" / "shared.yaml"), {"Stage": "test"})


def test_a_refused_template_gives_its_reasons(aws: Aws) -> None:
    deployment = deploy.Deployment(aws, "bad")
    deploy.ensure_artifacts(deployment)
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"RedrivePolicy": {"maxReceiveCount": 0}}}
    with pytest.raises(stacks.DeployError, match="pendataan-bad-x"):
        stacks.apply(aws, deployment.stack("x"), {"Resources": {"Q": queue}}, {}, deployment.artifacts)


def test_a_banner_outlives_a_deployment(aws: Aws, tmp_path: Path) -> None:
    aws.s3.create_bucket(Bucket="bannered", CreateBucketConfiguration={"LocationConstraint": "ap-southeast-3"})
    (tmp_path / site.BANNER).write_text("{}")
    site.upload(aws, "bannered", tmp_path)
    aws.s3.put_object(Bucket="bannered", Key=site.BANNER, Body=b'{"id": "Gangguan"}')
    assert site.upload(aws, "bannered", tmp_path) == 0
    assert aws.s3.get_object(Bucket="bannered", Key=site.BANNER)["Body"].read() == b'{"id": "Gangguan"}'


def test_only_changed_objects_are_uploaded(aws: Aws, built_site: Path) -> None:
    aws.s3.create_bucket(Bucket="site", CreateBucketConfiguration={"LocationConstraint": "ap-southeast-3"})
    assert site.upload(aws, "site", built_site) == 1
    assert site.upload(aws, "site", built_site) == 0
    (built_site / "assets").mkdir()
    (built_site / "assets" / "app-0123abcd.js").write_text("export {}")
    assert site.upload(aws, "site", built_site) == 1
    head = aws.s3.head_object(Bucket="site", Key="assets/app-0123abcd.js")
    assert (head["ContentType"], "immutable" in head["CacheControl"]) == ("text/javascript; charset=utf-8", True)
