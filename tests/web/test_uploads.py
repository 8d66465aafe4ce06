"""A file on its way: the place it was promised is kept, and it stays on the device until the service has it."""

import base64
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.documents.inspection.makers import card, jpeg
from tests.web.browser import ME, Answer, Apis, Headed, Request, problem

ASK = "POST documents/uploads"
LATE = problem(
    "window-closed", 410, detail="Pengisian data perorangan sudah ditutup pada 22 Oktober 2022 pukul 17.00 WIB."
)
KEPT = "Berkas masih tersimpan di perangkat ini"
EXPIRED = "<Error><Code>AccessDenied</Code><Message>Invalid according to Policy: Policy expired.</Message></Error>"
DENIED = (
    "<Error><Code>AccessDenied</Code><Message>Invalid according to Policy: Policy Condition failed</Message></Error>"
)
SLOW = "<Error><Code>RequestTimeout</Code><Message>Your socket connection was idle.</Message></Error>"

PAPER = b"%PDF-1.7 sk"
SCAN = jpeg(card((640, 480)))

Post = Callable[[Route], None]


class Uploads:
    """The page of an appointment with its control for the SK, and what the bucket was sent."""

    def __init__(self, page: Page, apis: Apis) -> None:
        self.page, self.apis = page, apis
        self.sent: list[str] = []
        self.posts: Iterator[Post] = iter(())
        history = {"id": "pertama", "first": True, "jabatan": "Guru", "files": []}
        apis.answers["GET registration/me"] = (200, ME)
        apis.answers["GET registration/me/histories"] = (200, {"v": 3, "items": [history]})
        for n in range(1, 9):
            apis.answers[f"GET documents/uploads/SK.{n}"] = (200, {"id": f"SK.{n}", "state": "DITERIMA"})
        page.route("**/bucket/**", self._bucket)
        page.goto("/pendataan/riwayat/isi/?id=pertama")

    def promises(self, *answers: Answer | int) -> None:
        """What is answered to whoever asks for a place; a number promises one for so many seconds."""
        coming = enumerate(answers, 1)

        def answer(_: Request) -> Answer:
            n, each = next(coming)
            if not isinstance(each, int):
                return each
            place = {
                "id": f"SK.{n}",
                "url": f"/bucket/{n}",
                "fields": {"key": f"incoming/{n}"},
                "expires_in": each,
                "receipt": f"receipt-{n}",
            }
            return 201, place

        self.apis.answers[ASK] = answer

    def bucket(self, *posts: Post) -> None:
        """What becomes of each post, in turn."""
        self.posts = iter(posts)

    def _bucket(self, route: Route) -> None:
        self.sent.append(route.request.url.rpartition("/")[2])
        next(self.posts)(route)

    @property
    def control(self) -> Locator:
        return self.page.locator("[data-upload=SK]")

    def choose(self) -> None:
        """Choose a file."""
        chosen = self.control.locator("input")
        expect(chosen).to_be_enabled()
        chosen.set_input_files({"name": "sk.pdf", "mimeType": "application/pdf", "buffer": PAPER})

    def drop(self, name: str, content: bytes, kind: str) -> None:
        """Choose a file that the picker calls of this kind, whatever its name and content."""
        self.control.locator("input:enabled").evaluate(
            """(input, [name, content, type]) => {
                 const carried = new DataTransfer();
                 const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
                 carried.items.add(new File([bytes], name, { type }));
                 input.files = carried.files;
                 input.dispatchEvent(new Event("change"));
               }""",
            [name, base64.b64encode(content).decode(), kind],
        )

    def says(self, words: str) -> None:
        """Wait until the control says this."""
        expect(self.control.get_by_role("status")).to_contain_text(words, timeout=60_000)

    def retry(self) -> None:
        """Press the button."""
        self.control.get_by_role("button", name="Coba lagi").click()

    @property
    def keys(self) -> list[str | None]:
        """The idempotency keys with which places were asked for."""
        return self.apis.keys


@pytest.fixture
def uploads(page: Page, apis: Apis) -> Uploads:
    return Uploads(page, apis)


def takes(route: Route) -> None:
    """The bucket has the file."""
    route.fulfill(status=204)


def breaks(route: Route) -> None:
    """The connection breaks."""
    route.abort("connectionreset")


def refuses(status: int, body: str) -> Post:
    """The bucket says no."""
    return lambda route: route.fulfill(status=status, content_type="application/xml", body=body)


