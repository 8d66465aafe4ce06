"""The page of an import follows it to its end, and says so when it does not move."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Answer, Apis, Headed, problem

JOB = {
    "id": "impor-1", "filename": "daftar.xlsx", "state": "DIPROSES", "rows": 500, "done": 240, "accepted": 240,
    "rejected": 0, "duplicates": 0, "conflicts": 0, "closed": 0, "corrected": 0, "unchanged": 0, "held": 0,
    "problem": None, "at": "2022-09-01T09:00:00+07:00", "confirm_until": None,
}  # fmt: skip
CHANGED = [
    {"column": "tanggal_sk", "before": None, "after": "2017-12-29"},
    {"column": "jenis_kelamin", "before": "L", "after": "P"},
]
IMPORTS = "registration/institutions/9901/imports"
PATH = f"{IMPORTS}/impor-1"
PATIENCE = 5 * 60_000


class _Import:
    """An import that stands where the test puts it."""

    def __init__(self) -> None:
        self.job: dict[str, Any] = dict(JOB)
        self.wait: dict[str, str] = {"Retry-After": "1"}

    def answer(self, _: object) -> Headed:
        ended = self.job["state"] in {"SELESAI", "DITOLAK"}
        return 200, self.job, {} if ended else self.wait


@pytest.fixture
def running(page: Page, apis: Apis) -> _Import:
    made = _Import()
    apis.answers["GET registration/me"] = (200, {**ME, "role": "operator", "name": "Petugas"})
    apis.answers[f"GET {PATH}"] = made.answer
    apis.answers[f"GET {PATH}/answers"] = (200, {"items": [], "next": None})
    page.clock.install()
    page.goto("/instansi/impor/status/?id=impor-1")
    expect(page.locator("#percent")).to_have_text("240 / 500")
    return made


def _pass(page: Page, milliseconds: int) -> None:
    """Let time pass, and the page ask once more."""
    page.clock.fast_forward(milliseconds)
    page.clock.run_for(2_000)


def test_an_import_that_does_not_move_says_what_to_do(page: Page, running: _Import) -> None:
    stalled = page.locator("#stalled")
    _pass(page, PATIENCE - 60_000)
    expect(stalled).to_be_hidden()
    _pass(page, 61_000)
    expect(stalled).to_contain_text("impor-1")
    running.job |= {"done": 480}
    _pass(page, 0)
    expect(stalled).to_be_hidden()


def test_an_import_that_ends_is_not_still(page: Page, running: _Import) -> None:
    _pass(page, PATIENCE + 1_000)
    expect(page.locator("#stalled")).to_be_visible()
    running.job |= {"done": 500, "state": "SELESAI"}
    _pass(page, 0)
    expect(page.locator("#stalled")).to_be_hidden()
    expect(page.locator("#result")).to_be_visible()


@pytest.mark.parametrize(
    ("wait", "not_yet", "then"),
    [({"Retry-After": "3"}, 2_000, 1_500), ({"Retry-After": "600"}, 8_500, 2_000), ({}, 400, 1_200)],
    ids=["as the service says", "ten seconds at most", "by its own measure"],
)
def test_the_page_asks_again_after_as_long(
    page: Page, apis: Apis, running: _Import, wait: dict[str, str], not_yet: int, then: int
) -> None:
    def asked() -> int:
        page.wait_for_timeout(200)  # whatever it asked has arrived
        return len(apis.bodies(f"GET {PATH}"))

    running.wait = wait
    page.clock.run_for(1_000)
    before = asked()
    page.clock.run_for(not_yet)
    assert asked() == before
    page.clock.run_for(then)
    assert asked() == before + 1


def test_a_row_says_why_and_leads_to_its_record(page: Page, apis: Apis) -> None:
    plain: dict[str, Any] = {"outcome": "DITERIMA", "nomor_registrasi": None, "overall": None, "id": None}
    plain |= {"problems": [], "warnings": [], "missing": [], "criteria": [], "changes": []}
    why = {"column": "MASA_KERJA", "code": "TIDAK", "message": "Masa kerja 364 hari."}
    elsewhere = {
        "column": "nik",
        "code": "claimed-elsewhere",
        "message": "Juga didaftarkan Contoh (9902).",
    }
    items = [
        {**plain, "row": 2, "nama": "Siti", "overall": "TIDAK", "id": "p1", "criteria": [why]},
        {**plain, "row": 3, "nama": "Budi", "outcome": "KONFLIK", "id": "p2", "problems": [elsewhere]},
        {**plain, "row": 4, "nama": "Rina", "outcome": "DITOLAK"},
        {**plain, "row": 5, "nama": "Tono", "outcome": "DIPERBAIKI", "id": "p3", "changes": CHANGED},
    ]
    apis.answers["GET registration/me"] = (200, {**ME, "role": "operator", "name": "Petugas"})
    apis.answers[f"GET {PATH}"] = (200, {**JOB, "state": "SELESAI", "done": 500})
    apis.answers[f"GET {PATH}/answers"] = (200, {"items": items, "cursor": None})
    page.goto("/instansi/impor/status/?id=impor-1")
    expect(page.get_by_role("link", name="Siti")).to_have_attribute("href", "/instansi/orang/detail/?id=p1")
    expect(page.get_by_role("link", name="Budi")).to_have_attribute("href", "/instansi/orang/detail/?id=p2")
    expect(page.get_by_role("link", name="Rina")).to_have_count(0)
    corrected = page.get_by_role("row").filter(has_text="Tono").get_by_role("listitem")
    expect(corrected).to_have_text(["Tanggal SK: kosong → 29 Desember 2017", "Jenis kelamin: Laki-laki → Perempuan"])
    expect(page.locator("[data-problems]").nth(0)).to_have_text("Masa kerja: Masa kerja 364 hari.")
    expect(page.locator("[data-problems]").nth(1)).to_contain_text("Contoh (9902)")


def test_a_lost_answer_is_asked_for_again_under_the_same_key(page: Page, apis: Apis) -> None:
    """So it is the same import, and its form is good for as long as the answer says."""
    place = {"url": "/bucket/", "fields": {"key": "incoming/impor-1"}, "expires_in": 900}
    unknown: Answer = (504, problem("outcome-unknown", 504))
    asked = iter([unknown, (201, {"id": "impor-1", "upload": place})])
    apis.answers["GET registration/me"] = (200, {**ME, "role": "operator", "name": "Petugas"})
    apis.answers[f"GET {IMPORTS}"] = (200, {"items": []})
    apis.answers[f"POST {IMPORTS}"] = lambda _: next(asked)
    page.route("**/bucket/**", lambda route: route.fulfill(status=204))
    page.goto("/instansi/impor/")
    page.locator("#file").set_input_files({"name": "orang.csv", "mimeType": "text/csv", "buffer": b"NIK;Nama"})
    page.locator("#form button[type=submit]").click()
    page.wait_for_url("**/instansi/impor/status/?id=impor-1")
    first, again = apis.keys
    assert first == again is not None


@pytest.fixture
def waiting(apis: Apis) -> dict[str, Any]:
    """An import that holds 51 rows, until an admin says what becomes of them."""
    held = {**JOB, "state": "MENUNGGU_KONFIRMASI", "done": 500, "held": 51}
    job = held | {"confirm_until": "2022-09-06T09:00:00+07:00"}
    apis.answers["GET registration/me"] = (200, {**ME, "role": "admin", "name": "Admin"})
    apis.answers[f"GET {PATH}"] = lambda _: (200, job, {})
    apis.answers[f"GET {PATH}/answers"] = (200, {"items": [], "cursor": None})
    return job


@pytest.mark.parametrize(
    ("button", "way", "becomes", "then"),
    [("#confirm", "confirmation", "SELESAI", 0), ("#withdraw", "withdrawal", "SELESAI", 51)],
)
def test_an_admin_says_what_becomes_of_verdicts(
    page: Page, apis: Apis, waiting: dict[str, Any], button: str, way: str, becomes: str, then: int
) -> None:
    def settled(_: object) -> tuple[int, dict[str, Any]]:
        waiting.update(state=becomes, held=then, confirm_until=None)
        return 200, waiting

    apis.answers[f"POST {PATH}/{way}"] = settled
    page.goto("/instansi/impor/status/?id=impor-1")
    hold = page.locator("#hold")
    expect(hold).to_contain_text("51 baris memperbaiki orang yang sudah diputuskan")
    page.click("#see-held")
    expect(page.locator("#outcome")).to_have_value("DITAHAN")
    page.click(button)
    page.locator(f"#ask-{button[1:]} [value=no]").click()
    assert apis.bodies(f"POST {PATH}/{way}") == []
    page.wait_for_timeout(600)  # the other half of a double tap reaches nothing
    page.click(button)
    page.wait_for_timeout(600)
    page.locator(f"#ask-{button[1:]} [value=yes]").click()
    expect(hold).to_be_hidden()
    expect(page.locator("#withdrawn")).to_be_visible(visible=then > 0)


def test_an_operator_is_told_that_only_an_admin_confirms(page: Page, apis: Apis, waiting: dict[str, Any]) -> None:
    apis.answers["GET registration/me"] = (200, {**ME, "role": "operator", "name": "Petugas"})
    page.goto("/instansi/impor/status/?id=impor-1")
    expect(page.locator("#hold")).to_contain_text("Hanya admin")
    expect(page.locator("#confirm")).to_be_hidden()
    expect(page.locator("#withdraw")).to_be_visible()
