"""Alarms that can ring: each watches something that exists, is told, and leads to a runbook."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from infra import watch
from infra.services import ROOT, SERVICES, Service
from infra.templates import Template
from services.kernel.log import LogLine
from services.kernel.metrics import NAMESPACE, Metric
from tests.infra.reading import Stack, of, stacks
from tests.infra.test_templates import services

__all__ = ["services"]

RUNBOOKS = ROOT / "docs" / "runbooks"
WATCHED = {
    "AWS/Lambda": {"FunctionName": "AWS::Lambda::Function"},
    "AWS/SQS": {"QueueName": "AWS::SQS::Queue"},
    "AWS/DynamoDB": {"TableName": "AWS::DynamoDB::Table"},
    "AWS/Events": {"RuleName": "AWS::Events::Rule", "EventBusName": "AWS::Events::EventBus"},
}
"""By AWS's namespace, its dimensions and the type of what is named by each (CloudWatch, "Services that publish")."""


@pytest.fixture(scope="module")
def everything(services: Mapping[str, Service]) -> dict[str, Template]:
    assert services
    return stacks()


def alarms(everything: Mapping[str, Template]) -> Iterator[tuple[Stack, str, dict[str, Any]]]:
    for name, template in everything.items():
        for alarm, properties in of(template, "AWS::CloudWatch::Alarm"):
            yield Stack(name, everything), alarm, properties


def metrics(alarm: Mapping[str, Any]) -> Iterator[tuple[Any, Any, dict[str, Any]]]:
    """Namespace, name and dimensions of the figure an alarm looks at."""
    yield alarm["Namespace"], alarm["MetricName"], {d["Name"]: d["Value"] for d in alarm.get("Dimensions", [])}


def test_what_an_alarm_of_aws_watches_is_there(everything: Mapping[str, Template]) -> None:
    seen = set()
    for stack, name, alarm in alarms(everything):
        for namespace, _, dimensions in metrics(alarm):
            if not str(namespace).startswith("AWS/"):
                continue
            seen.add(namespace)
            if namespace == "AWS/ApiGateway":
                assert dimensions.keys() == {"ApiName", "Stage"}
                (_, api), *others = of(stack.template, "AWS::ApiGateway::RestApi")
                assert not others
                assert stack.text(dimensions["ApiName"]) == stack.text(api["Body"]["info"]["title"]), name
                assert dimensions["Stage"] in {s["StageName"] for _, s in of(stack.template, "AWS::ApiGateway::Stage")}
                continue
            kinds = {dimension: (stack.resource(value) or ("nothing",))[0] for dimension, value in dimensions.items()}
            assert kinds.items() <= WATCHED[namespace].items(), f"{stack.name} {name}: {kinds}"
            assert next(iter(WATCHED[namespace])) in kinds, "a figure by bus alone, or by nothing"
    assert seen == {*WATCHED, "AWS/ApiGateway"}


def test_a_rule_is_counted_under_its_own_bus(everything: Mapping[str, Template]) -> None:
    for stack, name, alarm in alarms(everything):
        for namespace, _, dimensions in metrics(alarm):
            if namespace == "AWS/Events":
                found = stack.resource(dimensions["RuleName"])
                assert found is not None
                assert dimensions.get("EventBusName") == found[1].get("EventBusName"), name


def test_a_figure_of_ours_is_told_by_the_functions_or_counted_from_their_lines(
    everything: Mapping[str, Template],
) -> None:
    told = {metric.value[0] for metric in Metric}
    for stack, name, alarm in alarms(everything):
        filters = {
            (stack.text(made["MetricNamespace"]), stack.text(made["MetricName"])): [
                dimension["Key"] for dimension in made.get("Dimensions", [])
            ]
            for _, one in of(stack.template, "AWS::Logs::MetricFilter")
            for made in one["MetricTransformations"]
        }
        for namespace, metric, dimensions in metrics(alarm):
            if namespace == NAMESPACE:
                assert dimensions.keys() == {"service", "stage"}, name
                assert metric in told, name
            elif not str(namespace).startswith("AWS/"):
                assert filters[stack.text(namespace), stack.text(metric)] == list(dimensions), name


def test_lines_that_are_counted_are_of_the_catalogue(everything: Mapping[str, Template]) -> None:
    codes = {line.value[1] for line in LogLine}
    for template in everything.values():
        for _, one in of(template, "AWS::Logs::MetricFilter"):
            counted = re.findall(r'\$\.line = "(\w+)"', one["FilterPattern"])
            assert set(counted) <= codes
            assert one["LogGroupName"]["Ref"] in template["Resources"]


def test_stages_of_one_account_are_counted_apart(everything: Mapping[str, Template]) -> None:
    for stack, _, alarm in alarms(everything):
        for namespace, _, dimensions in metrics(alarm):
            if not str(namespace).startswith("AWS/"):
                assert dimensions.get("stage") or stack.text(namespace) == "Pendataan/test"


