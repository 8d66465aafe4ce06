"""Strangers who know NIK, KK, name and birth date of somebody: what they learn and change, and how they are out."""

from typing import Any, Final

from infra.local.client import Visitor, new_key
from infra.local.demo.stage import Stage
from infra.local.demo.steps_institution import AT_THE_OFFICE, decide, stage_person
from infra.local.demo.steps_person import (
    PASSWORD,
    account_form,
    back,
    check_identity,
    complete_and_submit,
    send_identity,
)
from infra.local.demo.steps_putting_right import id_of, printed_code
from services.kernel.documents import DocumentType
from tools.sample import files

STOLEN: Final = "tembok-putih-berlumut-9"
"""The password a stranger chooses for somebody else's account."""
_EARLIER: Final = {
    "nomor_sk": "800/1/PALSU/2004",
    "tanggal_sk": "2003-12-20",
    "tanggal_mulai": "2004-01-02",
    "tanggal_akhir": "2004-12-31",
    "sumber_pembayaran": "APBD_51",
}
"""An appointment nobody ever had, before the registered one."""


def learn_nothing_and_be_out(stage: Stage) -> None:
    """He makes the account with a contact of his own, is shown nothing that counts, and the owner's sheet ends it."""
    stage.report.step("Orang asing dengan data bocor membuat akun orang lain")
    owner, operator = stage_person(stage, 3), stage.staff("operator")
    pid = id_of(stage, owner)
    paper = operator.upload(DocumentType.SK, files.sk_pdf(owner), orang=pid, riwayat="pertama")
    stranger = _make_account(stage, owner)
    path = f"{stage.registration}/people/{pid}"
    stage.report.check("petugas melihat honornya", so="nominal_honor" in operator.get(path)["record"])
    shown = stranger.get("/api/registration/me/biodata")["registered"]
    stage.report.check("orang asing tidak", so="nominal_honor" not in shown and "nomor_sk" in shown, seen=shown)
    link = f"/api/documents/files/{paper['id']}/link"
    stage.report.same("berkas dari instansi", stranger.send("GET", link).status, 403)
    _say_inactive(stranger)
    body = {"v": operator.get(path)["v"], "reason": "Menurut pernyataannya."}
    kept = stage.staff("admin").send("POST", f"{path}/statement/confirmation", body, key=new_key())
    stage.report.same("pernyataan berhenti olehnya", (kept.status, kept.json["type"]), (422, "incomplete"))
    stage.report.same("orangnya tetap terdaftar", operator.get(path)["state"], "AKUN_DIBUAT")

    me = _reclaim(stage, owner, pid, stranger)
    stage.settle()
    shown = me.get("/api/registration/me/biodata")["registered"]
    stage.report.check("pemiliknya melihat honornya", so="nominal_honor" in shown, seen=shown)
    stage.report.same("dan membuka berkas dari instansi", me.send("GET", link).status, 303)
    said = operator.get(path)
    stage.report.same("pernyataan orang asing gugur", (said["active"], said["states_inactive"]), (None, False))


