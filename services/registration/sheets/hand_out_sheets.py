"""Hand out one PDF of a printing, by a link of five minutes; each time it is written down."""

from datetime import datetime

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.writes import ungated
from services.registration.adapters import access_log, printing_store, sheet_files
from services.registration.sheets.printing_view import load_own

_OVER = (
    "Berkas ini hanya disimpan satu hari dan sudah dihapus. Cetak lagi: lembar yang tidak pernah diambil dibuat baru; "
    "untuk satu orang, cetak lembar baru baginya."
)


def hand_out_sheets(identifier: str, part: int, *, institution: str, actor: Actor, received: datetime) -> str:
    """The link to the sheets of a part.

    Raises:
        Problem: `not-found`, `try-again` when it could not be written down; then nothing is handed out.
    """
    printing = load_own(identifier, institution, actor)
    if printing.is_over(received):
        raise Problem(Code.NOT_FOUND, _OVER)
    if not any(made.number == part and made.sheets for made in printing.made):
        raise Problem(Code.NOT_FOUND)
    what = {"printing": printing.id, "part": part}
    for _ in range(ungated.MAX_TRIES):
        logged = access_log.link_of_lists(institution, actor, "fetch-sheets", received, what)
        if ungated.commit([printing_store.part_handed(printing, part), *logged]):
            return sheet_files.link_to_pdf(printing.id, part)
    raise Problem(Code.TRY_AGAIN, retry_after=1)
