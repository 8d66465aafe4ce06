"""The console of staff: what waits by role, no way that leads nowhere, lists that are found again as they were left."""

from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.browser import ME, Answer, Apis, Request, problem
from tests.web.conftest import Site
from web.site.pages import MAY_OPEN, PAGES

OFFICE = "registration/institutions/9901"
PEOPLE = f"GET {OFFICE}/people"
OPENS, CLOSES = "2022-08-24T00:00:00+07:00", "2022-10-31T17:00:00+07:00"
COUNTS = {"DRAF": 3, "TERDAFTAR": 40, "AKUN_DIBUAT": 5, "DIAJUKAN": 7, "DIKEMBALIKAN": 2, "KONFLIK": 1}
NIK = "9901014101900001"


def staff(role: str, **changes: Any) -> Answer:
    institution = None if role in {"bkn", "auditor"} else ME["institution"]
    return 200, {"role": role, "id": "s1", "name": "Petugas", "institution": institution, "units": [], **changes}


def _round(*, open_: bool = True, **changes: Any) -> dict[str, Any]:
    names = ("ENTRY", "DOSSIER", "CORRECTION", "VERIFICATION")
    return {
        "code": "9901", "phase": "PENGINPUTAN", "checklist": [], "seal": None, "sptjm": {"state": "BELUM"},
        "extensions": [], "locked_at": None, "now": OPENS, "counts": None,
        "windows": [{"name": name, "opens": OPENS, "closes": CLOSES, "open": open_} for name in names], **changes,
    }  # fmt: skip


def at_home(
    page: Page,
    apis: Apis,
    me: Answer,
    round_: dict[str, Any] | None = None,
    progress: Callable[[Request], Answer] | None = None,
    reclaims: Sequence[dict[str, Any]] = (),
) -> list[tuple[str, str]]:
    """What waits on this person's home, as words and addresses."""
    apis.answers["GET registration/me"] = me
    apis.answers[f"GET {OFFICE}/progress"] = progress or (200, {"total": 58, "by_state": COUNTS})
    apis.answers["GET finalization/institutions/9901"] = (200, round_ or _round())
    apis.answers["GET announcements/institutions/9901/cases/count"] = (200, {"waiting": 4, "overdue": 1, "more": False})
    apis.answers[f"GET {OFFICE}/reclaims"] = (200, {"items": list(reclaims), "cursor": None})
    apis.answers["GET announcements/institutions/9901/publication"] = (404, problem("not-found", 404))
    page.goto("/instansi/")
    expect(page.locator("[data-text='progress.total']")).to_have_text("58")
    page.wait_for_timeout(100)
    links = page.locator("[data-rows=waits] a:visible").all()
    return [(" ".join(link.inner_text().split()), link.get_attribute("href") or "") for link in links]


def state(name: str) -> str:
    return f"/instansi/orang/?state={name}"


WAITS = {
    "operator": {"3": state("DRAF"), "4": "/instansi/laporan/", "2": state("DIKEMBALIKAN"), "40": state("TERDAFTAR")},
    "verifikator": {
        "7": state("DIAJUKAN"), "4": "/instansi/laporan/", "2": state("DIKEMBALIKAN"), "40": state("TERDAFTAR"),
        "5": state("AKUN_DIBUAT"),
    },
    "admin": {
        "7": state("DIAJUKAN"), "3": state("DRAF"), "4": "/instansi/laporan/", "1": state("KONFLIK"),
        "2": state("DIKEMBALIKAN"), "40": state("TERDAFTAR"), "5": state("AKUN_DIBUAT"),
    },
    "ppk": {},
    "helpdesk": {"4": "/instansi/laporan/"},
}  # fmt: skip


@pytest.mark.parametrize("role", list(WAITS))
def test_home_tells_each_role_what_waits(page: Page, apis: Apis, role: str) -> None:
    found = at_home(page, apis, staff(role))
    assert [(words.split()[0], href) for words, href in found] == list(WAITS[role].items())
    expect(page.get_by_text("Sekarang tidak ada yang menunggu Anda.")).to_be_visible(visible=role == "ppk")
    expect(page.get_by_text("Yang dapat Anda kerjakan di portal")).to_be_visible(visible=role == "helpdesk")
    expect(page.get_by_role("link", name="Unduh templat impor")).to_be_visible(visible=role in {"operator", "admin"})


