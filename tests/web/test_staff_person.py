"""A person's page as the verifikator sees it: which decisions are offered, why one is not, what stands beside them."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Apis, problem

DECIDING = {
    "returnable": True, "return_until": "2022-10-19T17:00:00+07:00", "decidable_from": None, "papers_missing": [],
}  # fmt: skip
PERSON: dict[str, Any] = {
    "id": "p1", "v": 3, "state": "DIAJUKAN", "nomor_registrasi": "ABCDE12345",
    "institution": {"code": "9901", "name": "Contoh"}, "nama": "Rina Contoh", "nik_masked": "9901**********02",
    "unit_kerja": "Unit", "jabatan": "Guru", "kategori": "NON-ASN", "active": True, "has_account": True,
    "record": {}, "education": {}, "histories": [], "advice": None, "missing": [], "warnings": [], "files": [],
    "decisions": [], "progress": [], "claims": [], "cases": [], "annotations": [], "deletion_reason": None,
    "entered_by_me": False, "changes": [], "stated": [], "own_record": False, "correctable": True, "deciding": DECIDING,
}  # fmt: skip


@pytest.fixture
def verifier(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "verifikator", "name": "Petugas"})
    return page


def opened(page: Page, apis: Apis, **changes: object) -> None:
    """Open the person's page."""
    apis.answers["GET registration/institutions/9901/people/p1"] = (200, {**PERSON, **changes})
    page.goto("/instansi/orang/detail/?id=p1")
    expect(page.locator("#person")).to_be_visible()


@pytest.mark.parametrize("role", ["verifikator", "admin", "operator"])
def test_who_decides_goes_on_to_the_page_for_it(page: Page, apis: Apis, role: str) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": role, "name": "Petugas"})
    opened(page, apis)
    expect(page.locator("#judge")).to_be_visible(visible=role != "operator")
    expect(page.locator("#judge")).to_have_attribute("href", "/instansi/orang/putusan/?id=p1")


@pytest.mark.parametrize("own", [True, False])
def test_on_his_own_record_there_is_nothing_to_press(page: Page, apis: Apis, own: bool) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "admin", "name": "Petugas"})
    opened(page, apis, own_record=own)
    told = page.get_by_text("Ini data Anda sendiri")
    for work in (page.locator("#judge"), page.locator("#remove"), page.locator("#show-nik"), page.locator("#uploads")):
        expect(work.locator("xpath=ancestor-or-self::*[@data-work]")).to_be_visible(visible=not own)
    expect(told).to_be_visible(visible=own)


@pytest.mark.parametrize("role", ["verifikator", "operator"])
def test_open_reports_about_him_stand_there_and_lead_to_who_may_read_them(page: Page, apis: Apis, role: str) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": role, "name": "Petugas"})
    opened(page, apis)
    expect(page.locator("#cases")).to_be_hidden()
    case = {"number": "L-2345-6789", "kind": "TANGGAPAN", "state": "BARU", "due_at": "2022-10-10T00:00:00+07:00"}
    opened(page, apis, cases=[{**case, "untold": True}])
    expect(page.locator("#cases")).to_contain_text("L-2345-6789")
    leads = page.locator("#cases a").first.get_attribute("href")
    assert leads == ("/instansi/laporan/lihat/?kode=9901&nomor=L-2345-6789" if role == "verifikator" else None)
    untold = page.get_by_text("Orang ini belum diberi tahu")
    expect(untold).to_be_visible()
    there = page.get_by_role("link", name="Cetak dan catat di halaman laporan L-2345-6789")
    expect(there).to_be_visible(visible=role == "verifikator")
    opened(page, apis, cases=[{**case, "untold": False}])
    expect(page.locator("#cases")).to_contain_text("L-2345-6789")
    expect(untold).to_be_hidden()


def test_a_history_row_names_its_institution(verifier: Page, apis: Apis) -> None:
    row = {"jabatan": "Guru", "tanggal_mulai": "2020-01-02", "tanggal_akhir": None, "sumber_pembayaran": "BOS"}
    opened(verifier, apis, histories=[{**row, "instansi": None}, {**row, "instansi": "Kabupaten Contoh Dua"}])
    cells = verifier.locator("#histories tbody td[data-label=Instansi]")
    assert cells.all_inner_texts() == ["Instansi ini", "Kabupaten Contoh Dua"]


@pytest.mark.parametrize("honor", [1_500_000, None])
def test_honor_is_shown_where_the_service_gives_it(verifier: Page, apis: Apis, honor: int | None) -> None:
    opened(verifier, apis, record={"jabatan": "Guru"} | ({"nominal_honor": honor} if honor else {}))
    expect(verifier.locator("[data-text='record.nominal_honor']")).to_have_text("1.500.000" if honor else "\u2013")


CHANGES = [
    {"field": "active", "at": "2022-10-02T09:00:00+07:00", "before": {"active": True}},
    {"field": "pendidikan", "at": "2022-10-02T09:05:00+07:00", "before": {"pendidikan": "S1"}},
    {"field": "sekolah", "at": "2022-10-02T09:05:00+07:00", "before": {}},
    {
        "field": "riwayat",
        "at": "2022-10-02T09:10:00+07:00",
        "before": {"jabatan": "Guru Kelas", "tanggal_mulai": "2020-01-02", "tanggal_akhir": None},
    },
]
SAID = [
    "Pernyataan masih aktif bekerja (2 Oktober 2022 pukul 09.00 WIB). Saat diputuskan: masih aktif bekerja.",
    "Pendidikan terakhir (2 Oktober 2022 pukul 09.05 WIB). Saat diputuskan: S-1/Sarjana.",
    "Sekolah atau universitas (2 Oktober 2022 pukul 09.05 WIB). Saat diputuskan: belum ada.",
    "Riwayat pekerjaan (2 Oktober 2022 pukul 09.10 WIB). Saat diputuskan: Guru Kelas, 2 Januari 2020 \u2013 sekarang.",
]
LATE_KTP = {
    "id": "p1.KTP.2", "jenis": "KTP", "riwayat": None, "state": "DITERIMA", "code": None, "message": None,
    "marked_at": "2022-10-02T09:15:00+07:00",
}  # fmt: skip


