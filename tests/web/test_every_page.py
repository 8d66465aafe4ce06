"""Pages in a browser: accessible and inside their width when services fail, and what works without scripts."""

import re
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.support.axe import find_violations
from tests.support.large import LARGE
from tests.web.browser import ME, Apis, calendar, challenge, problem
from web.kit.render import localized
from web.site.pages import PAGES


def test_a_file_says_its_own_figure_and_limit(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, ME)
    history = {"id": "pertama", "first": True, "jabatan": "Guru", "files": []}
    apis.answers["GET registration/me/histories"] = (200, {"v": 3, "items": [history]})
    page.goto("/pendataan/riwayat/isi/?id=pertama")
    control = page.locator("[data-upload=SK]")
    expect(control.locator("input")).to_be_enabled()
    control.locator("input").set_input_files(
        {"name": "sk.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-" + b"x" * 3_500_000}
    )
    expect(control).to_contain_text("Berkas Anda 3,3 MB; batasnya 1 MB.")
    control.locator("input").set_input_files({"name": "sk.txt", "mimeType": "text/plain", "buffer": b"x"})
    expect(control).to_contain_text("Jenis berkas tidak didukung")
    assert apis.bodies("POST documents/uploads") == []


def test_the_language_switch_keeps_the_page(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/cards/K-1"] = (404, problem("not-found", 404))
    page.goto("/kartu/?kode=K-1")
    expect(page.locator("#unknown")).to_be_visible()
    page.get_by_role("link", name="EN", exact=True).click()
    page.wait_for_url("**/en/kartu/?kode=K-1")
    expect(page.locator("#unknown")).to_contain_text("Unknown card")


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
    for name in ("institution", "nik", "nama", "unit_kerja", "jabatan", "alasan", "tanggal_lahir-hari"):
        page.fill(f"[name={name}]", "9901")
    page.get_by_role("button", name="Kirim usulan").click()
    context.close()
    assert sent
    assert "institution=9901&nik=9901&nama=9901&tanggal_lahir-hari=9901" in str(sent[0])


_READ = """async (paths) => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    frame.sandbox = "allow-same-origin";
    const seen = {};
    for (const path of paths) {
        const html = await (await fetch(path)).text();
        const shown = new Promise((done) => { frame.onload = done; });
        frame.srcdoc = html.replace(/<script type="module".*?<\\/script>|<link rel="modulepreload".*?>/g, "");
        await shown;
        const page = frame.contentDocument;
        const buttons = [...page.querySelectorAll("button")];
        const pressed = buttons.some((each) => each.checkVisibility({ visibilityProperty: true }));
        seen[path] = { text: page.body.innerText, works: !pressed || page.querySelector("form[action]") !== null };
    }
    return seen;
}"""
"""What pages show, one after the other, in a frame where no script may run: what is for browsers without is shown
there, and to go from page to page would cost twice as much.
"""


def test_without_scripts_no_public_page_waits_and_what_cannot_work_says_so(browser: Browser, address: str) -> None:
    reading = browser.new_page(base_url=address)
    reading.route("**/kosong", lambda route: route.fulfill(status=200, content_type="text/html", body="<body></body>"))
    reading.goto("/kosong")  # whose policy allows frames
    paths = [localized(language, each.path) for each in PAGES for language in ("id", "en")]
    seen = reading.evaluate(_READ, paths)
    reading.context.close()
    for path, shown in seen.items():
        waits = re.search("Memuat|dimulai…|Loading|starting…", shown["text"])
        assert waits is None, (path, waits)
        assert shown["works"] or "JavaScript" in shown["text"], path
    assert list(seen) == paths
    assert any("JavaScript" in shown["text"] for shown in seen.values())


def test_without_scripts_the_schedule_and_the_check_of_a_card_are_links_and_forms(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    assert page.get_by_role("link", name="halaman jadwal").get_attribute("href") == "/api/finalization/schedule"
    asked: list[str] = []

    def answer(route: Any) -> None:
        asked.append(route.request.url.partition("/api/")[2])
        route.fulfill(status=200, content_type="text/html", body="ok")

    page.route("**/api/**", answer)
    page.goto("/kartu/")
    page.fill("[name=kode]", "ABCD 1234")
    page.get_by_role("button", name="Periksa").click()
    context.close()
    assert asked == ["registration/cards?kode=ABCD+1234"]


def test_every_page_is_accessible_and_fits_when_the_services_fail(browser: Browser, address: str) -> None:
    """Nothing is answered but who is there; tests/browser/test_pages.py looks at filled pages in every width.

    By day axe looks at every third page, by night at all (`make test-large`): a page that is filled shows all of it.
    """
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    page = context.new_page()
    apis = Apis(page)
    apis.answers["GET finalization/calendar"] = calendar
    apis.answers["GET registration/captcha"] = challenge
    apis.answers["GET announcements/captcha"] = challenge
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    for at, each in enumerate(PAGES):
        role = {"person": "honorer", "bkn": "bkn"}.get(each.kind, "admin")
        apis.answers["GET registration/me"] = (200, {**ME, "role": role})
        page.goto(each.path)
        page.wait_for_timeout(250)  # scripts run after load; a worker that is ended keeps the network from idling
        found = find_violations(page) if LARGE or at % 3 == 0 else []
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (found, wide) == ([], 0), each.path
        assert "Memuat" not in page.locator("body").inner_text(), each.path
    context.close()
    assert complaints == []
