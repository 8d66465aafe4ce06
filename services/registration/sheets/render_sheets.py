"""The paper a person is handed: one A5 page each, tagged; his code, in words and as QR, and what it is for.

No NIK and no birth date stand on it: whoever finds it cannot pass the identity check by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reportlab.lib.pagesizes import A5

from services.kernel.contact import OfficeContact
from services.kernel.pdf import BOLD, About, Sheet, Style, bold, grouped, minute_text, shrunk
from services.kernel.web.site_pages import ACCOUNT, RECLAIM

FREE = "Gratis. Tanpa lembar ini Anda tetap dapat membuat akun. Laporkan pungutan."
"""Domain.md, section 3, on every sheet."""
_NAVY, _GOLD, _HAIR, _GREY, _CREAM, _PALE = "#17324D", "#B08D3C", "#C9D2DB", "#51606E", "#FBF5E6", "#D5DEE7"
_MARGIN = 30.0
_INNER = A5[0] - 2 * _MARGIN
_QR = 104.0
_LABEL = Style(8.5, colour=_GREY)
_BODY = Style(9, spacing=1.35)


@dataclass(frozen=True)
class Slip:
    """What one person's page says of him."""

    name: str
    registration_number: str
    unit: str
    code: str


@dataclass(frozen=True)
class Issuer:
    """What all pages of a printing say: whose they are, where the portal is, whom to ask, until when.

    `owner`: it is for somebody who has an account, to take it back; `login_only`: after the lock.
    """

    institution: str
    site: str
    contact: OfficeContact | None
    closes: datetime
    at: datetime
    owner: bool = False
    login_only: bool = False

    @property
    def page(self) -> str:
        """Where its code is typed."""
        return self.site + (RECLAIM if self.owner else ACCOUNT)


def code_text(code: str) -> str:
    """A sheet's code as it is printed and read aloud."""
    return "-".join(grouped(code, 5))


def render_sheets(slips: Sequence[Slip], issuer: Issuer) -> bytes:
    """Print a page for each, PDF; codes stand on the pages and in nothing else of the file."""
    about = About("Lembar Kode Aktivasi", "Pendataan Tenaga Non-ASN", issuer.institution, issuer.at)
    sheet = Sheet(about, A5)
    for number, slip in enumerate(slips):
        if number:
            sheet.next_page()
        _draw(sheet, slip, issuer, number)
    return sheet.finish()


def _draw(sheet: Sheet, slip: Slip, issuer: Issuer, page: int) -> None:
    y = _draw_head(sheet, issuer)
    for label, value, size in (
        ("Nama", slip.name, 14.0),
        ("Nomor registrasi", " ".join(grouped(slip.registration_number, 5)), 11.0),
        ("Unit kerja", slip.unit, 11.0),
    ):
        y = sheet.write((_MARGIN, y), _INNER, label, _LABEL)
        style = shrunk(value, _INNER, Style(size, BOLD, spacing=1.2), lines=2, least=7)
        y = sheet.write((_MARGIN, y - 1), _INNER, value or "-", style) - 6
    y = _draw_code(sheet, slip, issuer, y - 4)
    y = _draw_steps(sheet, issuer, y - 12, page)
    _draw_foot(sheet, issuer, y - 10)


def _draw_head(sheet: Sheet, issuer: Issuer) -> float:
    sheet.box((0, sheet.height - 66), (sheet.width, 66), _NAVY)
    sheet.box((0, sheet.height - 69), (sheet.width, 3), _GOLD)
    top = sheet.height - 14
    name = shrunk(issuer.institution, _INNER, Style(9.5, colour=_PALE), lines=1, least=6)
    sheet.write((_MARGIN, top), _INNER, issuer.institution, name)
    sheet.write((_MARGIN, top - 14), _INNER, "Lembar Kode Aktivasi", Style(19, BOLD, "#FFFFFF"), tag="H1")
    return sheet.height - 84


def _draw_code(sheet: Sheet, slip: Slip, issuer: Issuer, top: float) -> float:
    sheet.frame((_MARGIN, top - _QR - 20), (_INNER, _QR + 20), _HAIR)
    target = f"{issuer.page}#kode={slip.code}"
    sheet.qr((_MARGIN + 10, top - _QR - 10), _QR, target, "Kode QR yang membuka portal dengan kode ini", _NAVY)
    x, width = _MARGIN + _QR + 26, _INNER - _QR - 36
    y = sheet.write((x, top - 14), width, "Kode aktivasi", _LABEL)
    written = code_text(slip.code)
    style = shrunk(written, width, Style(22, BOLD, _NAVY), lines=1, least=10)
    y = sheet.write((x, y - 2), width, written, style) - 6
    sheet.write((x, y), width, "Hanya untuk nama di atas dan hanya sekali pakai. Jangan difoto atau dibagikan.", _BODY)
    return top - _QR - 20


def _draw_steps(sheet: Sheet, issuer: Issuer, top: float, page: int) -> float:
    y = sheet.write((_MARGIN, top), _INNER, "Cara memakai", Style(10, BOLD, _NAVY, spacing=1.45), tag="H2")
    steps = (
        f"Pindai kode QR, atau buka {bold(issuer.page)} dan isi kode di atas.",
        "Isi NIK, nomor KK, nama, tempat dan tanggal lahir Anda sendiri, lalu buat kata sandi.",
        _until(issuer),
    )
    for number, step in enumerate(steps):
        within = (("L", page), ("LI", number))
        sheet.write((_MARGIN, y), 12, f"{number + 1}.", _BODY, tag="Lbl", within=within)
        y = sheet.write((_MARGIN + 13, y), _INNER - 13, step, _BODY, tag="LBody", within=within)
    return y


def _until(issuer: Issuer) -> str:
    by = bold(minute_text(issuer.closes))
    if issuer.login_only:
        return f"Pakai paling lambat {by}. Data sudah dikunci, jadi hanya akunnya yang menjadi milik Anda."
    if issuer.owner:
        return f"Pakai sebelum data instansi dikunci. Sesudah {by} hanya akunnya yang menjadi milik Anda."
    return f"Buat akun paling lambat {by}; sesudah itu kode ini berakhir."


def _draw_foot(sheet: Sheet, issuer: Issuer, top: float) -> None:
    sheet.box((_MARGIN, top - 30), (_INNER, 30), _CREAM)
    sheet.box((_MARGIN, top - 30), (3, 30), _GOLD)
    sheet.write(
        (_MARGIN + 12, top - 9), _INNER - 20, FREE, shrunk(FREE, _INNER - 20, Style(9.5, BOLD), lines=1, least=7)
    )
    sheet.write((_MARGIN, top - 38), _INNER, _ask(issuer.contact), Style(8.5, spacing=1.3))
    printed = f"Dicetak {minute_text(issuer.at)}. Lembar yang dicetak sesudahnya membatalkan lembar ini."
    sheet.write((_MARGIN, 32), _INNER, printed, Style(7.5, colour=_GREY))


def _ask(contact: OfficeContact | None) -> str:
    if contact is None:
        return "Pertanyaan dan laporan: kantor kepegawaian instansi Anda."
    ways = [contact.phone, contact.whatsapp and f"WhatsApp {contact.whatsapp}", contact.email]
    told = [contact.office, contact.address, contact.hours, *ways]
    return f"Pertanyaan dan laporan: {', '.join(part for part in told if part)}."
