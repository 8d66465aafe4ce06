"""A visitor of the portal by HTTP, with a cookie jar of its own: for the seed, the demo and the system tests.

It keeps Secure cookies although the local portal speaks plain HTTP, as browsers do on 127.0.0.1.
"""

import json
import re
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, TypeVar

import altcha
import urllib3

from services.kernel.documents import DocumentType

T = TypeVar("T")
_CODE = re.compile(r": ([0-9]{6})\.")


class Unexpected(AssertionError):
    """The portal answered something else than the script expected; the text says what."""


@dataclass(frozen=True)
class Answer:
    """One HTTP answer."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the API answers
        """The body as JSON."""
        return json.loads(self.content)


@dataclass
class Visitor:
    """One browser: its cookies and the portal it looks at."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    http: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False, timeout=60.0))

    def send(
        self, method: str, path: str, body: object = None, *, key: str | None = None, expect: int | None = None
    ) -> Answer:
        """Send JSON to `path` (below the portal's address) and take cookies from the answer.

        Raises:
            Unexpected: when `expect` is given and the status is another.
        """
        headers = {"Origin": self.base, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if key is not None:
            headers["Idempotency-Key"] = key
        content = None if body is None else json.dumps(body).encode()
        answer = self.http.request(method, self.base + path, body=content, headers=headers, redirect=False)
        for line in answer.headers.getlist("set-cookie"):
            self._keep(line)
        got = Answer(answer.status, answer.headers, answer.data)
        if expect is not None and got.status != expect:
            raise Unexpected(f"{method} {path}: {got.status} instead of {expect}: {got.content[:600]!r}")
        return got

    def get(self, path: str, *, expect: int = 200) -> Any:  # noqa: ANN401
        """GET and read JSON."""
        return self.send("GET", path, expect=expect).json

    def post(self, path: str, body: object = None, *, key: str | None = None, expect: int = 200) -> Any:  # noqa: ANN401
        """POST JSON and read JSON."""
        answer = self.send("POST", path, {} if body is None else body, key=key, expect=expect)
        return answer.json if answer.content else None

    def sign_in(self, login: str, password: str) -> Any:  # noqa: ANN401
        """Sign in as whoever is listed himself; the session cookie is kept."""
        return self.post("/api/registration/sessions", {"login": login, "password": password})

    def sign_in_staff(self, login: str, password: str) -> Any:  # noqa: ANN401
        """Sign in as a member of staff whose phone is on the local portal's shelf (infra/local/phones.py)."""
        self.post("/api/registration/staff-sessions", {"login": login, "password": password}, expect=202)
        return self.post("/api/registration/staff-sessions/second-factor", {"code": self.code(login)})

    def accept(self, address: str, login: str, password: str) -> Any:  # noqa: ANN401
        """Accept an invitation of staff with a password; the phone is put on the shelf. Returns what came of it."""
        opened = {"token": address.partition("#")[2], "login": login}
        offer = self.post("/api/registration/invitations/openings", opened)
        self.post("/_local/totp/phones", {"login": login, "secret": offer["key"]})
        form = {**opened, "password": password, "code": self.code(login)}
        return self.post("/api/registration/invitations/acceptances", form, key=new_key(), expect=201)

    def code(self, login: str) -> str:
        """A one-time code nobody has used; waits where the phone has none yet."""
        given = self.post("/_local/totp/codes", {"login": login})
        time.sleep(given["wait_seconds"])
        return str(given["code"])

    def mailed_code(self, to: str) -> str:
        """The code of six digits that was mailed to this address last, once it was sent (infra/local/outbox.py)."""
        return wait_for(lambda: self._code_to(to), "a mail with a code")

    def captcha(self, service: str = "registration") -> str:
        """Fetch a challenge and solve it, as a page does while the visitor reads."""
        challenge = altcha.Challenge.from_dict(self.get(f"/api/{service}/captcha"))
        solution = altcha.solve_challenge(challenge)
        if solution is None:
            raise Unexpected("captcha could not be solved in time")
        return str(altcha.Payload(challenge, solution).to_base64())

    def post_form(self, form: Mapping[str, Any], content: bytes, *, expect: int = 204) -> Answer:
        """Post a file with a presigned form; the file comes last (S3, "POST Object")."""
        kind = form["fields"].get("Content-Type", "application/octet-stream")
        fields: list[Any] = [*form["fields"].items(), ("file", ("berkas", content, kind))]
        body, content_type = urllib3.encode_multipart_formdata(fields)
        headers = {"Content-Type": content_type, "Origin": self.base}
        answer = self.http.request("POST", form["url"], body=body, headers=headers, redirect=False)
        got = Answer(answer.status, answer.headers, answer.data)
        if got.status != expect:
            raise Unexpected(f"upload: {got.status} instead of {expect}: {got.content[:400]!r}")
        return got

    def upload(self, jenis: DocumentType, content: bytes, *, expect: str = "DITERIMA", **to: str) -> Any:  # noqa: ANN401
        """Upload one file and wait until it was inspected; `to` names orang, riwayat or instansi."""
        wanted = {"jenis": jenis.value, "ukuran": len(content), **to}
        made = self.post("/api/documents/uploads", wanted, key=new_key(), expect=201)
        self.post_form(made, content)
        path = f"/api/documents/uploads/{made['id']}"
        done = wait_for(lambda: _settled(self.get(path)), f"inspection of {jenis.value}")
        if done["state"] != expect:
            raise Unexpected(f"{jenis.value} is {done['state']} ({done.get('code')}) instead of {expect}")
        return done

    def download(self, path: str) -> bytes:
        """Follow a 303 to the file behind it."""
        answer = self.send("GET", path, expect=303)
        got = self.http.request("GET", answer.headers["location"], redirect=False)
        if got.status != 200:
            raise Unexpected(f"{path}: link answered {got.status}")
        return got.data

    def _code_to(self, to: str) -> str | None:
        mails = (mail for mail in self.get("/_local/kotak-keluar/mails")["items"] if mail["to"] == to)
        return next((found[1] for mail in mails if (found := _CODE.search(mail["body"]))), None)

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value


def _settled(upload: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return upload if upload["state"] in {"DITERIMA", "DITOLAK", "DIGANTI"} else None


def wait_for(ask: Callable[[], T | None], what: str, seconds: float = 60) -> T:
    """Ask until the answer is not None or False.

    Raises:
        Unexpected: when it takes longer than `seconds`.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.2)
    raise Unexpected(f"{what}: nothing after {seconds:.0f} s")


def new_key() -> str:
    """A fresh idempotency key."""
    return str(uuid.uuid4())
