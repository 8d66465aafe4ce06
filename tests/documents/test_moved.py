"""A NIK was corrected: the files stay where they are, and are of whoever goes on under the right one."""

import pytest

from services.documents import app as entry
from services.kernel.documents import DocumentType
from services.kernel.events.facts import PersonMoved
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from tests.documents.world import INSTITUTION, PERSON, UNIT, World, good_file
from tests.support.aws import Answer, envelope, queued

KTP, FOTO, SK = DocumentType.KTP, DocumentType.FOTO, DocumentType.SK
RIGHT, LATER = "ccccddddeeeeffff", "ccccddddeeeeffff01"


def move(world: World, before: str = PERSON, after: str = RIGHT, *, listed: bool = True) -> None:
    """What registration tells of a correction: both records, and which follows which."""
    moved = PersonMoved(institution=INSTITUTION, v=1, pid=after, before=before)
    assert entry.on_fact(queued([envelope(moved)]), None) == {"batchItemFailures": []}
    if listed:
        world.deliver(world.listed(before, v=9, state=PersonState.DIHAPUS), world.listed(after))


def link(world: World, file: str, token: str) -> Answer:
    return world.get(f"/files/{file}/link", token)


def listed_ids(world: World, pid: str, token: str) -> list[str]:
    return [item["id"] for item in world.get(f"/people/{pid}/files", token).json["items"]]


def test_he_opens_what_he_sent_under_the_wrong_nik(world: World) -> None:
    world.deliver(world.listed())
    ktp, foto = world.accepted(KTP), world.accepted(FOTO, orang=PERSON, token=world.staff(Role.OPERATOR))
    move(world)
    assert link(world, ktp, world.person(RIGHT)).status == 303
    assert link(world, foto, world.person(RIGHT)).code == "forbidden"
    assert listed_ids(world, RIGHT, world.person(RIGHT)) == listed_ids(world, PERSON, world.staff(Role.OPERATOR))
    assert world.trail()[-1]["action"] != "read-file"


def test_whoever_still_holds_a_token_of_the_old_record_opens_nothing_more(world: World) -> None:
    world.deliver(world.listed())
    ktp = world.accepted(KTP)
    move(world)
    assert link(world, ktp, world.person()).code == "not-found"
    assert world.ask(KTP).code == "not-found"


def test_staff_open_them_by_the_unit_he_is_in_now_and_it_is_written_on_his_chain(world: World) -> None:
    world.deliver(world.listed())
    ktp = world.accepted(KTP)
    move(world)
    world.deliver(world.listed(RIGHT, v=2, unit_kerja="Unit Lain"))
    assert link(world, ktp, world.staff(Role.VERIFIKATOR, units=[UNIT])).code == "not-found"
    assert link(world, ktp, world.staff(Role.VERIFIKATOR, units=["Unit Lain"])).status == 303
    assert world.trail(RIGHT)[-1]["action"] == "read-file"
    assert listed_ids(world, RIGHT, world.staff(Role.OPERATOR)) == [ktp]


def test_a_newer_file_counts_also_where_its_number_is_lower(world: World) -> None:
    world.deliver(world.listed())
    for _ in range(2):
        world.accepted(KTP)
    move(world)
    newer = world.accepted(KTP, token=world.person(RIGHT))
    assert newer == f"{RIGHT}.KTP.1"
    assert listed_ids(world, RIGHT, world.staff(Role.OPERATOR)) == [newer]


def test_papers_for_an_appointment_of_before_are_taken(world: World) -> None:
    world.deliver(world.listed())
    row = world.row()
    move(world)
    assert world.ask(SK, riwayat=row, token=world.person(RIGHT)).status == 201
    assert world.ask(SK, riwayat=world.row("eeeeffffgggghhhh"), token=world.person(RIGHT)).code == "invalid-fields"


def test_a_file_on_its_way_is_inspected_and_told_of_the_old_record(world: World) -> None:
    world.deliver(world.listed())
    promise = world.promised(KTP)
    move(world)
    assert world.inspect(world.send(promise, good_file(KTP))) == []
    assert link(world, promise["id"], world.person(RIGHT)).status == 303
    told = [fact["detail"]["subject"] for fact in world.relayed() if fact["detail-type"] == "file.accepted"]
    assert told == [PERSON]


def test_a_correction_of_a_correction_leads_on(world: World) -> None:
    world.deliver(world.listed())
    ktp = world.accepted(KTP)
    move(world)
    foto = world.accepted(FOTO, token=world.person(RIGHT))
    move(world, RIGHT, LATER)
    for file in (ktp, foto):
        assert link(world, file, world.person(LATER)).status == 303
    assert sorted(listed_ids(world, LATER, world.staff(Role.OPERATOR))) == sorted([ktp, foto])


@pytest.mark.parametrize("first", ["moved", "listed"])
def test_the_facts_come_in_any_order_and_twice(world: World, first: str) -> None:
    world.deliver(world.listed())
    ktp = world.accepted(KTP)
    if first == "listed":
        world.deliver(world.listed(PERSON, v=9, state=PersonState.DIHAPUS), world.listed(RIGHT))
    for _ in range(2):
        move(world, listed=first == "moved")
    assert link(world, ktp, world.person(RIGHT)).status == 303
    assert (world.head(RIGHT).came_from, world.head().went_to) == (PERSON, RIGHT)
