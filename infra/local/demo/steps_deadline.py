"""The end: extension, the deadline, the lock, the seal, the SPTJM, the final list."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from infra.local.client import Visitor, new_key, wait_for
from infra.local.demo import steps_institution, steps_person
from infra.local.demo.stage import Stage, soon_after
from infra.services import ROOT
from services.kernel.documents import DocumentType
from tools.sample import papers
from tools.sample.verdicts import verdicts

WRITERS = 4
DECIDED = 23
"""Whom the verifikator had found to fit before: one who submitted himself, one whom a stranger submitted, nineteen who
never made an account, one who came by an usulan and one by his keberatan."""


def extend(stage: Stage) -> datetime:
    """The admin asks for an hour more against a letter, bkn grants it to this institution alone; the new instant."""
    stage.report.step("Admin meminta perpanjangan dengan surat; BKN memberikannya kepada satu instansi")
    before, other = stage.window("VERIFICATION"), Visitor(stage.base)
    later = before + timedelta(hours=1)
    body = {
        "windows": {"VERIFICATION": later.isoformat()},
        "letter": {"number": "800/99/CONTOH/2022", "date": "2022-10-20"},
    }
    admin, path = stage.staff("admin"), f"{stage.finalization}/extensions"
    stage.report.same("verifikator tidak boleh", stage.staff("verifikator").send("POST", path, body).status, 403)
    stage.report.same("tanpa surat", admin.send("POST", path, body).status, 422)
    letter = admin.upload(
        DocumentType.SURAT,
        papers.draw_sheet("Permohonan perpanjangan", ["Kepada BKN: kami mohon satu jam lagi."]),
        instansi=stage.code,
    )
    stage.settle()
    body["letter"] = {**body["letter"], "file": letter["id"]}
    admin.post(path, body, key=new_key(), expect=202)
    stage.report.same("jadwal belum berubah", stage.window("VERIFICATION"), before)
    bkn = stage.staff("bkn")
    (asked,) = bkn.get(stage.finalization)["extensions"]
    bkn.post(f"/api/finalization/extensions/{asked['id']}/decision", {"decision": "DIBERI"}, key=new_key())
    stage.report.same("jadwal instansi ini", stage.window("VERIFICATION"), later)
    calendar = other.get("/api/finalization/calendar?institution=9902")["windows"]
    unmoved = next(w["closes"] for w in calendar if w["name"] == "VERIFICATION")
    stage.report.same("jadwal instansi lain", datetime.fromisoformat(unmoved), before)
    return later


def write_across(stage: Stage, deadline: datetime) -> list[dict[str, Any]]:
    """Four verifikator keep deciding while the clock passes the deadline; returns whom they decided on in time."""
    stage.report.step("Verifikator terus memutuskan sampai batas waktu lewat")
    stage.move_clock(deadline - timedelta(seconds=10))
    stage.staff("operator")
    stage.staff("verifikator")
    waiting = [one for one in stage.people() if one["state"] == "TERDAFTAR"]
    with ThreadPoolExecutor(WRITERS) as pool:
        shares = [waiting[number::WRITERS] for number in range(WRITERS)]
        told = [one for share in pool.map(lambda share: _write(stage, deadline, share), shares) for one in share]
    accepted = [one for one in told if one["status"] == 200]
    stage.report.check(f"diterima sebelum batas: {len(accepted)}", so=bool(accepted))
    stage.report.check(
        f"ditolak sesudah batas: {len(told) - len(accepted)}",
        so={one["status"] for one in told} == {200, 410},
        seen=[one["status"] for one in told],
    )
    again = stage.visitors["verifikator"].send("POST", accepted[0]["path"], accepted[0]["body"], key=accepted[0]["key"])
    stage.report.same("ulangan dari yang diterima tetap berhasil", again.status, 200)
    return accepted


def _write(stage: Stage, deadline: datetime, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One verifikator: person after person, the last one not before the deadline; then he is told that it is over."""
    own = Visitor(stage.base)
    own.cookies.update(stage.visitors["verifikator"].cookies)
    told = []
    for one in people:
        if one is people[-1]:
            wait_for(lambda: stage.now() >= deadline, "the deadline", 30)
        path = f"{stage.registration}/people/{one['id']}/verdicts"
        body = {"v": one["v"], "criteria": verdicts("MEMENUHI_SYARAT", steps_institution.AT_THE_OFFICE)}
        key = new_key()
        told.append(
            {**one, "path": path, "body": body, "key": key, "status": own.send("POST", path, body, key=key).status}
        )
        if told[-1]["status"] == 410:
            break
    return told


