"""What the public files and follows: usulan, tanggapan, eleven types of help, and the page of one case."""

import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from services.announcements.cases.file_bantuan import ANONYMOUS, SELF_EVIDENT
from services.announcements.model.case import Topic
from tests.support.axe import find_violations
from tests.web.browser import Apis, challenge, problem

HOSTILE = '<img src=x onerror="document.title=1"> \u202etxet \u0627'
DUE = "2022-10-10T00:00:00+07:00"
STATUS: dict[str, Any] = {
    "number": "L-2345-6789", "kind": "BANTUAN", "topic": "NIK_DIPAKAI", "state": "BARU", "level": "INSTANSI",
    "institution": {"code": "9901", "name": "Kabupaten Contoh"}, "stands": "Laporan diterima.", "next": "Tunggu.",
    "note": None, "answer": None, "at": DUE, "due_at": DUE, "decided_at": None, "asked_until": None,
    "messages": [], "files": [], "ticket": "karcis", "kinds": ["BUKTI_LAPORAN", "KTP_LAPORAN"], "can_write": True,
}  # fmt: skip
FILED = {"number": "L-2345-6789", "code": "AAAA-BBBB-CCCC", "ticket": "karcis", "due_at": DUE}
LOOK = "POST announcements/cases/lookups"
OPENED = '{"number":"L-2345-6789","code":"AAAA-BBBB-CCCC"}'


@pytest.fixture(autouse=True)
def _answers(apis: Apis) -> None:
    apis.answers["GET announcements/captcha"] = challenge
    for kind in ("usulan", "tanggapan", "bantuan"):
        apis.answers[f"POST announcements/{kind}"] = (201, FILED)
    apis.answers[LOOK] = (200, STATUS)


def choose(page: Page, topic: str) -> None:
    page.locator(f"input[name=topic][value={topic}]").check()


def opened(page: Page, apis: Apis, **changed: Any) -> None:
    """The page of a case that this tab has filed, or opened before."""
    apis.answers[LOOK] = (200, {**STATUS, **changed})
    page.goto("/laporan/")
    page.evaluate("text => sessionStorage.setItem('case', text)", OPENED)
    page.reload()
    expect(page.locator("#sheet")).to_be_visible()


# ---- asking ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_each_type_helps_first_and_is_asked_what_it_needs(page: Page, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{language}/bantuan/tanya/")
    for topic in Topic:
        choose(page, topic)
        helps = page.locator(".govuk-inset-text:visible")
        expect(helps).to_have_count(1)
        assert helps.get_attribute("data-of") == topic
        asked = {each.get_attribute("name") for each in page.locator("form [name]:visible").all()} - {"topic"}
        needed = {"institution", "alasan", "nama", "email", "hp"}
        needed -= {"alasan"} if topic in SELF_EVIDENT else set()
        needed -= {"nama", "email", "hp"} if topic in ANONYMOUS else set()
        assert asked == needed | ({"berkas"} if topic is Topic.GAGAL_UNGGAH else set())
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0
    assert find_violations(page) == []


@pytest.mark.parametrize(
    ("topic", "typed", "sent"),
    [
        ("LUPA_SANDI", {"nama": "Budi", "email": "a@contoh.id"}, {"nama": "Budi", "email": "a@contoh.id"}),
        ("PUNGLI", {"alasan": "Diminta seratus ribu."}, {"alasan": "Diminta seratus ribu."}),
        ("LAINNYA", {"alasan": HOSTILE, "hp": "0812"}, {"alasan": HOSTILE, "hp": "0812"}),
    ],
)
def test_only_what_is_asked_is_sent(
    page: Page, apis: Apis, topic: str, typed: dict[str, str], sent: dict[str, str]
) -> None:
    page.goto(f"/bantuan/tanya/?jenis={topic}&instansi=9901")
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)
    page.keyboard.press("Enter" if topic == "LUPA_SANDI" else "Tab")
    if topic != "LUPA_SANDI":
        page.get_by_role("button", name="Kirim permintaan").click()
    page.wait_for_url("**/laporan/")
    (body,) = apis.sent("POST announcements/bantuan")
    assert {name: value for name, value in body.items() if name != "captcha"} == {
        "topic": topic, "institution": "9901", **sent,
    }  # fmt: skip


