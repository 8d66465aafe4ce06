"""Own announcement on the running portal: previewed, printed, looked at, recorded, and linked for everybody."""

from typing import Any

from playwright.sync_api import expect

from infra.local.client import Visitor, wait_for
from infra.local.demo import steps_institution
from tests.browser.looking import PATIENCE, Eyes
from tests.kernel.papers import text_of
from tests.support.office import Office
from tools.sample.papers import draw_sheet

ADDRESS = "https://bkpsdm.contoh.go.id/pengumuman/non-asn"
PDF = "application/pdf"


def be_admin(desk: Eyes, office: Office) -> None:
    """Be the institution's admin, who is signed in already."""
    desk.be(office.stage.staff("admin").cookies)


def _kit(office: Office) -> dict[str, Any]:
    kit: dict[str, Any] = office.stage.staff("admin").get(f"/api/announcements/institutions/{office.code}/kit")
    return kit


def _named(office: Office) -> dict[str, Any] | None:
    """The kit once the list is on the site and has its number."""
    kit = _kit(office)
    if kit["public"] and kit["public"]["name"]:
        return kit
    office.portal.advance(60)
    return None


def _linked(office: Office) -> bool:
    """Whether the publisher has been here since."""
    answer = Visitor(office.portal.base_url).send("GET", "/pengumuman/")
    if ADDRESS in answer.content.decode():
        return True
    office.portal.advance(60)
    return False


def test_a_list_is_previewed_printed_announced_and_linked(desk: Eyes, office: Office) -> None:
    page = desk.page
    rows = [office.person(at) for at in range(3)]
    for at, unit in enumerate(["SDN 1 Contoh", "SDN 1 Contoh", "SDN 2 Contoh"]):
        rows[at] |= {"unit_kerja": unit}
    office.enlist(rows)
    be_admin(desk, office)
    desk.open("/instansi/pengumuman/")
    desk.press("Tampilkan pratinjau")
    expect(page.locator("#previewing")).to_contain_text("3 orang pada daftar", timeout=PATIENCE)
    expect(page.locator("[data-rows=rows] tr")).to_have_count(3)
    desk.check_sizes("instansi-pengumuman-pratinjau")
    steps_institution.prefinalize(office.stage)
    wait_for(lambda: _named(office), "the kit of the numbered list", 90)
    desk.open("/instansi/pengumuman/")
    whole = text_of(desk.paper("Seluruh daftar"))
    assert all(row["nama"] in whole for row in rows)
    assert not any(row["nik"] in whole for row in rows)
    page.locator("summary").click()
    of_unit = desk.paper("SDN 2 Contoh")
    assert rows[2]["nama"] in text_of(of_unit)
    assert rows[0]["nama"] not in text_of(of_unit)
    desk.check_sizes("instansi-pengumuman")
    with_nik = draw_sheet("DAFTAR HONORER", [f"{rows[0]['nama']} {rows[0]['nik']}"])
    refused = desk.upload("PENGUMUMAN", "daftar.pdf", PDF, with_nik)
    expect(refused).to_contain_text("memuat deretan angka seperti NIK", timeout=2 * PATIENCE)
    desk.uploaded("PENGUMUMAN", "daftar.pdf", PDF, of_unit)
    desk.fill(place="WEB", address=ADDRESS, on=_kit(office)["today"])
    desk.press("Catat")
    expect(page.locator("#saved")).to_be_visible(timeout=PATIENCE)
    desk.check_sizes("instansi-pengumuman-tercatat")
    assert _kit(office)["announcements"][0]["file"].startswith(f"I{office.code}.PENGUMUMAN")
    wait_for(lambda: _linked(office), "the link in the public directory", 90)
