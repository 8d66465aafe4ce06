"""Statements of unit heads: whose they are, until when they are taken in, and which unit has one."""

from datetime import timedelta

import pytest

from services.kernel.documents import MB, DocumentType, FileState, is_unit_of, unit_place
from services.kernel.documents.ids import file_id
from services.kernel.security.sessions import Role
from services.kernel.writes.calendar import DEFAULT_2022, Window
from tests.documents.world import INSTITUTION, OTHER, World
from tests.permissions.matrix import rules_of
from tests.support.aws import FILES_KEY

UNIT = DocumentType.SURAT_UNIT
CLOSES = DEFAULT_2022[Window.VERIFICATION].closes
LIST = f"/institutions/{INSTITUTION}/unit-statements"


def statements(world: World, role: Role = Role.PPK) -> dict[str, str]:
    """Which file stands for which unit."""
    answer = world.get(LIST, world.staff(role, None if role in {Role.BKN, Role.AUDITOR} else INSTITUTION))
    assert answer.status == 200, answer.text
    return {each["place"]: each["file"] for each in answer.json["items"]}


@pytest.mark.parametrize("role", [Role.ADMIN, Role.PPK])
def test_it_is_handed_in_and_found_by_its_unit(world: World, role: Role) -> None:
    file = world.accepted(UNIT, token=world.staff(role))
    assert file == file_id(f"I{INSTITUTION}", UNIT, 1)
    for reader in (Role.ADMIN, Role.PPK, Role.BKN, Role.AUDITOR):
        assert statements(world, reader) == {world.place(): file}
        token = world.staff(reader, None if reader in {Role.BKN, Role.AUDITOR} else INSTITUTION)
        assert world.get(f"/files/{file}/link", token).status == 303


def test_a_later_one_replaces_that_of_its_unit_alone(world: World) -> None:
    token = world.staff(Role.PPK)
    first, other = world.accepted(UNIT, token=token), world.accepted(UNIT, token=token, riwayat=world.place("ffff0000"))
    second = world.accepted(UNIT, token=token)
    assert statements(world) == {world.place(): second, world.place("ffff0000"): other}
    assert (world.state(first), world.state(other)) == (FileState.DIGANTI, FileState.DITERIMA)


def test_what_was_refused_counts_nowhere_and_says_why(world: World) -> None:
    token = world.staff(Role.ADMIN)
    file = world.uploaded(UNIT, b"no picture", token=token)
    told = world.get(f"/uploads/{file}", token).json
    assert told["state"] == "DITOLAK"
    assert "pernyataan kepala unit" in told["message"].lower()
    assert statements(world) == {}


@pytest.mark.parametrize(
    "place",
    ["a1b2c3d4", "pertama", unit_place(b"another key", INSTITUTION, "a1b2c3d4"), unit_place(FILES_KEY, OTHER, "a1")],
)
def test_a_unit_that_the_institution_does_not_have_is_refused(world: World, place: str) -> None:
    (problem,) = world.ask(UNIT, token=world.staff(Role.ADMIN), riwayat=place).json["fields"]
    assert (problem["field"], problem["code"]) == ("riwayat", "unknown")


def test_it_names_a_unit_and_nobody(world: World) -> None:
    token = world.staff(Role.ADMIN)
    (missing,) = world.ask(UNIT, token=token, riwayat=None).json["fields"]
    (person,) = world.ask(UNIT, token=token, orang="aaaabbbbccccdddd").json["fields"]
    assert (missing["code"], person["code"]) == ("missing", "unexpected")
    assert world.ask(UNIT, token=token, ukuran=MB + 1).status == 422


def test_it_is_taken_in_until_verification_closes_and_read_afterwards(world: World) -> None:
    """Whoever asked in time may send, and what he sends counts."""
    world.cloud.at(CLOSES - timedelta(minutes=1))
    token = world.staff(Role.PPK)
    file = world.promised(UNIT, token=token)
    world.cloud.at(CLOSES)
    assert world.ask(UNIT, token=token).code == "window-closed"
    assert world.ask(DocumentType.SPTJM, token=token).status == 201, "which has a window of its own"
    world.lanes_closed()
    assert statements(world) == {}
    assert world.inspect(world.send(file, b"no picture")) == []
    assert world.state(file["id"]) is FileState.DITOLAK


def test_a_locked_institution_takes_none_in(world: World) -> None:
    world.lanes_closed()
    assert world.ask(UNIT, token=world.staff(Role.PPK)).status == 410


def test_who_reads_which_units_have_one(world: World) -> None:
    (rule,) = rules_of("/documents/institutions")
    for role in Role:
        token = world.person() if role is Role.HONORER else world.staff(role)
        assert world.get(LIST, token).status == (200 if role in rule.roles else 403)
    assert world.get(LIST, world.staff(Role.PPK, OTHER)).status == 404
    assert world.get(LIST).status == 401


def test_a_place_proves_its_unit_and_its_institution() -> None:
    place = unit_place(FILES_KEY, INSTITUTION, "a1b2c3d4")
    assert is_unit_of(FILES_KEY, INSTITUTION, place)
    assert not is_unit_of(FILES_KEY, OTHER, place)
    assert not any(is_unit_of(FILES_KEY, INSTITUTION, text) for text in ("", "pertama", place[:-1], "b" + place[1:]))
