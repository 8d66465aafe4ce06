"""What a PPK reads before he signs, and what an admin sees run out of time, at a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from infra.local.demo import steps_institution
from tests.browser.looking import PATIENCE, Eyes
from tests.kernel.papers import text_of
from tests.support.office import Office
from tools.sample import files

PEOPLE = 5
PDF = "application/pdf"
WHY = "Slip gaji diperlihatkan di kantor."


@pytest.fixture(scope="module")
def decided(office: Office) -> Office:
    """Five people of whom one fails a rule; he and another are decided on, a third is refused after the list."""
    rows = [office.person(at) for at in range(PEOPLE)]
    rows[0]["sumber_pembayaran"] = "AKUN_52"
    office.enlist(rows)
    office.stage.staff("verifikator")
    named = {"v": 0, "paths": [[rows[0]["unit_kerja"]]]}
    assert office.stage.staff("admin").send("POST", f"{office.stage.registration}/units", named).status == 200
    people = {one["nama"]: one for one in office.stage.people()}
    for at in (0, 1):
        steps_institution.decide(office.stage, people[rows[at]["nama"]], "MEMENUHI_SYARAT", WHY)
    steps_institution.prefinalize(office.stage)
    office.portal.wait_idle()  # the numbered list is made of how they stand now
    steps_institution.decide(office.stage, people[rows[2]["nama"]], "TIDAK_MEMENUHI_SYARAT", "Tidak dikenal di unit.")
    office.portal.wait_idle()
    return office


def test_a_ppk_reads_what_he_answers_for(desk: Eyes, decided: Office) -> None:
    """From his home by the card: counts by unit, verdicts by mark with their reasons, changes, then the SPTJM."""
    desk.enter(decided.login("ppk"))
    desk.open("/instansi/")
    desk.page.locator(".card a", has_text="Yang dipertanggungjawabkan").click()
    desk.at("/instansi/pertanggungjawaban/")
    desk.settled()
    expect(desk.page.locator("[data-text='sum.listed']")).to_have_text("2", timeout=PATIENCE)
    expect(desk.page.locator("[data-text='sum.undecided']")).to_have_text("2")
    assert desk.page.locator("[data-rows=units] tr").count() >= 1
    against = desk.page.locator("[data-mark=MELAWAN_SARAN]")
    expect(against.locator("[data-count]")).to_have_text("2")
    against.locator("[data-read]").click()
    expect(desk.page.locator("#marked-title")).to_be_focused(timeout=PATIENCE)
    failing = desk.page.locator("[data-rows=marked] > li", has_text=decided.person(0)["nama"])
    expect(failing).to_contain_text(WHY)
    expect(failing).to_contain_text("diputuskan Sesuai, saran Tidak sesuai")
    expect(desk.page.locator("[data-mark=PENGECUALIAN] [data-read]")).to_be_hidden()
    desk.press("Tampilkan perubahan")
    expect(desk.page.locator("#changes-counts")).to_contain_text("1 keluar", timeout=PATIENCE)
    expect(desk.page.locator("[data-rows=changes] tr")).to_contain_text("Tidak memenuhi syarat")
    desk.check_sizes("instansi-pertanggungjawaban")
    desk.press("Ke halaman SPTJM")
    desk.at("/instansi/sptjm/")


def test_the_head_of_a_unit_signs_for_its_people(desk: Eyes, decided: Office) -> None:
    """The PPK prints his paper, uploads the signed one, and opens it; a refused file changes nothing."""
    unit = decided.person(0)["unit_kerja"]
    desk.enter(decided.login("ppk"))
    desk.open("/instansi/pertanggungjawaban/")
    desk.settled()
    line = desk.page.locator("[data-rows=units] tr", has_text=unit)
    expect(line).to_contain_text("Belum ada", timeout=PATIENCE)
    expect(line.locator("[data-open]")).to_be_hidden()
    with desk.page.expect_popup(), desk.page.context.expect_event("download") as coming:
        line.locator("[data-print]").click()
    words = text_of(coming.value.path().read_bytes())
    assert unit in words
    assert decided.person(0)["nama"] in words
    assert decided.person(0)["nik"] not in words
    line.locator("[data-send]").click()
    expect(desk.page.locator("#statement-title")).to_be_focused()
    refused = desk.upload("SURAT_UNIT", "pernyataan.pdf", PDF, b"%PDF-1.4 rusak")
    expect(refused).to_contain_text("Ditolak", timeout=2 * PATIENCE)
    expect(line).to_contain_text("Belum ada")
    desk.uploaded("SURAT_UNIT", "pernyataan.pdf", PDF, files.sptjm_pdf(decided.person(0)))
    expect(line).to_contain_text("Ada, ", timeout=PATIENCE)
    expect(desk.page.locator("#statements")).to_contain_text("1 dari 1 unit")
    with desk.page.expect_popup(), desk.page.context.expect_event("download") as coming:
        line.locator("[data-open]").click()
    assert coming.value.path().read_bytes().startswith(b"%PDF")
    desk.check_sizes("instansi-pernyataan-unit")


def test_bkn_reads_the_same_from_the_institution(desk: Eyes, decided: Office) -> None:
    desk.enter(decided.login("bkn"))
    desk.open(f"/bkn/instansi/?kode={decided.code}")
    desk.settled()
    desk.page.locator("#answer").click()
    desk.at("/instansi/pertanggungjawaban/")
    desk.settled()
    expect(desk.page.locator(":is([data-print], [data-send]):visible")).to_have_count(0)
    desk.page.locator("[data-mark=MELAWAN_SARAN] [data-read]").click()
    expect(desk.page.locator("[data-rows=marked] > li")).to_have_count(2, timeout=PATIENCE)
    expect(desk.page.get_by_role("button", name="Ke halaman SPTJM")).to_have_count(0)


def test_an_admin_sees_what_runs_out_of_time(desk: Eyes, decided: Office) -> None:
    """From his home: what is undecided by unit and verifikator, what the lock would take, who has not been told."""
    desk.enter(decided.login("admin"))
    desk.open("/instansi/")
    desk.page.locator(".card a", has_text="10 hari terakhir").click()
    desk.at("/instansi/tenggat/")
    desk.settled()
    expect(desk.page.locator("[data-text='left.undecided']")).to_have_text("2", timeout=PATIENCE)
    expect(desk.page.locator("[data-rows=deciders] tr")).to_have_count(1)
    expect(desk.page.locator("[data-rows=lost] li")).to_contain_text("2")
    desk.check_sizes("instansi-tenggat")
    desk.page.locator("[data-rows=left] a").first.click()
    desk.at("/instansi/lembar/daftar/")