def submit_beside_a_verdict(stage: Stage) -> None:
    """What he does beside a verdict stays beside it, marked, and so does the verdict when the owner comes."""
    stage.report.step("Isian orang asing di samping putusan yang berlaku")
    owner, verifikator = stage_person(stage, 4), stage.staff("verifikator")
    stranger = _make_account(stage, owner)
    pid = complete_and_submit(stage, stranger, owner)
    path = f"{stage.registration}/people/{pid}"
    submitted = verifikator.get(path)
    stage.report.same("verifikator melihat bahwa akunnya", submitted["assurance"], "BELUM_DIPASTIKAN")
    decided = decide(stage, submitted, "MEMENUHI_SYARAT", AT_THE_OFFICE)
    stage.report.same("putusan", decided["state"], "MEMENUHI_SYARAT")
    told = stranger.get("/api/registration/me")
    stage.report.same("alasan putusan bagi orang asing", told["decisions"][-1]["reason"], None)
    v = _say_inactive(stranger)
    registered = stranger.get("/api/registration/me/histories")["items"][0]
    form = {name: value for name, value in registered.items() if name not in {"id", "first", "own", "files"}}
    earlier = {**form, **_EARLIER, "v": v}
    v = stranger.post("/api/registration/me/histories", earlier, key=new_key(), expect=201)["v"]
    again = stranger.send("POST", "/api/registration/me/submission", {"v": v, "statement": True}, key=new_key())
    stage.report.same("mengajukan lagi", (again.status, again.json["type"]), (409, "illegal-transition"))
    beside = verifikator.get(path)
    stage.report.same("putusannya tetap", beside["state"], "MEMENUHI_SYARAT")
    stage.report.same("isiannya di sampingnya, bertanda", _marked(beside), ["active", "riwayat"])

    _reclaim(stage, owner, pid, stranger)
    after = verifikator.get(path)
    stage.report.same("putusannya tetap, juga sesudah diambil kembali", after["state"], "MEMENUHI_SYARAT")
    noted = any(one["code"] == "reclaimed" for one in after["warnings"])
    stage.report.check("petugas diberi tahu bahwa akunnya diambil kembali", so=noted, seen=after["warnings"])


def _make_account(stage: Stage, owner: dict[str, Any]) -> Visitor:
    """All that relatives and leaks know lets him in, with an address and a password of his own."""
    stranger, contact = Visitor(stage.base), f"asing.{owner['nik'][-4:]}@contoh.example"
    passed = check_identity(stage, {**owner, "hp": "", "email": contact}, stranger)
    stage.report.same("lolos Pengecekan Identitas", passed.status, 201)
    send_identity(stage, stranger, owner)
    back(stranger, contact)
    stranger.post("/api/registration/accounts", account_form(stranger, STOLEN), key=new_key(), expect=201)
    stranger.sign_in(owner["nik"], STOLEN)
    return stranger


def _say_inactive(stranger: Visitor) -> int:
    """That the owner works there no more; the record's version then."""
    v = stranger.get("/api/registration/me")["v"]
    return int(stranger.post("/api/registration/me/active-confirmation", {"v": v, "active": False})["v"])


def _reclaim(stage: Stage, owner: dict[str, Any], pid: str, stranger: Visitor) -> Visitor:
    """Two of the office print the owner a sheet; with it the account is his at once, and the stranger is out."""
    path = f"{stage.registration}/people/{pid}/sheet-requests"
    stage.staff("operator").post(path, {}, key=new_key(), expect=201)
    agreed = stage.staff("admin").post(f"{path}/decision", {"agreed": True}, key=new_key())
    me = Visitor(stage.base)
    known = {name: owner[name] for name in ("nik", "nomor_kk", "nama", "tempat_lahir", "tanggal_lahir")}
    sheet = printed_code(stage, agreed["printing"], owner)
    claim = {**known, "hp": "", "email": "", "sheet": sheet, "password": PASSWORD, "captcha": me.captcha()}
    taken = me.post("/api/registration/reclaims", claim, key=new_key())
    stage.report.same("pemiliknya mengambil kembali akunnya", taken["way"], "AT_ONCE")
    stage.report.same("sesi orang asing berakhir", stranger.send("GET", "/api/registration/me").status, 401)
    refused = stranger.send("POST", "/api/registration/sessions", {"login": owner["nik"], "password": STOLEN})
    stage.report.same("ia tidak dapat masuk lagi", refused.status, 401)
    me.sign_in(owner["nik"], PASSWORD)
    stage.report.same("akunnya dipastikan", me.get("/api/registration/me")["assurance"], "LEMBAR")
    return me


def _marked(record: dict[str, Any]) -> list[str]:
    return sorted({change["field"] for change in record["changes"]})
