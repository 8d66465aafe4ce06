"""The papers of the kit, each under a link of five minutes: a list in parts, and the sheet that leads to it.

Made while somebody waits, so none holds more than `ROWS_A_PAPER` people: the largest list is 140 papers, which nobody
hangs up; its units are.
"""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from services.announcements.kit.announced_list import AnnouncedList, load_announced
from services.announcements.kit.get_kit import institution_of
from services.announcements.kit.render_list import Extract, render_list
from services.announcements.kit.render_poster import render_poster
from services.announcements.kit.views import ROWS_A_PAPER, papers
from services.announcements.settings import settings
from services.kernel.aws import exports
from services.kernel.documents import PDF
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor

_NOTHING = (
    "Belum ada daftar yang tampil pada portal, sehingga belum ada yang dapat dicetak. "
    "Daftar tampil beberapa menit setelah prafinalisasi."
)
_NOT_THERE = "Bagian daftar itu tidak ada lagi. Muat ulang halaman, lalu pilih dari daftar yang terbaru."


class PaperQuery(BaseModel):
    """Which paper: of a unit, by its mark, or of the whole list; and which part of it."""

    unit: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")] | None = None
    part: Annotated[int, Field(ge=1, le=1000)] = 1


def hand_out_list(code: str, query: PaperQuery, actor: Actor, received: datetime) -> str:
    """The link to one paper of the list.

    Raises:
        Problem: `not-found` for another institution, and for a unit or part that is not there; `illegal-transition`
            while nothing is public.
    """
    announced = _announced(code, actor)
    content = render_list(announced, extract_of(announced, query), received)
    unit = f"-{query.unit}" if query.unit else ""
    return _kept(content, f"daftar-{code}-{announced.of or 'prafinal'}{unit}-{query.part}.pdf")


def hand_out_poster(code: str, actor: Actor, received: datetime) -> str:
    """The link to the sheet with text and QR code.

    Raises:
        Problem: `not-found` for another institution; `illegal-transition` while nothing is public.
    """
    announced = _announced(code, actor)
    return _kept(render_poster(announced, received), f"pengumuman-{code}-{announced.of or 'prafinal'}.pdf")


def _announced(code: str, actor: Actor) -> AnnouncedList:
    institution_of(code, actor)
    announced = load_announced(code)
    if announced is None:
        raise Problem(Code.ILLEGAL_TRANSITION, _NOTHING, state=None)
    return announced


def extract_of(announced: AnnouncedList, query: PaperQuery) -> Extract:
    """What one paper holds.

    Raises:
        Problem: `not-found` for a unit or part that is not there.
    """
    lines = announced.lines if query.unit is None else announced.of_unit(query.unit)
    start = (query.part - 1) * ROWS_A_PAPER
    shown = lines[start : start + ROWS_A_PAPER]
    if not shown and (query.unit or query.part > 1):
        raise Problem(Code.NOT_FOUND, _NOT_THERE)
    unit = shown[0].unit_kerja if query.unit else None
    return Extract(shown, unit, start + 1, query.part, papers(len(lines)))


def _kept(content: bytes, filename: str) -> str:
    return exports.hand_out(settings().exports_bucket, content, filename=filename, content_type=PDF)
