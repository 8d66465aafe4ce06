"""`/_local/…`: the clock, the codes of the demo's staff, queues to hold, AWS's limits, what waits, dead letters."""

import html
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Protocol
from urllib.parse import parse_qs

from infra.aws import Aws
from infra.local.clock import WIB, ShiftedClock, as_instant
from infra.local.gateway.answers import Answer, Request, json_answer
from infra.local.knobs import Knobs, Limits
from infra.local.phones import Phones, code_of

_FORM_LIMIT = 10_000  # bytes

Deadlines = Callable[[], Sequence[tuple[str, datetime]]]


class Work(Protocol):
    """What the functions have to do (infra/local/runner.py)."""

    def settled(self) -> Mapping[str, int]:
        """What is outstanding, by name; empty when idle."""

    def held(self) -> Mapping[str, bool]:
        """Of each function that reads a queue, whether its messages are held."""

    def hold(self, names: Iterable[str]) -> None:
        """Hold the messages of these functions only; ValueError for a name that is none."""


class LocalFront:
    """The local pages."""

    def __init__(
        self,
        clock: ShiftedClock,
        aws: Aws,
        work: Work,
        dead_letters: Sequence[str],
        deadlines: Deadlines,
        knobs: Knobs,
        phones: Phones,
    ) -> None:
        """`dead_letters`: URLs of the queues; `deadlines`: the calendar's coming instants with their names."""
        self._clock = clock
        self._aws = aws
        self._work = work
        self._dead_letters = dead_letters
        self._deadlines = deadlines
        self._knobs = knobs
        self._phones = phones

    def answer(self, request: Request) -> Answer:
        """Answer one of the local pages."""
        page = self._pages.get((request.method, request.path))
        if page is None or request.length > _FORM_LIMIT:
            return json_answer(404, {"message": "not found"})
        return page(request.read())

    @cached_property
    def _pages(self) -> dict[tuple[str, str], Callable[[bytes], Answer]]:
        return {
            ("GET", "/_local"): lambda _: Answer(301, [("Location", "/_local/")]),
            ("GET", "/_local/"): lambda _: self._page(""),
            ("POST", "/_local/"): lambda body: self._submitted(body.decode("utf-8", "replace")),
            ("GET", "/_local/clock"): lambda _: self._clock_answer(),
            ("POST", "/_local/clock"): self._moved,
            ("GET", "/_local/limits"): lambda _: json_answer(200, self._knobs.shown),
            ("POST", "/_local/limits"): self._limited,
            ("GET", "/_local/idle"): lambda _: self._idle(),
            ("GET", "/_local/queues"): lambda _: json_answer(200, {"held": self._work.held()}),
            ("POST", "/_local/queues"): self._hold,
            ("GET", "/_local/totp/"): lambda _: self._totp_page(""),
            ("POST", "/_local/totp/"): lambda body: self._typed_key(body.decode("utf-8", "replace")),
            ("POST", "/_local/totp/codes"): self._next_code,
            ("POST", "/_local/totp/phones"): self._phone,
            ("GET", "/_local/dead-letters"): lambda _: json_answer(200, {"items": self._letters()}),
        }

    def _idle(self) -> Answer:
        pending = self._work.settled()
        return json_answer(200, {"idle": not pending, "pending": pending})

    def _hold(self, body: bytes) -> Answer:
        try:
            self._work.hold(map(str, json.loads(body)["hold"]))
        except (ValueError, KeyError, TypeError):
            names = sorted(self._work.held())
            return json_answer(422, {"message": 'send {"hold": ["documents-inspect_upload"]}', "names": names})
        return json_answer(200, {"held": self._work.held()})

    def _next_code(self, body: bytes) -> Answer:
        """A code nobody was handed yet, of one of the demo's staff."""
        try:
            found = self._phones.next_code(str(json.loads(body)["login"]))
        except (ValueError, KeyError, TypeError):
            return json_answer(422, {"message": 'send {"login": "190001011920011001"}'})
        if found is None:
            return json_answer(404, {"message": "no phone of this number here"})
        return json_answer(200, {"code": found.code, "wait_seconds": found.wait_seconds})

    def _phone(self, body: bytes) -> Answer:
        """Keep the secret that an invitation showed, as an authenticator app does."""
        try:
            asked = json.loads(body)
            self._phones.put(str(asked["login"]), str(asked["secret"]))
        except (ValueError, KeyError, TypeError):
            return json_answer(422, {"message": 'send {"login": "190001011920011001", "secret": "JBSW…"}'})
        return json_answer(200, {})

    def _typed_key(self, body: str) -> Answer:
        """The present code of a key that somebody typed: for whoever has no authenticator app at hand."""
        try:
            return self._totp_page(f"Kode: {code_of(parse_qs(body)['key'][-1])}")
        except (ValueError, KeyError):
            return self._totp_page("Kunci itu tidak dapat dibaca. Salin dari halaman undangan.")

    def _totp_page(self, told: str) -> Answer:
        rows = "".join(
            f"<tr><td>{html.escape(login)}</td><td><strong>{code}</strong></td></tr>"
            for login, code in self._phones.shown().items()
        )
        told = f'<p role="status"><strong>{html.escape(told)}</strong></p>' if told else ""
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
        return Answer(200, headers, _TOTP_PAGE.format(rows=rows, told=told).encode())

    def _clock_answer(self) -> Answer:
        offset = self._clock.offset.total_seconds()
        return json_answer(200, {"now": self._clock.now().isoformat(), "offset_seconds": offset})

    def _moved(self, body: bytes) -> Answer:
        try:
            asked = json.loads(body)
            if "now" in asked:
                self._clock.move_to(as_instant(str(asked["now"])))
            else:
                self._clock.advance(timedelta(seconds=float(asked["advance_seconds"])))
        except (ValueError, KeyError, TypeError, OverflowError):
            return json_answer(422, {"message": 'send {"now": "2022-10-31T16:58:00+07:00"} or {"advance_seconds": 60}'})
        return self._clock_answer()

    def _limited(self, body: bytes) -> Answer:
        try:
            limits = Limits(**json.loads(body))
        except (ValueError, TypeError):
            return json_answer(422, {"message": 'send {"requests": 5, "facts": 2, "at_once": 2, "error_seconds": 10}'})
        self._knobs.turn(limits)
        return json_answer(200, self._knobs.shown)

    def _submitted(self, body: str) -> Answer:
        asked = {name: values[-1] for name, values in parse_qs(body).items()}
        try:
            if "advance" in asked:
                self._clock.advance(timedelta(seconds=float(asked["advance"])))
            else:
                self._clock.move_to(as_instant(asked["now"]))
        except (ValueError, KeyError, OverflowError):
            return self._page("Waktu itu tidak dapat dibaca. Tulis seperti contoh di bawah.")
        return Answer(303, [("Location", "/_local/"), ("Cache-Control", "no-store")])

    def _page(self, problem: str) -> Answer:
        now = self._clock.now().astimezone(WIB)
        jumps = "".join(_jump(name, instant) for name, instant in self._deadlines())
        text = _PAGE.format(
            problem=f'<p role="alert"><strong>{html.escape(problem)}</strong></p>' if problem else "",
            now=f"{now:%Y-%m-%d %H:%M:%S} WIB",
            value=f"{now:%Y-%m-%dT%H:%M:%S}+07:00",
            jumps=jumps or "<p>Belum ada batas waktu yang akan datang.</p>",
        )
        status = 422 if problem else 200
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
        return Answer(status, headers, text.encode())

    def _letters(self) -> list[dict[str, str]]:
        """Every dead letter, left where it is."""
        letters: dict[str, dict[str, str]] = {}
        for url in self._dead_letters:
            while True:
                got = self._aws.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=5)
                found = got.get("Messages", [])
                for message in found:
                    letters[message["MessageId"]] = {"queue": url.rsplit("/", 1)[-1], "body": message["Body"]}
                if not found:
                    break
        return list(letters.values())


