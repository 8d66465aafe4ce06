"""The emulator behind a plain HTTP/1.1 server: a call spends its time on what was asked for, not on being handed about.

ministack's own server takes a request through two libraries and its dispatcher, four times as long as the tables take
to answer it. Here a call that names its operation in a header (DynamoDB, its streams, SQS, KMS, the bus), which nearly
all are, goes to the service at once; everything else through ministack's ASGI application as it is.
"""

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote

from ministack import app as ministack
from ministack.core import responses
from ministack.services import sqs

from infra.local import polls

Answer = tuple[int, Mapping[str, str], bytes | str]
Service = Callable[[str, str, dict[str, str], bytes, dict[str, Any]], Awaitable[Answer]]

_BY_TARGET: Final = {
    b"DynamoDB_20120810": "dynamodb",
    b"DynamoDBStreams_20120810": "dynamodb_streams",
    b"AmazonSQS": "sqs",
    b"TrentService": "kms",
    b"AWSEvents": "eventbridge",
}
"""The service by the first part of `X-Amz-Target`, as ministack's router has it."""
_LOOK_SECONDS: Final = 0.05
_PHRASES: Final = {status.value: status.phrase for status in HTTPStatus}


class _Request:
    """One request, its headers in small letters."""

    def __init__(self, head: bytes, body: bytes) -> None:
        line, *fields = head.split(b"\r\n")
        self.method, self.target, _ = line.split(b" ", 2)
        pairs = (field.partition(b":") for field in fields)
        self.headers = [(name.lower(), value.strip()) for name, _, value in pairs]
        self.body = body

    def header(self, name: bytes) -> bytes:
        """The last of this name; empty when there is none."""
        return next((value for each, value in reversed(self.headers) if each == name), b"")


