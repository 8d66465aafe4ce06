"""The alarms every function, queue, stream and rule of a service has: made from its template, none is forgotten.

Alarms about what a service means (locks, seals, publication …) stand in its merge.yaml. Each alarm's description names
the runbook in docs/runbooks/.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Resources = dict[str, dict[str, Any]]

_MINUTE = 60
_BEHIND = "BehindAfterMinutes"
"""Metadata of a queue: how long its oldest message may wait before somebody is called."""


def alarms(template: Mapping[str, Any]) -> Resources:
    """The alarms, with the metric filters they need, of all that a service's plain template runs, and of its tables.

    Raises:
        KeyError: naming a queue of which nobody said how long it may be behind.
    """
    made: Resources = {}
    for table in _own_tables(template.get("Parameters", {})):
        made |= _of_table(table)
    for name, resource in template["Resources"].items():
        kind, properties = resource["Type"], resource["Properties"]
        if kind == "AWS::Lambda::Function":
            made |= _of_function(name, properties)
        elif kind == "AWS::SQS::Queue":
            made[f"{name}Old"] = _of_queue(name, resource)
        elif kind == "AWS::Events::Rule":
            made |= dict(_of_rule(name, properties))
        elif kind == "AWS::Lambda::EventSourceMapping" and "StartingPosition" in properties:
            function = properties["FunctionName"]["Ref"]
            made[f"{function}Behind"] = _of_stream(function)
    return made


def _of_function(name: str, properties: Mapping[str, Any]) -> Resources:
    handler = properties["Handler"].removeprefix("app.")
    watched = {"FunctionName": {"Ref": name}}
    refused = f"Lambda refused to run {handler}, no concurrency is left"
    made = {
        f"{name}Throttled": _alarm(refused, "functions.md", ("AWS/Lambda", "Throttles", watched), periods=3),
        f"{name}Fails": _alarm(
            f"{handler} crashes or runs out of time", "functions.md", ("AWS/Lambda", "Errors", watched), periods=3
        ),
    }
    log = properties.get("LoggingConfig")
    return made | _of_log(name, handler, log["LogGroup"]) if log else made


def _of_log(name: str, handler: str, group: object) -> Resources:
    namespace, metric = {"Fn::Sub": "Pendataan/${Stage}"}, {"Fn::Sub": f"${{Service}}-ErrorLines-{handler}"}
    counted = {
        "LogGroupName": group,
        "FilterPattern": '{ $.level = "ERROR" }',
        "MetricTransformations": [{"MetricNamespace": namespace, "MetricName": metric, "MetricValue": "1"}],
    }
    meaning = f"{handler} writes lines of the level ERROR"
    return {
        f"{name}ErrorLines": {"Type": "AWS::Logs::MetricFilter", "Properties": counted},
        f"{name}LogsErrors": _alarm(meaning, "error-lines.md", (namespace, metric, {}), periods=3),
    }


def _of_queue(name: str, resource: Mapping[str, Any]) -> dict[str, Any]:
    if _BEHIND not in resource.get("Metadata", {}):
        raise KeyError(f"{name} has no Metadata {_BEHIND}")
    minutes = int(resource["Metadata"][_BEHIND])
    watched = {"QueueName": {"Fn::GetAtt": [name, "QueueName"]}}
    return _alarm(
        f"The oldest message of {name} waits longer than {minutes} minutes",
        "queues.md",
        ("AWS/SQS", "ApproximateAgeOfOldestMessage", watched),
        threshold=minutes * _MINUTE,
        statistic="Maximum",
        periods=3,
    )


def _own_tables(parameters: Mapping[str, Any]) -> list[str]:
    """Parameters that name a table of this service's own; gate and audit, which all use, are watched in shared.yaml."""
    return [name for name in parameters if name.endswith("Table") and name not in {"GateTable", "AuditTable"}]


def _of_table(name: str) -> Resources:
    return {
        f"{name}{what}Throttled": _alarm(
            f"DynamoDB refuses {what.lower()} of {name}",
            "tables.md",
            ("AWS/DynamoDB", metric, {"TableName": {"Ref": name}}),
            periods=3,
        )
        for what, metric in (("Writes", "WriteThrottleEvents"), ("Reads", "ReadThrottleEvents"))
    }


def _of_stream(function: str) -> dict[str, Any]:
    return _alarm(
        "Changes of the table reach the other services more than five minutes late",
        "relays.md",
        ("AWS/Lambda", "IteratorAge", {"FunctionName": {"Ref": function}}),
        threshold=300_000,
        statistic="Maximum",
        periods=3,
    )


def _of_rule(name: str, properties: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """A rule of a bus of our own is counted by bus and name, one of the default bus by its name alone.

    (EventBridge user guide, "Dimensions for EventBridge metrics".) `Ref` of the former is `bus|name`, so that the name
    is taken from the ARN, `…:rule/bus/name`.
    """
    watched: dict[str, Any] = {"RuleName": {"Ref": name}}
    if "EventBusName" in properties:
        own = {"Fn::Select": [2, {"Fn::Split": ["/", {"Fn::GetAtt": [name, "Arn"]}]}]}
        watched = {"EventBusName": properties["EventBusName"], "RuleName": own}
    for suffix, metric, meaning in (
        ("Fails", "FailedInvocations", "the bus could not deliver what the rule sends"),
        ("GivesUp", "InvocationsSentToDlq", "the bus put what it could not deliver to the dead letters"),
    ):
        yield f"{name}{suffix}", _alarm(f"{name}: {meaning}", "bus.md", ("AWS/Events", metric, watched))


def _alarm(
    meaning: str,
    runbook: str,
    metric: tuple[Any, Any, Mapping[str, Any]],
    *,
    threshold: int = 0,
    statistic: str = "Sum",
    periods: int = 1,
) -> dict[str, Any]:
    """An alarm over `periods` minutes in a row; `metric` is namespace, name and dimensions."""
    namespace, name, dimensions = metric
    properties = {
        "AlarmDescription": {"Fn::Sub": f"${{Service}}: {meaning}; docs/runbooks/{runbook}"},
        "Namespace": namespace,
        "MetricName": name,
        "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions.items()],
        "Statistic": statistic,
        "Period": _MINUTE,
        "EvaluationPeriods": periods,
        "Threshold": threshold,
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "notBreaching",
        "AlarmActions": [{"Ref": "AlarmsArn"}],
    }
    return {"Type": "AWS::CloudWatch::Alarm", "Properties": properties}