def test_what_was_changed_after_the_verdict_stands_beside_what_was_decided_upon(verifier: Page, apis: Apis) -> None:
    first = {**LATE_KTP, "id": "p1.KTP.1", "marked_at": None}
    coming = {**first, "id": "p1.SK.1", "jenis": "SK", "state": "DIPERIKSA", "promised_at": "2022-10-22T16:59:00+07:00"}
    opened(verifier, apis, state="MEMENUHI_SYARAT", changes=CHANGES, files=[first, LATE_KTP, coming])
    expect(verifier.locator("#changes li")).to_have_count(len(SAID))
    assert verifier.locator("#changes li").all_inner_texts() == SAID
    marks = verifier.locator("#files [data-show=marked_at]:visible")
    assert marks.all_inner_texts() == ["Masuk sesudah putusan (2 Oktober 2022 pukul 09.15 WIB)"]
    expect(verifier.locator("#files [data-show=promised_at]:visible")).to_have_text(
        ["Belum selesai diperiksa; hasilnya akan tampil di sini. Unggahan dimulai 22 Oktober 2022 pukul 16.59 WIB."]
    )
    expect(verifier.locator("#files tbody tr").last.locator("[data-open]")).to_be_hidden()
    opened(verifier, apis)
    expect(verifier.locator("#changes")).to_be_hidden()


def test_a_decision_tells_that_it_was_against_the_advice_and_without_papers(verifier: Page, apis: Apis) -> None:
    plain = {
        "at": "2022-10-01T09:00:00+07:00", "by": "Petugas", "decision": "DIKEMBALIKAN", "reason": "SK buram",
        "advice": "LOLOS", "against_advice": False, "without_papers": [], "unopened": [], "criteria": [],
        "mend": ["SK", "RIWAYAT"], "withdrawn_at": None,
    }  # fmt: skip
    paid = {"criterion": "PEMBAYARAN", "verdict": "TIDAK", "sentence": "Bukan APBD.", "text": "Lihat bukti."}
    bold = {
        **plain, "decision": "TIDAK_MEMENUHI_SYARAT", "against_advice": True, "without_papers": ["KTP", "SK"],
        "unopened": ["FOTO"], "criteria": [paid], "mend": [], "withdrawn_at": "2022-10-01T09:05:00+07:00",
    }  # fmt: skip
    opened(verifier, apis, decisions=[plain, bold])
    expect(verifier.locator("[data-rows=decisions] > div")).to_have_count(2)
    rows = verifier.locator("[data-rows=decisions] > div").all_inner_texts()
    assert "Berbeda dari saran" not in rows[0]
    assert "Diputuskan tanpa" not in rows[0]
    assert "Yang harus diperbaiki: Berkas SK atau kontrak, Riwayat pekerjaan." in rows[0]
    assert "Sumber pembayaran honorarium: Tidak sesuai Bukan APBD. Lihat bukti." in rows[1]
    assert "Belum dibuka pemutus: Pas foto" in rows[1]
    assert "Ditarik kembali" in rows[1]
    assert "Berbeda dari saran" in rows[1]
    assert "Diputuskan tanpa: KTP, SK jabatan atau kontrak." in rows[1]


def test_what_sends_files_comes_when_it_is_wanted(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "operator", "name": "Petugas"})
    apis.answers["POST documents/uploads"] = (410, problem("window-closed", 410))
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    opened(page, apis)
    assert not [url for url in fetched if "/aset/upload." in url]
    page.locator("#upload summary").click()
    chosen = page.locator("[data-upload=SK] input")
    expect(chosen).to_be_enabled()
    chosen.set_input_files({"name": "sk.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 sk"})
    expect(page.locator("[data-upload=SK]").get_by_role("status")).to_contain_text("Rincian window-closed.")
    (asked,) = apis.sent("POST documents/uploads")
    assert (asked["jenis"], asked["orang"], asked["riwayat"]) == ("SK", "p1", "pertama")


def test_who_has_no_connection_for_it_is_told_and_opens_it_again(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "operator", "name": "Petugas"})
    opened(page, apis)
    page.route("**/aset/upload.*", lambda route: route.abort("connectionreset"))
    page.locator("#upload summary").click()
    expect(page.locator("#errors")).to_contain_text("Sambungan terputus")


@pytest.mark.parametrize(
    ("who", "back"),
    [
        ({"role": "bkn", "institution": None}, "/instansi/orang/?kode=9901#kembali"),
        ({"role": "auditor", "institution": None}, "/instansi/orang/?kode=9901#kembali"),
        ({"role": "verifikator"}, "/instansi/orang/#kembali"),
    ],
    ids=["bkn", "auditor", "verifikator"],
)
def test_the_way_back_leads_to_the_same_institution(page: Page, apis: Apis, who: dict[str, Any], back: str) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "name": "Petugas", **who})
    apis.answers["GET registration/institutions/9901/people/p1"] = (200, {**PERSON, "deciding": DECIDING})
    page.goto("/instansi/orang/detail/?id=p1" + ("&kode=9901" if "institution" in who else ""))
    expect(page.locator("#person")).to_be_visible()
    expect(page.get_by_role("link", name="Kembali ke daftar")).to_have_attribute("href", back)
