"""The directory of institutions: who is at which phase, who has not announced, who has no SPTJM."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from services.announcements.adapters import templates
from services.announcements.model.institution import Summary
from services.announcements.model.objects import JSON, Object
from services.announcements.pages.scan import safe_title


def build_directory(summaries: Sequence[Summary], updated_at: datetime) -> Iterator[Object]:
    """The directory in both languages, and its codes and names for forms that offer a choice.

    An institution whose name holds a personal number stands there under its code.
    """
    shown = [replace(summary, title=safe_title(summary.code, summary.title)) for summary in summaries]
    items = [[summary.code, summary.title] for summary in shown]
    content = json.dumps({"v": 1, "items": items}, ensure_ascii=False, separators=(",", ":"))
    yield Object("pengumuman/index.json", content.encode(), JSON)
    institutions = [{**asdict(summary), "name": summary.title} for summary in shown]
    for language in templates.LANGUAGES:
        yield templates.page(
            "announcements/directory.html",
            language,
            "/pengumuman/",
            title=templates.wording(language, "announcements.directory.title"),
            module="pages/announcements/directory.js",
            institutions=institutions,
            updated_at=updated_at,
        )
