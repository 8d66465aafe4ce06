"""What other services take from the kit: policy, filters, and the pages of announcements."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from infra.services import ROOT
from infra.templates import load_template
from web.kit.render import CSP, content_security_policy, environment, render

WITA = timezone(timedelta(hours=8))
MODEL: dict[str, Any] = {
    "title": "Daftar",
    "module": "pages/announcements/list.js",
    "noindex": True,
    "institution": {"code": "9901", "name": "Kabupaten <Contoh> Satu"},
    "final": False,
    "prefinal": {"number": 2, "count": 1251, "root": "cd" * 32},
    "published_at": datetime(2022, 10, 8, 3, tzinfo=UTC),
    "closes": datetime(2022, 10, 22, 17, tzinfo=WITA),
    "count": 1250,
    "thk2": 50,
    "non_asn": 1200,
    "seal": None,
    "sptjm": False,
    "index": "/pengumuman/9901/index.json",
    "rows": [("Siti <b>", "ABCDE12345", "SDN 1", "Guru", "NON-ASN")],
    "page": 2,
    "pages": 9,
}


def _list(language: str = "id", **changes: object) -> str:
    return render(environment(), "announcements/list.html", language, "/pengumuman/9901/2/", **{**MODEL, **changes})


def test_the_policy_allows_nothing_inline() -> None:
    assert "unsafe" not in CSP
    assert "script-src 'self';" in CSP
    assert "connect-src 'self' https://bucket.example;" in content_security_policy("https://bucket.example")


def test_the_distribution_lets_the_site_work_and_nothing_inline() -> None:
    """CloudFront's policy, which the local gateway sends too, against the one the site is tested under."""
    cdn = load_template(ROOT / "infra" / "cdn.yaml")["Resources"]["SecurityHeaders"]["Properties"]
    headers = cdn["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    sent = _directives(headers["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"])
    wanted = {name: sources - {"'none'"} for name, sources in _directives(CSP).items()}
    assert {name for name, sources in wanted.items() if not sources <= sent.get(name, set())} == set()
    assert sent["script-src"] == sent["style-src"] == {"'self'"}


def _directives(policy: str) -> dict[str, set[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: set(sources) for name, *sources in parts}


def test_a_prefinal_list_cannot_be_taken_for_a_final_one() -> None:
    html = _list()
    assert "PRAFINALISASI: uji publik, belum final" in html
    assert "segel.json" not in html
    assert "FINAL: daftar bersegel" not in html
    assert "22 Oktober 2022 pukul 17.00 WITA" in html
    assert 'href="/usulan/?instansi=9901"' in html
    assert "Diumumkan 8 Oktober 2022 pukul 10.00 WIB" in html


def test_a_prefinal_list_shows_its_number_and_what_it_was() -> None:
    for language, number, people in (
        ("id", "prafinalisasi nomor 2", "1.251 orang"),
        ("en", "list number 2", "1,251 people"),
    ):
        html = _list(language)
        assert number in html
        assert people in html
        assert f'data-root="{"cd" * 32}"' in html
    assert "nomor 2" not in _list(prefinal=None)
    assert "cd" * 32 not in _list(final=True)


def test_a_final_list_shows_its_seal() -> None:
    seal = {"root": "ab" * 32, "sealed_at": "2022-10-31T17:00:40+07:00"}
    html = _list(final=True, seal=seal, sptjm=True)
    assert "FINAL: daftar bersegel" in html
    assert "PRAFINAL" not in html
    assert f'data-root="{"ab" * 32}"' in html
    assert "".join(re.findall("<span>((?:ab)+)</span>", html)) == "ab" * 32
    for proof in ("/pengumuman/9901/index.json", "/pengumuman/9901/segel.json", "/segel/kunci.pem", "/segel/"):
        assert f'href="{proof}"' in html
    assert "SPTJM sudah diterima BKN." in html


def test_names_are_escaped_and_counted_in_the_language() -> None:
    assert "Siti &lt;b&gt;" in _list()
    assert "1.250 orang" in _list()
    assert "1,250 people" in _list("en")
    assert 'href="/en/pengumuman/9901/3/"' in _list("en")
    assert "noindex" in _list()


def test_pages_made_at_run_time_use_plain_addresses() -> None:
    assert 'href="/aset/situs.css"' in _list()
    assert 'src="/aset/pages/announcements/list.js"' in _list()


def test_the_directory_tells_who_has_not_announced() -> None:
    institutions = [
        {"code": "9901", "name": "Satu", "phase": "PRAFINAL", "count": 12, "sptjm": False},
        {"code": "9902", "name": "Dua", "phase": "PENGINPUTAN", "count": None, "sptjm": False},
    ]
    html = render(
        environment(),
        "announcements/directory.html",
        "id",
        "/pengumuman/",
        title="Pengumuman",
        module="pages/announcements/directory.js",
        institutions=institutions,
        updated_at="2022-10-08T10:00:00+07:00",
    )
    assert 'href="/pengumuman/9901/"' in html
    assert 'href="/pengumuman/9902/"' not in html
    assert "Belum diumumkan" in html


def test_links_in_texts_keep_the_language() -> None:
    made = environment().from_string("{{ text | rich }}")
    assert made.render(lang="en", text="**a** [b](/bantuan/) <i>") == (
        '<strong>a</strong> <a class="govuk-link" href="/en/bantuan/">b</a> &lt;i&gt;'
    )


def test_an_instant_without_zone_is_refused() -> None:
    made = environment().from_string("{{ at | instant }}")
    with pytest.raises(ValueError, match="without zone"):
        made.render(lang="id", at="2022-10-22T17:00:00")


@pytest.mark.parametrize(
    ("language", "words"), [("id", "30 September 2022 pukul 24.00 WIB"), ("en", "30 September 2022, 24:00 WIB")]
)
def test_midnight_is_told_as_the_day_that_ends(language: str, words: str) -> None:
    html = _list(language, closes=datetime.fromisoformat("2022-10-01T00:00:00+07:00"))
    assert words in html
