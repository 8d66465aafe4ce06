"""What a handler answers when it is more than a body.

A handler says what it answers in its return annotation, from which the OpenAPI description is made: a pydantic model, a
page or a picture stands for itself under the route's status, `Reply[…]` adds cookies to one, `Accepted[…]` and
`Redirect` have statuses of their own; `A | B` is either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Generic, TypeVar

Body = TypeVar("Body")


@dataclass(frozen=True)
class Cookie:
    """A cookie to set; `seconds` of 0 deletes it. Always HttpOnly, Secure and SameSite=Strict, and never with a Domain.

    Its name begins with `__Host-`, so that a browser takes it from no neighbour under the same domain, or with
    `__Secure-` where it has a path of its own, which the other prefix forbids (RFC 6265bis, section 4.1.3).
    """

    name: str
    value: str
    seconds: int
    path: str = "/"

    def header(self) -> str:
        """The Set-Cookie header (RFC 6265, section 4.1)."""
        return f"{self.name}={self.value}; Path={self.path}; Max-Age={self.seconds}; HttpOnly; Secure; SameSite=Strict"


@dataclass(frozen=True)
class Reply(Generic[Body]):
    """A body (a model, a page, a picture or None) with headers and cookies, under the route's status."""

    STATUS: ClassVar[int | None] = None
    """The status of its own; None: the route's, or 204 without a body."""

    body: Body
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Sequence[Cookie] = ()


class Accepted(Reply[Body]):
    """202 Accepted: it is noted, and happens later."""

    STATUS = 202


class Redirect(Reply[None]):
    """303 See Other."""

    STATUS = 303


@dataclass(frozen=True)
class Picture:
    """A JPEG as a body. Opened by itself it may do nothing at all: it stands in a sandbox of its own (CSP 3, 6.3)."""

    content: bytes = field(repr=False)
    MEDIA_TYPE: ClassVar[str] = "image/jpeg"
    HEADERS: ClassVar[Mapping[str, str]] = {
        "Content-Type": MEDIA_TYPE,
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def see_other(url: str) -> Redirect:
    """The browser fetches the file, or the next page, from there."""
    return Redirect(None, {"Location": url})
