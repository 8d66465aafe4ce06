"""`/…`: the static site out of its bucket, as the distribution of infra/cdn.yaml serves it."""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass

from botocore.exceptions import ClientError

from infra.aws import Aws
from infra.local.gateway.answers import Answer, Headers, Request
from infra.local.resolve import Names, resolve
from infra.templates import Template

_FOLDER = re.compile(r"(/[\w.~-]+)*/[\w~-]+", re.ASCII)
_PART = re.compile(r"/(en/)?(pengumuman/)?")
_COMPRESSIBLE = re.compile(
    r"(text/(css|csv|html|javascript|plain|tab-separated-values|xml)"
    r"|application/(javascript|json|manifest\+json|vnd\.ms-fontobject|xhtml\+xml|xml)|font/(otf|ttf)|image/svg\+xml)(;|$)"
)
_COMPRESSED = range(1_000, 10_000_001)
"""Types and sizes in bytes of what CloudFront compresses ("Serve compressed files", its lists); of ours no other type
is on them. It packs with Brotli too; gzip is what comes with Python."""
_KEPT_OBJECTS = 500


@dataclass(frozen=True)
class _Object:
    etag: str
    body: bytes
    packed: bytes
    headers: tuple[tuple[str, str], ...]


class SiteFront:
    """The site's bucket behind the rules of the distribution."""

    def __init__(self, aws: Aws, bucket: str, security: Headers) -> None:
        """`security`: the headers every response carries."""
        self._aws = aws
        self._bucket = bucket
        self._security = list(security)
        self._objects: dict[str, _Object] = {}

    def answer(self, request: Request) -> Answer:
        """The object at this path; each request asks the bucket, so that what was just published is seen."""
        if request.method not in {"GET", "HEAD"}:
            return Answer(403, self._security, close=request.length > 0)
        folder = with_slash(request.target)
        if folder is not None:
            return Answer(301, [("Location", folder), *self._security])
        key = request.path.lstrip("/") + ("index.html" if request.path.endswith("/") else "")
        found = self._fetch(key)
        if found is None:
            return self._missing(request)
        if found.etag in _etags(request.headers.get("if-none-match", "")):
            return Answer(304, [("ETag", found.etag), *found.headers[1:], *self._security])
        return self._respond(200, found, request)

    def _missing(self, request: Request) -> Answer:
        page = self._fetch(missing_page(request.path).lstrip("/"))
        return self._respond(404, page, request) if page else Answer(404, self._security)

    def _respond(self, status: int, found: _Object, request: Request) -> Answer:
        headers = [*found.headers, *self._security]
        if not found.packed:
            return Answer(status, [*headers, ("ETag", found.etag)], found.body)
        headers.append(("Vary", "Accept-Encoding"))
        if not _takes_gzip(request.headers.get("accept-encoding", "")):
            return Answer(status, [*headers, ("ETag", found.etag)], found.body)
        weak = [("ETag", f"W/{found.etag}"), ("Content-Encoding", "gzip")]
        return Answer(status, [*headers, *weak], found.packed)

    def _fetch(self, key: str) -> _Object | None:
        kept = self._objects.get(key)
        try:
            got = self._aws.s3.get_object(Bucket=self._bucket, Key=key, IfNoneMatch=kept.etag if kept else '""')
        except ClientError as failed:
            code = failed.response["Error"]["Code"]
            if code in {"304", "NotModified"}:
                return kept
            if code in {"404", "NoSuchKey"}:
                return None
            raise
        body, kind, encoding = got["Body"].read(), got["ContentType"], got.get("ContentEncoding", "")
        compresses = not encoding and _compresses(kind, body)  # what came packed is passed on as it is
        packed = gzip.compress(body, 6, mtime=0) if compresses else b""
        headers = [("Content-Type", kind), ("Cache-Control", got.get("CacheControl", "no-cache"))]
        headers += [("Content-Encoding", encoding)] if encoding else []
        found = _Object(got["ETag"], body, packed, tuple(headers))
        if len(self._objects) < _KEPT_OBJECTS:
            self._objects[key] = found
        return found


def with_slash(target: str) -> str | None:
    """Where a folder's name without its slash is sent to; None for what is no plain name of a folder.

    A browser reads `//` and its like as the beginning of another host's address. The distribution decides by the same
    pattern.
    """
    path, _, query = target.partition("?")
    if _FOLDER.fullmatch(path) is None:
        return None
    return f"{path}/?{query}" if query else f"{path}/"


def missing_page(path: str) -> str:
    """The page that is given when nothing is there: of the address's language, and of what is announced.

    The distribution decides by the same pattern.
    """
    part = _PART.match(path)
    return f"{part[0] if part else '/'}404.html"


def security_headers(cdn: Template, meaning: Mapping[str, str]) -> Headers:
    """The headers that the distribution's response headers policy adds, read from its template."""
    policy = cdn["Resources"]["SecurityHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    config = resolve(policy, Names(meaning, {}))
    security = config["SecurityHeadersConfig"]
    transport = security["StrictTransportSecurity"]
    own = [(item["Header"], item["Value"]) for item in config["CustomHeadersConfig"]["Items"]]
    return [
        ("Strict-Transport-Security", f"max-age={transport['AccessControlMaxAgeSec']}; includeSubDomains"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", security["FrameOptions"]["FrameOption"]),
        ("Referrer-Policy", security["ReferrerPolicy"]["ReferrerPolicy"]),
        ("Content-Security-Policy", security["ContentSecurityPolicy"]["ContentSecurityPolicy"]),
        *own,
    ]


def yielding(cdn: Template) -> frozenset[str]:
    """Those of the headers that stay as the origin says them, in small letters."""
    config = cdn["Resources"]["SecurityHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    return frozenset() if config["ContentSecurityPolicy"]["Override"] else frozenset({"content-security-policy"})


def _compresses(kind: str, body: bytes) -> bool:
    return len(body) in _COMPRESSED and _COMPRESSIBLE.match(kind) is not None


def _takes_gzip(header: str) -> bool:
    """Whether an Accept-Encoding takes gzip (RFC 9110, 12.5.3): named and not weighed nothing, or else by `*`."""
    weights = {}
    for choice in header.lower().split(","):
        coding, _, weight = choice.partition(";")
        weights[coding.strip()] = re.fullmatch(r"q=0(\.0{1,3})?", weight.strip()) is None
    return weights.get("gzip", weights.get("*", False))


def _etags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}
