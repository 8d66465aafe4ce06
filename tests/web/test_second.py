"""A second check on the pages of staff: handed out, asked, told; and at each field whose word its value is."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import find_violations
from tests.web.browser import ME, Apis
from tests.web.test_finalization import ROUND, _round
from tests.web.test_judge import DECIDING, PATH, advised
from tests.web.test_queue import OFFICE, QUEUE, turn
from tests.web.test_staff_person import PERSON
from tools.sample.verdicts import CRITERIA

WHY = "SK yang diunggah bukan milik orang ini."
PAID = {"criterion": "PEMBAYARAN", "verdict": "LOLOS", "sentence": "Berkas membuktikannya.", "text": "Lihat bukti."}
VERDICT = {
    "at": "2022-10-01T09:00:00+07:00", "by": "Petugas Satu", "decision": "MEMENUHI_SYARAT", "reason": None,
    "advice": "LOLOS", "against_advice": False, "without_papers": [], "unopened": [], "criteria": [PAID], "mend": [],
    "withdrawn_at": None, "drawn": True, "second": None,
}  # fmt: skip
DRAWN: dict[str, Any] = {
    **PERSON, **advised(), "state": "MEMENUHI_SYARAT", "decisions": [VERDICT],
    "deciding": {**DECIDING, "second": {"why": None}},
}  # fmt: skip
SECOND = {"at": "2022-10-02T09:00:00+07:00", "by": "Petugas Dua", "agrees": True, "criteria": [], "reason": None}
DISSENT = {**SECOND, "agrees": False, "criteria": ["MASA_KERJA", "USIA"], "reason": WHY}
SEND = "Simpan pemeriksaan"


@pytest.fixture
def verifier(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "verifikator", "name": "Petugas"})
    apis.answers[f"GET {PATH}"] = (200, DRAWN)
    apis.answers[f"POST {PATH}/verdicts/check"] = (200, {"v": 4})
    return page


@pytest.mark.parametrize("width", [360, 1280])
def test_a_check_is_handed_out_and_dissent_says_on_what_and_why(verifier: Page, apis: Apis, width: int) -> None:
    verifier.set_viewport_size({"width": width, "height": 900})
    apis.answers[f"GET {OFFICE}/queue"] = (200, {**QUEUE, "second": 2})
    turns = iter(("p1", None))
    apis.answers[f"POST {OFFICE}/queue/turns"] = lambda _: turn(next(turns))
    verifier.goto("/instansi/antrean/")
    expect(verifier.locator("#second-waiting")).to_contain_text("pemeriksaan kedua: 2.")
    verifier.get_by_label("Pemeriksaan kedua").check()
    expect(verifier.locator("#parts tbody tr")).to_have_count(1)
    expect(verifier.locator("#together")).to_be_hidden()
    assert find_violations(verifier) == []
    verifier.get_by_role("button", name="Ambil data berikutnya").click()
    verifier.wait_for_url("**/putusan/?second=true&antrean=1&id=p1")
    form = verifier.locator("#second-form")
    expect(form).to_be_visible()
    expect(verifier.locator("[data-rows=decisions]")).to_contain_text("Lihat bukti.")
    expect(verifier.locator("[data-rows=decisions]")).to_contain_text(
        "Pemeriksaan kedua: Menunggu pemeriksaan kedua", use_inner_text=True
    )
    form.get_by_role("button", name=SEND).click()
    expect(verifier.locator("#errors")).to_contain_text("Pilih salah satu jawaban.")
    form.get_by_label("Tidak sependapat").check()
    form.get_by_role("button", name=SEND).click()
    expect(verifier.locator("#errors li")).to_have_count(2)
    form.get_by_label("Usia").check()
    form.get_by_label("Alasan").fill("Terlalu pendek")
    form.get_by_role("button", name=SEND).click()
    expect(verifier.locator("#errors li")).to_contain_text(["20"])
    assert find_violations(verifier) == []
    assert verifier.evaluate("document.documentElement.scrollWidth") <= width
    form.get_by_label("Alasan").fill(WHY)
    form.get_by_role("button", name=SEND).click()
    verifier.wait_for_url("**/instansi/antrean/?second=true&habis=empty")
    assert apis.sent(f"POST {PATH}/verdicts/check") == [{"v": 3, "agrees": False, "criteria": ["USIA"], "reason": WHY}]
    assert apis.sent(f"POST {OFFICE}/queue/turns", 2) == [{"second": "true", "shuffled": False}] * 2


def test_outside_the_queue_who_agrees_is_told_that_it_is_saved(verifier: Page, apis: Apis) -> None:
    verifier.goto("/instansi/orang/putusan/?id=p1")
    verifier.get_by_label("Sependapat", exact=True).check()
    expect(verifier.locator("[data-dissent]")).to_be_hidden()
    checked = {"decisions": [{**VERDICT, "second": SECOND}], "deciding": DECIDING}
    apis.answers[f"GET {PATH}"] = (200, {**DRAWN, **checked, "v": 4})
    verifier.get_by_role("button", name=SEND).click()
    expect(verifier.locator("#second-saved")).to_be_focused()
    expect(verifier.locator("#second-form")).to_have_count(0)
    expect(verifier.locator("[data-rows=decisions]")).to_contain_text(
        "Pemeriksaan kedua: Sependapat 2 Oktober 2022 pukul 09.00 WIB, oleh Petugas Dua.", use_inner_text=True
    )
    assert apis.sent(f"POST {PATH}/verdicts/check") == [{"v": 3, "agrees": True}]


def test_who_may_not_check_is_told_why_and_who_decides_is_not_asked(verifier: Page, apis: Apis) -> None:
    why = "Putusan ini Anda berikan sendiri, sehingga harus diperiksa petugas lain di instansi Anda."
    apis.answers[f"GET {PATH}"] = (200, {**DRAWN, "deciding": {**DECIDING, "second": {"why": why}}})
    verifier.goto("/instansi/orang/putusan/?id=p1")
    expect(verifier.get_by_text(why)).to_be_visible()
    expect(verifier.locator("#second-form")).to_have_count(0)


@pytest.mark.parametrize("page_of", ["putusan", "detail"])
def test_a_dissent_stands_at_its_verdict_for_staff(verifier: Page, apis: Apis, page_of: str) -> None:
    """And of a verdict that was drawn and taken back nothing is said."""
    taken_back = {**VERDICT, "withdrawn_at": "2022-10-01T09:05:00+07:00"}
    decisions = [taken_back, {**VERDICT, "second": DISSENT}]
    apis.answers[f"GET {PATH}"] = (200, {**DRAWN, "decisions": decisions, "deciding": DECIDING})
    verifier.goto(f"/instansi/orang/{page_of}/?id=p1")
    panels = verifier.locator("[data-rows=decisions] > div")
    said = f"Tidak sependapat 2 Oktober 2022 pukul 09.00 WIB, oleh Petugas Dua. Masa kerja, Usia: {WHY}"
    expect(panels.nth(1)).to_contain_text(said, use_inner_text=True)
    expect(panels.nth(0)).not_to_contain_text("emeriksaan kedua")
    expect(verifier.locator("#second-form")).to_have_count(0)


def test_where_nothing_was_drawn_the_queue_offers_no_check(verifier: Page, apis: Apis) -> None:
    apis.answers[f"GET {OFFICE}/queue"] = (200, QUEUE)
    verifier.goto("/instansi/antrean/")
    expect(verifier.locator("#counts")).to_be_visible()
    expect(verifier.locator("#asks-second")).to_be_hidden()
    expect(verifier.locator("#second-waiting")).to_be_hidden()


STATED = [
    {"field": "nama", "kind": "PERNYATAAN", "other": "Rina Contoh Asli"},
    {"field": "tempat_lahir", "kind": "DIMOHON", "other": ""},
    {"field": "tanggal_lulus", "kind": "DIUBAH", "other": "2012-06-17"},
    {"field": "sekolah", "kind": "PERNYATAAN", "other": None},
]
SAID = {
    "record.nama": "Rina Contoh Pernyataan peserta Menurut peserta: Rina Contoh Asli",
    "record.tempat_lahir": "Kota Contoh Diperbaiki atas permohonan peserta Isian instansi semula: kosong",
    "education.tanggal_lulus": "1 Juli 2013 Diubah peserta Isian instansi semula: 17 Juni 2012",
    "education.sekolah": "Universitas Contoh Pernyataan peserta",
    "record.jabatan": "Guru",
}
ENTERED = {
    "stated": STATED, "record": {"nama": "Rina Contoh", "tempat_lahir": "Kota Contoh", "jabatan": "Guru"},
    "education": {"tanggal_lulus": "2013-07-01", "sekolah": "Universitas Contoh"},
}  # fmt: skip


@pytest.mark.parametrize(("page_of", "width"), [("putusan", 360), ("detail", 1280)])
def test_at_each_field_stands_whose_word_it_is(verifier: Page, apis: Apis, page_of: str, width: int) -> None:
    verifier.set_viewport_size({"width": width, "height": 900})
    apis.answers[f"GET {PATH}"] = (200, {**PERSON, **advised(), **ENTERED, "deciding": DECIDING})
    verifier.goto(f"/instansi/orang/{page_of}/?id=p1")
    for place, said in SAID.items():
        expect(verifier.locator(f"[data-text='{place}']")).to_have_text(said, use_inner_text=True)
    assert verifier.evaluate("document.documentElement.scrollWidth") <= width
    assert find_violations(verifier) == []


def test_marks_are_of_the_record_as_it_was_read_last(verifier: Page, apis: Apis) -> None:
    apis.answers[f"GET {PATH}"] = (200, {**PERSON, **advised(), **ENTERED, "deciding": DECIDING})
    apis.answers[f"POST {PATH}/verdicts"] = (200, {"v": 4, "state": "MEMENUHI_SYARAT"})
    verifier.goto("/instansi/orang/putusan/?id=p1")
    expect(verifier.locator("dd [data-stated]")).to_have_count(len(STATED))
    assert len(CRITERIA) == verifier.locator("#form input:checked").count()
    apis.answers[f"GET {PATH}"] = (200, {**PERSON, **advised(), **ENTERED, "deciding": DECIDING, "stated": STATED[:1]})
    verifier.get_by_role("button", name="Simpan putusan").click()
    expect(verifier.locator("#saved")).to_be_visible()
    expect(verifier.locator("dd [data-stated]")).to_have_count(1)


def test_a_ppk_reads_who_does_not_agree_and_why(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "ppk", "name": "Petugas"})
    counts = {
        "total": 1,
        "by_state": {},
        "by_category": {},
        "judged": {"TIDAK_SEPENDAPAT": 1, "MENUNGGU_PEMERIKSAAN": 2},
    }
    apis.answers[ROUND] = (200, _round(counts=counts))
    for part in ("registration/institutions/9901/recap", "documents/institutions/9901/unit-statements"):
        apis.answers[f"GET {part}"] = (200, {"items": []})
    for part in ("families", "risks"):
        apis.answers[f"GET {OFFICE}/{part}"] = (200, {"items": []})
    item = {
        **DRAWN, "marks": ["TIDAK_SEPENDAPAT"], "decision": {**VERDICT, "second": DISSENT}, "advised": [],
    }  # fmt: skip
    apis.answers[f"GET {OFFICE}/recap/verdicts"] = (200, {"items": [item], "cursor": None, "found": 1})
    page.goto("/instansi/pertanggungjawaban/")
    expect(page.locator("[data-mark=MENUNGGU_PEMERIKSAAN] [data-count]")).to_have_text("2")
    page.locator("[data-mark=TIDAK_SEPENDAPAT] [data-read]").click()
    told = page.locator("[data-rows=marked] > li")
    expect(told).to_contain_text(f"Pemeriksa kedua tidak sependapat, Petugas Dua. Masa kerja, Usia: {WHY}")
