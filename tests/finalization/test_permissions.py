"""Every role at every route, against the matrix (tests/permissions/matrix.py)."""

from datetime import timedelta
from typing import Any

import pytest

from services.kernel.security.sessions import NATIONAL, Role
from tests.finalization.world import CARD, CLOSES, CODE, CONFIRMED, NUMBER, World
from tests.permissions.matrix import NOBODY, Rule, rules_of

RULES = rules_of("/finalization/")
SPAN = {"opens": "2022-08-24T00:00:00+07:00", "closes": "2022-11-30T17:00:00+07:00"}
CALENDAR = {
    "windows": dict.fromkeys(("ENTRY", "DOSSIER", "CORRECTION", "VERIFICATION"), SPAN),
    "letter": {"number": "1", "date": "2022-08-30"},
}
WHO = (NOBODY, *Role)
BODIES: dict[str, dict[str, Any]] = {
    "institutions/{code}": CARD,
    "institutions/{code}/prefinalization": {},
    "institutions/{code}/finalization": CONFIRMED,
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
    "institutions/{code}/usulan-reopening": {},
    "institutions/{code}/verification-reopening": {"closes": "2022-11-05T17:00:00+07:00", "reason": "Contoh"},
    "institutions/{code}/waivers": {
        "until": "2022-09-30",
        "letter": {"number": "1", "date": "2022-08-30"},
        "reason": "Contoh alasan yang cukup panjang.",
    },
    "institutions/{code}/waivers/{number}/withdrawal": {"reason": "Contoh alasan yang cukup panjang."},
    "institutions/{code}/sptjm": {"file": "I9901.SPTJM.1", "number": NUMBER},
    "institutions/{code}/sptjm/decision": {"decision": "DITERIMA"},
}


def ask(world: World, rule: Rule, who: str, institution: str = CODE) -> str:
    """Answer yes, or the code with which the caller is turned away at the door."""
    path = rule.below("/finalization/")
    body = BODIES.get(path) if rule.method != "GET" else None
    answer = world.call(
        rule.method,
        path.format(code=CODE, extension=f"{CODE}-1", number=1),
        body,
        role=None if who == NOBODY else who,
        institution=institution,
    )
    at_the_door = answer.status >= 400 and answer.code in {"unauthenticated", "forbidden", "not-found"}
    return answer.code if at_the_door and answer.json.get("detail") != "Daftar instansi ini belum disegel." else "yes"


def expected(rule: Rule, who: str) -> str:
    return rule.refusal(who) or "yes"


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_roles(started: World, rule: Rule) -> None:
    started.extend({"VERIFICATION": CLOSES + timedelta(days=1)})
    started.post("waivers", BODIES["institutions/{code}/waivers"], role="bkn")
    assert {who: ask(started, rule, who) for who in WHO} == {who: expected(rule, who) for who in WHO}


def test_the_description_is_anybodys(started: World) -> None:
    assert {started.call("GET", "openapi.json", role=role).status for role in (None, *Role)} == {200}


def test_another_institution_does_not_exist(started: World) -> None:
    with started.nothing_changes():
        for rule in RULES:
            own = sorted(rule.roles - NATIONAL) if rule.elsewhere == "404" else []
            found = {role: ask(started, rule, role, "9902") for role in own}
            assert found == dict.fromkeys(own, "not-found"), rule


def test_who_is_turned_away_changes_nothing(started: World) -> None:
    with started.nothing_changes():
        for rule in RULES:
            for who in WHO:
                if rule.refusal(who):
                    assert ask(started, rule, who) == rule.refusal(who), (rule, who)
