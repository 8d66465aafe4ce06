"""The answer file: one line for every row of the upload, with its outcome and what to fix (domain.md §3)."""

from collections import Counter
from collections.abc import Iterable
from typing import BinaryIO, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from services.kernel.web.site_pages import RECORD
from services.registration.model.import_job import Outcome
from services.registration.rows.answer import Answer
from services.registration.rows.clean_row import starts_formula
from services.registration.rows.columns import BY_KEY, headings

ANSWERS_SHEET: Final = "Hasil"
SUMMARY_SHEET: Final = "Ringkasan"


_OUTCOMES: Final = {
    Outcome.DITERIMA: ("Diterima", "Baris tersimpan.", "#E3F2E8"),
    Outcome.DITOLAK: ("Ditolak", "Perbaiki baris ini lalu unggah kembali.", "#FBE4E1"),
    Outcome.DUPLIKAT: (
        "Duplikat",
        "Baris lain memakai NIK ini, atau orangnya tercatat pada unit lain, dihapus, atau pindah.",
        "#FCEFD5",
    ),
    Outcome.KONFLIK: (
        "Terdaftar di dua instansi",
        "Instansi lain lebih dahulu mendaftarkan NIK ini. Tanyakan di mana ia bekerja; yang bukan tempatnya bekerja "
        "menghapus barisnya.",
        "#FCEFD5",
    ),
    Outcome.DIPERBAIKI: ("Diperbaiki", "Orang ini sudah terdaftar; isiannya diperbaiki.", "#E3F2E8"),
    Outcome.SAMA: (
        "Tidak berubah",
        "Orang ini sudah terdaftar, dan isiannya sama.",
        "#F3F6F8",
    ),
    Outcome.DITAHAN: (
        "Ditahan",
        "Perbaikan yang membatalkan putusan; tidak diterapkan tanpa konfirmasi admin atas seluruh impor.",
        "#FCEFD5",
    ),
    Outcome.DITUTUP: ("Ditutup", "Masa pengisian berakhir sebelum baris ini tersimpan.", "#E9E9EE"),
}
_DRAFT: Final = ("Draf", "Tersimpan sebagai draf; belum terdaftar sampai isian wajib dilengkapi.")
_VERDICTS: Final = {"LOLOS": "Sesuai", "PERLU_DITINJAU": "Perlu ditinjau", "TIDAK": "Tidak sesuai"}
_HEADINGS: Final = (
    ("Baris", 8),
    ("Hasil", 12),
    ("Nama", 30),
    ("Nomor registrasi", 22),
    ("Kriteria", 18),
    ("Kolom", 26),
    ("Yang perlu dilakukan", 90),
    ("Peringatan", 70),
    ("Alasan kriteria", 70),
    ("Buka data", 60),
    ("Yang diperbaiki", 70),
)


def write_answers_xlsx(target: BinaryIO, answers: Iterable[Answer], site: str) -> None:
    """Write the answers in the order given, in memory that does not grow with them, and a summary sheet.

    `site` is the portal's origin: the address of a stored row's record stands in its line, as text.

    Texts are written as texts, and one that begins like a formula gets an apostrophe, so that it stays
    harmless when somebody saves the sheet as CSV.
    """
    workbook = Workbook(target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = _formats(workbook)
    sheet = workbook.add_worksheet(ANSWERS_SHEET)
    summary = workbook.add_worksheet(SUMMARY_SHEET)
    _write_header(workbook, sheet)
    counts: Counter[str] = Counter()
    last = 0
    for last, answer in enumerate(answers, start=1):
        _write_answer(sheet, last, answer, formats[answer.outcome], site)
        counts[_outcome_label(answer)] += 1
    sheet.autofilter(0, 0, last, len(_HEADINGS) - 1)
    _write_summary(workbook, summary, counts)
    workbook.close()


def safe_text(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula (OWASP, CSV injection).

    East Asian editions of Excel take the full-width signs for the plain ones, and spaces in front are no obstacle.
    """
    return f"'{text}" if starts_formula(text) or text.startswith(("\t", "\r", "\n")) else text


def _write_answer(sheet: Worksheet, line: int, answer: Answer, look: Format, site: str) -> None:
    sheet.write_number(line, 0, answer.row, look)
    texts = (
        _outcome_label(answer),
        answer.nama,
        answer.registration_number,
        _VERDICTS.get(answer.overall, ""),
        headings(_columns(answer)) or ", ".join({problem.column for problem in answer.problems}),
        _advice(answer),
        " ".join(warning.message for warning in answer.warnings),
        " ".join(f"{criterion_name(one.column)}: {one.message}" for one in answer.criteria),
        f"{site}{RECORD}?id={answer.pid}" if answer.pid else "",
        "; ".join(_change(name, before, after) for name, (before, after) in answer.changes.items()),
    )
    for column, text in enumerate(texts, start=1):
        sheet.write_string(line, column, safe_text(text), look)


def _change(name: str, before: object, after: object) -> str:
    heading = BY_KEY[name].heading if name in BY_KEY else criterion_name(name)
    return f"{heading}: {_shown(name, before)} → {_shown(name, after)}"


def _shown(name: str, value: object) -> str:
    """A cell in words: a choice by its label, nothing as such."""
    choices = BY_KEY[name].choices if name in BY_KEY else None
    if choices is not None and value in choices:
        return choices.label(str(value))
    return "(kosong)" if value is None else str(value)


def criterion_name(criterion: str) -> str:
    """A criterion in words: `Masa kerja`."""
    return criterion.replace("_", " ").capitalize()


def _outcome_label(answer: Answer) -> str:
    is_draft = answer.outcome is Outcome.DITERIMA and answer.missing
    return _DRAFT[0] if is_draft else _OUTCOMES[answer.outcome][0]


def _columns(answer: Answer) -> list[str]:
    return [*(problem.column for problem in answer.problems if problem.column in BY_KEY), *answer.missing]


def _advice(answer: Answer) -> str:
    if answer.problems:
        return " ".join(problem.message for problem in answer.problems)
    if answer.outcome is Outcome.DITERIMA and answer.missing:
        return f"{_DRAFT[1]} Lengkapi: {headings(answer.missing)}."
    return "" if answer.outcome is Outcome.DITERIMA else _OUTCOMES[answer.outcome][1]


def _formats(workbook: Workbook) -> dict[Outcome, Format]:
    return {
        outcome: workbook.add_format({"bg_color": colour, "text_wrap": True, "valign": "top", "border": 1,
                                      "border_color": "#D5DCE2"})
        for outcome, (_, _, colour) in _OUTCOMES.items()
    }  # fmt: skip


def _write_header(workbook: Workbook, sheet: Worksheet) -> None:
    head = workbook.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#12507B", "border": 1})
    sheet.freeze_panes(1, 0)
    for index, (heading, width) in enumerate(_HEADINGS):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, heading, head)


def _write_summary(workbook: Workbook, sheet: Worksheet, counts: Counter[str]) -> None:
    bold = workbook.add_format({"bold": True})
    sheet.set_column(0, 0, 16)
    sheet.set_column(2, 2, 90)
    sheet.write_row(0, 0, ("Hasil", "Baris", "Artinya"), bold)
    meanings = {label: meaning for label, meaning, _ in _OUTCOMES.values()} | {_DRAFT[0]: _DRAFT[1]}
    for line, (label, meaning) in enumerate(meanings.items(), start=1):
        sheet.write_row(line, 0, (label, counts[label], meaning))
    sheet.write_row(len(meanings) + 1, 0, ("Jumlah", counts.total()), bold)
