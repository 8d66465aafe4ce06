"""Every institution in the round, for those who watch the whole."""

from datetime import datetime

from pydantic import BaseModel

from services.finalization.adapters import store
from services.finalization.institution.views import ListedInstitution

MOST = 100


class InstitutionList(BaseModel):
    """One page of the directory; `cursor` asks for the next."""

    items: list[ListedInstitution]
    cursor: str | None


def list_institutions(cursor: str | None, limit: int, now: datetime) -> InstitutionList:
    """A page of institutions in the order of their codes, with counters."""
    codes = store.directory(cursor, limit)
    items = [ListedInstitution.of(store.load_folder(code, with_private=False), now) for code in codes]
    return InstitutionList(items=items, cursor=codes[-1] if len(codes) == limit else None)
