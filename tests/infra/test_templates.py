"""What the templates of the real services say, after expansion: the files that go to AWS."""

import json
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from infra import keys
from infra.build import build
from infra.houses import HOUSES, ROOT, House
from infra.local.gateway.site import missing_pages, security_headers
from infra.templates import Template, load_template, read_template
from services.finalization.adapters.due_queue import SPELL
from services.kernel.aws import s3
from services.registration.adapters import work_files
from tests.aws import REGION, Cloud
from tests.infra.reading import of
from web.build import build as build_site

GATED = {"app", "import_chunk", "import_failed", "on_fact"}
"""Functions that write under the gate: the locker's drain of 35 s must outlast them (design.md, section 4)."""

TRIGGERS = {
    "registration": {
        "app",
        "import_file",
        "import_chunk",
        "import_failed",
        "seal_roster",
        "on_fact",
        "relay",
        "verify_audit",
    },
    "documents": {"app", "inspect_upload", "on_fact", "relay", "verify_audit"},
    "finalization": {
        "app",
        "apply_calendar",
        "on_fact",
        "lock_due",
        "lock_institution",
        "prefinal_due",
        "prefinalize",
        "relay",
        "verify_audit",
    },
    "announcements": {"app", "on_fact", "publish", "verify_audit"},
}

NAMES = [house.name for house in HOUSES]


@pytest.fixture(scope="session")
def houses() -> dict[str, House]:
    """The services with their templates: those `make check` has expanded and linted, or the same made now."""
    with ThreadPoolExecutor() as side_by_side:
        for job in [side_by_side.submit(build, house, templates_only=True) for house in HOUSES]:
            job.result()
    return {house.name: house for house in HOUSES}


