"""What is public when: phases, debounce, the directory, and only what changed being written."""

import json
import re
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from services.announcements.pages.publish import publish
from services.kernel import clock
from services.kernel.aws import clients
from services.kernel.states import ON_PREFINAL_LIST, Category, PersonState, Phase
from tests.announcements.test_write_objects import break_off
from tests.announcements.world import CLOSES, CODE, NOON, OTHER, World

LIST = {f"pengumuman/{CODE}/index.json", f"pengumuman/{CODE}/index.html", f"en/pengumuman/{CODE}/index.html"}
WAITING = {f"pengumuman/{CODE}/index.html", f"en/pengumuman/{CODE}/index.html"}
COUNTS = {f"pengumuman/{CODE}/laporan/index.html", f"en/pengumuman/{CODE}/laporan/index.html"}
DIRECTORY = {
    "pemberitahuan.json",
    "pengumuman/index.json",
    "pengumuman/index.html",
    "en/pengumuman/index.html",
    f"pengumuman/kontak/{CODE}.json",
    "pengumuman/kontak/index.html",
    "en/pengumuman/kontak/index.html",
}


def test_nothing_is_there_before_anything_is_told(world: World) -> None:
    world.publish()
    assert world.site() == {"pemberitahuan.json": "{}"}


@pytest.mark.parametrize("phase", list(Phase))
def test_people_are_public_from_pre_finalizing_on(world: World, phase: Phase) -> None:
    world.published(world.opened(), world.person(1), world.phase(phase))
    world.minute()
    public = phase in {Phase.PRAFINAL, Phase.FINAL, Phase.SPTJM_DITERIMA}
    assert set(world.site()) == DIRECTORY | COUNTS | (LIST if public else WAITING)
    assert ("Orang Contoh 0001" in "".join(world.site().values())) == public


@pytest.mark.parametrize("state", list(PersonState))
def test_who_is_on_the_pre_final_list(world: World, state: PersonState) -> None:
    world.prefinal(world.person(1, state=state))
    assert bool(world.names()) == (state in ON_PREFINAL_LIST)
    assert ("Orang Contoh" in "".join(world.site().values())) == (state in ON_PREFINAL_LIST)


def test_a_pre_final_list_says_that_it_is_one(world: World) -> None:
    world.prefinal(world.person(1), world.person(2, kategori=Category.THK_II))
    indonesian, english = world.page(), world.page(f"en/pengumuman/{CODE}/index.html")
    assert "PRAFINALISASI: uji publik, belum final" in indonesian
    assert "stage--prefinal" in indonesian
    assert "22 Oktober 2022 pukul 17.00 WIB" in indonesian
    assert 'class="seal"' not in indonesian
    assert 'lang="en"' in english
    for page in (indonesian, english):
        assert 'content="noindex' in page
        assert "Kabupaten Contoh Satu" in page
        assert f'data-index="/pengumuman/{CODE}/index.json"' in page
        assert "announcements/list.js" in page


def test_a_pre_final_list_shows_the_number_and_root_it_was_made_with(world: World) -> None:
    world.prefinal(world.person(1))
    assert "prafinalisasi nomor" not in world.page()
    world.published(world.numbered(1, total=3))
    assert "Daftar prafinalisasi nomor 1." in world.page()
    assert f'data-root="{1:064x}"' in world.page()
    assert "saat prafinalisasi (3 orang)" in world.page()
    assert f'data-root="{1:064x}"' in world.page(f"en/pengumuman/{CODE}/index.html")


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_the_newest_numbered_list_is_shown(world: World, order: tuple[int, int]) -> None:
    world.prefinal(world.person(1))
    world.published(*(world.numbered(v) for v in order))
    assert "Daftar prafinalisasi nomor 2." in world.page()
    assert f"{1:064x}" not in world.page()


def test_a_numbered_list_is_not_public_before_its_phase(world: World) -> None:
    world.published(world.opened(), world.numbered(1))
    assert set(world.site()) == DIRECTORY | COUNTS | WAITING
    assert "Belum mengumumkan daftar" in world.page()
    assert f"{1:064x}" not in world.page()


def test_who_has_announced_nothing_is_found_and_says_so(world: World) -> None:
    world.published(world.opened(), world.person(1))
    for page, words in ((world.page(), "Belum mengumumkan daftar"), (english(world), "No list announced yet")):
        assert words in page
        assert "Kabupaten Contoh Satu" in page
        assert f"/usulan/?instansi={CODE}" in page
        assert 'content="noindex' in page
        assert "Orang Contoh" not in page
    world.published(world.phase(Phase.TIDAK_MENDATA))
    assert "tidak mendaftarkan seorang pun" in world.page()
    assert "/usulan/?instansi" not in world.page()


