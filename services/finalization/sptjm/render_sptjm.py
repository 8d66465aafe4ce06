from reportlab.lib.pagesizes import A4

from services.finalization.sptjm.render_annex import draw_annex
from services.finalization.sptjm.render_model import Statement
from services.finalization.sptjm.render_seal import SEAL_HEIGHT, draw_seal
from services.finalization.sptjm.render_signature import draw_signature, signature_height
from services.finalization.sptjm.render_style import GREY, HAIR, INNER, LEFT, NAVY, body_style
from services.finalization.sptjm.render_wording import CLOSING, DECLARES, OPENING, SUBTITLE, TITLE, points
from services.kernel.pdf import BOLD, About, Sheet, Style, height_of, minute_text, shrunk

_FOOT = 46.0
_LABEL = 60.0
_VALUE = 92.0
_NUMBER = 18.0
_GAP = 8.0
_MAX_GAP = 14.0
_SIZES = (11, 10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7)


def render_sptjm(statement: Statement) -> bytes:
    """Print the SPTJM to be signed, PDF, the same bytes for the same statement.

    One A4 page, and its annex on another where cases were open when the list was sealed.
    """
    about = About(statement.number, SUBTITLE, statement.institution, statement.made_at)
    sheet = Sheet(about, A4)
    top = _draw_head(sheet, statement)
    room = top - _FOOT - signature_height(statement) - SEAL_HEIGHT - 4 * _GAP
    style = next((size for size in map(body_style, _SIZES) if _body_height(statement, size) <= room), body_style(6.5))
    gap = _GAP + min(_MAX_GAP, max(0, room - _body_height(statement, style)) / 4)
    y = _draw_signer(sheet, statement, style, top)
    y = _draw_points(sheet, statement, style, y) - gap
    draw_seal(sheet, statement, y)
    y = sheet.write((LEFT, y - SEAL_HEIGHT - gap), INNER, CLOSING, style)
    draw_signature(sheet, statement, y - gap)
    _draw_foot(sheet, statement)
    if any(statement.open_cases.values()):
        sheet.next_page()
        draw_annex(sheet, statement)
        _draw_foot(sheet, statement)
    return sheet.finish()


def _draw_head(sheet: Sheet, statement: Statement) -> float:
    y = sheet.height - 50
    name = shrunk(statement.institution.upper(), INNER, Style(13, BOLD, NAVY), lines=2, least=9)
    y = sheet.write((LEFT, y), INNER, statement.institution.upper(), name, align="centre") - 7
    sheet.rule((LEFT, y), (LEFT + INNER, y), NAVY, 1.6)
    sheet.rule((LEFT, y - 3), (LEFT + INNER, y - 3), NAVY, 0.5)
    y = sheet.write((LEFT, y - 16), INNER, TITLE, Style(14, BOLD), tag="H1", align="centre")
    y = sheet.write((LEFT, y), INNER, SUBTITLE, Style(10), align="centre")
    return sheet.write((LEFT, y), INNER, f"Nomor: {statement.number}", Style(10), align="centre") - 13


def _signer_rows(statement: Statement) -> list[tuple[str, str]]:
    signer = statement.signer
    rows = [
        ("Nama", signer.nama),
        ("NIP", signer.nip),
        ("Jabatan", signer.jabatan),
        ("Instansi", statement.institution),
    ]
    return [(label, value) for label, value in rows if value]


def _draw_signer(sheet: Sheet, statement: Statement, style: Style, top: float) -> float:
    y = sheet.write((LEFT, top), INNER, OPENING, style) - 3
    for row, (label, value) in enumerate(_signer_rows(statement)):
        within = (("Table", 0), ("TR", row))
        sheet.write((LEFT + _NUMBER, y), _LABEL, label, style, tag="TH", within=within)
        with sheet.decoration():
            sheet.code((LEFT + _VALUE - 8, y), ":", style)
        y = sheet.write((LEFT + _VALUE, y), INNER - _VALUE, value, style, tag="TD", within=within)
    return sheet.write((LEFT, y - 3), INNER, DECLARES, style) - 3


def _draw_points(sheet: Sheet, statement: Statement, style: Style, y: float) -> float:
    for number, point in enumerate(points(statement)):
        within = (("L", 0), ("LI", number))
        sheet.write((LEFT, y), _NUMBER, f"{number + 1}.", style, tag="Lbl", within=within)
        y = sheet.write((LEFT + _NUMBER, y), INNER - _NUMBER, point, style, tag="LBody", within=within) - 2.5
    return y


def _draw_foot(sheet: Sheet, statement: Statement) -> None:
    sheet.rule((LEFT, _FOOT - 6), (LEFT + INNER, _FOOT - 6), HAIR)
    words = f"{statement.number} · dicetak dari {statement.site} pada {minute_text(statement.made_at)}"
    small = Style(7.5, colour=GREY)
    sheet.write((LEFT, _FOOT - 11), INNER, words, shrunk(words, INNER, small, lines=1, least=5), align="centre")


def _body_height(statement: Statement, style: Style) -> float:
    """Return how high everything between the heading and the signature comes out, but for the seal."""
    rows = sum(height_of(value, INNER - _VALUE, style) for _, value in _signer_rows(statement))
    listed = sum(height_of(point, INNER - _NUMBER, style) + 2.5 for point in points(statement))
    around = sum(height_of(words, INNER, style) for words in (OPENING, DECLARES, CLOSING))
    return rows + listed + around + 9
