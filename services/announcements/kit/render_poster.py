"""The sheet that leads to a list: the institution's head, the text, and a QR code large enough for a board."""

from datetime import datetime

from reportlab.lib.pagesizes import A4

from services.announcements.kit.announced_list import AnnouncedList
from services.announcements.kit.render_list import draw_head
from services.announcements.kit.render_text import list_title, paragraphs
from services.kernel.pdf import BOLD, About, Sheet, Style, minute_text

_NAVY, _GREY = "#17324D", "#51606E"
_MARGIN = 40.0
_INNER = A4[0] - 2 * _MARGIN
_QR = 190.0


def render_poster(announced: AnnouncedList, at: datetime) -> bytes:
    """Print it, on one page."""
    title = list_title(announced)
    about = About(f"Pengumuman: {title}", "Pendataan Tenaga Non-ASN", announced.institution, at)
    sheet = Sheet(about, A4)
    y = draw_head(sheet, announced.institution, announced.contact) - 8
    y = sheet.write((_MARGIN, y), _INNER, "PENGUMUMAN", Style(24, BOLD, _NAVY), tag="H1", align="centre")
    y = sheet.write((_MARGIN, y), _INNER, title, Style(16, BOLD, _NAVY), tag="H2", align="centre")
    y = sheet.write((_MARGIN, y), _INNER, "Pendataan Tenaga Non-ASN", Style(12), align="centre") - 14
    for words in paragraphs(announced):
        y = sheet.write((_MARGIN, y), _INNER, words, Style(12.5, spacing=1.4)) - 10
    left = (sheet.width - _QR) / 2
    sheet.qr((left, y - _QR - 6), _QR, announced.address, "Kode QR yang membuka daftar ini pada portal", _NAVY)
    y = sheet.write((_MARGIN, y - _QR - 14), _INNER, announced.address, Style(12, BOLD, _NAVY), align="centre")
    sheet.write((_MARGIN, 52), _INNER, f"Dicetak {minute_text(at)}.", Style(9, colour=_GREY), align="centre")
    return sheet.finish()
