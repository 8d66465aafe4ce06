"""A person's pages say what became of his record, and ask nobody to go on whose time is over."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser import ME, Answer, Apis, calendar
from tests.web.test_biodata import CLOSED

ROUND: dict[str, Any] = {**ME["round"]}  # type: ignore[dict-item]
SHUT = {**ROUND, "phase": "PRAFINAL", "stage": "CLOSED"}
LOCKED = {**ROUND, "phase": "FINAL", "stage": "LOCKED"}
DONE = {"account": True, "active": True, "biodata": True, "histories": True, "submitted": True}
STEPS = (
    "/pendataan/aktif/",
    "/pendataan/biodata/",
    "/pendataan/riwayat/",
    "/pendataan/riwayat/isi/?id=h1",
    "/pendataan/resume/",
)
NOT_LISTED = "tidak masuk daftar final"


def _me(state: str, outcome: str, round_: dict[str, Any], **changed: Any) -> Answer:
    return 200, {**ME, "state": state, "outcome": outcome, "round": round_, **changed}


def _decided(state: str, reason: str) -> list[dict[str, str]]:
    return [{"at": "2022-10-20T09:00:00+07:00", "decision": state, "reason": reason}]


@pytest.fixture
def person(page: Page, apis: Apis) -> Page:
    """Pages with something on them."""
    history = {"id": "h1", "first": False, "own": True, "jabatan": "Guru", "files": []}
    biodata = {"v": 3, "editable": {"hp": "+6281234567890", "email": "a@contoh.id"}, "nomor_kk": None, "registered": {}}
    missing = [{"code": "active", "text": "Nyatakan bahwa Anda masih aktif.", "riwayat": None}]
    resume = {"v": 3, "active": None, "biodata": biodata, "histories": [history], "files": [], "advice": None}
    apis.answers["GET registration/me/histories"] = (200, {"v": 3, "items": [history]})
    apis.answers["GET registration/me/biodata"] = (200, biodata)
    apis.answers["GET registration/me/resume"] = (200, {**resume, "missing": missing})
    apis.answers["GET finalization/calendar"] = lambda _: CLOSED
    return page


@pytest.mark.parametrize(
    ("state", "outcome", "round_", "title", "words"),
    [
        ("AKUN_DIBUAT", "AWAITED", SHUT, "Pengisian data ditutup 22 Oktober 2022 pukul 17.00 WIB", "tidak diajukan"),
        ("TERDAFTAR", "AWAITED", SHUT, "Pengisian data ditutup", "sampai 31 Oktober 2022 pukul 17.00 WIB"),
        ("DIAJUKAN", "AWAITED", SHUT, "Pengisian data ditutup", "diajukan pada waktunya"),
        ("DIKEMBALIKAN", "AWAITED", SHUT, "Pengisian data ditutup", "tidak diajukan lagi"),
        ("MEMENUHI_SYARAT", "AWAITED", SHUT, "Pengisian data ditutup", "memenuhi syarat pendataan"),
        ("TIDAK_MEMENUHI_SYARAT", "AWAITED", SHUT, "Pengisian data ditutup", "tidak memenuhi syarat"),
        ("DIAJUKAN", "LOCKING", SHUT, "sedang dikunci", "Muat ulang halaman ini"),
        ("MEMENUHI_SYARAT", "LISTED", LOCKED, "Anda masuk daftar final", "sekarang belum"),
        ("AKUN_DIBUAT", "UNDECIDED", LOCKED, NOT_LISTED, "tidak memutuskannya"),
        ("DIAJUKAN", "UNDECIDED", LOCKED, NOT_LISTED, "diajukan pada waktunya, tetapi"),
        ("DIKEMBALIKAN", "UNDECIDED", LOCKED, NOT_LISTED, "mengembalikan data Anda"),
        ("TIDAK_MEMENUHI_SYARAT", "REJECTED", LOCKED, NOT_LISTED, "tidak memenuhi syarat pendataan"),
        ("KONFLIK", "DISPUTED", LOCKED, NOT_LISTED, "didaftarkan instansi lain"),
        ("PINDAH", "MOVED", LOCKED, NOT_LISTED, "dipindahkan"),
        ("DIHAPUS", "DELETED", LOCKED, NOT_LISTED, "menghapus data Anda"),
        ("DRAF", "DRAFT", LOCKED, NOT_LISTED, "tidak dilengkapi"),
        ("DIHAPUS", "HALTED", ROUND, "sedang tidak dapat diubah", "dapat mengembalikannya"),
        ("KONFLIK", "HALTED", SHUT, "sedang tidak dapat diubah", "kedua instansi"),
    ],
)
def test_data_saya_tells_it_and_asks_for_nothing(
    person: Page, apis: Apis, state: str, outcome: str, round_: dict[str, Any], title: str, words: str
) -> None:
    apis.answers["GET registration/me"] = _me(state, outcome, round_)
    person.goto("/pendataan/")
    expect(person.locator("#outcome h2")).to_contain_text(title)
    expect(person.locator("#outcome")).to_contain_text(words)
    expect(person.locator("#can")).to_be_visible()
    expect(person.locator("#meaning")).to_be_hidden()
    for asking in ("#next", "#closed-note", "#withdraw"):
        expect(person.locator(asking)).to_be_hidden()
    expect(person.locator("#steps a[href]")).to_have_count(0)
    expect(person.get_by_text("lalu ajukan lagi").filter(visible=True)).to_have_count(0)
    expect(person.locator("#can-reopen")).to_be_visible(visible=round_ is LOCKED)
    expect(person.locator("#can-ask")).to_be_visible(visible=round_ is not LOCKED)


@pytest.mark.parametrize(
    ("state", "outcome", "asks"),
    [("AKUN_DIBUAT", "YOURS", "#next"), ("DIKEMBALIKAN", "YOURS", "#next"), ("DIAJUKAN", "SUBMITTED", "#withdraw")],
)
def test_in_time_nothing_stands_above_the_next_step(
    person: Page, apis: Apis, state: str, outcome: str, asks: str
) -> None:
    apis.answers["GET registration/me"] = _me(state, outcome, ROUND)
    person.goto("/pendataan/")
    expect(person.locator(asks)).to_be_visible()
    expect(person.locator("#outcome")).to_be_hidden()
    expect(person.locator("#meaning")).to_be_visible()
    expect(person.locator("#closed-note")).to_be_visible(visible=outcome == "YOURS")


def test_a_decision_in_time_is_neither_an_end_nor_an_invitation(person: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = _me("MEMENUHI_SYARAT", "DECIDED", ROUND, steps=DONE)
    person.goto("/pendataan/")
    expect(person.locator("#status")).to_contain_text("Memenuhi syarat")
    for each in ("#outcome", "#next", "#closed-note", "#withdraw"):
        expect(person.locator(each)).to_be_hidden()


@pytest.mark.parametrize(
    ("state", "outcome", "why"),
    [
        ("TIDAK_MEMENUHI_SYARAT", "REJECTED", {"decisions": _decided("TIDAK_MEMENUHI_SYARAT", "Dibayar dari BLUD.")}),
        ("DIKEMBALIKAN", "UNDECIDED", {"decisions": _decided("DIKEMBALIKAN", "SK tidak terbaca.")}),
        ("DIHAPUS", "DELETED", {"deletion_reason": "Tercatat dua kali."}),
    ],
)
def test_the_reason_is_told_once(person: Page, apis: Apis, state: str, outcome: str, why: dict[str, Any]) -> None:
    apis.answers["GET registration/me"] = _me(state, outcome, LOCKED, **why)
    person.goto("/pendataan/")
    reason = why.get("deletion_reason") or why["decisions"][0]["reason"]
    expect(person.locator("[data-why]")).to_have_text(f"Alasannya: {reason}")
    expect(person.locator("#returned")).to_be_hidden()


def test_a_reason_that_is_over_is_not_told(person: Page, apis: Apis) -> None:
    decisions = _decided("DIKEMBALIKAN", "SK tidak terbaca.")
    apis.answers["GET registration/me"] = _me("DIAJUKAN", "UNDECIDED", LOCKED, decisions=decisions)
    person.goto("/pendataan/")
    expect(person.locator("[data-said]")).to_contain_text("pada waktunya")
    expect(person.locator("[data-why]")).to_be_hidden()


@pytest.mark.parametrize("path", STEPS)
@pytest.mark.parametrize(
    ("state", "outcome", "round_"),
    [("AKUN_DIBUAT", "AWAITED", SHUT), ("DIKEMBALIKAN", "UNDECIDED", LOCKED), ("DIHAPUS", "HALTED", ROUND)],
)
def test_no_step_asks_for_more(
    person: Page, apis: Apis, path: str, state: str, outcome: str, round_: dict[str, Any]
) -> None:
    apis.answers["GET registration/me"] = _me(state, outcome, round_)
    person.goto(path)
    expect(person.locator("#outcome h2")).to_be_visible()
    expect(person.locator("#outcome").get_by_role("link", name="Data Saya")).to_be_visible()
    buttons = person.locator("main button:visible, main a.govuk-button:visible")
    expect(buttons).to_have_count(0)
    expect(person.locator("main input[type=file]:visible")).to_have_count(0)


@pytest.mark.parametrize("path", STEPS)
def test_what_is_submitted_must_be_withdrawn_first(person: Page, apis: Apis, path: str) -> None:
    apis.answers["GET finalization/calendar"] = calendar
    apis.answers["GET registration/me"] = _me("DIAJUKAN", "SUBMITTED", ROUND, steps=DONE)
    person.goto(path)
    expect(person.locator("#outcome")).to_contain_text("tarik pengajuan di halaman Data Saya")
    expect(person.locator("main input[type=file]:visible")).to_have_count(0)


def test_a_form_that_was_begun_stays_when_the_window_closes(person: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = _me("AKUN_DIBUAT", "YOURS", ROUND)
    person.goto("/pendataan/riwayat/isi/?id=h1")
    person.fill("#nomor_sk", "800/9/2012")
    close = "document.dispatchEvent(new CustomEvent('windowclosed', {detail: 'DOSSIER'}))"
    person.evaluate(close)
    expect(person.locator("#outcome h2")).to_contain_text("Pengisian data ditutup")
    expect(person.locator("#nomor_sk")).to_have_value("800/9/2012")
    expect(person.locator("#form")).to_be_visible()
    person.goto("/pendataan/")
    expect(person.locator("#next")).to_be_visible()
    person.evaluate(close)
    expect(person.locator("#next")).to_be_hidden()
    person.evaluate(close.replace("DOSSIER", "VERIFICATION"))
    expect(person.locator("#outcome h2")).to_have_text("Data instansi Anda sedang dikunci")


def test_a_round_that_was_opened_again_says_so(person: Page, apis: Apis) -> None:
    again = {**SHUT, "reopened": True, "last_close": "2022-11-20T17:00:00+07:00"}
    apis.answers["GET registration/me"] = _me("MEMENUHI_SYARAT", "AWAITED", again)
    person.goto("/pendataan/")
    expect(person.locator("[data-said]")).to_contain_text(
        "dapat berubah; data dikunci kembali paling lambat 20 November"
    )
    apis.answers["GET registration/me"] = _me("AKUN_DIBUAT", "YOURS", {**again, "stage": "OPEN"})
    person.reload()
    expect(person.locator("#outcome h2")).to_have_text("Dibuka kembali oleh BKN")
    expect(person.locator("#next")).to_be_visible()
    expect(person.locator("#can")).to_be_hidden()


@pytest.mark.parametrize(
    ("state", "outcome", "sealed", "listed"),
    [
        ("MEMENUHI_SYARAT", "LISTED", "Memenuhi syarat", True),
        ("DIKEMBALIKAN", "UNDECIDED", "Belum diverifikasi", False),
    ],
)
def test_the_proof_is_labelled_with_what_it_proves(
    person: Page, apis: Apis, state: str, outcome: str, sealed: str, listed: bool
) -> None:
    _, schedule = CLOSED
    sptjm = {"name": "SPTJM", "opens": "2022-10-31T17:02:00+07:00", "closes": "2022-11-07T17:02:00+07:00", "open": True}
    apis.answers["GET finalization/calendar"] = (200, {**schedule, "windows": [*schedule["windows"], sptjm]})  # type: ignore[dict-item, index]
    apis.answers["GET registration/me"] = _me(state, outcome, LOCKED)
    person.goto("/pendataan/")
    proof = person.locator("#proof")
    expect(proof).to_contain_text(f"dengan keadaan: {sealed}.")
    expect(proof.get_by_text("juga membuktikan bahwa Anda ada pada daftar final")).to_be_visible(visible=listed)
    expect(proof.get_by_text("bukan bukti bahwa Anda ada pada daftar final")).to_be_visible(visible=not listed)
    expect(person.locator("#status .govuk-tag")).to_have_text(sealed)


SAID = "2022-09-05T08:00:00+07:00"


def test_who_no_longer_works_there_is_answered(person: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = _me("AKUN_DIBUAT", "YOURS", ROUND, active=False, active_at=SAID)
    person.goto("/pendataan/")
    panel = person.locator("#inactive")
    expect(panel).to_contain_text("Anda menyatakan tidak lagi bekerja di Contoh")
    expect(panel).to_contain_text("5 September 2022 pukul 08.00 WIB")
    expect(panel).to_contain_text("mengubahnya sampai 22 Oktober 2022 pukul 17.00 WIB")
    expect(panel.get_by_role("link", name="Ubah pernyataan")).to_be_visible()
    expect(person.locator("#next")).to_be_hidden()
    expect(person.locator("[data-step=active]")).to_contain_text("Tidak lagi bekerja")
    apis.answers["GET registration/me"] = _me("AKUN_DIBUAT", "AWAITED", SHUT, active=False, active_at=None)
    person.reload()
    expect(panel).to_contain_text("tidak dapat diubah lagi di portal")
    expect(panel.get_by_role("link")).to_have_count(0)


def test_who_has_not_submitted_is_not_congratulated(person: Page, apis: Apis) -> None:
    apis.answers["GET registration/me"] = _me("AKUN_DIBUAT", "YOURS", ROUND)
    person.goto("/pendataan/selesai/")
    person.wait_for_url("**/pendataan/")
    apis.answers["GET registration/me"] = _me("DIAJUKAN", "SUBMITTED", ROUND, steps=DONE)
    person.goto("/pendataan/selesai/")
    expect(person.locator(".done")).to_contain_text("ABCDE12345")