def english(world: World) -> str:
    return world.page(f"en/pengumuman/{CODE}/index.html")


def test_a_list_takes_the_place_of_that_page(world: World) -> None:
    world.published(world.opened())
    world.published(world.phase(Phase.PRAFINAL), world.person(1))
    assert set(world.site()) == DIRECTORY | COUNTS | LIST
    assert "Belum mengumumkan daftar" not in world.page()


def test_the_index_is_what_the_search_reads(world: World) -> None:
    world.prefinal(world.person(2), world.person(1, kategori=Category.THK_II))
    assert json.loads(world.page(f"pengumuman/{CODE}/index.json")) == {
        "v": 1,
        "items": [
            ["Orang Contoh 0001", "REG000001", "Dinas Contoh", "Guru", "THK-II"],
            ["Orang Contoh 0002", "REG000002", "Dinas Contoh", "Guru", "NON-ASN"],
        ],
    }


def test_names_stand_in_the_order_people_look_them_up(world: World) -> None:
    spelt = ["de Fretes", "Âdam", "Zulfa", "'Aisyah", "adi"]
    world.prefinal(*(world.person(n, nama=name) for n, name in enumerate(spelt)))
    assert world.names() == ["Âdam", "adi", "'Aisyah", "de Fretes", "Zulfa"]


def test_what_people_type_is_text_on_the_page(world: World) -> None:
    world.prefinal(world.person(1, nama="<script>alert(1)</script>", unit_kerja="A & B"))
    assert "<script>alert" not in world.page()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in world.page()
    assert "A &amp; B" in world.page()


def test_an_institution_with_nobody_on_its_list_says_so(world: World) -> None:
    world.prefinal()
    assert "Belum ada nama pada daftar ini." in world.page()


def test_people_wait_a_minute_and_phases_do_not(world: World) -> None:
    world.tell(world.opened(), world.phase(Phase.PRAFINAL))
    world.publish()
    world.tell(world.person(1))
    world.cloud.at(clock.now() + timedelta(seconds=58))
    world.publish()
    assert world.names() == []
    world.cloud.at(clock.now() + timedelta(seconds=3))
    world.publish()
    assert world.names() == ["Orang Contoh 0001"]


def test_a_stream_of_changes_does_not_put_the_pages_off(world: World) -> None:
    world.prefinal()
    world.tell(world.person(1))
    world.cloud.at(clock.now() + timedelta(seconds=50))
    world.tell(world.person(2))
    world.cloud.at(clock.now() + timedelta(seconds=11))
    world.publish()
    assert world.names() == ["Orang Contoh 0001", "Orang Contoh 0002"]


def test_the_same_again_writes_nothing(world: World) -> None:
    world.prefinal(world.person(1))
    before = world.writes()
    world.tell(world.person(1), world.opened(), world.phase(Phase.PRAFINAL))
    world.minute()
    world.minute()
    assert world.writes() == before


def test_only_what_changed_is_written(world: World) -> None:
    world.prefinal(world.person(1))
    world.prefinal(world.person(1, OTHER), code=OTHER)
    before = world.writes()
    world.tell(world.person(1, v=2, jabatan="Kepala Sekolah"))
    world.minute()
    assert world.writes() - before == len(LIST)


def test_the_date_of_publication_stays(world: World) -> None:
    world.prefinal(world.person(1))
    world.tell(world.person(2))
    world.minute(minutes=60 * 24)
    assert "Diumumkan 5 Oktober 2022 pukul 12.01 WIB" in world.page()


def test_a_withdrawn_name_is_gone_and_not_kept(world: World) -> None:
    world.prefinal(world.person(1), world.person(2))
    world.tell(world.person(1, v=2, state=PersonState.DIHAPUS))
    world.minute()
    assert world.names() == ["Orang Contoh 0002"]
    stored = world.cloud.name("AnnTable")
    assert "Orang Contoh 0001" not in str(scan(stored))


def scan(table: str) -> object:
    return clients.dynamodb().scan(TableName=table)["Items"]


