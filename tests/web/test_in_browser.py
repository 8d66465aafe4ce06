"""What is typed is never lost, nothing is sent twice, times follow the server, every page is accessible."""

import base64
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import altcha
import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.web.browser import Answer, Apis, chromium, problem, served
from tests.web.conftest import Site
from web.packages import package
from web.pages import PAGES

SECRET = "tests"
IDENTITY = {
    "nik": "9901 0141 0790 0002",
    "nomor_kk": "9901010101200001",
    "nama": "Rina Contoh",
    "tempat_lahir": "Contoh",
    "hp": "0899 6007 071",
    "email": "rina@contoh.example",
    "tanggal_lahir-hari": "1",
    "tanggal_lahir-bulan": "7",
    "tanggal_lahir-tahun": "1990",
}
ME = {
    "role": "honorer", "id": "p1", "v": 3, "nomor_registrasi": "ABCDE12345", "nama": "Rina Contoh",
    "kategori": "NON-ASN", "institution": {"code": "9901", "name": "Contoh"}, "state": "AKUN_DIBUAT", "active": None,
    "steps": {"account": True, "active": False, "biodata": False, "histories": False, "submitted": False},
    "progress": [], "decisions": [], "verdicts": None, "files": [],
}  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site.folder) as at:
        yield at


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def apis(page: Page) -> Apis:
    made = Apis(page)
    made.answers["GET registration/captcha"] = _challenge
    made.answers["GET finalization/calendar"] = _calendar
    return made


def _challenge(_: Request) -> Answer:
    made = altcha.create_challenge("PBKDF2/SHA-256", 1000, counter=20, key_length=32, hmac_secret=SECRET)
    return 200, made.to_dict()


def _calendar(_: Request) -> Answer:
    """A server whose clock stands in 2022, 90 minutes before the close."""
    return _at(datetime(2022, 10, 22, 8, 30, tzinfo=UTC))


def _at(now: datetime) -> Answer:
    opens, closes = "2022-08-24T00:00:00+07:00", "2022-10-22T17:00:00+07:00"
    window = {"name": "DOSSIER", "opens": opens, "closes": closes, "open": now < datetime.fromisoformat(closes)}
    return 200, {"now": now.isoformat(), "zone": "WIB", "windows": [window]}


def _fill(page: Page, **changes: str) -> None:
    for name, value in {**IDENTITY, **changes}.items():
        page.fill(f"[name='{name}']", value)


def _send(page: Page) -> None:
    page.get_by_role("button", name="Lanjutkan").click()


@pytest.mark.parametrize("status", [410, 503, 429, 500, 0], ids=["late", "busy", "throttled", "broken", "offline"])
def test_what_was_typed_stays(page: Page, apis: Apis, status: int) -> None:
    route = "POST registration/identity-checks"
    apis.answers[route] = (status, problem("window-closed", status)) if status else (0, None)
    page.goto("/akun/")
    _fill(page)
    _send(page)
    expect(page.locator("#errors")).to_contain_text("Rincian window-closed." if status else "Isian Anda tetap ada")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.reload()
    for name, value in IDENTITY.items():
        assert page.input_value(f"[name='{name}']") == value


def test_the_request_is_what_the_service_takes(page: Page, apis: Apis) -> None:
    apis.answers["POST registration/identity-checks"] = (201, {})
    apis.answers["GET registration/enrolment"] = (401, problem("unauthenticated", 401))
    page.goto("/akun/")
    _fill(page)
    _send(page)
    page.wait_for_url("**/akun/lengkapi/")
    (body,) = apis.bodies("POST registration/identity-checks")
    token = body.pop("captcha")
    assert altcha.verify_solution(token, SECRET).verified
    assert body == {
        "nik": "9901014107900002", "nomor_kk": "9901010101200001", "nama": "Rina Contoh", "tempat_lahir": "Contoh",
        "tanggal_lahir": "1990-07-01", "hp": "0899 6007 071", "email": "rina@contoh.example",
    }  # fmt: skip
    assert page.evaluate("() => Object.keys(sessionStorage)") == []


