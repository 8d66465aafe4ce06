"""Pages on paper: what is read, with where it came from; no buttons, no menu, no address of a record."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.web.browser import ME, Apis, hear_the_clock

PERSON = {
    "id": "p1", "v": 1, "nomor_registrasi": "ABCDE12345", "nama": "Siti Contoh", "lacking": [], "flags": [],
    "kategori": "NON-ASN", "unit_kerja": "SDN 1", "jabatan": "Guru", "state": "DIAJUKAN",
}  # fmt: skip


def _printed(page: Page, folder: Path) -> str:
    """The text of the page's PDF."""
    pdf = folder / "page.pdf"
    pdf.write_bytes(page.pdf(prefer_css_page_size=True, print_background=True))
    done = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"],  # noqa: S607 - poppler's, as README.md wants it
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_persons_page_prints_what_is_read(page: Page, apis: Apis, tmp_path: Path, language: str) -> None:
    apis.answers["GET registration/me"] = (200, ME)
    page.goto(f"{language}/pendataan/")
    page.get_by_text("Rina Contoh").first.wait_for()
    hear_the_clock(page)
    text = _printed(page, tmp_path)
    assert "Rina Contoh" in text
    assert ("Printed 22 October 2022, 15:3" if language else "Dicetak 22 Oktober 2022 pukul 15.3") in text
    assert f"{language}/pendataan/" in text
    for button in ("Lanjutkan", "Keluar", "Continue", "Sign out"):
        assert button not in text.split()
    assert "(/" not in text, "no link tells its address"


def test_no_address_of_a_record_is_printed(page: Page, apis: Apis, tmp_path: Path) -> None:
    apis.answers["GET registration/institutions/9901/people"] = (200, {"items": [PERSON], "cursor": None, "found": 1})
    apis.answers["GET registration/me"] = (200, {**ME, "role": "operator"})
    page.goto("/instansi/orang/?q=Siti")
    page.locator("[data-rows] a").first.wait_for()
    text = _printed(page, tmp_path)
    assert {"Siti", "Contoh", "ABCDE12345"} <= set(text.split())
    assert "id=" not in text
    assert "q=" not in text


def test_a_page_that_explains_prints_without_a_script(page: Page, tmp_path: Path) -> None:
    page.goto("/bantuan/")
    text = _printed(page, tmp_path)
    assert "Pendataan Non-ASN: /bantuan/" in text
    assert "(/" not in text
