"""CloudFormation's references, resolved for the local cloud."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from infra.aws import EMULATOR_ACCOUNT, Aws
from infra.templates import Template

_LEFT_AWAY: Any = object()
"""What stands for a property that a condition leaves away (`AWS::NoValue`)."""
_VARIABLE = re.compile(r"\$\{([^!}][^}]*)\}")


@dataclass(frozen=True)
class Names:
    """What `Ref` and `Fn::GetAtt` mean in one stack."""

    refs: Mapping[str, str]
    attributes: Mapping[str, str]
    """By `Resource.Attribute`."""
    conditions: Mapping[str, Any] = field(default_factory=dict)
    """The template's, as it writes them."""


def names(aws: Aws, parameters: Mapping[str, str], template: Template, physical: Mapping[str, str]) -> Names:
    """References of one service's stack: parameters, queues that are there, functions that the runner plays."""
    arn = f"{aws.region}:{EMULATOR_ACCOUNT}"
    refs = {"AWS::Region": aws.region, "AWS::AccountId": EMULATOR_ACCOUNT, "AWS::Partition": "aws", **parameters}
    attributes = {}
    for name, resource in template["Resources"].items():
        refs.setdefault(name, physical.get(name, name))
        if resource["Type"] == "AWS::SQS::Queue":
            queue = physical[name].rsplit("/", 1)[-1]
            # the emulator remembers the address of the run that made the queue
            refs[name] = f"{aws.endpoint}/{EMULATOR_ACCOUNT}/{queue}"
            attributes[f"{name}.Arn"] = f"arn:aws:sqs:{arn}:{queue}"
            attributes[f"{name}.QueueName"] = queue
        elif resource["Type"] == "AWS::Logs::LogGroup":
            attributes[f"{name}.Arn"] = f"arn:aws:logs:{arn}:log-group:{name}:*"
        elif resource["Type"] == "AWS::Lambda::Function":
            attributes[f"{name}.Arn"] = f"arn:aws:lambda:{arn}:function:{parameters['Service']}-{name}"
    return Names(refs, attributes, template.get("Conditions", {}))


def resolve(value: Any, meaning: Names) -> Any:  # noqa: ANN401 - a template is a tree of anything
    """The value with every reference replaced, and without what a condition leaves away.

    Raises:
        KeyError: a reference to something that does not exist here.
    """
    if isinstance(value, list):
        return [item for item in (resolve(each, meaning) for each in value) if item is not _LEFT_AWAY]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        (name,) = value
        if name in _FUNCTIONS:
            return _FUNCTIONS[name](value[name], meaning)
    resolved = {key: resolve(item, meaning) for key, item in value.items()}
    return {key: item for key, item in resolved.items() if item is not _LEFT_AWAY}


def _reference(argument: str, meaning: Names) -> Any:  # noqa: ANN401 - a text, or nothing
    return _LEFT_AWAY if argument == "AWS::NoValue" else meaning.refs[argument]


def _attribute(argument: Any, meaning: Names) -> str:  # noqa: ANN401 - text, or its two parts
    return meaning.attributes[argument if isinstance(argument, str) else ".".join(argument)]


def _choose(argument: list[Any], meaning: Names) -> Any:  # noqa: ANN401 - a template is a tree of anything
    condition, so, otherwise = argument
    return resolve(so if _holds(meaning.conditions[condition], meaning) else otherwise, meaning)


def _holds(condition: Any, meaning: Names) -> bool:  # noqa: ANN401 - a template is a tree of anything
    """Whether a condition holds; ours compare a parameter with a text."""
    ((function, argument),) = condition.items()
    if function == "Fn::Not":
        return not _holds(argument[0], meaning)
    left, right = (str(resolve(each, meaning)) for each in argument)
    return left == right


def references(value: Any) -> set[str]:  # noqa: ANN401 - a template is a tree of anything
    """Logical ids that a part of a template refers to."""
    if isinstance(value, list):
        return {name for item in value for name in references(item)}
    if not isinstance(value, dict):
        return set()
    found = {name for item in value.values() for name in references(item)}
    if "Ref" in value:
        found.add(value["Ref"])
    if "Fn::GetAtt" in value:
        target = value["Fn::GetAtt"]
        found.add(target.split(".")[0] if isinstance(target, str) else target[0])
    if "Fn::Sub" in value:
        text = value["Fn::Sub"] if isinstance(value["Fn::Sub"], str) else value["Fn::Sub"][0]
        found |= {name.split(".")[0] for name in _VARIABLE.findall(text)}
    return found


def _substitute(argument: Any, meaning: Names) -> str:  # noqa: ANN401 - text, or text and variables
    text, own = (argument, {}) if isinstance(argument, str) else (argument[0], resolve(argument[1], meaning))

    def replace(found: re.Match[str]) -> str:
        name = found[1]
        if name in own:
            return str(own[name])
        return str(meaning.attributes[name] if "." in name else meaning.refs[name])

    return _VARIABLE.sub(replace, text)


_FUNCTIONS: Mapping[str, Callable[[Any, Names], Any]] = {
    "Ref": _reference,
    "Fn::GetAtt": _attribute,
    "Fn::Sub": _substitute,
    "Fn::If": _choose,
}
