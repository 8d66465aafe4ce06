"""The pages that say how a final list differs from the pre-final one: who was added, who left, what changed."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from services.announcements.adapters import templates
from services.announcements.model.change import Change, ChangeKind, count_changes
from services.announcements.model.institution import Institution, Row
from services.announcements.model.objects import Object
from services.announcements.pages.build_list import ROWS_A_PAGE
from services.kernel.values.names import normalise_name

STAY: Final = timedelta(days=30)
"""After the final list's publication the names that left go with the pre-final list; the counts stay (domain.md,
section 8, *Retention*)."""


def build_changes(institution: Institution, changes: Sequence[Change], until: datetime) -> Iterator[Object]:
    """Every page in both languages, one after the other; the same changes, the same bytes.

    Hidden rows come last of their kind, by number: among the others their place would tell how their names begin.
    """
    ordered = sorted(changes, key=_order)
    parts = [ordered[at : at + ROWS_A_PAGE] for at in range(0, len(ordered), ROWS_A_PAGE)] or [[]]
    model: dict[str, Any] = {
        "noindex": True,
        "institution": {"code": institution.code, "name": institution.title},
        "number": institution.prefinal.number if institution.prefinal else None,
        "counts": count_changes(changes),
        "until": until,
        "pages": len(parts),
    }
    for number, part in enumerate(parts, start=1):
        path = f"/pengumuman/{institution.code}/perubahan/" + ("" if number == 1 else f"{number}/")
        rows = [_shown(change) for change in part]
        for language in templates.LANGUAGES:
            title = f"{templates.wording(language, 'announcements.changes.title')}: {institution.title}"
            yield templates.page(
                "announcements/changes.html", language, path, title=title, page=number, rows=rows, **model
            )


def _order(change: Change) -> tuple[int, bool, str, str]:
    row = change.after or change.before
    name = "" if change.hidden or row is None else normalise_name(row.nama)
    return list(ChangeKind).index(change.kind), change.hidden, name, change.nomor_registrasi


def _shown(change: Change) -> dict[str, Any]:
    """What the page shows of it: each cell, and beside it what stood there where it differs."""
    row = change.after or change.before
    cells: list[tuple[str | None, str | None]]
    if change.hidden or row is None:
        cells = [(None, None)] * len(Row._fields)
        cells[Row._fields.index("nomor_registrasi")] = (change.nomor_registrasi, None)
    else:
        was = change.before if change.after and change.before else row
        cells = [(now, before if before != now else None) for now, before in zip(row, was, strict=True)]
    return {"kind": change.kind.value, "cells": cells}
