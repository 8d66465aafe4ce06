"""Who may upload and read what kind of file: the finer tables behind the matrix (tests/permissions/matrix.py)."""

from typing import Any

import pytest

from services.documents import access
from services.documents import app as entry
from services.documents.adapters import store
from services.kernel import clock
from services.kernel.documents import RULES, DocumentType, tickets
from services.kernel.security.sessions import ENROLMENT_COOKIE, ENROLMENT_OVER, SESSION_COOKIE, Role
from services.kernel.states import PersonState
from tests.documents.world import INSTITUTION, NEIGHBOUR, OTHER, PERSON, UNIT, World, good_file
from tests.permissions.matrix import ENROLLED, NOBODY, rules_of
from tests.support.aws import FILES_KEY, Answer

KTP, SK, SPTJM, SURAT = DocumentType.KTP, DocumentType.SK, DocumentType.SPTJM, DocumentType.SURAT
OF_UNIT, PUBLISHED = DocumentType.SURAT_UNIT, DocumentType.PENGUMUMAN
PROOF = DocumentType.BUKTI_LAPORAN
OF_PEOPLE = [jenis for jenis in RULES if jenis in access.OF_PEOPLE]

# Who asks; then for a file of: himself or somebody of his institution, somebody of another, nobody known;
# then the papers of his institution and of another: SPTJM, SURAT, a statement of a unit, one of an announcement.
UPLOADS = """
honorer      201 404 404   403 403  403 403  403 403  403 403
operator     201 404 404   403 403  403 403  403 403  403 403
verifikator  403 403 403   403 403  403 403  403 403  403 403
helpdesk     403 403 403   403 403  403 403  403 403  403 403
admin        201 404 404   201 404  201 404  201 404  201 404
ppk          403 403 403   201 404  403 403  201 404  403 403
bkn          403 403 403   403 403  201 201  403 403  403 403
auditor      403 403 403   403 403  403 403  403 403  403 403
enrolled     201 404 404   403 403  403 403  403 403  403 403
nobody       401 401 401   401 401  401 401  401 401  401 401
"""

# For KTP, SPTJM and SURAT, of his own institution and of another: status, then link, then the person's list.
# The help desk reads papers of cases alone.
READS = """
honorer      200 404 404 404 404 404   303 404 404 404 404 404   200 404
operator     200 404 403 404 403 404   303 404 403 404 403 404   200 404
verifikator  200 404 403 404 403 404   303 404 403 404 403 404   200 404
helpdesk     403 404 403 404 403 404   403 404 403 404 403 404   403 403
admin        200 404 200 404 200 404   303 404 303 404 303 404   200 404
ppk          403 404 200 404 403 404   403 404 303 404 403 404   403 403
bkn          200 200 200 200 200 200   303 303 303 303 303 303   200 200
auditor      200 200 200 200 200 200   303 303 303 303 303 303   200 200
enrolled     404 404 404 404 404 404   404 404 404 404 404 404   401 401
nobody       401 401 401 401 401 401   401 401 401 401 401 401   401 401
"""

# For a paper of a case, of his own institution and of another: status, then link.
CASES = """
honorer      404 404   404 404
operator     200 404   303 404
verifikator  200 404   303 404
helpdesk     200 404   303 404
admin        200 404   303 404
ppk          403 404   403 404
bkn          200 200   303 303
auditor      200 200   303 303
enrolled     404 404   404 404
nobody       401 401   401 401
"""


def table(text: str) -> dict[str, list[int]]:
    rows = [line.split() for line in text.strip().splitlines()]
    return {row[0]: [int(cell) for cell in row[1:]] for row in rows}


def credentials(world: World, who: str) -> dict[str, Any]:
    if who == NOBODY:
        return {"cookies": {}}
    if who == ENROLLED:
        return {"cookies": world.enrolment()}
    if who == Role.HONORER:
        return {"token": world.person()}
    national = Role(who) in {Role.BKN, Role.AUDITOR}
    return {"token": world.staff(Role(who), None if national else INSTITUTION)}


def test_the_tables_are_whole() -> None:
    everybody = {*Role, ENROLLED, NOBODY}
    assert table(UPLOADS).keys() == table(READS).keys() == table(CASES).keys() == everybody
    assert access.UPLOADS.keys() == access.READS.keys() == set(Role)
    upload = next(rule for rule in rules_of("/documents/") if rule.path == "/documents/uploads")
    assert {who for who, cells in table(UPLOADS).items() if 201 in cells} == {*upload.roles, ENROLLED}
    for rule in rules_of("/documents/files"):
        assert {who for rows in (READS, CASES) for who, cells in table(rows).items() if 303 in cells} == rule.roles
    for rule in rules_of("/documents/people"):
        assert {who for who, cells in table(READS).items() if cells[-2] == 200} == rule.roles


