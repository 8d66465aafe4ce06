"""What the steps of the demo share: the portal, its clock, one fresh institution and who works there."""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from infra.local import seed
from infra.local.client import Visitor, wait_for
from infra.local.demo.report import Report

OPENING = datetime.fromisoformat("2022-09-01T09:00:00+07:00")
_FIRST_CODE = 9910
_LISTED_SECONDS = 60
"""How long the list may take to follow an import."""


@dataclass
class Stage:
    """One run of the demo. Its institution is new, so that the demo can run again on the same portal."""

    base: str
    report: Report
    code: str = ""
    number: int = 0
    visitors: dict[str, Visitor] = field(default_factory=dict)
    sessions: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    """Cookies of all sign-ins, by sign-in number: with the clock turned back an old session is good again, and a new
    one-time code is half a minute away. Stages of one portal may share them."""

    def move_clock(self, instant: datetime) -> None:
        """Move the portal's clock."""
        Visitor(self.base).post("/_local/clock", {"now": instant.isoformat()})

    def now(self) -> datetime:
        """The portal's time."""
        return datetime.fromisoformat(Visitor(self.base).get("/_local/clock")["now"])

    def let_drain(self) -> None:
        """Let so much time go by on the portal's clock that whoever was received so far counts as carried through."""
        self.move_clock(soon_after(self.now()))

    def settle(self) -> None:
        """Wait until no message, stream record or call is outstanding."""
        wait_for(lambda: Visitor(self.base).get("/_local/idle")["idle"], "the portal to come to rest", 120)

    def staff(self, role: str, *, second: bool = False) -> Visitor:
        """Somebody of the demo's institution, signed in; anew where his session is over by the portal's clock.

        `second` is another one of the same role.
        """
        number = self.number + seed.SECOND if second else self.number
        login = seed.BKN_LOGIN if role == "bkn" else seed.staff_login(number, role)
        visitor = self.visitors.setdefault(f"{role} 2" if second else role, Visitor(self.base))
        if not (_is_in(visitor) or self._was_in(visitor, login)):
            visitor.sign_in_staff(login, seed.PASSWORD)
            self.sessions.setdefault(login, []).append(dict(visitor.cookies))
        return visitor

    def _was_in(self, visitor: Visitor, login: str) -> bool:
        """Whether an earlier session is good at the portal's time; then it is his."""
        for cookies in self.sessions.get(login, []):
            visitor.cookies = dict(cookies)
            if _is_in(visitor):
                return True
        return False

    def open_institution(self) -> None:
        """Bkn opens the round for an institution nobody used yet, and its staff are invited."""
        seed.invite_staff(self.staff("bkn"), self.open_round(), self.number)

    def open_round(self) -> seed.Institution:
        """Bkn opens the round for an institution nobody used yet; it has no staff."""
        bkn = self.staff("bkn")
        taken = {item["code"] for item in bkn.get("/api/finalization/institutions")["items"]}
        self.code = next(str(code) for code in range(_FIRST_CODE, 9999) if str(code) not in taken)
        self.number = int(self.code) - 9900
        name = f"Pemerintah Kabupaten Contoh {self.number}"
        institution = seed.Institution(self.code, name, "kabupaten")
        seed.open_round(bkn, institution, self.number)
        return institution

    @property
    def registration(self) -> str:
        """Registration's paths of this institution."""
        return f"/api/registration/institutions/{self.code}"

    @property
    def finalization(self) -> str:
        """Finalization's paths of this institution."""
        return f"/api/finalization/institutions/{self.code}"

    def window(self, name: str) -> datetime:
        """When a window of this institution closes."""
        calendar = Visitor(self.base).get(f"/api/finalization/calendar?institution={self.code}")
        return next(datetime.fromisoformat(w["closes"]) for w in calendar["windows"] if w["name"] == name)

    def people(self, **query: str) -> list[dict[str, Any]]:
        """The list as the operator sees it, all pages, once it has followed the records: that takes a second or two."""
        end = time.monotonic() + _LISTED_SECONDS
        while self._states() != self._counted() and time.monotonic() < end:
            time.sleep(0.2)
        return self._people(**query)

    def _states(self) -> Counter[str]:
        return Counter(one["state"] for one in self._people())

    def _counted(self) -> Counter[str]:
        counted = Counter[str](self.visitors["operator"].get(f"{self.registration}/progress")["by_state"])
        counted.pop("DIHAPUS", None)
        return counted

    def _people(self, **query: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor: str | None = ""
        while cursor is not None:
            wanted = "&".join(f"{name}={value}" for name, value in {**query, "cursor": cursor}.items() if value)
            page = self.visitors["operator"].get(f"{self.registration}/people?{wanted}")
            found, cursor = [*found, *page["items"]], page["cursor"]
        return found


def soon_after(instant: datetime) -> datetime:
    """Past the instant and past the drain, so that the next run of the locker finds it due."""
    return instant + timedelta(seconds=90)


def _is_in(visitor: Visitor) -> bool:
    return visitor.send("GET", "/api/registration/me").status == 200
