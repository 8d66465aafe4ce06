from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.pagesizes import A5

from services.kernel.pdf import BOLD, About, Sheet, Style, bold, grouped, height_of, minute_text, shrunk, wrapped
from services.kernel.web.site_pages import CARD
from services.registration.cards.render_model import Holder, Issue
from services.registration.cards.render_photo import card_photo
from services.registration.cards.render_wording import FREE, MAPPING_ONLY, NOT_AN_APPOINTMENT

NAVY, GOLD, TINT, HAIR, GREY = "#17324D", "#B08D3C", "#EEF2F6", "#C9D2DB", "#51606E"
CREAM, PALE = "#FBF5E6", "#D5DEE7"

MARGIN = 30.0
INNER = A5[0] - 2 * MARGIN
HEAD = 78.0
PHOTO = (85.0, 113.4)  # 30 x 40 mm
NOTICE_TOP = 208.0  # below it stand the notice and the part for checking, the same on every card
_LABEL_WIDTH = 78.0
_QR = 84.0

_LABEL = Style(8.5, colour=GREY)

Field = tuple[str, str]


def begin_card(title: str, holder: Holder, issue: Issue) -> Sheet:
    """Open an A5 sheet with the band that names the card and its issuer."""
    about = About(f"{title} {holder.nomor_registrasi}", "Pendataan Tenaga Non-ASN", issue.penerbit, issue.issued_at)
    sheet = Sheet(about, A5)
    sheet.box((0, sheet.height - HEAD), (sheet.width, HEAD), NAVY)
    sheet.box((0, sheet.height - HEAD - 3), (sheet.width, 3), GOLD)
    top = sheet.height - 16
    issuer = shrunk(issue.penerbit, INNER, Style(9.5, colour=PALE), lines=1, least=6)
    sheet.write((MARGIN, top), INNER, issue.penerbit, issuer)
    sheet.write((MARGIN, top - 14), INNER, title, Style(21, BOLD, "#FFFFFF"), tag="H1")
    sheet.write((MARGIN, top - 42), INNER, "Pendataan Tenaga Non-ASN", Style(10, colour=PALE))
    return sheet


def draw_identity(sheet: Sheet, holder: Holder) -> float:
    """Draw number, name and masked NIK beside the photo; return the lower edge."""
    top = sheet.height - HEAD - 19
    _draw_photo(sheet, holder, top)
    width = INNER - PHOTO[0] - 16
    y = sheet.write((MARGIN, top), width, "Nomor registrasi", _LABEL)
    number = shrunk(holder.nomor_registrasi, width, Style(17, BOLD, NAVY), lines=1, least=9)
    y = sheet.write((MARGIN, y), width, holder.nomor_registrasi, number) - 7
    y = sheet.write((MARGIN, y), width, "Nama lengkap", _LABEL)
    name = shrunk(holder.nama, width, Style(14, BOLD, spacing=1.2), lines=2, least=8)
    y = sheet.write((MARGIN, y - 1), width, holder.nama, name) - 7
    y = sheet.write((MARGIN, y), width, "NIK (disamarkan)", _LABEL)
    y = sheet.write((MARGIN, y), width, holder.nik_masked, Style(12))
    return min(y, top - PHOTO[1]) - 13


def draw_fields(sheet: Sheet, fields: Sequence[Field], top: float, bottom: float) -> float:
    """Draw a table of labels and values between two heights, in the largest letters that fit; return its end."""
    width = INNER - _LABEL_WIDTH
    sizes = [Style(size, spacing=1.22) for size in (10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5)]
    style = next((size for size in sizes if _table_height(fields, width, size) <= top - bottom), sizes[-1])
    y = top
    for row, (label, value) in enumerate(fields):
        within = (("Table", 0), ("TR", row))
        sheet.rule((MARGIN, y), (MARGIN + INNER, y), HAIR)
        y -= _pad(style)
        small = replace(_LABEL, size=min(_LABEL.size, style.size))
        base = y - (style.size - small.size)  # labels and values stand on one base line
        sheet.write((MARGIN, base), _LABEL_WIDTH - 6, label, small, tag="TH", within=within)
        y = sheet.write((MARGIN + _LABEL_WIDTH, y), width, value, style, tag="TD", within=within)
        y -= _pad(style) - (style.line - style.size) / 2
    sheet.rule((MARGIN, y), (MARGIN + INNER, y), HAIR)
    return y


def draw_check(sheet: Sheet, issue: Issue) -> None:
    """Draw the notice that a card is no appointment, the QR code with its plain way, and the instant of issue."""
    _draw_notice(sheet)
    bottom = 44.0
    sheet.qr((MARGIN, bottom), _QR, issue.url, f"Kode QR menuju {issue.url}", NAVY)
    x, width = MARGIN + _QR + 14, INNER - _QR - 14
    y = sheet.write((x, bottom + _QR), width, "Periksa keaslian kartu", Style(10, BOLD, NAVY), tag="H2")
    body = Style(8.5, spacing=1.32)
    y = sheet.write((x, y - 1), width, f"Pindai kode QR, atau buka {bold(issue.site + CARD)} dan isikan kode:", body)
    code = " ".join(grouped(issue.code, 4))
    y = sheet.write((x, y - 2), width, code, shrunk(code, width, Style(11, BOLD, NAVY), lines=1, least=7))
    sheet.write((x, y - 3), width, f"Diterbitkan {minute_text(issue.issued_at)}", body)
    sheet.rule((MARGIN, 34), (MARGIN + INNER, 34), HAIR)
    sheet.write((MARGIN, 29), INNER, FREE, Style(7.5, colour=GREY), align="centre")


def _draw_notice(sheet: Sheet) -> None:
    body, inset, width = Style(8.5, spacing=1.3), MARGIN + 14, INNER - 26
    height = height_of(MAPPING_ONLY, width, body) + 29
    sheet.box((MARGIN, NOTICE_TOP - height), (INNER, height), CREAM)
    sheet.box((MARGIN, NOTICE_TOP - height), (3, height), GOLD)
    heading = Style(9.5, BOLD, spacing=1.45)
    y = sheet.write((inset, NOTICE_TOP - 7), width, NOT_AN_APPOINTMENT, heading, tag="H2")
    sheet.write((inset, y), width, MAPPING_ONLY, body)


def _draw_photo(sheet: Sheet, holder: Holder, top: float) -> None:
    at = (MARGIN + INNER - PHOTO[0], top - PHOTO[1])
    if holder.foto:
        sheet.picture(at, PHOTO, card_photo(holder.foto), "Pas foto pemegang kartu")
    else:
        sheet.box(at, PHOTO, TINT)
        missing = "Pas foto belum ada"
        sheet.write((at[0], top - PHOTO[1] / 2 + 8), PHOTO[0], missing, Style(8.5, colour=GREY), align="centre")
    sheet.frame(at, PHOTO, HAIR)


def _table_height(fields: Sequence[Field], width: float, style: Style) -> float:
    lines = sum(len(wrapped(value, width, style)) for _, value in fields)
    return lines * style.line + len(fields) * 2 * _pad(style)


def _pad(style: Style) -> float:
    return style.size * 0.42