@pytest.mark.parametrize("who", [*Role, ENROLLED, NOBODY])
def test_who_may_ask_for_a_place(world: World, who: str) -> None:
    world.deliver(world.listed(PERSON), world.listed(NEIGHBOUR, institution=OTHER))
    sent = credentials(world, who)
    asked = [world.ask(KTP, orang=person, **sent).status for person in (PERSON, NEIGHBOUR, "unknown")]
    for jenis in (SPTJM, SURAT):
        asked += [world.ask(jenis, instansi=code, **sent).status for code in (INSTITUTION, OTHER)]
    for code in (INSTITUTION, OTHER):
        asked.append(world.ask(OF_UNIT, instansi=code, riwayat=world.place(institution=code), **sent).status)
    asked += [world.ask(PUBLISHED, instansi=code, **sent).status for code in (INSTITUTION, OTHER)]
    assert asked == table(UPLOADS)[who]


@pytest.mark.parametrize("role", Role)
def test_what_shows_an_announcement_is_read_by_who_announces(world: World, role: Role) -> None:
    mine, other = (world.accepted(PUBLISHED, token=world.staff(Role.ADMIN, code)) for code in (INSTITUTION, OTHER))
    sent = credentials(world, role)
    got = [world.get(f"/files/{file}/link", **sent).status for file in (mine, other)]
    staff = {Role.OPERATOR: [303, 404], Role.ADMIN: [303, 404], Role.PPK: [303, 404]}
    national = {Role.BKN: [303, 303], Role.AUDITOR: [303, 303]}
    nobody = {Role.HONORER: [404, 404], Role.HELPDESK: [403, 404], Role.VERIFIKATOR: [403, 404]}
    assert got == {**staff, **national, **nobody}[role]


def test_each_announcement_keeps_its_paper(world: World) -> None:
    files = [world.accepted(PUBLISHED, token=world.staff(Role.ADMIN, INSTITUTION)) for _ in range(2)]
    sent = credentials(world, Role.ADMIN)
    assert [world.get(f"/files/{file}/link", **sent).status for file in files] == [303, 303]


@pytest.mark.parametrize("who", [*Role, ENROLLED, NOBODY])
def test_who_may_read(world: World, who: str) -> None:
    world.deliver(world.listed(PERSON), world.listed(NEIGHBOUR, institution=OTHER))
    ktp, foreign = world.accepted(KTP), world.accepted(KTP, token=world.person(NEIGHBOUR, OTHER))
    signed = [world.accepted(SPTJM, token=world.staff(Role.PPK, code)) for code in (INSTITUTION, OTHER)]
    letters = [world.accepted(SURAT, token=world.staff(Role.BKN, None), instansi=code) for code in (INSTITUTION, OTHER)]
    files = (ktp, foreign, *signed, *letters)
    sent = credentials(world, who)
    got = [world.get(f"/uploads/{file}", **sent).status for file in files]
    got += [world.get(f"/files/{file}/link", **sent).status for file in files]
    got += [world.get(f"/people/{person}/files", **sent).status for person in (PERSON, NEIGHBOUR)]
    assert got == table(READS)[who]


@pytest.mark.parametrize("who", [*Role, ENROLLED, NOBODY])
def test_who_may_read_papers_of_cases_and_that_a_ticket_alone_sends_them(world: World, who: str) -> None:
    files = [paper_of_a_case(world, "LAAAABBBB"), paper_of_a_case(world, "LCCCCDDDD", institution=OTHER)]
    sent = credentials(world, who)
    got = [world.get(f"/uploads/{file}", **sent).status for file in files]
    got += [world.get(f"/files/{file}/link", **sent).status for file in files]
    assert got == table(CASES)[who]
    world.deliver(world.listed())
    for orang in (None, PERSON, "LAAAABBBB"):
        assert world.ask(PROOF, orang=orang, **sent).status in {401, 403, 404, 422}


def test_each_proof_of_a_case_stands_by_itself(world: World) -> None:
    for _ in range(2):
        paper_of_a_case(world, "LAAAABBBB")
    assert [file.state.value for file in store.files_of("LAAAABBBB")] == ["DITERIMA", "DITERIMA"]


def paper_of_a_case(world: World, number: str, **changed: Any) -> str:
    """The id of a proof that was sent with a case's ticket, and inspected."""
    promise = world.of_case(PROOF, subject=number, **changed)
    world.inspect(world.send(promise.json, good_file(PROOF)))
    return str(promise.json["id"])