def test_nothing_waits_where_nothing_can_be_done_any_more(page: Page, apis: Apis) -> None:
    """What the public reports is answered after the lock as well."""
    locked = _round(open_=False, phase="FINAL", locked_at=CLOSES)
    assert [href for _, href in at_home(page, apis, staff("verifikator"), locked)] == ["/instansi/laporan/"]


ASKING = [
    {"code": "requests-open", "text": "Permohonan", "count": 6, "blocking": True},
    {"code": "inactive-open", "text": "Menyatakan", "count": 9, "blocking": True},
]
RECLAIMS: list[dict[str, Any]] = [
    {"person": "p1", "nama": "Siti Contoh", "nomor_registrasi": "ABCDE12345", "unit_kerja": "SDN 1 Contoh",
     "at": "2022-09-01T09:00:00+07:00", "step": "STAFF", "until": None, "voices": 1, "needed": 2, "yours": True},
    {"person": "p2", "nama": "Budi Contoh", "nomor_registrasi": "ABCDE12346", "unit_kerja": "SDN 1 Contoh",
     "at": "2022-09-02T09:00:00+07:00", "step": "OWNER", "until": "2022-09-05T09:00:00+07:00", "voices": 0,
     "needed": 2, "yours": False},
]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "counts"), [("operator", ["1", "6", "9"]), ("verifikator", ["1"]), ("admin", ["1", "6", "9"])]
)
def test_home_leads_to_what_people_ask_and_to_accounts_that_are_reclaimed(
    page: Page, apis: Apis, role: str, counts: list[str]
) -> None:
    found = at_home(page, apis, staff(role), _round(checklist=ASKING), reclaims=RECLAIMS)
    assert [words.split()[0] for words, href in found if href == "/instansi/perbaikan/"] == counts
    expect(page.get_by_role("link", name="Permohonan dan pernyataan")).to_be_visible()


def test_what_the_round_counts_for_the_whole_is_not_told_as_a_unit_s(page: Page, apis: Apis) -> None:
    found = at_home(page, apis, staff("operator", units=["Unit A"]), _round(checklist=ASKING))
    told = [words for words, href in found if href == "/instansi/perbaikan/"]
    assert told == ["permohonan perbaikan menunggu putusan", "menyatakan tidak bekerja lagi, menunggu jawaban"]


@pytest.mark.parametrize(("role", "leads"), [("operator", True), ("bkn", False)])
def test_accounts_that_are_reclaimed_are_listed_with_who_answers(
    page: Page, apis: Apis, role: str, leads: bool
) -> None:
    apis.answers["GET registration/me"] = staff(role)
    for name in ("requests", "statements"):
        apis.answers[f"GET {OFFICE}/{name}"] = (200, {"items": [], "cursor": None})
    apis.answers[f"GET {OFFICE}/reclaims"] = (200, {"items": RECLAIMS, "cursor": None})
    page.goto("/instansi/perbaikan/?kode=9901")
    lines = page.locator("#reclaims tbody tr")
    expect(lines.first).to_contain_text("dua petugas (1/2)")
    expect(lines.first.get_by_text("Anda dapat memutuskan")).to_be_visible()
    expect(lines.last).to_contain_text("pemilik akun, sampai 5 September 2022 pukul 09.00 WIB")
    expect(lines.last.get_by_text("Anda dapat memutuskan")).to_be_hidden()
    found = lines.first.locator("a").get_attribute("href")
    assert found == ("/instansi/orang/akun/?id=p1" if leads else None)


SEALED = {"phase": "FINAL", "locked_at": CLOSES, "seal": {"epoch": 1}}


@pytest.mark.parametrize(
    ("sptjm", "words"), [("BELUM", "menunggu tanda tangan"), ("DIKEMBALIKAN", "dikembalikan BKN"), ("DIUNGGAH", "")]
)
def test_the_statement_waits_for_who_signs_it(page: Page, apis: Apis, sptjm: str, words: str) -> None:
    round_ = _round(open_=False, **SEALED, sptjm={"state": sptjm, "closes": "2022-11-07T17:00:00+07:00"})
    found = at_home(page, apis, staff("ppk"), round_)
    assert [href for _, href in found] == (["/instansi/sptjm/"] if words else [])
    assert not words or (words in found[0][0] and "7 November 2022 pukul 17.00 WIB" in found[0][0])


