"""`/<bucket>/…`: what browsers may do with a bucket, which is to follow a signed link and to upload a signed form.

Everything allowed is passed to the emulator with its Host and path as they came, or the signatures would break.
"""

import http.client
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO
from xml.etree.ElementTree import Element, SubElement, tostring

from infra.local.gateway.answers import Answer, Headers, Request
from infra.local.gateway.post_policy import Allowed, Refused, Signer, judge
from infra.local.gateway.upload_form import UploadForm
from infra.local.resolve import Names, resolve
from infra.templates import Template

_HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"})


@dataclass(frozen=True)
class CorsRule:
    """One rule of a bucket's CORS configuration."""

    origins: Sequence[str]
    methods: Sequence[str]
    exposed: Sequence[str]
    max_age: int


class BucketFront:
    """One bucket as browsers see it."""

    def __init__(self, bucket: str, emulator: int, signer: Signer, cors: Sequence[CorsRule]) -> None:
        """`emulator` is its port."""
        self._bucket = bucket
        self._emulator = emulator
        self._signer = signer
        self._cors = cors

    def answer(self, request: Request) -> Answer:
        """S3's answer, or S3's refusal in S3's XML."""
        try:
            answer = self._answer(request)
        except Refused as refused:
            answer = _refusal(refused)
        return Answer(answer.status, [*answer.headers, *self._cors_headers(request)], answer.body, answer.close)

    def _answer(self, request: Request) -> Answer:
        if request.method == "OPTIONS":
            return self._preflight(request)
        if request.method in {"GET", "HEAD"} and any(name == "X-Amz-Signature" for name, _ in request.query):
            return self._forward(request, None)
        if request.method == "POST" and request.path.strip("/") == self._bucket:
            with self._read_form(request) as form:
                return self._forward(request, form)
        raise Refused(403, "AccessDenied", "Access Denied")

    def _read_form(self, request: Request) -> IO[bytes]:
        return UploadForm(request.headers.get("content-type", ""), self._judge).read(request.body, request.length)

    def _judge(self, fields: dict[str, str]) -> Allowed:
        return judge(fields, self._bucket, self._signer, datetime.now(UTC))

    def _forward(self, request: Request, body: IO[bytes] | None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self._emulator, timeout=60)
        try:
            connection.putrequest(request.method, request.target, skip_host=True, skip_accept_encoding=True)
            for name, value in request.header_list:
                if name.lower() not in _HOP_BY_HOP or name.lower() == "content-length":
                    connection.putheader(name, value)
            connection.endheaders(body)
            got = connection.getresponse()
            headers = [(name, value) for name, value in got.getheaders() if _passes(name)]
            return Answer(got.status, headers, got.read())
        finally:
            connection.close()

    def _preflight(self, request: Request) -> Answer:
        wanted = request.headers.get("access-control-request-method", "")
        if self._rule(request.headers.get("origin", ""), wanted) is None:
            raise Refused(403, "AccessForbidden", "CORSResponse: This CORS request is not allowed.")
        return Answer(200)

    def _cors_headers(self, request: Request) -> Headers:
        origin = request.headers.get("origin", "")
        rule = self._rule(origin, request.headers.get("access-control-request-method", request.method))
        if rule is None:
            return []
        headers = [("Access-Control-Allow-Origin", origin), ("Vary", "Origin")]
        headers += [("Access-Control-Expose-Headers", ", ".join(rule.exposed))]
        if request.method == "OPTIONS":
            asked = request.headers.get("access-control-request-headers", "")
            headers += [("Access-Control-Allow-Methods", ", ".join(rule.methods))]
            headers += [("Access-Control-Max-Age", str(rule.max_age))]
            headers += [("Access-Control-Allow-Headers", asked)] if asked else []
        return headers

    def _rule(self, origin: str, method: str) -> CorsRule | None:
        rules: Iterable[CorsRule] = (r for r in self._cors if origin in r.origins and method in r.methods)
        return next(iter(rules), None)


def cors_rules(shared: Template, bucket: str, values: Mapping[str, str]) -> list[CorsRule]:
    """A bucket's CORS configuration out of the shared template; `bucket` is its logical id."""
    properties = shared["Resources"][bucket]["Properties"]
    rules = resolve(properties.get("CorsConfiguration", {}), Names(values, {})).get("CorsRules", [])
    return [
        CorsRule(r["AllowedOrigins"], r["AllowedMethods"], r.get("ExposedHeaders", []), r.get("MaxAge", 0))
        for r in rules
    ]


def _refusal(refused: Refused) -> Answer:
    error = Element("Error")
    for name, text in {"Code": refused.code, "Message": refused.message, **refused.details}.items():
        SubElement(error, name).text = text
    body = b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(error)
    return Answer(refused.status, [("Content-Type", "application/xml")], body, close=True)


def _passes(header: str) -> bool:
    name = header.lower()
    return name not in _HOP_BY_HOP and not name.startswith("access-control-")
