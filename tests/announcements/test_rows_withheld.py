"""On a sealed list a row with a personal number shows its own number only, until bkn releases it."""

import json
from typing import Any

import pytest
from pendataan_verify.public_list import check_list

from services.announcements import app as entry
from services.announcements.adapters import release_store
from services.announcements.pages.build_list import ROWS_A_PAGE
from services.announcements.publication.release_row import ReleaseBody, release_row
from services.announcements.settings import settings
from services.kernel.audit.chain import read
from services.kernel.aws import s3
from services.kernel.events.facts import PersonListed
from services.kernel.security import merkle
from services.kernel.security.canonical import canonical
from services.kernel.security.findings import PublishedField, RowFinding, findings_key
from services.kernel.security.personal_numbers import PersonalNumber
from services.kernel.security.sessions import Actor, Role
from services.kernel.states import Category, Phase
from tests.announcements.test_publication_stopped import PLACES, nothing_of
from tests.announcements.world import CODE, World
from tests.support.asking import request_of
from tests.support.auditing import Auditor
from tools.sample.planted import NIK

HIDDEN = [None, "REG000002", None, None, None]


def seal(world: World, *people: PersonListed, epoch: int = 1) -> None:
    """A final list, published."""
    world.published(*people, world.sealed_list(people, epoch=epoch), world.phase(Phase.FINAL, v=2 + epoch, epoch=epoch))
    world.minute()


def items(world: World) -> list[list[Any]]:
    found: list[list[Any]] = json.loads(world.page(f"pengumuman/{CODE}/index.json"))["items"]
    return found


def checked(world: World) -> Any:
    """What anybody's own check says of the files on the site."""
    files = (json.loads(world.page(f"pengumuman/{CODE}/{name}.json")) for name in ("index", "segel"))
    return check_list(*files)


@pytest.mark.parametrize(("name", "text", "kind"), PLACES)
def test_it_shows_its_number_only_and_everybody_else_is_published(
    world: World, caplog: pytest.LogCaptureFixture, name: str, text: str, kind: PersonalNumber
) -> None:
    changed: dict[str, Any] = {name: f"Contoh {text}", "kategori": Category.THK_II}
    planted = world.person(2, **changed)
    world.published(world.opened())
    seal(world, world.person(1), planted, world.person(3))
    nothing_of(world, text, caplog)
    assert world.names() == ["Orang Contoh 0001", "Orang Contoh 0003", None]
    assert items(world)[-1] == HIDDEN
    for path, words in ((f"pengumuman/{CODE}", "(disunting)"), (f"en/pengumuman/{CODE}", "(withheld)")):
        page = world.page(f"{path}/index.html")
        assert page.count(f">{words}<") == 4
        assert "REG000002" in page
        assert 'id="withheld"' in page
        assert "THK-II 1, Non-ASN 2" in page
    assert checked(world).broken == []
    assert checked(world).verdict == "SAMA SEJAUH DAPAT DIPERIKSA"
    view = world.publication(Role.ADMIN)
    assert (view["state"], view["rows"], view["releases"]) == ("DISUNTING", 1, [])
    assert [(one["nomor_registrasi"], one["person"], one["kind"]) for one in view["findings"]] == [
        ("REG000002", "pid0002xyz", kind.value)
    ]
    assert [getattr(one, "line", "") for one in caplog.records].count("ANN005") == 1
    assert world.release_by_two("REG000002").status == 201
    world.minute()
    assert len([one for one in world.names() if one]) == 3
    assert text in "".join(world.site().values())
    assert 'id="withheld"' not in world.page()
    assert (checked(world).broken, checked(world).verdict) == ([], "SAMA")
    assert world.publication()["state"] == "BERJALAN"


def test_the_leaf_stands_in_place_of_what_would_prove_it(world: World) -> None:
    """With the salt anybody could try what the row may say."""
    planted = world.person(2, nama=f"Siti {NIK}")
    world.published(world.opened())
    seal(world, world.person(1), planted)
    first, second = json.loads(world.page(f"pengumuman/{CODE}/segel.json"))["rows"]
    line = {
        "nomor_registrasi": "REG000002",
        "nama": planted.nama,
        "unit_kerja": planted.unit_kerja,
        "jabatan": planted.jabatan,
        "kategori": planted.kategori.value,
        "salt": "aa" * 16,
        "commitment": "bb" * 32,
    }
    assert first == ["REG000001", "aa" * 16, "bb" * 32]
    assert second == ["REG000002", merkle.leaf_hash(canonical(line)).hex(), None]


