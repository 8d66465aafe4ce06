"""What a handler answers when it is more than a body with 200."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from services.kernel.plain_page import PlainPage


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
class Reply:
    """An answer that is more than a body with 200; a page is text/html, for readers without JavaScript."""

    body: BaseModel | Mapping[str, Any] | PlainPage | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Sequence[Cookie] = ()


def see_other(url: str) -> Reply:
    """303 See Other: the browser fetches the file, or the next page, from there."""
    return Reply(status=303, headers={"Location": url})
