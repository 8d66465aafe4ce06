"""The page that says how many cases an institution received, and how many were decided in time."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from services.announcements.adapters import templates
from services.announcements.model.case_counts import CaseCounts
from services.announcements.model.objects import Object
from services.kernel.cases import CaseKind


def build_reports(code: str, name: str, counts: Mapping[CaseKind, CaseCounts]) -> Iterator[Object]:
    """The page in both languages; the same counts, the same bytes."""
    for language in templates.LANGUAGES:
        yield templates.page(
            "announcements/reports.html",
            language,
            f"/pengumuman/{code}/laporan/",
            title=f"{templates.wording(language, 'announcements.reports.title')}: {name}",
            institution={"code": code, "name": name},
            counts={kind.value: asdict(each) for kind, each in counts.items()},
        )
