"""Services send codes and the site knows pages; the few addresses that services name themselves are pages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.services import ROOT
from services.finalization.shared import checklist
from services.kernel.documents import DocumentType
from services.kernel.web import site_pages
from services.registration.dossiers import completeness
from services.registration.rows.fields import EDUCATION
from web.site.pages import PAGES
from web.site.remedies import CHECKLIST, MISSING, SETTLED_NOWHERE

SERVICES = ROOT / "services"
PATHS = {page.path for page in PAGES} - {"/"}
_MADE_BY_ANNOUNCEMENTS = "/pengumuman/"
_PUBLISHER = SERVICES / "announcements" / "pages"


def _words(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("name", [name for name in vars(site_pages) if name.isupper()])
def test_an_address_that_services_name_is_a_page(name: str) -> None:
    assert getattr(site_pages, name) in PATHS | {_MADE_BY_ANNOUNCEMENTS}


def test_no_other_address_stands_in_a_service() -> None:
    """The lists' publisher names where it writes."""
    named = {
        (str(file.relative_to(SERVICES)), word)
        for file in SERVICES.rglob("*.py")
        if file != Path(site_pages.__file__) and not file.is_relative_to(_PUBLISHER)
        for word in _words(file)
        if word.startswith((*PATHS, _MADE_BY_ANNOUNCEMENTS))
    }
    assert named == set()


def test_every_line_of_the_checklist_has_its_page_or_none() -> None:
    assert not set(CHECKLIST) & SETTLED_NOWHERE
    assert set(CHECKLIST) | SETTLED_NOWHERE == {rule.code for rule in checklist._RULES}


def test_everything_a_dossier_may_lack_has_its_page() -> None:
    of_the_person = {"active", *EDUCATION, *completeness._FILE_NAMES}
    assert set(MISSING) == of_the_person | {DocumentType.SK, DocumentType.BUKTI_BAYAR}