@pytest.mark.parametrize("jenis", OF_PEOPLE)
def test_enrolling_opens_ktp_photo_and_selfie_only(world: World, jenis: DocumentType) -> None:
    allowed = {DocumentType.KTP, DocumentType.FOTO, DocumentType.SWAFOTO}
    assert world.ask(jenis, cookies=world.enrolment()).status == (201 if jenis in allowed else 403)


def test_who_is_enrolling_sees_only_what_he_uploaded(world: World) -> None:
    world.deliver(world.listed())
    by_operator = world.promised(KTP, token=world.staff(Role.OPERATOR), orang=PERSON)["id"]
    own = world.promised(KTP, cookies=world.enrolment())["id"]
    cookies = world.enrolment()
    assert world.get(f"/uploads/{own}", cookies=cookies).status == 200
    assert world.get(f"/uploads/{by_operator}", cookies=cookies).status == 404
    assert world.get(f"/uploads/{by_operator}", world.person()).status == 200


def test_two_people_in_one_browser_say_who_is_meant(world: World) -> None:
    cookies = {SESSION_COOKIE: world.person(PERSON), **world.enrolment(NEIGHBOUR)}
    unnamed = world.ask(KTP, cookies=cookies)
    assert [(field["field"], field["code"]) for field in unnamed.json["fields"]] == [("orang", "missing")]
    for pid in (PERSON, NEIGHBOUR):
        assert world.promised(KTP, cookies=cookies, orang=pid)["id"] == f"{pid}.KTP.1"
    assert world.ask(SK, cookies=cookies, orang=NEIGHBOUR).status == 403
    assert world.ask(KTP, cookies=cookies, orang="third").status == 404


def test_one_person_with_both_cookies_is_one_person(world: World) -> None:
    cookies = {SESSION_COOKIE: world.person(), **world.enrolment()}
    assert world.promised(SK, cookies=cookies)["id"] == f"{PERSON}.SK.1"


def test_a_session_of_staff_does_not_hide_an_enrolment(world: World) -> None:
    cookies = {SESSION_COOKIE: world.staff(Role.HELPDESK), **world.enrolment()}
    assert world.promised(KTP, cookies=cookies)["id"] == f"{PERSON}.KTP.1"
    cookies = {SESSION_COOKIE: world.staff(Role.OPERATOR), **world.enrolment()}
    assert world.promised(KTP, cookies=cookies)["id"] == f"{PERSON}.KTP.2"


def test_an_ended_session_leaves_the_enrolment(world: World) -> None:
    cookies = {SESSION_COOKIE: "not.a.token", **world.enrolment()}
    assert world.ask(KTP, cookies=cookies).status == 201
    assert world.ask(KTP, cookies={SESSION_COOKIE: "not.a.token"}).code == "unauthenticated"


def test_whose_enrolment_ended_is_not_asked_to_sign_in(world: World) -> None:
    ended = [world.ask(KTP, cookies={}), world.ask(KTP, cookies={ENROLMENT_COOKIE: "not.a.token"})]
    assert [(answer.status, answer.json["detail"]) for answer in ended] == [(401, ENROLMENT_OVER)] * 2
    session = world.ask(KTP, cookies={SESSION_COOKIE: "not.a.token"})
    assert session.json["detail"].startswith("Silakan masuk terlebih dahulu")


def test_staff_name_the_person(world: World) -> None:
    (problem,) = world.ask(KTP, token=world.staff(Role.OPERATOR)).json["fields"]
    assert (problem["field"], problem["code"]) == ("orang", "missing")


def test_bkn_names_the_institution(world: World) -> None:
    token = world.staff(Role.BKN, None)
    (problem,) = world.ask(SURAT, token=token).json["fields"]
    assert (problem["field"], problem["code"]) == ("instansi", "missing")
    assert world.ask(SURAT, token=token, instansi="9999").status == 404


def test_units_narrow_what_staff_see(world: World) -> None:
    world.deliver(world.listed())
    inside = world.staff(Role.OPERATOR, units=["Badan Lain", UNIT])
    outside = world.staff(Role.OPERATOR, units=["Badan Lain"])
    assert world.ask(KTP, token=inside, orang=PERSON).status == 201
    assert world.ask(KTP, token=outside, orang=PERSON).status == 404
    assert world.get(f"/people/{PERSON}/files", inside).status == 200
    assert world.get(f"/people/{PERSON}/files", outside).status == 404
    assert world.get(f"/uploads/{PERSON}.KTP.1", outside).status == 404


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ADMIN])
def test_staff_upload_nothing_for_themselves_but_read_what_is_there(world: World, role: Role) -> None:
    """Domain.md, section 2, *Own row*."""
    world.deliver(world.listed(), world.listed(NEIGHBOUR))
    file, token = world.accepted(KTP), world.staff(role, own=PERSON)
    for jenis in OF_PEOPLE:
        refused = world.ask(jenis, token=token, orang=PERSON)
        assert (refused.status, refused.code) == (403, "own-record"), jenis
        assert world.ask(jenis, token=token, orang=NEIGHBOUR).status == 201
    assert world.get(f"/files/{file}/link", token).status == 303
    assert world.get(f"/people/{PERSON}/files", token).status == 200
    assert world.ask(KTP).status == 201, "he himself, signed in as the person he is"


