"""The gateway in front of the fixture service: API Gateway's part, the buckets, the site."""

import gzip
import http.client
import json
import re
import statistics
import time
import uuid
from typing import Any

import pytest

from infra.local.gateway.api import LIMIT
from infra.services import ROOT
from infra.templates import load_template
from tests.infra.conftest import Echo, Reply


def multipart(fields: dict[str, str], content: bytes, *, after: dict[str, str] | None = None) -> tuple[bytes, str]:
    """An upload form as a browser sends it; `after`: fields behind the file."""
    boundary = uuid.uuid4().hex
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n'
    head += "Content-Type: image/jpeg\r\n\r\n"
    late = [
        f'\r\n--{boundary}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}' for n, v in (after or {}).items()
    ]
    body = "".join(parts).encode() + head.encode() + content + "".join(late).encode()
    return body + f"\r\n--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def signed_form(echo: Echo, **asked: Any) -> dict[str, Any]:
    key = f"q/{uuid.uuid4().hex}"
    body = json.dumps({"key": key, **asked}).encode()
    form: dict[str, Any] = echo.send("POST", "/api/echo/forms", body, Content_Type="application/json").json
    return form


def post(echo: Echo, form: dict[str, Any], content: bytes, **headers: str) -> Reply:
    body, kind = multipart(form["fields"], content)
    return echo.send("POST", form["url"].removeprefix(echo.cloud.base_url), body, Content_Type=kind, **headers)


class TestApi:
    def test_the_function_gets_the_event_of_a_proxy_integration(self, echo: Echo) -> None:
        found = echo.send("GET", "/api/echo/event/a%2Fb%20c?x=1&x=2").json
        assert found["name"] == "a/b c"
        assert found["query"] == {"x": "2"}
        assert found["context"]["resourcePath"] == "/echo/event/{name}"
        assert found["context"]["stage"] == "api"
        assert found["context"]["identity"]["sourceIp"] == "127.0.0.1"

    def test_what_the_distribution_adds_goes_over_what_the_caller_wrote(self, echo: Echo) -> None:
        """The APIs believe an address of whoever brings the secret (services/kernel/web/caller.py)."""
        forged = {"X_Viewer_Address": "198.51.100.7", "X_Origin_Secret": "guessed"}
        found = echo.send("GET", "/api/echo/event/a", None, **forged).json["headers"]
        assert found["x-viewer-address"] == "127.0.0.1"
        assert found["x-origin-secret"] not in {"", "guessed"}

    def test_receipt_is_stamped_with_the_portals_clock_in_milliseconds(self, echo: Echo) -> None:
        now = echo.cloud.clock.now().timestamp() * 1000
        stamped = echo.send("GET", "/api/echo/event/a").json["context"]["requestTimeEpoch"]
        assert -1 <= stamped - now < 5_000

    def test_binary_bodies_arrive_whole(self, echo: Echo) -> None:
        content = bytes(range(256)) * 10
        found = echo.send("POST", "/api/echo/event/a", content, Content_Type="image/jpeg").json
        assert found["bytes"] == len(content)

    def test_binary_answers_arrive_whole(self, echo: Echo) -> None:
        assert echo.send("GET", "/api/echo/fail/image", Accept="image/jpeg").body == b"\xff\xd8\xff"

    def test_a_function_may_be_stricter_in_its_policy_and_otherwise_in_nothing(self, echo: Echo) -> None:
        headers = echo.send("GET", "/api/echo/fail/image", Accept="image/jpeg").headers
        assert (headers["Content-Security-Policy"], headers["X-Frame-Options"]) == ("sandbox", "DENY")

    def test_every_cookie_comes_through(self, echo: Echo) -> None:
        assert echo.send("GET", "/api/echo/cookies").cookies == ("a=1; HttpOnly", "b=2; HttpOnly")

    @pytest.mark.parametrize(
        ("method", "path"), [("GET", "/api/echo/none"), ("DELETE", "/api/echo/seen"), ("GET", "/api/echo/event/a/b")]
    )
    def test_what_no_route_knows_is_a_problem(self, echo: Echo, method: str, path: str) -> None:
        got = echo.send(method, path)
        assert (got.status, got.headers["Content-Type"]) == (404, "application/problem+json")
        assert got.json["type"] == "not-found"
        assert got.json["request_id"] == got.headers["x-amzn-RequestId"]

    def test_what_api_gateway_answers_itself_says_it_in_english_too(self) -> None:
        """It cannot read Accept-Language; pages take the part of their language (web/src/core/api.js)."""
        text = (ROOT / "infra" / "api.yaml").read_text("utf-8")
        own = re.findall(r"\{\"type\": .*\}$", text, re.MULTILINE)
        assert own
        assert all(json.loads(each)["en"].keys() == {"title", "detail"} for each in own)

    def test_a_body_over_the_limit_is_refused_unread(self, echo: Echo) -> None:
        got = echo.send("POST", "/api/echo/event/a", b"x" * (LIMIT + 1), Content_Type="application/json")
        assert (got.status, got.json["type"]) == (413, "too-large")

    @pytest.mark.parametrize("how", ["exit", "sleep"])
    def test_what_a_function_did_that_died_or_hung_nobody_knows(self, echo: Echo, how: str) -> None:
        got = echo.send("GET", f"/api/echo/fail/{how}")
        assert (got.status, got.json["type"], got.headers["Retry-After"]) == (504, "outcome-unknown", "2")
        assert "tidak tahu apakah isian Anda tersimpan" in got.json["detail"]
        assert echo.send("GET", "/api/echo/event/a").status == 200


