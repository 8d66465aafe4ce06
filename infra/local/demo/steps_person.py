"""The person's part: identity check, account, dossier, submission, cards."""

import re
from typing import Any
from urllib.parse import quote

from infra.local.client import Visitor, new_key
from infra.local.demo.papers import code_of, words_of
from infra.local.demo.stage import Stage
from infra.local.demo.steps_institution import stage_person
from services.kernel.documents import DocumentType
from tools.sample import files

PASSWORD = "kuda-lumping-hijau-27"  # noqa: S105 - the demo's


def be_refused(stage: Stage) -> None:
    """Who is not listed, and who gives a wrong name, get one and the same answer."""
    stage.report.step("Orang yang tidak terdaftar, atau yang datanya berbeda")
    unlisted = check_identity(stage, stage_person(stage, 900))
    listed = stage_person(stage, 0)
    wrong = check_identity(stage, {**listed, "nama": "Orang Lain Sekali"})
    stage.report.same("kode", (unlisted.status, unlisted.json["type"]), (404, "not-registered"))
    stage.report.same("judul", unlisted.json["title"], "Anda Belum Didaftarkan oleh Admin Instansi")
    without_id = [{k: v for k, v in a.json.items() if k != "request_id"} for a in (unlisted, wrong)]
    stage.report.check("jawaban untuk nama yang salah sama persis", so=without_id[0] == without_id[1], seen=without_id)


def make_account(stage: Stage) -> tuple[Visitor, dict[str, Any]]:
    """Identity check, files, account, card."""
    stage.report.step("Orang yang terdaftar membuat akun")
    me = Visitor(stage.base)
    person = stage_person(stage, 0)
    shown = check_identity(stage, person, me)
    stage.report.same("Pengecekan Identitas", shown.status, 201)
    leaked = {"nik", "nomor_kk", "tanggal_lahir", "hp", "email"} & shown.json.keys()
    stage.report.check("hanya yang juga ada di daftar publik yang ditampilkan", so=not leaked, seen=leaked)
    too_big = me.send("POST", "/api/documents/uploads", {"jenis": "KTP", "ukuran": 3_000_000})
    stage.report.check(
        "KTP 3 MB ditolak dengan batas dan ukurannya",
        so=all(figure in str(too_big.json) for figure in ("2,9 MB", "200 KB")),
        seen=too_big.json,
    )
    early = me.send("POST", "/api/registration/accounts", account_form(me))
    stage.report.same("akun tanpa KTP dan foto", (early.status, early.json["type"]), (422, "incomplete"))
    send_identity(stage, me, person)
    unbacked = me.send("POST", "/api/registration/accounts", account_form(me))
    stage.report.same("akun tanpa bukti apa pun", (unbacked.status, unbacked.json["type"]), (422, "not-backed"))
    back(me, person["email"])
    made = me.post("/api/registration/accounts", account_form(me), key=new_key(), expect=201)
    stage.report.check("Proses Pembuatan Akun", so=bool(made["nomor_registrasi"]), seen=made)
    _check_card(stage, "Cetak Informasi Pendaftaran", me.download("/api/registration/enrolment/card"), person)
    again = check_identity(stage, person)
    stage.report.same("NIK ini sudah memiliki akun", (again.status, again.json["type"]), (409, "account-exists"))
    return me, person


def complete(stage: Stage, me: Visitor, person: dict[str, Any]) -> str:
    """Sign in, confirm, complete, submit; returns the person's id."""
    stage.report.step("Ia masuk, melengkapi data, dan mengajukan")
    refused = me.send("POST", "/api/registration/sessions", {"login": person["nik"], "password": "salah-salah-salah"})
    stage.report.same("kata sandi salah", (refused.status, refused.json["type"]), (401, "wrong-credentials"))
    me.sign_in(person["nik"], PASSWORD)
    return complete_and_submit(stage, me, person)


