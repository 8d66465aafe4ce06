"""Papers of a case: sent by its ticket alone, told to announcements, read by whoever reads the case."""

from datetime import timedelta
from typing import Any

import pytest

from services.documents import app as entry
from services.documents.adapters import store
from services.documents.settings import settings
from services.kernel import clock
from services.kernel.aws import clients
from services.kernel.cases import OPEN_CASES, CaseKind, CaseLevel, CaseState
from services.kernel.documents import RULES, DocumentType, FileState, tickets
from services.kernel.events.facts import CaseEnded, CaseFileInspected, CaseMoved
from services.kernel.security.sessions import Role
from tests.documents.world import DEADLINE, INSTITUTION, NEIGHBOUR, OTHER, PERSON, UNIT, World, good_file
from tests.permissions.matrix import ENROLLED, NOBODY
from tests.support.aws import FILES_KEY, Answer, envelope, queued

CASE, ANOTHER = "L7K3M9QPA", "L7K3M9QPB"
EVIDENCE, KTP, KK = DocumentType.BUKTI_LAPORAN, DocumentType.KTP_LAPORAN, DocumentType.KK_LAPORAN
OF_CASES = [jenis for jenis, rule in RULES.items() if rule.of_case]

# For evidence and a KTP: of a case of his institution, of another, and of bkn alone.
READS = """
honorer      404 404 404   404 404 404
operator     303 404 404   403 404 404
verifikator  303 404 404   403 404 404
helpdesk     303 404 404   303 404 404
admin        303 404 404   303 404 404
ppk          403 404 404   403 404 404
bkn          303 303 303   303 303 303
auditor      303 303 303   303 303 303
enrolled     404 404 404   404 404 404
nobody       401 401 401   401 401 401
"""
TABLE = {row.split()[0]: [int(cell) for cell in row.split()[1:]] for row in READS.strip().splitlines()}


def ask(world: World, jenis: DocumentType = EVIDENCE, **changed: Any) -> Answer:
    """Ask for a place with a ticket that is good for 15 minutes, where nothing else is said."""
    until, size = clock.millis(clock.now() + tickets.TTL), changed.pop("size", 1000)
    values = {"subject": CASE, "institution": INSTITUTION, "kinds": OF_CASES, "most": 10, "until": until}
    ticket = tickets.Ticket.model_validate({**values, **changed})
    body = {"ticket": tickets.sign_ticket(FILES_KEY, ticket), "jenis": jenis, "ukuran": size}
    return world.cloud.call(entry.app, "POST", "/documents/uploads/by-ticket", body)


def sent(world: World, jenis: DocumentType = EVIDENCE, content: bytes | None = None, **changed: Any) -> str:
    """A paper that was sent and inspected; its id."""
    promise = ask(world, jenis, **changed).json
    assert world.inspect(world.send(promise, good_file(jenis) if content is None else content)) == []
    return str(promise["id"])


def kept(world: World, jenis: DocumentType = EVIDENCE, **changed: Any) -> str:
    """The same, accepted without looking into it, which takes its time."""
    return world.settled(str(ask(world, jenis, **changed).json["id"]))


def told(world: World) -> list[tuple[str, bool, str | None]]:
    """What announcements was told of papers; nothing else was told to anybody."""
    facts = world.relayed()
    assert {fact["detail-type"] for fact in facts} == {"case.file"}
    found = [CaseFileInspected.model_validate(fact["detail"]) for fact in facts]
    assert {fact.case for fact in found} == {CASE}
    return [(fact.file, fact.accepted, fact.message) for fact in found]


@pytest.mark.parametrize("jenis", OF_CASES)
def test_nobody_sends_them_but_by_a_ticket(world: World, jenis: DocumentType) -> None:
    world.deliver(world.listed())
    assert world.ask(jenis).code == "forbidden"
    assert world.ask(jenis, cookies=world.enrolment()).code == "forbidden"
    for role in (Role.OPERATOR, Role.ADMIN, Role.BKN, Role.HELPDESK):
        token = world.staff(role, None if role is Role.BKN else INSTITUTION)
        assert world.ask(jenis, token=token, orang=PERSON).code == "forbidden", role
    assert world.ask(jenis, cookies={}).status == 401
    assert ask(world, jenis, kinds=[one for one in OF_CASES if one is not jenis]).code == "forbidden"


