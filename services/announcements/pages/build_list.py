"""The pages of one institution's list, and with them what its search reads."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from services.announcements.adapters import templates
from services.announcements.model.change import count_changes
from services.announcements.model.institution import Announced, Edition, Institution, Row
from services.announcements.model.objects import JSON, Object
from services.announcements.pages.build_search import Cells, build_search, is_large
from services.announcements.pages.choose_list import PublicList
from services.announcements.pages.scan import Clean
from services.kernel.contact import OfficeContact
from services.kernel.states import Category
from services.kernel.values.names import normalise_name

ROWS_A_PAGE = 200
"""5 KB gzipped (measured): one small download even on a slow phone."""
UNLISTED = ("BELUM_DIVERIFIKASI", "TIDAK_MEMENUHI_SYARAT", "KONFLIK")
"""As what registered people were sealed who are not on the final list; how many is public (domain.md, section 8)."""


def build_list(
    institution: Institution,
    public: PublicList,
    published_at: datetime,
    contact: OfficeContact | None = None,
    announced: Announced | None = None,
    *,
    changes_until: datetime | None = None,
) -> Iterator[Object]:
    """Every object of an institution's list in both languages, one after the other; the same list, the same bytes.

    `announced`: where the institution announced this list by itself.

    Its `proof` is what anybody needs, beside the index, to check a final list against its seal (docs/seal.md).
    Withheld rows come last, by number: among the others their place would tell how their names begin.
    """
    ordered = [*in_order(public.rows), *(hidden_row(number) for number in sorted(public.withheld))]
    yield from build_search(institution.code, ordered)
    if public.proof is not None:
        yield Object(f"pengumuman/{institution.code}/segel.json", public.proof, JSON)
    model = {
        **_model(institution, public),
        "published_at": published_at,
        "sharded": is_large(ordered),
        "contact": contact,
        "changes": None if public.changes is None else count_changes(public.changes),
        "changes_until": changes_until,
        "announced": announced,
    }
    parts = [ordered[at : at + ROWS_A_PAGE] for at in range(0, len(ordered), ROWS_A_PAGE)] or [[]]
    for number, part in enumerate(parts, start=1):
        for language in templates.LANGUAGES:
            yield _page(language, institution, number, {**model, "rows": part, "pages": len(parts)})


def _page(language: str, institution: Institution, number: int, model: dict[str, Any]) -> Object:
    path = f"/pengumuman/{institution.code}/" + ("" if number == 1 else f"{number}/")
    kind = "final" if model["final"] else "prefinal"
    title = f"{templates.wording(language, f'announcements.list.title_{kind}')}: {institution.title}"
    return templates.page("announcements/list.html", language, path, title=title, page=number, **model)


def hidden_row(number: str) -> Cells:
    """A row of which only the number is shown."""
    return (None, number, None, None, None)


def in_order(rows: Clean) -> list[Row]:
    """The rows as their pages have them: by name."""
    return sorted(rows, key=lambda row: (normalise_name(row.nama), row.nomor_registrasi))


def _model(institution: Institution, public: PublicList) -> dict[str, Any]:
    final = public.edition is Edition.FINAL
    seal = institution.seal if final else None
    thk2 = seal.thk2 if seal else sum(row.kategori is Category.THK_II for row in public.rows)
    count = len(public.rows) + len(public.withheld)
    return {
        "module": "pages/announcements/list.js",
        "noindex": True,
        "institution": {"code": institution.code, "name": institution.title},
        "final": final,
        "prefinal": None if final else institution.prefinal,
        "before": institution.prefinal.count if final and institution.prefinal else None,
        "unlisted": {state: n for state in UNLISTED if final and (n := public.by_state.get(state, 0))},
        "closes": None if final else institution.correction_closes,
        "count": count,
        "thk2": thk2,
        "non_asn": count - thk2,
        "withheld": len(public.withheld),
        "seal": seal and {"root": seal.root, "sealed_at": seal.sealed_at},
        "sptjm": institution.has_sptjm_of_its_list,
        "waived": institution.waived,
        "index": f"/pengumuman/{institution.code}/index.json",
    }
