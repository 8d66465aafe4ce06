"""Every role at every route of the institution, against the matrix (tests/permissions/matrix.py)."""

import pytest

from services.kernel.security.sessions import NATIONAL, Role
from services.registration.adapters import person_store
from services.registration.app import app
from services.registration.search.keep_counts import keep_counts
from services.registration.search.keep_search import check_search
from tests.permissions.matrix import NOBODY, Rule, rules_of
from tests.registration.listed import HISTORY, INSTITUTION, portal
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Answer, Cloud
from tests.support.gates import open_gate

__all__ = ["portal"]

PREFIX = "/registration/institutions/{code}"
_NOT_FOUND = (
    "/sheets/{identifier}",
    "/sheets/{identifier}/pdf",
    "/people/{person}/sheet-requests/decision",
    "/recap/units/{unit}/statement",
)
RULES = [rule for rule in rules_of(PREFIX) if rule.below(PREFIX) not in _NOT_FOUND]
"""A printing is nobody's but who ordered it, and what nobody asked for is not decided: tests/registration/sheets.

Nor is anything printed of a unit where nobody stands: tests/registration/recap.
"""
STALE = {"v": 99, "reason": "Contoh alasan."}
"""Nothing has this version: whoever is let in is told so, and changes nothing."""
QUERIES = {
    "/unit-lists": "?kind=BELUM_AKUN",
    "/recap/verdicts": "?mark=RAGU",
    "/people/{person}/case-opinions": "?number=L-2345-6789",
}
BODIES: dict[str, object] = {
    "DELETE": {"v": 1, "reason": "salah ketik"},
    "PATCH": {"v": 1},
    "/people": row(2),
    "/people/{person}/restoration": {"v": 1, "reason": "keliru"},
    "/people/{person}/nik": {},
    "/nik-lookups": {"nik": row(1)["nik"]},
    "/people/{person}/corrections": {**STALE, "nama": "Contoh Nama Lain"},
    "/people/{person}/histories": {**HISTORY, "v": 99},
    "/people/{person}/histories/{identifier}": {**HISTORY, **STALE},
    "/people/{person}/nik-correction": {
        "v": 99,
        "nik": "9901014101900002",
        "nama": "Siti Contoh",
        "tanggal_lahir": "1990-01-01",
        "reason": "salah ketik",
    },
    "/people/{person}/nik-correction/acceptance": {"v": 99, "on_ktp": "9901014101900002"},
    "/people/{person}/case-decisions": {"handover": "x"},
    "/people/{person}/annotations": {"case": "L-2345-6789"},
    "/case-drafts/preview": {"handover": "x"},
    "/case-drafts": {"handover": "x"},
    "/queue/turns": {},
    "/approvals/preview": {"items": []},
    "/approvals": {"items": []},
    "/people/{person}/verdicts": {"v": 1, "criteria": []},
    "/people/{person}/verdicts/check": {"v": 1, "agrees": True},
    "/people/{person}/verdicts/withdrawal": {"v": 1},
    "/people/{person}/returns": {"v": 1, "reason": "SK buram", "mend": ["SK"]},
    "/people/{person}/requests/{identifier}/decision": {"v": 99, "fields": []},
    "/people/{person}/statement/answer": {"v": 1, "reason": "Daftar hadir"},
    "/people/{person}/statement/confirmation": {"v": 1, "reason": "Surat berhenti"},
    "/imports": {"filename": "orang.xlsx", "size": 10},
    "/users/{user}/role": {**STALE, "role": "operator"},
    "/users/{user}/disablement": STALE,
    "/users/{user}/recoveries": STALE,
    "/users/{user}/own-nik": STALE,
    "/invitations": {
        "login": "190001011920021001",
        "name": "Petugas Baru",
        "email": "baru@contoh.id",
        "role": "operator",
    },
    "/invitations/{invitation}": STALE,
    "/invitations/{invitation}/decision": {**STALE, "approved": True},
    "/invitations/{invitation}/sending": STALE,
    "/invitations/{invitation}/confirmation": STALE,
    "/sheets": {"unit": "SD Negeri 1 Contoh"},
    "/people/{person}/reclaim": {"agreed": True},
    "/people/{person}/sheet-requests": {},
    "/people/{person}/sheet-requests/decision": {"agreed": True},
    "/people/{person}/identity": {"v": 99, "seen": "KTP", "digits": "123456"},
    "/units": {"v": 1, "paths": [["Unit Baru"]]},
    "/units/{unit}": {"v": 1, "into": None},
    "/jobs": {"v": 0, "title": "Juru Contoh", "family": "TEKNIS"},
    "/contact": {"v": 0, "office": "Loket", "address": "Jalan Contoh 1", "hours": "08.00-16.00", "phone": "165 4321"},
}