def test_its_place_does_not_tell_how_its_name_begins(world: World) -> None:
    people = [world.person(n, nama=f"{'ABCD'[n]} Contoh {NIK if n == 0 else ''}") for n in range(4)]
    people += [world.person(n) for n in range(4, ROWS_A_PAGE + 5)]
    world.published(world.opened())
    seal(world, *people)
    assert items(world)[-1] == [None, "REG000000", None, None, None]
    assert "REG000000" not in world.page()
    assert "REG000000" in world.page(f"pengumuman/{CODE}/2/index.html")


def test_what_only_registration_can_tell_is_withheld_too(world: World) -> None:
    people = [world.person(1), world.person(2, nama="Siti 17 Mei 1990")]
    fact = world.sealed_list(people)
    found = {"field": PublishedField.NAMA, "kind": PersonalNumber.BIRTH_DATE}
    world.found_in(fact.list_key, RowFinding(nomor_registrasi="REG000002", v=9, **found))
    world.published(world.opened(), fact)
    assert items(world)[-1] == HIDDEN
    assert "17 Mei 1990" not in "".join(world.site().values())


def test_a_sealed_list_that_registration_did_not_search_is_not_published(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.prefinal(world.person(1))
    fact = world.sealed_list([world.person(1)])
    s3.remove(settings().exports_bucket, findings_key(fact.list_key))
    world.published(fact)
    assert "PRAFINAL" in world.page()
    (told,) = [one for one in caplog.records if getattr(one, "line", "") == "ANN002"]
    assert getattr(told, "code", "") == "unsearched"
    world.found_in(fact.list_key)
    world.minute(minutes=6)
    assert "FINAL: daftar bersegel" in world.page()


def test_hashes_and_salts_that_look_like_numbers_are_ours(world: World) -> None:
    """One of a hundred random hashes holds sixteen decimal digits in a row."""
    line = {
        "nomor_registrasi": "0812345678",
        "nama": "Orang Contoh 0001",
        "unit_kerja": "Dinas Contoh",
        "jabatan": "Guru",
        "kategori": "NON-ASN",
        "salt": NIK * 2,
        "commitment": NIK * 4,
    }
    person = world.person(1, nomor_registrasi="0812345678")
    world.published(world.opened(), world.sealed_bytes(canonical(line) + b"\n", [person]))
    assert world.names() == ["Orang Contoh 0001"]
    assert NIK * 4 in world.page(f"pengumuman/{CODE}/segel.json")
    assert world.publication()["state"] == "BERJALAN"
    assert checked(world).verdict == "SAMA"


@pytest.mark.parametrize("field", ["salt", "commitment", "nomor_registrasi"])
def test_what_is_exempt_must_have_the_form_that_exempts_it(world: World, field: str) -> None:
    line = {
        "nomor_registrasi": "REG000001",
        "nama": "Orang Contoh",
        "unit_kerja": "Dinas Contoh",
        "jabatan": "Guru",
        "kategori": "NON-ASN",
        "salt": "aa" * 16,
        "commitment": "bb" * 32,
        field: "siti@contoh.id",
    }
    world.prefinal(world.person(1))
    world.published(world.sealed_bytes(canonical(line) + b"\n", [world.person(1)]))
    assert "PRAFINAL" in world.page()
    assert "siti@contoh.id" not in "".join(world.site().values())


@pytest.fixture
def withheld(world: World) -> World:
    """A final list of three, the second of them withheld."""
    world.published(world.opened())
    seal(world, world.person(1), world.person(2, nama=f"Siti {NIK}"), world.person(3))
    return world


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.BKN])
def test_nobody_but_bkn_releases(withheld: World, role: Role) -> None:
    answer = withheld.release("REG000002", role=role)
    assert (answer.status, answer.code) == (403, "forbidden")
    withheld.minute()
    assert items(withheld)[-1] == HIDDEN


@pytest.mark.parametrize("number", ["REG000001", "REG000009", "", "REG#000002"])
def test_only_what_is_withheld_is_released(withheld: World, number: str) -> None:
    answer = withheld.release(number)
    assert (answer.status, answer.code) == (404, "not-found")
    assert list(read(release_store.LANE.log(CODE).chain)) == []


