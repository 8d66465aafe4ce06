"""The sheet carries nothing of GOV.UK's own brand and none of the components that no page uses."""

import re

import pytest

from tests.web.conftest import Site
from web.site.styles import UNUSED, BrandError, stylesheet, unbranded


def test_no_font_crest_or_crown() -> None:
    sheet = stylesheet()
    for word in ("GDS", "crest", "crown", "/assets/", "@font-face", "url(/"):
        assert word not in sheet


def test_no_page_or_script_carries_the_brand(site: Site) -> None:
    for file in site.folder.rglob("*"):
        if file.suffix in {".html", ".css", ".js", ".svg"}:
            text = file.read_text("utf-8")
            assert not any(word in text for word in ("GDS Transport", "govuk-crest", "govuk-header")), file


def test_unused_components_go_and_used_ones_stay() -> None:
    css = (
        ".govuk-tabs{a:b}.govuk-tabs,.govuk-table{c:d}@media (min-width:40em){.govuk-footer{e:f}}"
        "@media print{.govuk-heading-l{g:h}.govuk-header{i:j}}.x:not(.govuk-tabs,.y){k:l}.z{m:n}"
    )
    assert unbranded(css) == ".govuk-table{c:d}.z{m:n}", "and what the kit prints goes"


def test_no_page_uses_what_is_left_out(site: Site) -> None:
    left_out = re.compile(rf"govuk-(?:{UNUSED})(?![a-z])")
    files = sorted(site.folder.rglob("*.htm*"))  # pages, and the fragments that scripts fetch
    assert any(file.parent.name == "bagian" for file in files)
    for file in files:
        classes = " ".join(re.findall(r'class="([^"]*)"', file.read_text("utf-8")))
        assert left_out.findall(classes) == [], file.relative_to(site.folder)


def test_no_width_hides_or_shows_anything(site: Site) -> None:
    """So that what axe sees at one width it sees at all: tests/support/axe.py."""
    hiding: list[str] = []
    for file in sorted((site.folder / "aset").glob("*.css")):
        css = file.read_text("utf-8")
        for width in re.findall(r"@media[^{]*width[^{]*\{((?:[^{}]*\{[^{}]*\})*)", css):
            rules = re.findall(r"([^{}]*)\{([^{}]*)\}", width)
            hiding += [chosen.strip() for chosen, how in rules if re.search(r"display:\s*none|visibility:", how)]
    assert set(hiding) == {".stack td:has(> ul:empty)"}, "an empty cell of a table on a phone"


def test_a_brand_in_a_new_place_stops_the_build() -> None:
    with pytest.raises(BrandError):
        unbranded(".x{background:url(/assets/images/govuk-crest.svg)}")


def test_the_theme_colours_the_kit() -> None:
    assert "--govuk-brand-colour:" in stylesheet()
    assert "#0b0c0c;--govuk-link-colour" not in stylesheet()
