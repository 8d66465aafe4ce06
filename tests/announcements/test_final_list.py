"""The final list comes only from the seal, and only if it is what was sealed."""

import json

import pytest

from services.announcements.settings import settings
from services.kernel.aws import s3
from services.kernel.states import Category, PersonState, Phase
from tests.announcements.world import CODE, World


def test_the_sealed_list_takes_the_place_of_the_pre_final_one(world: World) -> None:
    accepted, doubtful = world.person(1, state=PersonState.MEMENUHI_SYARAT), world.person(2)
    world.prefinal(accepted, doubtful)
    assert len(world.names()) == 2
    fact = world.sealed_list([accepted])
    world.published(world.phase(Phase.FINAL, v=3), fact)
    assert world.names() == ["Orang Contoh 0001"]
    page = world.page()
    assert "FINAL: daftar bersegel" in page
    assert fact.root in page
    assert "31 Oktober 2022 pukul 17.02 WIB" in page
    assert "SPTJM belum diterima BKN" in page
    assert "Orang Contoh 0002" not in page


def test_the_final_list_says_how_many_are_not_on_it_and_why(world: World) -> None:
    accepted = world.person(1, state=PersonState.MEMENUHI_SYARAT)
    world.prefinal(accepted, world.person(2), world.person(3))
    world.published(world.numbered(1, total=1501))
    sealed_as = {"MEMENUHI_SYARAT": 1, "BELUM_DIVERIFIKASI": 1497, "TIDAK_MEMENUHI_SYARAT": 2, "DIHAPUS": 5, "DRAF": 4}
    world.published(world.phase(Phase.FINAL, v=3), world.sealed_list([accepted], by_state=sealed_as))
    page = world.page()
    assert "memuat 1.501 nama." in page
    assert "1.499 orang yang didaftarkan instansi tidak ada pada daftar final ini" in page
    assert "1.497 belum diverifikasi sampai data dikunci, 2 diputuskan tidak memenuhi syarat." in page
    assert 'href="/masuk/"' in page
    assert "sampaikan usulan" not in page
    english = world.page(f"en/pengumuman/{CODE}/index.html")
    assert "1,497 not verified before the data were locked, 2 found not eligible." in english


@pytest.mark.parametrize("by_state", [{"MEMENUHI_SYARAT": 1}, {"MEMENUHI_SYARAT": 1, "DIHAPUS": 3}])
def test_where_all_are_on_it_nobody_is_said_to_be_missing(world: World, by_state: dict[str, int]) -> None:
    accepted = world.person(1, state=PersonState.MEMENUHI_SYARAT)
    world.prefinal(accepted)
    world.published(world.phase(Phase.FINAL, v=3), world.sealed_list([accepted], by_state=by_state))
    assert "tidak ada pada daftar final" not in world.page()


def test_between_lock_and_seal_the_pre_final_list_stays(world: World) -> None:
    world.prefinal(world.person(1))
    world.published(world.phase(Phase.FINAL, v=3))
    assert "PRAFINAL" in world.page()


def test_a_seal_that_overtakes_its_phase_is_enough(world: World) -> None:
    world.prefinal(world.person(1))
    world.published(world.sealed_list([world.person(1)]))
    assert "FINAL: daftar bersegel" in world.page()


def test_the_accepted_sptjm_is_shown(world: World) -> None:
    world.prefinal()
    world.published(world.sealed_list([]), world.phase(Phase.SPTJM_DITERIMA, v=4, sptjm="DITERIMA"))
    assert "SPTJM sudah diterima BKN." in world.page()


def test_after_the_seal_nothing_moves_the_list(world: World) -> None:
    world.prefinal(world.person(1))
    world.published(world.sealed_list([world.person(1)]))
    before = world.writes()
    world.published(world.person(2), world.person(1, v=2, state=PersonState.DIHAPUS))
    world.minute()
    assert world.names() == ["Orang Contoh 0001"]
    assert world.writes() == before


def test_reopening_withdraws_the_final_list(world: World) -> None:
    world.prefinal(world.person(1))
    world.published(world.sealed_list([world.person(1)]), world.phase(Phase.FINAL, v=3))
    world.published(world.phase(Phase.PRAFINAL, v=4, epoch=2))
    assert "PRAFINAL" in world.page()
    world.published(world.sealed_list([], epoch=2), world.phase(Phase.FINAL, v=5, epoch=2))
    assert "FINAL: daftar bersegel" in world.page()
    assert world.names() == []


def test_the_accepted_list_stays_while_verdicts_alone_are_open_again(world: World) -> None:
    """Domain.md, section 3, *BKN*: the accepted SPTJM counts until the new one is accepted; it is of its list alone."""
    world.prefinal(world.person(1), world.person(2))
    first = world.sealed_list([world.person(1)])
    world.published(first, world.phase(Phase.SPTJM_DITERIMA, v=3, sptjm="DITERIMA", accepted=1))
    for v, phase in ((4, Phase.PRAFINAL), (5, Phase.FINAL)):
        world.published(world.phase(phase, v=v, epoch=2, accepted=1))
        assert world.names() == ["Orang Contoh 0001"], "also between the lock and the new seal"
        assert "SPTJM sudah diterima BKN." in world.page()
        world.minute()
        assert ">Ada<" in world.page("pengumuman/index.html")
    world.published(world.sealed_list([world.person(1), world.person(2)], epoch=2))
    assert len(world.names()) == 2
    assert "SPTJM belum diterima BKN" in world.page(), "not yet that of this list"
    world.published(world.phase(Phase.SPTJM_DITERIMA, v=6, epoch=2, sptjm="DITERIMA", accepted=2))
    assert "SPTJM sudah diterima BKN." in world.page()


