"""Every page: language, title, heading, the statement, no inline code, links that lead somewhere."""

import functools
import re
from pathlib import Path

import pytest

from infra.services import ROOT
from tests.web.conftest import Site, Tags
from web.site.pages import PAGES

# Made at run time: lists by announcements, PDFs and data by the services, the key by the deployment.
_ELSEWHERE = re.compile(r"^(tel:|/api/|(/en)?/pengumuman/|/segel/kunci\.pem$)")
_PATHS = [f"{prefix}{page.path}" for page in PAGES for prefix in ("", "/en")]


def _page(site: Site, path: str) -> Tags:
    return _tags(site.file(path))


@functools.cache
def _tags(file: Path) -> Tags:
    return Tags(file.read_text("utf-8"))


@pytest.mark.parametrize("path", _PATHS)
def test_language_title_and_heading(site: Site, path: str) -> None:
    tags = _page(site, path)
    assert tags.named("html")[0]["lang"] == ("en" if path.startswith("/en/") else "id")
    html = site.file(path).read_text("utf-8")
    assert re.search(r"<title>[^<]{4,} \W Pendataan Non-ASN</title>", html)
    assert tags.named("h1")


@pytest.mark.parametrize("path", _PATHS)
def test_no_code_stands_in_the_page(site: Site, path: str) -> None:
    tags = _page(site, path)
    assert [script for script in tags.named("script") if "src" not in script] in (
        [],
        [{"type": "application/json", "id": "texts"}],
    )
    assert tags.named("style") == []
    assert [(tag, a) for tag, a in tags.found if "style" in a or any(name.startswith("on") for name in a)] == []


@pytest.mark.parametrize("path", _PATHS)
def test_links_and_files_are_there(site: Site, path: str) -> None:
    wanted = [
        attributes[name]
        for tag, attributes in _page(site, path).found
        for name in ("href", "src")
        if attributes.get(name, "#") not in {"#", ""}
    ]
    inside = [address for address in wanted if not address.startswith("#") and not _ELSEWHERE.match(address)]
    assert [address for address in inside if not site.file(address).is_file()] == []


@pytest.mark.parametrize("path", _PATHS)
def test_anchors_and_ids(site: Site, path: str) -> None:
    tags = _page(site, path)
    ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert sorted(ids) == sorted(set(ids))
    targets = [a["href"][1:] for a in tags.named("a") if a.get("href", "").startswith("#") and a["href"] != "#"]
    labels = [a["for"] for a in tags.named("label")]
    assert set(targets) | set(labels) <= set(ids)


def test_every_template_and_script_has_a_page(site: Site) -> None:
    """A script that no page is named after would never run; those of announcements are rendered at run time."""
    folders = [ROOT / "web" / part / "templates" for part in ("kit", "site")]
    templates = {file.relative_to(folder).as_posix() for folder in folders for file in folder.rglob("*.html")}
    lists = {name for name in templates if name.startswith("announcements/")}
    made = {page.template for page in PAGES} | lists
    shared = ("layout", "signed_in", "followed", "of_institution", "parts/")
    assert {name for name in templates if not name.startswith(shared)} == made
    scripts = {name for name in site.assets.scripts if name.startswith("pages/")}
    assert scripts <= {f"pages/{name.removesuffix('.html')}.js" for name in made}


def test_every_page_says_what_it_is_not(site: Site) -> None:
    for address, html in site.pages():
        assert ("mapping, not an appointment" if address.startswith("/en/") else "pemetaan, bukan pengangkatan") in html


def test_only_pages_that_explain_are_indexed(site: Site) -> None:
    indexed = {address for address, html in site.pages() if "noindex" not in html}
    explaining = {"/", "/akun/", "/usulan/", "/tanggapan/", "/bantuan/", "/privasi/", "/segel/"}
    assert indexed == explaining | {f"/en{address}" for address in explaining}


def test_forms_never_put_what_is_typed_into_an_address(site: Site) -> None:
    """A form sent before its script is awake must carry no NIK into a log; filters may, a card's code, and a number.

    The number of a case opens nothing by itself.
    """
    for address, html in site.pages():
        for form in Tags(html).named("form"):
            harmless = form.get("id") == "filter" or address.endswith("/kartu/")
            assert form["method"] in {"post", "dialog"} or harmless, address


def test_the_buttons_of_the_persons_steps(site: Site) -> None:
    """The words people know from the census of 2022 (domain.md, section 3)."""
    words = {
        "/akun/": ["Lanjutkan"],
        "/akun/lengkapi/": ["Lanjutkan", "Kembali", "Proses Pembuatan Akun", "Ya", "Tidak"],
        "/akun/selesai/": ["Cetak Informasi Pendaftaran", "Lanjutkan Login Pendaftaran"],
        "/pendataan/biodata/": ["Selanjutnya"],
        "/pendataan/riwayat/": ["Selanjutnya"],
        "/pendataan/resume/": ["Akhiri Proses Pendaftaran"],
        "/pendataan/selesai/": ["Cetak Kartu Informasi Akun", "Cetak Kartu Pendataan"],
    }
    for path, buttons in words.items():
        html = site.file(path).read_text("utf-8")
        for button in buttons:
            assert re.search(rf">\s*{button}\s*</(button|a)>", html), (path, button)


def test_robots_and_template(site: Site) -> None:
    assert "Disallow: /pengumuman/*/" in (site.folder / "robots.txt").read_text("utf-8")
    assert (site.folder / "berkas" / "templat-impor.xlsx").read_bytes().startswith(b"PK")
