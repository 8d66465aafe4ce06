"""One institution with people entered by hand and imported, and somebody who checks what is written of them."""

import pytest

from services.kernel.security.sessions import Role
from services.registration import app as entry
from services.registration.adapters import institution_store, person_store
from tests.registration.imports.importing import run
from tests.registration.listed import INSTITUTION, portal
from tests.registration.staff import Desk, desk, row
from tests.support.auditing import Auditor
from tests.support.aws import Cloud

__all__ = ["portal"]

LANE = "i0"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.kernel.audit.examine._PAUSE", 0.0)


@pytest.fixture
def admin(portal: Cloud) -> Desk:
    institution_store.keep(INSTITUTION, {"title": "Kabupaten Contoh"}, clock="opened_v", v=1)
    return desk(portal, Role.ADMIN)


@pytest.fixture
def auditor(admin: Desk, caplog: pytest.LogCaptureFixture) -> Auditor:
    return Auditor(entry, caplog)


@pytest.fixture
def by_hand(admin: Desk) -> str:
    """Somebody entered by hand, with three links of his own, whose NIK was looked at twice."""
    return admin.cloud.stand("audited, entered by hand", lambda: _enter(admin))


@pytest.fixture
def imported(admin: Desk, request: pytest.FixtureRequest) -> str:
    """One of two imported people, changed twice since; the other one never."""
    beside = "beside another" if "by_hand" in request.fixturenames else "alone"
    return admin.cloud.stand(f"audited, imported {beside}", lambda: _import(admin))


@pytest.fixture
def untouched(imported: str, admin: Desk) -> str:
    """The other imported person, who has no link of his own."""
    return _pid_of(admin.cloud, row(3)["nama"])


def _enter(admin: Desk) -> str:
    pid = str(admin.enter(row(1)).json["id"])
    delete_and_restore(admin, pid)
    for _ in range(2):
        assert admin.call("POST", f"/people/{pid}/nik").status == 200
    return pid


def _import(admin: Desk) -> str:
    run(admin, [row(2), row(3)])
    pid = _pid_of(admin.cloud, row(2)["nama"])
    delete_and_restore(admin, pid)
    return pid


def delete_and_restore(admin: Desk, pid: str) -> None:
    v = person_store.load(pid).v
    assert admin.delete(pid, v).status == 200
    restored = admin.call("POST", f"/people/{pid}/restoration", {"v": v + 1, "reason": "ternyata masih bekerja"})
    assert restored.status == 200, restored.text


def _pid_of(cloud: Cloud, nama: str) -> str:
    roots = (item for item in cloud.items("RegTable") if item["pk"].startswith("P#") and item["sk"] == "@")
    return next(str(root["pk"].removeprefix("P#")) for root in roots if root["nama"] == nama)