@pytest.mark.parametrize("name", [service.name for service in SERVICES])
def test_all_that_a_service_runs_is_watched(everything: Mapping[str, Template], name: str) -> None:
    stack = Stack(name, everything)
    watched = {
        (metric, str(value))
        for _, alarm in of(stack.template, "AWS::CloudWatch::Alarm")
        for _, metric, dimensions in metrics(alarm)
        for value in dimensions.values()
    }
    for function, _ in of(stack.template, "AWS::Lambda::Function"):
        assert {("Throttles", str({"Ref": function})), ("Errors", str({"Ref": function}))} <= watched
    for queue, _ in of(stack.template, "AWS::SQS::Queue"):
        assert ("ApproximateAgeOfOldestMessage", str({"Fn::GetAtt": [queue, "QueueName"]})) in watched
    for _, mapping in of(stack.template, "AWS::Lambda::EventSourceMapping"):
        if "StartingPosition" in mapping:
            assert ("IteratorAge", str(mapping["FunctionName"])) in watched
    failed = [metric for metric, _ in watched if metric in {"FailedInvocations", "InvocationsSentToDlq"}]
    assert len({value for metric, value in watched if metric == "FailedInvocations" and "Bus" not in value}) == len(
        list(of(stack.template, "AWS::Events::Rule"))
    )
    assert set(failed) == {"FailedInvocations", "InvocationsSentToDlq"}
    assert {metric for metric, _ in watched} >= {"5XXError", "4XXError", "Latency"}


def test_every_table_is_watched_for_throttles(everything: Mapping[str, Template]) -> None:
    for metric in ("ReadThrottleEvents", "WriteThrottleEvents"):
        watched = {
            dimensions["TableName"]["Ref"]
            for stack, _, alarm in alarms(everything)
            for _, name, dimensions in metrics(alarm)
            if name == metric and stack.resource(dimensions["TableName"])
        }
        assert watched == {name for name, _ in of(everything["shared"], "AWS::DynamoDB::Table")}


def test_nobody_forgets_a_queue() -> None:
    queue: dict[str, Any] = {"Type": "AWS::SQS::Queue", "Properties": {}}
    with pytest.raises(KeyError, match="NewQueue"):
        watch.alarms({"Resources": {"NewQueue": queue}})


def test_every_alarm_leads_to_a_runbook_and_every_runbook_is_led_to(everything: Mapping[str, Template]) -> None:
    named = set()
    for stack, name, alarm in alarms(everything):
        (found,) = re.findall(r"docs/runbooks/([\w-]+\.md)", stack.text(alarm["AlarmDescription"]))
        named.add(found)
        assert alarm["AlarmActions"], name
    index = RUNBOOKS / "README.md"
    listed, by_hand = index.read_text().split("Begun by hand")
    assert set(re.findall(r"\]\(([\w-]+\.md)\)", listed)) == named
    others = set(re.findall(r"\]\(([\w-]+\.md)\)", by_hand))
    assert named | others == {path.name for path in RUNBOOKS.glob("*.md")} - {index.name}
    assert not named & others


def test_runbooks_name_alarms_and_lines_that_exist(everything: Mapping[str, Template]) -> None:
    known = {name for _, name, _ in alarms(everything)}
    codes = {line.value[1] for line in LogLine}
    rows = [row for row in (RUNBOOKS / "README.md").read_text().splitlines() if row.startswith("| [")]
    for row in rows:
        for alarm in re.findall(r"`(…?)(\w+)`", row):
            assert any(name.endswith(alarm[1]) if alarm[0] else name == alarm[1] for name in known), alarm
    for path in RUNBOOKS.glob("*.md"):
        assert set(re.findall(r"`([A-Z]{3,4}\d{3})`", path.read_text())) <= codes, path.name


def test_the_dashboard_shows_figures_that_are_told(everything: Mapping[str, Template]) -> None:
    stack = Stack("shared", everything)
    (_, board), *_ = of(stack.template, "AWS::CloudWatch::Dashboard")
    shown = json.loads(stack.text(board["DashboardBody"]))
    assert shown["start"] == "-PT1H"
    titles = " ".join(widget["properties"]["title"] for widget in shown["widgets"])
    for wanted in ("Writes", "Refused", "Given up", "429", "Oldest message", "lock", "Concurrent"):
        assert wanted in titles
    told = {metric.value[0] for metric in Metric}
    names = {service: f"pendataan-{service}-test" for service in (service.name for service in SERVICES)}
    for widget in shown["widgets"]:
        for metric in widget["properties"]["metrics"]:
            if metric[0] == NAMESPACE:
                assert metric[1] in told
                assert metric[2::2][:2] == ["service", "stage"]
            elif metric[0] == "AWS/ApiGateway":
                assert metric[3] in names.values()


def test_a_stage_named_prod_must_be_watched_and_kept(everything: Mapping[str, Template]) -> None:
    rule = everything["shared"]["Rules"]["ProdIsWatchedAndKept"]
    assert rule["RuleCondition"] == {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}
    demanded = [assertion["Assert"] for assertion in rule["Assertions"]]
    assert {"Fn::Not": [{"Fn::Equals": [{"Ref": "AlarmEmail"}, ""]}]} in demanded
    assert {"Fn::Equals": [{"Ref": "SealRetentionDays"}, "3650"]} in demanded