def test_what_a_type_needs_is_missed_before_anything_is_sent(page: Page, apis: Apis) -> None:
    page.goto("/bantuan/tanya/?jenis=GAGAL_UNGGAH")
    page.get_by_role("button", name="Kirim permintaan").click()
    missed = page.get_by_role("alert")
    for said in ("berkas mana yang gagal diunggah", "ceritakan masalahnya", "Isi email atau nomor HP"):
        expect(missed).to_contain_text(said)
    expect(missed).not_to_contain_text("Isi nama Anda")
    choose(page, "LUPA_SANDI")
    page.fill("#email", "a@contoh.id")
    page.get_by_role("button", name="Kirim permintaan").click()
    expect(missed).to_contain_text("Isi nama Anda seperti pada KTP")
    expect(missed.get_by_role("listitem")).to_have_count(1)
    choose(page, "SILUMAN")
    page.fill("#alasan", "Orang ini tidak pernah masuk kerja.")
    page.locator("#wish").check()
    page.fill("#email", "a@contoh.id")
    page.locator("#wish").uncheck()
    page.get_by_role("button", name="Kirim permintaan").click()
    page.wait_for_url("**/laporan/")
    (body,) = apis.sent("POST announcements/bantuan")
    assert "email" not in body, "who takes his wish back is not named"


def test_the_keyboard_alone_asks_for_help(page: Page, apis: Apis) -> None:
    page.goto("/bantuan/tanya/")
    page.locator("input[name=topic]").first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    expect(page.locator("input[value=LUPA_SANDI]")).to_be_checked()
    page.locator("#nama").focus()
    page.keyboard.type("Orang Contoh")
    page.locator("#email").focus()
    page.keyboard.type("a@contoh.id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/laporan/")
    expect(page.locator("#keep-title")).to_be_focused()
    assert len(apis.sent("POST announcements/bantuan")) == 1


# ---- filing ----------------------------------------------------------------------------------------------------


def fill_usulan(page: Page) -> None:
    for name, value in {
        "institution": "9901", "nik": "9901014101900001", "nama": "Siti Contoh", "unit_kerja": "SDN 1",
        "jabatan": "Guru", "alasan": "Bekerja sejak 2015 dengan SK.",
    }.items():  # fmt: skip
        page.fill(f"#{name}", value)
    for name, parts in (("tanggal_lahir", ("1", "1", "1990")), ("sejak", ("1", "7", "2015"))):
        for part, value in zip(("hari", "bulan", "tahun"), parts, strict=True):
            page.fill(f"#{name}-{part}", value)


def test_what_was_typed_stays_but_for_the_nik_of_somebody_else(page: Page, apis: Apis) -> None:
    closed = (410, problem("window-closed", 410))
    apis.answers["POST announcements/usulan"] = closed
    page.goto("/usulan/?instansi=9901")
    fill_usulan(page)
    page.get_by_role("button", name="Kirim usulan").click()
    expect(page.get_by_role("alert")).to_contain_text("window-closed")
    assert page.input_value("#nik") == "9901014101900001"
    kept = page.evaluate("() => JSON.stringify(sessionStorage)")
    assert "Siti Contoh" in kept
    assert "9901014101900001" not in kept
    page.reload()
    expect(page.locator("#nama")).to_have_value("Siti Contoh")
    expect(page.locator("#nik")).to_have_value("")