class _Connection(asyncio.Protocol):
    """One client's connection: its requests are answered one after the other."""

    def __init__(self, port: int, polls: "_LongPolls") -> None:
        self._port, self._polls = port, polls
        self._unread = bytearray()
        self._head: bytes | None = None
        self._length = 0
        self._answering: asyncio.Task[None] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what a server is given
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the base class's name
        self._transport = None
        if self._answering is not None:  # nobody hears what a long poll would take
            self._answering.cancel()

    def data_received(self, data: bytes) -> None:
        self._unread += data
        self._go_on()

    def _go_on(self) -> None:
        """Answer the next request once it is whole."""
        if self._answering is not None or self._transport is None:
            return
        if self._head is None and not self._take_head(self._transport):
            return
        if len(self._unread) < self._length or self._head is None:
            return
        request = _Request(self._head, bytes(self._unread[: self._length]))
        del self._unread[: self._length]
        self._head = None
        self._answering = asyncio.get_running_loop().create_task(self._answer(request, self._transport))

    def _take_head(self, transport: asyncio.Transport) -> bool:
        end = self._unread.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(self._unread[:end])
        del self._unread[: end + 4]
        small = head.lower()
        if b"\r\ntransfer-encoding:" in small:  # none of our clients sends a body without its length
            transport.write(b"HTTP/1.1 411 Length Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            transport.close()
            return False
        _, found, rest = small.partition(b"\r\ncontent-length:")
        self._head, self._length = head, int(rest.partition(b"\r\n")[0]) if found else 0
        if b"\r\nexpect: 100-continue" in small and len(self._unread) < self._length:
            transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return True

    async def _answer(self, request: _Request, transport: asyncio.Transport) -> None:
        try:
            said = await self._said(request)
        except Exception:  # noqa: BLE001 - a request that fails must not end the connection's others
            ministack.logger.exception("request failed")
            said = _response(500, [(b"content-type", b"text/plain")], b"the emulator failed")
        self._answering = None
        if self._transport is not None:
            transport.write(said)
            if request.header(b"connection").lower() == b"close":
                transport.close()
            self._go_on()

    async def _said(self, request: _Request) -> bytes:
        if request.target == polls.PATH.encode():
            return self._polls.end_all()
        service = _BY_TARGET.get(request.header(b"x-amz-target").partition(b".")[0])
        return await (_call(service, request) if service else _ask(request, self._port))


async def _call(service: str, request: _Request) -> bytes:
    """Hand a call to the service that its target names."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in request.headers}
    responses.set_request_account_id("")
    responses.set_request_region(None)
    answer: Service = ministack._get_module(service).handle_request  # noqa: SLF001 - as its dispatcher does
    status, given, body = await answer("POST", "/", headers, request.body, {})
    fields = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in given.items()]
    return _response(status, fields, body if isinstance(body, bytes) else body.encode())


async def _ask(request: _Request, port: int) -> bytes:
    """Hand a request to ministack's ASGI application, and take its answer whole."""
    path, _, query = request.target.partition(b"?")
    scope = {
        "type": "http",
        "method": request.method.decode(),
        "path": unquote(path.decode("ascii")),
        "raw_path": path,
        "query_string": query,
        "headers": request.headers,
        "scheme": "http",
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", port),
    }
    started: dict[str, Any] = {}
    parts: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": request.body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            started.update(message)
        else:
            parts.append(message.get("body", b""))

    await ministack.app(scope, receive, send)
    return _response(started["status"], started["headers"], b"".join(parts), head=request.method == b"HEAD")


def _response(status: int, headers: list[tuple[bytes, bytes]], body: bytes, *, head: bool = False) -> bytes:
    """As it goes over the wire; what answers HEAD has said its length itself."""
    lines = [b"HTTP/1.1 %d %s" % (status, _PHRASES.get(status, "").encode())]
    named = [(name, value) for name, value in headers if head or name.lower() != b"content-length"]
    lines += [name + b": " + value for name, value in named]
    if not head and status not in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + (b"" if head else body)


class _LongPolls:
    """Who waits for a message of an empty queue: all are looked after together, where ministack looks for each alone.

    Of its two dozen readers each would look ten times a second, for more than all else an idle portal does.
    """

    def __init__(self) -> None:
        self._waiting: dict[asyncio.Future[bool], Mapping[str, Any]] = {}
        self._receive = sqs._HANDLERS["ReceiveMessage"]  # noqa: SLF001 - no other way in
        sqs._HANDLERS["ReceiveMessage"] = self.receive  # noqa: SLF001
        self._watch = asyncio.create_task(self._look())

    async def receive(self, data: Mapping[str, Any], url: str) -> dict[str, Any]:
        """ReceiveMessage, the queue's own waiting time too; while there is nothing in it, it waits here."""
        queue = sqs._get_q(data.get("QueueUrl", url))  # noqa: SLF001
        began = time.monotonic()
        wanted = int(data.get("WaitTimeSeconds", queue["attributes"].get("ReceiveMessageWaitTimeSeconds", "0")))
        if wanted > 0 and not queue["messages"]:
            come = asyncio.get_running_loop().create_future()
            self._waiting[come] = queue
            try:
                await asyncio.wait({come}, timeout=wanted)
            finally:
                del self._waiting[come]
            if come.done() and not come.result():
                return {}
        left = max(0, wanted - round(time.monotonic() - began))
        given: dict[str, Any] = await self._receive({**data, "WaitTimeSeconds": left}, url)
        return given

    def end_all(self) -> bytes:
        """Let all who wait have their answer now."""
        for come in [come for come in self._waiting if not come.done()]:
            come.set_result(False)
        return _response(HTTPStatus.NO_CONTENT, [], b"")

    def end(self) -> None:
        """Look no more."""
        self._watch.cancel()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            for come in [come for come, queue in self._waiting.items() if queue["messages"] and not come.done()]:
                come.set_result(True)


class _Lifespan:
    """ministack's own beginning and end: it reads its state, and writes it."""

    def __init__(self) -> None:
        self._said: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._told: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._task = asyncio.create_task(ministack.app({"type": "lifespan"}, self._said.get, self._told.put))

    async def pass_on(self, event: str) -> None:
        """Tell it, and wait until it is done.

        Raises:
            Exception: whatever it failed with.
        """
        await self._said.put({"type": f"lifespan.{event}"})
        told = asyncio.create_task(self._told.get())
        await asyncio.wait({told, self._task}, return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        if self._task.done():
            self._task.result()


async def _serve(host: str, port: int) -> None:
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ending.set)
    lifespan = _Lifespan()
    await lifespan.pass_on("startup")
    waiting = _LongPolls()
    server = await loop.create_server(lambda: _Connection(port, waiting), host, port, backlog=512)
    await ending.wait()
    server.close()
    waiting.end()
    await lifespan.pass_on("shutdown")


def serve(host: str, port: int) -> None:
    """Answer until SIGTERM; its state is saved then."""
    with suppress(asyncio.CancelledError):
        asyncio.run(_serve(host, port))