def complete_and_submit(stage: Stage, me: Visitor, person: dict[str, Any]) -> str:
    """What whoever is signed in does to his record until it is submitted; returns the person's id."""
    who = me.get("/api/registration/me")
    v = me.post("/api/registration/me/active-confirmation", {"v": who["v"], "active": True})["v"]
    stage.report.check("masih aktif bekerja", so=v > who["v"])
    early = me.send("POST", "/api/registration/me/submission", {"v": v, "statement": True}, key=new_key())
    stage.report.same("pengajuan yang belum lengkap", (early.status, early.json["type"]), (422, "incomplete"))
    me.upload(DocumentType.IJAZAH, files.ijazah_pdf(person), orang=who["id"])
    if "no_peserta_thk2" in person:
        me.upload(DocumentType.KARTU_THK2, files.thk2_card_pdf(person), orang=who["id"])
    v = fill_biodata(me, person)
    me.upload(DocumentType.SK, files.sk_pdf(person), riwayat="pertama")
    me.upload(DocumentType.BUKTI_BAYAR, files.pay_proof_pdf(person), riwayat="pertama")
    stage.settle()
    resume = me.get("/api/registration/me/resume")
    stage.report.same("Resume: tidak ada yang kurang", resume["missing"], [])
    stage.report.check("setiap kriteria dinilai", so=len(resume["advice"]["criteria"]) >= 5, seen=resume["advice"])
    body, key = {"v": resume["v"], "statement": True}, new_key()
    done = me.post("/api/registration/me/submission", body, key=key)
    stage.report.same("Akhiri Proses Pendaftaran", done["state"], "DIAJUKAN")
    stage.report.same("ulangan dengan kunci yang sama", me.post("/api/registration/me/submission", body, key=key), done)
    return str(who["id"])


def fill_biodata(me: Visitor, person: dict[str, Any]) -> int:
    """Education."""
    now = me.get("/api/registration/me/biodata")
    body = {
        "v": now["v"],
        "pendidikan": person["pendidikan"],
        "nomor_ijazah": person.get("nomor_ijazah") or "DN-99/0001",
        "tanggal_lulus": person.get("tanggal_lulus") or "2010-06-30",
        "sekolah": person.get("sekolah") or "Sekolah Contoh",
        "captcha": me.captcha(),
    }
    return int(me.send("PATCH", "/api/registration/me/biodata", body, expect=200).json["v"])


def print_cards(stage: Stage, me: Visitor, person: dict[str, Any]) -> None:
    """Both cards, and what the code on them tells a stranger."""
    stage.report.step("Ia mencetak kedua kartu; siapa pun dapat memeriksa kodenya")
    for kind, title in (("akun", "Kartu Informasi Akun"), ("pendataan", "Kartu Pendataan Non-ASN")):
        code = _check_card(stage, title, me.download(f"/api/registration/me/cards/{kind}"), person)
        seen = Visitor(stage.base).get(f"/api/registration/cards/{quote(code)}")
        stage.report.same("kode pada kartu", (seen["valid"], seen["kind"], seen["nama"]), (True, kind, person["nama"]))
    unknown = Visitor(stage.base).send("GET", "/api/registration/cards/AAAAAAAAAAAAAAAAAAAA")
    stage.report.same("kode kartu yang tidak ada", unknown.status, 404)


def check_identity(stage: Stage, person: dict[str, Any], visitor: Visitor | None = None) -> Any:  # noqa: ANN401
    """The first step of Buat Akun."""
    somebody = visitor or Visitor(stage.base)
    asked = ("nik", "nomor_kk", "nama", "tempat_lahir", "tanggal_lahir", "hp", "email")
    body = {name: person[name] for name in asked} | {"captcha": somebody.captcha()}
    return somebody.send("POST", "/api/registration/identity-checks", body)


def send_identity(stage: Stage, me: Visitor, person: dict[str, Any]) -> None:
    """KTP and photo of step 2, accepted and known to the record."""
    me.upload(DocumentType.KTP, files.ktp_jpg(person))
    me.upload(DocumentType.FOTO, files.photo_jpg(person))
    stage.settle()


def back(me: Visitor, email: str) -> None:
    """Have a code sent to the e-mail address typed at the check, read it in the local outbox and type it."""
    path = "/api/registration/enrolment/contact-codes"
    me.post(path, {"channel": "email"}, expect=202)
    code = me.mailed_code(email)
    me.post(f"{path}/confirmation", {"channel": "email", "code": code})


def account_form(me: Visitor, password: str = PASSWORD) -> dict[str, str]:
    """The second step of Buat Akun."""
    return {"password": password, "captcha": me.captcha()}


def _check_card(stage: Stage, title: str, card: bytes, person: dict[str, Any]) -> str:
    """The card names him and hides his NIK; returns the code printed on it."""
    words = words_of(card)
    code, digits = code_of(words), re.sub(r"\D", "", words)
    hidden = person["nik"] not in digits and person["nik"][6:] not in digits
    stage.report.check(title, so=person["nama"] in words and hidden and code is not None, seen=words)
    return str(code)
