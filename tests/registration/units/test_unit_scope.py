"""Unit scope by every route, search and count: another unit's record does not exist (domain.md, section 2)."""

from typing import Any

import pytest

from services.kernel.security.sessions import Role
from services.registration.api import api
from services.registration.people.count_roster import Progress, count_roster
from tests.registration.listed import HISTORY, INSTITUTION, portal
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Cloud
from tools.sample.verdicts import verdicts

__all__ = ["portal"]

OWN, OTHERS = "SDN 1 Contoh", "SDN 2 Contoh"
PERSON = "/registration/institutions/{code}/people/{person}"
BODIES: dict[tuple[str, str], Any] = {
    ("PATCH", ""): {"v": 1},
    ("DELETE", ""): {"v": 1, "reason": "salah ketik"},
    ("POST", "/restoration"): {"v": 1, "reason": "keliru"},
    ("POST", "/nik"): {},
    ("POST", "/corrections"): {"v": 1, "reason": "salah ketik", "jabatan": "Guru Madya Contoh"},
    ("POST", "/histories"): {"v": 1, **HISTORY},
    ("PUT", "/histories/{identifier}"): {"v": 1, "reason": "salah ketik", **HISTORY},
    ("DELETE", "/histories/{identifier}"): {"v": 1, "reason": "salah ketik"},
    ("POST", "/reclaim"): {"agreed": True},
    ("POST", "/sheet-requests"): {},
    ("POST", "/sheet-requests/decision"): {"agreed": True},
    ("POST", "/identity"): {"v": 1, "seen": "KTP", "digits": "123456"},
    ("POST", "/requests/{identifier}/decision"): {"v": 1, "fields": []},
    ("POST", "/statement/answer"): {"v": 1, "reason": "Daftar hadir"},
    ("POST", "/statement/confirmation"): {"v": 1, "reason": "Surat berhenti"},
    ("POST", "/nik-correction"): {
        "v": 1,
        "nik": "9901014101900002",
        "nama": "Siti Contoh",
        "tanggal_lahir": "1990-01-01",
        "reason": "salah ketik",
    },
    ("DELETE", "/nik-correction"): {"v": 1, "reason": "salah ketik"},
    ("POST", "/nik-correction/acceptance"): {"v": 1, "on_ktp": "9901014101900002"},
    ("POST", "/case-decisions"): {"handover": "x"},
    ("POST", "/annotations"): {"case": "L-2345-6789"},
    ("POST", "/verdicts"): {"v": 1, "criteria": verdicts("MEMENUHI_SYARAT", "alasan")},
    ("POST", "/verdicts/check"): {"v": 1, "agrees": True},
    ("POST", "/verdicts/withdrawal"): {"v": 1},
    ("POST", "/returns"): {"v": 1, "reason": "SK buram", "mend": ["SK"]},
}
QUERIES = {"/case-opinions": "?number=L-2345-6789"}
NOTHING_ASKED = {
    ("POST", "/requests/{identifier}/decision"),
    ("POST", "/nik-correction/acceptance"),
    ("DELETE", "/nik-correction"),
    ("POST", "/reclaim"),
    ("POST", "/sheet-requests/decision"),
}
"""What nobody asked of him is not found of his own either."""
ROUTES = sorted(
    (one.method, one.path.removeprefix(PERSON), role)
    for one in api.routes
    if one.path.startswith(PERSON)
    for role in (Role.OPERATOR, Role.VERIFIKATOR, Role.ADMIN)
    if role in (one.roles or ())
)


@pytest.fixture
def people(portal: Cloud) -> dict[str, str]:
    """One person in each of two units, by unit."""
    admin = desk(portal, Role.ADMIN, number=9)
    made = [(unit, admin.enter(row(seed, unit_kerja=unit))) for seed, unit in enumerate((OWN, OTHERS), start=1)]
    return {unit: answer.json["id"] for unit, answer in made}


def limited(portal: Cloud, role: Role) -> Desk:
    """Somebody who works for one of the two units, as another hand spells it."""
    return desk(portal, role, units=[OWN.upper()])


@pytest.mark.parametrize(("method", "path", "role"), ROUTES)
def test_a_record_of_another_unit_does_not_exist(
    portal: Cloud, people: dict[str, str], method: str, path: str, role: Role
) -> None:
    own = limited(portal, role)
    body = BODIES.get((method, path))
    below = path.format(identifier="pertama") + QUERIES.get(path, "")
    assert own.call(method, f"/people/{people[OTHERS]}{below}", body).code == "not-found"
    if (method, path) not in NOTHING_ASKED:
        assert own.call(method, f"/people/{people[OWN]}{below}", body).status != 404


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.VERIFIKATOR])
def test_lists_searches_and_counts_are_of_the_own_units(portal: Cloud, people: dict[str, str], role: Role) -> None:
    own, whole = limited(portal, role), desk(portal, role, number=2)
    niks = {unit: row(seed)["nik"] for seed, unit in enumerate((OWN, OTHERS), start=1)}

    def found(who: Desk, query: str = "") -> set[str]:
        return {one["id"] for one in who.call("GET", f"/people{query}").json["items"]}

    assert (found(own), found(whole)) == ({people[OWN]}, set(people.values()))
    assert (found(own, "?unit=SDN+2"), found(whole, "?unit=SDN+2")) == (set(), {people[OTHERS]})
    for unit, nik in niks.items():
        seen = [one["id"] for one in own.call("POST", "/nik-lookups", {"nik": nik}).json["items"]]
        assert seen == ([people[OWN]] if unit == OWN else [])
    assert own.call("GET", "/progress").json == {
        "total": 1,
        "by_state": {"TERDAFTAR": 1},
        "waived": None,
        "corrected_niks": None,
        "asked_niks": None,
        "cursor": None,
    }
    assert whole.call("GET", "/progress").json["total"] == 2


def test_a_long_count_goes_on_with_a_cursor(portal: Cloud, people: dict[str, str]) -> None:
    own = limited(portal, Role.OPERATOR).actor
    parts, cursor = list[Progress](), None
    while True:
        parts.append(count_roster(institution=INSTITUTION, actor=own, cursor=cursor, most=1))
        cursor = parts[-1].cursor
        if cursor is None:
            break
    assert (len(parts), sum(part.total for part in parts)) == (2, 1)


def test_who_is_listed_in_another_unit_is_told_of_without_his_record(portal: Cloud, people: dict[str, str]) -> None:
    own = limited(portal, Role.OPERATOR)
    elsewhere = own.enter(row(2, unit_kerja=OWN))
    assert (elsewhere.code, "id" in elsewhere.json) == ("conflict", False)
    assert "unit lain" in elsewhere.json["detail"]
    assert own.enter(row(1, unit_kerja=OWN)).json["id"] == people[OWN]


def test_an_import_goes_with_the_units_it_was_made_for(portal: Cloud) -> None:
    own = desk(portal, Role.OPERATOR, units=[OWN])
    started = own.call("POST", "/imports", {"filename": "a.csv", "size": 10}).json["id"]

    def answers(*units: str) -> list[int]:
        now = Desk(portal, own.actor.model_copy(update={"units": units}), INSTITUTION)
        seen = [one["id"] for one in now.call("GET", "/imports").json["items"]]
        paths = ("", "/answers", "/result")
        found = [now.call("GET", f"/imports/{started}{path}").status for path in paths]
        return [len(seen), found.count(404)]

    assert answers(OTHERS) == [0, 3]
    assert answers(OWN, OTHERS)[0] == 1
    assert answers(OWN, OTHERS)[1] < 3