def test_a_broken_connection_goes_on_with_the_first_form_after_the_close(uploads: Uploads) -> None:
    uploads.promises(900, (410, LATE))
    uploads.bucket(breaks, breaks, takes)
    uploads.choose()
    uploads.says("Diterima.")
    assert uploads.sent == ["1", "1", "1"]
    assert len(uploads.keys) == 1
    assert uploads.keys[0]


def test_the_first_form_outlives_the_page(uploads: Uploads) -> None:
    uploads.promises(900, (410, LATE))
    uploads.bucket(lambda _: None, takes)
    with uploads.page.expect_request("**/bucket/1"):
        uploads.choose()
    uploads.page.reload()
    uploads.says("Diterima.")
    assert uploads.sent == ["1", "1"]
    assert len(uploads.keys) == 1


def test_a_promise_whose_answer_was_lost_is_asked_for_under_the_same_key(uploads: Uploads) -> None:
    uploads.apis.answers[ASK] = (0, None)
    uploads.bucket(takes)
    uploads.choose()
    uploads.says("Sambungan terputus.")
    uploads.promises(900)
    uploads.says("Diterima.")
    assert len(uploads.keys) >= 2
    assert len(set(uploads.keys)) == 1


def test_another_file_is_another_request(uploads: Uploads) -> None:
    uploads.promises(900, 900)
    uploads.bucket(takes, takes)
    for n in (1, 2):
        with uploads.page.expect_request(f"**/bucket/{n}"):
            uploads.choose()
        uploads.says("Diterima.")
    assert uploads.sent == ["1", "2"]
    assert len(set(uploads.keys)) == 2


@pytest.mark.parametrize("known", [True, False], ids=["by the promise", "by the bucket alone"])
def test_an_expired_form_is_asked_for_anew(uploads: Uploads, *, known: bool) -> None:
    uploads.promises(0 if known else 900, 900)
    uploads.bucket(breaks if known else refuses(403, EXPIRED), takes)
    uploads.choose()
    uploads.says("Diterima.")
    assert uploads.sent == ["1", "2"]
    assert len(set(uploads.keys)) == 2


def test_too_late_says_which_window_closed_and_keeps_the_file(uploads: Uploads) -> None:
    uploads.promises((410, LATE), 900)
    uploads.bucket(takes)
    uploads.choose()
    uploads.says(f"sudah ditutup pada 22 Oktober 2022 pukul 17.00 WIB. {KEPT}, paling lama satu hari.")
    uploads.retry()
    uploads.says("Diterima.")


def test_what_the_bucket_refuses_is_said_and_kept(uploads: Uploads) -> None:
    uploads.promises(900, 900)
    uploads.bucket(refuses(403, DENIED), takes)
    uploads.choose()
    uploads.says("menolak kiriman ini (AccessDenied). Kirim sekali lagi; bila tetap ditolak, sampaikan kode")
    uploads.says(KEPT)
    uploads.retry()
    uploads.says("Diterima.")
    assert uploads.sent == ["1", "2"]


@pytest.mark.parametrize(("status", "body"), [(400, SLOW), (503, "<Error><Code>SlowDown</Code></Error>")])
def test_a_slow_connection_keeps_its_place(uploads: Uploads, status: int, body: str) -> None:
    uploads.promises(900, (410, LATE))
    uploads.bucket(refuses(status, body), takes)
    uploads.choose()
    uploads.says("Diterima.")
    assert uploads.sent == ["1", "1"]


def test_a_file_that_is_wrong_itself_is_dropped(uploads: Uploads) -> None:
    fields = [{"field": "ukuran", "code": "too-large", "message": "Berkas 2 MB; batasnya 1 MB."}]
    uploads.promises((422, problem("invalid-fields", 422, fields=fields)))
    uploads.choose()
    uploads.says("Berkas 2 MB; batasnya 1 MB.")
    expect(uploads.control.get_by_role("button", name="Coba lagi")).to_be_hidden()
    uploads.page.reload()
    expect(uploads.control.locator("input")).to_be_enabled()
    assert len(uploads.keys) == 1


def test_a_sent_file_whose_verdict_cannot_be_read_has_arrived(uploads: Uploads) -> None:
    uploads.apis.answers["GET documents/uploads/SK.1"] = (0, None)
    uploads.promises(900)
    uploads.bucket(takes)
    uploads.choose()
    uploads.says("Masih diperiksa.")
    expect(uploads.control.get_by_role("button", name="Coba lagi")).to_be_hidden()


