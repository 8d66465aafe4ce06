"""What was done with a record, and by a user, in words: both pages at a telephone's and a desk's width, by keyboard."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import ME, Apis

OFFICE = "registration/institutions/9901"
STAFF = {"kind": "staff", "name": "Bayu Contoh", "role": "operator"}
AT = "2022-09-01T09:00:00+07:00"
WIDTHS = ((360, 740), (1280, 900))


def entry(number: int, text: str | None, **changes: Any) -> dict[str, Any]:
    return {
        "number": number, "at": AT, "actor": STAFF, "action": "edit-draft", "text": text, "changes": [], "reason": None,
        "against_advice": False, "fault": None, **changes,
    }  # fmt: skip


HISTORY = {
    "id": "p1", "nama": "Rina Contoh", "nomor_registrasi": "ABCDE12345", "cursor": "2.0.0",
    "items": [
        entry(2, "Membuka catatan orang ini.", actor={"kind": "staff", "name": "Sari Contoh", "role": "auditor"}),
        entry(5, "Menyatakan apakah masih aktif bekerja.", actor={"kind": "person", "name": None, "role": None},
              changes=[{"field": "active", "before": None, "after": True}]),
        entry(4, None, at=None, actor=None, fault="Mata rantai ini tidak ada. Laporkan kepada BKN."),
        entry(3, "Memutuskan: memenuhi syarat.", reason="dilihat langsung", against_advice=True),
        entry(3, "Mengubah draf.", changes=[
            {"field": "tanggal_sk", "before": "2017-12-29", "after": "2018-01-02"},
            {"field": "sumber_pembayaran", "before": None, "after": "APBD_51"},
            {"field": "nominal_honor", "before": 1500000, "after": None},
            {"field": "hp", "before": "••••", "after": "••••"},
        ]),
    ],
}  # fmt: skip
OLDER = {**HISTORY, "cursor": None, "items": [entry(1, "Mendaftarkan orang ini lewat impor x, baris 2.")]}
RECORD = {"id": "p1", "institution": "9901", "nama": "Rina Contoh", "nomor_registrasi": "ABCDE12345"}
DEED = {"at": AT, "service": "registration", "action": "x", "text": "Mengubah draf.", "record": RECORD,
        "institution": None, "user": None}  # fmt: skip
DEEDS = {
    "name": "Bayu Contoh", "role": "operator", "cursor": None,
    "items": [DEED, {**DEED, "text": "Melakukan pra-finalisasi.", "record": None, "institution": "9901"}],
}  # fmt: skip


def sign_in(apis: Apis, role: str) -> None:
    institution = None if role in {"bkn", "auditor"} else ME["institution"]
    me = {"role": role, "id": "1.me", "name": "Petugas", "institution": institution, "units": []}
    apis.answers["GET registration/me"] = (200, me)
    apis.answers[f"GET {OFFICE}/people/p1/history"] = lambda r: (200, OLDER if "cursor=" in r.url else HISTORY)
    apis.answers[f"GET {OFFICE}/users/1.u/deeds"] = (200, DEEDS)
    apis.answers[f"GET {OFFICE}/users/1.me/deeds"] = (200, {**DEEDS, "items": []})
    apis.answers["GET registration/institutions/nasional/users/1.me/deeds"] = (200, DEEDS)


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_history_is_read_at_every_width_and_by_keyboard(page: Page, apis: Apis, language: str) -> None:
    sign_in(apis, "admin")
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{language}/instansi/orang/riwayat/?id=p1")
        expect(page.locator("#items tbody tr")).to_have_count(5)
        assert find_violations(page) == []
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        page.locator("#more").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#items tbody tr")).to_have_count(6)
        expect(page.locator("#more")).to_be_hidden()


def test_a_history_says_who_what_when_and_why(page: Page, apis: Apis) -> None:
    sign_in(apis, "admin")
    page.goto("/instansi/orang/riwayat/?id=p1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Riwayat catatan Rina Contoh")
    rows = [" ".join(text.split()) for text in page.locator("#items tbody tr").all_inner_texts()]
    assert rows[0] == "1 September 2022 pukul 09.00 WIB Sari Contoh (Auditor) Membuka catatan orang ini."
    assert rows[1].endswith("Masih aktif bekerja: dari kosong menjadi ya")
    assert "Yang bersangkutan" in rows[1]
    assert rows[2].endswith("Mata rantai ini tidak ada. Laporkan kepada BKN.")
    assert rows[3].endswith("Memutuskan: memenuhi syarat. Berbeda dari saran Alasan: dilihat langsung")
    changes = page.locator("#items tbody tr").nth(4).locator("li").all_inner_texts()
    assert changes == [
        "Tanggal SK: dari 29 Desember 2017 menjadi 2 Januari 2018",
        "Sumber pembayaran: dari kosong menjadi APBD \N{EN DASH} belanja pegawai (5.1.01)",
        "Nominal honor per bulan: dari 1.500.000 menjadi kosong",
        "Nomor HP: dari •••• menjadi ••••",
    ]


def test_deeds_lead_to_the_records_and_are_read_at_every_width(page: Page, apis: Apis) -> None:
    sign_in(apis, "admin")
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        page.goto("/instansi/pengguna/riwayat/?id=1.u")
        expect(page.get_by_role("heading", level=1)).to_have_text("Riwayat pengguna Bayu Contoh")
        expect(page.get_by_role("link", name="Rina Contoh")).to_have_attribute("href", "/instansi/orang/detail/?id=p1")
        expect(page.locator("#items tbody tr").nth(1)).to_contain_text("Instansi 9901")
        assert find_violations(page) == []
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_an_auditor_reads_the_users_of_the_institution_in_the_address(page: Page, apis: Apis) -> None:
    sign_in(apis, "auditor")
    page.goto("/instansi/pengguna/riwayat/?kode=9901&id=1.u")
    link = page.get_by_role("link", name="Rina Contoh")
    expect(link).to_have_attribute("href", "/instansi/orang/detail/?id=p1&kode=9901")
    page.goto("/instansi/orang/riwayat/?kode=9901&id=p1")
    back = page.get_by_role("link", name="Kembali ke data orang ini")
    expect(back).to_have_attribute("href", "/instansi/orang/detail/?kode=9901&id=p1")


@pytest.mark.parametrize("role", ["helpdesk", "bkn"])
def test_without_a_name_in_the_address_everybody_reads_his_own(page: Page, apis: Apis, role: str) -> None:
    sign_in(apis, role)
    page.goto("/instansi/pengguna/riwayat/")
    if role == "helpdesk":
        expect(page.get_by_text("Belum ada yang dilakukan.")).to_be_visible()
    else:
        expect(page.locator("#items tbody tr")).to_have_count(2)
