"""What calls which function: read from the expanded templates and from nowhere else."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from infra.local.permissions import WRITTEN
from infra.local.resolve import Names, resolve
from infra.services import Service
from infra.templates import Template


@dataclass(frozen=True)
class Function:
    """One Lambda function."""

    service: Service
    handler: str
    """Attribute of app.py."""
    timeout: int
    """Seconds."""
    environment: Mapping[str, str]
    arn: str
    permissions: tuple[Mapping[str, Any], ...]
    """Statements of its role's policies, and what the tables' own policies deny."""

    @property
    def name(self) -> str:
        """`service-function`, as its log file is called."""
        return f"{self.service.name}-{self.handler}"


@dataclass(frozen=True)
class StreamTrigger:
    """A table's stream that a function reads (AWS::Lambda::EventSourceMapping)."""

    function: Function
    stream_arn: str
    batch_size: int
    starting_position: str
    retries: int
    """Times a batch is tried again; -1 until the records expire."""
    bisect: bool
    partial: bool
    """ReportBatchItemFailures is on."""
    on_failure: str | None
    """ARN of the queue for what was given up."""
    filters: tuple[Mapping[str, Any], ...] = ()
    """The function is called for records that meet one of them; for all where there is none."""


@dataclass(frozen=True)
class QueueTrigger:
    """A queue whose messages a function takes (AWS::Lambda::EventSourceMapping)."""

    function: Function
    queue_arn: str
    batch_size: int
    partial: bool
    visibility: int
    """Seconds a message stays hidden while it is worked on."""

    @property
    def fifo(self) -> bool:
        """Whether order is kept within a group."""
        return self.queue_arn.endswith(".fifo")


@dataclass(frozen=True)
class Schedule:
    """A rule that calls a function, or sends to a queue, again and again (AWS::Events::Rule)."""

    function: Function | None
    queue: str | None
    """ARN of the queue it sends to instead."""
    name: str
    period: timedelta
    retries: int
    dead_letters: str | None


@dataclass(frozen=True)
class Api:
    """One service's REST API."""

    function: Function
    routes: Mapping[str, frozenset[str]]
    """Path with `{variables}` → methods in capitals."""
    responses: Mapping[str, Mapping[str, Any]]
    """What API Gateway answers itself, by response type."""
    binary_types: frozenset[str]


@dataclass(frozen=True)
class Wiring:
    """Everything the runner plays."""

    apis: tuple[Api, ...]
    streams: tuple[StreamTrigger, ...]
    queues: tuple[QueueTrigger, ...]
    schedules: tuple[Schedule, ...]

    @property
    def functions(self) -> tuple[Function, ...]:
        """Every function that something calls, each once."""
        called = [api.function for api in self.apis]
        called += [trigger.function for trigger in self.streams]
        called += [trigger.function for trigger in self.queues]
        called += [schedule.function for schedule in self.schedules if schedule.function]
        return tuple({function.arn: function for function in called}.values())


def read(
    templates: Mapping[Service, Template], meaning: Mapping[str, Names], denials: Sequence[Mapping[str, Any]] = ()
) -> Wiring:
    """The wiring of all services together; `denials`: statements that bind every function beside its own policy."""
    apis, streams, queues, schedules = [], [], [], []
    for service, template in templates.items():
        reader = _Reader(service, template, meaning[service.name], denials)
        apis += list(reader.apis())
        streams += list(reader.streams())
        queues += list(reader.queues())
        schedules += list(reader.schedules())
    return Wiring(tuple(apis), tuple(streams), tuple(queues), tuple(schedules))


