"""A folder's name without its slash is sent to the one with it, and nobody is ever sent to another host.

The distribution's own function runs in Node, and a browser's reading of an address is Node's `URL`; the local gateway
answers the same table.
"""

import itertools
import json
import subprocess
from collections.abc import Callable, Sequence

import pytest

from infra.houses import ROOT
from infra.local.gateway.site import with_slash
from infra.templates import load_template
from tests.infra.conftest import Echo
from web.packages import program

Sends = Callable[[Sequence[str]], list[str | None]]
HOST = "https://portal.example"

SENT_ON = [
    "/akun",
    "/en/akun",
    "/pengumuman/9901",
    "/pengumuman/9901/2",
    "/a.b/akun",
    "/.well-known/x_y-z~",
]
KEPT = ["/", "/akun/", "/aset/situs.css", "/robots.txt", "/en/akun/", "/akun%20baru", "/akun;x", "/akun@x", "/a:b"]

_LEADS = ["/", "\\", "%2f", "%2F", "%5c", "%09", "\t", ".", "..", ";", "@", "/.", "/.."]
_HOSTS = ["evil.example", "evil%2eexample", "evil", "evil:80", "user@evil.example", "[::1]", "https:evil.example"]
_TAILS = ["", "/masuk", "/masuk/", "/", "\\masuk", "/masuk.html", "/../x"]
HOSTILE = [
    "/" + "".join(lead) + host + tail
    for length in (1, 2)
    for lead in itertools.product(_LEADS, repeat=length)
    for host in _HOSTS
    for tail in _TAILS
]

_RUN = """
const { code, paths } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const handler = new Function(`${code}; return handler;`)();
const answers = paths.map((uri) => handler({ request: { uri, querystring: { kode: { value: "1" } } } }));
console.log(JSON.stringify(answers.map((answer) => answer.headers?.location.value ?? null)));
"""
_HOST_OF = """
const { base, locations } = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(locations.map((location) => new URL(location, base).origin)));
"""


def node(script: str, given: object) -> list[str | None]:
    """What a script prints of what it is given."""
    done = subprocess.run(
        [program("node"), "-e", script], input=json.dumps(given), capture_output=True, text=True, check=True, timeout=60
    )
    answer: list[str | None] = json.loads(done.stdout)
    return answer


def distribution(paths: Sequence[str]) -> list[str | None]:
    """Where the distribution sends each path on to, with the query `kode=1`; None: it goes to the bucket."""
    function = load_template(ROOT / "infra" / "cdn.yaml")["Resources"]["IndexDocuments"]["Properties"]["FunctionCode"]
    return node(_RUN, {"code": function, "paths": list(paths)})


def gateway(paths: Sequence[str]) -> list[str | None]:
    """The same of the local gateway."""
    return [with_slash(f"{path}?kode=1") for path in paths]


@pytest.mark.parametrize("sends", [distribution, gateway])
def test_a_folders_plain_name_is_sent_on_and_nothing_else(sends: Sends) -> None:
    assert sends(SENT_ON) == [f"{path}/?kode=1" for path in SENT_ON]
    assert sends(KEPT) == [None] * len(KEPT)


@pytest.mark.parametrize("sends", [distribution, gateway])
def test_no_path_leads_to_another_host(sends: Sends) -> None:
    locations = [location for location in sends(HOSTILE) if location is not None]
    assert locations, "some of them are plain names below dots"
    assert set(node(_HOST_OF, {"base": f"{HOST}/", "locations": locations})) == {HOST}


def test_both_decide_alike() -> None:
    paths = [*SENT_ON, *KEPT, *HOSTILE]
    assert distribution(paths) == gateway(paths)


def test_without_a_query_there_is_no_question_mark() -> None:
    assert with_slash("/akun") == "/akun/"
    assert with_slash("/akun?") == "/akun/"


@pytest.mark.parametrize("path", ["//evil.example/masuk", "/\\evil.example/masuk", "/%5cevil.example/masuk"])
def test_the_local_gateway_sends_nobody_away(echo: Echo, path: str) -> None:
    got = echo.send("GET", path)
    location = got.headers.get("Location", "/")
    assert node(_HOST_OF, {"base": f"{HOST}/", "locations": [location]}) == [HOST]
