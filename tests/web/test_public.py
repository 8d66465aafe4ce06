"""What the public reads stands also while no service answers; and whoever is signed in finds himself on a list."""

import functools
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from services.announcements.model.institution import Edition, Institution, Row, Summary
from services.announcements.model.objects import Object
from services.announcements.pages.build_contacts import build_contacts
from services.announcements.pages.build_directory import build_directory
from services.announcements.pages.build_list import build_list
from services.announcements.pages.build_search import LARGE
from services.announcements.pages.choose_list import PublicList
from services.announcements.pages.scan import Clean
from services.kernel.contact import OfficeContact
from services.kernel.states import Category, Phase
from tests.support.axe import find_violations
from tests.web.browser import ME, Answer, Apis
from tests.web.conftest import Site

NOW = datetime(2022, 10, 5, 5, tzinfo=UTC)
CONTACT = OfficeContact(
    office="Bagian kepegawaian", address="Jalan Contoh 1", hours="Setiap hari kerja", phone="(021) 555 0100"
)
RINA = Row("Rina Contoh", str(ME["nomor_registrasi"]), "SDN 1", "Guru", Category.NON_ASN)
BUDI = Row("Budi Contoh", "FGHJK67890", "SDN 2", "Guru", Category.NON_ASN)
"""The number of `ME` is the first one's."""


def publish(site: Site, rows: Sequence[Row], code: str = "9901") -> None:
    """Put a list, the directory and the contacts on the site, as the publisher does."""
    institution = Institution(code, "Kabupaten Contoh", Phase.PRAFINAL)
    lines = [
        Summary(code, "Kabupaten Contoh", Phase.PRAFINAL, len(rows), sptjm=False),
        Summary("9902", "Kota Contoh Dua", Phase.PENGINPUTAN, None, sptjm=False),
        Summary("9903", "Kota Contoh Tiga", Phase.SPTJM_DITERIMA, 5, sptjm=True),
        Summary("9904", "Kota Contoh Empat", Phase.TIDAK_MENDATA, None, sptjm=False),
    ]
    public = PublicList(Edition.PREFINAL, Clean(list(rows)))
    for made in (
        *build_list(institution, public, NOW, CONTACT),
        *build_directory(lines, NOW),
        *build_contacts(lines, {code: CONTACT}),
    ):
        _write(site, made)


Publish = Callable[..., None]


@pytest.fixture
def published(site: Site) -> Iterator[Publish]:
    """`publish` for this site, which other tests share: what it wrote is gone afterwards."""
    before = set(site.folder.rglob("*.*"))
    yield functools.partial(publish, site)
    for file in set(site.folder.rglob("*.*")) - before:
        file.unlink()


def _write(site: Site, made: Object) -> None:
    file = site.folder / made.key
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(made.content)


