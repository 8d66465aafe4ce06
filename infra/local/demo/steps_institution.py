"""The institution's part: import, roster, verification, prefinalization."""

import time
from typing import Any

from infra.local import seed
from infra.local.client import Visitor, new_key, wait_for
from infra.local.demo.stage import Stage
from tools.sample import people, sheets
from tools.sample.verdicts import decision_of, verdicts

ROWS = 40
AT_THE_OFFICE = "Berkas asli diperiksa di kantor."
"""Why a verdict is given on somebody whose papers nobody uploaded."""


def import_a_spreadsheet(stage: Stage) -> None:
    """The operator imports 40 rows, three of them wrong, and reads an answer for each."""
    stage.report.step("Operator mengimpor daftar orang (XLSX)")
    operator = stage.staff("operator")
    rows = [stage_person(stage, at) for at in range(ROWS)]
    rows[37]["nik"] = "12345"
    rows[38] = dict(rows[0])
    rows[39]["sumber_pembayaran"] = "AKUN_52"
    content = sheets.xlsx_bytes(map(sheets.cells_of, rows))
    path = f"{stage.registration}/imports"
    made = operator.post(path, {"filename": "daftar.xlsx", "size": len(content)}, expect=201)
    operator.post_form(made["upload"], content)
    done = wait_for(lambda: _finished(operator, f"{path}/{made['id']}"), "the import")
    stage.report.same("baris dibaca", done["rows"], ROWS)
    stage.report.same("diterima / ditolak / duplikat", outcome(done), (38, 1, 1))
    answers = operator.get(f"{path}/{made['id']}/answers")["items"]
    stage.report.same("satu jawaban untuk setiap baris", len(answers), ROWS)
    wrong = next(a for a in answers if a["outcome"] == "DITOLAK")
    stage.report.check("baris yang ditolak menyebut kolom NIK", so=wrong["problems"][0]["column"] == "nik", seen=wrong)
    result = operator.download(f"{path}/{made['id']}/result")
    stage.report.check("jawaban dapat diunduh sebagai XLSX", so=result.startswith(b"PK"))


def refuse_a_useless_file(stage: Stage) -> None:
    """A file without the columns is refused as a whole, and says which are missing."""
    operator = stage.visitors["operator"]
    content = b"nama;umur\nSiti;30\n"
    path = f"{stage.registration}/imports"
    made = operator.post(path, {"filename": "salah.csv", "size": len(content)}, expect=201)
    operator.post_form(made["upload"], content)
    done = wait_for(lambda: _finished(operator, f"{path}/{made['id']}"), "the import")
    stage.report.same("berkas tanpa kolom wajib", done["state"], "DITOLAK")
    stage.report.check("alasannya menyebut kolom", so="kolom" in done["problem"]["message"].lower(), seen=done)


def add_one_by_hand(stage: Stage) -> None:
    """The operator enters one person; the engine advises at once."""
    stage.report.step("Operator menambah satu orang dengan tangan")
    operator = stage.visitors["operator"]
    fields = registered_fields(stage_person(stage, 500))
    made = operator.post(f"{stage.registration}/people", fields, key=new_key(), expect=201)
    stage.report.same("status", made["state"], "TERDAFTAR")
    again = operator.send("POST", f"{stage.registration}/people", fields)
    stage.report.same("orang yang sama sekali lagi", again.status, 409)
    bad = operator.send("POST", f"{stage.registration}/people", {**fields, "nik": "abc"})
    stage.report.same("NIK yang salah", (bad.status, bad.json["fields"][0]["field"]), (422, "nik"))


def keep_institutions_apart(stage: Stage) -> None:
    """Another institution's person is not found, whoever asks."""
    stage.report.step("Instansi lain tidak melihat apa-apa")
    other = Visitor(stage.base)
    other.sign_in_staff(seed.staff_login(2, "operator"), seed.PASSWORD)
    one = stage.people()[0]["id"]
    for path in (f"{stage.registration}/people/{one}", f"/api/registration/institutions/9902/people/{one}"):
        stage.report.same(path.rpartition("/api")[2], other.send("GET", path).status, 404)


