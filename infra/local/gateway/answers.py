"""What the parts of the gateway hand to the server."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import parse_qsl, unquote, urlsplit

Headers = Sequence[tuple[str, str]]


class Body:
    """The body of one request on the wire: never reads into the next one."""

    def __init__(self, wire: BinaryIO, length: int) -> None:
        """`length`: bytes announced."""
        self._wire = wire
        self.left = length

    def read(self, size: int) -> bytes:
        """At most `size` bytes; empty at the end."""
        chunk = self._wire.read(min(size, self.left))
        self.left -= len(chunk) if chunk else self.left
        return chunk


@dataclass(frozen=True)
class Request:
    """One request as it came in; the body is still on the wire."""

    method: str
    target: str
    """Path and query as sent."""
    headers: Mapping[str, str]
    """By name in lower case; a repeated header keeps its last value."""
    length: int
    """Of the body, in bytes."""
    body: Body
    address: str
    """Of the caller."""
    header_list: Headers = ()
    """As sent: order, case and repetitions."""

    @property
    def path(self) -> str:
        """Decoded path without the query."""
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> list[tuple[str, str]]:
        """Decoded parameters, in order."""
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)

    def read(self) -> bytes:
        """The whole body; ask `length` first."""
        return self.body.read(self.length)


@dataclass(frozen=True)
class Answer:
    """One response."""

    status: int
    headers: Headers = ()
    body: bytes = b""
    close: bool = field(default=False)
    """The body of the request was not read: the connection cannot be used again."""


def json_answer(status: int, value: object) -> Answer:
    """A response in JSON that nobody may keep."""
    headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
    return Answer(status, headers, json.dumps(value, ensure_ascii=False).encode())
