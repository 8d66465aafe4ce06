"""A retry after a broken connection is the same request: whatever page sends it, it carries the key of the first.

The services answer it as they did then, also after the deadline (domain.md, section 7).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.browser import ME, Answer, Apis, Headed, Request, problem
from tests.web.test_account import ENROLMENT
from tests.web.test_finalization import ROUND, _round
from tests.web.test_staff_person import PERSON

ROW: dict[str, Any] = {
    "id": "r1", "first": False, "own": True,
    "nomor_sk": "800/1", "tanggal_sk": "2019-12-28", "tanggal_mulai": "2020-01-02",
    "tanggal_akhir": None, "jabatan": "Guru", "unit_kerja": "SD Contoh", "sumber_pembayaran": "BOS", "files": [],
}  # fmt: skip
BIODATA = {
    "v": 3, "registered": {},
    "editable": {"hp": "0899", "email": "a@contoh.example", "pendidikan": "S1", "sekolah": "Universitas",
                 "nomor_ijazah": "1", "tanggal_lulus": "2015-08-20"},
}  # fmt: skip
PEOPLE = "registration/institutions/9901/people"
HISTORIES = {"GET registration/me/histories": {"v": 3, "items": [ROW, {**ROW, "id": "r2"}]}}
REGISTERED = {
    **PERSON,
    "record": {
        "nama": "Rina Contoh", "tanggal_lahir": "1990-01-01", "tempat_lahir": "Contoh", "jenis_kelamin": "P",
        "pendidikan": "S1", **{name: ROW[name] for name in ROW if name not in {"id", "first", "own", "files"}},
    },
    "histories": [{**ROW, "own": False, "instansi": None}],
}  # fmt: skip
"""Somebody registered, with an appointment that his institution entered."""
DRAFT = {**PERSON, "state": "DRAF", "record": {"nama": "Rina Contoh"}}


@dataclass(frozen=True)
class Wish:
    """A page, what it reads, and how something is sent from it; `other` asks for something else instead."""

    page: str
    route: str
    send: Callable[[Page], None]
    other: Callable[[Page], None] | None = None
    role: str = "honorer"
    reads: dict[str, Any] = field(default_factory=dict)
    me: dict[str, Any] = field(default_factory=dict)


def answer_yes(page: Page, asking: Locator) -> None:
    """Press what asks before it does anything, and answer Ya."""
    asking.click()
    page.locator("dialog[open] [value=yes]").click()


def button(name: str, *, ask: bool = False) -> Callable[[Page], None]:
    """Press a button, and answer Ya where the page asks."""

    def press(page: Page) -> None:
        found = page.get_by_role("button", name=name).first
        if ask:
            answer_yes(page, found)
        else:
            found.click()

    return press


def fill(name: str, value: str) -> Callable[[Page], None]:
    """Type something into a field of what is on the screen."""
    return lambda page: page.fill(f"[name={name}]", value)


def new_row(page: Page) -> None:
    """A whole appointment; of a date the three fields."""
    for name, value in ROW.items():
        if name in {"nomor_sk", "jabatan", "unit_kerja"}:
            page.fill(f"[name={name}]", value)
        elif name in {"tanggal_sk", "tanggal_mulai"}:
            for part, digits in zip(("tahun", "bulan", "hari"), value.split("-"), strict=True):
                page.fill(f"[name={name}-{part}]", digits)
    page.select_option("[name=sumber_pembayaran]", ROW["sumber_pembayaran"])
    button("Simpan")(page)


def new_person(page: Page) -> None:
    """As little as makes a draft."""
    page.fill("[name=nik]", "9901014107900002")
    page.fill("[name=nama]", "Rina Contoh")
    button("Simpan")(page)


def with_reason(form: str, name: str) -> Callable[[Page], None]:
    """Open a fold, give a reason and press its button."""

    def press(page: Page) -> None:
        page.locator(f"#{form}:visible, details:has(#{form}) summary:visible").first.wait_for()
        if not page.locator(f"#{form}").is_visible():
            page.locator(f"details:has(#{form}) summary").click()
        reason = page.locator(f"#{form} textarea")
        if not reason.input_value():
            reason.fill("salah ketik")
        found = page.locator(f"#{form}").get_by_role("button", name=name)
        if form == "delete-form":
            answer_yes(page, found)
        else:
            found.click()

    return press


def create(page: Page) -> None:
    """From the review or from the step before it."""
    if not page.locator("#create").is_visible():
        button("Lanjutkan")(page)
    button("Proses Pembuatan Akun", ask=True)(page)


def another_password(page: Page) -> None:
    """Go back a step and type another one."""
    page.locator("#back").click()
    page.fill("#password", "kata-sandi-yang-lain-lagi")


WISHES = {
    "biodata": Wish(
        "/pendataan/biodata/", "PATCH registration/me/biodata", button("Selanjutnya"), fill("sekolah", "Institut"),
        reads={"GET registration/me/biodata": BIODATA},
    ),
    "history": Wish(
        "/pendataan/riwayat/isi/?id=r1", "PUT registration/me/histories/r1", button("Simpan"), fill("nomor_sk", "9"),
        reads=HISTORIES,
    ),
    "new history": Wish(
        "/pendataan/riwayat/isi/", "POST registration/me/histories", new_row, None, reads=HISTORIES,
    ),
    "history deleted": Wish(
        "/pendataan/riwayat/", "DELETE registration/me/histories/r1", button("Hapus", ask=True), None, reads=HISTORIES,
    ),
    "withdrawal": Wish(
        "/pendataan/", "POST registration/me/withdrawal", lambda page: page.locator("#withdraw button").click(),
        me={"state": "DIAJUKAN", "outcome": "SUBMITTED"},
    ),
    "draft": Wish(
        "/instansi/orang/tambah/?id=p1", f"PATCH {PEOPLE}/p1", button("Simpan"), fill("jabatan", "Juru"), "operator",
        {f"GET {PEOPLE}/p1": DRAFT},
    ),
    "correction": Wish(
        "/instansi/orang/perbaikan/?id=p1", f"POST {PEOPLE}/p1/corrections",
        with_reason("form", "Simpan perbaikan"), fill("jabatan", "Juru"), "operator", {f"GET {PEOPLE}/p1": REGISTERED},
    ),
    "row of the institution": Wish(
        "/instansi/orang/riwayat-kerja/?id=p1&riwayat=r1", f"PUT {PEOPLE}/p1/histories/r1",
        with_reason("form", "Simpan riwayat"), fill("nomor_sk", "9"), "operator",
        {f"GET {PEOPLE}/p1": REGISTERED},
    ),
    "row taken out": Wish(
        "/instansi/orang/riwayat-kerja/?id=p1&riwayat=r1", f"DELETE {PEOPLE}/p1/histories/r1",
        with_reason("remove-form", "Keluarkan riwayat ini"), fill("remove_reason", "keliru"), "operator",
        {f"GET {PEOPLE}/p1": REGISTERED},
    ),
    "new person": Wish("/instansi/orang/tambah/", f"POST {PEOPLE}", new_person, fill("jabatan", "Juru"), "operator"),
    "deletion": Wish(
        "/instansi/orang/detail/?id=p1", f"DELETE {PEOPLE}/p1", with_reason("delete-form", "Hapus"),
        fill("delete_reason", "meninggal"), "admin", {f"GET {PEOPLE}/p1": DRAFT},
    ),
    "restoration": Wish(
        "/instansi/orang/detail/?id=p1", f"POST {PEOPLE}/p1/restoration", with_reason("restore-form", "Kembalikan"),
        fill("restore_reason", "keliru"), "admin", {f"GET {PEOPLE}/p1": {**PERSON, "state": "DIHAPUS"}},
    ),
    "account": Wish(
        "/akun/lengkapi/", "POST registration/accounts", create, another_password,
        reads={"GET registration/enrolment": ENROLMENT, "PATCH registration/enrolment": ENROLMENT["contact"]},
    ),
    "pre-finalization": Wish(
        "/instansi/finalisasi/", "POST finalization/institutions/9901/prefinalization",
        lambda page: answer_yes(page, page.locator("#prefinal button")), None, "admin", {ROUND: _round()},
    ),
}  # fmt: skip


@pytest.fixture(params=list(WISHES.values()), ids=list(WISHES))
def wish(request: pytest.FixtureRequest, page: Page, apis: Apis) -> Wish:
    """A page that is open, with no connection for what it sends."""
    made: Wish = request.param
    apis.answers["GET registration/me"] = (200, {**ME, "role": made.role, "name": "Petugas", **made.me})
    apis.answers |= {name: (200, body) for name, body in made.reads.items()}
    apis.answers[made.route] = (0, None)
    page.goto(made.page)
    if made.route.endswith("accounts"):
        page.fill("#password", "kata-sandi-yang-panjang")
    return made


def sent(page: Page, apis: Apis, send: Callable[[Page], None]) -> str:
    """Send in vain; the key that was sent."""
    before = len(apis.keys)
    with page.expect_event("requestfailed"):
        send(page)
    expect(page.locator("#errors")).to_contain_text("Isian Anda tetap ada")
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    (key,) = filter(None, apis.keys[before:])  # what is only judged on the way carries none
    return key


def test_a_retry_carries_the_key_of_the_first_and_another_content_another_one(
    page: Page, apis: Apis, wish: Wish
) -> None:
    key = sent(page, apis, wish.send)
    assert sent(page, apis, wish.send) == key
    if wish.other is not None:
        wish.other(page)
        other = sent(page, apis, wish.send)
        assert other != key
        assert sent(page, apis, wish.send) == other
    assert len(apis.bodies(wish.route)) == len(list(filter(None, apis.keys)))


def test_what_was_accepted_is_over(page: Page, apis: Apis) -> None:
    """The same content once more is a new request then."""
    apis.answers["GET registration/me"] = (200, {**ME, "role": "operator", "name": "Petugas"})
    apis.answers[f"GET {PEOPLE}/p1"] = (200, DRAFT)
    entered = {"id": "p1", "v": 4, "state": "DRAF", "nomor_registrasi": "ABCDE12345", "missing": [], "warnings": []}
    apis.answers[f"PATCH {PEOPLE}/p1"] = (200, entered)
    page.goto("/instansi/orang/tambah/?id=p1")
    for _ in range(2):
        with page.expect_response(f"**/{PEOPLE}/p1"):
            button("Simpan")(page)
        expect(page.locator("#saved")).to_be_visible()
        page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    first, second = apis.keys
    assert first
    assert first != second


def test_two_deletions_on_one_page_are_two_requests(page: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = (200, ME)
    apis.answers |= {name: (200, body) for name, body in HISTORIES.items()}
    apis.answers |= {f"DELETE registration/me/histories/{row}": (0, None) for row in ("r1", "r2")}
    page.goto("/pendataan/riwayat/")

    def delete(row: int) -> Callable[[Page], None]:
        return lambda page: answer_yes(page, page.locator("[data-delete]").nth(row))

    first, other, again = [sent(page, apis, delete(row)) for row in (0, 1, 0)]
    assert first == again != other


def turned_away(status: int, code: str, wait: str | None) -> Callable[[Request], Answer | Headed]:
    """Refused the first time, accepted the next one."""
    calls = iter(range(9))
    headers = {"Retry-After": wait} if wait else {}

    def answer(_: Request) -> Answer | Headed:
        return (204, None) if next(calls) else (status, problem(code, status), headers)

    return answer


def open_rows(page: Page, apis: Apis, answer: Callable[[Request], Answer | Headed]) -> None:
    """The page of appointments, of which the first is deleted with this answer."""
    apis.answers["GET registration/me"] = (200, ME)
    apis.answers |= {name: (200, body) for name, body in HISTORIES.items()}
    apis.answers["DELETE registration/me/histories/r1"] = answer
    page.goto("/pendataan/riwayat/")


def test_a_write_that_was_turned_away_is_sent_again_under_its_key_when_the_service_says(page: Page, apis: Apis) -> None:
    open_rows(page, apis, turned_away(429, "throttled", "1"))
    with page.expect_response(lambda response: response.status == 204):
        answer_yes(page, page.locator("[data-delete]").first)
    expect(page.locator("#errors")).to_be_hidden()
    first, second = apis.keys
    assert first == second


@pytest.mark.parametrize(
    ("status", "code", "wait"),
    [(429, "throttled", "600"), (429, "throttled", None), (503, "try-again", "1"), (504, "outcome-unknown", "1")],
)
def test_whoever_has_to_wait_long_or_was_received_is_told(
    page: Page, apis: Apis, status: int, code: str, wait: str | None
) -> None:
    open_rows(page, apis, turned_away(status, code, wait))
    answer_yes(page, page.locator("[data-delete]").first)
    expect(page.locator("#errors")).to_contain_text(f"Judul {code}")
    assert len(apis.keys) == 1


@pytest.mark.parametrize(("status", "code"), [(429, "throttled"), (503, "try-again"), (504, "outcome-unknown")])
def test_a_reading_is_asked_again(page: Page, apis: Apis, status: int, code: str) -> None:
    calls = iter(range(9))
    apis.answers["GET registration/me"] = (200, ME)
    rows = HISTORIES["GET registration/me/histories"]
    again = {"Retry-After": "1"}
    apis.answers["GET registration/me/histories"] = lambda _: (
        (200, rows) if next(calls) else (status, problem(code, status), again)
    )
    page.goto("/pendataan/riwayat/")
    expect(page.locator("[data-delete]")).to_have_count(2)
