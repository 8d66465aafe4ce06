"""Count an institution's cases, and make the page that says so."""

from services.announcements.adapters import case_store, dirty_store, institution_store, site
from services.announcements.model.case_counts import COUNTED, count_cases
from services.announcements.pages.build_reports import build_reports
from services.announcements.pages.scan import safe_title
from services.announcements.pages.write_objects import write_objects


def publish_reports(code: str) -> None:
    """Write the page if a count moved. An institution without a name has none yet: its name marks it again.

    Raises:
        Problem: `try-again`.
    """
    institution = institution_store.load_institution(code)
    if institution.title is None:
        return
    cases = case_store.outlines_of(code)
    counts = {kind: count_cases(cases, kind) for kind in COUNTED}
    mark = dirty_store.reports_of(code)
    write_objects(mark, site.load_manifest(mark), build_reports(code, safe_title(code, institution.title), counts))
