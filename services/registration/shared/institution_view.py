"""How an institution is named in answers."""

from pydantic import BaseModel

from services.kernel.problems import Code, Problem
from services.registration.adapters import institution_store


class InstitutionView(BaseModel):
    """An institution: its code of four digits and the name it is known by."""

    code: str
    name: str


def view_institution(code: str) -> InstitutionView:
    """The institution by name; by its code while the fact that names it is still under way."""
    try:
        return InstitutionView(code=code, name=institution_store.load(code).name)
    except Problem as problem:
        if problem.code is not Code.NOT_FOUND:
            raise
        return InstitutionView(code=code, name=code)
