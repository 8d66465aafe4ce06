"""`/api/<service>/…`: what API Gateway does between a request and a function (REST API, Lambda proxy integration)."""

import base64
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from infra.local.clock import ShiftedClock
from infra.local.gateway.answers import Answer, Request
from infra.local.knobs import Knobs
from infra.local.pool import Pool
from infra.local.wiring import Api

STAGE = "api"
LIMIT = 10 * 1024 * 1024
"""Bytes of a body; API Gateway's limit, not ours to choose."""

_VIEWER = "x-viewer-address"
_SECRET = "x-origin-secret"  # noqa: S105 - a header's name


class ApiFront:
    """One service's API in front of its function."""

    def __init__(self, api: Api, pool: Pool, clock: ShiftedClock, secret: str, knobs: Knobs) -> None:
        """`pool`: the function's processes; `clock` stamps the receipt; `secret`: the distribution's."""
        self._knobs = knobs
        self._secret = secret
        self._api = api
        self._pool = pool
        self._clock = clock

    @cached_property
    def _routes(self) -> list[tuple[re.Pattern[str], str, frozenset[str]]]:
        """Most literal first, as API Gateway prefers it."""
        ordered = sorted(self._api.routes.items(), key=lambda route: (route[0].count("{"), route[0]))
        return [(_pattern(path), path, methods) for path, methods in ordered]

    def answer(self, request: Request) -> Answer:
        """Route, call the function, and turn what it returned into a response."""
        received, offset = self._clock.now(), self._clock.offset
        request_id = str(uuid.uuid4())
        path = urlsplit(request.target).path.removeprefix(f"/{STAGE}")
        found = self._match(path, request.method)
        if found is None:
            return self._own("MISSING_AUTHENTICATION_TOKEN", 403, request_id, unread=request.length > 0)
        if request.length > LIMIT:
            return self._own("REQUEST_TOO_LARGE", 413, request_id, unread=True)
        resource, variables = found
        if not self._knobs.request(f"{request.method} {resource}"):
            return self._own("THROTTLED", 429, request_id, unread=request.length > 0)
        context = {
            "requestId": request_id,
            "requestTimeEpoch": int(received.timestamp() * 1000),
            "requestTime": f"{received:%d/%b/%Y:%H:%M:%S +0000}",
            "identity": {"sourceIp": request.address, "userAgent": request.headers.get("user-agent")},
            "stage": STAGE,
            "httpMethod": request.method,
            "path": f"/{STAGE}{path}",
            "resourcePath": resource,
            "protocol": "HTTP/1.1",
            "apiId": self._api.function.service.name,
        }
        event = proxy_event(self._through_the_cdn(request), resource, path, variables, context, self._api.binary_types)
        return self._call(event, offset, request_id)

    def _through_the_cdn(self, request: Request) -> Request:
        """The request with what the distribution adds, over whatever the caller wrote there (infra/cdn.yaml)."""
        own = ((_VIEWER, request.address), (_SECRET, self._secret))
        kept = tuple((name, value) for name, value in request.header_list if name.lower() not in dict(own))
        return replace(request, header_list=(*kept, *own))

    def _match(self, path: str, method: str) -> tuple[str, dict[str, str]] | None:
        for pattern, resource, methods in self._routes:
            found = pattern.fullmatch(path)
            if found is not None:
                variables = {name: unquote(value) for name, value in found.groupdict().items()}
                return (resource, variables) if method in methods else None
        return None

    def _call(self, event: dict[str, Any], offset: timedelta, request_id: str) -> Answer:
        outcome = self._pool.invoke_for_api(event, offset)
        if outcome.error == "Sandbox.Timedout":
            return self._own("INTEGRATION_TIMEOUT", 504, request_id)
        result = outcome.result
        if outcome.error is not None or not isinstance(result, dict) or "statusCode" not in result:
            return self._own("INTEGRATION_FAILURE", 502, request_id)
        text = result.get("body") or ""
        body = base64.b64decode(text) if result.get("isBase64Encoded") else text.encode()
        return Answer(int(result["statusCode"]), [*_returned_headers(result, request_id)], body)

    def _own(self, kind: str, status: int, request_id: str, *, unread: bool = False) -> Answer:
        """API Gateway's own answer: the template's for this kind, else for its class, else AWS's words."""
        group = "DEFAULT_4XX" if status < 500 else "DEFAULT_5XX"
        about = self._api.responses.get(kind) or self._api.responses.get(group) or {}
        template = about.get("responseTemplates", {}).get("application/json", '{"message": null}')
        prefix = "gatewayresponse.header."
        given = {
            name.removeprefix(prefix): value.strip("'") for name, value in about.get("responseParameters", {}).items()
        }
        headers = {"Content-Type": "application/json", "x-amzn-RequestId": request_id, **given}
        body = template.replace("$context.requestId", request_id).encode()
        return Answer(int(about.get("statusCode", status)), list(headers.items()), body, close=unread)


def proxy_event(
    request: Request,
    resource: str,
    path: str,
    variables: Mapping[str, str],
    context: dict[str, Any],
    binary_types: frozenset[str],
) -> dict[str, Any]:
    """The event of a Lambda proxy integration, payload version 1.0."""
    headers = [*request.header_list, ("X-Forwarded-For", request.address), ("X-Forwarded-Proto", "https")]
    raw = request.read()
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    binary = kind in binary_types
    body = base64.b64encode(raw).decode() if binary else raw.decode("utf-8", errors="replace")
    return {
        "resource": resource,
        "path": path,
        "httpMethod": request.method,
        "headers": dict(headers),
        "multiValueHeaders": _grouped(headers),
        "queryStringParameters": dict(request.query) or None,
        "multiValueQueryStringParameters": _grouped(request.query) or None,
        "pathParameters": dict(variables) or None,
        "stageVariables": None,
        "requestContext": context,
        "body": body if raw else None,
        "isBase64Encoded": binary and bool(raw),
    }


def _pattern(path: str) -> re.Pattern[str]:
    """A route's path as a pattern; a variable is one whole segment."""
    parts = [f"(?P<{part[1:-1]}>[^/]+)" if part.startswith("{") else re.escape(part) for part in path.split("/")]
    return re.compile("/".join(parts))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    return grouped


def _returned_headers(result: Mapping[str, Any], request_id: str) -> Iterable[tuple[str, str]]:
    several: Mapping[str, list[Any]] = result.get("multiValueHeaders") or {}
    single: Mapping[str, Any] = result.get("headers") or {}
    repeated = {name.lower() for name in several}
    yield "x-amzn-RequestId", request_id
    for name, value in single.items():
        if name.lower() not in repeated | {"content-length"}:
            yield name, str(value)
    for name, values in several.items():
        yield from ((name, str(value)) for value in values)
