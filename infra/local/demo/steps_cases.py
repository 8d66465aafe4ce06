"""What the public asks and somebody answers: a missing person comes on the list by his usulan; help is answered."""

from dataclasses import dataclass
from typing import Any

from infra.local.client import Answer, Visitor, new_key, wait_for
from infra.local.demo.stage import Stage
from infra.local.demo.steps_institution import AT_THE_OFFICE, registered_fields, stage_person
from services.kernel.documents import DocumentType
from tools.sample.papers import draw_sheet
from tools.sample.verdicts import verdicts

ANNOUNCEMENTS = "/api/announcements"
CASES = f"{ANNOUNCEMENTS}/cases"


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
    told = visitor.post(f"{ANNOUNCEMENTS}/usulan", body, key=new_key(), expect=201)
    filed = Filed(told["number"], told["code"], person)
    stage.report.same("diikuti dengan nomor dan kode", state_of(stage, filed), "BARU")
    _send_paper(stage, visitor, filed)
    wrong = visitor.send("POST", f"{CASES}/lookups", {**filed.opens, "code": "0000-0000-0000"})
    stage.report.same("kode yang salah", wrong.status, 404)
    items = stage.staff("operator").get(inbox(stage))["items"]
    stage.report.check("ada di kotak masuk instansi", so=any(i["number"] == filed.number for i in items), seen=items)
    open_on_checklist(stage, "usulan", 1)
    return filed


def _send_paper(stage: Stage, visitor: Visitor, filed: Filed) -> None:
    """He sends evidence with the ticket of his case, and reads what became of it; staff open it."""
    content = draw_sheet("SURAT KETERANGAN (CONTOH)", ["Bekerja sejak 4 Maret 2019"])
    ticket = visitor.post(f"{CASES}/lookups", filed.opens)["ticket"]
    wish = {"ticket": ticket, "jenis": DocumentType.BUKTI_LAPORAN.value, "ukuran": len(content)}
    promised = visitor.post("/api/documents/uploads/by-ticket", wish, key=new_key(), expect=201)
    visitor.post_form(promised, content)
    (file,) = wait_for(lambda: visitor.post(f"{CASES}/lookups", filed.opens)["files"], "the paper's inspection")
    stage.report.same("bukti usulan", (file["file"], file["accepted"]), (promised["id"], True))
    operator, pages = stage.staff("operator"), f"/api/documents/files/{promised['id']}/pages"
    stage.report.same("dibuka petugas", operator.get(pages)["pages"] > 0, True)
    stage.report.same("tidak dibuka pelapor", visitor.send("GET", pages).status, 401)


def accept(stage: Stage, filed: Filed) -> str:
    """The operator accepts it and completes the draft, the verifikator decides; his number on the list."""
    stage.report.step("Usulan diterima: dari draf menjadi terdaftar")
    operator = stage.staff("operator")
    case = operator.get(f"{inbox(stage)}/{filed.number}")
    stage.report.check("NIK tersamar bagi petugas", so=filed.person["nik"] not in str(case), seen=case["said"])
    handover = {"handover": decide(stage, operator, filed, "TERBUKTI", "Bukti kerja lengkap, data dilengkapi.")}
    made = operator.post(f"{stage.registration}/case-drafts", handover, key=new_key(), expect=201)
    stage.report.same("draf dari usulan", made["state"], "DRAF")
    again = operator.post(f"{stage.registration}/case-drafts", handover, key=new_key(), expect=201)
    stage.report.same("token yang sama sekali lagi", again["id"], made["id"])
    closed(stage, filed, "DIPUTUS")
    open_on_checklist(stage, "usulan", 0)
    path = f"{stage.registration}/people/{made['id']}"
    done = operator.send("PATCH", path, {**registered_fields(filed.person), "v": made["v"]})
    stage.report.same("dilengkapi operator", (done.status, done.json["state"]), (200, "TERDAFTAR"))
    body = {"v": done.json["v"], "criteria": verdicts("MEMENUHI_SYARAT", AT_THE_OFFICE)}
    judged = stage.staff("verifikator").post(f"{path}/verdicts", body, key=new_key())
    stage.report.same("diputus verifikator", judged["state"], "MEMENUHI_SYARAT")
    return str(operator.get(path)["nomor_registrasi"])


