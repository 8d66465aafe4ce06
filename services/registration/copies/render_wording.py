"""How codes are called in print; the site's own words for them (web/kit/texts/id/labels.toml), which a test holds."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from services.kernel import clock
from services.kernel.documents import FIRST_HISTORY, FileState, rule_of
from services.kernel.pdf import minute_text
from services.kernel.values.numbers import number_text
from services.registration.dossiers.histories import HistoryView
from services.registration.eligibility.advice import Advice, Criterion
from services.registration.rows.columns import BY_KEY, COLUMNS, Column, Kind
from services.registration.shared.papers import FileView

ADVICE: Final[Mapping[Advice, str]] = {
    Advice.LOLOS: "Sesuai",
    Advice.TIDAK: "Tidak sesuai",
    Advice.PERLU_DITINJAU: "Perlu ditinjau",
}
CRITERIA: Final[Mapping[Criterion, str]] = {
    Criterion.AKTIF: "Masih aktif bekerja",
    Criterion.PEMBAYARAN: "Sumber pembayaran honorarium",
    Criterion.PENGANGKATAN: "Pejabat yang mengangkat",
    Criterion.MASA_KERJA: "Masa kerja",
    Criterion.USIA: "Usia",
    Criterion.JABATAN: "Jabatan",
}
FILE_STATES: Final[Mapping[FileState, str]] = {
    FileState.MENUNGGU_UNGGAH: "Menunggu unggah",
    FileState.DIPERIKSA: "Sedang diperiksa",
    FileState.DITERIMA: "Diterima",
    FileState.DITOLAK: "Ditolak",
    FileState.DIGANTI: "Diganti",
}
OTHERS: Final[Mapping[str, str]] = {
    "hp": "Nomor HP",
    "email": "Email",
    "instansi": "Instansi lain",
    "active": "Masih aktif bekerja",
    "riwayat": "Riwayat pekerjaan",
}
"""Fields of a record that are no column of the template."""


def label_of(field: str) -> str:
    """What a field is called."""
    column = BY_KEY.get(field)
    return column.heading if column else OTHERS.get(field, field)


def value_text(field: str, value: Any) -> str:  # noqa: ANN401 - a JSON value of a row
    """A field's value in words; empty where there is none."""
    column = BY_KEY.get(field)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    return str(value) if column is None else _of_column(column, value)


def rows_of(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Fields as labels and values, in the template's order; others behind them."""
    order = {column.key: at for at, column in enumerate(COLUMNS)}
    named = sorted(fields, key=lambda field: order.get(field, len(order)))
    return [(label_of(field), value_text(field, fields[field])) for field in named]


def file_row(file: FileView, histories: list[HistoryView]) -> tuple[str, str]:
    """A file: what it is of, and how it stands."""
    kind = rule_of(file.jenis).label
    told = [FILE_STATES[file.state], *([file.message] if file.message else [])]
    return f"{kind[0].upper()}{kind[1:]}{_place(file, histories)}", ". ".join(told)


def history_title(at: int, row: HistoryView) -> str:
    """The heading of an appointment, counted from 1."""
    return f"Riwayat {at}{' (didaftarkan instansi)' if row.first else ''}"


def instant_text(instant: datetime | None) -> str:
    """An instant, or nothing."""
    return "" if instant is None else minute_text(instant)


def _place(file: FileView, histories: list[HistoryView]) -> str:
    numbers = {row.id: at for at, row in enumerate(histories, 1)}
    number = numbers.get(file.riwayat or FIRST_HISTORY) if file.riwayat else None
    return f", riwayat {number}" if number else ""


def _of_column(column: Column, value: Any) -> str:  # noqa: ANN401 - a JSON value of a row
    if column.choices is not None:
        return column.choices.label(value)
    if column.kind is Kind.DATE:
        return clock.day_text(date.fromisoformat(value))
    return f"Rp{number_text(value)}" if column.kind is Kind.MONEY else str(value)
