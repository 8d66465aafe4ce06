"""Everybody asks everything: each operation of the four services, over HTTP, against the matrix.

Of his own institution, of another one, as a person, as nobody, in the middle of Buat Akun, and after his account was
disabled; with ids that are really there and bodies that do no harm. Whatever is asked, no answer holds a word of an
institution that is not the caller's.

By day whoever is let in asks, and of those who are turned away one for each operation, by turns; by night everybody
(`make test-large`). Each mark of the matrix is proven without HTTP: tests/registration/test_staff_permissions.py and
sessions/test_role_matrix.py, tests/{announcements,finalization}/test_permissions.py, tests/documents/test_access.py,
and that nothing is open to whose account was disabled by tests/test_revoked_staff.py.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pytest

from infra.local import seed
from infra.local.client import Answer, Visitor, new_key
from infra.local.demo import steps_person
from services.kernel.problems import Code
from services.kernel.security.sessions import ENROLMENT_COOKIE, NATIONAL, Role
from tests.permissions.matrix import ENROLLED, NOBODY, RULES, Rule
from tests.support.large import LARGE
from tests.support.office import PASSWORD, Office, open_office
from tests.support.portal import Portal
from tests.system.routes import query_of

ENDS_SESSIONS = {
    ("DELETE", "/registration/sessions"),
    ("POST", "/registration/sessions/refresh"),
    ("DELETE", "/registration/me/sign-ins/{name}"),
}
"""They would end the visitors' own; tests/registration/sessions asks them."""
STALE = {"v": 99, "reason": "Contoh alasan yang cukup."}
"""No form is filled in by it, and nothing has this version: whoever is let in changes nothing."""
TURNED_AWAY = {Code.UNAUTHENTICATED, Code.FORBIDDEN}
CANARY = "Burung Kenari"


@dataclass(frozen=True)
class Place:
    """One institution, what is in it to be asked for, and who works there or is listed."""

    office: Office
    ids: Mapping[str, str]
    visitors: Mapping[str, Visitor]
    canary: str

    def ask(self, rule: Rule, visitor: Visitor) -> Answer:
        """Ask for what is in this institution."""
        body = None if rule.method == "GET" else STALE
        path = rule.path.format_map(self.ids) + query_of(rule.path)
        return visitor.send(rule.method, f"/api{path}", body, key=new_key())


@pytest.fixture(scope="module")
def places(portal: Portal) -> tuple[Place, Place]:
    """Two institutions that know nothing of each other; bkn and the auditor come to both."""
    one = open_office(portal)
    bkn = one.stage.staff("bkn")
    other, watching = open_office(portal, bkn=bkn), auditor(bkn)
    return furnish(one, watching, f"{CANARY} Satu"), furnish(other, watching, f"{CANARY} Dua")


def furnish(office: Office, watching: Visitor, canary: str) -> Place:
    """List two people whose unit is the canary; one has an account, and a file that was accepted; one enrols."""
    rows = [{**office.person(number), "unit_kerja": canary} for number in (0, 1)]
    office.enlist(rows)
    me, guest = office.make_account(rows[0]), Visitor(office.portal.base_url)
    me.cookies.pop(ENROLMENT_COOKIE)
    me.sign_in(rows[0]["nik"], PASSWORD)
    steps_person.check_identity(office.stage, rows[1], guest)
    staff = {role: office.stage.staff(role) for role in (*seed.STAFF_ROLES, "bkn")}
    staff |= {Role.AUDITOR: watching}
    admin = staff["admin"]
    listed = {one["nama"]: one["id"] for one in office.stage.people()}
    pid = listed[rows[0]["nama"]]
    users = admin.get(f"{office.stage.registration}/users")["items"]
    user = next(one for one in users if one["role"] == "verifikator")
    begun = staff["helpdesk"].post(
        f"{office.stage.registration}/users/{user['id']}/recoveries",
        {**STALE, "v": user["v"]},
        key=new_key(),
        expect=201,
    )
    imports = admin.get(f"{office.stage.registration}/imports")["items"]
    units = {"v": 0, "paths": [[canary]]}
    admin.post(f"{office.stage.registration}/units", units, key=new_key())
    ids = {
        "code": office.code,
        "person": pid,
        "identifier": imports[0]["id"],
        "copy": "aaaaaaaaaaaaaaaa",
        "form": "pdf",
        "kind": "akun",
        "user": user["id"],
        "invitation": begun["id"],
        "unit": admin.get(f"{office.stage.registration}/units")["items"][0]["id"],
        "name": "aaaaaaaaaaaaaaaa",
        "file": f"{pid}.KTP.1",
        "ticket": "a" * 24,
        "extension": f"{office.code}-1",
        "number": "1",
        "page": "1",
    }
    visitors = {NOBODY: Visitor(office.portal.base_url), ENROLLED: guest, Role.HONORER: me, **staff}
    return Place(office, ids, visitors, canary)


