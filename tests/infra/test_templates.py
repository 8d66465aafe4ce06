"""What the templates of the real services say, after expansion: the files that go to AWS."""

import json
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from infra import limits
from infra.build import build
from infra.keys.secret import NAMES as SECRET_NAMES
from infra.local.gateway.site import missing_page, security_headers
from infra.services import ROOT, SERVICES, Service
from infra.site import cache_control
from infra.templates import Template, load_template, read_template
from services.documents.model.file import Term
from services.finalization.adapters.due_queue import SPELL
from services.kernel.aws import clients, s3
from services.kernel.documents import RULES, rule_of
from services.kernel.events import parcels
from services.kernel.events.consume import WHOLE
from services.kernel.problem_texts import TEXTS
from services.kernel.problems import STATUS, Code
from services.kernel.web.caller import ORIGIN_SECRET
from services.kernel.writes.calendar import DRAIN
from services.registration.adapters import work_files
from tests.infra.reading import of
from tests.support.aws import REGION, Cloud
from web.site.build import build as build_site

GATED = {"app", "import_chunk", "import_failed", "on_fact", "run_titles"}
"""Functions that write under the gate: the locker's drain must outlast them (design.md, section 4)."""
BEGINS = timedelta(seconds=10)
"""At most, before the time-out of a function counts (AWS Lambda, "Lambda execution environment lifecycle")."""

STREAM_KEEPS = timedelta(hours=24)
"""Amazon DynamoDB developer guide, "Change data capture for DynamoDB Streams"."""
MOST_FILTERS = 5
"""Of one event source (AWS Lambda, "Control which events Lambda sends to your function")."""
LAMBDA_TAKES = 6 * 1024 * 1024
"""Bytes of an event (AWS Lambda, "Lambda quotas")."""

TRIGGERS = {
    "registration": {
        "app",
        "import_file",
        "import_chunk",
        "import_failed",
        "build_data_copy",
        "seal_roster",
        "print_sheets",
        "run_titles",
        "on_fact",
        "relay",
        "send_notices",
        "ask_dukcapil",
        "begin_reminders",
        "remind",
        "take_mail_feedback",
        "keep_search",
        "check_search",
        "verify_audit",
    },
    "documents": {"app", "inspect_upload", "build_file_copy", "on_fact", "relay", "verify_audit"},
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
    "announcements": {
        "app",
        "on_fact",
        "publish",
        "relay",
        "send_notices",
        "take_mail_feedback",
        "act_on_cases",
        "tell_cases_again",
        "verify_audit",
    },
}

NAMES = [service.name for service in SERVICES]


@pytest.fixture(scope="session")
def services() -> dict[str, Service]:
    """The services with their templates: those `make check` has expanded and linted, or the same made now."""
    with ThreadPoolExecutor() as side_by_side:
        for job in [side_by_side.submit(build, service, templates_only=True) for service in SERVICES]:
            job.result()
    return {service.name: service for service in SERVICES}