def test_an_answer_that_was_lost_is_asked_for_with_the_same_key(page: Page, apis: Apis) -> None:
    """A second tap, and a second try, are the same case."""
    apis.answers["POST announcements/usulan"] = (500, problem("internal", 500))
    page.goto("/usulan/")
    fill_usulan(page)
    send = page.get_by_role("button", name="Kirim usulan")
    send.dblclick()
    expect(page.get_by_role("alert")).to_be_visible()
    apis.answers["POST announcements/usulan"] = (201, FILED)
    send.click()
    page.wait_for_url("**/laporan/")
    expect(page.locator("#sheet")).to_contain_text("AAAA-BBBB-CCCC")
    bodies = apis.sent("POST announcements/usulan")
    assert len({key for key in apis.keys if key}) == 1
    assert len(bodies) == 2 * 1, "a double tap is one"
    assert "AAAA" not in page.url


def test_two_tabs_with_the_same_form_file_two_cases_and_neither_takes_the_others_place(page: Page, apis: Apis) -> None:
    """Each keeps what is typed in it, solves a captcha of its own and sends once, by a key of its own."""
    other = page.context.new_page()
    heard = (apis, Apis(other, apis.answers))
    numbers = iter(("L-2345-6789", "L-9876-5432"))
    apis.answers["POST announcements/usulan"] = lambda _: (201, {**FILED, "number": next(numbers)})
    for tab in (page, other):
        tab.goto("/usulan/?instansi=9901")
        fill_usulan(tab)
    other.fill("#nama", "Budi Contoh")
    assert page.input_value("#nama") == "Siti Contoh"
    for tab in (page, other):
        tab.get_by_role("button", name="Kirim usulan").click()
        tab.wait_for_url("**/laporan/")
    sent = [body for each in heard for body in each.sent("POST announcements/usulan")]
    assert [body["nama"] for body in sent] == ["Siti Contoh", "Budi Contoh"]
    assert len({body["captcha"] for body in sent}) == 2
    assert len({key for each in heard for key in each.keys if key}) == 2
    opened_by = [tab.evaluate("JSON.parse(sessionStorage.getItem('case')).number") for tab in (page, other)]
    assert opened_by == ["L-2345-6789", "L-9876-5432"], "each tab shows its own"
    for tab in (page, other):
        tab.goto("/usulan/?instansi=9901")
        assert tab.input_value("#nama") == "", "what was sent is not kept"
    other.close()


def test_a_captcha_that_was_used_is_solved_anew_once_and_then_told_with_all_that_was_typed(
    page: Page, apis: Apis
) -> None:
    said = "Pemeriksaan keamanan tidak berhasil. Tunggu sampai selesai, lalu kirim lagi."
    used = (403, {**problem("captcha-failed", 403), "detail": said})
    apis.answers["POST announcements/usulan"] = used
    page.goto("/usulan/?instansi=9901")
    fill_usulan(page)
    page.get_by_role("button", name="Kirim usulan").click()
    expect(page.get_by_role("alert")).to_contain_text(said)
    first, again = apis.sent("POST announcements/usulan", count=2)
    assert first["captcha"] != again["captcha"]
    assert {**first, "captcha": ""} == {**again, "captcha": ""}
    for name, value in (("nama", "Siti Contoh"), ("nik", "9901014101900001"), ("tanggal_lahir-tahun", "1990")):
        assert page.input_value(f"#{name}") == value
    apis.answers["POST announcements/usulan"] = (201, FILED)
    page.get_by_role("button", name="Kirim usulan").click()
    page.wait_for_url("**/laporan/")
    sent = apis.sent("POST announcements/usulan", count=3)
    assert len({body["captcha"] for body in sent}) == 3


def test_an_unknown_institution_is_told_at_its_field(page: Page, apis: Apis) -> None:
    page.goto("/tanggapan/?nomor=FGHJK67890")
    assert page.input_value("#nomor_registrasi") == "FGHJK67890"
    page.fill("#institution", "Kabupaten Entah")
    page.fill("#alasan", "Orang ini tidak pernah bekerja di sini sejak 2019.")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.locator("[data-field=institution]")).to_contain_text("tulis kodenya (4 angka)")
    assert apis.bodies("POST announcements/tanggapan") == []


