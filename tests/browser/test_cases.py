"""Somebody who is missing is asked, answers, is accepted and completed: the whole way of an usulan on staff's pages."""

import re

from playwright.sync_api import expect

from infra.local.client import Visitor, new_key
from infra.local.demo import steps_cases
from infra.local.demo.steps_institution import registered_fields, stage_person
from tests.browser.looking import PATIENCE, Eyes
from tests.support.office import Office

QUESTION = "Siapa kepala sekolah Anda, dan sejak kapan Anda mengajar?"


def test_an_usulan_is_asked_about_accepted_and_completed(desk: Eyes, office: Office) -> None:
    twin = stage_person(office.stage, 760)
    office.enlist([{**twin, "nik": f"{twin['nik'][:-4]}9{twin['nik'][-3:]}"}])
    filed = steps_cases.usulan(office.stage)
    desk.enter(office.login("operator"))
    desk.open("/instansi/laporan/")
    desk.fill(number=filed.number.lower())
    desk.press("Buka laporan")
    desk.at("/instansi/laporan/lihat/")
    desk.press("Saya yang menangani")
    expect(desk.page.get_by_text("Anda yang menangani laporan ini.")).to_be_visible(timeout=PATIENCE)
    desk.page.fill("#write-text", QUESTION)
    desk.page.locator("#write [value=ya]").check()
    desk.press("Kirim pesan")
    expect(desk.page.locator("[data-rows=messages]")).to_contain_text(QUESTION, timeout=PATIENCE)
    answer = {**filed.opens, "text": "Bu Sari, sejak Maret 2019."}
    Visitor(office.portal.base_url).post(f"{steps_cases.CASES}/messages", answer, key=new_key())
    desk.page.reload()
    expect(desk.page.locator("[data-rows=messages]")).to_contain_text("Bu Sari", timeout=PATIENCE)
    desk.check_sizes("laporan-usulan")

    desk.page.locator("#decide input[name=accepted][value=ya]").check()
    desk.page.locator("#reason").select_option("TERBUKTI")
    desk.page.fill("#decide-text", "Bukti kerja lengkap, data Anda dilengkapi operator.")
    desk.press("Putuskan")
    desk.answer("Ya")
    panel = desk.page.locator("#before-draft")
    expect(panel).to_contain_text(twin["nama"], timeout=PATIENCE)
    expect(panel.locator(":visible", has_text="belum ada atau belum diterima").last).to_be_visible()
    desk.check_sizes("laporan-sebelum-draf")
    desk.press("Bukan orang yang sama: buat draf")
    expect(desk.page.locator("#decision-made")).to_contain_text("Bukti kerja lengkap", timeout=PATIENCE)
    expect(desk.page.locator("#following")).to_be_hidden()

    made = desk.page.locator("[data-person]").get_attribute("href") or ""
    found = re.search(r"id=([^&]+)", made)
    assert found
    path = f"{office.stage.registration}/people/{found[1]}"
    operator = office.stage.staff("operator")
    draft = operator.get(path)
    assert draft["state"] == "DRAF"
    completed = operator.send("PATCH", path, {**registered_fields(filed.person), "v": draft["v"]})
    assert completed.json["state"] == "TERDAFTAR"