@pytest.fixture(scope="session")
def templates(houses: Mapping[str, House]) -> dict[str, Template]:
    return {name: read_template(house.template) for name, house in houses.items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_functions_are_those_of_the_design(templates: Mapping[str, Template], name: str) -> None:
    handlers = {f["Handler"].removeprefix("app.") for _, f in of(templates[name], "AWS::Lambda::Function")}
    assert handlers == TRIGGERS[name]


@pytest.mark.parametrize("name", NAMES)
def test_functions_run_on_the_target_under_roles_of_their_own(templates: Mapping[str, Template], name: str) -> None:
    functions = dict(of(templates[name], "AWS::Lambda::Function"))
    assert {f["Runtime"] for f in functions.values()} == {"python3.13"}
    roles = [f["Role"]["Fn::GetAtt"][0] for f in functions.values()]
    assert len(set(roles)) == len(functions)
    assert "DefaultRole" not in roles
    assert all("LoggingConfig" in f for f in functions.values())


@pytest.mark.parametrize("name", NAMES)
def test_no_gated_function_outlasts_the_drain(templates: Mapping[str, Template], name: str) -> None:
    for _, function in of(templates[name], "AWS::Lambda::Function"):
        if function["Handler"].removeprefix("app.") in GATED:
            assert function["Timeout"] <= 30


@pytest.mark.parametrize("name", NAMES)
def test_every_event_source_gives_up_somewhere(templates: Mapping[str, Template], name: str) -> None:
    template = templates[name]
    queues = dict(of(template, "AWS::SQS::Queue"))
    for _, mapping in of(template, "AWS::Lambda::EventSourceMapping"):
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        source = mapping["EventSourceArn"]
        if "Fn::Sub" in source:
            queue = queues[source["Fn::Sub"].removeprefix("${").removesuffix(".Arn}")]
            assert queue["RedrivePolicy"]["maxReceiveCount"] >= 3
            function = template["Resources"][mapping["FunctionName"]["Ref"]]["Properties"]
            assert queue["VisibilityTimeout"] >= 6 * function["Timeout"]
        else:
            assert mapping["StartingPosition"] == "TRIM_HORIZON"
            assert mapping["BisectBatchOnFunctionError"] is True
            assert mapping["MaximumRetryAttempts"] == 5
            assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == {"Ref": "DeadLettersArn"}


@pytest.mark.parametrize("name", NAMES)
def test_every_rules_target_has_dead_letters(templates: Mapping[str, Template], name: str) -> None:
    for _, rule in of(templates[name], "AWS::Events::Rule"):
        assert all(target["DeadLetterConfig"]["Arn"] == {"Ref": "DeadLettersArn"} for target in rule["Targets"])


@pytest.mark.parametrize(("name", "workers"), [("LocksQueue", 20), ("PrefinalsQueue", 10)])
def test_workers_of_what_is_due_are_side_by_side_on_an_institution_each(
    templates: Mapping[str, Template], name: str, workers: int
) -> None:
    template = templates["finalization"]
    (mapping,) = [m for _, m in of(template, "AWS::Lambda::EventSourceMapping") if name in str(m)]
    assert (mapping["BatchSize"], mapping["ScalingConfig"]) == (1, {"MaximumConcurrency": workers})
    queue = template["Resources"][name]["Properties"]
    assert queue["FifoQueue"] is True, "one message of an institution at a time, and none twice within five minutes"
    tries = queue["RedrivePolicy"]
    assert tries["deadLetterTargetArn"] == {"Ref": "FifoDeadLettersArn"}
    assert tries["maxReceiveCount"] * queue["VisibilityTimeout"] <= SPELL.total_seconds(), "a poisoned one piles up"


def test_batches_of_facts_are_waited_for_a_moment_and_hidden_long_enough(templates: Mapping[str, Template]) -> None:
    for name in ("documents", "finalization", "announcements"):
        mappings = dict(of(templates[name], "AWS::Lambda::EventSourceMapping"))
        (mapping,) = [m for m in mappings.values() if "FactsQueue" in str(m)]
        assert (mapping["BatchSize"], mapping["MaximumBatchingWindowInSeconds"]) == (100, 1)
        queue = next(q for n, q in of(templates[name], "AWS::SQS::Queue") if n.endswith("FactsQueue"))
        function = templates[name]["Resources"][mapping["FunctionName"]["Ref"]]["Properties"]
        assert queue["VisibilityTimeout"] >= 6 * function["Timeout"] + mapping["MaximumBatchingWindowInSeconds"]


def test_an_api_has_one_stage_and_the_portals_stage_in_its_name(templates: Mapping[str, Template]) -> None:
    """Without its own word for it SAM adds a second public stage, `Stage`, that nothing limits or watches."""
    for template in templates.values():
        stages = [stage["StageName"] for _, stage in of(template, "AWS::ApiGateway::Stage")]
        stages += [d["StageName"] for _, d in of(template, "AWS::ApiGateway::Deployment") if "StageName" in d]
        assert stages == ["api"]
        (_, api), *_ = of(template, "AWS::ApiGateway::RestApi")
        assert api["Body"]["info"]["title"] == {"Fn::Sub": "pendataan-${Service}-${Stage}"}


def test_no_error_is_kept_by_the_distribution() -> None:
    """It keeps one for ten seconds unless told otherwise; 404 of the site says itself how long it holds."""
    cdn = load_template(ROOT / "infra" / "cdn.yaml")
    answers = cdn["Resources"]["Distribution"]["Properties"]["DistributionConfig"]["CustomErrorResponses"]
    kept = {answer["ErrorCode"]: answer["ErrorCachingMinTTL"] for answer in answers}
    assert kept == dict.fromkeys((400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504), 0)
    assert not [answer for answer in answers if "ResponsePagePath" in answer], "it would replace the APIs' own answers"


def test_missing_pages_take_no_request_from_the_writers() -> None:
    """A flood of made-up addresses: each is kept a minute, and the API behind them has a limit of its own."""
    cdn = load_template(ROOT / "infra" / "cdn.yaml")
    (settings,) = cdn["Resources"]["NotFoundStage"]["Properties"]["MethodSettings"]
    assert (settings["ResourcePath"], settings["HttpMethod"], settings["ThrottlingRateLimit"]) == ("/*", "*", 50)
    for path in cdn["Resources"]["NotFoundApi"]["Properties"]["Body"]["paths"].values():
        answer = path["get"]["x-amazon-apigateway-integration"]["responses"]["default"]["responseParameters"]
        assert answer["method.response.header.Cache-Control"] == "'public, max-age=60'"


@pytest.mark.parametrize("name", NAMES)
def test_the_gateways_own_answers_are_problems(templates: Mapping[str, Template], name: str) -> None:
    (_, api), *_ = of(templates[name], "AWS::ApiGateway::RestApi")
    answers = api["Body"]["x-amazon-apigateway-gateway-responses"]
    assert answers["MISSING_AUTHENTICATION_TOKEN"]["statusCode"] == "404"
    for kind, answer in answers.items():
        problem = json.loads(answer["responseTemplates"]["application/json"])
        assert set(problem) >= {"type", "title", "detail", "request_id"}, kind
        assert problem.get("status", int(answer.get("statusCode", 0))) == int(answer.get("statusCode", 0)), kind
        header = answer["responseParameters"]["gatewayresponse.header.Content-Type"]
        assert header == "'application/problem+json'"


@pytest.mark.parametrize("name", NAMES)
def test_routes_begin_with_the_services_name(templates: Mapping[str, Template], name: str) -> None:
    (_, api), *_ = of(templates[name], "AWS::ApiGateway::RestApi")
    assert all(path.startswith(f"/{name}/") for path in api["Body"]["paths"])


@pytest.mark.parametrize("name", NAMES)
def test_no_two_routes_differ_in_a_variables_name_only(templates: Mapping[str, Template], name: str) -> None:
    (_, api), *_ = of(templates[name], "AWS::ApiGateway::RestApi")
    shapes = [re.sub(r"\{[^}]*\}", "{}", path) for path in api["Body"]["paths"]]
    assert len(shapes) == len(set(shapes)), "API Gateway refuses such siblings"


def test_every_parameter_is_given_by_the_shared_stack_or_the_deployment(templates: Mapping[str, Template]) -> None:
    shared = load_template(ROOT / "infra" / "shared.yaml")
    known = {*shared["Outputs"], *shared["Parameters"], *keys.NAMES}
    for template in templates.values():
        wanted = {name for name, about in template["Parameters"].items() if "Default" not in about}
        assert wanted <= known


class TestShared:
    """What the shared template promises about the data."""

    shared = load_template(ROOT / "infra" / "shared.yaml")

    def test_tables_are_encrypted_recoverable_and_kept(self) -> None:
        for name, table in of(self.shared, "AWS::DynamoDB::Table"):
            assert table["BillingMode"] == "PAY_PER_REQUEST"
            assert table["SSESpecification"]["KMSMasterKeyId"] == {"Ref": "Key"}
            if "TimeToLiveSpecification" not in table:
                assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
                assert table["DeletionProtectionEnabled"] == {"Ref": "DeletionProtection"}
                assert self.shared["Resources"][name]["DeletionPolicy"] == "Retain"

    def test_the_gate_has_no_stream_and_no_index(self) -> None:
        gate = self.shared["Resources"]["GateTable"]["Properties"]
        assert not {"StreamSpecification", "GlobalSecondaryIndexes"} & gate.keys()

    def test_buckets_are_private_and_only_uploads_have_cors(self) -> None:
        cors = set()
        for name, bucket in of(self.shared, "AWS::S3::Bucket"):
            assert all(bucket["PublicAccessBlockConfiguration"].values())
            assert "BucketEncryption" in bucket
            if "CorsConfiguration" in bucket:
                cors.add(name)
                (rule,) = bucket["CorsConfiguration"]["CorsRules"]
                assert (rule["AllowedOrigins"], rule["AllowedMethods"]) == ([{"Ref": "SiteOrigin"}], ["POST"])
        assert cors == {"QuarantineBucket", "ImportsBucket"}

    def test_every_bucket_speaks_tls_only(self) -> None:
        cdn = load_template(ROOT / "infra" / "cdn.yaml")
        policies = [p for t in (self.shared, cdn) for _, p in of(t, "AWS::S3::BucketPolicy")]
        guarded = {
            policy["Bucket"]["Ref"]
            for policy in policies
            for statement in policy["PolicyDocument"]["Statement"]
            if statement["Effect"] == "Deny"
            and statement.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
        }
        assert guarded == {name for name, _ in of(self.shared, "AWS::S3::Bucket")}

    def test_spreadsheets_and_what_is_handed_out_are_gone_within_their_days(self) -> None:
        """Imports lie outside the key of each person (domain.md, section 8); days of S3 end at the next midnight."""

        def rules(bucket: str) -> dict[str, Any]:
            found = self.shared["Resources"][bucket]["Properties"]["LifecycleConfiguration"]["Rules"]
            return {rule["Id"]: rule for rule in found if rule["Status"] == "Enabled"}

        imports, handed_out = rules("ImportsBucket"), rules("ExportsBucket")["handed-out"]
        rows = imports["rows"]
        assert "Prefix" not in rows, "all that lies there: incoming/ and chunks/"
        days = rows["ExpirationInDays"], rows["NoncurrentVersionExpiration"]["NoncurrentDays"]
        assert timedelta(days=days[0]) == work_files.KEPT
        assert sum(days) + 1 <= 7
        assert imports.keys() == {"abort", "rows"}
        assert (handed_out["Prefix"], handed_out["ExpirationInDays"]) == ("tmp/", 1)

    def test_every_api_path_reaches_an_api(self) -> None:
        """CloudFront takes the first pattern that fits: what names no service comes last."""
        cdn = load_template(ROOT / "infra" / "cdn.yaml")
        behaviours = cdn["Resources"]["Distribution"]["Properties"]["DistributionConfig"]["CacheBehaviors"]
        found = [(behaviour["PathPattern"], behaviour["TargetOriginId"]) for behaviour in behaviours]
        services = [house.name for house in HOUSES if house.name != "registration"]
        assert found == [*((f"/api/{name}/*", name) for name in services), ("/api/*", "registration")]

    def test_what_is_not_there_is_told_by_pages_of_the_site(self, tmp_path: Path) -> None:
        """The distribution may read exactly those it gives out with 404, and the site has each."""
        cdn = load_template(ROOT / "infra" / "cdn.yaml")
        build_site(tmp_path)
        pages = set(missing_pages(cdn).values())
        assert all((tmp_path / page).is_file() for page in pages)
        (policy,) = cdn["Resources"]["NotFoundRole"]["Properties"]["Policies"]
        (statement,) = policy["PolicyDocument"]["Statement"]
        assert statement["Action"] == "s3:GetObject"
        assert {resource["Fn::Sub"].partition("${SiteBucket}/")[2] for resource in statement["Resource"]} == pages

    def test_the_site_may_send_to_the_portals_own_buckets_only(self, cloud: Cloud) -> None:
        cdn = load_template(ROOT / "infra" / "cdn.yaml")
        buckets = {name: cloud.name(name) for name in ("QuarantineBucket", "ImportsBucket")}
        sent = dict(security_headers(cdn, {"AWS::Region": REGION, "Stage": "test", **buckets}))[
            "Content-Security-Policy"
        ]
        _, *sources = next(part for part in sent.split(";") if part.strip().startswith("connect-src")).split()
        cloud.use("documents")
        forms = [
            s3.upload_form(bucket, "a-key", content_type="image/jpeg", smallest=0, largest=1)
            for bucket in buckets.values()
        ]
        assert sources == ["'self'", *(form.url.rstrip("/") for form in forms)]

    def test_seals_are_under_object_lock(self) -> None:
        seals = self.shared["Resources"]["SealsBucket"]["Properties"]
        assert seals["ObjectLockEnabled"] is True
        assert seals["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]["Mode"] == {"Ref": "SealRetentionMode"}
