"""How each institution's office is reached: a page for everybody, and a small file each for the other pages.

Static, so that it stands also while no service answers. What stands here are the offices' own numbers, published on
purpose: they are exempt from the search for personal numbers by field (domain.md, section 8); names of institutions
are not.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from services.announcements.adapters import templates
from services.announcements.model.institution import Summary
from services.announcements.model.objects import JSON, Object
from services.announcements.pages.scan import safe_title
from services.kernel.contact import OfficeContact


def build_contacts(summaries: Sequence[Summary], contacts: Mapping[str, OfficeContact]) -> Iterator[Object]:
    """The page in both languages, and `{v, name, contact}` of each institution; `contact` is null where it has none."""
    names = {one.code: safe_title(one.code, one.title) for one in summaries}
    for code, name in names.items():
        contact = contacts.get(code)
        content = {"v": 1, "name": name, "contact": contact.model_dump() if contact else None}
        told = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        yield Object(f"pengumuman/kontak/{code}.json", told.encode(), JSON)
    institutions = [{"code": code, "name": name, "contact": contacts.get(code)} for code, name in names.items()]
    for language in templates.LANGUAGES:
        yield templates.page(
            "announcements/contacts.html",
            language,
            "/pengumuman/kontak/",
            title=templates.wording(language, "announcements.contacts.title"),
            module="pages/announcements/directory.js",
            institutions=institutions,
        )
