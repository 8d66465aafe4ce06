"""HTTP over Chalice: one decorator parses, injects what a handler names, and turns every error into a problem.

A handler is a plain function. It gets, by parameter name:

- `body`, `query`: the pydantic model it is annotated with
- `actor`: who is signed in (`roles` says who may; of staff it is asked whether the token still counts);
  `enrolment`: who passed the identity check. A route that names both takes either and gives None for the one that is
  not there
- `received`: API Gateway's instant of receipt, which decides about deadlines
- `caller`: address, request id, cookies and idempotency key
- `request`: all of these in one, with the answer that a retry finds (kernel/web/request.py); what writes takes this
- a path variable: its value

and returns what kernel/web/replies.py lists: a pydantic model under the route's status, None (204) or a `Reply`; or a
model that is `Watched`. Its sentences are told in the language the caller asks for (docs/adr/0012).
"""

import inspect
import json
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from chalice.app import Chalice, Response
from chalice.app import Request as Received
from pydantic import BaseModel

from services.kernel import clock, metrics
from services.kernel.aws.busy import is_busy, is_silent
from services.kernel.log import LogLine, log, where
from services.kernel.metrics import Metric
from services.kernel.problem_texts import TEXTS
from services.kernel.problems import Code, Problem
from services.kernel.security import revocations, sessions
from services.kernel.security.sessions import Actor, Audience, Role
from services.kernel.settings import settings
from services.kernel.web import openapi
from services.kernel.web.bodies import FORM, JSON, media_type, parse_body, parse_query
from services.kernel.web.caller import Caller
from services.kernel.web.languages import Language, in_language, language_of, page_in_language
from services.kernel.web.plain_page import PlainPage
from services.kernel.web.replies import Picture, Reply, see_other
from services.kernel.web.request import Request
from services.kernel.web.watched import Watched
from services.kernel.writes.idempotency import Once

PROBLEM_JSON = "application/problem+json"
_SAFE = frozenset({"GET", "HEAD"})
_ID = re.compile(r"[A-Za-z0-9._ -]{1,128}")
"""What a path variable may be: every id and code of ours, also a code in groups as people type it. Anything else is of
nobody, and no use case has to think of what a key of DynamoDB cannot hold, or of the marks that divide our keys."""
_PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True)
class Route:
    """One declared route, from which the OpenAPI description is made too."""

    method: str
    path: str
    handler: Callable[..., Any]
    roles: frozenset[Role] | None
    enrolment: bool
    status: int = 200
    """Of the answer that has none of its own."""
    fault_page: str = ""
    """Where a browser is led that posted a plain form in vain; the fragment names the problem."""
    require_current: Callable[[Actor], None] = revocations.require_current
    """Asked of staff: refuses whose account was ended or changed since."""


