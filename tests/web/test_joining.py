"""Several photographed pages of one document become one PDF on the phone, which the inspection accepts."""

import io
from typing import Any

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from services.documents.inspection import Outcome, inspect
from services.kernel.documents import MB, DocumentType
from tests.web.browser import ME, Apis

UPLOAD = "POST documents/uploads"


@pytest.fixture
def row(page: Page, apis: Apis) -> Page:
    """The papers of an appointment, and a bucket that takes what is sent."""
    history = {"id": "pertama", "first": True, "jabatan": "Guru", "files": []}
    apis.answers |= {
        "GET registration/me": (200, ME),
        "GET registration/me/histories": (200, {"v": 3, "items": [history]}),
        UPLOAD: (201, {"id": "p1.SK.1", "url": "/bucket/", "fields": {"key": "k"}, "expires_in": 900}),
        "GET documents/uploads/p1.SK.1": (200, {"id": "p1.SK.1", "state": "DITERIMA"}),
    }
    page.route("**/bucket/", lambda route: route.fulfill(status=204))
    page.goto("/pendataan/riwayat/isi/?id=pertama")
    expect(page.locator("[data-upload=SK] input")).to_be_enabled()
    return page


def photo(size: tuple[int, int], shade: int) -> FilePayload:
    """A page as a phone takes it."""
    stream = io.BytesIO()
    grain = Image.effect_noise((size[0] // 8, size[1] // 8), 80).convert("RGB").resize(size)
    Image.blend(grain, Image.new("RGB", size, (shade, 0, 0)), 0.3).save(stream, "JPEG", quality=90)
    return {"name": f"IMG_{shade}.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def sent(page: Page, chosen: list[FilePayload]) -> bytes:
    """Choose files for the SK; what reaches the bucket."""
    with page.expect_request("**/bucket/") as coming:
        page.locator("[data-upload=SK] input").set_input_files(chosen)
    body = coming.value.post_data_buffer or b""
    return body[body.index(b"%PDF") : body.rindex(b"%%EOF") + 6]


def test_photos_become_the_pages_of_one_pdf_in_their_order(row: Page, apis: Apis) -> None:
    content = sent(row, [photo((3000, 4000), 10), photo((4000, 3000), 200), photo((600, 800), 90)])
    asked: dict[str, Any] = apis.sent(UPLOAD)[0]
    assert asked["ukuran"] == len(content)
    assert len(content) <= MB
    with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
        sides = [tuple(int(side) for side in page.mediabox[2:]) for page in pdf.pages]
        assert sides == [(595, 842), (842, 595), (595, 842)]
        pictures = [Image.open(io.BytesIO(page.get_images()["/P"].read_raw_bytes())) for page in pdf.pages]
    reds = [picture.resize((1, 1)).tobytes()[0] for picture in pictures]
    assert reds[0] < reds[2] < reds[1]
    assert all(max(picture.size) <= 2400 for picture in pictures)
    found = inspect(DocumentType.SK, content)
    assert (found.outcome, found.fault) == (Outcome.ACCEPTED, None)
    control = row.locator("[data-upload=SK]")
    expect(control.get_by_role("status")).to_contain_text("Diterima.")
    expect(control.get_by_role("link", name="Buka berkas SK")).to_have_attribute(
        "href", "/api/documents/files/p1.SK.1/link"
    )


def test_what_cannot_be_joined_is_said_and_nothing_sent(row: Page, apis: Apis) -> None:
    pdf: FilePayload = {"name": "sk.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 sk"}
    row.locator("[data-upload=SK] input").set_input_files([photo((600, 800), 90), pdf])
    expect(row.locator("[data-upload=SK]").get_by_role("status")).to_contain_text("bila semuanya foto")
    assert apis.bodies(UPLOAD) == []


def test_only_papers_of_pages_take_several_files(row: Page) -> None:
    """A KTP or a photo is one picture."""
    expect(row.locator("[data-upload=BUKTI_BAYAR] input")).to_have_attribute("multiple", "")
    row.goto("/pendataan/biodata/")
    expect(row.locator("[data-upload=IJAZAH] input")).to_have_attribute("multiple", "")
    assert row.evaluate("() => document.querySelector('[data-upload=KTP] input').multiple") is False
