"""A small service with every kind of trigger, and the local cloud around it."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from infra.local.__main__ import prepare
from infra.local.cloud import LocalCloud
from infra.local.settings import LocalSettings
from infra.services import ROOT, Service

ECHO = ROOT / "tests" / "infra" / "echo"


@dataclass(frozen=True)
class Reply:
    """One HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Echo:
    """The running fixture."""

    cloud: LocalCloud
    logs: Path

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """Send a request; names of headers are written with underscores."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.cloud.base_url + path, data=body, method=method, headers=given)  # noqa: S310
        try:
            with _OPENER.open(request, timeout=30) as got:
                return Reply(got.status, dict(got.headers), got.read(), tuple(got.headers.get_all("Set-Cookie") or ()))
        except urllib.error.HTTPError as refused:
            with refused:
                return Reply(refused.code, dict(refused.headers), refused.read())

    def seen(self) -> list[list[Any]]:
        """What reached the functions: [kind#name, times, order, instant]."""
        seen: list[list[Any]] = self.send("GET", "/api/echo/seen").json
        return seen

    def times(self, name: str) -> int:
        """How often this reached a function."""
        return next((entry[1] for entry in self.seen() if entry[0] == name), 0)

    def order(self, prefix: str) -> list[str]:
        """Names of this kind in the order they came."""
        return [entry[0].removeprefix(prefix) for entry in self.seen() if entry[0].startswith(prefix)]

    def wait(self, holds: Callable[[], bool], seconds: float = 20) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, self.seen()
            time.sleep(0.05)

    def settle(self, seconds: float = 30) -> None:
        """Wait until nothing is outstanding."""
        self.wait(lambda: bool(self.send("GET", "/_local/idle").json["idle"]), seconds)

    def letters(self) -> list[str]:
        """Bodies of the dead letters."""
        return [item["body"] for item in self.send("GET", "/_local/dead-letters").json["items"]]


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirects)


def echo_settings(folder: Path) -> LocalSettings:
    """The fixture's service and a site of three pages, all below one folder."""
    site = folder / "site"
    pages = {"index.html": "<h1>Beranda</h1>" * 200, "404.html": "<h1>Tidak ada</h1>", "akun/index.html": "akun"}
    pages |= {"en/404.html": "None", "pengumuman/404.html": "Belum", "en/pengumuman/404.html": "Not yet"}
    for name, text in pages.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
    service = Service("echo", ECHO, ECHO / "infra", ("services/kernel",), folder / "build")
    return LocalSettings(port=0, state=folder / "state", services=(service,), site=site)


def start(settings: LocalSettings) -> Echo:
    """Build and start; the caller stops it."""
    prepare(settings)
    cloud = LocalCloud(settings)
    try:
        cloud.start()
        cloud.keep()
    except BaseException:
        cloud.stop()
        raise
    return Echo(cloud, settings.state / "logs")


@pytest.fixture(scope="package")
def echo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Echo]:
    """The fixture service on the local cloud."""
    started = start(echo_settings(tmp_path_factory.mktemp("echo")))
    yield started
    started.cloud.stop()
