"""The law's terms: each is explained in the page where it first stands, once, and nowhere else."""

import re
from html import unescape

import pytest

from tests.web.conftest import Site
from web.kit.terms import Term, explain_terms
from web.kit.wording import plain
from web.site.pages import PAGES
from web.site.wording import texts

_PATHS = [f"{prefix}{page.path}" for page in PAGES for prefix in ("", "/en")]
_MEANING = plain(texts("id").terms)["sptjm"]["meaning"]


def _page(main: str) -> str:
    return f"<html><main class='x'>{main}</main></html>"


def test_only_the_first_place_is_explained() -> None:
    assert explain_terms(_page("<p>Unduh SPTJM. Kirim SPTJM.</p><p>SPTJM</p>"), "id") == _page(
        f"<p>Unduh SPTJM ({_MEANING}). Kirim SPTJM.</p><p>SPTJM</p>"
    )


@pytest.mark.parametrize(
    "main",
    [
        "<p>Surat Pernyataan Tanggung Jawab Mutlak: SPTJM</p>",
        "<p>SPTJM (surat dari pimpinan instansi)</p>",
        "<p>Nomor XSPTJM, SPTJM-9901-3</p>",
        "<table><tr><td>SPTJM</td></tr></table>",
        "<p><a href='/x'>Kirim SPTJM</a></p>",
        "<button>Kirim SPTJM</button>",
        "<label>Nomor SPTJM</label>",
    ],
)
def test_what_is_explained_already_or_no_running_text_stays(main: str) -> None:
    assert explain_terms(_page(main), "id") == _page(main)


def test_outside_the_main_part_nothing_changes() -> None:
    html = "<html><p>SPTJM</p><main><p>-</p></main><p>SPTJM</p></html>"
    assert explain_terms(html, "id") == html


def test_a_term_in_headings_alone_is_explained_below_the_first() -> None:
    assert explain_terms(_page("<h1>SPTJM</h1><p>-</p><h2>SPTJM</h2>"), "id") == _page(
        f'<h1>SPTJM</h1><p class="govuk-hint">SPTJM: {_MEANING}.</p><p>-</p><h2>SPTJM</h2>'
    )


def test_what_is_always_shown_comes_before_what_is_hidden_at_first() -> None:
    main = "<div hidden><p>SPTJM batal.</p></div><p>Unduh <b>SPTJM</b>.</p>"
    assert explain_terms(_page(main), "id") == _page(
        main.replace("<b>SPTJM</b>", f"<b>SPTJM ({_MEANING})</b>"),
    )


@pytest.mark.parametrize("path", _PATHS)
def test_every_page_explains_its_terms(site: Site, path: str) -> None:
    html = site.file(path).read_text("utf-8")
    main = html.partition("<main")[2].partition("</main>")[0]
    read = " ".join(re.findall(r"<p[ >].*?</p>|<li[ >].*?</li>", main, re.DOTALL))
    read = re.sub(r"<(a|button|label|code)[ >].*?</\1>", " ", read, flags=re.DOTALL)
    text = unescape(re.sub(r"<[^>]*>", "", main))
    for term in plain(texts("en" if path.startswith("/en") else "id").terms).values():
        if Term(term["word"], "", ()).pattern.search(re.sub(r"<[^>]*>", "", read)):
            known = [term["meaning"], *term["known"]]
            assert any(each.casefold() in text.casefold() for each in known), term["word"]
