from services.finalization.sptjm.render_model import Statement
from services.finalization.sptjm.render_style import GREY, HAIR, INNER, LEFT, NAVY, TINT
from services.finalization.sptjm.render_wording import seal_rows
from services.kernel.pdf import BOLD, Sheet, Style, grouped

SEAL_HEIGHT = 128.0
_QR = 98.0
_PAD = 12.0


def draw_seal(sheet: Sheet, statement: Statement, top: float) -> None:
    """Draw what names the list: its counts, the instant of its seal, its SHA-256 for the eye and as a QR code."""
    bottom = top - SEAL_HEIGHT
    sheet.box((LEFT, bottom), (INNER, SEAL_HEIGHT), TINT)
    quiet = (SEAL_HEIGHT - _QR) / 2
    code_at = (LEFT + INNER - _QR - quiet, bottom + quiet)
    sheet.box((code_at[0] - quiet, bottom), (_QR + 2 * quiet, SEAL_HEIGHT), "#FFFFFF")
    sheet.frame((LEFT, bottom), (INNER, SEAL_HEIGHT), HAIR)
    left, width = LEFT + _PAD, INNER - _QR - 2 * quiet - 2 * _PAD
    y = sheet.write((left, top - 10), width, "Segel daftar final", Style(10.5, BOLD, NAVY, spacing=1.5), tag="H2")
    label, value = Style(8.5, colour=GREY, spacing=1.42), Style(8.5, spacing=1.42)
    for row, (name, words) in enumerate(seal_rows(statement)):
        within = (("Table", 1), ("TR", row))
        sheet.write((left, y), 92, name, label, tag="TH", within=within)
        y = sheet.write((left + 92, y), width - 92, words, value, tag="TD", within=within)
    y = sheet.write((left, y - 2), width, "SHA-256 daftar final", label)
    _draw_root(sheet, statement.sealed.root, (left, y), width)
    sheet.qr(code_at, _QR, statement.url, f"Kode QR menuju {statement.url}", NAVY)


def _draw_root(sheet: Sheet, root: str, at: tuple[float, float], width: float) -> None:
    """Write the hash in two rows of four groups under each other, so that two papers can be compared by eye."""
    style = Style(10, BOLD, NAVY, spacing=1.35)
    with sheet.tagged("P"):
        for place, group in enumerate(grouped(root, 8)):
            row, column = divmod(place, 4)
            sheet.code((at[0] + column * width / 4, at[1] - row * style.line), f"{group} ", style)
