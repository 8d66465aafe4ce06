from services.finalization.sptjm.render_model import Statement
from services.finalization.sptjm.render_style import GREY, HAIR, INNER, LEFT, NAVY, TINT
from services.finalization.sptjm.render_wording import ROOT, SCAN, seal_rows
from services.kernel.pdf import BOLD, Sheet, Style, grouped

SEAL_HEIGHT = 128.0
_QR = 98.0
_QUIET = 14.0
_PAD = 12.0
_LABEL = 96.0


def draw_seal(sheet: Sheet, statement: Statement, top: float) -> None:
    """Draw what names the list: its counts by category, the instant of its seal, its root for the eye and as a QR."""
    bottom = top - SEAL_HEIGHT
    side = _QR + 2 * _QUIET
    sheet.box((LEFT, bottom), (INNER - side, SEAL_HEIGHT), TINT)
    sheet.frame((LEFT, bottom), (INNER, SEAL_HEIGHT), HAIR)
    left, width = LEFT + _PAD, INNER - side - 2 * _PAD
    y = sheet.write((left, top - 10), width, "Segel daftar final", Style(10.5, BOLD, NAVY, spacing=1.5), tag="H2")
    label, value = Style(8.5, colour=GREY, spacing=1.42), Style(8.5, spacing=1.42)
    for row, (name, words) in enumerate(seal_rows(statement)):
        within = (("Table", 1), ("TR", row))
        sheet.write((left, y), _LABEL, name, label, tag="TH", within=within)
        y = sheet.write((left + _LABEL, y), width - _LABEL, words, value, tag="TD", within=within)
    y = sheet.write((left, y - 2), width, ROOT, label)
    _draw_root(sheet, statement.sealed.root, (left, y), width)
    _draw_code(sheet, statement, (LEFT + INNER - side, bottom), side)


def _draw_code(sheet: Sheet, statement: Statement, at: tuple[float, float], side: float) -> None:
    x, y = at
    sheet.qr((x + _QUIET, y + SEAL_HEIGHT - _QR - _QUIET), _QR, statement.url, f"Kode QR menuju {statement.url}", NAVY)
    hint = Style(7.5, colour=GREY)
    sheet.write((x, y + SEAL_HEIGHT - _QR - _QUIET - 3), side, SCAN, hint, align="centre")


def _draw_root(sheet: Sheet, root: str, at: tuple[float, float], width: float) -> None:
    """Write the root in two rows of four groups under each other, so that two papers can be compared by eye."""
    style = Style(10, BOLD, NAVY, spacing=1.35)
    with sheet.tagged("P"):
        for place, group in enumerate(grouped(root, 8)):
            row, column = divmod(place, 4)
            sheet.code((at[0] + column * width / 4, at[1] - row * style.line), f"{group} ", style)
