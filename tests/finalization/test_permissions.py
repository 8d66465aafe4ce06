"""Every role at every route, against a table written by hand from domain.md, section 2."""

from datetime import timedelta
from typing import Any

import pytest

from services.finalization.api import api
from services.kernel.security.sessions import NATIONAL, Role
from tests.finalization.world import CARD, CLOSES, CODE, NUMBER, World

# Columns are `WHO`, in this order:
#                                                 anybody honorer operator verifikator helpdesk admin ppk bkn auditor
ORACLE = """
GET  calendar                                       yes     yes     yes       yes        yes     yes  yes yes   yes
PUT  calendar                                       -       -       -         -          -       -    -   yes   -
POST calendar/preview                               -       -       -         -          -       -    -   yes   -
GET  schedule                                       yes     yes     yes       yes        yes     yes  yes yes   yes
GET  openapi.json                                   yes     yes     yes       yes        yes     yes  yes yes   yes
GET  institutions                                   -       -       -         -          -       -    -   yes   yes
PUT  institutions/{code}                            -       -       -         -          -       -    -   yes   -
GET  institutions/{code}                            -       -       yes       yes        yes     yes  yes yes   yes
POST institutions/{code}/prefinalization            -       -       -         -          -       yes  -   -     -
POST institutions/{code}/finalization               -       -       -         -          -       yes  -   -     -
POST institutions/{code}/extensions                 -       -       -         -          -       yes  -   yes   -
POST extensions/{extension}/decision                -       -       -         -          -       -    -   yes   -
POST institutions/{code}/reopening                  -       -       -         -          -       -    -   yes   -
POST institutions/{code}/waivers                    -       -       -         -          -       -    -   yes   -
POST institutions/{code}/waivers/{number}/withdrawal -      -       -         -          -       -    -   yes   -
GET  duty                                           -       -       -         -          -       -    -   yes   yes
GET  institutions/{code}/sptjm/document             -       -       -         -          -       yes  yes -     -
POST institutions/{code}/sptjm                      -       -       -         -          -       yes  yes -     -
POST institutions/{code}/sptjm/decision             -       -       -         -          -       -    -   yes   -
GET  institutions/{code}/seal                       -       -       yes       yes        yes     yes  yes yes   yes
"""
SPAN = {"opens": "2022-08-24T00:00:00+07:00", "closes": "2022-11-30T17:00:00+07:00"}
CALENDAR = {
    "windows": dict.fromkeys(("ENTRY", "DOSSIER", "CORRECTION", "VERIFICATION"), SPAN),
    "letter": {"number": "1", "date": "2022-08-30"},
}
WHO = (None, *Role)
BODIES: dict[str, dict[str, Any]] = {
    "institutions/{code}": CARD,
    "institutions/{code}/prefinalization": {},
    "institutions/{code}/finalization": {"confirm": True},
    "institutions/{code}/extensions": {
        "windows": {"VERIFICATION": "2022-11-05T17:00:00+07:00"},
        "letter": {"number": "1", "date": "2022-08-30"},
    },
    "calendar": CALENDAR,
    "calendar/preview": CALENDAR,
    "extensions/{extension}/decision": {"decision": "DITOLAK", "reason": "Belum perlu"},
    "institutions/{code}/reopening": {
        "windows": dict.fromkeys(("CORRECTION", "VERIFICATION"), "2022-11-05T17:00:00+07:00"),
        "letter": {"number": "1", "date": "2022-08-30"},
        "reason": "Contoh",
    },
    "institutions/{code}/waivers": {
        "until": "2022-09-30",
        "letter": {"number": "1", "date": "2022-08-30"},
        "reason": "Contoh alasan yang cukup panjang.",
    },
    "institutions/{code}/waivers/{number}/withdrawal": {"reason": "Contoh alasan yang cukup panjang."},
    "institutions/{code}/sptjm": {"file": "I9901.SPTJM.1", "number": NUMBER},
    "institutions/{code}/sptjm/decision": {"decision": "DITERIMA"},
}

Row = tuple[str, str, dict[Role | None, bool]]


def rows() -> list[Row]:
    table = [line.split() for line in ORACLE.strip().splitlines()]
    return [(method, path, dict(zip(WHO, map("yes".__eq__, cells), strict=True))) for method, path, *cells in table]


def names(row: Row) -> str:
    return f"{row[0]} {row[1]}"


def ask(world: World, method: str, path: str, role: Role | None, institution: str = CODE) -> str:
    """Answer yes, or the code with which the caller is turned away at the door."""
    body = BODIES.get(path) if method != "GET" else None
    answer = world.call(
        method,
        path.format(code=CODE, extension=f"{CODE}-1", number=1),
        body,
        role=role.value if role else None,
        institution=institution,
    )
    at_the_door = answer.status >= 400 and answer.code in {"unauthenticated", "forbidden", "not-found"}
    return answer.code if at_the_door and answer.json.get("detail") != "Daftar instansi ini belum disegel." else "yes"


def test_the_table_names_every_route() -> None:
    declared = {f"{route.method} {route.path.removeprefix('/finalization/')}" for route in api.routes}
    assert {names(row) for row in rows()} == declared | {"GET openapi.json"}


@pytest.mark.parametrize("row", rows(), ids=names)
def test_roles(started: World, row: Row) -> None:
    started.extend({"VERIFICATION": CLOSES + timedelta(days=1)})
    started.post("waivers", BODIES["institutions/{code}/waivers"], role="bkn")
    method, path, allowed = row
    expected = {role: "yes" if allowed[role] else "forbidden" if role else "unauthenticated" for role in WHO}
    assert {role: ask(started, method, path, role) for role in WHO} == expected


def test_another_institution_does_not_exist(started: World) -> None:
    with started.nothing_changes():
        for method, path, allowed in rows():
            own = [role for role in Role if allowed[role] and role not in NATIONAL and "{code}" in path]
            found = {role: ask(started, method, path, role, "9902") for role in own}
            assert found == dict.fromkeys(own, "not-found"), (method, path)


def test_who_is_turned_away_changes_nothing(started: World) -> None:
    with started.nothing_changes():
        for method, path, allowed in rows():
            for role in WHO:
                if not allowed[role]:
                    assert ask(started, method, path, role) in {"unauthenticated", "forbidden"}, (method, path, role)