def test_the_same_content_is_the_same_request(page: Page, apis: Apis) -> None:
    apis.answers["POST registration/identity-checks"] = (503, problem("try-again", 503))
    page.goto("/akun/")
    for name in ("Rina Contoh", "Rina Contoh", "Rina C. Contoh"):
        _fill(page, nama=name)
        with page.expect_response("**/identity-checks"):
            _send(page)
        expect(page.locator("#errors")).to_contain_text("try-again")
    first, second, third = apis.keys
    assert first == second != third


def test_a_spent_proof_of_work_is_made_anew_by_itself(page: Page, apis: Apis) -> None:
    answers: Iterator[Answer] = iter([(403, problem("captcha-failed", 403)), (201, {})])
    apis.answers["POST registration/identity-checks"] = lambda _: next(answers)
    page.goto("/akun/")
    _fill(page)
    _send(page)
    page.wait_for_url("**/akun/lengkapi/")
    first, second = (_signature(body["captcha"]) for body in apis.bodies("POST registration/identity-checks"))
    assert first != second


def _signature(token: str) -> Any:
    return json.loads(base64.b64decode(token))["challenge"]["signature"]


def test_faults_stand_beside_their_fields(page: Page, apis: Apis) -> None:
    fields = [{"field": "tanggal_lahir", "code": "future", "message": "Tanggal lahir belum terjadi."}]
    apis.answers["POST registration/identity-checks"] = (422, problem("invalid-fields", 422, fields=fields))
    page.goto("/akun/")
    _fill(page)
    _send(page)
    page.locator("#errors a", has_text="Tanggal lahir belum terjadi.").click()
    field = page.locator("#tanggal_lahir-hari")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_attribute("aria-describedby", "tanggal_lahir-error")
    assert page.title().startswith("Kesalahan: ")


def test_who_is_not_listed_is_told_what_to_do(page: Page, apis: Apis) -> None:
    apis.answers["POST registration/identity-checks"] = (404, problem("not-registered", 404))
    page.goto("/akun/")
    _fill(page)
    _send(page)
    panel = page.locator("[data-problem=not-registered]")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("Anda Belum Didaftarkan oleh Admin Instansi")
    expect(panel).to_contain_text("Halo Dukcapil 1500537")


def test_the_countdown_follows_the_servers_clock(page: Page, apis: Apis) -> None:
    page.goto("/akun/")
    expect(page.locator(".calendar__list")).to_contain_text("22 Oktober 2022 pukul 17.00 WIB")
    expect(page.locator(".calendar__left")).to_have_text(re.compile(r"sisa 1 jam (29|30) menit"))
    assert apis.asked


def test_a_window_that_closed_meanwhile_mends_the_schedule(page: Page, apis: Apis) -> None:
    apis.answers["POST registration/identity-checks"] = (410, problem("window-closed", 410))
    page.goto("/akun/")
    expect(page.locator(".calendar__left")).to_contain_text("sisa")
    apis.answers["GET finalization/calendar"] = lambda _: _at(datetime(2022, 10, 22, 10, 0, 1, tzinfo=UTC))
    _fill(page)
    _send(page)
    expect(page.locator(".calendar__list")).to_contain_text("sudah ditutup 22 Oktober 2022 pukul 17.00 WIB")


def test_a_session_that_ran_out_is_renewed_once_and_silently(page: Page, apis: Apis) -> None:
    renewed: list[bool] = []

    def me(_: Request) -> Answer:
        return (200, ME) if renewed else (401, problem("unauthenticated", 401))

    def refresh(_: Request) -> Answer:
        renewed.append(True)
        return 200, {"role": "honorer"}

    apis.answers.update({"GET registration/me": me, "POST registration/sessions/refresh": refresh})
    page.goto("/pendataan/")
    expect(page.locator("#status")).to_contain_text("Akun dibuat")
    assert renewed == [True]


def test_a_link_to_a_card_renews_an_old_session_first(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, ME)
    apis.answers["POST registration/sessions/refresh"] = (200, {"role": "honorer"})
    page.goto("/pendataan/selesai/")
    expect(page.locator("[data-text=nomor_registrasi]")).to_have_text("ABCDE12345")
    page.evaluate("() => localStorage.setItem('refreshed', String(Date.now() - 14 * 60000))")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Cetak Kartu Pendataan").click()
    assert opened.value.url.endswith("/api/registration/me/cards/pendataan")
    assert apis.asked[-1][0] == "POST registration/sessions/refresh"