def help_with_a_password(stage: Stage) -> None:
    """Who forgot his password asks for help; the help desk answers, and the case is over."""
    stage.report.step("Lupa kata sandi: permintaan bantuan dijawab meja bantuan")
    visitor = Visitor(stage.base)
    body = {
        "topic": "LUPA_SANDI",
        "institution": stage.code,
        "nama": "Orang Lupa",
        "alasan": "Saya lupa kata sandi dan alamat email saya sudah tidak aktif.",
        "email": "lupa@contoh.example",
        "captcha": visitor.captcha("announcements"),
    }
    told = visitor.post(f"{ANNOUNCEMENTS}/bantuan", body, key=new_key(), expect=201)
    filed, helpdesk = Filed(told["number"], told["code"], {}), stage.staff("helpdesk")
    path = f"{inbox(stage)}/{filed.number}"
    refused = stage.staff("verifikator").send("GET", path)
    stage.report.same("bukan urusan verifikator", refused.status, 404)
    answer = "Datang ke kantor dengan KTP; lembar aktivasi baru dicetak untuk Anda."
    helpdesk.post(f"{path}/messages", {"v": helpdesk.get(path)["v"], "text": answer}, key=new_key())
    read = visitor.post(f"{CASES}/lookups", filed.opens)
    stage.report.check("penanya membaca jawabannya", so=answer in str(read["messages"]), seen=read)
    decide(stage, helpdesk, filed, "TERJAWAB", "Lembar aktivasi sudah diberikan di kantor.")
    closed(stage, filed, "DIPUTUS")


def decide(stage: Stage, staff: Visitor, filed: Filed, reason: str, text: str) -> str | None:
    """Somebody accepts a case; what is handed over to registration, None where no record changes by it."""
    path = f"{inbox(stage)}/{filed.number}"
    body = {"v": staff.get(path)["v"], "accepted": True, "reason": reason, "text": text}
    handover: str | None = staff.post(f"{path}/decisions", body, key=new_key())["handover"]
    return handover


def carry_out(stage: Stage, staff: Visitor, pid: str, handover: str | None) -> Answer:
    """What registration answers to the decision on a tanggapan or keberatan about this person."""
    path = f"{stage.registration}/people/{pid}/case-decisions"
    return staff.send("POST", path, {"handover": handover}, key=new_key())


def closed(stage: Stage, filed: Filed, state: str) -> None:
    """Whoever filed it reads that it is over."""
    wait_for(lambda: state_of(stage, filed) == state, "the case to close")
    stage.report.same("pelapor membaca keputusannya", state_of(stage, filed), state)


def open_on_checklist(stage: Stage, kind: str, count: int) -> None:
    """What keeps the hand from finalizing follows by facts; it says so to the admin."""
    wait_for(lambda: _on_checklist(stage, kind) == count, f"{count} {kind} on the checklist")
    stage.report.same(f"{kind} terbuka pada daftar periksa", _on_checklist(stage, kind), count)


def _on_checklist(stage: Stage, kind: str) -> int:
    lines = stage.staff("admin").get(stage.finalization)["checklist"]
    return int(next(line["count"] for line in lines if line["code"] == f"{kind}-open"))


def state_of(stage: Stage, filed: Filed) -> str:
    """How it stands, as whoever filed it reads."""
    return str(Visitor(stage.base).post(f"{CASES}/lookups", filed.opens)["state"])


def inbox(stage: Stage) -> str:
    """The paths of the institution's cases."""
    return f"{ANNOUNCEMENTS}/institutions/{stage.code}/cases"
