"""The institution says where it announced a list by itself, and since which day (domain.md, section 3)."""

from datetime import date
from typing import Annotated, Final
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from services.announcements.adapters import dirty_store, own_announcement_store, site
from services.announcements.kit.get_kit import institution_of, recordable
from services.announcements.kit.views import AnnouncementView
from services.announcements.model.institution import Announced, Institution, Place
from services.announcements.model.own_announcement import ListName, OwnAnnouncement
from services.announcements.settings import files_key
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.documents import DocumentType, parse_file_id
from services.kernel.documents.openings import read_opening
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security.personal_numbers import PersonalNumber, find_personal_number
from services.kernel.security.sessions import Role
from services.kernel.web.request import Request

RECORDERS = frozenset({Role.ADMIN})
ACTION: Final = "record-announcement"
_OF_PEOPLE: Final = frozenset({PersonalNumber.SIXTEEN_DIGITS, PersonalNumber.PHONE, PersonalNumber.EMAIL})
"""What no address may hold; a day stands in many."""
_NO_LIST: Final = "Daftar itu belum ada atau sudah diganti daftar yang lebih baru. Muat ulang halaman, lalu ulangi."
_NO_PHOTO: Final = "Unggah foto papan pengumuman, tunggu sampai diterima, lalu kirim."
_STALE: Final = "Unggah berkasnya lagi: tanda bahwa berkas itu sudah diperiksa tidak berlaku."


def _web_address(text: str) -> str:
    """An address everybody may follow: http or https, a host by name, nobody's account and no number in it."""
    if not text:
        return text
    if not _leads_somewhere(text):
        raise ValueError(
            "malformed|Tulis alamat lengkap yang dapat dibuka siapa pun, misalnya https://bkpsdm.contoh.go.id/pengumuman."
        )
    if find_personal_number(unquote(text)) in _OF_PEOPLE:
        raise ValueError(
            "personal-number|Alamat ini memuat nomor seperti NIK atau telepon, atau alamat email, padahal ditampilkan "
            "kepada umum. Pindahkan halamannya ke alamat tanpa nomor itu."
        )
    return text


def _leads_somewhere(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = "." in host and host.isascii() and any(letter.isalpha() for letter in host.rpartition(".")[2])
    return parts.scheme in {"http", "https"} and named and "@" not in parts.netloc and text.isprintable()


class AnnouncementBody(BaseModel):
    """Where and since which day; `opening` is documents' word that the recorder opened the photo or PDF.

    A board wants its photo, a site its address. `v` is the version its sender saw, 0 before anything was recorded.
    """

    place: Place
    on: date
    address: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^\S*$"), AfterValidator(_web_address)
    ] = ""
    opening: Annotated[str, Field(max_length=1000)] | None = None
    v: int = Field(default=0, ge=0)


def record_announcement(code: str, name: str, body: AnnouncementBody, request: Request) -> AnnouncementView:
    """Keep it, in the place of what was recorded of this list before; the public pages follow within minutes.

    Raises:
        Problem: `not-found` for another institution and for a list that is not there; `invalid-fields`;
            `version-moved`; `try-again`.
    """
    return request.once.answer(AnnouncementView, lambda: _record(code, name, body, request))


def _record(code: str, name: str, body: AnnouncementBody, request: Request) -> AnnouncementView:
    of = _list(institution_of(code, request.actor), name)
    _require_day(code, of, body.on, request)
    before = own_announcement_store.load(code).get(of)
    if (before.v if before else 0) != body.v:
        raise Problem(Code.VERSION_MOVED)
    told = Announced(body.place, body.on, _address(body))
    file = _file(code, body, before, request)
    after = OwnAnnouncement(of, body.v + 1, told, request.actor.id, request.received, file)
    said = {
        "list": str(of),
        "place": body.place.value,
        "on": body.on.isoformat(),
        "address": told.address,
        "file": file,
    }
    event, view = Event(request.actor.id, ACTION, request.received, said), AnnouncementView.of(after)
    if not own_announcement_store.keep(code, after, event, request.once.remember(view)):
        raise Problem(Code.VERSION_MOVED)
    dirty_store.mark(code, clock.now())
    return view


def _list(institution: Institution, name: str) -> ListName:
    of = ListName.parse(name)
    if of is None or of not in recordable(institution):
        raise Problem(Code.NOT_FOUND, _NO_LIST)
    return of


def _require_day(code: str, of: ListName, on: date, request: Request) -> None:
    """Refuse a day that has not come, and one before the list was on the portal, where it still is."""
    if on > request.received.astimezone(clock.WIB).date():
        raise invalid_problem("on", "in-the-future", "Hari ini belum tiba. Catat setelah pengumumannya terpasang.")
    manifest = site.load_manifest(code)
    shown = manifest.published_at if ListName.parse(manifest.edition) == of else None
    if shown is not None and on < shown.astimezone(clock.WIB).date():
        since = clock.day_text(shown.astimezone(clock.WIB))
        raise invalid_problem(
            "on", "too-early", f"Daftar ini baru tampil pada portal {since}. Isi hari itu atau sesudahnya."
        )


def _address(body: AnnouncementBody) -> str:
    if body.place is Place.BOARD:
        return ""
    if not body.address:
        raise invalid_problem("address", "missing", "Isi alamat halaman tempat daftar ini diumumkan.")
    return body.address


def _file(code: str, body: AnnouncementBody, before: OwnAnnouncement | None, request: Request) -> str | None:
    """The photo or PDF whose opening came along, else the one that is recorded of the same place."""
    if body.opening is None:
        kept = before.file if before and before.told.place is body.place else None
        if body.place is Place.BOARD and kept is None:
            raise invalid_problem("file", "missing", _NO_PHOTO)
        return kept
    opened = read_opening(files_key(), body.opening, by=request.actor.id, now=request.received)
    file = parse_file_id(opened) if opened else None
    if file is None or (file.institution, file.jenis) != (code, DocumentType.PENGUMUMAN):
        raise invalid_problem("file", "unknown", _STALE)
    return str(file)
