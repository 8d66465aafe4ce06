from services.finalization.sptjm.render_model import Signer, Statement
from services.finalization.sptjm.render_style import GREY, HAIR, INNER, LEFT
from services.finalization.sptjm.render_wording import DATE, PLACE, how_to_sign
from services.kernel.pdf import BOLD, Sheet, Style, height_of, shrunk

_WIDTH = 250.0
_STAMP = (91.0, 68.0)  # room for a meterai of 32 x 24 mm
_LINE = Style(10, spacing=1.36)


def signature_height(statement: Statement) -> float:
    """How high the block comes out: long titles and names take more lines."""
    office, name = _office(statement.signer), _name(statement.signer)
    words = height_of(f"{statement.signer.jabatan},", _WIDTH, office) + height_of(statement.signer.nama, _WIDTH, name)
    return 3 * _LINE.line + words + _STAMP[1] + 18


def draw_signature(sheet: Sheet, statement: Statement, top: float) -> None:
    """Draw place and date to be filled in, the office, the box for the meterai and the signer's name."""
    signer, left = statement.signer, LEFT + INNER - _WIDTH
    y = sheet.write((left, top), _WIDTH, PLACE, _LINE)
    y = sheet.write((left, y), _WIDTH, DATE, _LINE) - 3
    y = sheet.write((left, y), _WIDTH, f"{signer.jabatan},", _office(signer)) - 6
    sheet.frame((left, y - _STAMP[1]), _STAMP, HAIR, dashed=True)
    hint = Style(8, colour=GREY)
    sheet.write((left, y - _STAMP[1] / 2 + 10), _STAMP[0], "Meterai Rp10.000", hint, align="centre")
    _draw_advice(sheet, how_to_sign(statement), y)
    y -= _STAMP[1] + 6
    y = sheet.write((left, y), _WIDTH, signer.nama, _name(signer))
    sheet.rule((left, y - 1), (left + _WIDTH, y - 1), HAIR)
    if signer.nip:
        sheet.write((left, y - 3), _WIDTH, f"NIP {signer.nip}", _LINE)


def _office(signer: Signer) -> Style:
    return shrunk(f"{signer.jabatan},", _WIDTH, _LINE, lines=2, least=7.5)


def _name(signer: Signer) -> Style:
    return shrunk(signer.nama, _WIDTH, Style(10.5, BOLD, spacing=1.25), lines=2, least=7.5)


def _draw_advice(sheet: Sheet, words: str, top: float) -> None:
    advice, width = Style(8, colour=GREY, spacing=1.35), INNER - _WIDTH - 30
    middle = top - (_STAMP[1] - height_of(words, width, advice)) / 2
    sheet.write((LEFT, middle), width, words, advice)
