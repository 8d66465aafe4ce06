"""Read a list of titles from an uploaded file, XLSX or CSV: every line, or everything that is wrong with it.

A list is law for 2.4 million people, so it is taken whole or not at all: a column nobody knows, a title that stands
there twice, or a day that is not sure refuses the file, and says on which line.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, XmlError, ZipError

from services.kernel.reference.choices import choice_key
from services.kernel.security.personal_number_texts import refuse_personal_number
from services.kernel.values.dates import InvalidDate, day_of, read_day
from services.kernel.values.texts import clean_text
from services.registration.eligibility.blocklist import normalise_title
from services.registration.imports.read_csv import read_csv
from services.registration.imports.read_file import is_workbook, refuse_other
from services.registration.imports.refused_file import FileCode, RefusedFile
from services.registration.imports.repack import repack
from services.registration.model.title_list import Fault, ListedTitle

MAX_TITLES: Final = 1_000
"""The annex of 2022 has 264; a thousand still fit into one item."""
MAX_BYTES: Final = 2_000_000
LONGEST_TITLE: Final = 100
LONGEST_LETTER: Final = 60
_SEARCHED_LINES: Final = 15
_MAX_TOLD: Final = 20
_MAX_LINES: Final = 10_000
_COLUMNS: Final = {
    "title": ("Jabatan", "Nama jabatan"),
    "letter": ("Nomor surat",),
    "letter_date": ("Tanggal surat",),
    "effective": ("Berlaku mulai", "Tanggal berlaku"),
}
"""The columns by what they hold, each with the names it may have; the first one is told."""
_KEYS: Final = {choice_key(name): key for key, names in _COLUMNS.items() for name in names}
_IGNORED: Final = frozenset({"", "no", "nomor", "nourut", "nomorurut"})


class TitleFault(StrEnum):
    """Codes of what is wrong with a list, beside those of files that cannot be read at all."""

    FILE = "file-unreadable"
    SIZE = "file-too-large"
    COLUMNS_MISSING = "columns-missing"
    COLUMNS_UNKNOWN = "columns-unknown"
    COLUMNS_DUPLICATE = "columns-duplicate"
    NO_TITLES = "no-titles"
    TOO_MANY = "too-many-titles"
    TITLE = "title-invalid"
    LETTER = "letter-invalid"
    DATE = "date-invalid"
    ORDER = "effective-before-letter"
    FUTURE = "letter-in-the-future"
    TWICE = "title-twice"
    MORE = "more-faults"
    SAME = "list-known"


@dataclass(frozen=True)
class Reading:
    """What a file holds: the titles in its order, or why it is refused."""

    titles: tuple[ListedTitle, ...] = ()
    faults: tuple[Fault, ...] = ()


class _Refused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.fault = Fault(code, message)


def read_titles(content: bytes, today: date) -> Reading:
    """Read a whole file. Nothing bounds it here but its size: see `read_bounded`.

    Raises:
        MemoryError: there was not enough.
    """
    try:
        return _read(_lines(content), today)
    except _Refused as refused:
        return Reading(faults=(refused.fault,))
    except RefusedFile as refused:
        if refused.code in _OWN_WORDS:
            return Reading(faults=(unreadable(),))
        return Reading(faults=(Fault(refused.code.value, refused.message),))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the edge to strangers' files: none of them may come again and again
        return Reading(faults=(unreadable(),))


def unreadable() -> Fault:
    """The answer on a file that nobody can read."""
    text = "Berkas ini tidak dapat dibaca. Salin keempat kolomnya ke berkas Excel atau CSV baru, lalu unggah kembali."
    return Fault(TitleFault.FILE.value, text)


def digest_of(titles: Iterable[ListedTitle]) -> str:
    """The same for the same titles, letters and days, in whatever order, spelling of case or kind of file."""
    lines = sorted(
        "\t".join((normalise_title(one.title), one.letter.casefold(), str(one.letter_date), str(one.effective)))
        for one in titles
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


_OWN_WORDS: Final = frozenset({FileCode.BOMB, FileCode.UNREADABLE, FileCode.EMPTY})
"""What the template of people has to do with is not said of a list of titles."""


def _lines(content: bytes) -> Iterator[Sequence[object]]:
    if len(content) > MAX_BYTES:
        raise _Refused(TitleFault.SIZE.value, "Berkas lebih dari 2 MB. Sisakan keempat kolom daftar jabatan saja.")
    file = io.BytesIO(content)
    if not is_workbook(content[:8]):
        refuse_other(content[:8], file)
        file.seek(0)
        return iter(read_csv(file))
    return _sheet(file)


def _sheet(file: io.BytesIO) -> Iterator[Sequence[object]]:
    """The lines of the first sheet of cells that has headings of ours, else of the first sheet."""
    try:
        packed, tidied = repack(file, careful=True)
        book = CalamineWorkbook.from_filelike(packed)
        names = [about.name for about in book.sheets_metadata if about.typ is SheetTypeEnum.WorkSheet]
        sheets = [[line[1:] if tidied else line for line in book.get_sheet_by_name(name).iter_rows()] for name in names]
    except PasswordError:
        raise RefusedFile(FileCode.ENCRYPTED) from None
    except (CalamineError, XmlError, ZipError, ValueError):
        raise RefusedFile(FileCode.DAMAGED) from None
    fitting = (lines for lines in sheets if max(map(_known, lines[:_SEARCHED_LINES]), default=0))
    return iter(next(fitting, sheets[0] if sheets else []))


def _read(lines: Iterator[Sequence[object]], today: date) -> Reading:
    first = list(islice(lines, _SEARCHED_LINES))
    at = max(range(len(first)), key=lambda place: _known(first[place]), default=None)
    if at is None:
        raise _Refused(TitleFault.NO_TITLES.value, "Berkas kosong. Isi sekurang-kurangnya satu jabatan.")
    keys = _headings(first[at])
    rows = [*first[at + 1 :], *islice(lines, _MAX_LINES)]
    read = [
        _row(dict(zip(keys, line, strict=False)), number, today)
        for number, line in enumerate(rows, at + 2)
        if any(_is_filled(cell) for cell in line)
    ]
    titles = [(number, title) for number, title, _ in read if title is not None]
    faults = [fault for _, _, found in read for fault in found]
    faults += _twice(titles)
    if not read:
        raise _Refused(
            TitleFault.NO_TITLES.value, "Berkas hanya berisi judul kolom. Isi sekurang-kurangnya satu jabatan."
        )
    if len(read) > MAX_TITLES:
        raise _Refused(TitleFault.TOO_MANY.value, f"Berkas berisi lebih dari {MAX_TITLES} jabatan.")
    if faults:
        return Reading(faults=_told(sorted(faults, key=lambda fault: fault.row or 0)))
    return Reading(titles=tuple(title for _, title in titles))


def _told(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    more = len(faults) - _MAX_TOLD
    rest = [Fault(TitleFault.MORE.value, f"Dan {more} kesalahan lain.")] if more > 0 else []
    return (*faults[:_MAX_TOLD], *rest)


def _known(line: Iterable[object]) -> int:
    return sum(_key(cell) in _COLUMNS for cell in line)


def _key(cell: object) -> str | None:
    """What a column holds; None of one that is blank or numbers the lines, "" of one nobody knows."""
    name = choice_key(str(cell)) if _is_filled(cell) else ""
    return None if name in _IGNORED else _KEYS.get(name, "")


def _headings(line: Sequence[object]) -> list[str | None]:
    keys = [_key(cell) for cell in line]
    missing = [names[0] for key, names in _COLUMNS.items() if key not in keys]
    if missing:
        text = f"Kolom berikut tidak ada: {', '.join(missing)}. Keempat kolom harus ada, dengan judul itu."
        raise _Refused(TitleFault.COLUMNS_MISSING.value, text)
    if "" in keys:
        names = ", ".join(f'"{str(cell)[:40]}"' for cell, key in zip(line, keys, strict=True) if key == "")
        text = f"Kolom berikut tidak dikenal: {names[:300]}. Hapus kolom itu, lalu unggah kembali."
        raise _Refused(TitleFault.COLUMNS_UNKNOWN.value, text)
    twice = [names[0] for key, names in _COLUMNS.items() if keys.count(key) > 1]
    if twice:
        text = f"Kolom berikut ada lebih dari satu: {', '.join(twice)}. Sisakan satu saja."
        raise _Refused(TitleFault.COLUMNS_DUPLICATE.value, text)
    return keys


def _row(cells: dict[str | None, object], number: int, today: date) -> tuple[int, ListedTitle | None, list[Fault]]:
    faults: list[Fault] = []
    title = _text(cells.get("title"), LONGEST_TITLE)
    letter = _text(cells.get("letter"), LONGEST_LETTER, numbers=True)
    if title is None or not normalise_title(title):
        sentence = f"Isi nama jabatan, paling banyak {LONGEST_TITLE} karakter, tanpa nomor pribadi."
        faults.append(Fault(TitleFault.TITLE.value, sentence, number))
    if letter is None:
        sentence = f"Isi nomor surat, paling banyak {LONGEST_LETTER} karakter."
        faults.append(Fault(TitleFault.LETTER.value, sentence, number))
    days = [_day(cells.get(key)) for key in ("letter_date", "effective")]
    written, effective = days
    if written is None or effective is None:
        which = _COLUMNS["letter_date" if written is None else "effective"][0]
        sentence = f"{which} harus satu hari yang pasti, misalnya 2022-10-07 atau 7 Oktober 2022."
        faults.append(Fault(TitleFault.DATE.value, sentence, number))
    elif written > today:
        faults.append(Fault(TitleFault.FUTURE.value, "Tanggal surat tidak boleh sesudah hari ini.", number))
    elif effective < written:
        sentence = "Tanggal berlaku tidak boleh mendahului tanggal suratnya."
        faults.append(Fault(TitleFault.ORDER.value, sentence, number))
    if faults or title is None or letter is None or written is None or effective is None:
        return number, None, faults
    return number, ListedTitle(title, letter, written, effective), []


def _twice(titles: Iterable[tuple[int, ListedTitle]]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for number, one in titles:
        name = normalise_title(one.title)
        if name in seen:
            sentence = f"Jabatan ini sudah ada pada baris {seen[name]}. Sisakan satu saja."
            yield Fault(TitleFault.TWICE.value, sentence, number)
        seen.setdefault(name, number)


def _text(cell: object, longest: int, *, numbers: bool = False) -> str | None:
    if not isinstance(cell, str):
        return None
    try:
        text = clean_text(cell)
        if not numbers:
            refuse_personal_number(text)
    except ValueError:
        return None
    return text if 0 < len(text) <= longest else None


def _day(cell: object) -> date | None:
    try:
        if isinstance(cell, datetime):
            return day_of(cell)
        if isinstance(cell, date):
            return cell
        return read_day(cell) if isinstance(cell, str) else None
    except InvalidDate:
        return None


def _is_filled(cell: object) -> bool:
    return cell is not None and bool(str(cell).strip())
