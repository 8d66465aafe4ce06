"""A person's page as the verifikator sees it: which decisions are offered, and why one is not."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Apis

PERSON: dict[str, Any] = {
    "id": "p1", "v": 3, "state": "DIAJUKAN", "nomor_registrasi": "ABCDE12345",
    "institution": {"code": "9901", "name": "Contoh"}, "nama": "Rina Contoh", "nik_masked": "9901**********02",
    "unit_kerja": "Unit", "jabatan": "Guru", "kategori": "NON-ASN", "active": True, "has_account": True,
    "record": {}, "education": {}, "histories": [], "verdicts": None, "missing": [], "warnings": [], "files": [],
    "decisions": [], "progress": [], "claims": [], "deletion_reason": None, "entered_by_me": False,
    "dossier_closed": False, "own_record": False,
}  # fmt: skip
VERDICTS = ["Memenuhi syarat", "Tidak memenuhi syarat"]
RETURN = "Kembalikan untuk diperbaiki"


@pytest.fixture
def verifier(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "verifikator", "name": "Petugas"})
    return page


def opened(page: Page, apis: Apis, **changes: object) -> list[str]:
    """Open the person's page; the decisions it offers."""
    apis.answers["GET registration/institutions/9901/people/p1"] = (200, {**PERSON, **changes})
    page.goto("/instansi/orang/detail/?id=p1")
    expect(page.locator("#person")).to_be_visible()
    offered = page.locator("#form .govuk-radios__item:visible").all_inner_texts()
    return [text.strip() for text in offered]


@pytest.mark.parametrize(
    ("state", "closed", "offered"),
    [
        ("TERDAFTAR", False, VERDICTS),
        ("TERDAFTAR", True, VERDICTS),
        ("DIAJUKAN", False, [*VERDICTS, RETURN]),
        ("DIAJUKAN", True, VERDICTS),
        ("MEMENUHI_SYARAT", False, [RETURN]),
        ("MEMENUHI_SYARAT", True, []),
    ],
)
def test_a_return_is_offered_while_the_person_can_answer_it(
    verifier: Page, apis: Apis, state: str, closed: bool, offered: list[str]
) -> None:
    assert opened(verifier, apis, state=state, dossier_closed=closed) == offered
    told = verifier.locator("#no-return")
    if closed and state != "TERDAFTAR":
        expect(told).to_contain_text("putuskan menurut data instansi")
        expect(told).to_contain_text("minta BKN memperpanjang")
    else:
        expect(told).to_be_hidden()
    expect(verifier.locator("#no-decision")).to_be_hidden()


@pytest.mark.parametrize("closed", [True, False])
def test_whose_work_it_is_gets_no_decision_to_make(verifier: Page, apis: Apis, closed: bool) -> None:
    assert opened(verifier, apis, entered_by_me=True, dossier_closed=closed) == []
    expect(verifier.locator("#own")).to_contain_text("memasukkan atau mengubah")
    expect(verifier.locator("#no-return")).to_be_hidden()
    expect(verifier.locator("#no-decision")).to_be_hidden()


@pytest.mark.parametrize("own", [True, False])
def test_on_his_own_record_there_is_nothing_to_press(page: Page, apis: Apis, own: bool) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "admin", "name": "Petugas"})
    opened(page, apis, own_record=own)
    told = page.get_by_text("Ini data Anda sendiri")
    for work in (page.locator("#form"), page.locator("#remove"), page.locator("#show-nik"), page.locator("#uploads")):
        expect(work.locator("xpath=ancestor-or-self::*[@data-work]")).to_be_visible(visible=not own)
    expect(told).to_be_visible(visible=own)


def test_a_history_row_names_its_institution(verifier: Page, apis: Apis) -> None:
    row = {"jabatan": "Guru", "tanggal_mulai": "2020-01-02", "tanggal_akhir": None, "sumber_pembayaran": "BOS"}
    opened(verifier, apis, histories=[{**row, "instansi": None}, {**row, "instansi": "Kabupaten Contoh Dua"}])
    cells = verifier.locator("#histories tbody td[data-label=Instansi]")
    assert cells.all_inner_texts() == ["Instansi ini", "Kabupaten Contoh Dua"]


@pytest.mark.parametrize("honor", [1_500_000, None])
def test_honor_is_shown_where_the_service_gives_it(verifier: Page, apis: Apis, honor: int | None) -> None:
    opened(verifier, apis, record={"jabatan": "Guru"} | ({"nominal_honor": honor} if honor else {}))
    expect(verifier.locator("[data-text='record.nominal_honor']")).to_have_text("1.500.000" if honor else "\u2013")


def test_a_state_without_decisions_says_so(verifier: Page, apis: Apis) -> None:
    assert opened(verifier, apis, state="DIKEMBALIKAN", dossier_closed=True) == []
    expect(verifier.locator("#no-decision")).to_be_visible()
    expect(verifier.locator("#no-return")).to_be_hidden()


@pytest.mark.parametrize(
    ("who", "back"),
    [
        ({"role": "bkn", "institution": None}, "/instansi/orang/?kode=9901"),
        ({"role": "auditor", "institution": None}, "/instansi/orang/?kode=9901"),
        ({"role": "verifikator"}, "/instansi/orang/"),
    ],
    ids=["bkn", "auditor", "verifikator"],
)
def test_the_way_back_leads_to_the_same_institution(page: Page, apis: Apis, who: dict[str, Any], back: str) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "name": "Petugas", **who})
    apis.answers["GET registration/institutions/9901/people/p1"] = (200, PERSON)
    page.goto("/instansi/orang/detail/?id=p1" + ("&kode=9901" if "institution" in who else ""))
    expect(page.locator("#person")).to_be_visible()
    expect(page.get_by_role("link", name="Kembali ke daftar")).to_have_attribute("href", back)