class Api:
    """The HTTP side of one service. `api.app` is the Chalice application Lambda calls."""

    def __init__(self, service: str, *, require_current: Callable[[Actor], None] = revocations.require_current) -> None:
        """`require_current` raises `unauthenticated` where the token of a member of staff no longer counts."""
        self.service = service
        self._require_current = require_current
        # Its own env: Chalice writes AWS_EXECUTION_ENV into the one it is given, and the clock asks for that.
        self.app = _ProblemChalice(app_name=f"pendataan-{service}", configure_logs=False, env={})
        self.app.api.binary_types = [Picture.MEDIA_TYPE]
        self.routes: list[Route] = []
        self._serve_description()

    def route(
        self,
        method: str,
        path: str,
        *,
        roles: frozenset[Role] | None = None,
        enrolment: bool = False,
        status: int = 200,
        form: bool = False,
        fault_page: str = "",
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare a route below `/<service>/`.

        Args:
            method: GET, POST, PUT, PATCH or DELETE.
            path: e.g. `/people/{person}`; a variable is a whole segment.
            roles: who may call, signed in; None with `enrolment` False means everybody.
            enrolment: whether a passed identity check is needed; together with `roles`: whether it suffices.
            status: of what the handler returns; None and some replies have their own (kernel/web/replies.py).
            form: whether a plain HTML form may post here too.
            fault_page: where a browser goes that posted such a form in vain; without one it gets the problem itself.
        """

        def register(handler: Callable[..., Any]) -> Callable[..., Any]:
            declared = Route(
                method, f"/{self.service}{path}", handler, roles, enrolment, status, fault_page, self._require_current
            )
            self.routes.append(declared)
            types = [JSON, FORM] if form else [JSON]
            self.app.route(declared.path, methods=[method], content_types=types)(self._view(declared))
            return handler

        return register

    def _serve_description(self) -> None:
        @self.app.route(f"/{self.service}/openapi.json", methods=["GET"])
        def openapi_json() -> Response:
            return Response(openapi.describe(self.service, self.routes), headers={"Content-Type": JSON, **_PRIVATE})

    def _view(self, route: Route) -> Callable[..., Response]:
        wanted = inspect.signature(route.handler).parameters

        def view(**path: str) -> Response:
            request = self.app.current_request
            assert request is not None  # noqa: S101 - Chalice sets it before it calls a view
            started = time.perf_counter()
            response = _answer(request, route, wanted, path)
            log(
                LogLine.REQUEST,
                route=f"{route.method} {route.path}",
                status=response.status_code,
                request_id=_request_id(request),
                milliseconds=round((time.perf_counter() - started) * 1000),
            )
            return response

        view.__name__ = route.handler.__name__
        return view


class _ProblemChalice(Chalice):
    """Chalice whose own refusals (unknown route, wrong content type) are problems too."""

    def __call__(self, event: dict[str, Any], context: object) -> dict[str, Any]:
        answer: dict[str, Any] = super().__call__(event, context)
        code = _CHALICE_REFUSALS.get(answer["statusCode"])
        types = (answer.get("headers") or {}).get("Content-Type", "")
        if code is None or PROBLEM_JSON in types:
            return answer
        request_id = event["requestContext"].get("requestId", "")
        headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
        made = problem_response(Problem(code), request_id, language_of(headers.get("accept-language", "")))
        return {**answer, "statusCode": made.status_code, "headers": made.headers, "body": json.dumps(made.body)}


_CHALICE_REFUSALS = {
    400: Code.MALFORMED,
    403: Code.NOT_FOUND,
    404: Code.NOT_FOUND,
    405: Code.METHOD_NOT_ALLOWED,
    415: Code.UNSUPPORTED_MEDIA_TYPE,
    500: Code.INTERNAL,
}


def _answer(
    request: Received, route: Route, wanted: Mapping[str, inspect.Parameter], path: Mapping[str, str]
) -> Response:
    try:
        arguments = _arguments(request, route, wanted, path)
        return _response(route.handler(**arguments), _language(request), route.status)
    except Problem as problem:
        if problem.code is Code.WINDOW_CLOSED:
            metrics.publish({Metric.REFUSED_AFTER_DEADLINE: 1}, str(problem.extra["window"]))
        return _refusal(problem, request, route)
    except Exception as error:  # noqa: BLE001 - the edge: whatever happens, the caller gets a problem and no trace
        told = _unexpected_problem(error)
        line = LogLine.REQUEST_FAILED if told.code is Code.INTERNAL else LogLine.REQUEST_PUT_OFF
        log(line, route=route.path, error=where(error), request_id=_request_id(request))
        return _refusal(told, request, route)


def _unexpected_problem(error: Exception) -> Problem:
    """What no use case made a problem of. Of a busy store only that is said: what the request did before may stand."""
    if is_busy(error):
        return Problem(Code.TRY_AGAIN, "Tunggu sebentar, lalu kirim lagi.", retry_after=2)
    if is_silent(error):
        return Problem(Code.OUTCOME_UNKNOWN, retry_after=2)
    return Problem(Code.INTERNAL)


def _refusal(problem: Problem, request: Received, route: Route) -> Response:
    """The problem, or for a browser that posted a plain form the way to the page that explains it."""
    sent_form = media_type(request.headers.get("content-type", "")) == FORM
    if route.fault_page and sent_form and "text/html" in request.headers.get("accept", ""):
        page = page_in_language(route.fault_page, _language(request))
        return _response(see_other(f"{page}#{problem.code.value}"), _language(request))
    return problem_response(problem, _request_id(request), _language(request))


def _language(request: Received) -> Language:
    return language_of(request.headers.get("accept-language", ""))


def _arguments(
    request: Received, route: Route, wanted: Mapping[str, inspect.Parameter], path: Mapping[str, str]
) -> dict[str, Any]:
    if not all(_ID.fullmatch(value) for value in path.values()):
        raise Problem(Code.NOT_FOUND)
    media = media_type(request.headers.get("content-type", ""))
    cdn = (settings().origin_secret, settings().origin_secret_before)
    caller = Caller.of(request.headers, request.context, sent_form=media == FORM, cdn=cdn)
    injected: dict[str, Any] = {**path, "caller": caller, "received": received_at(request.context)}
    injected.update(_who(request, route, caller))
    _require_own_origin(request, route, caller)
    if "body" in wanted:
        injected["body"] = parse_body(wanted["body"].annotation, request.raw_body, media)
    if "query" in wanted:
        injected["query"] = parse_query(wanted["query"].annotation, request.query_params or {})
    if "request" in wanted:
        injected["request"] = _one_request(route, path, injected)
    return {name: injected[name] for name in wanted}


def _one_request(route: Route, path: Mapping[str, str], injected: Mapping[str, Any]) -> Request:
    """The request as a use case takes it; its idempotency key stands for this method and address alone."""
    caller: Caller = injected["caller"]
    session, enrolment = injected.get("actor"), injected.get("enrolment")
    who = "\x1f".join([session.id if session else "", str(enrolment.enrolment) if enrolment else ""])
    action = f"{route.method} {route.path.format(**path)}"
    once = Once(who, action, caller.idempotency_key, injected.get("body"))
    return Request(injected["received"], once, caller, session, enrolment)


def received_at(context: Mapping[str, Any]) -> datetime:
    """The instant API Gateway received the request (`requestContext.requestTimeEpoch`, milliseconds)."""
    return clock.from_millis(int(context["requestTimeEpoch"]))


def problem_response(problem: Problem, request_id: str, language: Language = Language.INDONESIAN) -> Response:
    """A problem as application/problem+json (RFC 9457), its sentences in a language."""
    told = partial(in_language, language=language)
    title, detail = TEXTS[problem.code]
    body: dict[str, Any] = {
        "type": problem.code.value,
        "title": told(title),
        "status": problem.status,
        "detail": told(problem.detail or detail),
        "request_id": request_id,
        **problem.extra,
    }
    if problem.fields:
        body["fields"] = [{"field": f.field, "code": f.code, "message": told(f.message)} for f in problem.fields]
    if "missing" in body:
        body["missing"] = [{**each, "text": told(each["text"])} for each in body["missing"]]
    headers: dict[str, str | list[str]] = {"Content-Type": PROBLEM_JSON, "Content-Language": language, **_PRIVATE}
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    return Response(body, status_code=problem.status, headers=headers)


def _response(result: object, language: Language, declared: int = 200) -> Response:
    if isinstance(result, Watched):
        result = Reply(result.body, headers={"Retry-After": str(result.wait)} if result.wait is not None else {})
    reply = result if isinstance(result, Reply) else Reply(result)
    status = reply.STATUS or (204 if reply.body is None else declared)
    headers: dict[str, Any] = {**_PRIVATE, **reply.headers}
    if reply.cookies:
        headers["Set-Cookie"] = [cookie.header() for cookie in reply.cookies]
    if reply.body is None:
        return Response("", status_code=status, headers=headers)
    body = reply.body
    if isinstance(body, PlainPage):
        page = {"Content-Type": "text/html; charset=utf-8", "Content-Language": language, **headers}
        return Response(body.render(language), status_code=status, headers=page)
    if isinstance(body, Picture):
        return Response(body.content, status_code=status, headers={**headers, **body.HEADERS})
    if isinstance(body, BaseModel):
        body = body.model_dump(mode="json", context={"language": language})
    headers = {"Content-Type": JSON, "Content-Language": language, **headers}
    return Response(body, status_code=status, headers=headers)


def _who(request: Received, route: Route, caller: Caller) -> dict[str, Actor | None]:
    if route.roles is not None and route.enrolment:
        return _either(request, route, caller)
    if route.roles is not None:
        return {"actor": _signed_in(request, route, caller)}
    return {"enrolment": _enrolled(request, caller)} if route.enrolment else {}


def _either(request: Received, route: Route, caller: Caller) -> dict[str, Actor | None]:
    """Both, where both are valid: one browser may hold the session of one person and the enrolment of another."""
    try:
        enrolment = _enrolled(request, caller)
    except Problem:
        # Without any session it is an enrolment that has ended; its holder has no account to sign in with.
        if not _brought(request, caller, sessions.SESSION_COOKIE):
            raise
        return {"actor": _signed_in(request, route, caller), "enrolment": None}
    actor: Actor | None = None
    with suppress(Problem):
        actor = _signed_in(request, route, caller)
    return {"actor": actor, "enrolment": enrolment}


def _signed_in(request: Received, route: Route, caller: Caller) -> Actor:
    claims = sessions.verify(_brought(request, caller, sessions.SESSION_COOKIE), Audience.SESSION)
    if claims.role not in (route.roles or ()):
        raise Problem(Code.FORBIDDEN)
    actor = Actor.of(claims)
    route.require_current(actor)
    return actor


def _enrolled(request: Received, caller: Caller) -> Actor:
    try:
        claims = sessions.verify(_brought(request, caller, sessions.ENROLMENT_COOKIE), Audience.ENROLMENT)
    except Problem as none:
        raise Problem(Code.UNAUTHENTICATED, sessions.ENROLMENT_OVER) from none
    if claims.enrolment is None:
        raise Problem(Code.UNAUTHENTICATED, sessions.ENROLMENT_OVER)
    return Actor.of(claims)


def _brought(request: Received, caller: Caller, cookie: str) -> str:
    """The token a request brings, genuine or not; empty when it brings none."""
    bearer = _bearer(request)
    return caller.cookies.get(cookie, "") if bearer is None else bearer


def _bearer(request: Received) -> str | None:
    """The bearer token of a request; None when it has no such header. Where one is sent, no cookie signs in."""
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    return bearer if scheme.lower() == "bearer" else None


def _require_own_origin(request: Received, route: Route, caller: Caller) -> None:
    """A browser's write with our cookies must come from our own pages (OWASP CSRF cheat sheet, "Verifying Origin").

    No page of another site can send a bearer token; where one was what let the caller in, cookies did nothing.
    """
    let_in_by_bearer = (route.roles is not None or route.enrolment) and _bearer(request) is not None
    if request.method in _SAFE or let_in_by_bearer:
        return
    origin = request.headers.get("origin")
    if origin != settings().site_origin and (caller.cookies or origin is not None):
        raise Problem(Code.FORBIDDEN)


def _request_id(request: Received) -> str:
    return str(request.context.get("requestId", ""))
