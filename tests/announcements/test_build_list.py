"""The pages of a list: bounds, order, both languages, the same bytes for the same list."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from services.announcements.model.institution import Edition, Institution, Prefinal, Row, Seal
from services.announcements.pages.build_list import ROWS_A_PAGE, build_list
from services.announcements.pages.choose_list import PublicList
from services.announcements.pages.scan import Clean
from services.kernel.states import Category, Phase
from tests.announcements.world import CLOSES, CODE, NOON, SEALED_AT

SHA256 = "ab" * 32
INSTITUTION = Institution(CODE, "Kabupaten Contoh Satu", Phase.PRAFINAL, 1, CLOSES)
SEALED = Institution(
    CODE,
    "Kabupaten Contoh Satu",
    Phase.FINAL,
    1,
    CLOSES,
    "DITERIMA",
    Seal(1, "lists/x", "seals/x", SHA256, 0, 1, SEALED_AT),
)


def people(count: int) -> list[Row]:
    return [
        Row(f"Orang Contoh {n:04d}", f"REG{n:06d}", "Dinas Contoh", "Guru", Category.NON_ASN)
        for n in range(1, count + 1)
    ]


def built(
    rows: Sequence[Row], edition: Edition = Edition.PREFINAL, institution: Institution = INSTITUTION
) -> dict[str, str]:
    public = PublicList(edition, Clean(list(rows)))
    return {made.key: made.content.decode() for made in build_list(institution, public, NOON)}


@pytest.mark.parametrize(
    ("count", "pages"), [(0, 1), (1, 1), (ROWS_A_PAGE, 1), (ROWS_A_PAGE + 1, 2), (2 * ROWS_A_PAGE + 1, 3)]
)
def test_pages_hold_200_rows(count: int, pages: int) -> None:
    made = built(people(count))
    assert len(made) == 1 + 2 * pages
    for prefix in ("", "en/"):
        for number in range(1, pages + 1):
            page = made[f"{prefix}pengumuman/{CODE}/" + ("" if number == 1 else f"{number}/") + "index.html"]
            rows = min(ROWS_A_PAGE, count - (number - 1) * ROWS_A_PAGE)
            assert page.count("Orang Contoh ") == rows
    assert len(json.loads(made[f"pengumuman/{CODE}/index.json"])["items"]) == count


def test_pages_lead_to_each_other_in_their_language() -> None:
    made = built(people(ROWS_A_PAGE + 1))
    assert f'rel="next" href="/pengumuman/{CODE}/2/"' in made[f"pengumuman/{CODE}/index.html"]
    assert f'rel="prev" href="/en/pengumuman/{CODE}/"' in made[f"en/pengumuman/{CODE}/2/index.html"]


def test_the_same_list_gives_the_same_bytes_in_any_order() -> None:
    rows = people(30)
    assert built(rows) == built(rows[::-1]) == built([*rows[10:], *rows[:10]])


def test_equal_names_are_told_apart_by_their_number() -> None:
    rows = [Row("Orang Contoh", f"REG{n}", "Dinas", "Guru", Category.NON_ASN) for n in (3, 1, 2)]
    items = json.loads(built(rows)[f"pengumuman/{CODE}/index.json"])["items"]
    assert [item[1] for item in items] == ["REG1", "REG2", "REG3"]


def test_a_final_list_shows_its_seal() -> None:
    page = built(people(1), Edition.FINAL, SEALED)[f"pengumuman/{CODE}/index.html"]
    assert "FINAL: daftar bersegel" in page
    assert 'data-list="final-list"' in page
    assert SHA256 in page
    assert "31 Oktober 2022 pukul 17.02 WIB" in page
    assert "SPTJM sudah diterima BKN." in page
    assert "uji publik" not in page


def test_a_pre_final_list_shows_no_seal_even_if_there_is_one() -> None:
    page = built(people(1), Edition.PREFINAL, SEALED)[f"pengumuman/{CODE}/index.html"]
    assert SHA256 not in page
    assert 'data-list="prefinal-list"' in page


def test_only_a_pre_final_list_shows_the_numbered_one() -> None:
    numbered = replace(SEALED, prefinal=Prefinal(3, 7, "cd" * 32))
    for key, content in built(people(ROWS_A_PAGE + 1), Edition.PREFINAL, numbered).items():
        if key.endswith(".html"):
            assert "cd" * 32 in content
    page = built(people(1), Edition.FINAL, numbered)[f"pengumuman/{CODE}/index.html"]
    assert "cd" * 32 not in page
    assert "nomor 3" not in page


def test_counts_stand_on_every_page() -> None:
    rows = [*people(ROWS_A_PAGE), Row("Zulfa", "REG9", "Dinas", "Guru", Category.THK_II)]
    for key, content in built(rows).items():
        if key.startswith("pengumuman") and key.endswith(".html"):
            assert "201 orang" in content
            assert "THK-II 1, Non-ASN 200" in content
