"""Parts that the copy of somebody's data and his resume have in common."""

from collections.abc import Iterator

from services.kernel.pdf import Part
from services.registration.copies.render_wording import ADVICE, CRITERIA, file_row, history_title, rows_of
from services.registration.dossiers.histories import HistoryView
from services.registration.eligibility.advice import Advice, Criterion
from services.registration.shared.papers import FileView
from services.registration.shared.views import AdviceView

_ADVICE_ONLY = "Hasil ini hanya saran bagi verifikator instansi, yang memutuskan."


def history_parts(histories: list[HistoryView]) -> Iterator[Part]:
    """The appointments, each a table of its own."""
    yield Part("Riwayat pekerjaan")
    for at, row in enumerate(histories, 1):
        fields = row.model_dump(exclude={"id", "first", "files"}, exclude_none=True)
        yield Part(history_title(at, row), rows_of(fields), sub=True)


def file_part(files: list[FileView], histories: list[HistoryView]) -> Part:
    """The files by kind, with how each stands."""
    if not files:
        return Part("Dokumen", sentences=["Belum ada dokumen."])
    return Part("Dokumen", [file_row(file, histories) for file in files])


def advice_part(advice: AdviceView | None) -> Part:
    """What the rules say."""
    criteria = advice.criteria if advice else []
    rows = [(CRITERIA[Criterion(one.criterion)], f"{ADVICE[Advice(one.advice)]}. {one.sentence}") for one in criteria]
    return Part("Hasil pemeriksaan aturan", rows, sentences=[_ADVICE_ONLY])
