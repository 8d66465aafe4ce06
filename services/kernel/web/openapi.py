"""A service's OpenAPI 3.1 description, made from its routes and their pydantic models; nothing is written twice."""

import inspect
import re
from collections import ChainMap, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from types import NoneType, UnionType
from typing import Any, Protocol, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from services.kernel.security.sessions import ENROLMENT_COOKIE, SESSION_COOKIE, Role
from services.kernel.web.plain_page import PlainPage
from services.kernel.web.replies import Picture, Reply
from services.kernel.web.watched import Watched
from services.kernel.writes.idempotency import MAX_LENGTH, MIN_LENGTH

_SCHEMAS = "#/components/schemas/{model}"
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "fields": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {name: {"type": "string"} for name in ("field", "code", "message")},
            },
        },
    },
}

_RETRY_AFTER = {
    "description": "seconds until it is worth asking again; absent once the work is done (RFC 9110, 10.2.3)",
    "schema": {"type": "integer"},
}


class Described(Protocol):
    """What this module needs to know of a route."""

    @property
    def method(self) -> str:
        """GET, POST …."""

    @property
    def path(self) -> str:
        """Below the API's stage."""

    @property
    def handler(self) -> Callable[..., Any]:
        """The function whose signature tells body, query and answer."""

    @property
    def roles(self) -> frozenset[Role] | None:
        """Who may call."""

    @property
    def enrolment(self) -> bool:
        """Whether a passed identity check is needed."""

    @property
    def status(self) -> int:
        """Of the answer that has none of its own."""


def describe(service: str, routes: Iterable[Described]) -> dict[str, Any]:
    """The description as a JSON-able mapping."""
    declared = list(routes)
    models = sorted({model for route in declared for model in _models(route)}, key=lambda model: model.__name__)
    _, schemas = models_json_schema([(model, "validation") for model in models], ref_template=_SCHEMAS)
    of_queries = [_query_schema(inspect.signature(route.handler)).get("$defs", {}) for route in declared]
    paths: dict[str, dict[str, Any]] = {}
    for route in declared:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Pendataan Non-ASN: {service}", "version": "1"},
        "servers": [{"url": "/api"}],
        "paths": paths,
        "components": {
            "schemas": {**dict(ChainMap(*of_queries)), **schemas.get("$defs", {}), "Problem": _PROBLEM},
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": SESSION_COOKIE},
                "enrolment": {"type": "apiKey", "in": "cookie", "name": ENROLMENT_COOKIE},
            },
        },
    }


def _operation(route: Described) -> dict[str, Any]:
    signature = inspect.signature(route.handler)
    operation: dict[str, Any] = {
        "operationId": f"{route.method.lower()}_{route.handler.__name__}",
        "summary": (inspect.getdoc(route.handler) or "").partition("\n")[0],
        "parameters": [*_path_parameters(route.path), *_query_parameters(signature), *_key_parameter(route)],
        "responses": {**_successes(route), "default": _problem_response()},
    }
    accepted = {"session": route.roles is not None, "enrolment": route.enrolment}
    if any(accepted.values()):
        operation["security"] = [{scheme: []} for scheme, taken in accepted.items() if taken]
    if "body" in signature.parameters:
        content = {"application/json": {"schema": _reference(signature.parameters["body"].annotation)}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _successes(route: Described) -> dict[str, Any]:
    return {str(status): _success(status, answers) for status, answers in sorted(_answers(route).items())}


def _success(status: int, answers: Sequence[tuple[Any, Any]]) -> dict[str, Any]:
    models = [_reference(body) for _, body in answers if _is_model(body)]
    content: dict[str, Any] = {}
    if models:
        content["application/json"] = {"schema": models[0] if len(models) == 1 else {"anyOf": models}}
    if any(body is PlainPage for _, body in answers):
        content["text/html"] = {"schema": {"type": "string"}}
    if any(body is Picture for _, body in answers):
        content[Picture.MEDIA_TYPE] = {"schema": {"type": "string", "contentMediaType": Picture.MEDIA_TYPE}}
    headers = {"Retry-After": _RETRY_AFTER} if any(kind is Watched for kind, _ in answers) else {}
    described = {"description": HTTPStatus(status).phrase.lower(), "headers": headers, "content": content}
    return {name: part for name, part in described.items() if part}


def _answers(route: Described) -> Mapping[int, list[tuple[Any, Any]]]:
    """What a handler's annotation says that it answers, by status: the kind, and in it a model, a page or None."""
    annotation = inspect.signature(route.handler).return_annotation
    found: defaultdict[int, list[tuple[Any, Any]]] = defaultdict(list)
    for answer in get_args(annotation) if get_origin(annotation) in {UnionType, Union} else [annotation]:
        kind = get_origin(answer) or answer
        wraps = inspect.isclass(kind) and issubclass(kind, Reply | Watched)
        body = next(iter(get_args(answer)), None) if wraps else answer
        own = getattr(kind, "STATUS", None) if wraps else None
        found[own or (204 if body in {None, NoneType} else route.status)].append((kind, body))
    return found


def _problem_response() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": "problem details (RFC 9457)", "content": {"application/problem+json": {"schema": schema}}}


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)\}", path)
    ]


def _key_parameter(route: Described) -> list[dict[str, Any]]:
    """A route that writes by a `Request` answers its retry under the same key."""
    if route.method == "GET" or "request" not in inspect.signature(route.handler).parameters:
        return []
    schema = {"type": "string", "minLength": MIN_LENGTH, "maxLength": MAX_LENGTH}
    return [{"name": "Idempotency-Key", "in": "header", "required": False, "schema": schema}]


def _query_parameters(signature: inspect.Signature) -> list[dict[str, Any]]:
    schema = _query_schema(signature)
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": shape}
        for name, shape in schema.get("properties", {}).items()
    ]


def _query_schema(signature: inspect.Signature) -> dict[str, Any]:
    if "query" not in signature.parameters:
        return {}
    schema: dict[str, Any] = signature.parameters["query"].annotation.model_json_schema(ref_template=_SCHEMAS)
    return schema


def _models(route: Described) -> list[type[BaseModel]]:
    signature = inspect.signature(route.handler)
    body = signature.parameters.get("body")
    answers = [body for each in _answers(route).values() for _, body in each]
    candidates = [*answers, body.annotation if body else None]
    return [model for model in candidates if _is_model(model)]


def _is_model(annotation: object) -> bool:
    return inspect.isclass(annotation) and issubclass(annotation, BaseModel)


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}
