"""What somebody reads who presses the button after the deadline: 410 with instant and zone, and nothing lost."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.looking import PATIENCE, Eyes
from tests.support.office import PASSWORD, Office

DEADLINE = datetime.fromisoformat("2022-10-22T17:00:00+07:00")
SAID = re.compile(r"22 Oktober 2022 pukul 17\.00 WIB")


@pytest.fixture
def last_minutes(office: Office) -> Office:
    """The institution with two people, one of whom has an account, ten minutes before the deadline."""
    office.enlist([office.person(0), office.person(1)])
    office.make_account(office.person(0))
    office.stage.move_clock(DEADLINE - timedelta(minutes=10))
    return office


def test_late_forms_name_the_instant_and_keep_what_was_typed(phone: Eyes, desk: Eyes, last_minutes: Office) -> None:
    person, other = last_minutes.person(0), last_minutes.person(1)
    biodata = {"sekolah": "Universitas Contoh Baru"}
    phone.enter(person["nik"], PASSWORD)
    phone.open("/pendataan/biodata/")
    phone.fill(**biodata)
    asked = ("nik", "nomor_kk", "nama", "tempat_lahir", "tanggal_lahir", "hp", "email")
    identity = {name: other[name] for name in asked}
    desk.open("/akun/")
    desk.fill(**identity)
    expect(desk.page.locator(".calendar")).to_contain_text(re.compile("sisa 9|sisa 10"), timeout=PATIENCE)

    last_minutes.stage.move_clock(DEADLINE)

    for eyes, button, typed, name in (
        (phone, "Selanjutnya", biodata, "pendataan-biodata-ditutup"),
        (desk, "Lanjutkan", identity, "akun-ditutup"),
    ):
        with eyes.page.expect_response(lambda answer: answer.status == 410):
            eyes.press(button)
        eyes.sees_fault(SAID)
        eyes.sees("Isian Anda tetap ada di layar ini.")
        eyes.holds(**typed)
        eyes.check(name)