class _Reader:
    """Reads one service's template."""

    def __init__(
        self, service: Service, template: Template, names: Names, denials: Sequence[Mapping[str, Any]]
    ) -> None:
        self._service = service
        self._denials = denials
        self._names = names
        self._resources: dict[str, Template] = template["Resources"]
        self._functions = {name: self._function(name) for name, _ in self._of("AWS::Lambda::Function")}
        self._by_arn = {function.arn: function for function in self._functions.values()}

    def apis(self) -> Iterator[Api]:
        for _, properties in self._of("AWS::ApiGateway::RestApi"):
            body = properties["Body"]
            handlers = (f for f in self._functions.values() if f.handler == "app")
            yield Api(
                function=next(handlers),
                routes={path: frozenset(m.upper() for m in methods) for path, methods in body["paths"].items()},
                responses=body.get("x-amazon-apigateway-gateway-responses", {}),
                binary_types=frozenset(body.get("x-amazon-apigateway-binary-media-types", [])),
            )

    def streams(self) -> Iterator[StreamTrigger]:
        for mapping in self._mappings(":dynamodb:"):
            yield StreamTrigger(
                function=self._functions[mapping["FunctionName"]],
                stream_arn=mapping["EventSourceArn"],
                batch_size=mapping.get("BatchSize", 100),
                starting_position=mapping["StartingPosition"],
                retries=mapping.get("MaximumRetryAttempts", -1),
                bisect=mapping.get("BisectBatchOnFunctionError", False),
                partial="ReportBatchItemFailures" in mapping.get("FunctionResponseTypes", []),
                on_failure=mapping.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination"),
                filters=filters(mapping),
            )

    def queues(self) -> Iterator[QueueTrigger]:
        visibility = {
            self._names.attributes[f"{name}.Arn"]: int(properties.get("VisibilityTimeout", 30))
            for name, properties in self._of("AWS::SQS::Queue")
        }
        for mapping in self._mappings(":sqs:"):
            yield QueueTrigger(
                function=self._functions[mapping["FunctionName"]],
                queue_arn=mapping["EventSourceArn"],
                batch_size=mapping.get("BatchSize", 10),
                partial="ReportBatchItemFailures" in mapping.get("FunctionResponseTypes", []),
                visibility=visibility[mapping["EventSourceArn"]],
            )

    def schedules(self) -> Iterator[Schedule]:
        for name, properties in self._of("AWS::Events::Rule"):
            if "ScheduleExpression" not in properties:
                continue
            for target in properties["Targets"]:
                to_queue = ":sqs:" in target["Arn"]
                yield Schedule(
                    function=None if to_queue else self._by_arn[target["Arn"]],
                    queue=target["Arn"] if to_queue else None,
                    name=f"{self._service.name}-{name}",
                    period=period(properties["ScheduleExpression"]),
                    retries=target.get("RetryPolicy", {}).get("MaximumRetryAttempts", 185),
                    dead_letters=target.get("DeadLetterConfig", {}).get("Arn"),
                )

    def _function(self, name: str) -> Function:
        properties = self._resources[name]["Properties"]
        variables = properties.get("Environment", {}).get("Variables", {})
        return Function(
            service=self._service,
            handler=properties["Handler"].removeprefix("app."),
            timeout=int(properties.get("Timeout", 3)),
            environment={key: str(value) for key, value in resolve(variables, self._names).items()},
            arn=self._names.attributes[f"{name}.Arn"],
            permissions=self._permissions(properties["Role"]["Fn::GetAtt"][0]),
        )

    def _permissions(self, role: str) -> tuple[Mapping[str, Any], ...]:
        policies = self._resources[role]["Properties"]["Policies"]
        statements = (each for policy in policies for each in policy["PolicyDocument"]["Statement"])
        own = ({**resolve(each, self._names), WRITTEN: written_resources(each)} for each in statements)
        return (*own, *self._denials)

    def _mappings(self, source: str) -> Iterator[dict[str, Any]]:
        mappings = (properties for _, properties in self._of("AWS::Lambda::EventSourceMapping"))
        return (mapping for mapping in mappings if source in mapping["EventSourceArn"])

    def _of(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, resource in self._resources.items():
            if resource["Type"] == kind:
                properties = resource["Properties"]
                yield name, properties if kind == "AWS::Lambda::Function" else resolve(properties, self._names)


def filters(mapping: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """The patterns of an event source mapping."""
    return tuple(json.loads(one["Pattern"]) for one in mapping.get("FilterCriteria", {}).get("Filters", []))


def written_resources(statement: Mapping[str, Any]) -> list[str]:
    """A statement's resources as its policy's file writes them: `${RegTableArn}`."""
    named = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
    return [each if isinstance(each, str) else str(each["Fn::Sub"]) for each in named]


def period(expression: str) -> timedelta:
    """The length of `rate(1 minute)`, `rate(5 hours)` …

    Raises:
        ValueError: another kind of expression; the portal uses rates only.
    """
    found = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression)
    if found is None:
        raise ValueError(f"not a rate: {expression}")
    return int(found[1]) * timedelta(**{f"{found[2]}s": 1})