def _jump(name: str, instant: datetime) -> str:
    local = instant.astimezone(WIB)
    choices = ((-120, "2 menit sebelum"), (60, "1 menit sesudah"))
    buttons = "".join(
        f'<button name="now" value="{(local + timedelta(seconds=step)).isoformat()}">{label}</button> '
        for step, label in choices
    )
    return f"<p>{html.escape(name)}: {local:%Y-%m-%d %H:%M:%S} WIB {buttons}</p>"


_PAGE = """<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Jam portal (hanya di komputer ini)</title>
</head>
<body>
<main>
<h1>Jam portal</h1>
<p>Halaman ini hanya ada di komputer ini. Tenggat mengikuti jam di bawah.</p>
{problem}
<p>Waktu portal: <strong>{now}</strong></p>
<form method="post" action="/_local/">
<p><label for="now">Atur waktu (contoh: 2022-10-31T16:58:00+07:00)</label><br>
<input id="now" name="now" size="30" value="{value}" autocomplete="off">
<button>Atur</button></p>
</form>
<form method="post" action="/_local/">
<p><button name="advance" value="60">Maju 1 menit</button>
<button name="advance" value="3600">Maju 1 jam</button>
<button name="advance" value="86400">Maju 1 hari</button></p>
</form>
<h2>Tenggat berikutnya</h2>
<form method="post" action="/_local/">{jumps}</form>
<p><a href="/_local/totp/">Kode masuk petugas demo</a> ·
<a href="/_local/kotak-keluar/">Kotak keluar</a> ·
<a href="/_local/idle">Yang masih dikerjakan</a> · <a href="/_local/dead-letters">Pesan yang gagal</a> ·
<a href="/">Beranda portal</a></p>
</main>
</body>
</html>
"""

_TOTP_PAGE = """<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Kode masuk petugas demo (hanya di komputer ini)</title>
</head>
<body>
<main>
<h1>Kode masuk petugas demo</h1>
<p>Halaman ini hanya ada di komputer ini; di portal yang sebenarnya kode hanya ada di ponsel petugas. Kode berganti
setiap 30 detik dan berlaku satu kali. <a href="/_local/totp/">Muat ulang</a></p>
{told}
<table>
<thead><tr><th scope="col">NIP/NIK</th><th scope="col">Kode sekarang</th></tr></thead>
<tbody>{rows}</tbody>
</table>
<form method="post" action="/_local/totp/">
<p><label for="key">Kunci dari halaman undangan</label><br>
<input id="key" name="key" size="40" autocomplete="off">
<button>Tampilkan kode</button></p>
</form>
<p><a href="/_local/">Jam portal</a> · <a href="/">Beranda portal</a></p>
</main>
</body>
</html>
"""