def test_a_page_closed_before_the_verdict_follows_the_file_when_it_is_opened_again(uploads: Uploads) -> None:
    """The service lists it only once it is inspected: until then the device alone knows of it."""
    uploads.apis.answers["GET documents/uploads/SK.1"] = (0, None)
    uploads.promises(900)
    uploads.bucket(takes)
    uploads.choose()
    uploads.says("Masih diperiksa.")
    uploads.apis.answers["GET documents/uploads/SK.1"] = (200, {"id": "SK.1", "state": "DITERIMA"})
    uploads.page.reload()
    uploads.says("Diterima.")
    assert uploads.page.evaluate("localStorage.getItem('kuitansi')") == "{}"
    assert uploads.sent == ["1"]


def test_the_verdict_is_asked_for_again_when_the_service_says(uploads: Uploads) -> None:
    asked: list[float] = []

    def answer(_: Request) -> Headed:
        asked.append(time.monotonic())
        return 200, {"state": "DIPERIKSA" if len(asked) == 1 else "DITERIMA"}, {"Retry-After": "1"}

    uploads.apis.answers["GET documents/uploads/SK.1"] = answer
    uploads.promises(900)
    uploads.bucket(takes)
    uploads.choose()
    uploads.says("Diterima.")
    first, second = asked
    assert second - first >= 1, "its own measure begins with less"


@pytest.mark.parametrize("kind", ["", "application/octet-stream", "application/x-pdf", "image/png"])
@pytest.mark.parametrize(("name", "content"), [("sk.pdf", PAPER), ("sk", b"\r\n" * 7 + PAPER), ("ijazah.jpg", SCAN)])
def test_the_content_says_what_a_file_is(uploads: Uploads, name: str, content: bytes, kind: str) -> None:
    uploads.promises(900)
    uploads.bucket(takes)
    uploads.drop(name, content, kind)
    uploads.says("Diterima.")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Berkas ini kosong."),
        (b"PK\x03\x04 sk.docx", "Jenis berkas tidak didukung. Yang diterima: PDF, JPG."),
        (b"\xff\xd8\xff and no picture", "Foto ini tidak dapat dibaca."),
    ],
)
def test_what_cannot_be_taken_says_why_whatever_it_is_called(uploads: Uploads, content: bytes, words: str) -> None:
    uploads.drop("sk.pdf", content, "application/pdf")
    uploads.says(words)
    assert uploads.sent == []


def test_who_sent_in_time_submits_with_his_receipts_before_the_inspection(uploads: Uploads) -> None:
    uploads.promises(900, 900)
    uploads.bucket(takes, takes)
    uploads.apis.answers["GET documents/uploads/SK.1"] = (503, {"type": "try-again", "title": "Sibuk", "status": 503})
    uploads.choose()
    uploads.says("Masih diperiksa.")
    missing = [
        {"code": "SK", "text": "SK untuk riwayat pertama belum ada.", "riwayat": "pertama"},
        {"code": "SK", "text": "SK untuk riwayat ke-2 belum ada.", "riwayat": "r2"},
    ]
    resume = {
        "v": 3, "active": True, "biodata": {"registered": {}, "editable": {}}, "histories": [], "files": [],
        "advice": None, "missing": missing,
    }  # fmt: skip
    uploads.apis.answers["GET registration/me/resume"] = (200, resume)
    uploads.apis.answers["POST registration/me/submission"] = (200, {"v": 4, "state": "DIAJUKAN"})
    page = uploads.page
    page.goto("/pendataan/resume/")
    expect(page.locator("#on-their-way")).to_be_visible()
    expect(page.locator("#missing li")).to_have_text(["SK untuk riwayat ke-2 belum ada."])
    expect(page.locator("#missing li a")).to_have_attribute("href", "/pendataan/riwayat/isi/?id=r2")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Akhiri Proses Pendaftaran").click()
    page.wait_for_url("**/pendataan/selesai/")
    (body,) = uploads.apis.sent("POST registration/me/submission")
    assert body == {"v": 3, "statement": True, "receipts": ["receipt-1"]}


def test_a_file_that_was_inspected_needs_no_receipt(uploads: Uploads) -> None:
    uploads.promises(900)
    uploads.bucket(takes)
    uploads.choose()
    uploads.says("Diterima.")
    assert uploads.page.evaluate("localStorage.getItem('kuitansi')") == "{}"


def test_what_is_loaded_later_is_tried_again_when_it_did_not_come(page: Page, apis: Apis) -> None:
    page.route("**/aset/prepare*.js", lambda route: route.abort("connectionreset"))
    uploads = Uploads(page, apis)
    uploads.choose()
    uploads.says("Sambungan")
    page.unroute("**/aset/prepare*.js")
    uploads.promises(900)
    uploads.bucket(takes)
    uploads.choose()
    uploads.says("Diterima.")
