"""A folder's name without its slash is sent to the one with it, nobody to another host; what is missing has its page.

The distribution's own functions run in Node, and a browser's reading of an address is Node's `URL`; the local gateway
answers the same table.
"""

import itertools
import json
import subprocess
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from infra.local.gateway.site import missing_page, with_slash
from infra.services import ROOT
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
_MISSING = """
const { page, status, paths } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const [choose, answer] = [page, status].map((code) => new Function(`${code}; return handler;`)());
const names = ["accept-encoding", "range", "if-range", "if-none-match", "if-modified-since"];
const headers = () => Object.fromEntries(names.map((name) => [name, { value: "x" }]));
const asked = paths.map((uri) => choose({ request: { uri, querystring: {}, headers: headers() } }));
const given = answer({ response: { statusCode: 200, statusDescription: "OK", headers: { etag: { value: '"a"' } } } });
console.log(JSON.stringify([asked.map(({ uri }) => uri), Object.keys(asked[0].headers), given.statusCode]));
"""
_HOST_OF = """
const { base, locations } = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(locations.map((location) => new URL(location, base).origin)));
"""


def node(script: str, given: object) -> list[Any]:
    """What a script prints of what it is given."""
    done = subprocess.run(
        [program("node"), "-e", script], input=json.dumps(given), capture_output=True, text=True, check=True, timeout=60
    )
    answer: list[Any] = json.loads(done.stdout)
    return answer


def distribution(paths: Sequence[str]) -> list[str | None]:
    """Where the distribution sends each path on to, with the query `kode=1`; None: it goes to the bucket."""
    return node(_RUN, {"code": code_of("IndexDocuments"), "paths": list(paths)})


def code_of(function: str) -> str:
    """What the distribution runs, out of its template."""
    code: str = load_template(ROOT / "infra" / "cdn.yaml")["Resources"][function]["Properties"]["FunctionCode"]
    return code


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


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/", "/404.html"),
        ("/tidak/ada/index.html", "/404.html"),
        ("/404.html", "/404.html"),
        ("/enak/", "/404.html"),
        ("/pengumuman2/", "/404.html"),
        ("//en/x", "/404.html"),
        ("/a/en/pengumuman/", "/404.html"),
        ("/EN/x", "/404.html"),
        ("/en/index.html", "/en/404.html"),
        ("/en/pengumumanx/", "/en/404.html"),
        ("/pengumuman/9999/index.html", "/pengumuman/404.html"),
        ("/pengumuman/en/", "/pengumuman/404.html"),
        ("/en/pengumuman/9999/2/index.html", "/en/pengumuman/404.html"),
    ],
)
def test_what_is_not_there_is_told_by_the_page_of_its_part(path: str, page: str) -> None:
    assert missing_page(path) == page


def test_the_distribution_chooses_the_same_page_whole_and_with_404() -> None:
    paths = [*SENT_ON, *KEPT, *HOSTILE, "/en/", "/en/pengumuman/9999/index.html", "/pengumuman/", "/enak/x", "//en/x"]
    given = {"page": code_of("MissingPage"), "status": code_of("MissingStatus"), "paths": paths}
    chosen, headers, status = node(_MISSING, given)
    assert chosen == [missing_page(path) for path in paths]
    assert headers == ["accept-encoding"], "a condition or a range would make 304 or a part of the page"
    assert status == 404