class _Always(dict[str, Any]):
    """The same answer to everything."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer

    def get(self, _name: str, _default: object = None) -> Answer:
        return self.answer


SENTENCES = {0: "peladen tidak terjangkau", 503: "Jawaban peladen tidak dapat dibaca"}


@pytest.mark.parametrize("answer", [(0, None), (503, None)], ids=["no-connection", "unavailable"])
def test_lists_contacts_and_help_stand_while_no_service_answers(
    page: Page, apis: Apis, published: Publish, answer: Answer
) -> None:
    published([RINA, BUDI])
    apis.answers = _Always(answer)
    page.goto("/pengumuman/")
    page.get_by_role("link", name="Kabupaten Contoh", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Daftar prafinalisasi")
    page.get_by_label("Cari nama di daftar ini").fill("rina")
    expect(page.locator("[data-index] tbody tr")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("Jalan Contoh 1")
    page.get_by_role("link", name="Kontak instansi").first.click()
    expect(page.locator("#direktori")).to_contain_text("(021) 555 0100")
    page.get_by_role("link", name="Bantuan").first.click()
    assert len(page.locator("main section h2").all()) > 5
    for path in ("/privasi/", "/segel/"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto("/")
    expect(page.locator(".calendar__list")).to_contain_text("Jadwal sedang tidak dapat dimuat", timeout=15_000)
    page.goto("/kartu/?kode=ABCDEFGHJK")
    expect(page.get_by_role("alert")).to_contain_text(SENTENCES[answer[0]], timeout=15_000)
    page.goto("/cek-status/")
    page.fill("#nik", "9901014101900001")
    page.fill("#nama", "Siti Contoh Lestari")
    page.get_by_role("button", name="Periksa", exact=True).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(SENTENCES[answer[0]], timeout=15_000)
    assert page.input_value("#nama") == "Siti Contoh Lestari", "what was typed stays"


@pytest.mark.parametrize("many", [False, True], ids=["small", "large"])
def test_whoever_is_signed_in_finds_his_own_row(page: Page, apis: Apis, published: Publish, many: bool) -> None:
    """Also where he stands on a later page of a large list, and in what he searches; nobody is told of it."""
    others = [Row(f"Agus {n}", f"M{n:09d}", "SDN 2", "Guru", Category.NON_ASN) for n in range(LARGE * many)]
    published([RINA, BUDI, *others])
    apis.answers["GET registration/me"] = (200, ME)
    page.goto("/pengumuman/9901/")
    expect(page.locator("#own")).to_be_hidden()
    assert apis.bodies("GET registration/me") == [], "who has no session on this device asks nothing"
    page.evaluate("localStorage.setItem('refreshed', String(Date.now()))")
    page.reload()
    own = page.locator("#own")
    expect(own).to_contain_text("Anda tercantum pada daftar ini")
    expect(own).to_contain_text(f"{RINA.nomor_registrasi} · Rina Contoh · SDN 1 · Guru")
    listed = page.locator("table[data-list-part] tr[aria-current]")
    expect(listed).to_have_count(0 if many else 1)
    page.get_by_label("Cari nama di daftar ini").fill("contoh")
    expect(page.locator("[data-index] tr[aria-current]")).to_contain_text("Anda")
    expect(page.locator("[data-index] tr[aria-current]")).to_contain_text("Rina")
    assert find_violations(page) == []
    assert {name for name, _ in apis.asked} == {"GET registration/me"}


@pytest.mark.parametrize(
    ("code", "me", "said"),
    [
        ("9901", (200, ME), "tidak ada pada daftar ini"),
        ("9902", (200, ME), None),
        ("9901", (200, {**ME, "role": "admin", "nomor_registrasi": None}), None),
        ("9901", (401, None), None),
        ("9901", (0, None), None),
    ],
    ids=["not-on-it", "other-institution", "staff", "session-over", "no-connection"],
)
def test_nothing_is_said_to_whom_it_does_not_concern(
    page: Page, apis: Apis, published: Publish, code: str, me: Answer, said: str | None
) -> None:
    published([BUDI], code)
    apis.answers["GET registration/me"] = me
    page.goto(f"/pengumuman/{code}/")
    page.evaluate("localStorage.setItem('refreshed', String(Date.now()))")
    with page.expect_request("**/api/registration/me"):
        page.reload()
    page.get_by_label("Cari nama di daftar ini").fill("budi")
    expect(page.locator("[data-index] tbody tr")).to_have_count(1)
    if said:
        expect(page.locator("#own")).to_contain_text(said)
    else:
        expect(page.locator("#own")).to_be_hidden()
    expect(page.locator("tr[aria-current]")).to_have_count(0)


def test_the_directory_counts_who_has_not_announced_and_who_has_no_sptjm(page: Page, published: Publish) -> None:
    published([RINA])
    page.goto("/pengumuman/")
    for said in ("2 instansi sudah mengumumkan", "1 instansi belum mengumumkan", "2 instansi belum mempunyai SPTJM"):
        expect(page.locator("main li", has_text=said)).to_be_visible()
    rows = page.locator("#direktori tbody tr:visible")
    shown = page.get_by_label("Tampilkan")
    shown.select_option("Yang belum mengumumkan")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Kota Contoh Dua")
    shown.select_option("Yang belum mempunyai SPTJM")
    expect(rows).to_have_count(2)
    page.get_by_label("Cari instansi").fill("kabupaten")
    expect(rows).to_have_count(1)
    expect(page.locator("#cari-status")).to_have_text("1 instansi ditampilkan")
    shown.select_option("")
    page.get_by_label("Cari instansi").fill("")
    expect(rows).to_have_count(4)
    assert find_violations(page) == []


def test_each_name_of_a_pre_final_list_leads_to_where_it_is_reported(page: Page, published: Publish) -> None:
    """Also of what is searched; the institution stands in its report already."""
    published([RINA, BUDI])
    for language in ("", "/en"):
        page.goto(f"{language}/pengumuman/9901/")
        listed = page.locator("table[data-list-part] a")
        hrefs = [each.get_attribute("href") for each in listed.all()]
        assert hrefs == [f"{language}/tanggapan/?instansi=9901&nomor={row.nomor_registrasi}" for row in (BUDI, RINA)]
        assert find_violations(page) == []
    page.goto("/pengumuman/9901/")
    page.get_by_label("Cari nama di daftar ini").fill("budi")
    page.locator("[data-index] tbody a").click()
    expect(page.locator("#nomor_registrasi")).to_have_value(BUDI.nomor_registrasi)
    expect(page.locator("#institution")).to_have_value("Kabupaten Contoh (9901)")
