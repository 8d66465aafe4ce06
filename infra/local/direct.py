"""Calls of DynamoDB, its streams, SQS and KMS, without what the emulator does not look at.

What botocore writes and reads is as ever; between, it would sign each request, find out its address anew, and hand it
through two more libraries, six sevenths of what a call costs. Nothing is tried again: the emulator throttles nobody.
"""

import atexit
import socket
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import boto3
from botocore.awsrequest import AWSResponse, HeadersDict
from botocore.client import BaseClient
from botocore.exceptions import ConnectionClosedError, EndpointConnectionError
from botocore.model import OperationModel

_SERVICES: Final = ("dynamodb", "dynamodb-streams", "sqs", "kms")
_SECONDS: Final = 60
_CHUNK: Final = 64 * 1024


def install(session: boto3.Session) -> None:
    """Let the clients that this session makes from now on call so."""
    for service in _SERVICES:
        session.events.register(f"creating-client-class.{service}", _put_in)


def _put_in(class_attributes: dict[str, Any], **_: object) -> None:
    class_attributes["_make_request"] = _make_request
    class_attributes["_resolve_endpoint_ruleset"] = _resolve_endpoint_ruleset


def _resolve_endpoint_ruleset(
    client: BaseClient, *_: object, **__: object
) -> tuple[str, dict[str, str], dict[str, str]]:
    """Where the emulator is, instead of AWS's rules on it."""
    return client.meta.endpoint_url, {}, {}


def _make_request(
    client: BaseClient, operation: OperationModel, request: dict[str, Any], _context: object
) -> tuple[AWSResponse, Any]:
    body = request["body"] if isinstance(request["body"], bytes) else request["body"].encode()
    status, headers, content = _lines.ask(client.meta.endpoint_url, request["headers"], body)
    endpoint: Any = client._endpoint  # type: ignore[attr-defined] # noqa: SLF001 - what reads an answer is kept there
    parser = endpoint._response_parser_factory.create_parser(operation.service_model.resolved_protocol)  # noqa: SLF001
    answer = {"status_code": status, "headers": headers, "body": content, "context": {}}
    parsed = parser.parse(answer, operation.output_shape)
    if status >= 300:
        endpoint._add_modeled_error_fields(answer, parsed, operation, parser)  # noqa: SLF001
    parsed["ResponseMetadata"]["RetryAttempts"] = 0
    response: Any = AWSResponse
    return response(request["url"], status, headers, _Content(content)), parsed


class _Content:
    """A body that was read already."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> Iterator[bytes]:
        yield self._content


def let_go(address: str) -> None:
    """Close what is open to an emulator that ends."""
    _lines.close(address)


class _Lines:
    """Connections that nobody uses at the moment, by address."""

    def __init__(self) -> None:
        self._idle: defaultdict[str, list[socket.socket]] = defaultdict(list)
        self._lock = threading.Lock()

    def ask(self, address: str, headers: Mapping[str, str | bytes], body: bytes) -> tuple[int, HeadersDict, bytes]:
        """Post and wait for the answer.

        Raises:
            EndpointConnectionError, ConnectionClosedError: nobody is there, or not any more.
        """
        to = urlsplit(address)
        fields = "".join(f"{name}: {_text(value)}\r\n" for name, value in headers.items())
        head = f"POST / HTTP/1.1\r\nHost: {to.netloc}\r\nContent-Length: {len(body)}\r\n{fields}\r\n"
        line = self._take(address, str(to.hostname), to.port or 80)
        try:
            line.sendall(head.encode() + body)
            answer = _read(line)
        except OSError as gone:
            line.close()
            raise ConnectionClosedError(endpoint_url=address, error=gone) from gone
        with self._lock:
            self._idle[address].append(line)
        return answer

    def close(self, address: str) -> None:
        """Close those that nobody uses."""
        with self._lock:
            for line in self._idle.pop(address, []):
                line.close()

    def end(self) -> None:
        """Close them all."""
        for address in list(self._idle):
            self.close(address)

    def _take(self, address: str, host: str, port: int) -> socket.socket:
        with self._lock:
            if self._idle[address]:
                return self._idle[address].pop()
        try:
            line = socket.create_connection((host, port), _SECONDS)
        except OSError as nobody:
            raise EndpointConnectionError(endpoint_url=address, error=nobody) from nobody
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line


_lines: Final = _Lines()
atexit.register(_lines.end)


def _read(line: socket.socket) -> tuple[int, HeadersDict, bytes]:
    got = bytearray()
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += _more(line)
    first, *fields = bytes(got[:end]).decode("latin-1").split("\r\n")
    named = (field.partition(":") for field in fields)
    headers = HeadersDict({name: value.strip() for name, _, value in named})
    body = got[end + 4 :]
    while len(body) < int(headers["Content-Length"]):
        body += _more(line)
    return int(first.split(" ", 2)[1]), headers, bytes(body)


def _more(line: socket.socket) -> bytes:
    got = line.recv(_CHUNK)
    if not got:
        raise ConnectionResetError("the emulator has ended")
    return got


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
