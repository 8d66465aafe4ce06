"""Light enough for a slow phone: a first page is at most 40 KB gzipped with everything it loads."""

import gzip
import re

import pytest

from tests.web.conftest import Site
from web.site.pages import PAGES

FIRST_PAGE = 40 * 1024


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_first_page_is_light(site: Site, path: str) -> None:
    html = site.file(path).read_text("utf-8")
    loaded = set(re.findall(r'(?:href|src)="(/aset/[^"]+)"', html))
    weight = sum(len(gzip.compress(file.read_bytes(), 9)) for file in map(site.file, [path, *loaded]))
    assert weight <= FIRST_PAGE, f"{path}: {weight} bytes"


def test_preloads_are_what_the_script_imports(site: Site) -> None:
    for name, imports in site.assets.imports.items():
        text = (site.folder / "aset" / name).read_text("utf-8")
        direct = {
            name for name, url in site.assets.urls.items() if f'from "{url}"' in text or f'import "{url}"' in text
        }
        assert direct <= set(imports)


def test_whoever_asks_for_an_instant_brings_what_reads_it(site: Site) -> None:
    asking = [page for page in PAGES if "data-moment=" in site.file(page.path).read_text("utf-8")]
    assert asking
    for page in asking:
        assert "form/moments.js" in site.assets.imports[page.script], page.path


def test_hashed_names_change_with_what_is_imported(site: Site) -> None:
    """A script names its imports by their hash, so a change anywhere below gives every script above a new name."""
    for url in site.assets.urls.values():
        assert re.fullmatch(r"/aset/[\w/-]+\.[0-9a-f]{10}\.\w+", url)
        assert site.file(url).is_file()
