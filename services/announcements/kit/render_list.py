"""A list as a paper for the notice board and for the institution's own site: A4, its head, then everybody, numbered.

On it stands what the public page shows and nothing else (domain.md, section 8): it may hang and be uploaded as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reportlab.lib.pagesizes import A4

from services.announcements.kit.announced_list import AnnouncedList, Line
from services.announcements.kit.render_text import category_text, list_title
from services.kernel.contact import OfficeContact
from services.kernel.pdf import BOLD, About, Sheet, Style, bold, height_of, minute_text, shrunk
from services.kernel.values.numbers import number_text

_NAVY, _GREY, _HAIR = "#17324D", "#51606E", "#C9D2DB"
_MARGIN, _BOTTOM, _FOOT = 40.0, 58.0, 36.0
_INNER = A4[0] - 2 * _MARGIN
_QR = 84.0
_PAD = 2.5
_GAP = 6.0
_CELL = Style(8, spacing=1.2)
_HEAD_CELL = Style(8, BOLD, _NAVY, spacing=1.2)
_SMALL = Style(9, colour=_GREY)
_BODY = Style(10)
_UNIT: Final = "Unit kerja"
_COLUMNS: Final[tuple[tuple[str, float], ...]] = (
    ("No.", 30.0),
    ("Nomor registrasi", 72.0),
    ("Nama", 134.0),
    (_UNIT, 134.0),
    ("Jabatan", 95.0),
    ("Kategori", 50.0),
)
_WITHHELD: Final = "disunting"
_PUBLIC_ONLY: Final = (
    "Kertas ini hanya memuat nama, nomor registrasi, unit kerja, jabatan, dan kategori. Jangan menambahkan NIK, nomor "
    "KK, tanggal lahir, telepon, alamat, honor, atau status seseorang. Pendataan ini adalah pemetaan, bukan "
    "pengangkatan, dan tidak dipungut biaya."
)


@dataclass(frozen=True)
class Extract:
    """What one paper holds: of whom (`unit` None: of the whole list), its first number, and which part of how many."""

    lines: Sequence[Line]
    unit: str | None = None
    first: int = 1
    part: int = 1
    parts: int = 1


def render_list(announced: AnnouncedList, extract: Extract, at: datetime) -> bytes:
    """Print it; `at` is when it is printed, for a pre-final list changes from day to day."""
    title = list_title(announced)
    about = About(f"{title}: {announced.institution}", "Pendataan Tenaga Non-ASN", announced.institution, at)
    return _Paper(Sheet(about, A4), announced, extract).draw(at)


def draw_head(sheet: Sheet, institution: str, contact: OfficeContact | None) -> float:
    """Draw the institution's head: its name, and how its office is reached; returns where its lower edge is."""
    y = sheet.height - _MARGIN
    style = shrunk(institution, _INNER, Style(15, BOLD, _NAVY, spacing=1.2), lines=2, least=9)
    y = sheet.write((_MARGIN, y), _INNER, institution, style, align="centre") - 2
    for line in _office(contact):
        y = sheet.write((_MARGIN, y), _INNER, line, _SMALL, align="centre")
    y -= 6
    sheet.rule((_MARGIN, y), (_MARGIN + _INNER, y), _NAVY, 1.6)
    sheet.rule((_MARGIN, y - 3), (_MARGIN + _INNER, y - 3), _NAVY)
    return y - 18


def _office(contact: OfficeContact | None) -> list[str]:
    if contact is None:
        return []
    ways = [contact.phone and f"Telepon {contact.phone}", contact.whatsapp and f"WhatsApp {contact.whatsapp}"]
    reached = " · ".join(part for part in (*ways, contact.email) if part)
    return [line for line in (contact.office, contact.address, reached) if line]


