"""One HTTP server for everything: site, APIs, buckets, and the local pages under /_local/."""

import http
import sys
import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import BinaryIO, cast

from botocore.exceptions import BotoCoreError, ClientError

from infra.local.gateway.answers import Answer, Body, Headers, Request, json_answer
from infra.local.gateway.refusals import LONGEST_TARGET, refusal

Front = Callable[[Request], Answer]
_DISCARD = 128 * 1024 * 1024  # bytes of an unread body taken off the wire, so that the client reads our answer
_CHUNK = 64 * 1024


class Gateway:
    """Listens on 127.0.0.1 and passes each request to the front its first path segment names."""

    def __init__(self, port: int, fronts: Mapping[str, Front]) -> None:
        """Bind at once: `OSError` when the port is taken. 0 chooses a free one.

        `fronts` is by leading path segments (one or two); the rest goes to the front named "site".
        """
        self._fronts = fronts
        gateway = self

        class Handler(_Handler):
            def front(self, path: str) -> Front:
                return gateway.front(path)

        self._server = _Server(("127.0.0.1", port), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def front(self, path: str) -> Front:
        """Who answers this path."""
        segments = path.lstrip("/").split("?")[0].split("/")
        for depth in (2, 1):
            found = self._fronts.get("/".join(segments[:depth]))
            if found is not None:
                return found
        return self._fronts["site"]

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Take no more requests, finish those under way."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.1"  # in which a request is refused whose version cannot be read
    server_version = "gateway"
    sys_version = ""
    timeout = 60
    # Headers and body leave together and at once: in two small writes the second waits for the other side's delayed
    # acknowledgement of the first (RFC 896, RFC 1122 section 4.2.3.2), 40 ms on every request.
    wbufsize = -1
    disable_nagle_algorithm = True

    def front(self, path: str) -> Front:
        raise NotImplementedError

    def handle_one(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower() or not length.isdigit():
            self._send(refusal(http.HTTPStatus.LENGTH_REQUIRED))
            return
        if len(self.path) > LONGEST_TARGET:
            self._send(refusal(http.HTTPStatus.REQUEST_URI_TOO_LONG))
            return
        request = self._request(int(length))
        answer = self.front(self.path)(request)
        _discard(request.body)
        self.close_connection = self.close_connection or request.body.left > 0
        self._send(answer)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = handle_one  # noqa: N815

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Say in our own words what Python's server refuses before it asks us."""
        self._send(refusal(code))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Nothing: requests carry personal data in no log."""

    def _request(self, length: int) -> Request:
        return Request(
            method=self.command,
            target=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            length=length,
            body=Body(cast("BinaryIO", self.rfile), length),
            address=str(self.client_address[0]),
            header_list=tuple(self.headers.items()),
        )

    def _send(self, answer: Answer) -> None:
        self.close_connection = self.close_connection or answer.close
        try:
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            if answer.status != http.HTTPStatus.NOT_MODIFIED:
                self.send_header("Content-Length", str(len(answer.body)))
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


def guarded(front: Front) -> Front:
    """The front, its own failures turned into a 500 and a line on the terminal instead of a dead connection."""

    def answer(request: Request) -> Answer:
        try:
            return front(request)
        except (OSError, ValueError, KeyError, RuntimeError, BotoCoreError, ClientError) as failed:
            print(f"! gateway: {type(failed).__name__}", file=sys.stderr, flush=True)
            return replace(json_answer(500, {"message": "gateway"}), close=True)

    return answer


def adding(front: Front, headers: Headers, yielding: Collection[str] = ()) -> Front:
    """The front, these headers put in place of its own of the same name, as the distribution does.

    Of those in `yielding` (names in small letters) the front's own stays.
    """
    names = {name.lower() for name, _ in headers}.difference(yielding)

    def answer(request: Request) -> Answer:
        given = front(request)
        kept = [(name, value) for name, value in given.headers if name.lower() not in names]
        said = {name.lower() for name, _ in kept}
        return replace(given, headers=[*kept, *(each for each in headers if each[0].lower() not in said)])

    return answer


def _discard(body: Body) -> None:
    """Take what nobody read off the wire, so that the client comes to read our answer; not without end."""
    end = body.left - _DISCARD
    while body.left > max(0, end):
        body.read(_CHUNK)