def test_before_the_seal_nothing_is_released(world: World) -> None:
    world.prefinal(world.person(2, nama=f"Siti {NIK}"))
    assert world.publication()["state"] == "BERHENTI"
    assert world.release("REG000002").code == "not-found"


def test_a_release_is_on_record_and_shown(withheld: World) -> None:
    answer = withheld.release("REG000002", reason="Angka itu nomor gedung.")
    assert answer.status == 201
    (mine,) = answer.json["approvals"]
    assert (answer.json["released"], mine["reason"], mine["mine"]) == (False, "Angka itu nomor gedung.", True)
    (link,) = read(release_store.LANE.log(CODE).chain)
    assert (link["actor"], link["action"]) == ("bkn-1", "approve-release")
    withheld.minute()
    assert items(withheld)[-1] == HIDDEN
    for released, sub in ((False, ""), (True, "bkn-2")):
        if sub:
            assert withheld.release("REG000002", sub=sub).json["released"] is True
        for role in (Role.ADMIN, Role.AUDITOR):
            (shown,) = withheld.publication(role)["releases"]
            assert (shown["nomor_registrasi"], shown["released"]) == ("REG000002", released)
            assert {one["mine"] for one in shown["approvals"]} == {False}


def test_a_release_keeps_its_trail_whole(withheld: World, caplog: pytest.LogCaptureFixture) -> None:
    withheld.release("REG000002")
    withheld.minute()
    auditor = Auditor(entry, caplog)
    assert auditor.day() == []
    (anchor,) = auditor.anchors(CODE)
    assert (anchor.chains, anchor.links) == (1, 1)


def test_twice_is_once(withheld: World) -> None:
    first = withheld.release("REG000002", headers={"Idempotency-Key": "one-and-the-same"})
    again = withheld.release("REG000002", headers={"Idempotency-Key": "one-and-the-same"})
    assert (again.status, again.json) == (201, first.json)
    answer = withheld.release("REG000002")
    assert (answer.status, answer.code) == (409, "conflict")
    assert withheld.release("REG000002", sub="bkn-2").status == 201
    assert withheld.release("REG000002", sub="bkn-3").code == "conflict"
    withheld.minute()
    assert withheld.release("REG000002").code == "not-found"


@pytest.mark.parametrize("reason", ["pendek", f"Angka {NIK} bukan NIK siapa pun.", "Milik siti@contoh.id saja."])
def test_a_reason_is_asked_for_and_holds_no_number(withheld: World, reason: str) -> None:
    answer = withheld.release("REG000002", reason=reason)
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert [field["field"] for field in answer.json["fields"]] == ["reason"]


def approve(sub: str) -> Any:
    """Somebody of bkn agrees."""
    actor = Actor(id=sub, role=Role.BKN, institution=None)
    body = ReleaseBody(nomor_registrasi="REG000002", reason="Nomor itu bukan milik siapa pun.")
    return release_row(CODE, body, request_of(actor))


def test_two_different_people_are_two(withheld: World) -> None:
    assert approve("bkn-1").released is False
    assert release_store.released(CODE, 1) == []
    with pytest.raises(Exception, match="conflict"):
        approve("bkn-1")
    assert release_store.released(CODE, 1) == []
    view = approve("bkn-2")
    assert (view.released, [one.mine for one in view.approvals]) == (True, [False, True])
    assert release_store.released(CODE, 1) == ["REG000002"]
    with pytest.raises(Exception, match="conflict"):
        approve("bkn-3")


def test_a_release_is_of_one_seal(withheld: World) -> None:
    """After a reopening the row may say something else; it is looked at anew."""
    withheld.release_by_two("REG000002")
    withheld.minute()
    assert None not in withheld.names()
    people = [withheld.person(n, v=2, **({"jabatan": f"Guru {NIK}"} if n == 2 else {})) for n in (1, 2, 3)]
    seal(withheld, *people, epoch=2)
    assert items(withheld)[-1] == HIDDEN
    assert withheld.publication()["releases"] == []
    assert withheld.release_by_two("REG000002").status == 201
    withheld.minute()
    assert None not in withheld.names()