def reach_the_deadline(stage: Stage, deadline: datetime, accepted: list[dict[str, Any]]) -> None:
    """Everything locks by itself and is sealed: with whom was decided on in time, and nobody else."""
    stage.report.step("Batas waktu lewat: semua terkunci dengan sendirinya")
    stage.staff("operator")
    undecided = next(one for one in stage.people() if one["state"] == "TERDAFTAR")
    body = {"v": undecided["v"], "criteria": verdicts("MEMENUHI_SYARAT", steps_institution.AT_THE_OFFICE)}
    path = f"{stage.registration}/people/{undecided['id']}/verdicts"
    late = stage.staff("verifikator").send("POST", path, body)
    stage.report.same("putusan sesudah batas", (late.status, late.json["type"]), (410, "window-closed"))
    stage.report.check("menyebut instan", so=datetime.fromisoformat(late.json["closed_at"]) == deadline, seen=late.json)
    stage.move_clock(soon_after(deadline))
    bkn = stage.staff("bkn")
    sealed = wait_for(lambda: bkn.get(stage.finalization)["seal"], "the lock and the seal", 120)
    overview = bkn.get(stage.finalization)
    stage.report.same("tahap", overview["phase"], "FINAL")
    stage.report.same("segel: THK-II + Non-ASN", sealed["thk2"] + sealed["non_asn"], DECIDED + len(accepted))
    stage.report.check("akar segel", so=len(sealed["root"]) == 64, seen=sealed)


def sign(stage: Stage) -> None:
    """The SPTJM is downloaded, signed, uploaded by the PPK, and accepted by bkn."""
    stage.report.step("SPTJM ditandatangani PPK dan diterima BKN")
    pdf = stage.staff("admin").download(f"{stage.finalization}/sptjm/document")
    stage.report.check("SPTJM dapat diunduh", so=pdf.startswith(b"%PDF"))
    ppk = stage.staff("ppk")
    number = ppk.get(stage.finalization)["sptjm"]["number"]
    done = ppk.upload(DocumentType.SPTJM, pdf, instansi=stage.code)
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


def publish(stage: Stage, nama: str, nik: str, on: Sequence[str], off: str) -> None:
    """The final list is public; a journalist finds with the tool alone that it is what was sealed.

    `on` are the registration numbers of whom cases brought on it and who was decided on in time; a tanggapan took `off`
    off it.
    """
    stage.report.step("Daftar final terbit dengan segelnya, dan siapa pun dapat memeriksanya")
    page = steps_institution.public_list(stage, nama, nik, final=True)
    root = stage.staff("admin").get(stage.finalization)["seal"]["root"]
    shown = "".join(character for character in page if character.isalnum())
    stage.report.check("segel pada halaman sama dengan segel yang tercatat", so=root in shown)
    files = {name: Visitor(stage.base).send("GET", path, expect=200).content for name, path in _public(stage).items()}
    public = {row[1] for row in json.loads(files["index.json"])["items"]}
    stage.report.check(
        "ada pada daftar: dari usulan, dari keberatan, dan yang diterima sebelum batas", so=set(on) <= public
    )
    stage.report.check("tidak ada: yang tanggapan atasnya diterima", so=off not in public)
    named = ["list", "--list", "index.json", "--seal", "segel.json", "--root", root, "--key", "kunci.pem"]
    stage.report.same("pendataan_verify: daftar", verify(files, named), 0)
    changed = files["index.json"].replace(nama.encode(), b"Orang Siluman")
    stage.report.same("pendataan_verify: nama diganti", verify({**files, "index.json": changed}, named), 1)


def prove(stage: Stage, me: Visitor, person: dict[str, Any]) -> None:
    """The person downloads the proof that he is in the seal; the same tool checks it."""
    stage.report.step("Orang yang terdaftar mengunduh bukti bahwa ia ada dalam segel")
    me.sign_in(person["nik"], steps_person.PASSWORD)
    files = {"bukti.json": me.download("/api/registration/me/proof")}
    stage.report.same("pendataan_verify: bukti", verify(files, ["proof", "bukti.json"]), 0)
    changed = files["bukti.json"].replace(person["nama"].encode(), b"Orang Siluman")
    stage.report.same("pendataan_verify: bukti diganti", verify({"bukti.json": changed}, ["proof", "bukti.json"]), 1)


def verify(files: Mapping[str, bytes], arguments: Sequence[str]) -> int:
    """Run the public tool on these files, as whoever doubts would; returns its exit status."""
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "tools" / "verify")}
        command = [sys.executable, "-m", "pendataan_verify", *arguments]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).returncode


def _public(stage: Stage) -> dict[str, str]:
    there = f"/pengumuman/{stage.code}"
    return {"index.json": f"{there}/index.json", "segel.json": f"{there}/segel.json", "kunci.pem": "/segel/kunci.pem"}
