"""HTTP/1.1 as far as a client of DynamoDB and the emulator speak it: one request after the other on a connection."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Mapping
from dataclasses import dataclass

BAD_REQUEST = "400 Bad Request"
_HOP = frozenset({"connection", "content-length", "expect", "keep-alive", "transfer-encoding"})
"""Headers that are about one connection only."""


@dataclass(frozen=True)
class Message:
    """A request or an answer: its first line without the version, its headers in lower case, its body."""

    start: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        """Whether this answer says that it was done."""
        return self.start.startswith("200")


async def read_request(reader: StreamReader) -> Message | None:
    """The next request of a connection, or None when there is none any more."""
    head = await _head(reader)
    if head is None:
        return None
    first, headers = head
    return Message(first.rpartition(" ")[0], headers, await _body(reader, headers))


async def ask(reader: StreamReader, writer: StreamWriter, request: Message) -> Message:
    """Pass a request on and read the answer.

    Raises:
        ConnectionError: the other side went away.
    """
    await _send(writer, f"{request.start} HTTP/1.1", request)
    head = await _head(reader)
    if head is None:
        raise ConnectionError
    first, headers = head
    return Message(first.partition(" ")[2], headers, await _body(reader, headers))


async def answer(writer: StreamWriter, message: Message) -> None:
    """Send an answer."""
    await _send(writer, f"HTTP/1.1 {message.start}", message)


async def _send(writer: StreamWriter, first: str, message: Message) -> None:
    kept = {name: value for name, value in message.headers.items() if name not in _HOP}
    lines = [first, *(f"{name}: {value}" for name, value in kept.items()), f"content-length: {len(message.body)}"]
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + message.body)
    await writer.drain()


async def _head(reader: StreamReader) -> tuple[str, dict[str, str]] | None:
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    first, *rest = raw.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    fields = (line.partition(":") for line in rest)
    return first, {name.strip().lower(): value.strip() for name, _, value in fields}


async def _body(reader: StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    whole = b""
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        whole += (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")
    return whole