class TestUploads:
    def test_a_form_as_signed_goes_through_and_comes_back_by_link(self, echo: Echo) -> None:
        form = signed_form(echo)
        content = bytes(range(200))
        assert post(echo, form, content).status == 204
        got = echo.send("GET", form["link"].removeprefix(echo.cloud.base_url))
        assert (got.status, got.body, got.headers["Content-Type"]) == (200, content, "image/jpeg")

    @pytest.mark.parametrize(
        ("size", "code"), [(9, "EntityTooSmall"), (1001, "EntityTooLarge"), (3_000_000, "EntityTooLarge")]
    )
    def test_size_is_refused_in_s3s_words(self, echo: Echo, size: int, code: str) -> None:
        got = post(echo, signed_form(echo), b"x" * size)
        assert got.status == 400
        assert f"<Code>{code}</Code>".encode() in got.body

    @pytest.mark.parametrize(
        ("name", "value", "code"),
        [
            ("key", "q/another", b"AccessDenied"),
            ("Content-Type", "text/html", b"AccessDenied"),
            ("acl", "public-read", b"AccessDenied"),
            ("x-amz-signature", "0" * 64, b"SignatureDoesNotMatch"),
        ],
    )
    def test_a_changed_field_is_refused(self, echo: Echo, name: str, value: str, code: bytes) -> None:
        form = signed_form(echo)
        form["fields"][name] = value
        got = post(echo, form, b"x" * 100)
        assert (got.status, code in got.body) == (403, True)

    def test_an_expired_form_is_refused(self, echo: Echo) -> None:
        got = post(echo, signed_form(echo, seconds=-1), b"x" * 100)
        assert (got.status, b"Policy expired" in got.body) == (403, True)

    def test_another_bucket_is_refused(self, echo: Echo) -> None:
        form = signed_form(echo)
        form["url"] = form["url"].replace("quarantine", "imports")
        assert post(echo, form, b"x" * 100).status in {403, 404}

    def test_a_field_behind_the_file_does_not_count(self, echo: Echo) -> None:
        form = signed_form(echo)
        body, kind = multipart(
            {n: v for n, v in form["fields"].items() if n != "policy"}, b"x" * 100, after=form["fields"]
        )
        got = echo.send("POST", form["url"].removeprefix(echo.cloud.base_url), body, Content_Type=kind)
        assert got.status == 403

    def test_no_form_is_refused(self, echo: Echo) -> None:
        path = signed_form(echo)["url"].removeprefix(echo.cloud.base_url)
        assert echo.send("POST", path, b"{}", Content_Type="application/json").status == 412
        assert echo.send("POST", path, b"--x\r\nbroken", Content_Type="multipart/form-data; boundary=x").status == 400
        assert echo.send("PUT", f"{path}/q/x", b"x").status == 403

    def test_an_unsigned_or_changed_link_is_refused(self, echo: Echo) -> None:
        form = signed_form(echo)
        post(echo, form, b"x" * 100)
        link = form["link"].removeprefix(echo.cloud.base_url)
        assert echo.send("GET", link.split("?")[0]).status == 403
        assert echo.send("GET", link.replace("X-Amz-Signature=", "X-Amz-Signature=0")).status == 403
        assert echo.send("GET", link.replace("X-Amz-Expires=3600", "X-Amz-Expires=7200")).status == 403

    def test_only_the_sites_origin_may_upload_from_elsewhere(self, echo: Echo) -> None:
        form = signed_form(echo)
        own, other = echo.cloud.base_url, "https://evil.example"
        path = form["url"].removeprefix(own)
        allowed = echo.send("OPTIONS", path, Origin=own, Access_Control_Request_Method="POST")
        assert allowed.headers["Access-Control-Allow-Origin"] == own
        assert echo.send("OPTIONS", path, Origin=other, Access_Control_Request_Method="POST").status == 403
        assert "Access-Control-Allow-Origin" not in post(echo, form, b"x" * 100, Origin=other).headers


