"""What the public asks and somebody answers: a missing person comes on the list by his usulan."""

from dataclasses import dataclass
from typing import Any

from infra.local.client import Visitor, new_key, wait_for
from infra.local.demo.stage import Stage
from infra.local.demo.steps_institution import registered_fields, stage_person

CASES = "/api/announcements/cases"


@dataclass(frozen=True)
class Filed:
    """A case: number and code as they are shown, and whom it is about."""

    number: str
    code: str
    person: dict[str, Any]

    @property
    def opens(self) -> dict[str, str]:
        """What opens it."""
        return {"number": self.number, "code": self.code}


def usulan(stage: Stage) -> Filed:
    """Somebody who is not on the list proposes himself; the institution finds it in its inbox."""
    stage.report.step("Usulan dari orang yang belum terdaftar")
    visitor = Visitor(stage.base)
    person = stage_person(stage, 760)
    body = {
        "institution": stage.code,
        **{name: person[name] for name in ("nik", "nama", "tanggal_lahir", "unit_kerja", "jabatan")},
        "sejak": "2019-03-04",
        "alasan": "Saya bekerja sejak 2019 tetapi belum terdaftar.",
        "email": "usulan@contoh.example",
        "captcha": visitor.captcha("announcements"),
    }
    told = visitor.post("/api/announcements/usulan", body, key=new_key(), expect=201)
    filed = Filed(told["number"], told["code"], person)
    stage.report.same("diikuti dengan nomor dan kode", _state(stage, filed), "BARU")
    wrong = visitor.send("POST", f"{CASES}/lookups", {**filed.opens, "code": "0000-0000-0000"})
    stage.report.same("kode yang salah", wrong.status, 404)
    inbox = stage.staff("operator").get(f"{_inbox(stage)}")["items"]
    stage.report.check("ada di kotak masuk instansi", so=any(i["number"] == filed.number for i in inbox), seen=inbox)
    _counted(stage, 1)
    return filed


def accept(stage: Stage, filed: Filed) -> None:
    """The operator accepts it; the draft made from it is completed under the correction window."""
    stage.report.step("Usulan diterima: dari draf menjadi terdaftar")
    operator = stage.staff("operator")
    path = f"{_inbox(stage)}/{filed.number}"
    case = operator.get(path)
    stage.report.check("NIK tersamar bagi petugas", so=filed.person["nik"] not in str(case), seen=case["said"])
    body = {"v": case["v"], "accepted": True, "reason": "TERBUKTI", "text": "Bukti kerja lengkap, data dilengkapi."}
    decided = operator.post(f"{path}/decisions", body, key=new_key())
    made = operator.post(
        f"{stage.registration}/case-drafts", {"handover": decided["handover"]}, key=new_key(), expect=201
    )
    stage.report.same("draf dari usulan", made["state"], "DRAF")
    again = operator.post(
        f"{stage.registration}/case-drafts", {"handover": decided["handover"]}, key=new_key(), expect=201
    )
    stage.report.same("token yang sama sekali lagi", again["id"], made["id"])
    wait_for(lambda: _state(stage, filed) == "DIPUTUS" or None, "the case to close")
    stage.report.same("pelapor membaca keputusannya", _state(stage, filed), "DIPUTUS")
    _counted(stage, 0)
    fields = {**registered_fields(filed.person), "v": made["v"]}
    done = operator.send("PATCH", f"{stage.registration}/people/{made['id']}", fields)
    stage.report.same("dilengkapi operator", (done.status, done.json["state"]), (200, "TERDAFTAR"))


def _counted(stage: Stage, open_ones: int) -> None:
    """What keeps the hand from finalizing follows by facts."""
    wait_for(lambda: _on_checklist(stage) == open_ones, f"{open_ones} usulan on the checklist")
    stage.report.same("usulan pada daftar periksa", _on_checklist(stage), open_ones)


def _on_checklist(stage: Stage) -> int:
    lines = stage.staff("admin").get(stage.finalization)["checklist"]
    return int(next(line["count"] for line in lines if line["code"] == "usulan-open"))


def _state(stage: Stage, filed: Filed) -> str:
    return str(Visitor(stage.base).post(f"{CASES}/lookups", filed.opens)["state"])


def _inbox(stage: Stage) -> str:
    return f"/api/announcements/institutions/{stage.code}/cases"
