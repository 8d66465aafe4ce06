"""Staff enter, correct and take out appointments of a person; his own stay his, theirs stay theirs."""

from typing import Any

import pytest

from services.kernel.documents import is_history_of
from services.registration.adapters import person_store
from services.registration.app import app
from services.registration.dossiers.histories import MAX_HISTORIES
from services.registration.settings import files_key
from tests.registration.listed import HISTORY, TOO_LATE, token_of, with_account
from tests.registration.staff import Desk, row
from tests.support.aws import Answer, Cloud

EARLIER = {**HISTORY, "tanggal_mulai": "2016-01-02", "tanggal_akhir": "2016-12-31"}
"""Before what the row says, so that it adds days of service."""


def enter(by: Desk, pid: str, version: int, **fields: Any) -> Answer:
    return by.call("POST", f"/people/{pid}/histories", {**EARLIER, "v": version, **fields})


def change(by: Desk, pid: str, history: str, v: int, **fields: Any) -> Answer:
    body = {"v": v, "reason": "menurut SK", **EARLIER, **fields}
    return by.call("PUT", f"/people/{pid}/histories/{history}", body)


def drop(by: Desk, pid: str, history: str, v: int) -> Answer:
    return by.call("DELETE", f"/people/{pid}/histories/{history}", {"v": v, "reason": "SK orang lain"})


@pytest.fixture
def pid(operator: Desk) -> str:
    return str(operator.enter(row(1)).json["id"])


def test_a_row_is_entered_corrected_and_taken_out_and_the_history_keeps_it(
    operator: Desk, colleague: Desk, pid: str
) -> None:
    made = enter(operator, pid, 1)
    assert made.status == 201, made.text
    history = made.json["id"]
    assert is_history_of(files_key(), pid, history), "documents takes its files"
    shown = operator.detail(pid)["histories"]
    assert [(one["id"], one["first"], one["own"]) for one in shown] == [
        ("pertama", True, False),
        (history, False, False),
    ]
    assert change(colleague, pid, history, 2, jabatan="Guru Lain").json == {"id": history, "v": 3}
    dossier = person_store.load_dossier(pid)
    assert [(one.fields["jabatan"], one.by) for one in dossier.histories] == [("Guru Lain", operator.actor.id)]
    assert dossier.is_work_of(colleague.actor.id)
    assert change(colleague, pid, history, 3, jabatan="Guru Lain").code == "conflict"
    assert drop(colleague, pid, history, 3).status == 200
    assert [one["id"] for one in operator.detail(pid)["histories"]] == ["pertama"]


def test_days_of_service_that_it_adds_void_a_verdict(operator: Desk, verifier: Desk, pid: str) -> None:
    assert verifier.decide(pid, 1, "MEMENUHI_SYARAT").status == 200
    made = enter(operator, pid, 2)
    assert (made.status, operator.detail(pid)["state"]) == (201, "TERDAFTAR")
    assert verifier.decide(pid, 3, "MEMENUHI_SYARAT").status == 200
    change(operator, pid, made.json["id"], 4, nomor_sk="800/9/2016")
    marked = operator.detail(pid)
    assert (marked["state"], [one["field"] for one in marked["changes"]]) == ("MEMENUHI_SYARAT", ["riwayat"])


def test_his_rows_are_his_and_the_institutions_are_not(portal: Cloud, operator: Desk) -> None:
    person = with_account(portal)
    token = token_of(portal, person)
    his = portal.call(app, "POST", "/registration/me/histories", {"v": person.v, **HISTORY}, token=token).json
    theirs = enter(operator, person.pid, his["v"]).json
    assert change(operator, person.pid, his["id"], theirs["v"]).code == "forbidden"
    assert drop(operator, person.pid, his["id"], theirs["v"]).code == "forbidden"
    assert drop(operator, person.pid, "pertama", theirs["v"]).code == "forbidden"
    assert drop(operator, person.pid, "0a1b2c3d", theirs["v"]).code == "not-found"
    path = f"/registration/me/histories/{theirs['id']}"
    edited = portal.call(app, "PUT", path, {"v": theirs["v"], **HISTORY}, token=token)
    gone = portal.call(app, "DELETE", path, {"v": theirs["v"]}, token=token)
    assert (edited.code, gone.code) == ("forbidden", "forbidden")
    seen = portal.call(app, "GET", "/registration/me/histories", token=token).json["items"]
    assert {one["id"]: one["own"] for one in seen} == {"pertama": False, his["id"]: True, theirs["id"]: False}
    me = portal.call(app, "GET", "/registration/me", token=token).json
    assert [one["field"] for one in me["corrected"]] == ["riwayat"]


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"jabatan": None}, "invalid-fields"),
        ({"tanggal_mulai": "2017-01-01"}, "invalid-fields"),
        ({"v": 9}, "version-moved"),
    ],
)
def test_what_cannot_be_is_refused(operator: Desk, pid: str, fields: dict[str, Any], refused: str) -> None:
    assert enter(operator, pid, 1, **fields).code == refused
    assert person_store.load(pid).v == 1


def test_there_is_an_end_to_rows_and_to_time(portal: Cloud, operator: Desk, pid: str) -> None:
    for v in range(1, MAX_HISTORIES + 1):
        assert enter(operator, pid, v, nomor_sk=f"800/{v}/2016").status == 201
    assert enter(operator, pid, MAX_HISTORIES + 1).code == "conflict"
    portal.at(TOO_LATE)
    assert enter(operator, pid, MAX_HISTORIES + 1).code == "window-closed"
