"""Asking to have something put right, and deciding on it: what the two pages send, and what they do not."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Apis

OWN: dict[str, Any] = {
    "v": 3, "next_id": "0a1b2c3dabcdefgh", "askable": True, "closes": "2022-10-22T17:00:00+07:00", "returnable": False,
    "answer": None, "values": {"nama": "Rina Contoh", "tanggal_mulai": "2018-01-02"}, "items": [],
}  # fmt: skip
FIELDS = [
    {"name": "nama", "before": "Rina Contoh", "now": "Rina Contoh", "wanted": "Rini Contoh", "accepted": None,
     "reason": None},
    {"name": "tanggal_mulai", "before": "2018-01-02", "now": "2018-02-01", "wanted": "2018-01-01", "accepted": None,
     "reason": None},
]  # fmt: skip
ASKED: dict[str, Any] = {
    "id": "r1", "state": "DIAJUKAN", "asked_at": "2022-09-01T09:00:00+07:00", "due_at": "2022-09-07T00:00:00+07:00",
    "bkn_at": "2022-09-09T00:00:00+07:00", "reason": "Lihat SK", "fields": FIELDS, "open": ["nama", "tanggal_mulai"],
    "decided_at": None, "decisions": 0, "appeal": None, "appeal_until": None,
    "files": [{"id": "p1.BUKTI_PERBAIKAN.1", "jenis": "BUKTI_PERBAIKAN", "riwayat": "r1", "state": "DITERIMA",
               "code": None, "message": None}],
}  # fmt: skip
DECISION = "POST registration/institutions/9901/people/p1/requests/r1/decision"


@pytest.fixture
def person(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, ME)
    apis.answers["GET registration/me/requests"] = (200, OWN)
    return page


@pytest.fixture
def operator(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "operator", "name": "Petugas"})
    found = {"v": 3, "nama": "Rina Contoh", "nomor_registrasi": "ABCDE12345", "own_record": False, "items": [ASKED]}
    apis.answers["GET registration/institutions/9901/people/p1/requests"] = (200, found)
    apis.answers[DECISION] = (200, {"v": 4})
    page.goto("/instansi/perbaikan/putuskan/?id=p1")
    page.locator("[data-choose=nama]").wait_for()
    return page


def test_only_what_was_chosen_is_asked_for(person: Page, apis: Apis) -> None:
    apis.answers["POST registration/me/requests"] = (201, {"v": 4})
    person.goto("/pendataan/perbaikan/ajukan/")
    person.get_by_role("button", name="Kirim permohonan").click()
    expect(person.get_by_text("Pilih paling sedikit satu data yang salah.").first).to_be_visible()
    expect(person.locator("#isi-nama")).to_be_hidden()
    person.locator("#pilih-nama").check()
    person.locator("#nama").fill("Rini Contoh")
    person.locator("#pilih-jabatan").check()
    person.locator("#jabatan").fill("Guru")
    person.locator("#pilih-jabatan").uncheck()
    person.locator("#reason").fill("Lihat KTP")
    person.get_by_role("button", name="Kirim permohonan").click()
    person.wait_for_url("**/pendataan/perbaikan/")
    (body,) = apis.sent("POST registration/me/requests")
    assert body == {
        "id": OWN["next_id"], "v": 3, "fields": {"nama": "Rini Contoh"}, "reason": "Lihat KTP", "receipts": [],
    }  # fmt: skip


def test_his_requests_with_what_he_may_still_do(person: Page, apis: Apis) -> None:
    decided = {**ASKED, "id": "r2", "state": "DIPUTUS", "open": [], "appeal_until": "2022-10-29T00:00:00+07:00"}
    apis.answers["GET registration/me/requests"] = (200, {**OWN, "items": [ASKED, decided]})
    apis.answers["POST registration/me/requests/r2/second-look"] = (200, {"v": 4})
    person.goto("/pendataan/perbaikan/")
    person.locator("[data-rows=items] > section").first.wait_for()
    waiting, answered = person.locator("[data-rows=items] > section").all()
    expect(waiting.locator("[data-withdraw]")).to_be_visible()
    expect(waiting.locator("[data-appeal]")).to_be_hidden()
    expect(answered.locator("[data-withdraw]")).to_be_hidden()
    answered.get_by_label("Mengapa putusan itu").fill("KTP saya baru")
    answered.get_by_role("button", name="Kirim permintaan").click()
    expect(person.locator("[data-rows=items] > section")).to_have_count(2)
    assert apis.sent("POST registration/me/requests/r2/second-look") == [{"v": 3, "reason": "KTP saya baru"}]


def test_who_comes_back_presses_one_button(person: Page, apis: Apis) -> None:
    apis.answers["GET registration/me/requests"] = (200, {**OWN, "askable": False, "returnable": True})
    apis.answers["POST registration/me/return"] = (200, {"v": 4, "state": "AKUN_DIBUAT"})
    person.goto("/pendataan/perbaikan/")
    person.locator("#come-back").click()
    person.wait_for_url("**/pendataan/")
    assert apis.sent("POST registration/me/return") == [{"v": 3}]


def test_every_field_is_decided_with_a_reason_for_each_refusal(operator: Page, apis: Apis) -> None:
    expect(operator.get_by_text("Tercatat sekarang")).to_have_count(2)
    expect(operator.locator("[data-show=moved]:visible")).to_have_count(1)
    operator.locator("[data-choose=nama] [value=yes]").check()
    operator.locator("[data-choose=tanggal_mulai] [value=no]").check()
    operator.get_by_role("button", name="Simpan putusan").click()
    expect(operator.get_by_text("Tulis mengapa isian ini ditolak.").first).to_be_visible()
    operator.locator("[data-choose=tanggal_mulai] textarea").fill("SK lain")
    operator.get_by_role("button", name="Simpan putusan").click()
    operator.locator("#ask [value=yes]").click()
    operator.locator("#done").wait_for()
    (body,) = apis.sent(DECISION)
    assert body == {
        "v": 3,
        "fields": [
            {"name": "nama", "accepted": True, "reason": ""},
            {"name": "tanggal_mulai", "accepted": False, "reason": "SK lain"},
        ],
    }
