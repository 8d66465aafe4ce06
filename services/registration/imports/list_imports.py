"""An institution's imports, the newest first."""

from typing import Final

from pydantic import BaseModel

from services.kernel.security.sessions import Actor
from services.registration.adapters import import_store
from services.registration.imports.import_view import ImportView, is_visible, view_import

SHOWN: Final = 50


class ImportList(BaseModel):
    """The latest imports."""

    items: list[ImportView]


def list_imports(*, institution: str, actor: Actor) -> ImportList:
    """The latest imports the actor may see.

    Raises:
        Problem: `not-found` for another institution.
    """
    actor.require_institution(institution)
    jobs = import_store.latest(institution, SHOWN)
    return ImportList(items=[view_import(job) for job in jobs if is_visible(job, actor)])
