"""A record's history in words: who, what, when, why; who reads it is written down; nothing at fault is hidden."""

from typing import Any

import pytest

from services.kernel.audit import chain as audit
from services.kernel.audit.log import AuditLog
from services.kernel.security.sessions import Role
from services.registration.adapters import access_log, institution_store, person_store
from services.registration.app import app
from tests.registration.imports.importing import run
from tests.registration.listed import INSTITUTION, stand_with_account, token_of
from tests.registration.staff import Desk, desk, row
from tests.support.auditing import change, remove
from tests.support.aws import Cloud


@pytest.fixture
def admin(portal: Cloud) -> Desk:
    return desk(portal, Role.ADMIN)


def history(reader: Desk, pid: str, query: str = "", **more: Any) -> dict[str, Any]:
    answer = reader.call("GET", f"/people/{pid}/history{query}", **more)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def deeds(reader: Desk, pid: str) -> list[str]:
    return [str(entry["action"]) for entry in history(reader, pid)["items"]]


def entered(admin: Desk) -> str:
    """A draft that was completed, taken off the list and put back."""
    return admin.cloud.stand("registration, a history", lambda: _entered(admin))


def _entered(admin: Desk) -> str:
    pid = str(admin.enter(row(1, unit_kerja=None)).json["id"])
    changed = admin.call("PATCH", f"/people/{pid}", {"v": 1, "unit_kerja": "SD Negeri 1 Contoh"})
    assert changed.status == 200, changed.text
    assert admin.delete(pid, 2, reason="tercatat dua kali").status == 200
    assert admin.call("POST", f"/people/{pid}/restoration", {"v": 3, "reason": "keliru"}).status == 200
    return pid


def test_it_says_who_did_what_and_why_the_newest_first(admin: Desk) -> None:
    pid = entered(admin)
    found = history(admin, pid)
    assert [(e["action"], e["reason"]) for e in found["items"]] == [
        ("read-history", None),
        ("restore", "keliru"),
        ("delete", "tercatat dua kali"),
        ("register", None),
        ("register", None),
    ]
    first, completed = found["items"][-1], found["items"][-2]
    assert found["cursor"] is None
    assert first["actor"] == {"kind": "staff", "name": "Petugas admin 1", "role": "admin"}
    assert first["at"].endswith("+07:00")
    assert {"field": "nik", "before": None, "after": "9901**********" + row(1)["nik"][-2:]} in first["changes"]
    assert completed["changes"] == [{"field": "unit_kerja", "before": None, "after": "SD Negeri 1 Contoh"}]
    assert not any(e["fault"] for e in found["items"])
    assert row(1)["nik"] not in str(found)


def test_it_is_told_in_english_too(admin: Desk) -> None:
    found = history(admin, entered(admin), headers={"Accept-Language": "en"})
    assert found["items"][2]["text"] == "Took this person off the list."
    assert found["items"][2]["reason"] == "tercatat dua kali"


def test_pages_go_through_all_chains_and_each_reading_is_written_down(admin: Desk) -> None:
    pid = entered(admin)
    assert admin.call("POST", f"/people/{pid}/nik").status == 200
    found, cursor = list[tuple[str, int]](), ""
    while True:
        page = history(admin, pid, f"?limit=2{cursor}")
        found += [(e["action"], e["number"]) for e in page["items"]]
        if page["cursor"] is None:
            break
        cursor = f"&cursor={page['cursor']}"
    assert len(found) == len(set(found)) == 6
    assert found.count(("show-nik", 1)) == 1
    head = access_log.head_key(pid)
    log = AuditLog(audit.access_chain(pid), head, INSTITUTION).head()
    assert log is not None
    assert log.version == 1 + 3


@pytest.mark.parametrize("cursor", ["1", "1.2.x", "1.2.3.4", "-1.0.0", "²..1"])
def test_a_cursor_of_no_use_is_refused(admin: Desk, cursor: str) -> None:
    assert admin.call("GET", f"/people/{entered(admin)}/history?cursor={cursor}").code == "malformed"


def test_an_imported_person_begins_with_his_import(admin: Desk) -> None:
    institution_store.keep(INSTITUTION, {"title": "Kabupaten Contoh"}, clock="opened_v", v=1)
    started = run(admin, [row(2), row(3)])
    roots = (item for item in admin.cloud.items("RegTable") if item["sk"] == "@" and item.get("nama") == row(2)["nama"])
    pid = str(next(roots)["pk"]).removeprefix("P#")
    assert admin.delete(pid, 1).status == 200
    reader = desk(admin.cloud, Role.AUDITOR)
    first = history(reader, pid)["items"][-1]
    assert first["text"].startswith(f"Mendaftarkan orang ini lewat impor {started.id}, baris ")
    assert (first["actor"]["role"], first["fault"]) == ("admin", None)
    assert [e["fault"] for e in history(reader, pid)["items"]] == [None] * 4
    change(audit.lane_chain(INSTITUTION, "i0"), 1, delta=b"x" * 100)
    last = history(reader, pid)["items"][-2:]
    assert all("Laporkan kepada BKN" in e["fault"] for e in last)


def test_what_the_person_did_and_what_was_done_to_his_files_is_told(portal: Cloud) -> None:
    person = stand_with_account(portal)
    admin = desk(portal, Role.ADMIN)
    said = portal.call(
        app,
        "POST",
        "/registration/me/active-confirmation",
        {"v": person.v, "active": True},
        token=token_of(portal, person),
    )
    assert said.status == 200, said.text
    entry = history(admin, person.pid)["items"][1]
    assert (entry["actor"]["kind"], entry["changes"]) == (
        "person",
        [{"field": "active", "before": None, "after": True}],
    )


def test_a_missing_and_a_changed_link_are_shown_not_hidden(admin: Desk) -> None:
    pid = entered(admin)
    chain = audit.person_chain(pid)
    change(chain, 1, actor="x")
    remove(chain, 3)
    entries = {e["number"]: e for e in history(admin, pid)["items"] if e["action"] != "read-history"}
    assert "mungkin dihilangkan" in entries[3]["fault"]
    assert (entries[3]["at"], entries[3]["actor"], entries[3]["text"]) == (None, None, None)
    assert "mungkin diubah" in entries[1]["fault"]
    assert entries[1]["changes"] == []
    assert entries[4]["fault"] is None
    assert person_store.load(pid).v == 4


def test_only_who_answers_for_the_institution_reads_it(admin: Desk) -> None:
    pid = entered(admin)
    for role in (Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK, Role.PPK):
        assert desk(admin.cloud, role).call("GET", f"/people/{pid}/history").code == "forbidden"
    other = Desk(admin.cloud, desk(admin.cloud, Role.ADMIN, "9902").actor, INSTITUTION)
    assert other.call("GET", f"/people/{pid}/history").code == "not-found"
    scoped = desk(admin.cloud, Role.ADMIN, units=["SD Negeri 9 Contoh"], number=2)
    assert scoped.call("GET", f"/people/{pid}/history").code == "not-found"
    for role in (Role.BKN, Role.AUDITOR):
        assert deeds(desk(admin.cloud, role), pid)[0] == "read-history"
