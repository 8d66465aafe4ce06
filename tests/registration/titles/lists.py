"""bkn at its desk with lists of titles: files as an office makes them, and every step as its queue hands it over."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any, Final

from services.kernel import clock
from services.kernel.aws import clients, s3
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.adapters import person_store, work_files
from services.registration.app import app, run_titles
from services.registration.model.dossier import Change
from services.registration.model.person import Person
from services.registration.model.person_states import Action
from services.registration.model.title_list import NOTICE
from services.registration.settings import settings
from services.registration.titles.read_titles import read_titles
from services.registration.titles.take_list import take_list
from tests.registration.listed import with_decision
from tests.registration.staff import desk
from tests.support.aws import Answer, Cloud, queued

HEADINGS: Final = ("No", "Jabatan", "Nomor surat", "Tanggal surat", "Berlaku mulai")
LETTER: Final = ("B/77/SM.01.00/2022", "2022-08-25", "2022-08-30")
Line = Sequence[object]


def lines_of(*titles: str) -> list[Line]:
    """Lines of a list, each under the same letter."""
    return [(number, title, *LETTER) for number, title in enumerate(titles, 1)]


def csv_of(lines: Sequence[Line], headings: Sequence[str] = HEADINGS) -> bytes:
    """The lines as an office's CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([headings, *lines])
    return text.getvalue().encode()


@dataclass(frozen=True)
class National:
    """Somebody of bkn, or an auditor."""

    cloud: Cloud
    role: Role = Role.BKN

    def call(self, method: str, path: str = "", body: object = None, **more: Any) -> Answer:
        """Send a request; paths are below `/registration/title-lists`."""
        actor = desk(self.cloud, self.role).actor
        token = self.cloud.token(self.role, actor.institution, sub=actor.id, token_version=1)
        return self.cloud.call(app, method, f"/registration/title-lists{path}", body, token=token, **more)

    def load(self, lines: Sequence[Line], headings: Sequence[str] = HEADINGS) -> "Loaded":
        """Ask for a place, put the file there, and have it read."""
        answer = self.call("POST", "", {"filename": "daftar.csv", "size": 1000})
        assert answer.status == 201, answer.text
        loaded = Loaded(self, answer.json["id"])
        loaded.arrive(csv_of(lines, headings))
        return loaded

    def counted(self, *titles: str) -> "Loaded":
        """A list whose effect is known."""
        loaded = self.load(lines_of(*titles))
        self.drain()
        return loaded

    def run(self, *titles: str) -> "Loaded":
        """A list that has run everywhere."""
        loaded = self.counted(*titles)
        assert loaded.do("run").status == 202
        self.cloud.at(clock.now() + NOTICE)
        self.drain()
        return loaded

    def drain(self) -> int:
        """Do what waits in the queue, until nothing does; returns how many steps that were."""
        return sum(self.step(message) for message in self.messages())

    def messages(self) -> Iterator[dict[str, Any]]:
        """The steps that wait, also those that they ask for."""
        while waiting := [json.loads(body) for body in self.cloud.messages("TitleStepsQueue")]:
            yield from waiting

    def step(self, message: dict[str, Any]) -> int:
        """Do one step."""
        assert run_titles(queued([message]), None) == {"batchItemFailures": []}
        return 1


@dataclass(frozen=True)
class Loaded:
    """A list that somebody loaded."""

    by: National
    id: str

    def arrive(self, content: bytes, at: datetime | None = None) -> None:
        """What the function does when the file is there."""
        s3.write(settings().imports_bucket, f"{work_files.TITLES}{self.id}", content, content_type="text/csv")
        take_list(self.id, at or clock.now(), None, read=read_titles)

    def view(self) -> dict[str, Any]:
        """The list as it stands."""
        answer = self.by.call("GET", f"/{self.id}")
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def effects(self) -> dict[str, Any]:
        """What it does where."""
        answer = self.by.call("GET", f"/{self.id}/effects")
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def do(self, deed: str, v: int | None = None) -> Answer:
        """Order its run, withdraw it, count it again, or go on with it."""
        return self.by.call("POST", f"/{self.id}/{deed}", {"v": self.view()["v"] if v is None else v})

    def figures(self, kind: str) -> dict[str, int]:
        """The effect of its count or run, without zeros."""
        return {name: n for name, n in self.view()[kind]["effect"].items() if n}


def decided(person: Person, decision: PersonState = PersonState.MEMENUHI_SYARAT, version: str | None = None) -> Person:
    """The person with a verdict that stands, given under a version of the rules (None: those that built it in)."""
    action = Action.QUALIFY if decision is PersonState.MEMENUHI_SYARAT else Action.DISQUALIFY
    noted = with_decision(person.moved(action, clock.now()), decision, clock.now())
    if version:
        last = replace(noted.private.decisions[-1], rule_version=version)
        noted = replace(noted, private=replace(noted.private, decisions=(*noted.private.decisions[:-1], last)))
    return person_store.commit(
        Change(person, noted, action, {}),
        round_=gate.read_round(person.institution),
        window=Window.VERIFICATION,
        received=clock.now(),
        actor="1.staff",
    )


class Killed(BaseException):
    """The function was ended amid its work."""


@contextmanager
def dying_after(records: int) -> Iterator[None]:
    """Let so many records be written, and end whoever writes anything after them."""
    written = count(1)

    def look(params: dict[str, Any], **_: Any) -> None:
        is_record = any("P#" in str(each.get("Put", {}).get("Item", {}).get("pk")) for each in params["TransactItems"])
        if not is_record or next(written) > records:
            raise Killed

    events, name = clients.dynamodb().meta.events, "provide-client-params.dynamodb.TransactWriteItems"
    events.register(name, look)
    try:
        yield
    finally:
        events.unregister(name, look)