class TestSite:
    def test_folders_answer_with_their_index(self, echo: Echo) -> None:
        assert echo.send("GET", "/akun/").body == b"akun"

    def test_a_folder_without_its_slash_is_sent_to_the_one_with_it(self, echo: Echo) -> None:
        got = echo.send("GET", "/akun?kode=1")
        assert (got.status, got.headers["Location"]) == (301, "/akun/?kode=1")

    @pytest.mark.parametrize(
        ("path", "page"),
        [
            ("/tidak/ada.html", b"<h1>Tidak ada</h1>"),
            ("/en/none/", b"None"),
            ("/pengumuman/9999/", b"Belum"),
            ("/pengumuman/9901/12/", b"Belum"),
            ("/en/pengumuman/9999/", b"Not yet"),
        ],
    )
    def test_what_is_not_there_answers_404_with_the_sites_page(self, echo: Echo, path: str, page: bytes) -> None:
        got = echo.send("GET", path)
        assert (got.status, got.body) == (404, page)

    def test_a_page_that_did_not_change_is_not_sent_again(self, echo: Echo) -> None:
        first = echo.send("GET", "/", Accept_Encoding="gzip")
        assert gzip.decompress(first.body).startswith(b"<h1>Beranda")
        assert echo.send("GET", "/", If_None_Match=first.headers["ETag"]).status == 304

    @pytest.mark.parametrize(
        ("accepted", "packed"),
        [
            ("gzip, deflate, br", True),
            ("br;q=1.0, gzip;q=0.5", True),
            ("*", True),
            ("identity", False),
            ("gzip;q=0, *", False),
            ("br", False),
            ("*;q=0.0", False),
        ],
    )
    def test_a_page_is_packed_for_whoever_takes_it(self, echo: Echo, accepted: str, packed: bool) -> None:
        got = echo.send("GET", "/", Accept_Encoding=accepted)
        assert (got.headers.get("Content-Encoding") == "gzip") == packed
        assert got.headers["Vary"] == "Accept-Encoding"
        assert (gzip.decompress(got.body) if packed else got.body).startswith(b"<h1>Beranda")

    def test_what_is_small_or_an_answer_of_an_api_is_not_packed(self, echo: Echo) -> None:
        """As the distribution has it: below 1,000 bytes it leaves alone, and its policy for the APIs packs nothing."""
        for path in ("/akun/", "/api/echo/seen"):
            assert "Content-Encoding" not in echo.send("GET", path, Accept_Encoding="gzip").headers

    def test_an_answer_on_a_kept_connection_waits_for_nothing(self, echo: Echo) -> None:
        """In two writes the body waits 40 ms for the delayed acknowledgement of the headers."""
        connection = http.client.HTTPConnection("127.0.0.1", echo.cloud.port, timeout=10)
        took = []
        for _ in range(30):
            began = time.perf_counter()
            connection.request("GET", "/_local/")
            connection.getresponse().read()
            took.append(time.perf_counter() - began)
        connection.close()
        assert statistics.median(took) < 0.03

    def test_what_a_function_publishes_is_seen_at_once(self, echo: Echo) -> None:
        for text in (b"pertama", b"kedua"):
            echo.send("PUT", "/api/echo/pages/pengumuman", text, Content_Type="application/json")
            assert echo.send("GET", "/pengumuman/").body == text

    def test_what_is_stored_packed_is_passed_on_as_it_is(self, echo: Echo) -> None:
        """As the distribution does with what came with a Content-Encoding ("Serve compressed files")."""
        content = b'{"v": 1}' * 1000
        echo.send("PUT", "/api/echo/packed/padat", content, Content_Type="application/json")
        got = echo.send("GET", "/padat/", Accept_Encoding="identity")
        assert (got.headers["Content-Encoding"], gzip.decompress(got.body)) == ("gzip", content)
        again = echo.send("GET", "/padat/", If_None_Match=got.headers["ETag"])
        assert (again.status, again.body) == (304, b"")

    @pytest.mark.parametrize("path", ["/", "/tidak-ada.html", "/api/echo/seen"])
    def test_the_distributions_headers_are_on_every_answer(self, echo: Echo, path: str) -> None:
        headers = echo.send("GET", path).headers
        policy = load_template(ROOT / "infra" / "cdn.yaml")["Resources"]["SecurityHeaders"]["Properties"]
        written = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]["ContentSecurityPolicy"]
        start = written["ContentSecurityPolicy"]["Fn::Sub"].split("connect-src")[0]
        assert headers["Content-Security-Policy"].startswith(start)
        assert "'unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"

    def test_nothing_can_be_written_to_the_site(self, echo: Echo) -> None:
        assert echo.send("POST", "/akun/", b"x").status == 403
