"""The end: extension, the deadline, the lock, the seal, the SPTJM, the final list."""

from datetime import datetime, timedelta

from infra.local.client import Visitor, new_key, wait_for
from infra.local.demo import steps_institution
from infra.local.demo.stage import Stage, soon_after
from services.kernel.documents import DocumentType


def extend(stage: Stage) -> datetime:
    """Bkn moves the verification window of this institution alone, against its letter; returns the new instant."""
    stage.report.step("BKN memberi perpanjangan kepada satu instansi")
    before, other = stage.window("VERIFICATION"), Visitor(stage.base)
    body = {
        "windows": {"VERIFICATION": (before + timedelta(hours=1)).isoformat()},
        "letter": {"number": "800/99/CONTOH/2022", "date": "2022-10-20"},
    }
    refused = stage.staff("admin").send("POST", f"{stage.finalization}/extensions", body)
    stage.report.same("admin tidak boleh", refused.status, 403)
    stage.staff("bkn").post(f"{stage.finalization}/extensions", body, key=new_key(), expect=201)
    stage.report.same("jadwal instansi ini", stage.window("VERIFICATION"), before + timedelta(hours=1))
    calendar = other.get("/api/finalization/calendar?institution=9902")["windows"]
    unmoved = next(w["closes"] for w in calendar if w["name"] == "VERIFICATION")
    stage.report.same("jadwal instansi lain", datetime.fromisoformat(unmoved), before)
    return stage.window("VERIFICATION")


def reach_the_deadline(stage: Stage, deadline: datetime, undecided: dict[str, object]) -> None:
    """The clock passes the deadline: verdicts are refused at once, and everything locks by itself."""
    stage.report.step("Batas waktu lewat: semua terkunci dengan sendirinya")
    stage.move_clock(deadline)
    body = {"v": undecided["v"], "decision": "MEMENUHI_SYARAT", "reason": ""}
    path = f"{stage.registration}/people/{undecided['id']}/verdicts"
    late = stage.staff("verifikator").send("POST", path, body)
    stage.report.same("putusan sesudah batas", (late.status, late.json["type"]), (410, "window-closed"))
    stage.report.check("menyebut instan", so=datetime.fromisoformat(late.json["closed_at"]) == deadline, seen=late.json)
    stage.move_clock(soon_after(deadline))
    bkn = stage.staff("bkn")
    sealed = wait_for(lambda: bkn.get(stage.finalization)["seal"], "the lock and the seal", 120)
    overview = bkn.get(stage.finalization)
    stage.report.same("tahap", overview["phase"], "FINAL")
    stage.report.same("segel: THK-II + Non-ASN", sealed["thk2"] + sealed["non_asn"], 21)
    stage.report.check("akar segel", so=len(sealed["root"]) == 64, seen=sealed)


def sign(stage: Stage) -> None:
    """The SPTJM is downloaded, signed, uploaded by the PPK, and accepted by bkn."""
    stage.report.step("SPTJM ditandatangani PPK dan diterima BKN")
    pdf = stage.staff("admin").download(f"{stage.finalization}/sptjm/document")
    stage.report.check("SPTJM dapat diunduh", so=pdf.startswith(b"%PDF"))
    ppk = stage.staff("ppk")
    number = ppk.get(stage.finalization)["sptjm"]["number"]
    done = ppk.upload(DocumentType.SPTJM, pdf, "application/pdf", instansi=stage.code)
    stage.settle()
    other = {"file": done["id"], "number": f"SPTJM-{stage.code}-1"}
    stage.report.same("nomor SPTJM lain", ppk.send("POST", f"{stage.finalization}/sptjm", other).status, 422)
    ppk.post(f"{stage.finalization}/sptjm", {**other, "number": number}, key=new_key())
    seen = stage.staff("bkn").get(stage.finalization)["sptjm"]["printed_number"]
    stage.report.same("nomor pada berkas", seen, number)
    decision = {"decision": "DITERIMA", "reason": ""}
    refused = ppk.send("POST", f"{stage.finalization}/sptjm/decision", decision)
    stage.report.same("PPK tidak memutuskan sendiri", refused.status, 403)
    stage.staff("bkn").post(f"{stage.finalization}/sptjm/decision", decision, key=new_key())
    overview = stage.staff("admin").get(stage.finalization)
    stage.report.same("tahap", overview["phase"], "SPTJM_DITERIMA")


def publish(stage: Stage, nama: str, nik: str) -> None:
    """The final list is public and shows the seal."""
    stage.report.step("Daftar final terbit dengan segelnya")
    page = steps_institution.public_list(stage, nama, nik, final=True)
    root = stage.staff("admin").get(stage.finalization)["seal"]["root"]
    shown = "".join(character for character in page if character.isalnum())
    stage.report.check("segel pada halaman sama dengan segel yang tercatat", so=root in shown)