@pytest.fixture(scope="session")
def templates(services: Mapping[str, Service]) -> dict[str, Template]:
    return {name: read_template(service.template) for name, service in services.items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_functions_are_those_of_the_design(templates: Mapping[str, Template], name: str) -> None:
    handlers = {f["Handler"].removeprefix("app.") for _, f in of(templates[name], "AWS::Lambda::Function")}
    assert handlers == TRIGGERS[name]


@pytest.mark.parametrize("name", NAMES)
def test_functions_run_on_the_target_under_roles_of_their_own(templates: Mapping[str, Template], name: str) -> None:
    functions = dict(of(templates[name], "AWS::Lambda::Function"))
    assert {(f["Runtime"], *f["Architectures"]) for f in functions.values()} == {("python3.13", "arm64")}
    roles = [f["Role"]["Fn::GetAtt"][0] for f in functions.values()]
    assert len(set(roles)) == len(functions)
    assert "DefaultRole" not in roles
    assert all("LoggingConfig" in f for f in functions.values())


@pytest.mark.parametrize("name", NAMES)
def test_no_gated_function_outlasts_the_drain(templates: Mapping[str, Template], name: str) -> None:
    for _, function in of(templates[name], "AWS::Lambda::Function"):
        if function["Handler"].removeprefix("app.") in GATED:
            assert BEGINS + timedelta(seconds=function["Timeout"]) < DRAIN


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
            assert mapping["MaximumRetryAttempts"] == -1, "until the stream forgets a change"
            assert mapping["MaximumRecordAgeInSeconds"] == STREAM_KEEPS.total_seconds()
            assert 1 <= len(mapping["FilterCriteria"]["Filters"]) <= MOST_FILTERS
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


@pytest.mark.parametrize("name", NAMES)
def test_a_seconds_changes_are_relayed_together(templates: Mapping[str, Template], name: str) -> None:
    mappings = [m for _, m in of(templates[name], "AWS::Lambda::EventSourceMapping") if "StartingPosition" in m]
    assert [(m["BatchSize"], m["MaximumBatchingWindowInSeconds"]) for m in mappings] == [(parcels.MAX_FACTS, 1)]


@pytest.mark.parametrize(
    ("name", "size"), [("registration", 1), ("documents", 10), ("finalization", 10), ("announcements", 10)]
)
def test_parcels_of_facts_are_taken_at_once_and_hidden_long_enough(
    templates: Mapping[str, Template], name: str, size: int
) -> None:
    mappings = dict(of(templates[name], "AWS::Lambda::EventSourceMapping"))
    (mapping,) = [m for m in mappings.values() if "FactsQueue" in str(m)]
    assert (mapping["BatchSize"], mapping.get("MaximumBatchingWindowInSeconds", 0)) == (size, 0), "the relay has waited"
    assert mapping["BatchSize"] * 256 * 1024 < LAMBDA_TAKES
    queue = next(q for n, q in of(templates[name], "AWS::SQS::Queue") if n.endswith("FactsQueue"))
    assert queue["RedrivePolicy"]["maxReceiveCount"] > WHOLE, "a parcel is taken apart before it is given up"
    function = templates[name]["Resources"][mapping["FunctionName"]["Ref"]]["Properties"]
    assert queue["VisibilityTimeout"] >= 6 * function["Timeout"]
    sent_back_to = function["Environment"]["Variables"]["FACTS_QUEUE"]["Ref"]
    assert mapping["EventSourceArn"] == {"Fn::Sub": f"${{{sent_back_to}.Arn}}"}


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


def test_a_missing_page_costs_no_call_of_an_api() -> None:
    """It falls over to a distribution of its own, which reads four pages of the site's bucket and nothing else."""
    resources = load_template(ROOT / "infra" / "cdn.yaml")["Resources"]
    assert not [one for one in resources.values() if one["Type"].startswith("AWS::ApiGateway")]
    portal = resources["Distribution"]["Properties"]["DistributionConfig"]
    (group,) = portal["OriginGroups"]["Items"]
    first, second = (member["OriginId"] for member in group["Members"]["Items"])
    assert (first, portal["DefaultCacheBehavior"]["TargetOriginId"]) == ("site", group["Id"])
    (origin,) = (origin for origin in portal["Origins"] if origin["Id"] == second)
    assert origin["DomainName"] == {"Fn::GetAtt": ["MissingPages", "DomainName"]}
    missing = resources["MissingPages"]["Properties"]["DistributionConfig"]
    (bucket,) = missing["Origins"]
    assert bucket == next(origin for origin in portal["Origins"] if origin["Id"] == "site")
    assert missing["DefaultCacheBehavior"]["FunctionAssociations"] == [
        {"EventType": "viewer-request", "FunctionARN": {"Fn::GetAtt": ["MissingPage", "FunctionARN"]}},
        {"EventType": "viewer-response", "FunctionARN": {"Fn::GetAtt": ["MissingStatus", "FunctionARN"]}},
    ]
    assert "WebACLId" not in missing, "it would count the portal's own servers as one caller"
    for behaviour in (portal["DefaultCacheBehavior"], missing["DefaultCacheBehavior"]):
        assert behaviour["ResponseHeadersPolicyId"] == {"Ref": "SecurityHeaders"}


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
def test_the_gateway_claims_nothing_of_what_it_does_not_know(templates: Mapping[str, Template], name: str) -> None:
    """Behind a time-out the write may have been committed; a write carries a key, so sending it again is safe."""
    (_, api), *_ = of(templates[name], "AWS::ApiGateway::RestApi")
    answers = api["Body"]["x-amazon-apigateway-gateway-responses"]
    title, detail = TEXTS[Code.OUTCOME_UNKNOWN]
    for kind in ("INTEGRATION_TIMEOUT", "INTEGRATION_FAILURE"):
        problem = json.loads(answers[kind]["responseTemplates"]["application/json"])
        assert (problem["type"], problem["title"], problem["detail"]) == (Code.OUTCOME_UNKNOWN, title, detail)
        assert answers[kind]["statusCode"] == str(STATUS[Code.OUTCOME_UNKNOWN])
    assert "belum tersimpan" not in json.dumps(answers)


@pytest.mark.parametrize("name", NAMES)
def test_a_call_to_a_store_gives_up_before_its_function_does(templates: Mapping[str, Template], name: str) -> None:
    """Whose caller would else hear of the gateway's time-out. Between tries the SDK waits 1 s, then 2 s at most."""
    patience = clients.MAX_TRIES * (clients.CONNECT_SECONDS + max(clients.READ_SECONDS, clients.OBJECT_SECONDS)) + 3
    for _, function in of(templates[name], "AWS::Lambda::Function"):
        if function["Handler"].removeprefix("app.") in GATED:
            assert patience < function["Timeout"]


@pytest.mark.parametrize("name", NAMES)
def test_routes_begin_with_the_services_name(templates: Mapping[str, Template], name: str) -> None:
    (_, api), *_ = of(templates[name], "AWS::ApiGateway::RestApi")
    assert all(path.startswith(f"/{name}/") for path in api["Body"]["paths"])


@pytest.mark.parametrize("name", NAMES)
def test_no_two_routes_differ_in_a_variables_name_only(templates: Mapping[str, Template], name: str) -> None:
    (_, api), *_ = of(templates[name], "AWS::ApiGateway::RestApi")
    shapes = [re.sub(r"\{[^}]*\}", "{}", path) for path in api["Body"]["paths"]]
    assert len(shapes) == len(set(shapes)), "API Gateway refuses such siblings"


PROD = {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}


def test_the_apis_know_the_distribution_by_its_secret(
    templates: Mapping[str, Template],
) -> None:
    cdn = load_template(ROOT / "infra" / "cdn.yaml")
    for template in (cdn, *templates.values()):
        assert all(template["Parameters"][name]["NoEcho"] is True for name in ("OriginSecret", "OriginSecretBefore"))
    origins = cdn["Resources"]["Distribution"]["Properties"]["DistributionConfig"]["Origins"]
    told = {origin["Id"]: origin.get("OriginCustomHeaders") for origin in origins}
    header = [{"HeaderName": ORIGIN_SECRET, "HeaderValue": {"Ref": "OriginSecret"}}]
    for service in SERVICES:
        assert told[service.name] == {"Fn::If": ["HasOriginSecret", header, {"Ref": "AWS::NoValue"}]}
        for _, function in of(templates[service.name], "AWS::Lambda::Function"):
            variables = function["Environment"]["Variables"]
            assert variables["ORIGIN_SECRET"] == {"Ref": "OriginSecret"}
            assert variables["ORIGIN_SECRET_BEFORE"] == {"Ref": "OriginSecretBefore"}
    assert told["site"] is told["missing"] is None


def test_every_api_stands_behind_the_firewall(templates: Mapping[str, Template]) -> None:
    cdn = load_template(ROOT / "infra" / "cdn.yaml")
    guarded = set()
    for _, association in of(cdn, "AWS::WAFv2::WebACLAssociation"):
        assert association["WebACLArn"] == {"Fn::GetAtt": ["ApiFirewall", "Arn"]}
        arn, names = association["ResourceArn"]["Fn::Sub"]
        assert arn.endswith("::/restapis/${Api}/stages/api")
        guarded.add(names["Api"]["Fn::Select"][1]["Fn::Split"][1]["Ref"])
    assert guarded == {f"{name.capitalize()}ApiDomain" for name in templates}
    assert cdn["Resources"]["Distribution"]["DependsOn"] == "ApiFirewall", "it must know a secret before it is sent"


def test_firewalls_count_by_address_bound_bodies_and_let_nobody_round_the_distribution() -> None:
    (_, before_apis), *_ = of(load_template(ROOT / "infra" / "cdn.yaml"), "AWS::WAFv2::WebACL")
    (_, before_all), *_ = of(load_template(ROOT / "infra" / "cdn-global.yaml"), "AWS::WAFv2::WebACL")
    assert (before_apis["Scope"], before_all["Scope"]) == ("REGIONAL", "CLOUDFRONT")
    rules = {rule["Name"]: rule for rule in before_all["Rules"]}
    for name in ("requests-of-an-address", "sign-ins-of-an-address"):
        assert rules[name]["Statement"]["RateBasedStatement"]["AggregateKeyType"] == "IP"
        assert rules[name]["Action"]["Block"]["CustomResponse"]["ResponseCode"] == 429
    for acl in (before_apis, before_all):
        (size,) = [rule for rule in acl["Rules"] if rule.get("Name") == "size-of-a-body"]
        about = size["Statement"]["SizeConstraintStatement"]
        assert (about["Size"], about["FieldToMatch"]["Body"]["OversizeHandling"]) == (65_536, "MATCH")
        (inspected,) = acl["AssociationConfig"]["RequestBody"].values()
        assert inspected["DefaultSizeInspectionLimit"] == "KB_64"
    (optional,) = [rule for rule in before_apis["Rules"] if "Fn::If" in rule]
    condition, rule, _ = optional["Fn::If"]
    matches = rule["Statement"]["NotStatement"]["Statement"]["OrStatement"]["Statements"]
    assert condition == "HasOriginSecret"
    assert rule["Action"] == {"Block": {}}
    assert {each["ByteMatchStatement"]["FieldToMatch"]["SingleHeader"]["Name"] for each in matches} == {ORIGIN_SECRET}
    assert len(matches) == 2, "one may be replaced while the other counts"


def test_a_stage_named_prod_demands_its_name_its_firewall_and_its_secret() -> None:
    demanded = {
        ("cdn", "DomainName"), ("cdn", "WebAclArn"), ("cdn", "OriginSecret"), ("shared", "AlarmEmail"),
        ("shared", "MailSender"),
    }  # fmt: skip
    found = set()
    for name in ("cdn", "shared"):
        for rule in load_template(ROOT / "infra" / f"{name}.yaml")["Rules"].values():
            assert rule["RuleCondition"] == PROD
            for each in (assertion["Assert"] for assertion in rule["Assertions"]):
                if "Fn::Not" in each:
                    found.add((name, each["Fn::Not"][0]["Fn::Equals"][0]["Ref"]))
    assert found == demanded


def test_slow_methods_have_a_limit_of_their_own_and_writes_and_polls_have_not(
    templates: Mapping[str, Template],
) -> None:
    """In a setting every `/` of a path but the first is written `~1`, or it would be about nothing."""
    slow = set()
    for template in templates.values():
        (_, api), *_ = of(template, "AWS::ApiGateway::RestApi")
        (_, stage), *_ = of(template, "AWS::ApiGateway::Stage")
        general, *own = stage["MethodSettings"]
        assert (general["HttpMethod"], general["ResourcePath"]) == ("*", "/*")
        assert general["ThrottlingRateLimit"] == {"Ref": "RequestsPerSecond"}
        for each in own:
            path = each["ResourcePath"].replace("~1", "/").removeprefix("/")
            assert each["HttpMethod"].lower() in api["Body"]["paths"][path]
            assert each["ThrottlingRateLimit"] == {"Ref": "SlowRequestsPerSecond"}
            slow.add((each["HttpMethod"], path))
    assert slow == limits.SLOW


CAPS = {
    "InspectionConcurrency": {"documents.inspect_upload"},
    "ImportConcurrency": {"registration.import_file", "registration.import_chunk"},
    "CountingConcurrency": {"finalization.on_fact"},
    "ConsumerConcurrency": {
        "registration.on_fact", "registration.seal_roster", "registration.import_failed", "registration.print_sheets",
        "registration.build_data_copy", "registration.keep_search", "registration.run_titles",
        "documents.on_fact", "documents.build_file_copy", "announcements.on_fact",
        "finalization.apply_calendar",
    },
}  # fmt: skip
RESERVED = {
    "ReservedConcurrencyRegistrationApi": {"registration.app"},
    "ReservedConcurrencyDocumentsApi": {"documents.app"},
    "ReservedConcurrencyFinalizationApi": {"finalization.app"},
    "ReservedConcurrencyAnnouncementsApi": {"announcements.app"},
    "ReservedConcurrencyRelay": {
        "registration.relay",
        "documents.relay",
        "finalization.relay",
        "announcements.relay",
    },
    "ReservedConcurrencyLockDue": {"finalization.lock_due"},
    "ReservedConcurrencyLockInstitution": {"finalization.lock_institution"},
}


def chosen(template: Template, choice: Any) -> str:
    """The parameter that decides, of a property that is left away while the parameter is 0."""
    condition, value, without = choice["Fn::If"]
    parameter = str((value.get("MaximumConcurrency") or value)["Ref"])
    assert without == {"Ref": "AWS::NoValue"}
    assert template["Conditions"][condition] == {"Fn::Not": [{"Fn::Equals": [{"Ref": parameter}, "0"]}]}
    assert template["Parameters"][parameter]["Default"] == 0
    return parameter


def test_a_stage_may_cap_what_takes_the_place_of_people_and_reserve_for_what_may_not_wait(
    templates: Mapping[str, Template],
) -> None:
    caps: dict[str, set[str]] = {}
    reserved: dict[str, set[str]] = {}
    for name, template in templates.items():
        functions = dict(of(template, "AWS::Lambda::Function"))
        handlers = {f: f"{name}.{p['Handler'].removeprefix('app.')}" for f, p in functions.items()}
        for function, properties in functions.items():
            if "ReservedConcurrentExecutions" in properties:
                by = chosen(template, properties["ReservedConcurrentExecutions"])
                reserved.setdefault(by, set()).add(handlers[function])
        for _, mapping in of(template, "AWS::Lambda::EventSourceMapping"):
            if "StartingPosition" in mapping:
                continue
            scaling = mapping["ScalingConfig"]
            if "Fn::If" in scaling:
                caps.setdefault(chosen(template, scaling), set()).add(handlers[mapping["FunctionName"]["Ref"]])
            else:
                most = scaling["MaximumConcurrency"]
                given = template["Parameters"][most["Ref"]]["Default"] if isinstance(most, Mapping) else most
                assert 2 <= given <= 20
    assert (caps, reserved) == (CAPS, RESERVED)


@pytest.mark.parametrize("name", NAMES)
def test_what_waits_in_a_queue_waits_two_weeks_and_is_kept(templates: Mapping[str, Template], name: str) -> None:
    for queue, properties in of(templates[name], "AWS::SQS::Queue"):
        assert properties["MessageRetentionPeriod"] == 14 * 86_400
        assert templates[name]["Resources"][queue]["DeletionPolicy"] == "Retain"


@pytest.mark.parametrize("name", NAMES)
def test_logs_are_encrypted_and_end(templates: Mapping[str, Template], name: str) -> None:
    for group, properties in of(templates[name], "AWS::Logs::LogGroup"):
        assert properties["KmsKeyId"] == {"Ref": "StoresKeyArn"}
        assert properties["RetentionInDays"] == (400 if group == "AccessLogs" else 90)
        assert properties["LogGroupName"]["Fn::Sub"].startswith("/pendataan/${Stage}/"), "the key is open to these only"


@pytest.mark.parametrize("name", NAMES)
def test_the_access_log_says_when_and_what_and_nothing_of_a_person(
    templates: Mapping[str, Template], name: str
) -> None:
    (_, stage), *_ = of(templates[name], "AWS::ApiGateway::Stage")
    line = json.loads(stage["AccessLogSetting"]["Format"])
    assert {"$context.requestId", "$context.requestTimeEpoch", "$context.resourcePath"} <= set(line.values())
    forbidden = ("identity", 'path"', "$context.path", "authorizer", "querystring", "header", "domain")
    assert not [each for each in forbidden if each in stage["AccessLogSetting"]["Format"]]


def test_every_parameter_is_given_by_the_shared_stack_or_the_deployment(templates: Mapping[str, Template]) -> None:
    shared = load_template(ROOT / "infra" / "shared.yaml")
    known = {*shared["Outputs"], *shared["Parameters"], *SECRET_NAMES}
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

    def test_no_link_of_the_audit_is_changed_or_deleted_whoever_asks(self) -> None:
        document = self.shared["Resources"]["AuditTable"]["Properties"]["ResourcePolicy"]["PolicyDocument"]
        (statement,) = document["Statement"]
        assert (statement["Effect"], statement["Principal"]) == ("Deny", "*")
        assert {"dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"} <= set(statement["Action"])
        assert "Condition" not in statement

    def test_a_stage_may_warm_its_tables_and_their_indexes(self) -> None:
        for name, table in of(self.shared, "AWS::DynamoDB::Table"):
            if "TimeToLiveSpecification" in table:
                continue
            short = name.removesuffix("Table")
            wanted = {
                "ReadUnitsPerSecond": {"Ref": f"WarmReads{short}"},
                "WriteUnitsPerSecond": {"Ref": f"WarmWrites{short}"},
            }
            for each in (table, *table.get("GlobalSecondaryIndexes", [])):
                assert each["WarmThroughput"] == {"Fn::If": [f"Warm{short}", wanted, {"Ref": "AWS::NoValue"}]}
            assert self.shared["Parameters"][f"WarmWrites{short}"]["Default"] == 0

    def test_people_have_a_key_that_the_stores_do_not_open(self) -> None:
        resources = self.shared["Resources"]
        statements = {name: resources[name]["Properties"]["KeyPolicy"]["Statement"] for name in ("Key", "PersonalKey")}
        assert self.shared["Outputs"]["KeyArn"]["Value"] == {"Fn::GetAtt": ["PersonalKey", "Arn"]}
        allowed = [s["Sid"] for s in statements["PersonalKey"] if s["Effect"] == "Allow"]
        assert allowed == ["Administration"], (
            "the functions' own policies, each for its context, and nobody through a store"
        )
        denied = {s["Sid"]: s for s in statements["PersonalKey"] if s["Effect"] == "Deny"}
        assert denied["OnlyOfThisStage"]["Condition"] == {
            "StringNotEquals": {"kms:EncryptionContext:stage": {"Ref": "Stage"}}
        }
        for key in statements.values():
            assert [s for s in key if s["Effect"] == "Deny" and "kms:ScheduleKeyDeletion" in s["Action"]]
        (grants,) = [s for s in statements["Key"] if "kms:CreateGrant" in s["Action"]]
        assert grants["Condition"]["Bool"] == {"kms:GrantIsForAWSResource": "true"}
        for statement in statements["Key"]:
            if statement["Principal"] != "*" and "Service" in statement["Principal"]:
                assert "Condition" in statement

    def test_reading_a_file_or_a_seal_leaves_a_line(self) -> None:
        for name, bucket in of(self.shared, "AWS::S3::Bucket"):
            if name not in {"SiteBucket", "AccessLogsBucket"}:
                assert bucket["LoggingConfiguration"]["DestinationBucketName"] == {"Ref": "AccessLogsBucket"}
            assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}

    def test_a_rehearsals_seals_are_rubbish_after_a_day(self) -> None:
        assert self.shared["Parameters"]["SealRetentionDays"]["Default"] == 1
        demanded = [each["Assert"] for each in self.shared["Rules"]["ProdIsWatchedAndKept"]["Assertions"]]
        assert {"Fn::Equals": [{"Ref": "SealRetentionDays"}, "3650"]} in demanded

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

    def test_papers_of_ended_cases_are_gone_after_their_term(self) -> None:
        """By the tag that documents puts on them; the version before goes a day later."""
        rules = self.shared["Resources"]["FilesBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
        terms = {rule["TagFilters"][0]["Value"]: rule["ExpirationInDays"] for rule in rules if "TagFilters" in rule}
        assert terms == {term.value: term.length.days for term in Term}
        before = {
            rule["Prefix"]: rule["NoncurrentVersionExpiration"]["NoncurrentDays"] for rule in rules if "Prefix" in rule
        }
        assert before == {f"{jenis.lower()}/": 1 for jenis in RULES if rule_of(jenis).of_case}

    def test_every_api_path_reaches_an_api(self) -> None:
        """CloudFront takes the first pattern that fits: what names no service comes last."""
        cdn = load_template(ROOT / "infra" / "cdn.yaml")
        behaviours = cdn["Resources"]["Distribution"]["Properties"]["DistributionConfig"]["CacheBehaviors"]
        found = [(behaviour["PathPattern"], behaviour["TargetOriginId"]) for behaviour in behaviours]
        services = [service.name for service in SERVICES if service.name != "registration"]
        assert found == [*((f"/api/{name}/*", name) for name in services), ("/api/*", "registration")]

    def test_what_is_not_there_is_told_by_pages_of_the_site(self, tmp_path: Path) -> None:
        """Those may read exactly the pages they give, and the site has each."""
        cdn = load_template(ROOT / "infra" / "cdn.yaml")
        build_site(tmp_path)
        pages = {missing_page(f"{part}x").lstrip("/") for part in ("/", "/en/", "/pengumuman/", "/en/pengumuman/")}
        assert all((tmp_path / page).is_file() for page in pages)
        statements = cdn["Resources"]["SitePolicy"]["Properties"]["PolicyDocument"]["Statement"]
        (statement,) = (each for each in statements if "${MissingPages}" in str(each))
        assert (statement["Action"], statement["Effect"]) == ("s3:GetObject", "Allow")
        assert {resource["Fn::Sub"].partition("${SiteBucket}/")[2] for resource in statement["Resource"]} == pages
        assert {cache_control(page) for page in pages} == {"public, max-age=0, s-maxage=60, must-revalidate"}

    def test_the_site_may_send_to_the_portals_own_buckets_only(self, cloud: Cloud) -> None:
        cdn = load_template(ROOT / "infra" / "cdn.yaml")
        buckets = {name: cloud.name(name) for name in ("QuarantineBucket", "ImportsBucket")}
        sent = dict(security_headers(cdn, {"AWS::Region": REGION, "Stage": "test", **buckets}))[
            "Content-Security-Policy"
        ]
        _, *sources = next(part for part in sent.split(";") if part.strip().startswith("connect-src")).split()
        cloud.use("documents")
        forms = [
            s3.upload_form(bucket, "a-key", content_type="image/jpeg", smallest=0, largest=1, seconds=60)
            for bucket in buckets.values()
        ]
        assert sources == ["'self'", *(form.url.rstrip("/") for form in forms)]

    def test_seals_are_under_object_lock(self) -> None:
        seals = self.shared["Resources"]["SealsBucket"]["Properties"]
        assert seals["ObjectLockEnabled"] is True
        assert seals["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]["Mode"] == {"Ref": "SealRetentionMode"}