def verify(stage: Stage, submitted: str) -> None:
    """The verifikator decides, also about people who never made an account; the operator may not."""
    stage.report.step("Verifikator memutuskan")
    roster = stage.people()
    target = next(one for one in roster if one["id"] == submitted)
    path = f"{stage.registration}/people/{submitted}/verdicts"
    body = {"v": target["v"], "criteria": verdicts("MEMENUHI_SYARAT", AT_THE_OFFICE)}
    refused = stage.staff("operator").send("POST", path, body)
    stage.report.same("operator ditolak", (refused.status, refused.json["type"]), (403, "forbidden"))
    verifikator = stage.staff("verifikator")
    decided = verifikator.post(path, body, key=new_key())
    stage.report.same("yang mengajukan sendiri", decided["state"], "MEMENUHI_SYARAT")
    never = [one for one in roster if one["state"] == "TERDAFTAR"]
    bare = {"v": never[0]["v"], "criteria": verdicts("MEMENUHI_SYARAT")}
    no_reason = verifikator.send("POST", f"{stage.registration}/people/{never[0]['id']}/verdicts", bare)
    told = {field["field"].split(".")[1]: field["code"] for field in no_reason.json["fields"]}
    unfounded = dict.fromkeys(("PEMBAYARAN", "PENGANGKATAN", "USIA"), "reason-without-papers")
    stage.report.same("tanpa berkas dan tanpa alasan", told, {**unfounded, "MASA_KERJA": "reason-in-doubt"})
    for one in never[:20]:
        decided = decide(stage, one, "MEMENUHI_SYARAT", AT_THE_OFFICE)
    stage.report.same("yang tidak pernah membuat akun (data instansi berlaku)", decided["state"], "MEMENUHI_SYARAT")
    no_reason = verifikator.send(
        "POST", f"{stage.registration}/people/{never[20]['id']}/verdicts",
        {"v": never[20]["v"], "criteria": verdicts("TIDAK_MEMENUHI_SYARAT", failed="PEMBAYARAN")},
    )  # fmt: skip
    stage.report.same("menolak tanpa alasan", no_reason.status, 422)
    decided = decide(stage, never[20], "TIDAK_MEMENUHI_SYARAT", "Dibayar dari pengadaan barang dan jasa.")
    stage.report.same("ditolak dengan alasan", decided["state"], "TIDAK_MEMENUHI_SYARAT")


def decide(stage: Stage, one: dict[str, Any], decision: str, reason: str) -> Any:  # noqa: ANN401
    """One verdict."""
    way, body = decision_of(one["v"], decision, reason)
    return stage.visitors["verifikator"].post(f"{stage.registration}/people/{one['id']}/{way}", body, key=new_key())


def prefinalize(stage: Stage) -> None:
    """The admin pre-finalizes: entry closes, the list goes public."""
    stage.report.step("Admin melakukan prafinalisasi; daftar untuk uji publik terbit")
    stage.settle()
    admin = stage.staff("admin")
    admin.post(f"{stage.finalization}/prefinalization", {})
    stage.let_drain()
    overview = admin.get(stage.finalization)
    stage.report.same("tahap", overview["phase"], "PRAFINAL")
    stage.report.check("daftar bernomor tercatat", so=overview["prefinalized"]["count"] > 0, seen=overview)
    late = stage.staff("operator").send("POST", f"{stage.registration}/people", registered_fields(people.person(77)))
    stage.report.same("baris baru sesudahnya", (late.status, late.json["type"]), (410, "window-closed"))
    stage.report.check("jawabannya menyebut instan dan zona", so=late.json["zone"] == "WIB", seen=late.json)


def public_list(stage: Stage, nama: str, nik: str, *, final: bool) -> str:
    """The public page lists him and tells nothing that nobody may know; returns the page."""
    visitor = Visitor(stage.base)
    mark = "stage--final" if final else "stage--prefinal"

    def shown() -> str | None:
        answer = visitor.send("GET", f"/pengumuman/{stage.code}/")
        page = answer.content.decode()
        if answer.status == 200 and mark in page and nama in page:
            return page
        visitor.post("/_local/clock", {"advance_seconds": 60})
        time.sleep(1)
        return None

    page = wait_for(shown, f"the public page ({mark})", 90)
    stage.report.same(
        "halaman publik menyebut tahapnya", ("stage--final" in page, "stage--prefinal" in page), (final, not final)
    )
    stage.report.check("tanpa NIK dan tanpa tanggal lahir", so=nik not in page and nik[6:12] not in page)
    return page


def stage_person(stage: Stage, at: int) -> dict[str, Any]:
    """A generated person nobody else of any demo run has."""
    return people.person(stage.number * 1000 + at)


def registered_fields(person: dict[str, Any]) -> dict[str, Any]:
    """The template's fields of a generated person."""
    return {name: value for name, value in person.items() if name not in {"nomor_kk", "hp", "email"}}


def outcome(done: dict[str, Any]) -> tuple[int, int, int]:
    """How an import ended: accepted, rejected, duplicates."""
    return done["accepted"], done["rejected"], done["duplicates"]


def _finished(operator: Visitor, path: str) -> dict[str, Any] | None:
    job: dict[str, Any] = operator.get(path)
    return job if job["state"] in {"SELESAI", "DITOLAK"} else None
