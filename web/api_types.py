"""What the APIs answer, as types for the scripts: from the services' OpenAPI documents, for `web.check_scripts` alone.

Every schema stands in its service's namespace, every operation that says what it answers in `Answers`. A member with a
default is always sent. It understands what pydantic says of our models, and stops at anything else.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from web.packages import HERE

APIS = ("registration", "documents", "finalization", "announcements")
FILE = HERE.parent / "build" / "types" / "answers.d.ts"
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


class UnknownSchemaError(Exception):
    """A schema of a kind that no model of ours had so far."""


def write() -> None:
    """Write the declarations where jsconfig.json finds them."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    documents = {name: json.loads(_document(name).read_text("utf-8")) for name in APIS}
    FILE.write_text(declared(documents), "utf-8")


def declared(documents: Mapping[str, Mapping[str, Any]]) -> str:
    """TypeScript declarations of every service's document, by the service's name."""
    spaces = [_namespace(name, each["components"]["schemas"]) for name, each in documents.items()]
    answers = [line for name, each in documents.items() for line in _answers(name, each["paths"])]
    kept = "type Answer<Operation extends keyof Answers> = Answers[Operation];"
    return "\n".join([*spaces, "interface Answers {", *answers, "}", kept, ""])


def _document(name: str) -> Path:
    return HERE.parent / "services" / name / "openapi.json"


def _namespace(service: str, schemas: Mapping[str, Any]) -> str:
    lines = [f"  type {name} = {_type(schema)};" for name, schema in schemas.items()]
    return "\n".join([f"declare namespace {service} {{", *lines, "}"])


def _answers(service: str, paths: Mapping[str, Any]) -> Iterable[str]:
    for path, methods in paths.items():
        for method, operation in methods.items():
            schema = _answered(operation["responses"])
            if schema is not None:
                yield f'  "{method.upper()} {path.removeprefix("/")}": {_type(schema, f"{service}.")};'


def _answered(responses: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The schema of a success, where the operation says one."""
    said = [each["content"] for status, each in responses.items() if status.startswith("2") and "content" in each]
    found: list[Mapping[str, Any]] = [each["application/json"]["schema"] for each in said if "application/json" in each]
    return found[0] if found else None


def _type(schema: Mapping[str, Any], space: str = "") -> str:
    for word, kind in _KINDS.items():
        if word in schema:
            return kind(schema, space)
    if schema.keys() <= {"title", "description", "default"}:
        return "any"
    raise UnknownSchemaError(json.dumps(schema))


def _either(kinds: Iterable[str]) -> str:
    return " | ".join(dict.fromkeys(kinds))


def _members(schema: Mapping[str, Any], space: str) -> str:
    properties, required = schema["properties"], schema.get("required", ())
    sent = {name for name in properties if name in required or "default" in properties[name]}
    lines = (f'"{name}"{"" if name in sent else "?"}: {_type(each, space)}' for name, each in properties.items())
    return f"{{ {'; '.join(lines)} }}"


def _values(schema: Mapping[str, Any], space: str) -> str:
    values = schema["additionalProperties"]
    return f"Record<string, {'any' if isinstance(values, bool) else _type(values, space)}>"


def _plain(schema: Mapping[str, Any], _: str) -> str:
    if schema["type"] not in _PLAIN:
        raise UnknownSchemaError(json.dumps(schema))
    return _PLAIN[schema["type"]]


_KINDS: Mapping[str, Callable[[Mapping[str, Any], str], str]] = {
    "$ref": lambda schema, space: space + schema["$ref"].rpartition("/")[2],
    "enum": lambda schema, _: _either(map(json.dumps, schema["enum"])),
    "const": lambda schema, _: json.dumps(schema["const"]),
    "anyOf": lambda schema, space: _either(_type(each, space) for each in schema["anyOf"]),
    "properties": _members,
    "items": lambda schema, space: f"({_type(schema['items'], space)})[]",
    "additionalProperties": _values,
    "type": _plain,
}
"""How a schema is told by the word it has, in this order."""