@pytest.fixture
def made(portal: Cloud) -> dict[str, str]:
    """A person, an import, a unit, a member of staff of 9901, and the recovery that the help desk began for him."""
    open_gate("9902")
    operator = desk(portal, Role.OPERATOR, number=9)
    started = operator.call("POST", "/imports", {"filename": "a.csv", "size": 10})
    assert started.status == 201, started.text
    user = operator.actor.id
    begun = desk(portal, Role.HELPDESK).call("POST", f"/users/{user}/recoveries", {**STALE, "v": 1})
    assert begun.status == 201, begun.text
    admin = desk(portal, Role.ADMIN, number=9)
    assert admin.call("POST", "/units", {"v": 0, "paths": [["Unit Contoh"]]}).json["v"] == 1
    assert admin.call("PUT", "/jobs", {"v": 0, "title": "Juru Lain", "family": "TEKNIS"}).json["v"] == 1
    operator.enter(row(2, jabatan="Juru Contoh", unit_kerja=row(1)["unit_kerja"]))
    check_search(INSTITUTION)
    keep_counts(INSTITUTION)
    unit = admin.call("GET", "/units").json["items"][0]["id"]
    ids = {"person": operator.enter(row(1)).json["id"], "identifier": started.json["id"], "unit": unit}
    return {**ids, "user": user, "invitation": begun.json["id"]}


def ask(who: Desk, rule: Rule, made: dict[str, str]) -> str:
    """What the answer comes down to: "ok" is whatever is no refusal of the person asking."""
    answer = who.call(rule.method, address_of(rule, made), body_of(rule))
    refused = answer.status in {401, 403, 404}
    return answer.code if refused else "ok"


def address_of(rule: Rule, made: dict[str, str]) -> str:
    return rule.below(PREFIX).format(**made) + QUERIES.get(rule.below(PREFIX), "")


def body_of(rule: Rule) -> object:
    path = rule.below(PREFIX)
    return None if rule.method == "GET" else BODIES.get(path, BODIES.get(rule.method))


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_may(portal: Cloud, made: dict[str, str], role: Role) -> None:
    own = {str(rule): ask(desk(portal, role), rule, made) for rule in RULES}
    assert own == {str(rule): rule.refusal(role) or "ok" for rule in RULES}


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_may_elsewhere(portal: Cloud, made: dict[str, str], role: Role) -> None:
    stranger = Desk(portal, desk(portal, role, "9902").actor, "9901")
    allowed = {"ok"} if role in NATIONAL else {"not-found"}
    expected = {"+": allowed, "o": {"not-found", "forbidden"}, ".": {"forbidden"}}
    found = {str(rule): ask(stranger, rule, made) for rule in RULES}
    assert {str(rule): found[str(rule)] for rule in RULES if found[str(rule)] not in expected[rule.marks[role]]} == {}


@pytest.mark.parametrize("role", sorted({Role.OPERATOR, Role.VERIFIKATOR, Role.ADMIN}))
def test_what_a_role_may_of_units_that_are_not_his(portal: Cloud, made: dict[str, str], role: Role) -> None:
    elsewhere = desk(portal, role, number=2, units=["Unit lain"])
    for rule in RULES:
        if rule.marks[role] == "+":
            answer = elsewhere.call(rule.method, address_of(rule, made), body_of(rule))
            assert narrowed(answer, made) == rule.unit, (rule, answer.text)


def narrowed(answer: Answer, made: dict[str, str]) -> str:
    """What the units make of an answer."""
    if answer.status == 422:
        return "422" if answer.json["fields"][0]["code"] == "unit-outside-scope" else "all"
    if answer.status in {403, 404}:
        return str(answer.status)
    told = answer.json if isinstance(answer.json, dict) else {}
    counted = [told[name] for name in ("items", "total", "waiting", "left") if name in told]
    return "less" if counted[:1] in ([[]], [0]) else "all"


def test_his_own_deeds_are_anybodys_to_read_and_his_own_drafts_an_operators_to_delete(portal: Cloud) -> None:
    """What `o` in the matrix leaves open."""
    only_own = [rule for rule in RULES if "o" in rule.marks.values()]
    assert [str(rule).removeprefix(f"DELETE {PREFIX}").removeprefix(f"GET {PREFIX}") for rule in only_own] == [
        "/people/{person}",
        "/users/{user}/deeds",
    ]
    draft, deeds = only_own
    operator = desk(portal, Role.OPERATOR)
    pid = operator.enter(row(1, nomor_sk=None)).json["id"]
    assert ask(operator, draft, {"person": pid}) == "ok"
    for role in sorted(role for role, mark in deeds.marks.items() if mark == "o"):
        reader = desk(portal, role)
        assert ask(reader, deeds, {"user": reader.actor.id}) == "ok", role


def test_without_a_session_nothing_is_open(portal: Cloud, made: dict[str, str]) -> None:
    for rule in RULES:
        path = rule.path.format(code="9901", **made)
        assert portal.call(app, rule.method, path, body_of(rule)).code == rule.refusal(NOBODY) == "unauthenticated"


def test_a_disabled_account_does_nothing(portal: Cloud, made: dict[str, str]) -> None:
    admin = desk(portal, Role.ADMIN)
    stale = Desk(portal, admin.actor.model_copy(update={"token_version": 7}), "9901")
    for rule in RULES:
        if Role.ADMIN in rule.roles:
            assert ask(stale, rule, made) == "unauthenticated", rule
    assert person_store.load(made["person"]).v == 1
