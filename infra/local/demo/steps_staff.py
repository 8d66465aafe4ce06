"""The staff's part: an institution applies for its first admin, who invites the others; nobody is two people."""

import time

from infra.local import seed
from infra.local.client import Visitor, new_key, wait_for
from infra.local.demo.stage import Stage
from infra.local.demo.steps_institution import registered_fields, stage_person
from services.kernel.documents import DocumentType
from tools.sample.papers import draw_sheet
from tools.sample.verdicts import verdicts


def apply_for_an_admin(stage: Stage) -> None:
    """An institution without users applies with its letter; bkn reads it, approves, and the admin accepts."""
    stage.report.step("Instansi tanpa pengguna mengajukan admin dengan surat penunjukan; BKN menyetujui")
    login, applicant = seed.staff_login(stage.number, "admin"), Visitor(stage.base)
    form = {"institution": stage.code, "nip": login, "name": f"Admin Contoh {stage.number}", "email": seed.MAIL}
    applied = applicant.post(
        "/api/registration/applications", {**form, "captcha": applicant.captcha()}, key=new_key(), expect=201
    )
    number = applied["number"]
    bkn = stage.staff("bkn")
    path = f"/api/registration/applications/{number}"
    decision = {"approved": True, "email": seed.MAIL, "delivery": "CETAK"}
    bare = bkn.send("POST", f"{path}/decision", {**decision, "v": bkn.get(path)["v"]})
    stage.report.check("tanpa surat tidak dapat disetujui", so=bare.status == 409, seen=bare.json)
    content = draw_sheet("SURAT PENUNJUKAN ADMIN (CONTOH)", [f"Instansi {stage.code}", "Nomor 800/98/CONTOH/2022"])
    wish = {"ticket": applied["ticket"], "jenis": DocumentType.SURAT.value, "ukuran": len(content)}
    promised = applicant.post("/api/documents/uploads/by-ticket", wish, key=new_key(), expect=201)
    applicant.post_form(promised, content)
    opened = {"number": number, "code": applied["code"]}
    wait_for(lambda: _letter_is_accepted(applicant, opened), "the letter's inspection")
    made = bkn.post(f"{path}/decision", {**decision, "v": bkn.get(path)["v"]}, key=new_key())
    stage.report.same("permohonan", made["state"], "DISETUJUI")
    welcome = Visitor(stage.base).accept(made["address"], login, seed.PASSWORD)
    stage.report.same("menunggu konfirmasi, dengan kode pemulihan", _of(welcome), (False, 10))
    early = Visitor(stage.base)
    early.post("/api/registration/staff-sessions", {"login": login, "password": seed.PASSWORD}, expect=202)
    code = early.post("/_local/totp/codes", {"login": login})
    time.sleep(code["wait_seconds"])
    refused = early.send("POST", "/api/registration/staff-sessions/second-factor", {"code": code["code"]})
    stage.report.same("sebelum dikonfirmasi", refused.json["type"], "not-confirmed")
    (invitation,) = bkn.get(f"{stage.registration}/invitations")["items"]
    bkn.post(f"{stage.registration}/invitations/{invitation['id']}/confirmation", {"v": invitation["v"]})
    stage.report.same(
        "admin masuk dengan sandi dan kode", stage.staff("admin").get("/api/registration/me")["role"], "admin"
    )


def invite_the_others(stage: Stage) -> None:
    """The admin invites his office; his PPK takes bkn as well."""
    stage.report.step("Admin mengundang petugas; PPK diusulkan admin dan disetujui BKN")
    institution = seed.Institution(stage.code, f"Pemerintah Kabupaten Contoh {stage.number}", "kabupaten")
    admin, bkn = stage.staff("admin"), stage.staff("bkn")
    for role in ("operator", "verifikator", "helpdesk"):
        seed.invite(admin, institution, stage.number, role)
    path, login = f"{stage.registration}/invitations", seed.staff_login(stage.number, "ppk")
    wanted = {"login": login, "name": f"Pejabat Contoh {stage.number}", "email": seed.MAIL, "role": "ppk"}
    proposed = admin.post(path, {**wanted, "position": seed.PPK_TITLE}, key=new_key(), expect=201)
    stage.report.same("usulan PPK", proposed["state"], "MENUNGGU_PERSETUJUAN")
    decision = {"v": proposed["v"], "approved": True, "delivery": "CETAK"}
    alone = admin.send("POST", f"{path}/{proposed['id']}/decision", decision)
    stage.report.same("admin tidak menyetujui usulannya sendiri", alone.status, 403)
    sent = bkn.post(f"{path}/{proposed['id']}/decision", decision)
    Visitor(stage.base).accept(sent["address"], login, seed.PASSWORD)
    admin.post(f"{path}/{proposed['id']}/confirmation", {"v": sent["v"] + 1})
    users = {one["role"]: one["state"] for one in admin.get(f"{stage.registration}/users")["items"]}
    stage.report.same("semua petugas aktif", users, dict.fromkeys(seed.STAFF_ROLES, "AKTIF"))


def need_four_eyes(stage: Stage) -> None:
    """The admin who entered a row gets it approved by no account that he invited."""
    stage.report.step("Empat mata: akun undangan admin tidak menyetujui baris yang admin masukkan")
    admin = stage.staff("admin")
    fields = registered_fields(stage_person(stage, 700))
    made = admin.post(f"{stage.registration}/people", fields, key=new_key(), expect=201)
    body = {"v": made["v"], "criteria": verdicts("MEMENUHI_SYARAT", "Berkas asli diperiksa di kantor.")}
    path = f"{stage.registration}/people/{made['id']}/verdicts"
    for role, code in (("admin", "entered-by-you"), ("verifikator", "entered-by-sponsor")):
        refused = stage.staff(role).send("POST", path, body)
        stage.report.same(f"putusan {role}", (refused.status, refused.json["type"]), (403, code))
    deleted = {"v": made["v"], "reason": "Contoh empat mata."}
    admin.send("DELETE", f"{stage.registration}/people/{made['id']}", deleted, key=new_key(), expect=200)


def _letter_is_accepted(applicant: Visitor, opened: dict[str, str]) -> bool:
    letter = applicant.post("/api/registration/applications/lookups", opened)["letter"]
    return bool(letter and letter["state"] == "DITERIMA")


def _of(welcome: dict[str, object]) -> tuple[object, int]:
    codes = welcome["recovery_codes"]
    return welcome["confirmed"], len(codes) if isinstance(codes, list) else 0
