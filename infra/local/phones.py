"""The phones of the demo's staff: their one-time codes, for whoever has no authenticator app at hand. At home only.

What is put on the shelf here is what an app would have scanned. Codes go by the machine's clock, as a phone's do.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyotp

_STEP = 30
_ON_ITS_WAY = 6
"""Seconds a request may take."""
_NAME = "phones.json"


@dataclass(frozen=True)
class Code:
    """A code that was not handed out before, and in how many seconds it is good: 0, but for too many at once."""

    code: str
    wait_seconds: float


class Phones:
    """Secrets by sign-in number, kept in the portal's folder."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        """Reads what an earlier run left."""
        self._file = folder / _NAME
        self._clock = clock
        self._lock = threading.Lock()
        kept = json.loads(self._file.read_text()) if self._file.exists() else {}
        self._secrets: dict[str, str] = kept.get("secrets", {})
        self._given: dict[str, int] = kept.get("given", {})

    def put(self, login: str, secret: str) -> None:
        """Keep the secret that somebody's app has scanned.

        Raises:
            ValueError: when it is none.
        """
        pyotp.TOTP(secret).now()
        with self._lock:
            self._secrets[login] = secret
            self._given.pop(login, None)
            self._keep()

    def next_code(self, login: str) -> Code | None:
        """A code nobody was handed yet: services take each once, and a step early or late (RFC 6238, 5.2)."""
        with self._lock:
            secret = self._secrets.get(login)
            if secret is None:
                return None
            now = self._clock()
            # the step before, unless it is about to be too old while the request is on its way
            oldest = int(now) // _STEP - 1 if now % _STEP < _STEP - _ON_ITS_WAY else int(now) // _STEP
            step = max(oldest, self._given.get(login, 0) + 1)
            self._given[login] = step
            self._keep()
            early = (step - 1) * _STEP + 0.5 - now
            return Code(pyotp.TOTP(secret).generate_otp(step), max(early, 0.0))

    def shown(self) -> Mapping[str, str]:
        """The present code of each, by sign-in number."""
        with self._lock:
            step = int(self._clock()) // _STEP
            return {login: pyotp.TOTP(secret).generate_otp(step) for login, secret in self._secrets.items()}

    def _keep(self) -> None:
        """Also which codes were handed out: after a restart they are used as before."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps({"secrets": self._secrets, "given": self._given}))


def code_of(secret: str) -> str:
    """The present code of a secret that somebody typed.

    Raises:
        ValueError: when it is none.
    """
    return pyotp.TOTP("".join(secret.split()).upper()).now()
