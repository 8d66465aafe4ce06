"""The page of an institution that has announced nothing yet: who looks for its list is told so, not "not found"."""

from collections.abc import Iterator

from services.announcements.adapters import templates
from services.announcements.model.institution import Institution
from services.announcements.model.objects import Object
from services.kernel.contact import OfficeContact
from services.kernel.states import Phase


def build_waiting(
    institution: Institution, contact: OfficeContact | None = None, *, held_back: bool = False
) -> Iterator[Object]:
    """The page in both languages, once the institution's name is known; `held_back` when there was a list before."""
    if institution.title is None:
        return
    for language in templates.LANGUAGES:
        yield templates.page(
            "announcements/waiting.html",
            language,
            f"/pengumuman/{institution.code}/",
            title=institution.title,
            noindex=True,
            institution={"code": institution.code, "name": institution.title},
            over=institution.phase is Phase.TIDAK_MENDATA,
            held_back=held_back,
            waived=institution.waived,
            contact=contact,
        )