def test_the_admin_sees_what_holds_finalizing_and_what_bkn_has_not_answered(page: Page, apis: Apis) -> None:
    line = {"code": "a", "text": "Hal", "link": ""}
    checklist = [
        {**line, "count": 2, "blocking": True},
        {**line, "count": None, "blocking": True},
        {**line, "count": 1, "blocking": False},
    ]
    found = at_home(
        page, apis, staff("admin"), _round(phase="PRAFINAL", checklist=checklist, extensions=[{"state": "DIMINTA"}])
    )
    assert [(words, href) for words, href in found if "orang/" not in href and "laporan" not in href] == [
        ("1 hal wajib pada daftar periksa belum beres", "/instansi/finalisasi/"),
        ("Permohonan perpanjangan menunggu keputusan BKN", "/instansi/perpanjangan/"),
    ]  # fmt: skip


@pytest.mark.parametrize(("now", "told"), [("2022-10-21T16:59:59+07:00", False), ("2022-10-21T17:00:00+07:00", True)])
def test_in_the_last_ten_days_an_admin_is_told_what_runs_out(page: Page, apis: Apis, now: str, *, told: bool) -> None:
    found = at_home(page, apis, staff("admin"), _round(now=now))
    undecided = sum(COUNTS[name] for name in ("TERDAFTAR", "AKUN_DIBUAT", "DIAJUKAN", "DIKEMBALIKAN"))
    lines = [words for words, href in found if href == "/instansi/tenggat/"]
    assert [words.split()[0] for words in lines] == ([str(undecided)] if told else [])


@pytest.mark.parametrize(("state_", "told"), [("BELUM", True), ("DIKEMBALIKAN", True), ("DIUNGGAH", False)])
def test_a_ppk_is_told_of_verdicts_against_the_advice_until_he_signed(
    page: Page, apis: Apis, state_: str, *, told: bool
) -> None:
    counts = {"judged": {"MELAWAN_SARAN": 3}}
    found = at_home(page, apis, staff("ppk"), _round(counts=counts, sptjm={"state": state_}))
    lines = [words.split()[0] for words, href in found if href == "/instansi/pertanggungjawaban/"]
    assert lines == (["3"] if told else [])


@pytest.mark.parametrize("is_open", [True, False])
def test_an_admin_is_told_first_of_verdicts_that_a_second_check_disagrees_with(
    page: Page, apis: Apis, *, is_open: bool
) -> None:
    found = at_home(page, apis, staff("admin"), _round(open_=is_open, counts={"judged": {"TIDAK_SEPENDAPAT": 2}}))
    assert (found[0][1] == "/instansi/orang/?flag=TIDAK_SEPENDAPAT") is is_open
    assert found[0][0].startswith("2") is is_open


def test_who_works_for_some_units_is_told_the_numbers_of_these(page: Page, apis: Apis) -> None:
    def counted(request: Request) -> Answer:
        on = "cursor=DRAF.p1" in request.url
        part = {"total": 1, "by_state": {"DRAF": 1}} if on else {"total": 57, "by_state": COUNTS}
        return 200, {**part, "cursor": None if on else "DRAF.p1"}

    found = at_home(page, apis, staff("operator", units=["Unit A"]), progress=counted)
    assert [href for _, href in found] == [
        state("DRAF"), "/instansi/laporan/", state("DIKEMBALIKAN"), state("TERDAFTAR"),
    ]  # fmt: skip
    assert found[0][0].startswith(str(COUNTS["DRAF"] + 1))
    expect(page.locator("#scoped")).to_be_visible()