@pytest.mark.parametrize("state", list(PersonState))
def test_who_is_no_longer_listed_gets_no_more_files(world: World, state: PersonState) -> None:
    world.deliver(world.listed(state=state))
    expected = 404 if state in {PersonState.DIHAPUS, PersonState.PINDAH} else 201
    assert world.ask(KTP).status == expected
    assert world.ask(KTP, cookies=world.enrolment()).status == expected
    assert world.ask(KTP, token=world.staff(Role.ADMIN), orang=PERSON).status == expected


def test_a_token_of_another_institution_does_not_open_a_person(world: World) -> None:
    world.deliver(world.listed())
    assert world.ask(KTP, token=world.person(PERSON, OTHER)).status == 404


def test_a_browser_elsewhere_cannot_ask(world: World) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    assert world.ask(KTP, cookies=world.enrolment(), headers=headers).status == 403


@pytest.mark.parametrize("path", ["/uploads/x", "/uploads/a.KTP.0", "/uploads/a.SELFIE.1", "/files/..%2F../link"])
def test_an_id_that_is_none_is_not_found(world: World, path: str) -> None:
    answer = world.get(path, world.staff(Role.BKN, None))
    assert (answer.status, answer.code) == (404, "not-found")


LETTER_OF = "LP0000AAAA"


def ticket(world: World, **changed: Any) -> dict[str, Any]:
    """A wish of somebody without a session, with the ticket registration signed."""
    values = {"subject": LETTER_OF, "institution": INSTITUTION, "kinds": [SURAT], "most": 3}
    signed = {name: changed.pop(name) for name in (*values, "until") if name in changed}
    until = clock.millis(clock.now() + tickets.TTL)
    made = tickets.Ticket.model_validate({**values, "until": until, **signed})
    return {"ticket": tickets.sign_ticket(FILES_KEY, made), "jenis": SURAT, "ukuran": 1000, **changed}


def by_ticket(world: World, **changed: Any) -> Answer:
    return world.cloud.call(entry.app, "POST", "/documents/uploads/by-ticket", ticket(world, **changed))


def test_a_ticket_opens_one_kind_of_one_subject(world: World) -> None:
    assert by_ticket(world).json["id"] == f"{LETTER_OF}.SURAT.1"
    assert [by_ticket(world, jenis=jenis).status for jenis in (KTP, SPTJM)] == [403, 403]
    over = by_ticket(world, until=clock.millis(clock.now()))
    forged = by_ticket(world, ticket="x")
    assert [(answer.status, answer.code) for answer in (over, forged)] == [(410, "ticket-over")] * 2
    other = world.cloud.call(
        entry.app, "POST", "/documents/uploads/by-ticket", {**ticket(world), "ticket": str(world.promised()["receipt"])}
    )
    assert other.code == "ticket-over", "a receipt is no ticket"
    assert [by_ticket(world, ukuran=size).status for size in (0, 2 * 1024 * 1024 + 1)] == [422, 422]
    assert [by_ticket(world).status for _ in range(3)] == [201, 201, 429]


def test_a_later_letter_of_an_application_replaces_the_earlier(world: World) -> None:
    for _ in range(2):
        world.inspect(world.send(by_ticket(world).json, good_file(SURAT)))
    states = {file.id.n: file.state.value for file in store.files_of(LETTER_OF)}
    assert states == {1: "DIGANTI", 2: "DITERIMA"}


@pytest.mark.parametrize("who", [*Role, ENROLLED, NOBODY])
def test_the_letter_of_an_application_is_bkns_alone(world: World, who: str) -> None:
    promise = by_ticket(world).json
    world.inspect(world.send(promise, good_file(SURAT)))
    sent = credentials(world, who)
    paths = (f"/files/{promise['id']}/link", f"/uploads/{promise['id']}", f"/people/{LETTER_OF}/files")
    statuses = [world.get(path, **sent).status for path in paths]
    assert statuses == [303, 200, 200] if who == Role.BKN else not {200, 303} & set(statuses)
    assert world.ask(KTP, orang=LETTER_OF, **sent).status in {401, 403, 404}
