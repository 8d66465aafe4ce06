"""The search of a large list reads parts of it, and finds in them what it would find in the whole."""

import json
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from services.announcements.adapters import site
from services.announcements.pages.build_list import build_list
from services.announcements.pages.build_search import LARGE, MAX_ROWS, Cells, build_search, words
from services.announcements.pages.choose_list import PublicList
from services.announcements.pages.scan import Clean
from services.announcements.pages.write_objects import write_objects
from tests.announcements.test_build_list import INSTITUTION, people
from tests.announcements.test_write_objects import put
from tests.announcements.world import CODE, NOON, World

THERE = f"pengumuman/{CODE}"


def row(n: int, name: str | None) -> Cells:
    number = f"REG{n:06d}"
    return (name, number, "Dinas", "Guru", "NON-ASN") if name else (None, number, None, None, None)


def built(names: Sequence[str | None], more: int = LARGE) -> dict[str, list[Cells]]:
    """The parts of a list of these names and as many others, by their letters."""
    rows = [row(n, name) for n, name in enumerate([*names, *["Zz"] * more])]
    made = {each.key: json.loads(each.content) for each in build_search(CODE, rows)}
    shards = {key.split("/")[-1].removesuffix(".json"): part for key, part in made.items() if "/cari/" in key}
    sizes: Mapping[str, int] = shards.pop("index")["shards"]
    assert {letters: len(part["items"]) for letters, part in shards.items()} == sizes
    return {letters: [tuple(each) for each in part["items"]] for letters, part in shards.items()}


@pytest.mark.parametrize(("count", "sharded"), [(LARGE, False), (LARGE + 1, True)])
def test_only_a_large_list_is_divided(count: int, sharded: bool) -> None:
    public = PublicList(INSTITUTION.edition, Clean(people(count)))
    made = {each.key: each.content for each in build_list(INSTITUTION, public, NOON)}
    assert any("/cari/" in key for key in made) == sharded
    assert (f'data-shards="/{THERE}/cari/"'.encode() in made[f"{THERE}/index.html"]) == sharded
    assert len(json.loads(made[f"{THERE}/index.json"])["items"]) == count, "whole for whoever checks it"


def test_a_row_stands_once_under_each_beginning_of_its_words() -> None:
    shards = built(["Dr. Siti Nur'aini, S.Pd.", "Âdam Sitorus Siregar", None])
    found = {letters: [each[1] for each in part] for letters, part in shards.items() if letters != "zz"}
    by_words = {letters: numbers for letters, numbers in found.items() if "-" not in letters}
    one, two = ["REG000000"], ["REG000001"]
    assert by_words == {"dr": one, "si": [*one, *two], "nu": one, "ai": one, "s": one, "pd": one, "ad": two}
    assert "REG000002" in found["no-2"], "a withheld row is found by its number"


def test_a_part_that_is_too_large_is_told_apart_by_a_third_letter() -> None:
    shards = built(["Mu", *["Mustafa"] * MAX_ROWS, "Muhammad"], more=0)
    assert {letters for letters in shards if letters.startswith("mu")} == {"mu", "mus", "muh"}
    assert [each[0] for each in shards["mu"]] == ["Mu"]
    assert [each[0] for each in shards["muh"]] == ["Muhammad"]


@examples(max_examples=8, deadline=None)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_every_name_is_where_the_page_looks_for_it(names: list[str]) -> None:
    rows = [row(n, name) for n, name in enumerate(names)]
    shards = built(names)
    for each in rows:
        assert each in shards[f"no-{str(each[1])[-1]}"]
        for word in words(each[0] or ""):
            assert each in shards[word[:2]]


def test_what_is_withdrawn_leaves_no_part_behind(world: World) -> None:
    public = PublicList(INSTITUTION.edition, Clean(people(LARGE + 1)))
    search_only = [each for each in build_list(INSTITUTION, public, NOON) if each.key.endswith(".json")]
    write_objects(CODE, site.load_manifest(CODE), search_only)
    assert f"{THERE}/cari/index.json" in world.site()
    put()
    assert world.site() == {}
