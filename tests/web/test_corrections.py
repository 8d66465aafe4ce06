"""The pages of a correction: old beside new, only what differs is sent, and each side changes what is its own."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Apis
from tests.web.test_retries import PEOPLE, REGISTERED, ROW

CORRECTED = {
    "id": "p1", "v": 4, "state": "DIAJUKAN", "fields": ["nama", "tanggal_mulai"], "voided": ["MASA_KERJA"],
    "advice": None, "warnings": [],
}  # fmt: skip


@pytest.fixture
def operator(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "operator", "name": "Petugas"})
    apis.answers[f"GET {PEOPLE}/p1"] = (200, {**REGISTERED, "state": "MEMENUHI_SYARAT"})
    return page


def test_old_stands_beside_new_and_only_that_is_sent_with_its_reason(operator: Page, apis: Apis) -> None:
    sent = f"POST {PEOPLE}/p1/corrections"
    apis.answers[sent] = (200, CORRECTED)
    operator.goto("/instansi/orang/detail/?id=p1")
    operator.get_by_role("button", name="Perbaiki data").click()
    expect(operator.locator("#decided")).to_contain_text("Putusannya batal")
    expect(operator.get_by_text("Belum ada isian yang diubah.")).to_be_visible()
    expect(operator.locator("#nik")).to_have_count(0)
    expect(operator.locator("#tanggal_mulai-tahun")).to_have_value("2020")
    operator.fill("#nama", "Rina Contoh Lestari")
    operator.fill("#tanggal_mulai-tahun", "2019")
    rows = operator.locator("#differences tbody tr")
    assert [row.locator("td").all_inner_texts() for row in rows.all()] == [
        ["Nama lengkap tanpa gelar", "Rina Contoh", "Rina Contoh Lestari"],
        ["Tanggal mulai kerja (TMT)", "2 Januari 2020", "2 Januari 2019"],
    ]
    operator.fill("#nama", "Rina Contoh")
    expect(rows).to_have_count(1)
    operator.get_by_role("button", name="Simpan perbaikan").click()
    expect(operator.locator("#errors")).to_contain_text("Isi alasan perbaikan.")
    operator.fill("#nama", "Rina Contoh Lestari")
    operator.fill("#reason", "dicocokkan dengan KTP")
    operator.get_by_role("button", name="Simpan perbaikan").click()
    told = operator.locator("#told")
    expect(told).to_contain_text("Perbaikan tersimpan: Nama lengkap tanpa gelar, Tanggal mulai kerja (TMT).")
    expect(told).to_contain_text("Putusan batal untuk kriteria: Masa kerja.")
    assert apis.sent(sent) == [
        {"v": 3, "reason": "dicocokkan dengan KTP", "nama": "Rina Contoh Lestari", "tanggal_mulai": "2019-01-02"}
    ]


@pytest.mark.parametrize("changed", [{"correctable": False, "state": "DRAF"}, {"own_record": True}])
def test_where_nothing_can_be_corrected_there_is_no_way_to(operator: Page, apis: Apis, changed: dict[str, Any]) -> None:
    apis.answers[f"GET {PEOPLE}/p1"] = (200, {**REGISTERED, **changed})
    operator.goto("/instansi/orang/detail/?id=p1")
    expect(operator.locator("#person")).to_be_visible()
    expect(operator.locator("#correct")).to_be_hidden()
    expect(operator.locator("#add-row")).to_be_hidden()
    operator.goto("/instansi/orang/perbaikan/?id=p1")
    expect(operator.locator("#not")).to_be_visible()
    expect(operator.locator("#form")).to_have_count(0)


def test_a_verifier_is_offered_no_correction(operator: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "verifikator", "name": "Petugas"})
    operator.goto("/instansi/orang/detail/?id=p1")
    expect(operator.locator("#person")).to_be_visible()
    expect(operator.locator("#correct")).to_be_hidden()
    expect(operator.locator("[data-open-row]")).to_be_hidden()


@pytest.mark.parametrize("own", [True, False])
def test_a_history_row_is_corrected_by_whose_it_is(operator: Page, apis: Apis, own: bool) -> None:
    histories = [{**ROW, "id": "pertama", "first": True, "own": False}, {**ROW, "own": own, "instansi": None}]
    apis.answers[f"GET {PEOPLE}/p1"] = (200, {**REGISTERED, "histories": histories})
    operator.goto("/instansi/orang/detail/?id=p1")
    expect(operator.locator("[data-open-row]:visible")).to_have_count(1)
    operator.locator("[data-open-row]:visible").click()
    expect(operator.locator("#uploads [data-upload=SK]")).to_be_visible()
    expect(operator.locator("#his")).to_be_visible(visible=own)
    expect(operator.locator("#form")).to_be_visible(visible=not own)
    expect(operator.locator("#remove")).to_be_visible(visible=not own)
    if not own:
        expect(operator.locator("#nomor_sk")).to_have_value("800/1")


def test_a_new_row_needs_no_reason_and_leads_to_its_files(operator: Page, apis: Apis) -> None:
    apis.answers[f"POST {PEOPLE}/p1/histories"] = (201, {"id": "r1", "v": 4})
    operator.goto("/instansi/orang/riwayat-kerja/?id=p1")
    expect(operator.locator("#reason")).to_be_hidden()
    operator.fill("#nomor_sk", "800/1")
    operator.fill("#jabatan", "Guru")
    operator.fill("#unit_kerja", "SD Contoh")
    operator.select_option("#sumber_pembayaran", "BOS")
    for name, (day, month, year) in {"tanggal_sk": ("28", "12", "2019"), "tanggal_mulai": ("2", "1", "2020")}.items():
        for part, digits in (("hari", day), ("bulan", month), ("tahun", year)):
            operator.fill(f"#{name}-{part}", digits)
    operator.get_by_role("button", name="Simpan riwayat").click()
    expect(operator.locator("#saved")).to_contain_text("Sekarang unggah dokumennya.")
    (body,) = apis.sent(f"POST {PEOPLE}/p1/histories")
    assert body["v"] == 3
    assert "reason" not in body


def test_the_person_reads_what_was_corrected_and_when(page: Page, apis: Apis) -> None:
    corrected = [
        {"field": "nama", "at": "2022-09-05T08:00:00+07:00"},
        {"field": "riwayat", "at": "2022-09-03T08:00:00+07:00"},
    ]
    apis.answers["GET registration/me"] = (200, {**ME, "corrected": corrected})
    page.goto("/pendataan/")
    listed = page.locator("#corrected li")
    expect(listed.first).to_have_text("Nama lengkap tanpa gelar (5 September 2022 pukul 08.00 WIB)")
    expect(listed.last).to_contain_text("Riwayat pekerjaan (3 September 2022")
    apis.answers["GET registration/me"] = (200, ME)
    page.reload()
    expect(page.locator("#me")).to_be_visible()
    expect(page.locator("#corrected")).to_be_hidden()


def test_a_row_of_the_institution_is_his_to_read_and_to_prove(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, ME)
    rows = [{**ROW, "own": True}, {**ROW, "id": "r2", "own": False}]
    apis.answers["GET registration/me/histories"] = (200, {"v": 3, "items": rows})
    page.goto("/pendataan/riwayat/")
    expect(page.locator("[data-delete]:visible")).to_have_count(1)
    expect(page.get_by_text("Dimasukkan oleh instansi")).to_have_count(2)
    page.goto("/pendataan/riwayat/isi/?id=r2")
    expect(page.locator("#first")).to_contain_text("hanya diperbaiki oleh instansi")
    expect(page.locator("#form")).to_be_hidden()
    expect(page.locator("#uploads")).to_be_visible()