def test_each_stands_for_itself_and_is_told_once_inspected(world: World) -> None:
    first, second, bad = sent(world), sent(world), sent(world, content=b"%PDF-1.4 rusak")
    assert [world.state(file) for file in (first, second, bad)] == [FileState.DITERIMA] * 2 + [FileState.DITOLAK]
    assert world.stored(first).page_count > 0
    (one, two, three) = told(world)
    assert (one, two) == ((first, True, None), (second, True, None))
    assert three[:2] == (bad, False)
    assert "rusak" in (three[2] or "")


@pytest.mark.parametrize("jenis", OF_CASES)
def test_every_kind_is_accepted_within_its_size_to_the_byte(world: World, jenis: DocumentType) -> None:
    assert world.state(sent(world, jenis)) is FileState.DITERIMA
    most = RULES[jenis].most
    assert [ask(world, jenis, size=size).status for size in (0, 1, most, most + 1)] == [422, 201, 201, 422]


def test_what_only_was_promised_is_told_to_nobody(world: World) -> None:
    ask(world)
    assert world.relayed() == []


def test_a_case_takes_ten_of_all_kinds_together_and_closes_no_other(world: World) -> None:
    for n in range(10):
        assert ask(world, OF_CASES[n % 4]).status == 201
    for jenis in OF_CASES:
        refused = ask(world, jenis)
        assert (refused.status, refused.code) == (409, "conflict")
        assert "sebanyak yang dapat dikirim" in refused.json["detail"]
    assert ask(world, subject=ANOTHER).json["id"] == f"{ANOTHER}.BUKTI_LAPORAN.1"


def test_no_window_closes_them_and_the_ticket_does(world: World) -> None:
    world.cloud.at(DEADLINE + timedelta(days=20))
    world.lanes_closed()
    assert ask(world).status == 201
    over = ask(world, until=clock.millis(clock.now()))
    assert (over.status, over.code) == (410, "ticket-over")


@pytest.mark.parametrize("who", [*Role, ENROLLED, NOBODY])
def test_who_reads_them(world: World, who: str) -> None:
    files = [
        kept(world, jenis, subject=subject, institution=institution)
        for jenis in (EVIDENCE, KTP)
        for subject, institution in ((CASE, INSTITUTION), (ANOTHER, OTHER), ("LNNNNNNNN", "nasional"))
    ]
    credentials: dict[str, Any] = {"cookies": {}}
    if who == ENROLLED:
        credentials = {"cookies": world.enrolment()}
    elif who == Role.HONORER:
        credentials = {"token": world.person()}
    elif who != NOBODY:
        credentials = {"token": world.staff(Role(who), None if who in {Role.BKN, Role.AUDITOR} else INSTITUTION)}
    assert [world.get(f"/files/{file}/link", **credentials).status for file in files] == TABLE[who]


def test_staff_of_other_units_do_not_read_them(world: World) -> None:
    of_unit, of_all, of_none = (
        kept(world, subject=f"LCASE000{n}", unit=unit) for n, unit in enumerate((UNIT, None, ""))
    )
    for units, expected in (((UNIT,), [303, 303, 404]), (("Unit Lain",), [404, 303, 404]), ((), [303] * 3)):
        token = world.staff(Role.OPERATOR, units=units)
        assert [world.get(f"/files/{file}/link", token).status for file in (of_unit, of_all, of_none)] == expected


def test_who_does_not_read_the_case_reads_none_of_its_papers(world: World) -> None:
    """Of a tanggapan they may tell who reported; its number stands on the listed person's record."""
    file = kept(world, readers=[Role.VERIFIKATOR, Role.HELPDESK, Role.ADMIN, Role.BKN, Role.AUDITOR])
    for role in (Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK, Role.ADMIN, Role.BKN, Role.AUDITOR):
        token = world.staff(role, None if role in {Role.BKN, Role.AUDITOR} else INSTITUTION)
        opened = [world.get(f"/files/{file}/{part}", token).status for part in ("link", "pages")]
        assert opened == ([404, 404] if role is Role.OPERATOR else [303, 200]), role