class _Ways(HTMLParser):
    """Every link of a page, with the roles that get to see it: those of the page, less what hides it."""

    VOID = frozenset({"meta", "link", "input", "br", "hr", "img"})

    def __init__(self, html: str, roles: set[str]) -> None:
        super().__init__()
        self.open = [roles]
        self.found: list[tuple[str, set[str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        seen = self.open[-1] & set((given.get("data-roles") or "").split()) if "data-roles" in given else self.open[-1]
        if tag == "a" and given.get("href"):
            self.found.append((str(given["href"]), seen))
        if tag not in self.VOID:
            self.open.append(seen)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.open.pop()


@pytest.mark.parametrize("path", list(MAY_OPEN))
def test_no_link_leads_where_its_reader_may_not_go(site: Site, path: str) -> None:
    ways = _Ways(site.file(path).read_text("utf-8"), set(MAY_OPEN[path].split()))
    assert len(ways.open) == 1, "every tag is closed"
    for href, seen in ways.found:
        target = urlsplit(href).path
        # Both are narrowed by the page's script (mayOpen): names on the list, places of what was found.
        if target != "/instansi/orang/detail/" and target in MAY_OPEN:
            assert seen <= set(MAY_OPEN[target].split()), f"{path} leads {seen} to {target}"


def test_every_page_of_the_console_says_for_whom_it_is() -> None:
    assert {page.path for page in PAGES if page.kind in {"staff", "bkn"}} == set(MAY_OPEN)


# ---- lists -------------------------------------------------------------------------------------------------------


def person(at: int) -> dict[str, Any]:
    return {
        "id": f"p{at}", "v": 1, "nomor_registrasi": f"R{at}", "nama": f"Orang {at}",
        "unit_kerja": "Unit", "jabatan": "Guru", "kategori": "NON-ASN", "state": "TERDAFTAR", "overall": "LOLOS",
        "active": None, "account": "TANPA_AKUN", "lacking": [] if at % 2 else ["SK", "KTP"],
        "flags": [] if at % 3 else ["TIDAK_AKTIF"],
    }  # fmt: skip


def listed(request: Request) -> Answer:
    """A roster of 130, a page at a time."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
    start = int(query.get("cursor", "0"))
    end = min(start + int(query["limit"]), 130)
    return 200, {
        "items": [person(at) for at in range(start, end)],
        "cursor": str(end) if end < 130 else None,
        "found": 130,
    }


@pytest.fixture
def operator(page: Page, apis: Apis) -> Page:
    apis.answers["GET registration/me"] = staff("operator")
    apis.answers[PEOPLE] = listed
    apis.answers[f"GET {OFFICE}/people/p90"] = (404, problem("not-found", 404))
    return page


@pytest.mark.parametrize("way", ["link", "browser"])
def test_one_comes_back_to_the_list_as_one_left_it(operator: Page, way: str) -> None:
    operator.goto("/instansi/orang/")
    names = operator.locator("[data-rows=items] [data-link]")
    expect(names).to_have_count(50)
    operator.fill("#q", "orang")
    operator.fill("#unit", "unit")
    operator.get_by_role("button", name="Terapkan").click()
    operator.select_option("#state", "TERDAFTAR")
    operator.wait_for_url("**/instansi/orang/?q=orang&unit=unit&state=TERDAFTAR")
    operator.get_by_role("button", name="Muat lebih banyak").click()
    expect(names).to_have_count(100)
    names.nth(90).scroll_into_view_if_needed()
    before = operator.evaluate("scrollY")
    names.nth(90).click()
    operator.wait_for_url("**/instansi/orang/detail/?id=p90")
    if way == "link":
        operator.get_by_role("link", name="Kembali ke daftar").click()
    else:
        operator.go_back()
    operator.wait_for_url("**/instansi/orang/?q=orang&unit=unit&state=TERDAFTAR")
    expect(names).to_have_count(100)
    operator.wait_for_function(f"Math.abs(scrollY - {before}) < 5")
    expect(operator.locator("#q")).to_have_value("orang")
    # Opened, not come back to, a list begins at its beginning.
    operator.goto("/instansi/orang/")
    expect(names).to_have_count(50)


def test_a_page_may_hold_fewer_and_the_list_says_how_many_there_are(operator: Page, apis: Apis) -> None:
    answers = [([person(1)], "1", 3), ([person(2), person(3)], None, 3)]
    apis.answers[PEOPLE] = lambda _: _sought(*answers.pop(0))
    operator.goto("/instansi/orang/?q=wati+yanti&papers=KURANG&account=ADA&flag=TIDAK_AKTIF&advice=LOLOS")
    rows = operator.locator("[data-rows=items] tr")
    expect(rows).to_have_count(1)
    expect(operator.locator("#shown")).to_have_text("1 dari 3 orang ditampilkan")
    operator.get_by_role("button", name="Muat lebih banyak").click()
    expect(rows).to_have_count(3)
    expect(operator.locator("#shown")).to_have_text("3 dari 3 orang ditampilkan")
    expect(operator.get_by_role("button", name="Muat lebih banyak")).to_be_hidden()
    expect(rows.nth(1)).to_contain_text("Kurang: SK jabatan atau kontrak, KTP")
    expect(rows.nth(2)).to_contain_text("Menyatakan tidak lagi bekerja")
    expect(operator.locator("#papers")).to_have_value("KURANG")


def test_nobody_who_fits_is_said(operator: Page, apis: Apis) -> None:
    apis.answers[PEOPLE] = _sought([], None, 0)
    operator.goto("/instansi/orang/?q=zzz")
    expect(operator.get_by_text("Tidak ada yang cocok.")).to_be_visible()


def _sought(items: list[Any], cursor: str | None, found: int) -> Answer:
    return 200, {"items": items, "cursor": cursor, "found": found}


@pytest.mark.parametrize("typed", [NIK, f"{NIK[:6]} {NIK[6:12]}.{NIK[12:]}"])
def test_a_nik_is_searched_in_a_body_and_stands_in_no_address(operator: Page, apis: Apis, typed: str) -> None:
    addresses: list[str] = []
    operator.on("request", lambda request: addresses.append(request.url))
    apis.answers[f"POST {OFFICE}/nik-lookups"] = (200, {"items": [person(7)], "cursor": None, "found": 1})
    operator.goto("/instansi/orang/")
    expect(operator.locator("[data-rows=items] tr")).to_have_count(50)
    operator.fill("#q", typed)
    operator.keyboard.press("Enter")
    expect(operator.locator("[data-rows=items] tr")).to_have_count(1)
    assert apis.sent(f"POST {OFFICE}/nik-lookups") == [{"nik": NIK}]
    operator.get_by_role("link", name="Orang 7").click()
    operator.wait_for_url("**/detail/?id=p7")
    operator.go_back()
    expect(operator.locator("[data-rows=items] tr")).to_have_count(50)
    assert not any("9901014101" in address or "%20" in address for address in addresses)
    assert NIK[6:12] not in operator.evaluate("JSON.stringify(sessionStorage)")


def test_an_answer_that_comes_late_does_not_replace_what_was_asked_since(operator: Page) -> None:
    held: list[Route] = []
    operator.route("**/nik-lookups", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it calls
    operator.goto("/instansi/orang/")
    expect(operator.locator("[data-rows=items] tr")).to_have_count(50)
    with operator.expect_request("**/nik-lookups"):
        operator.fill("#q", NIK)
        operator.keyboard.press("Enter")
    with operator.expect_response("**/people?q=orang**"):
        operator.fill("#q", "orang")
        operator.keyboard.press("Enter")
    with operator.expect_response("**/nik-lookups"):
        held[0].fulfill(status=200, json={"items": [person(7)], "cursor": None, "found": 1})
    expect(operator.locator("[data-rows=items] tr")).to_have_count(50)
    expect(operator.locator("#shown")).to_contain_text("50")


@pytest.mark.parametrize(
    ("role", "typed", "words"),
    [
        ("operator", NIK[:15], "NIK harus 16 angka; yang diketik 15."),
        ("operator", f"siti {NIK}", "tanpa kata lain"),
        ("ppk", NIK, "bukan untuk peran Anda"),
    ],
)
def test_what_is_like_a_nik_goes_nowhere(operator: Page, apis: Apis, role: str, typed: str, words: str) -> None:
    apis.answers["GET registration/me"] = staff(role)
    operator.goto("/instansi/orang/")
    expect(operator.locator("[data-rows=items] tr")).to_have_count(50)
    asked = len(apis.asked)
    operator.fill("#q", typed)
    operator.get_by_role("button", name="Terapkan").click()
    expect(operator.locator("#errors")).to_contain_text(words)
    assert (len(apis.asked), urlsplit(operator.url).query) == (asked, "")


def test_a_list_that_comes_after_all_takes_its_fault_away(operator: Page, apis: Apis) -> None:
    apis.answers[PEOPLE] = (500, problem("internal", 500))
    operator.goto("/instansi/orang/")
    expect(operator.locator("#errors")).to_be_visible()
    apis.answers[PEOPLE] = listed
    operator.select_option("#state", "DRAF")
    expect(operator.locator("[data-rows=items] tr")).to_have_count(50)
    expect(operator.locator("#errors")).to_be_hidden()


@pytest.mark.parametrize(("role", "leads"), [("ppk", set()), ("helpdesk", {"/instansi/orang/langkah/"})])
def test_who_may_not_open_records_gets_names_that_do_not_lead_there(
    operator: Page, apis: Apis, role: str, leads: set[str]
) -> None:
    """The help desk is led to what a person has done so far."""
    apis.answers["GET registration/me"] = staff(role)
    operator.goto("/instansi/orang/")
    expect(operator.locator("[data-rows=items] tr")).to_have_count(50)
    links = operator.locator("[data-rows=items] [data-link][href]").all()
    assert {urlsplit(link.get_attribute("href") or "").path for link in links} == leads
    operator.goto("/instansi/orang/detail/?id=p1")
    expect(operator.locator("#errors")).to_contain_text("bukan untuk peran Anda")
    expect(operator.locator(".loading")).to_be_hidden()
