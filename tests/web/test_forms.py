"""What is typed is never lost, nothing is sent twice, faults stand where they belong, times follow the server."""

import base64
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import altcha
import pytest
from playwright.sync_api import Page, expect

from services.announcements.cases.file_usulan import UsulanForm
from tests.web.browser import SECRET, Answer, Apis, calendar_at, challenge, hear_the_clock, problem

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
    (body,) = apis.sent("POST registration/identity-checks")
    token = body.pop("captcha")
    assert altcha.verify_solution(token, SECRET).verified
    assert body == {
        "nik": "9901014107900002", "nomor_kk": "9901010101200001", "nama": "Rina Contoh", "tempat_lahir": "Contoh",
        "tanggal_lahir": "1990-07-01", "hp": "0899 6007 071", "email": "rina@contoh.example",
    }  # fmt: skip
    assert page.evaluate("() => Object.keys(sessionStorage)") == []


@pytest.mark.parametrize(
    ("month", "year", "sent"),
    [
        ("Nov", "85", "1985-11-01"),
        ("pebruari", "1985", "1985-02-01"),
        ("Agt.", "00", "2000-08-01"),
        ("\uff17", "16", "2016-07-01"),
        ("MEI", "17", "1917-05-01"),
    ],
)
def test_a_month_in_words_and_a_short_year_are_read(page: Page, apis: Apis, month: str, year: str, sent: str) -> None:
    apis.answers["POST registration/identity-checks"] = (503, problem("try-again", 503))
    page.goto("/akun/")
    _fill(
        page, **{"tanggal_lahir-bulan": month, "tanggal_lahir-tahun": year, "nik": "\u202a9901\u2011014107900002\u202c"}
    )
    with page.expect_response("**/identity-checks"):
        _send(page)
    (body,) = apis.sent("POST registration/identity-checks")
    assert (body["tanggal_lahir"], body["nik"]) == (sent, IDENTITY["nik"].replace(" ", ""))
    expect(page.locator("[name=tanggal_lahir-tahun]")).to_have_value(sent[:4])


def test_a_day_that_is_none_is_named_for_what_it_is(page: Page, apis: Apis) -> None:
    page.goto("/akun/")
    for changed, told in (
        ({"tanggal_lahir-bulan": "Junuari"}, "tidak ada pada kalender"),
        ({"tanggal_lahir-bulan": "ju"}, "tidak ada pada kalender"),
        ({"tanggal_lahir-tahun": "199"}, "(4 angka)"),
    ):
        _fill(page, **changed)
        _send(page)
        expect(page.locator("#errors")).to_contain_text(told)
    assert apis.bodies("POST registration/identity-checks") == []


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
    first, second = (_signature(body["captcha"]) for body in apis.sent("POST registration/identity-checks", 2))
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


def test_a_closing_is_announced_once_and_no_second_before(page: Page, apis: Apis) -> None:
    apis.answers["GET finalization/calendar"] = lambda _: calendar_at(datetime(2022, 10, 22, 9, 59, 51, tzinfo=UTC))
    page.clock.install()
    page.goto("/akun/")
    told = page.locator("[data-calendar-alert]")
    expect(told).to_contain_text(re.compile(r"Perhatian: .* ditutup dalam \d detik"))
    page.evaluate(
        """() => {
            window.said = [];
            const heard = () => said.push(document.querySelector("[data-calendar-alert]").textContent);
            new MutationObserver(heard).observe(document.querySelector("[data-calendar-alert]"), {childList: true});
        }"""
    )
    page.clock.run_for(10_000)
    expect(told).to_contain_text("sudah ditutup 22 Oktober 2022 pukul 17.00 WIB")
    page.clock.run_for(3_000)
    assert page.evaluate("() => said.length") == 1


def test_a_window_that_closed_meanwhile_mends_the_schedule(page: Page, apis: Apis) -> None:
    apis.answers["POST registration/identity-checks"] = (410, problem("window-closed", 410))
    page.goto("/akun/")
    hear_the_clock(page)
    apis.answers["GET finalization/calendar"] = lambda _: calendar_at(datetime(2022, 10, 22, 10, 0, 1, tzinfo=UTC))
    _fill(page)
    _send(page)
    expect(page.locator(".calendar__list")).to_contain_text("sudah ditutup 22 Oktober 2022 pukul 17.00 WIB")


def test_a_minimum_is_told_before_and_kept_to_before_sending(page: Page, apis: Apis) -> None:
    apis.answers["GET announcements/captcha"] = challenge
    page.goto("/usulan/")
    described = UsulanForm.model_json_schema()["properties"].items()
    least = {name: each["minLength"] for name, each in described if each.get("minLength", 0) > 1}
    assert least
    for name, fewest in least.items():
        expect(page.locator(f"#{name}-hint")).to_contain_text(f"Paling sedikit {fewest} huruf.")
        page.fill(f"[name={name}]", "x" * fewest)
    page.fill("[name=institution]", "9901")
    page.fill("[name=nik]", "9901011705900001")
    for day, name in (("17", "tanggal_lahir"), ("2", "sejak")):
        for part, value in (("hari", day), ("bulan", "5"), ("tahun", "1990")):
            page.fill(f"[name={name}-{part}]", value)
    page.fill("[name=alasan]", "terlalu")
    page.get_by_role("button", name="Kirim usulan").click()
    expect(page.locator("#alasan-error")).to_contain_text("Tulis alasan paling sedikit 10 huruf.")
    assert apis.bodies("POST announcements/usulan") == []


def test_how_long_to_wait_is_said_once(page: Page, apis: Apis) -> None:
    throttled = problem("throttled", 429, title="Terlalu banyak percobaan", detail="Tunggu sebentar, lalu coba lagi.")
    page.route(
        "**/api/registration/cards/**",
        lambda route: route.fulfill(
            status=429,
            headers={"Retry-After": "59"},
            content_type="application/problem+json",
            body=json.dumps(throttled),
        ),
    )
    page.goto("/kartu/?kode=K-1")
    box = page.locator("#errors")
    expect(box).to_contain_text("Coba lagi setelah 59 detik.")
    expect(box).not_to_contain_text("Tunggu sebentar")


def test_a_call_nobody_answers_ends_with_what_to_do(page: Page, apis: Apis) -> None:
    page.add_init_script("AbortSignal.timeout = () => AbortSignal.abort();")
    page.goto("/kartu/?kode=K-1")
    expect(page.locator("#errors")).to_contain_text("Sambungan terputus atau peladen tidak terjangkau.")
    page.goto("/")
    expect(page.locator(".calendar")).to_contain_text("Halaman ini mencobanya lagi setiap menit")
