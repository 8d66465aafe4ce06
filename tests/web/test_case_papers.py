"""The papers of a case on its public page: which kinds, what became of each, and when no more are taken."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.documents.inspection.makers import card, jpeg
from tests.support.axe import find_violations
from tests.web.browser import Apis, problem

LOOK, ASK = "POST announcements/cases/lookups", "POST documents/uploads/by-ticket"
DUE = "2022-10-10T00:00:00+07:00"
STATUS: dict[str, Any] = {
    "number": "L-2345-6789", "kind": "BANTUAN", "topic": "NIK_DIPAKAI", "institution": {"code": "9901", "name": "C"},
    "state": "BARU", "level": "INSTANSI", "stands": "Diterima.", "next": "Tunggu.", "note": None, "answer": None,
    "at": DUE, "due_at": DUE, "decided_at": None, "asked_until": None, "messages": [], "files": [], "ticket": "karcis",
    "kinds": ["BUKTI_LAPORAN", "KTP_LAPORAN"], "can_write": True,
}  # fmt: skip
PDF = {"name": "bukti.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 bukti"}
KTP = {"name": "ktp.jpg", "mimeType": "image/jpeg", "buffer": jpeg(card((640, 480)))}


def paper(jenis: str, n: int, *, accepted: bool) -> dict[str, Any]:
    message = None if accepted else "Berkas ini terkunci."
    return {"file": f"L23456789.{jenis}.{n}", "jenis": jenis, "accepted": accepted, "message": message}


class Case:
    """The page of a case, opened; what its status says is set by `stands`."""

    def __init__(self, page: Page, apis: Apis) -> None:
        self.page, self.apis = page, apis
        page.route("**/bucket/**", lambda route: route.fulfill(status=204))
        self.stands()
        page.goto("/laporan/")
        page.locator("#number").fill("L-2345-6789")
        page.locator("#code").fill("AAAA-BBBB-CCCC")
        page.locator("#form [data-submit]").click()

    def stands(self, *files: dict[str, Any], **changed: Any) -> None:
        self.apis.answers[LOOK] = (200, {**STATUS, "files": list(files), **changed})

    def promises(self, jenis: str, n: int = 1) -> None:
        place = {"id": f"L23456789.{jenis}.{n}", "url": "/bucket/1", "fields": {}, "expires_in": 900, "receipt": "r"}
        self.apis.answers[ASK] = (201, place)

    def send(self, jenis: str, file: Any) -> None:
        control = self.page.locator(f"[data-upload={jenis}] input")
        expect(control).to_be_enabled()
        control.set_input_files(file)

    def says(self, jenis: str, words: str) -> None:
        expect(self.page.locator(f"[data-upload={jenis}] .upload__status")).to_contain_text(words, timeout=15_000)


@pytest.fixture
def case(page: Page, apis: Apis) -> Case:
    return Case(page, apis)


def test_each_kind_it_takes_has_a_control_and_each_paper_a_line(case: Case) -> None:
    expect(case.page.locator("#upload [data-upload]")).to_have_count(2)
    case.page.set_viewport_size({"width": 360, "height": 800})
    case.promises("BUKTI_LAPORAN")
    good = paper("BUKTI_LAPORAN", 1, accepted=True)
    case.stands(good)
    case.send("BUKTI_LAPORAN", PDF)
    case.says("BUKTI_LAPORAN", "Diterima. Pilih berkas lain untuk menambah.")
    expect(case.page.locator("[data-rows=files] li")).to_have_text(["Bukti laporan: Diterima."])
    assert case.apis.sent(ASK) == [{"jenis": "BUKTI_LAPORAN", "ukuran": len(PDF["buffer"]), "ticket": "karcis"}]
    case.promises("KTP_LAPORAN")
    case.stands(good, paper("KTP_LAPORAN", 1, accepted=False))
    case.send("KTP_LAPORAN", KTP)
    case.says("KTP_LAPORAN", "Ditolak: Berkas ini terkunci.")
    expect(case.page.locator("[data-rows=files] li").last).to_have_text(
        "KTP: Berkas ini terkunci.", use_inner_text=True
    )
    assert find_violations(case.page) == []
    assert case.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_of_a_paper_whose_inspection_stands_still_it_is_said(page: Page, apis: Apis) -> None:
    page.clock.install()
    case = Case(page, apis)
    case.promises("BUKTI_LAPORAN")
    case.send("BUKTI_LAPORAN", PDF)
    case.says("BUKTI_LAPORAN", "Sedang diperiksa")
    for _ in range(60):
        page.clock.run_for(5000)
    case.says("BUKTI_LAPORAN", "Masih diperiksa")


def test_a_case_that_is_full_or_was_closed_meanwhile_takes_no_more(case: Case) -> None:
    expect(case.page.locator("#full")).to_be_hidden()
    case.apis.answers[ASK] = (410, problem("ticket-over", 410))
    case.stands(*(paper("BUKTI_LAPORAN", n, accepted=True) for n in range(1, 11)), ticket=None)
    case.send("BUKTI_LAPORAN", PDF)
    expect(case.page.locator("#full")).to_be_visible()
    expect(case.page.locator("#upload")).to_be_hidden()
    expect(case.page.locator("[data-rows=files] li")).to_have_count(10)


def test_of_a_place_too_many_the_reason_is_read(case: Case) -> None:
    full = problem("conflict", 409, detail="Laporan ini sudah menerima berkas sebanyak yang dapat dikirim.")
    case.apis.answers[ASK] = (409, full)
    case.send("BUKTI_LAPORAN", PDF)
    case.says("BUKTI_LAPORAN", "sebanyak yang dapat dikirim")
