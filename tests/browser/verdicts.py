"""Deciding on a record in the browser, as a verifikator does."""

from playwright.sync_api import expect

from tests.browser.looking import PATIENCE, Eyes
from tools.sample.verdicts import CRITERIA

SAVE = "Simpan putusan"


def open_verdicts(desk: Eyes) -> None:
    """From the record to the page it is decided on."""
    desk.press("Periksa dan putuskan")
    desk.at("/instansi/orang/putusan/")
    expect(desk.page.locator("#person")).to_be_visible(timeout=PATIENCE)


def choose(desk: Eyes, verdict: str = "LOLOS", why: str = "") -> None:
    """The same verdict on every criterion that is asked for, and where a reason is offered that one in own words."""
    for criterion in CRITERIA:
        part = desk.page.locator(f"[data-criterion={criterion}]")
        part.locator(f"[value={verdict}]").check()
        if why and part.locator("select").is_visible():
            part.locator("select").select_option("LAINNYA")
            part.locator("textarea").fill(why)


def approve(desk: Eyes, why: str = "Berkas asli diperiksa di kantor.") -> None:
    """Every criterion is met."""
    choose(desk, why=why)
    desk.press(SAVE)
    desk.sees("Keputusan tersimpan.")


def hand_back(desk: Eyes, why: str, *mend: str) -> None:
    """Return the record for these things."""
    desk.page.locator("#return summary").click()
    for each in mend:
        desk.page.locator(f"[data-mend={each}]").check()
    desk.page.locator("#return-form [name=reason]").fill(why)
    desk.press("Kembalikan")