def test_without_a_session_one_is_sent_to_sign_in_and_back(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (401, problem("unauthenticated", 401))
    apis.answers["POST registration/sessions/refresh"] = (401, problem("unauthenticated", 401))
    apis.answers["POST registration/sessions"] = (200, {"role": "honorer"})
    page.goto("/pendataan/riwayat/isi/?id=pertama")
    page.wait_for_url("**/masuk/?lanjut=*")
    expect(page.locator("#ended")).to_be_visible()
    page.fill("#login", "9901014107900002")
    page.fill("#password", "sandi")
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url("**/pendataan/riwayat/isi/?id=pertama")


def test_signing_in_goes_to_no_other_site(page: Page, apis: Apis) -> None:
    apis.answers["POST registration/sessions"] = (200, {"role": "honorer"})
    page.goto("/masuk/?lanjut=//example.com/pendataan/")
    page.fill("#login", "9901014107900002")
    page.fill("#password", "sandi")
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(re.compile(r"^http://127\.0\.0\.1:\d+/pendataan/$"))


def test_a_file_says_its_own_figure_and_limit(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, ME)
    history = {"id": "pertama", "first": True, "jabatan": "Guru", "files": []}
    apis.answers["GET registration/me/histories"] = (200, {"v": 3, "items": [history]})
    page.goto("/pendataan/riwayat/isi/?id=pertama")
    control = page.locator("[data-upload=SK]")
    control.locator("input").set_input_files(
        {"name": "sk.pdf", "mimeType": "application/pdf", "buffer": b"x" * 3_500_000}
    )
    expect(control).to_contain_text("Berkas Anda 3,3 MB; batasnya 1 MB.")
    control.locator("input").set_input_files({"name": "sk.txt", "mimeType": "text/plain", "buffer": b"x"})
    expect(control).to_contain_text("Jenis berkas tidak didukung")
    assert apis.bodies("POST documents/uploads") == []


def test_the_language_switch_keeps_the_page(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/cards/K-1"] = (404, problem("not-found", 404))
    page.goto("/kartu/?kode=K-1")
    expect(page.locator("#invalid")).to_be_visible()
    page.get_by_role("link", name="EN", exact=True).click()
    page.wait_for_url("**/en/kartu/?kode=K-1")
    expect(page.locator("#invalid")).to_contain_text("Unknown card")


def test_without_scripts_an_usulan_is_a_plain_form(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    sent: list[str | None] = []

    def answer(route: Any) -> None:
        sent.append(route.request.post_data)
        route.fulfill(status=200, content_type="text/html", body="ok")

    page.route("**/api/announcements/usulan", answer)
    page.goto("/usulan/")
    assert not page.locator("[data-captcha]").is_visible()
    for name in ("institution", "nama", "unit_kerja", "jabatan", "alasan", "kontak"):
        page.fill(f"[name={name}]", "9901")
    page.get_by_role("button", name="Kirim usulan").click()
    context.close()
    assert sent
    assert "institution=9901&nama=9901" in str(sent[0])


_AXE = Path("axe.min.js")
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize(("width", "prefix"), [(360, ""), (1280, "/en")], ids=["phone-id", "desk-en"])
def test_every_page_is_accessible_and_fits(browser: Browser, address: str, width: int, prefix: str) -> None:
    """As it stands before anything is answered but who is there; the browser tests look at filled pages."""
    axe = (package("axe-core") / _AXE).read_text("utf-8")
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 740})
    page = context.new_page()
    apis = Apis(page)
    apis.answers["GET finalization/calendar"] = _calendar
    apis.answers["GET registration/captcha"] = _challenge
    apis.answers["GET announcements/captcha"] = _challenge
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    for each in PAGES:
        role = {"person": "honorer", "bkn": "bkn"}.get(each.kind, "admin")
        apis.answers["GET registration/me"] = (200, {**ME, "role": role})
        page.goto(prefix + each.path)
        page.wait_for_timeout(250)  # scripts run after load; a worker that is ended keeps the network from idling
        page.evaluate(axe)
        found = page.evaluate(
            """async (tags) => (await axe.run(document, {runOnly: {type: "tag", values: tags}})).violations
               .map(({id, nodes}) => [id, nodes.map(({html}) => html)])""",
            _STANDARDS,
        )
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (found, wide) == ([], 0), prefix + each.path
    context.close()
    assert complaints == []
