"""A mistyped name: it refuses its person, is asked for and put right, and a sheet makes his account his."""

import re
from typing import Any

from infra.local.client import Visitor, new_key, wait_for
from infra.local.demo.papers import words_of
from infra.local.demo.stage import Stage
from infra.local.demo.steps_institution import stage_person
from infra.local.demo.steps_person import account_form, check_identity, send_identity

_SHEET_CODE = re.compile(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b")


def correct_a_mistyped_name(stage: Stage) -> None:
    """The office's own slip locks somebody out, until it is corrected; the correction stands in the record."""
    stage.report.step("Nama yang salah ketik menolak orangnya, sampai operator memperbaikinya")
    person, operator = stage_person(stage, 2), stage.staff("operator")
    pid = id_of(stage, person)
    slip = _correct(stage, pid, "Salah Ketik Sekali")
    stage.report.same("perbaikan oleh operator", slip["v"], 2)
    refused = check_identity(stage, person)
    stage.report.same("Pengecekan Identitas", (refused.status, refused.json["type"]), (404, "not-registered"))
    put_right = _correct(stage, pid, person["nama"])
    stage.report.same("diperbaiki lagi, dengan alasan", put_right["v"], 3)
    passed = check_identity(stage, person)
    stage.report.same("Pengecekan Identitas sesudahnya", passed.status, 201)
    record = operator.get(f"{stage.registration}/people/{pid}")
    mine = (record["nama"], record["entered_by_me"])
    stage.report.same("yang memperbaiki tidak boleh memutuskan", mine, (person["nama"], True))


def make_an_account_by_sheet(stage: Stage) -> None:
    """Without e-mail and phone: the code of an activation sheet, printed by his office, makes the account his own."""
    stage.report.step("Ia membuat akun dengan lembar aktivasi, tanpa email")
    person, operator = stage_person(stage, 2), stage.staff("operator")
    pid = id_of(stage, person)
    ordered = operator.post(f"{stage.registration}/sheets", {"person": pid}, key=new_key(), expect=201)
    code = printed_code(stage, ordered["id"], person)
    me = Visitor(stage.base)
    check_identity(stage, person, me)
    send_identity(stage, me, person)
    wrong = me.send("POST", "/api/registration/enrolment/sheet", {"code": "AAAAA-AAAAA"}, key=new_key())
    stage.report.same("kode yang salah", wrong.status, 422)
    me.post("/api/registration/enrolment/sheet", {"code": code}, key=new_key())
    me.post("/api/registration/accounts", account_form(me), key=new_key(), expect=201)
    record = operator.get(f"{stage.registration}/people/{pid}")
    stage.report.same("akunnya dipastikan dengan lembar", record["sheet"]["state"], "DIPAKAI")


def _correct(stage: Stage, pid: str, nama: str) -> Any:  # noqa: ANN401 - an answer
    operator = stage.staff("operator")
    v = operator.get(f"{stage.registration}/people/{pid}")["v"]
    body = {"v": v, "nama": nama, "reason": "Disesuaikan dengan KTP."}
    return operator.post(f"{stage.registration}/people/{pid}/corrections", body, key=new_key())


def printed_code(stage: Stage, printing: str, person: dict[str, Any]) -> str:
    """Wait until a sheet is printed and read the code on it."""
    operator, path = stage.staff("operator"), f"{stage.registration}/sheets/{printing}"
    wait_for(lambda: operator.get(path)["state"] == "SIAP", "lembar aktivasi dicetak", 60)
    words = words_of(operator.download(f"{path}/pdf"))
    found = _SHEET_CODE.search(words)
    hidden = person["nik"] not in words and person["nama"] in words
    stage.report.check("lembar memuat nama dan kode, tanpa NIK", so=found is not None and hidden, seen=words)
    return found[0] if found else ""


def id_of(stage: Stage, person: dict[str, Any]) -> str:
    """The id of somebody on the roster."""
    return next(str(one["id"]) for one in stage.people() if one["nama"] == person["nama"])
