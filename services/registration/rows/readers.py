"""How the cells of each column are read, by the table of columns: for one row (read_row.py) and for a thousand."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from pydantic import AfterValidator, StringConstraints, TypeAdapter, ValidationError

from services.kernel.values.texts import OTHER_FORMS
from services.registration.rows.cells import (
    Cache,
    Cell,
    fault,
    read_choice,
    read_contact_email,
    read_contact_phone,
    read_date,
    read_money,
)
from services.registration.rows.columns import COLUMNS, Column, Kind
from services.registration.rows.hollow import is_hollow
from services.registration.rows.row_problems import RowCode

# Words with single spaces and composed letters, and nothing in front that a spreadsheet would run as a formula; a name
# may begin with any apostrophe. Whatever passes here is what cleaning would leave alone.
_FORMS: Final = "".join(rf"\x{{{first:X}}}-\x{{{last:X}}}" for first, last in OTHER_FORMS)
_SEEN: Final = rf"[^\s\p{{C}}\p{{M}}\x{{115F}}\x{{1160}}\x{{2800}}\x{{3164}}{_FORMS}]"
_APOSTROPHES: Final = r"'\"`\x{00B4}\x{2018}-\x{201E}\x{2032}"
_FIRST: Final = rf"[\p{{L}}\p{{N}}{_APOSTROPHES}(\[#&/--\x{{115F}}\x{{1160}}\x{{3164}}{_FORMS}]"
_WORDS: Final = rf"^{_FIRST}{_SEEN}*(?: {_SEEN}+)*$"
# Somewhere a digit that is not 0: then it is a number, whatever stands around it.
_PAPER: Final = rf"^(?:[1-9]|[{_FIRST}--[1-9]][{_SEEN}--[1-9]]*(?: [{_SEEN}--[1-9]]+)* ?[1-9]){_SEEN}*(?: {_SEEN}+)*$"
# Neither an error, as `#N/A` and `Err:502` are.
_NAME: Final = rf"^[{_FIRST}--#][{_SEEN}--:]*(?: {_SEEN}+)*$"
_DIGITS: Final = r"^(?:0[-./ ]?)*[1-9](?:[-./ ]?[0-9])*$"

_PATTERNS: Final = {Kind.NIK: r"^[0-9]{16}$", Kind.CODE: _DIGITS, Kind.NUMBER: _WORDS, Kind.TEXT: _WORDS}
_PLAIN: Final = {Kind.NIK: r"^[0-9]{16}$", Kind.CODE: _DIGITS, Kind.NUMBER: _PAPER, Kind.TEXT: _NAME}
"""Texts that are read without asking whether they say that there is nothing, or an error: nearly all."""

# One memory for all columns of dates, and one for each list: the smaller it is, the nearer it lies.
_OF_KIND: Final[dict[Kind, Cache[str] | Cache[int]]] = {
    Kind.DATE: Cache(read_date),
    Kind.MONEY: Cache(read_money),
    Kind.PHONE: Cache(read_contact_phone),
    Kind.EMAIL: Cache(read_contact_email),
}
_CHOICES: Final = {each.name: Cache(read_choice(each)) for column in COLUMNS if (each := column.choices)}


def _text(column: Column) -> StringConstraints:
    longest = column.longest or None
    return StringConstraints(strip_whitespace=True, max_length=longest, pattern=_PATTERNS[column.kind])


def _plain(column: Column) -> StringConstraints:
    return StringConstraints(max_length=column.longest or None, pattern=_PLAIN[column.kind])


def _filled(key: str) -> AfterValidator:
    """Refuses what cleaning makes a blank."""

    def check(text: str) -> str:
        if is_hollow(key, text):
            raise fault(RowCode.UNREADABLE)
        return text

    return AfterValidator(check)


def _annotation(column: Column) -> Any:  # noqa: ANN401 - an annotation
    return Annotated[str, _text(column), _filled(column.key)]


def _read_text(column: Column) -> Callable[[Cell], str]:
    validate: Callable[[Cell], str] = TypeAdapter(_annotation(column)).validate_python

    def read(cell: Cell) -> str:
        try:
            return validate(cell)
        except ValidationError as refused:
            raise fault(refused.errors(include_url=False)[0]["type"]) from None

    return read


def _cache(column: Column) -> Cache[str] | Cache[int]:
    if column.choices is not None:
        return _CHOICES[column.choices.name]
    if column.kind in _PATTERNS:
        return Cache(_read_text(column))
    return _OF_KIND[column.kind]


_OWN_TEXTS: Final = tuple(column for column in COLUMNS if column.kind in _PATTERNS and not column.repeats)

TEXTS: Final = {column.key: _annotation(column) for column in _OWN_TEXTS}
"""Columns of texts that are each somebody's own: what they must be."""

PLAIN_TEXTS: Final = {column.key: _plain(column) for column in _OWN_TEXTS}
"""What nearly all of them are: pydantic alone can tell, a thousand at once."""

CACHES: Final = {column.key: _cache(column) for column in COLUMNS if column.key not in TEXTS}
"""All others repeat from row to row: what is read once is then looked up."""