def test_who_is_reported_does_not_read_what_was_sent_about_him(world: World) -> None:
    file = kept(world, about=tickets.whom(FILES_KEY, PERSON))
    his, again = (world.get(f"/files/{file}/link", world.staff(Role.ADMIN, own=pid)) for pid in (PERSON, f"{PERSON}01"))
    assert [his.code, again.code] == ["own-record"] * 2
    assert world.get(f"/files/{file}/link", world.staff(Role.ADMIN, own=NEIGHBOUR)).status == 303


def test_a_reading_is_written_down_with_the_case(world: World) -> None:
    file = kept(world)
    world.get(f"/files/{file}/pages", world.staff(Role.HELPDESK))
    last = world.trail(CASE)[-1]
    assert last["action"] == "read-file"
    assert store.load_subject(CASE) is not None


# ---- after the case --------------------------------------------------------------------------------------------


def closed(world: World, state: CaseState = CaseState.DIPUTUS, **changed: Any) -> CaseMoved:
    """Announcements' fact that the case moved, delivered."""
    values = {"case": CASE, "kind": CaseKind.BANTUAN, "level": CaseLevel.INSTANSI, "institution": INSTITUTION, "v": 4}
    fact = CaseMoved.model_validate({**values, "state": state, **changed})
    assert entry.on_fact(queued([envelope(fact)]), None) == {"batchItemFailures": []}
    return fact


def tag(world: World, file: str) -> list[dict[str, str]]:
    key = world.stored(file).key or ""
    got = clients.s3().get_object_tagging(Bucket=settings().files_bucket, Key=key)
    return [{"Key": one["Key"], "Value": one["Value"]} for one in got["TagSet"]]


@pytest.mark.parametrize(("jenis", "days", "term"), [(KTP, 30, "month"), (KK, 30, "month"), (EVIDENCE, 365, "year")])
def test_papers_of_an_ended_case_go_after_their_days(world: World, jenis: DocumentType, days: int, term: str) -> None:
    file, token = kept(world, jenis), world.staff(Role.ADMIN)
    for state in sorted(OPEN_CASES):
        closed(world, state)
    assert tag(world, file) == []
    closed(world)
    ended = world.head(CASE).ended
    assert ended is not None
    assert tag(world, file) == [{"Key": "keep", "Value": term}]
    paths = [f"/files/{file}/link", f"/files/{file}/pages"]
    last = ended + timedelta(days=days) - timedelta(milliseconds=1)
    assert world.get(paths[0], world.staff(Role.ADMIN), received=last).status == 303
    world.cloud.at(ended + timedelta(days=days))
    token = world.staff(Role.ADMIN)
    refused = [world.get(path, token) for path in paths]
    assert [(answer.status, "sudah dihapus" in answer.text) for answer in refused] == [(404, True)] * 2


def test_papers_of_a_case_that_followed_another_go_with_its_end(world: World) -> None:
    file = kept(world, KTP)
    fact = CaseEnded(institution=INSTITUTION, v=2, case=CASE)
    assert entry.on_fact(queued([envelope(fact), envelope(fact)]), None) == {"batchItemFailures": []}
    assert tag(world, file) == [{"Key": "keep", "Value": "month"}]


def test_a_fact_that_comes_again_begins_no_new_term(world: World) -> None:
    file = kept(world, KTP)
    closed(world)
    first = world.head(CASE)
    world.cloud.at(clock.now() + timedelta(days=3))
    closed(world)
    closed(world, CaseState.DITOLAK, v=3)
    assert world.head(CASE) == first
    assert first.let_go
    assert tag(world, file)


def test_of_an_ended_case_no_more_is_taken_and_what_was_on_its_way_goes_too(world: World) -> None:
    promise = ask(world, KTP).json
    closed(world)
    assert ask(world, KTP).code == "ticket-over"
    assert world.inspect(world.send(promise, good_file(KTP))) == []
    assert tag(world, promise["id"]) == [{"Key": "keep", "Value": "month"}]


def test_a_case_without_papers_is_closed_too(world: World) -> None:
    closed(world)
    assert ask(world).code == "ticket-over"
    assert world.relayed() == []


def test_what_bkn_alone_reads_stays_so_when_it_has_ended(world: World) -> None:
    file = kept(world, institution="nasional")
    closed(world, CaseState.DITOLAK)
    assert world.get(f"/files/{file}/link", world.staff(Role.ADMIN)).status == 404
    assert world.get(f"/files/{file}/link", world.staff(Role.BKN, None)).status == 303
