"""One row of the template, read by its schema."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, NotRequired, cast

from pydantic import PlainValidator, TypeAdapter
from typing_extensions import TypedDict  # pydantic wants this one below Python 3.12

from services.registration.model.person_row import PersonRow
from services.registration.rows.columns import COLUMNS, NEVER_DRAFT, Column
from services.registration.rows.readers import CACHES, TEXTS


def _annotation(column: Column) -> Any:  # noqa: ANN401 - an annotation
    if column.key in TEXTS:
        return TEXTS[column.key]
    return Annotated[Any, PlainValidator(CACHES[column.key].__getitem__)]


_FIELDS = {
    column.key: _annotation(column) if column.key in NEVER_DRAFT else NotRequired[_annotation(column)]
    for column in COLUMNS
}
_Schema = TypedDict("_Schema", _FIELDS)  # type: ignore[misc]
_validate: Final[Callable[[Mapping[str, Any]], Any]] = TypeAdapter(_Schema).validate_python


def read_row(raw: Mapping[str, Any]) -> PersonRow:
    """Read a raw row by the table of columns. A key that is no column's is left out: `check_row` reports it.

    Raises:
        pydantic.ValidationError: some cell is not what its column holds; `check_row` explains it.
        TypeError: a value is no cell at all.
    """
    return cast("PersonRow", _validate(raw))
