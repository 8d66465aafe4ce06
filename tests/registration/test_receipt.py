"""The instant of receipt decides (domain.md, section 7): every POST that is written through the gate, at its boundary.

What was received a millisecond before the end is carried through twenty seconds after it; what was received at the end
is refused; and the retry of what was accepted is answered as it was, however late it comes.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.kernel.calendar import DEFAULT_2022, Window
from services.kernel.documents import DocumentType
from services.kernel.sessions import Role
from services.kernel.states import PersonState
from services.registration.api import api
from services.registration.app import app
from tests.aws import Answer, Cloud
from tests.registration.listed import (
    HISTORY,
    IN_TIME,
    accept,
    complete,
    enrol,
    make_account,
    portal,
    put_in,
    register,
    token_of,
    with_account,
)
from tests.registration.staff import desk, row

__all__ = ["portal"]

Send = Callable[..., Answer]
"""Sends one request of a kind; takes `received` and `headers`."""
PEOPLE = "/registration/institutions/{code}/people"


def entering(cloud: Cloud) -> Send:
    operator = desk(cloud, Role.OPERATOR)
    return lambda **call: operator.enter(row(1), **call)


def restoring(cloud: Cloud) -> Send:
    admin = desk(cloud, Role.ADMIN)
    pid = admin.enter(row(1), received=IN_TIME).json["id"]
    assert admin.delete(pid, 1).status == 200
    body = {"v": 2, "reason": "ternyata masih bekerja"}
    return lambda **call: admin.call("POST", f"/people/{pid}/restoration", body, **call)


def deciding(cloud: Cloud) -> Send:
    verifier = desk(cloud, Role.VERIFIKATOR)
    pid = desk(cloud, Role.OPERATOR).enter(row(1), received=IN_TIME).json["id"]
    return lambda **call: verifier.decide(pid, 1, "MEMENUHI_SYARAT", **call)


def own(cloud: Cloud, path: str, **body: Any) -> Send:
    """A request of a person with a complete dossier; `state` puts him into another one first."""
    person = complete(cloud, with_account(cloud))
    state = body.pop("state", None)
    person = put_in(person, state) if state else person
    sent = {"v": person.v, **body}
    return lambda **call: cloud.call(app, "POST", path, sent, token=token_of(cloud, person), **call)


def confirming(cloud: Cloud) -> Send:
    return own(cloud, "/registration/me/active-confirmation", active=False)


def confirming_again(cloud: Cloud) -> Send:
    return own(cloud, "/registration/me/active-confirmation", active=True)


def adding_history(cloud: Cloud) -> Send:
    return own(cloud, "/registration/me/histories", **HISTORY)


def submitting(cloud: Cloud) -> Send:
    return own(cloud, "/registration/me/submission", statement=True)


def withdrawing(cloud: Cloud) -> Send:
    return own(cloud, "/registration/me/withdrawal", state=PersonState.DIAJUKAN)


def making_account(cloud: Cloud) -> Send:
    person = register()
    for jenis in (DocumentType.KTP, DocumentType.FOTO):
        accept(person.pid, jenis)
    cookies = enrol(cloud)
    return lambda **call: make_account(cloud, cookies, **call)


GATED: Mapping[str, tuple[Window, tuple[Callable[[Cloud], Send], ...]]] = {
    PEOPLE: (Window.ENTRY, (entering,)),
    f"{PEOPLE}/{{person}}/restoration": (Window.CORRECTION, (restoring,)),
    f"{PEOPLE}/{{person}}/verdicts": (Window.VERIFICATION, (deciding,)),
    "/registration/me/active-confirmation": (Window.DOSSIER, (confirming, confirming_again)),
    "/registration/me/histories": (Window.DOSSIER, (adding_history,)),
    "/registration/me/submission": (Window.DOSSIER, (submitting,)),
    "/registration/me/withdrawal": (Window.DOSSIER, (withdrawing,)),
    "/registration/accounts": (Window.DOSSIER, (making_account,)),
}
NOT_GATED = {
    "/registration/identity-checks",
    "/registration/sessions",
    "/registration/sessions/refresh",
    "/registration/institutions/{code}/imports",
    "/registration/institutions/{code}/users",
    f"{PEOPLE}/{{person}}/nik",
}
"""What needs no lane: nothing on the roster or in a dossier changes. An import's rows go by the arrival of its file."""
CASES = [(window, prepare) for window, prepares in GATED.values() for prepare in prepares]


def test_every_post_is_one_or_the_other() -> None:
    assert {route.path for route in api.routes if route.method == "POST"} == GATED.keys() | NOT_GATED


@pytest.mark.parametrize(("window", "prepare"), CASES, ids=[prepare.__name__ for _, prepare in CASES])
def test_the_receipt_decides_and_a_retry_is_answered(
    portal: Cloud,
    window: Window,
    prepare: Callable[[Cloud], Send],
) -> None:
    closes = DEFAULT_2022[window].closes
    portal.at(closes - timedelta(minutes=1))
    send = prepare(portal)
    portal.at(closes + timedelta(seconds=20))

    def ask(received: datetime, key: str) -> Answer:
        return send(received=received, headers={"Idempotency-Key": key})

    before = portal.items("RegTable")
    late = ask(closes, "came-too-late")
    assert (late.status, late.code, late.json["window"]) == (410, "window-closed", window.value)
    assert portal.items("RegTable") == before
    first = ask(closes - timedelta(milliseconds=1), "came-in-time")
    assert first.status in {200, 201}, first.text
    after = portal.items("RegTable")
    again = ask(closes + timedelta(minutes=10), "came-in-time")
    assert (again.status, again.json) == (first.status, first.json)
    assert portal.items("RegTable") == after
