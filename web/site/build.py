"""Build the hosted web form into static files: `python -m web.site.build --out build/site`."""

import argparse
import logging
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, PackageLoader, PrefixLoader

from services.kernel.values.dates import MONTHS
from services.registration.imports.template import write_template
from web.kit.render import LANGUAGES, environment, localized, render
from web.kit.wording import plain
from web.site.assets import Assets, clear, write_assets
from web.site.choices import columns, formats, install
from web.site.pages import MAY_OPEN, PAGES, WHOLE, Page
from web.site.remedies import CHECKLIST, MISSING
from web.site.wording import texts

log = logging.getLogger(__name__)

ROBOTS = """User-agent: *
Disallow: /api/
Disallow: /instansi/
Disallow: /bkn/
Disallow: /pendataan/
Disallow: /kartu/
Disallow: /laporan/
Disallow: /pengumuman/*/
Disallow: /en/pengumuman/*/
"""
"""Lists of people are for looking up, not for taking away (domain.md, section 8)."""
BANNER = "pemberitahuan.json"
"""Asked for by every page: nothing stands there until bkn writes something (services/announcements/banner)."""
FRAGMENTS = {
    "bagian/penampil.htm": "parts/viewer.html",
    "bagian/pintasan.htm": "parts/keys.html",
    "bagian/pemeriksaan.htm": "parts/second.html",
    "bagian/peserta.htm": "parts/stated.html",
}
"""Parts of pages that are fetched once they are asked for, by their address."""
LOADERS = (
    FileSystemLoader(Path(__file__).parent / "templates"),
    PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
)
"""The site's own templates, and the macros of govuk-frontend's components that its forms are made of."""


def build(out: Path) -> Assets:
    """Write the whole site, both languages, into an emptied folder."""
    clear(out)
    assets = write_assets(out)
    made = environment(assets.urls, *LOADERS, wording=texts)
    install(made)
    for language in LANGUAGES:
        for page in PAGES:
            _write(out, page, language, made, assets)
        for address, template in FRAGMENTS.items():
            target = out / localized(language, f"/{address}").lstrip("/")
            target.parent.mkdir(exist_ok=True)
            target.write_text(render(made, template, language, f"/{address}"), "utf-8")
    (out / "robots.txt").write_text(ROBOTS, "utf-8")
    (out / BANNER).write_text("{}", "utf-8")
    (out / "berkas").mkdir()
    write_template(str(out / "berkas" / "templat-impor.xlsx"))
    return assets


def _write(out: Path, page: Page, language: str, made: Environment, assets: Assets) -> None:
    address = localized(language, page.path).lstrip("/")
    target = out / (f"{address}index.html" if page.path.endswith("/") else address)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_html(page, language, made, assets), "utf-8")


def _html(page: Page, language: str, made: Environment, assets: Assets) -> str:
    module = page.script if page.script in assets.scripts else None
    return render(
        made,
        page.template,
        language,
        page.path,
        title=texts(language)[page.texts].title,
        text=page.texts,
        kind=page.kind,
        noindex=page.noindex,
        wide=page.kind in {"staff", "bkn"},
        may=page.roles,
        module=module,
        preloads=assets.imports[module] if module else (),
        script_texts=_script_texts(page, language, assets) if module else None,
    )


def _script_texts(page: Page, language: str, assets: Assets) -> dict[str, Any]:
    """The texts a page's script uses, as the JSON block at its end; of sections only those that its scripts name."""
    t = texts(language)
    at_once = (page.script, *assets.imports[page.script])
    brought = dict.fromkeys((*at_once, *(each for script in at_once for each in assets.later[script])))
    source = "".join(assets.scripts[name] for name in brought)
    named = set(re.findall(r'["`](\w+)[."]', source))
    sections = set(re.findall(r'["`](\w+)\.', source))
    words = {
        name: each for name, each in plain(t.script).items() if name in (named if isinstance(each, str) else sections)
    }
    computed = {
        "options": formats(language),
        "columns": columns(language),
        "missing_pages": MISSING,
        "checklist_pages": CHECKLIST,
    }
    if "months" in named:  # the words that typed.js reads
        words["months"] = {"words": "|".join(MONTHS)}
    labels = {name: computed[name] if name in computed else plain(t.labels[name]) for name in page.labels}
    console = {"may_open": MAY_OPEN, "whole": dict.fromkeys(WHOLE, "1")} if "may_open" in named else {}
    return {**words, **labels, **console}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/site"))
    out = parser.parse_args().out
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    build(out)
    log.info("%d pages in %s", len(PAGES) * len(LANGUAGES), out)


if __name__ == "__main__":
    main()