def test_the_seal_of_an_earlier_epoch_is_late(world: World) -> None:
    old, new = world.sealed_list([world.person(1)], epoch=1), world.sealed_list([world.person(2)], epoch=2)
    world.prefinal()
    world.published(new, world.phase(Phase.FINAL, v=3, epoch=2))
    world.published(old)
    assert world.names() == ["Orang Contoh 0002"]


def line(**changed: object) -> bytes:
    fields = {
        "nomor_registrasi": "REG000001",
        "nama": "Orang Contoh 0001",
        "unit_kerja": "Dinas Contoh",
        "jabatan": "Guru",
        "kategori": "NON-ASN",
        "salt": "aa" * 16,
        "commitment": "bb" * 32,
    }
    return json.dumps({**fields, **changed}).encode() + b"\n"


@pytest.mark.parametrize(
    "content",
    [
        line(nik="9901010101010001"),
        line(state="MEMENUHI_SYARAT"),
        line(kategori="PNS"),
        b'{"nama": "x"}\n',
        b"not json\n",
        b"",
        line() + line(nomor_registrasi="REG000002"),
        line(kategori="THK-II"),
    ],
    ids=["nik", "state", "category", "fields", "json", "empty", "more", "counts"],
)
def test_a_list_that_is_not_as_agreed_is_refused(world: World, content: bytes) -> None:
    person = world.person(1)
    world.prefinal(person)
    world.published(world.sealed_bytes(content, [person]), world.phase(Phase.FINAL, v=3))
    assert "PRAFINAL" in world.page()
    assert world.names() == ["Orang Contoh 0001"]
    assert "9901010101010001" not in "".join(world.site().values())


def test_a_list_out_of_order_is_refused(world: World) -> None:
    people = [world.person(1), world.person(2)]
    content = line(nomor_registrasi="REG000002") + line(nomor_registrasi="REG000001")
    world.prefinal(*people)
    world.published(world.sealed_bytes(content, people))
    assert "PRAFINAL" in world.page()


def test_another_hash_is_refused_and_told(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.prefinal(world.person(1))
    fact = world.sealed_list([world.person(1)]).model_copy(update={"root": "0" * 64})
    world.published(fact)
    assert "PRAFINAL" in world.page()
    assert "0" * 64 not in world.page()
    (told,) = [record for record in caplog.records if getattr(record, "line", "") == "ANN002"]
    assert (told.levelname, getattr(told, "code", "")) == ("ERROR", "root")


def test_salts_and_commitments_stand_beside_the_list(world: World) -> None:
    people = [world.person(2), world.person(1)]
    fact = world.sealed_list(people)
    world.published(world.opened(), fact)
    proof = json.loads(world.page(f"pengumuman/{CODE}/segel.json"))
    assert proof["rows"] == [[f"REG00000{n}", "aa" * 16, "bb" * 32] for n in (1, 2)]
    assert (proof["v"], proof["manifest"]["list"]["root"], proof["signature"]) == (1, fact.root, "c2lnbmF0dXJl")
    assert "aa" * 16 not in world.page() + world.page(f"pengumuman/{CODE}/index.json")


def test_a_list_without_its_manifest_is_refused(world: World) -> None:
    world.prefinal(world.person(1))
    fact = world.sealed_list([world.person(1)])
    world.published(fact.model_copy(update={"manifest_key": "seals/not-yet"}))
    assert "PRAFINAL" in world.page()
    assert f"pengumuman/{CODE}/segel.json" not in world.site()


def test_a_manifest_of_another_list_is_refused(world: World) -> None:
    world.prefinal(world.person(1))
    other = world.sealed_list([world.person(2)], epoch=7)
    world.published(world.sealed_list([world.person(1)]).model_copy(update={"manifest_key": other.manifest_key}))
    assert "PRAFINAL" in world.page()


def test_a_missing_list_is_looked_for_again(world: World) -> None:
    world.prefinal(world.person(1))
    fact = world.sealed_list([world.person(1)])
    world.published(fact.model_copy(update={"list_key": "lists/not-yet"}))
    assert "PRAFINAL" in world.page()
    content = s3.read(settings().exports_bucket, fact.list_key) or b""
    s3.write(settings().exports_bucket, "lists/not-yet", content, content_type="application/jsonl")
    world.found_in("lists/not-yet")
    world.minute()
    assert "PRAFINAL" in world.page()
    world.minute(minutes=5)
    assert "FINAL: daftar bersegel" in world.page()


def test_a_refused_list_without_uji_publik_before_it(world: World) -> None:
    """Locked at the deadline without pre-finalizing: the directory says so, and the phase shows the list."""
    world.published(world.opened(), world.person(1, kategori=Category.THK_II), world.phase(Phase.FINAL))
    assert f'href="/pengumuman/{CODE}/"' in world.page("pengumuman/index.html")