@pytest.mark.parametrize("path", ["usulan", "tanggapan", "bantuan"])
def test_each_form_posts_without_scripts(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    sent: list[dict[str, list[str]]] = []

    def answer(route: Route) -> None:
        sent.append(parse_qs(route.request.post_data or "", keep_blank_values=True))
        route.fulfill(status=201, content_type="text/html", body="ok")

    page.route(f"**/api/announcements/{path}", answer)
    page.goto("/bantuan/tanya/" if path == "bantuan" else f"/{path}/")
    text = page.locator("main").inner_text()
    assert "kode instansi 4 angka" in text
    if path == "bantuan":
        page.locator("input[value=PUNGLI]").check()
        page.fill("[name=alasan]", HOSTILE)
    page.fill("[name=institution]", "9901")
    page.locator("[type=submit]").click()
    context.close()
    assert sent[0]["institution"] == ["9901"]
    assert sent[0].get("topic") == (["PUNGLI"] if path == "bantuan" else None)


# ---- following -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_case_shows_all_as_text_and_takes_its_kinds_of_papers(
    page: Page, apis: Apis, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    files = [
        {"file": "L1.KTP_LAPORAN.1", "jenis": "KTP_LAPORAN", "accepted": True, "message": None},
        {"file": "L1.BUKTI_LAPORAN.2", "jenis": "BUKTI_LAPORAN", "accepted": False, "message": HOSTILE},
    ]
    asks = {"at": DUE, "writer": "INSTANSI", "text": HOSTILE, "asks": True}
    apis.answers[LOOK] = (200, {**STATUS, "answer": HOSTILE, "messages": [asks], "files": files})
    page.goto(f"{language}/laporan/")
    page.fill("#number", "l 2345 6789")
    page.fill("#code", "aaaa bbbb cccc")
    page.keyboard.press("Enter")
    expect(page.locator("#keep-title")).to_be_focused()
    expect(page.locator("[data-rows=messages] li")).to_contain_text(HOSTILE)
    expect(page.locator("#sheet")).to_contain_text(HOSTILE)
    expect(page.locator("[data-rows=files] li")).to_have_count(2)
    controls = page.locator("[data-upload]")
    assert [each.get_attribute("data-upload") for each in controls.all()] == ["BUKTI_LAPORAN", "KTP_LAPORAN"]
    assert page.locator("main img").count() == 0
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (wide, find_violations(page)) == (0, [])


def test_a_paper_is_followed_until_the_case_speaks_of_it(page: Page, apis: Apis) -> None:
    opened(page, apis)
    place = {"id": "L1.BUKTI_LAPORAN.1", "url": "/bucket/", "fields": {}, "expires_in": 900}
    apis.answers["POST documents/uploads/by-ticket"] = (201, place)
    page.route("**/bucket/", lambda route: route.fulfill(status=204))
    control = page.locator("[data-upload=BUKTI_LAPORAN]")
    pdf = {"name": "s.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 s"}
    expect(control.locator("input")).to_be_enabled()
    control.locator("input").set_input_files(pdf)  # type: ignore[arg-type]
    expect(control).to_contain_text("Sedang diperiksa")
    kept = {"file": place["id"], "jenis": "BUKTI_LAPORAN", "accepted": True, "message": None}
    apis.answers[LOOK] = (200, {**STATUS, "files": [kept], "ticket": None})
    expect(control).to_contain_text("Pilih berkas lain untuk menambah")
    expect(page.locator("[data-rows=files] li")).to_contain_text("Bukti laporan")
    expect(page.locator("#upload")).to_be_hidden()
    assert apis.sent("POST documents/uploads/by-ticket")[0]["ticket"] == "karcis"


@pytest.mark.parametrize(("status", "code"), [(404, "not-found"), (429, "throttled")])
def test_a_wrong_code_is_told_and_opens_nothing(page: Page, apis: Apis, status: int, code: str) -> None:
    apis.answers[LOOK] = (status, problem(code, status))
    page.goto("/laporan/")
    page.fill("#number", "L-2345-6789")
    page.fill("#code", "ZZZZ-ZZZZ-ZZZZ")
    page.get_by_role("button", name="Lihat laporan").click()
    expect(page.get_by_role("alert")).to_contain_text(f"Rincian {code}")
    expect(page.locator("#sheet")).to_be_hidden()
    assert page.evaluate("() => sessionStorage.getItem('case')") is None


@pytest.mark.parametrize("stored", ["{", OPENED])
def test_what_this_tab_kept_may_be_nothing_any_more(page: Page, apis: Apis, stored: str) -> None:
    apis.answers[LOOK] = (404, problem("not-found", 404))
    page.goto("/laporan/")
    page.evaluate("text => sessionStorage.setItem('case', text)", stored)
    page.reload()
    expect(page.locator("#look")).to_be_visible()
    expect(page.locator("#form [data-submit]")).to_be_enabled()


def test_a_message_begun_is_not_sent_in_another_case(page: Page, apis: Apis) -> None:
    opened(page, apis)
    page.fill("#write #text", "Ini jawaban saya.")
    page.get_by_role("button", name="Lihat laporan lain").click()
    expect(page.locator("#look")).to_be_visible()
    expect(page.locator("#sheet")).to_be_hidden()
    page.fill("#number", "L-2345-6789")
    page.fill("#code", "AAAA-BBBB-CCCC")
    page.get_by_role("button", name="Lihat laporan", exact=True).click()
    expect(page.locator("#write #text")).to_have_value("")


def test_a_decided_case_says_when_and_offers_nothing_more(page: Page, apis: Apis) -> None:
    decided = {"state": "DITOLAK", "decided_at": DUE, "answer": "Bukti tidak cukup.", "ticket": None}
    opened(page, apis, **decided, can_write=False)
    sheet = page.locator("#sheet")
    expect(sheet).to_contain_text("Bukti tidak cukup.")
    assert re.search(r"Diputuskan\s+9 Oktober 2022 pukul 24.00 WIB", sheet.inner_text())
    assert "paling lambat" not in sheet.inner_text()
    for gone in ("#write", "#upload", "#withdraw"):
        expect(page.locator(gone)).to_be_hidden()


def test_a_case_is_taken_back_after_a_question(page: Page, apis: Apis) -> None:
    opened(page, apis)
    taken = {**STATUS, "state": "DICABUT", "can_write": False, "ticket": None}
    apis.answers["POST announcements/cases/withdrawals"] = (200, taken)
    for answer in ("no", "yes"):
        page.get_by_role("button", name="Cabut laporan").click()
        page.locator(f"#ask-withdraw [value={answer}]").click()
    expect(page.locator("#withdraw")).to_be_hidden()
    assert len(apis.sent("POST announcements/cases/withdrawals")) == 1


def test_the_sheet_stands_alone_on_paper(page: Page, apis: Apis, tmp_path: Path) -> None:
    opened(page, apis)
    pdf = tmp_path / "page.pdf"
    pdf.write_bytes(page.pdf(prefer_css_page_size=True))
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True)  # noqa: S607
    for said in ("L-2345-6789", "AAAA-BBBB-CCCC", "Kabupaten Contoh", "9 Oktober 2022", "/laporan/"):
        assert said in done.stdout, said
    for left in ("Kirim pesan", "Cetak lembar", "Cabut", "Belum ada pesan", "KTP"):
        assert left not in done.stdout, left
    assert done.stdout.count("\f") == 1, "one page"
