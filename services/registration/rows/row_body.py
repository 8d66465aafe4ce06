"""A row of the import template as a form sends it; the checks are those of the import (rows/check_row.py)."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, create_model

from services.registration.rows.columns import COLUMNS, Column, Kind
from services.registration.rows.row_problems import RowCode, row_problem


def fields_of(columns: Iterable[Column]) -> dict[str, Any]:
    """The fields of a body that holds these columns, as pydantic's `create_model` takes them; any may be left out."""
    return {column.key: (_annotation(column), None) for column in columns}


def _annotation(column: Column) -> Any:  # noqa: ANN401 - an annotation
    if column.kind is Kind.MONEY:
        return Annotated[int | str | None, BeforeValidator(_rupiah(column.key))]
    return str | None


def _rupiah(key: str) -> Callable[[object], object]:
    """A whole number or a text; what it says, `check_row` reads. One fault for the field, not one for each type."""

    def check(value: object) -> object:
        if value is None or isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        raise ValueError(f"{RowCode.MONEY}|{row_problem(key, RowCode.MONEY).message}")

    return check


if TYPE_CHECKING:
    _Columns = BaseModel
else:
    _Columns = create_model("_Columns", **fields_of(COLUMNS))


class RowBody(_Columns):
    """One person's registered fields, under the template's names; a blank one is null or left out."""

    model_config = ConfigDict(extra="forbid")

    def given(self) -> dict[str, Any]:
        """The fields that were sent; None takes one away."""
        return self.model_dump(exclude_unset=True, include=set(RowBody.model_fields))


class DraftBody(RowBody):
    """Changes of a draft, on the version of the record their writer saw."""

    v: int