class _Paper:
    """The rows one below the other; the columns' names stand on every page."""

    def __init__(self, sheet: Sheet, announced: AnnouncedList, extract: Extract) -> None:
        self._sheet, self._list, self._extract = sheet, announced, extract
        self._y = 0.0
        columns = [column for column in _COLUMNS if not (extract.unit and column[0] == _UNIT)]
        spare = _INNER - sum(width for _, width in columns)
        self._columns = [(name, width + spare if name == "Nama" else width) for name, width in columns]

    def draw(self, at: datetime) -> bytes:
        self._y = draw_head(self._sheet, self._list.institution, self._list.contact)
        self._introduce(at)
        self._name_columns()
        for number, line in enumerate(self._extract.lines, self._extract.first):
            self._row(number, line)
        self._write_foot()
        return self._sheet.finish()

    def _introduce(self, at: datetime) -> None:
        sheet, announced, extract = self._sheet, self._list, self._extract
        width = _INNER - _QR - 16
        alt = "Kode QR yang membuka daftar ini pada portal"
        top = self._y
        sheet.qr((_MARGIN + _INNER - _QR, top - _QR), _QR, announced.address, alt, _NAVY)
        y = sheet.write((_MARGIN, top), width, list_title(announced), Style(15, BOLD, _NAVY, spacing=1.2), tag="H1") - 2
        y = sheet.write((_MARGIN, y), width, "Pendataan Tenaga Non-ASN", _BODY) - 2
        if extract.unit:
            y = sheet.write((_MARGIN, y), width, f"Unit kerja: {bold(extract.unit)}", _BODY) - 2
        part = f", bagian {extract.part} dari {extract.parts}" if extract.parts > 1 else ""
        whole = number_text(len(announced.lines))
        counted = f"{number_text(len(extract.lines))} orang pada kertas ini{part}; {whole} orang pada seluruh daftar."
        y = sheet.write((_MARGIN, y), width, counted, _BODY) - 2
        since = f"Diumumkan pada portal {minute_text(announced.since)}; dicetak {minute_text(at)}."
        y = sheet.write((_MARGIN, y), width, since, _SMALL) - 2
        y = sheet.write((_MARGIN, y), width, f"Daftar terbaru: {announced.address}", _SMALL)
        y = min(y, top - _QR) - 8
        self._y = sheet.write((_MARGIN, y), _INNER, _PUBLIC_ONLY, _SMALL) - 10

    def _name_columns(self) -> None:
        names = [name for name, _ in self._columns]
        self._write_row(names, _HEAD_CELL, "TH", 0)

    def _row(self, number: int, line: Line) -> None:
        unit = [] if self._extract.unit else [line.unit_kerja]
        shown = (line.nama, *unit, line.jabatan, category_text(line.kategori))
        cells = [str(number), line.nomor_registrasi, *(_WITHHELD if each is None else each for each in shown)]
        height = self._height(cells, _CELL)
        if self._y - height < _BOTTOM:
            self._write_foot()
            self._sheet.next_page()
            self._y = self._sheet.height - _MARGIN
            self._name_columns()
        self._write_row(cells, _CELL, "TD", number)

    def _write_row(self, cells: Sequence[str], style: Style, tag: str, number: int) -> None:
        within = (("Table", self._sheet.page if tag == "TH" else 0), ("TR", number))
        top, x = self._y - _PAD, _MARGIN
        lower = top
        for cell, (_, width) in zip(cells, self._columns, strict=True):
            at = (x, top)
            lower = min(lower, self._sheet.write(at, width - _GAP, cell or "-", style, tag=tag, within=within))
            x += width
        self._y = lower - _PAD
        self._sheet.rule((_MARGIN, self._y), (_MARGIN + _INNER, self._y), _HAIR)

    def _height(self, cells: Sequence[str], style: Style) -> float:
        widths = (width - _GAP for _, width in self._columns)
        return max(height_of(cell or "-", width, style) for cell, width in zip(cells, widths, strict=True)) + 2 * _PAD

    def _write_foot(self) -> None:
        self._sheet.rule((_MARGIN, _FOOT + 6), (_MARGIN + _INNER, _FOOT + 6), _HAIR)
        words = f"{list_title(self._list)} · {self._list.institution} · halaman {self._sheet.page}"
        style = shrunk(words, _INNER, Style(8, colour=_GREY), lines=1, least=5)
        with self._sheet.decoration():
            self._sheet.code((_MARGIN, _FOOT), words, style)