def auditor(bkn: Visitor) -> Visitor:
    """Whom one of bkn invites and a second one agrees to; once he is there he signs in."""
    login, invitations = "190001011920012901", "/api/registration/institutions/nasional/invitations"
    second, invited = Visitor(bkn.base), Visitor(bkn.base)
    wanted = {"login": login, "name": "Auditor Contoh", "email": seed.MAIL, "role": "auditor"}
    asked = bkn.post(invitations, wanted, key=new_key(), expect=201)
    second.sign_in_staff(seed.BKN_LOGINS[1], seed.PASSWORD)
    path, agreed = f"{invitations}/{asked['id']}", {"v": asked["v"], "approved": True, "delivery": "CETAK"}
    sent = second.post(f"{path}/decision", agreed, key=new_key())
    invited.accept(sent["address"], login, PASSWORD)
    bkn.post(f"{path}/confirmation", {"v": sent["v"] + 1}, key=new_key())
    invited.sign_in_staff(login, PASSWORD)
    return invited


def swept(callers: Iterable[str], rules: Iterable[Rule] = RULES) -> Iterator[tuple[Rule, str]]:
    """Each operation, and which of these callers asks for it."""
    for turn, rule in enumerate(rule for rule in rules if (rule.method, rule.path) not in ENDS_SESSIONS):
        let_in = [who for who in callers if rule.marks[who] != "."]
        others = [who for who in callers if rule.marks[who] == "."]
        if others and not LARGE:
            others = [others[turn % len(others)]]
        for who in (*let_in, *others):
            yield rule, who


def turned_away(answer: Answer, rule: Rule) -> str | None:
    """The code, if it was the door; of a public route nobody is turned away there."""
    assert answer.status < 500, (str(rule), answer.content)
    code = answer.json["type"] if answer.status in {401, 403} else None
    return code if code in TURNED_AWAY and not rule.is_public else None


def test_everybody_in_his_own_institution(places: tuple[Place, Place]) -> None:
    here, there = places
    wrong = []
    for rule, who in swept(here.visitors):
        answer = here.ask(rule, here.visitors[who])
        found, expected = turned_away(answer, rule), {rule.refusal(who)}
        if rule.marks[who] == "o":
            expected |= {None}
        if found not in expected:
            wrong.append((str(rule), who, answer.status, answer.content[:200]))
        assert who in NATIONAL or there.canary.encode() not in answer.content, (str(rule), who)
        assert who != NOBODY or here.canary.encode() not in answer.content, str(rule)
    assert wrong == []


def test_everybody_in_another_institution(places: tuple[Place, Place]) -> None:
    """What an institution has does not exist for others; a form that is not filled in is said before that is asked."""
    here, there = places
    wrong = []
    callers = [who for who in here.visitors if who not in NATIONAL]
    for rule, who in swept(callers, [rule for rule in RULES if rule.elsewhere == "404"]):
        answer = there.ask(rule, here.visitors[who])
        refused = rule.refusal(who) if rule.marks[who] == "." else None
        expected = {401, 403} if refused else {404} if rule.method == "GET" else {404, 422}
        if answer.status not in expected | ({403} if rule.marks[who] == "o" else set()):
            wrong.append((str(rule), who, answer.status, answer.content[:200]))
        assert there.canary.encode() not in answer.content, (str(rule), who)
    assert wrong == []


def test_nobody_whose_account_was_disabled(places: tuple[Place, Place]) -> None:
    _, place = places
    bkn, users = place.visitors["bkn"], f"{place.office.stage.registration}/users"
    for user in bkn.get(users)["items"]:
        wish = {"v": user["v"], "reason": "Pindah tugas."}
        bkn.post(f"{users}/{user['id']}/disablement", wish, key=new_key())
    place.office.portal.wait_idle()
    for rule, who in swept(seed.STAFF_ROLES):
        answer = place.ask(rule, place.visitors[who])
        expected = Code.UNAUTHENTICATED if Role(who) in rule.roles else rule.refusal(who)
        assert turned_away(answer, rule) == expected, (str(rule), who, answer.content)
        assert place.canary.encode() not in answer.content, (str(rule), who)
