"""An institution's list of units: kept by its admin, a tree without doubles, followed by whoever is limited to it."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.problems import FieldProblem, Problem
from services.kernel.security.sessions import Role
from services.kernel.values.units import is_among, unit_key
from services.registration.access.unit_scope import fits_token, require_assignable, units_of
from services.registration.adapters import account_store, unit_store
from services.registration.model.unit import MAX_UNITS, Unit, Units
from services.registration.units.list_units import count_people
from tests.registration.listed import INSTITUTION, portal
from tests.registration.staff import Desk, desk, readings, row
from tests.support.aws import Answer, Cloud
from tests.support.gates import open_gate

__all__ = ["portal"]

TREE = [["Dinas Pendidikan", "SDN 1 Contoh"], ["Dinas Pendidikan", "SDN 2 Contoh"], ["Dinas Kesehatan"]]


@pytest.fixture
def admin(portal: Cloud) -> Desk:
    """The admin, who has pasted a first list of four units."""
    made = desk(portal, Role.ADMIN)
    answer = made.call("POST", "/units", {"v": 0, "paths": TREE})
    assert answer.json == {"v": 1, "units": 4, "signed_out": 0}
    return made


def shown(who: Desk) -> list[dict[str, Any]]:
    """The list as somebody sees it."""
    found: list[dict[str, Any]] = who.call("GET", "/units").json["items"]
    return found


def names(who: Desk) -> list[str]:
    """Its names, in order."""
    return [unit["name"] for unit in shown(who)]


def identifier(admin: Desk, name: str) -> str:
    """The id of a unit."""
    return next(str(unit["id"]) for unit in shown(admin) if unit["name"] == name)


def edit(admin: Desk, unit: str, v: int = 1, **changes: Any) -> Answer:
    """Change one unit."""
    return admin.call("PATCH", f"/units/{identifier(admin, unit)}", {"v": v, **changes})


def remove(admin: Desk, name: str, into: str | None = None, v: int = 1) -> Answer:
    """Take one unit off the list."""
    target = identifier(admin, into) if into else None
    return admin.call("DELETE", f"/units/{identifier(admin, name)}", {"v": v, "into": target})


def faults(answer: Answer) -> list[tuple[str, str]]:
    """What is wrong with which field."""
    return [(one["field"], one["code"]) for one in answer.json["fields"]]


def token_units(who: Desk) -> tuple[str, ...]:
    """What the next token of this member of staff will name."""
    account = account_store.load(who.actor.id)
    assert account is not None
    return units_of(account)


def token_version(who: Desk) -> int:
    """Below which tokens of this member of staff are over."""
    account = account_store.load(who.actor.id)
    assert account is not None
    return account.token_version


def test_a_pasted_list_is_a_tree(admin: Desk) -> None:
    by_id = {unit["id"]: unit["name"] for unit in shown(admin)}
    assert [(unit["name"], by_id.get(unit["parent"])) for unit in shown(admin)] == [
        ("Dinas Pendidikan", None),
        ("SDN 1 Contoh", "Dinas Pendidikan"),
        ("SDN 2 Contoh", "Dinas Pendidikan"),
        ("Dinas Kesehatan", None),
    ]


def test_what_is_there_already_stays_and_versions_hold(admin: Desk) -> None:
    again = {"v": 1, "paths": [["DINAS PENDIDIKAN", "SD N 3 Contoh"], ["sdn 1 contoh"]]}
    assert admin.call("POST", "/units", again).json["units"] == 5
    assert admin.call("POST", "/units", again).code == "version-moved"
    assert admin.call("POST", "/units", {"v": 0, "paths": [["Unit"]]}).code == "version-moved"


def test_the_same_key_adds_once(admin: Desk) -> None:
    wanted = {"v": 1, "paths": [["Dinas Sosial"]]}
    first = admin.call("POST", "/units", wanted, headers={"Idempotency-Key": "satu-dua-tiga"})
    assert admin.call("POST", "/units", wanted, headers={"Idempotency-Key": "satu-dua-tiga"}).json == first.json


def test_a_name_that_stands_elsewhere_is_named(admin: Desk) -> None:
    answer = admin.call("POST", "/units", {"v": 1, "paths": [["Dinas Kesehatan", "SDN-1 Contoh"], ["Dinas Baru"]]})
    assert faults(answer) == [("paths.0", "unit-elsewhere")]
    assert len(shown(admin)) == 4


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Budi 081234567890", "personal-number"),
        ("9901014101900001", "personal-number"),
        (" . - ", "missing"),
        ("x" * 151, "string-too-long"),
    ],
)
def test_names_are_published_and_must_be_names(admin: Desk, name: str, code: str) -> None:
    assert [found for _, found in faults(admin.call("POST", "/units", {"v": 1, "paths": [[name]]}))] == [code]
    assert [found for _, found in faults(edit(admin, "Dinas Kesehatan", name=name))] == [code]


def test_alike_names_are_doubles(admin: Desk) -> None:
    assert faults(edit(admin, "Dinas Kesehatan", name="dinas  pendidikan.")) == [("name", "unit-twice")]
    assert edit(admin, "Dinas Kesehatan", name="Dinas Kesehatan Kota").status == 200


def test_no_unit_stands_below_itself(admin: Desk) -> None:
    below = identifier(admin, "SDN 1 Contoh")
    assert faults(edit(admin, "Dinas Pendidikan", parent=below)) == [("parent", "circle")]
    assert faults(edit(admin, "SDN 1 Contoh", parent=below)) == [("parent", "circle")]
    assert faults(edit(admin, "SDN 1 Contoh", parent="tidak-ada")) == [("parent", "unknown")]
    assert edit(admin, "SDN 1 Contoh", parent="").status == 200
    assert [unit["parent"] for unit in shown(admin) if unit["name"] == "SDN 1 Contoh"] == [None]


def test_a_list_has_an_end(admin: Desk) -> None:
    many = [[f"Unit {number:04} A"] for number in range(MAX_UNITS)]
    assert faults(admin.call("POST", "/units", {"v": 1, "paths": many})) == [("units", "too-many")]
    assert admin.call("POST", "/units", {"v": 1, "paths": many[:-4]}).json["units"] == MAX_UNITS


def test_the_change_is_on_record(admin: Desk) -> None:
    edit(admin, "Dinas Kesehatan", name="Dinas Kesehatan Kota")
    assert [action for _, action, _ in readings()] == ["add-units", "change-unit"]


def test_who_is_limited_to_a_unit_works_for_all_below_it(admin: Desk, portal: Cloud) -> None:
    of_parent = desk(portal, Role.OPERATOR, units=["dinas pendidikan"])
    of_school = desk(portal, Role.OPERATOR, units=["SDN 1 Contoh"], number=2)
    assert token_units(of_parent) == ("Dinas Pendidikan", "SDN 1 Contoh", "SDN 2 Contoh")
    assert token_units(of_school) == ("SDN 1 Contoh",)
    assert token_units(desk(portal, Role.OPERATOR, number=3)) == ()
    assert token_units(desk(portal, Role.OPERATOR, units=["Tidak di daftar"], number=4)) == ("Tidak di daftar",)


def test_a_renamed_unit_cuts_nobody_off(admin: Desk, portal: Cloud) -> None:
    own = desk(portal, Role.OPERATOR, units=["SDN 1 Contoh"])
    assert edit(admin, "SDN 1 Contoh", name="SDN Merdeka").json["signed_out"] == 0
    account = account_store.load(own.actor.id)
    assert account is not None
    assert (account.units, account.token_version) == (("SDN Merdeka",), 1)
    assert token_units(own) == ("SDN Merdeka", "SDN 1 Contoh")
    assert desk(portal, Role.OPERATOR, units=token_units(own)).enter(row(1, unit_kerja="SDN 1 Contoh")).status == 201


def test_who_loses_a_unit_is_signed_out_and_who_does_not_stays(admin: Desk, portal: Cloud) -> None:
    loser = desk(portal, Role.OPERATOR, units=["Dinas Pendidikan"])
    gainer = desk(portal, Role.OPERATOR, units=["Dinas Kesehatan"], number=2)
    other = desk(portal, Role.VERIFIKATOR, units=["SDN 2 Contoh"])
    assert edit(admin, "SDN 1 Contoh", parent=identifier(admin, "Dinas Kesehatan")).json["signed_out"] == 1
    assert [token_version(one) for one in (loser, gainer, other)] == [2, 1, 1]
    assert token_units(gainer) == ("SDN 1 Contoh", "Dinas Kesehatan")
    assert loser.enter(row(1, unit_kerja="SDN 1 Contoh")).code == "unauthenticated"


def test_a_change_that_no_token_could_carry_is_refused(admin: Desk, portal: Cloud) -> None:
    desk(portal, Role.OPERATOR, units=["Dinas Kesehatan"])
    many = [["Dinas Kesehatan", f"Puskesmas Pembantu Nomor {number}"] for number in range(80)]
    assert admin.call("POST", "/units", {"v": 1, "paths": many}).code == "conflict"
    assert admin.call("POST", "/units", {"v": 1, "paths": many[:30]}).status == 200


def test_a_unit_with_users_goes_only_into_another(admin: Desk, portal: Cloud) -> None:
    own = desk(portal, Role.OPERATOR, units=["SDN 1 Contoh"])
    assert remove(admin, "SDN 1 Contoh").code == "conflict"
    assert remove(admin, "SDN 1 Contoh", into="SDN 2 Contoh").json == {"v": 2, "units": 3, "signed_out": 0}
    assert token_units(own) == ("SDN 2 Contoh", "SDN 1 Contoh")


def test_what_stands_below_moves_up_or_along(admin: Desk) -> None:
    assert faults(remove(admin, "Dinas Pendidikan", into="SDN 1 Contoh")) == [("into", "unknown")]
    assert remove(admin, "Dinas Pendidikan", into="Dinas Kesehatan").status == 200
    health = identifier(admin, "Dinas Kesehatan")
    assert {unit["parent"] for unit in shown(admin)} == {None, health}
    assert remove(admin, "Dinas Kesehatan", v=2).status == 200
    assert {unit["parent"] for unit in shown(admin)} == {None}


def test_removal_must_say_what_becomes_of_the_people(admin: Desk) -> None:
    answer = admin.call("DELETE", f"/units/{identifier(admin, 'SDN 1 Contoh')}", {"v": 1})
    assert faults(answer) == [("into", "missing")]
    assert admin.call("DELETE", "/units/tidak-ada", {"v": 1, "into": None}).code == "not-found"


def test_units_in_the_rows_are_counted_and_offered(admin: Desk) -> None:
    for seed, unit in enumerate(["SDN 1 Contoh", "sdn 1 contoh", "TK Melati", "TK Melati"], start=1):
        assert admin.enter(row(seed, unit_kerja=unit)).status == 201
    found = admin.call("GET", "/units/people").json
    listed = identifier(admin, "SDN 1 Contoh")
    assert [(one["name"], one["unit"], one["people"]) for one in found["items"]] == [
        ("SDN 1 Contoh", listed, 1),
        ("TK Melati", None, 2),
        ("sdn 1 contoh", listed, 1),
    ]
    first = count_people(institution=INSTITUTION, actor=admin.actor, cursor=None, most=3)
    rest = count_people(institution=INSTITUTION, actor=admin.actor, cursor=first.cursor, most=3)
    assert (first.looked, rest.looked, rest.cursor) == (3, 1, None)
    assert sum(one.people for part in (first, rest) for one in part.items) == 4


def test_another_spelling_can_be_said_to_be_a_unit_and_not(admin: Desk, portal: Cloud) -> None:
    own = desk(portal, Role.OPERATOR, units=["SDN 1 Contoh"])
    assert edit(admin, "SDN 1 Contoh", known_as="Sekolah Dasar Satu").json["signed_out"] == 0
    assert token_units(own) == ("SDN 1 Contoh", "Sekolah Dasar Satu")
    assert faults(edit(admin, "SDN 2 Contoh", v=2, known_as="sekolah dasar SATU")) == [("name", "unit-twice")]
    assert edit(admin, "SDN 1 Contoh", v=2, not_known_as="Sekolah Dasar Satu").json["signed_out"] == 1


def test_a_row_outside_the_list_is_kept_with_a_warning(portal: Cloud) -> None:
    admin = desk(portal, Role.ADMIN)
    assert admin.enter(row(1, unit_kerja="TK Melati")).json["warnings"] == []
    admin.call("POST", "/units", {"v": 0, "paths": TREE})
    entered = admin.enter(row(2, unit_kerja="TK Melati")).json
    assert [(one["field"], one["code"]) for one in entered["warnings"]] == [("unit_kerja", "unlisted-unit")]
    assert [one["code"] for one in admin.detail(entered["id"])["warnings"]] == ["unlisted-unit"]
    assert admin.enter(row(3, unit_kerja="sdn 1 CONTOH")).json["warnings"] == []


def test_only_the_own_admin_keeps_it(admin: Desk, portal: Cloud) -> None:
    open_gate("9902")
    stranger = Desk(portal, desk(portal, Role.ADMIN, "9902").actor, INSTITUTION)
    assert stranger.call("GET", "/units").code == "not-found"
    assert stranger.call("POST", "/units", {"v": 1, "paths": TREE}).code == "not-found"
    operator = desk(portal, Role.OPERATOR)
    assert operator.call("POST", "/units", {"v": 1, "paths": TREE}).code == "forbidden"
    assert names(operator) == names(admin)
    assert {unit["users"] for unit in shown(operator)} == {None}


def test_who_works_for_some_units_sees_these(admin: Desk, portal: Cloud) -> None:
    assert names(desk(portal, Role.OPERATOR, units=["SDN 1 Contoh"])) == ["SDN 1 Contoh"]


@given(st.text("Aa1é.- ", max_size=12))
def test_a_spelling_is_a_spelling_of_itself(name: str) -> None:
    assert unit_key(name) == unit_key(name.upper()) == unit_key(f" {name}. ")
    assert is_among(name, [name]) == bool(unit_key(name))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("SDN 1", "S.D.N. 1", True),
        ("SDN 1", "sdn-1", True),
        ("SD N 1", "SDN1", True),
        ("SDN 1 2", "SDN 12", False),
        ("Balé", "bale", True),
        ("SDN 1", "SDN 2", False),
    ],
)
def test_spellings(one: str, other: str, same: bool) -> None:
    assert (unit_key(one) == unit_key(other)) is same


@given(
    st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 9)), max_size=10, unique_by=lambda pair: pair[0])
)
def test_a_unit_is_among_those_within_each_above_it(pairs: list[tuple[int, int | None]]) -> None:
    units = Units(1, tuple(Unit(str(n), f"Unit {n}", None if above is None else str(above)) for n, above in pairs))
    for unit in units.items:
        assert unit in units.within(unit)
        assert all(unit in units.within(above) for above in units.above(unit))


def test_the_largest_list_fits_an_item(portal: Cloud) -> None:
    units = Units(1, tuple(Unit(f"{n:08x}", f"Unit Pelaksana Teknis Daerah Nomor {n}", None) for n in range(MAX_UNITS)))
    assert len(unit_store.pack(units)) < unit_store.MAX_PACKED
    assert not fits_token([unit.name for unit in units.items])


def test_units_are_given_to_whom_the_law_limits_and_as_many_as_fit(admin: Desk, portal: Cloud) -> None:
    many = [["Dinas Sosial", f"Panti Sosial Daerah Nomor {number}"] for number in range(90)]
    admin.call("POST", "/units", {"v": 1, "paths": many})
    assert [one.field for one in _refused(Role.OPERATOR, "dinas sosial")] == ["units"]
    assert [one.code for one in _refused(Role.HELPDESK, "SDN 1 Contoh")] == ["whole-institution"]
    require_assignable(Role.OPERATOR, ["SDN 1 Contoh"], INSTITUTION)
    require_assignable(Role.BKN, [], None)


def _refused(role: Role, unit: str) -> Sequence[FieldProblem]:
    with pytest.raises(Problem) as problem:
        require_assignable(role, [unit], INSTITUTION)
    return problem.value.fields
