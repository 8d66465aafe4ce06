from services.finalization.sptjm.render_model import Statement
from services.finalization.sptjm.render_style import GREY, HAIR, INNER, LEFT, NAVY
from services.finalization.sptjm.render_wording import ANNEX, ANNEX_TEXT, annex_head, annex_rows
from services.kernel.pdf import BOLD, Sheet, Style

_NUMBER = 28.0
_COUNT = 90.0
_ROW = 22.0


def draw_annex(sheet: Sheet, statement: Statement) -> None:
    """Draw the second page: how many cases that may change the list were open when it was sealed, by kind."""
    y = sheet.write((LEFT, sheet.height - 60), INNER, ANNEX, Style(13, BOLD, NAVY), tag="H2", align="centre")
    y = sheet.write((LEFT, y), INNER, annex_head(statement), Style(10, colour=GREY), align="centre") - 14
    y = sheet.write((LEFT, y), INNER, ANNEX_TEXT, Style(10.5, spacing=1.36)) - 10
    for at, row in enumerate(annex_rows(statement)):
        _draw_row(sheet, row, at, y - at * _ROW)


def _draw_row(sheet: Sheet, row: tuple[str, str, str], at: int, y: float) -> None:
    """Number, kind and count; the last row is the sum and bears no number."""
    number, kind, count = row
    style = Style(10.5) if number else Style(10.5, BOLD)
    within = (("Table", 2), ("TR", at))
    sheet.rule((LEFT, y + 4), (LEFT + INNER, y + 4), HAIR)
    if number:
        sheet.write((LEFT, y), _NUMBER, number, style, tag="TD", within=within)
    sheet.write((LEFT + _NUMBER, y), INNER - _NUMBER - _COUNT, kind, style, tag="TH", within=within)
    sheet.write((LEFT + INNER - _COUNT, y), _COUNT, count, style, tag="TD", within=within, align="right")