def test_the_directory_tells_who_stands_where(world: World) -> None:
    world.published(
        world.opened(),
        world.phase(Phase.PRAFINAL),
        world.person(1),
        world.opened(OTHER, title="Kota Contoh Dua"),
        world.phase(Phase.PENGINPUTAN, OTHER),
    )
    world.minute()
    page = world.page("pengumuman/index.html")
    assert f'href="/pengumuman/{CODE}/"' in page
    assert f'href="/pengumuman/{OTHER}/"' not in page
    assert "Kota Contoh Dua" in page
    assert "Belum diumumkan" in page
    assert "Prafinalisasi (uji publik)" in page
    assert page.count("Belum ada") == 2
    assert json.loads(world.page("pengumuman/index.json"))["items"] == [
        [CODE, "Kabupaten Contoh Satu"],
        [OTHER, "Kota Contoh Dua"],
    ]
    assert f'href="/en/pengumuman/{CODE}/"' in world.page("en/pengumuman/index.html")


def test_the_directory_follows_counts_phases_and_sptjm(world: World) -> None:
    world.prefinal(world.person(1))
    world.published(world.phase(Phase.SPTJM_DITERIMA, v=3, sptjm="DITERIMA"), world.person(2))
    world.minute()
    page = world.page("pengumuman/index.html")
    assert "SPTJM diterima" in page
    assert ">Ada<" in page
    assert ">2<" in page


def test_what_there_was_no_time_for_keeps_its_turn(world: World) -> None:
    world.tell(world.opened(), world.phase(Phase.PRAFINAL), world.person(1))
    publish(clock.now(), budget=0)
    assert world.site() == {}
    world.publish()
    assert set(world.site()) == DIRECTORY | COUNTS | LIST


def test_pages_that_could_not_be_written_hold_up_nobody_else(world: World) -> None:
    world.publish()  # the banner's file, which is written first
    world.tell(world.opened(), world.phase(Phase.PRAFINAL), world.person(1))
    world.tell(world.opened(OTHER), world.phase(Phase.PRAFINAL, OTHER))
    break_off("PutObject")
    with pytest.raises(ClientError):
        world.publish()
    world.publish()
    assert f"pengumuman/{OTHER}/index.json" in world.site()
    assert f"pengumuman/{CODE}/index.json" not in world.site(), "it is behind those that waited"
    world.minute()
    assert world.names() == ["Orang Contoh 0001"]


def test_an_institution_without_a_name_waits_for_it(world: World) -> None:
    world.published(world.phase(Phase.PRAFINAL), world.person(1))
    assert set(world.site()) == {"pemberitahuan.json"}
    world.published(world.opened())
    assert world.names() == ["Orang Contoh 0001"]


def test_a_new_name_is_shown(world: World) -> None:
    world.prefinal()
    world.published(world.opened(v=5, title="Kabupaten Contoh Baru"))
    assert "Kabupaten Contoh Baru" in world.page()
    assert "Kabupaten Contoh Baru" in world.page("pengumuman/index.html")


def test_a_window_that_moved_is_shown(world: World) -> None:
    world.prefinal()
    moved = world.phase(Phase.PRAFINAL, v=3).model_copy(update={"correction_closes": CLOSES + timedelta(days=3)})
    world.published(moved)
    assert "25 Oktober 2022 pukul 17.00 WIB" in world.page()
    assert NOON < CLOSES


def test_the_next_numbered_list_begins_uji_publik_anew(world: World) -> None:
    world.prefinal(world.person(1))
    first = since(world)
    world.minute(5)
    world.published(world.numbered(1))
    assert since(world) == first, "its number joins a list that is public already"
    world.minute(60)
    world.published(world.phase(Phase.PRAFINAL, v=3, epoch=2))
    assert since(world) == first, "an extension is no new list"
    world.minute(60)
    world.published(world.numbered(2))
    assert "Daftar prafinalisasi nomor 2." in world.page()
    assert since(world) != first


def since(world: World) -> str:
    """Since when the list is public, as its page says."""
    found = re.search(r"Diumumkan ([^.]+\.[^.]+)\.", world.page())
    assert found is not None
    return found[1]


@pytest.mark.parametrize("phase", [Phase.PENGINPUTAN, Phase.PRAFINAL])
def test_a_waiver_of_four_eyes_is_public(world: World, phase: Phase) -> None:
    world.published(world.opened(), world.phase(phase), world.person(1))
    assert "pengecualian" not in world.page() + world.page("pengumuman/index.html")
    world.published(world.waived(NOON, NOON + timedelta(days=2)))
    assert "sejak 5 Oktober 2022 pukul 12.00 WIB sampai 7 Oktober 2022 pukul 12.00 WIB" in world.page()
    assert f'href="/pengumuman/{CODE}/#pengecualian"' in world.page("pengumuman/index.html")
    assert "BKN waiver" in world.page(f"en/pengumuman/{CODE}/index.html")
