"""Chromium on the built site, with the APIs answered by the test: what only a browser can show of the scripts.

Whoever serves the site answers for the APIs too. Were Playwright to stand between, every request of a page would go
through it and nothing would be kept: a quarter more work for each page.
"""

import functools
import json
import secrets
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import altcha
from playwright.sync_api import Page, expect

from web.kit.render import CSP

Answer = tuple[int, object]
Headed = tuple[int, object, dict[str, str]]
"""An answer with headers of its own."""

SECRET = "tests"
ME = {
    "role": "honorer", "id": "p1", "v": 3, "nomor_registrasi": "ABCDE12345", "nama": "Rina Contoh",
    "kategori": "NON-ASN", "institution": {"code": "9901", "name": "Contoh"}, "state": "AKUN_DIBUAT", "active": None,
    "steps": {"account": True, "active": False, "biodata": False, "histories": False, "submitted": False},
    "round": {
        "phase": "PENGINPUTAN", "stage": "OPEN", "dossier_opens": "2022-08-24T00:00:00+07:00",
        "dossier_closes": "2022-10-22T17:00:00+07:00", "verification_closes": "2022-10-31T17:00:00+07:00",
        "last_close": "2022-10-31T17:00:00+07:00", "reopened": False,
    },
    "outcome": "YOURS", "deletion_reason": None, "active_at": None,
    "progress": [], "decisions": [], "advice": None, "files": [], "assurance": "BELUM_DIPASTIKAN", "road": [],
}  # fmt: skip


_ASKS = "X-Test-Answers"
"""The header by which a request says whose answers it wants."""

_PATIENCE_SECONDS = 10.0
_NO_HTTP = b"\0" * 16
"""What breaks a connection for good; one that merely ends may be tried again by the browser."""


@dataclass(frozen=True)
class Request:
    """A request as it arrived, with the lower-case names of its headers."""

    method: str
    url: str
    headers: Mapping[str, str]
    post_data: str | None


class _Files(SimpleHTTPRequestHandler):
    """The site under its own content policy, on connections that stay: a page is some thirty files."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        if not self._ask_apis():
            super().do_GET()

    def do_POST(self) -> None:
        if not self._ask_apis():
            self.send_error(HTTPStatus.NOT_IMPLEMENTED)

    do_PUT = do_PATCH = do_DELETE = do_POST  # noqa: N815 - as http.server looks for them

    def _ask_apis(self) -> bool:
        """Whether it was one for the APIs of a test, which have answered."""
        apis = _listening.get(self.headers.get(_ASKS, ""))
        if apis is None or not self.path.startswith("/api/"):
            return False
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode() if length else None
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = apis.answer(Request(self.command, f"http://{self.headers['Host']}{self.path}", headers, body))
        if answer == (0, None):
            self.close_connection = True
            self.wfile.write(_NO_HTTP)
            return True
        status, value, *more = answer
        words = value if isinstance(value, bytes) else b"" if value is None else json.dumps(value).encode()
        self.send_response(status)
        sent = {"Content-Type": "application/json", "Cache-Control": "no-store", "Content-Length": str(len(words))}
        for name, said in (sent | (more[0] if more else {})).items():
            self.send_header(name, said)
        self.end_headers()
        self.wfile.write(words)
        return True

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CSP)
        if "/pengumuman/" in self.path:  # each test publishes lists of its own, and pages are shared
            self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet: a test's output is its own."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder at an address of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Files, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Apis:
    """Answers by "METHOD path" below /api/; a callable sees the request. Remembers what was asked."""

    page: Page
    answers: dict[str, Answer | Headed | Callable[[Request], Answer | Headed]] = field(default_factory=dict)
    asked: list[tuple[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    """The idempotency keys of whatever was not read."""

    faults: list[str] = field(default_factory=list)
    """What went wrong in an answer."""

    def __post_init__(self) -> None:
        """Answer whatever this page asks."""
        name = secrets.token_hex(8)
        _listening[name] = self
        self.page.set_extra_http_headers({_ASKS: name})

    def bodies(self, route: str) -> list[Any]:
        """The bodies that were sent to a route."""
        return [body for name, body in self.asked if name == route]

    def sent(self, route: str, count: int = 1) -> list[Any]:
        """The bodies, once there are so many: a click is done before its request is heard."""
        until = time.monotonic() + _PATIENCE_SECONDS
        while len(self.bodies(route)) < count and time.monotonic() < until:
            self.page.wait_for_timeout(20)
        return self.bodies(route)

    def answer(self, request: Request) -> Answer | Headed:
        """What there is to a request; (0, None) where the connection breaks."""
        name = f"{request.method} {request.url.partition('/api/')[2].partition('?')[0]}"
        self.asked.append((name, json.loads(request.post_data) if request.post_data else None))
        if request.method != "GET":
            self.keys.append(request.headers.get("idempotency-key"))
        answer = self.answers.get(name, (404, problem("not-found", 404)))
        try:
            return answer(request) if callable(answer) else answer
        except Exception:  # noqa: BLE001 - the test is to hear of it, whatever it is
            self.faults.append(f"{name}: {traceback.format_exc()}")
            return 500, problem("internal", 500)


_listening: WeakValueDictionary[str, Apis] = WeakValueDictionary()
"""Who answers as long as its test runs, by what a page says in its requests."""


def problem(code: str, status: int, **extra: object) -> dict[str, object]:
    """A problem as the services give it."""
    return {"type": code, "title": f"Judul {code}", "detail": f"Rincian {code}.", "status": status,
            "request_id": "r-1", **extra}  # fmt: skip


def challenge(_: Request) -> Answer:
    """A proof of work that takes no time."""
    made = altcha.create_challenge("PBKDF2/SHA-256", 1000, counter=20, key_length=32, hmac_secret=SECRET)
    return 200, made.to_dict()


def calendar(_: Request) -> Answer:
    """A server whose clock stands in 2022, 90 minutes before the close."""
    return calendar_at(datetime(2022, 10, 22, 8, 30, tzinfo=UTC))


def calendar_at(now: datetime) -> Answer:
    """The schedule of accounts and dossiers as it stands at an instant."""
    opens, closes = "2022-08-24T00:00:00+07:00", "2022-10-22T17:00:00+07:00"
    window = {"name": "DOSSIER", "opens": opens, "closes": closes, "open": now < datetime.fromisoformat(closes)}
    return 200, {"now": now.isoformat(), "zone": "WIB", "windows": [window]}


def hear_the_clock(page: Page) -> None:
    """Wait until the page counts by the server's clock; whatever it writes earlier is by the machine's."""
    expect(page.locator(".calendar__left:not(:empty)").first).to_be_visible()
