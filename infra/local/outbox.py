"""SES at home: takes mails as its API does and keeps them, so that people and tests read what would have been sent.

Functions reach it by the address their client is given, as they reach the bus. A mail of the same `notice` tag is kept
once. It may be told to be down: then it refuses as SES does when it throttles.
"""

import hashlib
import html
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from infra.local.clock import WIB, ShiftedClock, as_instant
from infra.local.gateway.answers import Answer, Request, json_answer
from infra.local.gateway.server import Gateway, guarded

_SEND = "/v2/email/outbound-emails"
"""Amazon SES API v2 reference, "SendEmail"."""
_LINK = re.compile(r"https?://[^\s<]*[^\s<.,]")


@dataclass(frozen=True)
class KeptMail:
    """One mail; `at` is the portal's instant, ISO 8601."""

    at: str
    to: str
    subject: str
    body: str


class Outbox:
    """SendEmail on an address of its own, that lives as long as the functions do; mails lie in `folder`."""

    def __init__(self, folder: Path, clock: ShiftedClock) -> None:
        """Listen at once."""
        self._folder, self._clock = folder, clock
        self.down = False
        """Whether it refuses everything."""
        self._gateway = Gateway(0, {"site": guarded(self.answer)})
        self._gateway.start()

    @property
    def endpoint(self) -> str:
        """Its address, for the functions' clients."""
        return f"http://127.0.0.1:{self._gateway.port}"

    def stop(self) -> None:
        """Take nothing more."""
        self._gateway.stop()

    def answer(self, request: Request) -> Answer:
        """One call of SendEmail."""
        if (request.method, request.path) != ("POST", _SEND):
            return json_answer(404, {"message": "not found"})
        sent = json.loads(request.read())
        if self.down:
            return _refused("TooManyRequestsException")
        key = hashlib.sha256(_tag(sent).encode()).hexdigest()
        file = self._folder / f"{key}.json"
        if not file.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(asdict(self._mail(sent))))
        return json_answer(200, {"MessageId": key})

    def mails(self) -> list[KeptMail]:
        """All that was sent, the newest first."""
        kept = [KeptMail(**json.loads(file.read_text())) for file in self._folder.glob("*.json")]
        return sorted(kept, key=lambda mail: mail.at, reverse=True)

    def show(self, request: Request) -> Answer:
        """`/_local/kotak-keluar/`: the mails for people, as JSON at `mails`; a POST there says whether it is down."""
        match request.method, request.path.removeprefix("/_local/kotak-keluar"):
            case "GET", "" | "/":
                return self._page()
            case "GET", "/mails":
                return json_answer(200, {"items": list(map(asdict, self.mails())), "down": self.down})
            case "POST", "/mails":
                return self._turn(request.read())
        return json_answer(404, {"message": "not found"})

    def _turn(self, body: bytes) -> Answer:
        try:
            self.down = bool(json.loads(body)["down"])
        except (ValueError, KeyError, TypeError):
            return json_answer(422, {"message": 'send {"down": true}'})
        return json_answer(200, {"down": self.down})

    def _page(self) -> Answer:
        mails = "".join(map(_article, self.mails())) or "<p>Belum ada surat.</p>"
        down = "<p><strong>Surat sedang tidak diterima.</strong></p>" if self.down else ""
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")]
        return Answer(200, headers, _PAGE.format(mails=mails, down=down).encode())

    def _mail(self, sent: Mapping[str, Any]) -> KeptMail:
        simple = sent["Content"]["Simple"]
        (to,) = sent["Destination"]["ToAddresses"]
        return KeptMail(self._clock.now().isoformat(), to, simple["Subject"]["Data"], simple["Body"]["Text"]["Data"])


def _tag(sent: Mapping[str, Any]) -> str:
    (tag,) = sent["EmailTags"]
    return str(tag["Value"])


def _refused(code: str) -> Answer:
    answer = json_answer(429, {"message": "Maximum sending rate exceeded."})
    return Answer(answer.status, [*answer.headers, ("x-amzn-ErrorType", code)], answer.body)


def _article(mail: KeptMail) -> str:
    at = as_instant(mail.at).astimezone(WIB)
    body = _LINK.sub(lambda link: f'<a href="{link[0]}">{link[0]}</a>', html.escape(mail.body))
    return (
        f"<article><h2>{html.escape(mail.subject)}</h2><p>Kepada: {html.escape(mail.to)}<br>"
        f"{at:%Y-%m-%d %H:%M:%S} WIB</p><pre>{body}</pre></article>"
    )


_PAGE = """<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Kotak keluar (hanya di komputer ini)</title>
<style>
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; font: inherit }}
article {{ border-top: 1px solid }}
</style>
</head>
<body>
<main>
<h1>Kotak keluar</h1>
<p>Halaman ini hanya ada di komputer ini: surat yang akan dikirim portal, yang terbaru di atas.</p>
{down}
{mails}
<p><a href="/_local/">Jam portal</a> · <a href="/">Beranda portal</a></p>
</main>
</body>
</html>
"""
