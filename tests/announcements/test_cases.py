"""A case is followed by who filed it, and handled and decided by staff, each by his role and in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.announcements.adapters import case_store
from services.announcements.app import app as entry
from services.announcements.cases import number_and_code
from services.announcements.cases.act_on_due import act_on_due
from services.announcements.cases.decide_case import REASONS, CaseReason
from services.announcements.cases.write_in_case import MAX_MESSAGES, add_message
from services.announcements.model.case import Message, Topic, Writer
from services.announcements.model.case_states import CASE_MOVES, CaseStep
from services.announcements.model.due import OF_BKN, due_of
from services.announcements.settings import files_key, settings
from services.kernel import clock
from services.kernel.aws import clients, dynamodb
from services.kernel.cases import CaseKind, CaseLevel, CaseState, UsulanOutcome
from services.kernel.cases.handover import take_over
from services.kernel.cases.number import read_case_number
from services.kernel.cases.objection import Objection, sign_objection
from services.kernel.documents.tickets import read_ticket
from services.kernel.events.facts import CaseFileInspected, CaseHeard, CaseSettled, PersonMoved
from services.kernel.problems import Problem
from services.kernel.security.sessions import Actor, Role
from tests.announcements.world import CLOSES, CODE, NIK, NOON, OTHER, Filed, World
from tests.support.asking import request_of
from tests.support.aws import Answer

REFUSAL: Any = {"accepted": False, "reason": "BUKAN_PEGAWAI", "text": "Orang ini tidak bekerja di instansi kami."}
ACCEPTANCE: Any = {"accepted": True, "reason": "TERBUKTI", "text": "Bukti kerja lengkap, data dilengkapi operator."}
TANGGAPAN_REFUSAL: Any = {"accepted": False, "reason": "TIDAK_TERBUKTI", "text": "Orang ini bekerja di instansi kami."}
ANSWERED: Any = {"accepted": True, "reason": "TERJAWAB", "text": "Kata sandi dapat diatur ulang di halaman masuk."}


@pytest.fixture(autouse=True)
def _open(world: World) -> None:
    world.open_round()


def help_wanted(world: World, **changed: Any) -> Filed:
    body = {
        "topic": "LUPA_SANDI",
        "institution": CODE,
        "nama": "Peminta Bantuan",
        "alasan": "Kode tidak pernah masuk ke HP saya.",
        "email": "peminta@contoh.id",
        "hp": "",
    }
    return world.filed("/bantuan", **{**body, **changed})


def settled(
    world: World,
    filed: Filed,
    decided: Any,
    *,
    accepted: bool,
    pid: str = "pid0001xyz",
    became: UsulanOutcome | None = None,
) -> None:
    number = str(read_case_number(filed.number))
    fact = CaseSettled(
        institution=CODE,
        v=1,
        case=number,
        decision=decided.json["decision"],
        accepted=accepted,
        pid=pid,
        became=became,
        at=clock.now(),
    )
    world.tell(fact)


# ---- states ----------------------------------------------------------------------------------------------------


@given(st.sampled_from(CaseState), st.sampled_from(CaseStep))
def test_every_step_is_drawn_or_refused_with_a_sentence(state: CaseState, step: CaseStep) -> None:
    if CASE_MOVES.allowed(state, step):
        assert CASE_MOVES.after(state, step) in CaseState
        return
    with pytest.raises(Problem) as refused:
        CASE_MOVES.after(state, step)
    assert (refused.value.code.value, refused.value.extra["state"]) == ("illegal-transition", state.value)
    assert refused.value.detail


def test_the_whole_matrix() -> None:
    """Written out, so that a change of one cell is seen."""
    short = {state: state.value[:4] for state in CaseState}
    drawn = {
        step.value: {short[state]: short[after] for state in CaseState if (after := _after(state, step))}
        for step in CaseStep
    }
    open_ = {"BARU": "DIPU", "DITA": "DIPU", "MENU": "DIPU"}
    refused = dict.fromkeys(open_, "DITO")
    ended = {"DICA", "KEDA"}
    assert drawn == {
        "file-case": {},
        "take-case": {"BARU": "DITA", "DITA": "DITA"},
        "ask-in-case": dict.fromkeys(open_, "MENU"),
        "write-in-case": {"BARU": "BARU", "DITA": "DITA", "MENU": "DITA"},
        "answer-in-case": {"BARU": "DITA", "DITA": "DITA", "MENU": "MENU"},
        "note-decision": {"BARU": "DITA", "DITA": "DITA", "MENU": "MENU", "DITO": "DITO"},
        "release-decision": {state: state for state in ("BARU", "DITA", "MENU", "DITO")},
        "accept-case": open_,
        "refuse-case": refused,
        "settle-accepted": {**open_, **dict.fromkeys({*ended, "DITO"}, "DIPU")},
        "settle-refused": {**refused, **dict.fromkeys(ended, "DITO")},
        "withdraw-case": dict.fromkeys(open_, "DICA"),
        "leave-case": {state: state for state in open_},
        "expire-with-first": dict.fromkeys(open_, "KEDA"),
        "expire-case": {"MENU": "KEDA"},
        "hear-listed": {state: state for state in open_},
        "follow-person": {state: state for state in short.values()},
        "escalate-case": {state: state for state in open_},
        "divide-case": {state: state for state in open_},
        "forget-case": {state: state for state in ("DIPU", "DITO", *ended)},
    }


def _after(state: CaseState, step: CaseStep) -> CaseState | None:
    return CASE_MOVES.after(state, step) if CASE_MOVES.allowed(state, step) else None


# ---- who filed it ----------------------------------------------------------------------------------------------


def test_number_and_code_open_it_and_nothing_else_does(world: World) -> None:
    filed = world.filed()
    told = world.follow(filed).json
    assert (told["number"], told["state"], told["kind"]) == (filed.number, "BARU", "USULAN")
    assert world.usulan()["nama"] not in str(told)
    assert world.follow(Filed(filed.number.lower().replace("-", " "), filed.code.lower())).status == 200
    other = world.filed(nik="9901011705900002")
    for wrong in (Filed(filed.number, other.code), Filed("L-0000-0000", filed.code), Filed("", ""), Filed("X", "é")):
        answer = world.follow(wrong)
        assert (answer.status, answer.code) == (404, "not-found")


def test_it_is_followed_by_a_plain_form_too(world: World) -> None:
    filed = world.filed()
    world.do(filed, "messages", text="Siapa <b>kepala</b> sekolah Anda?", asks=True)
    body, headers = {"number": filed.number, "code": filed.code}, {"accept": "text/html"}
    page = world.post(body, "/cases/lookups", form=True, headers=headers)
    assert page.status == 200
    assert page.headers["content-type"].startswith("text/html")
    for words in ("menunggu jawaban Anda", "Jawab paling lambat", "Siapa &lt;b&gt;kepala&lt;/b&gt; sekolah Anda?"):
        assert words in page.text
    assert filed.code not in page.text
    wrong = world.post({**body, "code": "0000-0000-0000"}, "/cases/lookups", form=True, headers=headers)
    assert (wrong.status, wrong.headers["location"]) == (303, "/laporan/gagal/#not-found")
    world.do(filed, "decisions", **REFUSAL)
    assert REFUSAL["text"] in world.post(body, "/cases/lookups", form=True, headers=headers).text


def test_he_answers_and_takes_it_back_by_a_plain_form_too(world: World) -> None:
    filed = world.filed()
    world.do(filed, "messages", text="Sejak kapan Anda bekerja di sini?", asks=True)

    def sent(path: str, **also: str) -> Answer:
        body = {"number": filed.number, "code": filed.code, **also}
        return world.post(body, f"/cases/{path}", form=True, headers={"accept": "text/html"})

    told = sent("messages", text="Sejak <b>2015</b>.")
    assert told.status == 200
    for words in ("Pesan Anda", "Sejak &lt;b&gt;2015&lt;/b&gt;.", "sedang ditangani"):
        assert words in told.text, words
    assert world.case(filed)["state"] == "DITANGANI"
    assert sent("messages", text="").headers["location"] == "/laporan/gagal/#invalid-fields"
    assert "Laporan ini sudah Anda cabut." in sent("withdrawals", text="").text
    for path in ("messages", "withdrawals"):
        assert sent(path, text="Halo?").headers["location"] == "/laporan/gagal/#illegal-transition"


def test_guessing_codes_is_throttled(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    filed, few = world.filed(), 5
    monkeypatch.setattr(number_and_code, "LOOKS", replace(number_and_code.LOOKS, most=few))
    codes = [world.follow(Filed(filed.number, f"0000-0000-{n:04d}")).code for n in range(few)]
    assert codes == ["not-found"] * few
    assert world.follow(filed).code == "throttled"


def test_a_question_is_asked_answered_and_read_by_both(world: World) -> None:
    filed = world.filed()
    asked = world.do(filed, "messages", text="Sejak kapan Anda bekerja di sini?", asks=True)
    assert asked.json["state"] == "MENUNGGU_PELAPOR"
    told = world.follow(filed).json
    assert (told["state"], told["messages"][0]["asks"], told["messages"][0]["writer"]) == (
        "MENUNGGU_PELAPOR",
        True,
        "INSTANSI",
    )
    answered = world.follow(filed, "/cases/messages", text="Sejak 2 Januari 2015.")
    assert (answered.json["state"], answered.json["asked_until"]) == ("DITANGANI", None)
    assert [message["writer"] for message in world.case(filed)["messages"]] == ["INSTANSI", "PELAPOR"]


def test_he_takes_it_back_and_writes_no_more(world: World) -> None:
    filed = world.filed()
    assert world.follow(filed, "/cases/withdrawals").json["state"] == "DICABUT"
    assert world.follow(filed, "/cases/withdrawals").code == "illegal-transition"
    assert world.follow(filed, "/cases/messages", text="Halo?").code == "illegal-transition"
    assert world.do(filed, "decisions", **REFUSAL).code == "illegal-transition"


def test_papers_come_by_ticket_and_are_told_of(world: World) -> None:
    filed = world.filed()
    number = str(read_case_number(filed.number))
    told = world.follow(filed).json
    ticket = read_ticket(files_key(), told["ticket"], clock.now())
    assert ticket is not None
    assert (ticket.subject, ticket.institution, ticket.most) == (number, CODE, 10)
    assert ticket.readers == frozenset({Role.OPERATOR, Role.HELPDESK, Role.ADMIN, Role.BKN, Role.AUDITOR})
    assert told["kinds"] == ["BUKTI_LAPORAN"]
    good = CaseFileInspected(institution=CODE, v=1, case=number, file=f"{number}.BUKTI_LAPORAN.1", accepted=True)
    bad = CaseFileInspected(
        institution=CODE, v=1, case=number, file=f"{number}.BUKTI_LAPORAN.2", accepted=False, message="Berkas rusak."
    )
    world.tell(good, bad, good)
    told = world.follow(filed).json
    assert [(file["accepted"], file["message"]) for file in told["files"]] == [(True, None), (False, "Berkas rusak.")]
    assert [file["file"] for file in world.case(filed)["files"]] == [good.file, bad.file]


def test_who_has_to_show_who_he_is_is_told_until_he_did(world: World) -> None:
    filed = help_wanted(world, topic="NIK_DIPAKAI")
    told = world.follow(filed).json
    assert {"KTP_LAPORAN", "KK_LAPORAN", "SWAFOTO_LAPORAN"} < set(told["kinds"])
    assert told["next"].startswith("Tambahkan foto identitas")
    number = str(read_case_number(filed.number))
    paper = CaseFileInspected(institution=CODE, v=1, case=number, file=f"{number}.KTP_LAPORAN.1", accepted=True)
    world.tell(paper)
    assert world.follow(filed).json["next"].startswith("Anda tidak perlu berbuat apa-apa")
    assert world.follow(help_wanted(world)).json["next"].startswith("Anda tidak perlu berbuat apa-apa")


def test_ten_papers_are_enough(world: World) -> None:
    filed = world.filed()
    number = str(read_case_number(filed.number))
    for n in range(1, 11):
        world.tell(
            CaseFileInspected(institution=CODE, v=1, case=number, file=f"{number}.BUKTI_LAPORAN.{n}", accepted=True)
        )
    assert world.follow(filed).json["ticket"] is None


# ---- staff -----------------------------------------------------------------------------------------------------

_READERS = {
    "USULAN": {Role.OPERATOR, Role.ADMIN, Role.HELPDESK, Role.BKN, Role.AUDITOR},
    "BANTUAN": {Role.HELPDESK, Role.ADMIN, Role.BKN, Role.AUDITOR},
    "TANGGAPAN": {Role.VERIFIKATOR, Role.ADMIN, Role.HELPDESK, Role.BKN, Role.AUDITOR},
}
_DECIDERS = {
    "USULAN": {Role.OPERATOR, Role.ADMIN},
    "BANTUAN": {Role.HELPDESK, Role.ADMIN},
    "TANGGAPAN": {Role.VERIFIKATOR, Role.ADMIN, Role.BKN},
}


@pytest.mark.parametrize("kind", ["USULAN", "BANTUAN", "TANGGAPAN"])
def test_who_reads_and_who_decides(world: World, kind: str) -> None:
    world.prefinal(world.person(1))
    file: dict[str, Callable[[World], Filed]] = {
        "USULAN": World.filed,
        "BANTUAN": help_wanted,
        "TANGGAPAN": World.reported,
    }
    filed = file[kind](world)
    path = f"/institutions/{CODE}/cases/{filed.number}"
    for role in Role:
        answer = world.get(path, world.staff(role))
        if role in _READERS[kind]:
            assert answer.status == 200, role
            assert answer.json["decidable"] == (role in _DECIDERS[kind]), role
        else:
            assert answer.status == (404 if role in {Role.OPERATOR, Role.VERIFIKATOR} else 403), role
        if role not in {Role.BKN, Role.AUDITOR}:
            assert world.get(path, world.staff(role, OTHER)).status in {403, 404}
    assert world.get(path).code == "unauthenticated"


def test_the_inbox_holds_what_a_role_has_to_do_with(world: World) -> None:
    world.prefinal(world.person(1))
    world.filed()
    help_wanted(world)
    world.reported()
    kinds = {
        role: sorted(item["kind"] for item in world.get(f"/institutions/{CODE}/cases", world.staff(role)).json["items"])
        for role in (Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK, Role.ADMIN)
    }
    assert kinds == {
        Role.OPERATOR: ["USULAN"],
        Role.VERIFIKATOR: ["TANGGAPAN"],
        Role.HELPDESK: ["BANTUAN", "TANGGAPAN", "USULAN"],
        Role.ADMIN: ["BANTUAN", "TANGGAPAN", "USULAN"],
    }
    count = world.get(f"/institutions/{CODE}/cases/count", world.staff(Role.ADMIN)).json
    assert count == {"waiting": 3, "overdue": 0, "more": False}
    national = world.get("/cases", world.staff(Role.BKN)).json["items"]
    assert [item["kind"] for item in national] == ["TANGGAPAN"]


def test_a_long_inbox_costs_no_more_reads_than_a_short_one(world: World) -> None:
    calls: list[str] = []
    clients.dynamodb().meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
    path, token = f"/institutions/{CODE}/cases", world.staff()
    costs = []
    for n in range(3):
        world.filed(nik=f"990101170590001{n}")
        calls.clear()
        assert len(world.get(path, token).json["items"]) == n + 1
        costs.append(list(calls))
    assert costs[0] == costs[2]


def test_a_count_opens_no_case(world: World) -> None:
    """One query, however many there are; before, each was read with what was written in it, and decrypted."""
    for n in range(3):
        world.filed(nik=f"990101170590001{n}")
    help_wanted(world)
    help_wanted(world, topic="PUNGLI", institution=CODE)
    calls: list[str] = []
    clients.dynamodb().meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
    path = f"/institutions/{CODE}/cases/count"
    for role, waiting in ((Role.OPERATOR, 3), (Role.HELPDESK, 4), (Role.VERIFIKATOR, 0)):
        calls.clear()
        token = world.staff(role)
        assert world.get(path, token).json == {"waiting": waiting, "overdue": 0, "more": False}
        assert calls.count("Query") == 1
        assert "BatchGetItem" not in calls
    some = world.get(path, world.staff(units=["Dinas Lain"])).json
    assert some["waiting"] == 0, "whose units are others'"
    assert world.get(path, world.staff(units=["Dinas Contoh"])).json["waiting"] == 3
    late = clock.now() + timedelta(days=20)
    assert (
        world.cloud.call(entry, "GET", f"/announcements{path}", token=world.staff(), received=late).json["overdue"] == 3
    )


def test_the_soonest_due_come_first_page_by_page(world: World) -> None:
    filed = []
    for n in range(3):
        world.cloud.at(NOON + timedelta(days=n))
        filed.append(world.filed(nik=f"99010117059000{n + 10}"))
    assert by_pages(world, "TERBUKA") == [each.number for each in filed]


def test_cases_that_are_due_at_one_instant_stand_on_one_of_the_pages_each(world: World) -> None:
    filed = [world.filed(nik=f"99010117059000{n + 10}") for n in range(5)]
    assert sorted(by_pages(world, "TERBUKA")) == sorted(each.number for each in filed)
    for each in filed:
        assert world.follow(each, "/cases/withdrawals").status == 200
    assert sorted(by_pages(world, "SELESAI")) == sorted(each.number for each in filed)


@pytest.mark.parametrize("cursor", ["7", "x.LAAAAAAAA", "7.LAAAAAAA", "7.LAAAAAAAI", "-7.LAAAAAAAA"])
def test_what_was_no_place_in_the_inbox_is_refused(world: World, cursor: str) -> None:
    answer = world.get(f"/institutions/{CODE}/cases?cursor={cursor}", world.staff())
    assert (answer.status, answer.code) == (422, "invalid-fields")


def by_pages(world: World, which: str) -> list[str]:
    """The numbers of an institution's inbox, two at a time."""
    seen: list[str] = []
    cursor = ""
    while True:
        page = world.get(f"/institutions/{CODE}/cases?which={which}&limit=2{cursor}", world.staff()).json
        seen += [item["number"] for item in page["items"]]
        if page["cursor"] is None:
            return seen
        cursor = f"&cursor={page['cursor']}"


def test_whoever_works_for_some_units_sees_those_alone(world: World) -> None:
    own, other = world.filed(), world.filed(nik="9901011705900002", unit_kerja="Dinas Lain")
    token = world.staff(units=["Dinas Contoh"])
    items = world.get(f"/institutions/{CODE}/cases", token).json["items"]
    assert [item["number"] for item in items] == [own.number]
    assert world.get(f"/institutions/{CODE}/cases/{other.number}", token).code == "forbidden"


def test_every_reading_is_written_down(world: World) -> None:
    filed = world.filed()
    world.case(filed)
    world.case(filed, Role.AUDITOR)
    chain = dynamodb.KeyPart("pk").eq(f"announcements#I#{CODE}#cases")
    found = [(link["actor"], link["action"]) for link in dynamodb.query_all(settings().audit_table, chain)]
    assert found == [(f"staff-{Role.OPERATOR}", "read-cases"), (f"staff-{Role.AUDITOR}", "read-cases")]


def test_nobody_opens_a_case_about_his_own_record(world: World) -> None:
    world.prefinal(world.person(1))
    filed = world.reported()
    token = world.staff(Role.ADMIN, own="pid0001xyz")
    assert world.get(f"/institutions/{CODE}/cases/{filed.number}", token).code == "own-record"


def test_a_case_is_taken_and_colleagues_see_it(world: World) -> None:
    filed = world.filed()
    assert world.do(filed, "taking").json["mine"] is True
    seen = world.case(filed, Role.ADMIN)
    assert (seen["state"], seen["taken"], seen["mine"]) == ("DITANGANI", True, False)
    assert world.do(filed, "taking", Role.ADMIN, v=1).code == "version-moved"


@pytest.mark.parametrize("role", [Role.HELPDESK, Role.BKN])
def test_who_only_reads_does_nothing(world: World, role: Role) -> None:
    filed = world.filed()
    for what, body in (("taking", {}), ("messages", {"text": "Halo"}), ("decisions", REFUSAL)):
        assert world.do(filed, what, role, **body).code == "forbidden"


def test_of_a_tanggapan_nobody_in_the_institution_learns_who_reported(world: World) -> None:
    world.prefinal(world.person(1))
    filed = world.reported()
    for role in (Role.VERIFIKATOR, Role.ADMIN, Role.HELPDESK):
        seen = world.case(filed, role)
        assert seen["reporter"] is None
        assert "Rahasia" not in str(seen)
        assert "rahasia@" not in str(seen)
    assert world.case(filed, Role.BKN)["reporter"]["name"] == "Pelapor Rahasia"


def test_doubles_about_the_same_person_are_joined(world: World) -> None:
    world.prefinal(world.person(1), world.person(2))
    first, second, other = world.reported(), world.reported(), world.reported(nomor_registrasi="REG000002")
    items = world.get(f"/institutions/{CODE}/cases", world.staff(Role.ADMIN)).json["items"]
    assert {item["number"] for item in items} == {first.number, other.number}
    assert world.case(first, Role.ADMIN)["joined"] == [second.number]


def test_each_who_filed_has_his_own_number_of_messages(world: World) -> None:
    """A stranger who files about the same does not write the first one out of his own case."""
    first, second = world.filed(), world.filed()
    case, stranger = (case_store.load(str(read_case_number(filed.number))) for filed in (first, second))
    assert case is not None
    assert stranger is not None
    written = [
        Message(NOON + timedelta(minutes=n), Writer.PELAPOR, "?", by=stranger.number) for n in range(MAX_MESSAGES)
    ]
    dynamodb.transact([case_store.put_message(case, message) for message in written])
    assert world.follow(second, "/cases/messages", text="Satu lagi.").code == "throttled"
    assert world.follow(first, "/cases/messages", text="Satu dari saya.").status == 200


def test_who_files_about_the_same_reads_nothing_that_another_one_wrote(world: World) -> None:
    """He may be whom it is about, who wants to know who reported him."""
    world.prefinal(world.person(1))
    first, second = world.reported(), world.reported()
    world.follow(first, "/cases/messages", text="Saya tetangganya, rumah nomor tujuh.")
    told = world.follow(second, "/cases/messages", text="Saya rekan kerjanya dahulu.")
    world.do(first, "messages", Role.ADMIN, text="Laporan ini sedang kami periksa.")
    assert "tetangganya" not in told.text + world.follow(second).text
    for filed, own in ((first, "Saya tetangganya, rumah nomor tujuh."), (second, "Saya rekan kerjanya dahulu.")):
        texts = [message["text"] for message in world.follow(filed).json["messages"]]
        assert texts == [own, "Laporan ini sedang kami periksa."]
    assert len(world.case(first, Role.ADMIN)["messages"]) == 3


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"nomor_registrasi": "REG000099"}, "nomor_registrasi"), ({"alasan": "Dia tidak bekerja di sini."}, "alasan")],
)
def test_a_tanggapan_names_a_listed_number_and_says_why(world: World, changed: dict[str, str], field: str) -> None:
    world.prefinal(world.person(1))
    body = {"institution": CODE, "nomor_registrasi": "REG000001", "alasan": "x" * 30, **changed}
    answer = world.post(body, "/tanggapan", form=True)
    assert [problem["field"] for problem in answer.json["fields"]] == [field]


HELP: dict[str, Any] = {"institution": CODE, "nama": "", "email": "peminta@contoh.id", "hp": "", "captcha": ""}
STORY = "Kode tidak pernah masuk ke HP saya."


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"topic": "LUPA_SANDI", "nama": "Peminta Bantuan"}, None),
        ({"topic": "LUPA_SANDI"}, "nama"),
        ({"topic": "LUPA_SANDI", "nama": "  "}, "nama"),
        ({"topic": "LUPA_SANDI", "nama": "Peminta Bantuan", "email": ""}, "email"),
        ({"topic": "GAGAL_UNGGAH", "alasan": STORY}, "berkas"),
        ({"topic": "GAGAL_UNGGAH", "alasan": STORY, "berkas": "SPTJM"}, "berkas"),
        ({"topic": "GAGAL_UNGGAH", "alasan": STORY, "berkas": "KTP"}, None),
        ({"topic": "PUNGLI", "email": "", "alasan": STORY}, None),
        ({"topic": "PUNGLI", "email": ""}, "alasan"),
        ({"topic": "LAINNYA", "alasan": "   pendek  "}, "alasan"),
        ({"topic": "LAINNYA", "alasan": STORY, "berkas": "KTP"}, None),
    ],
    ids=str,
)
def test_each_type_of_help_is_asked_what_it_needs(world: World, asked: dict[str, str], field: str | None) -> None:
    answer = world.post({**HELP, **asked}, "/bantuan", form=True, headers={"accept": "application/json"})
    if field is None:
        assert answer.status == 201, answer.text
    else:
        assert (answer.code, [each["field"] for each in answer.json["fields"]]) == ("invalid-fields", [field])


def test_staff_read_which_file_could_not_be_uploaded(world: World) -> None:
    filed = help_wanted(world, topic="GAGAL_UNGGAH", berkas="IJAZAH")
    assert world.case(filed, Role.HELPDESK)["said"]["berkas"] == "IJAZAH"
    other = help_wanted(world, topic="LUPA_SANDI", alasan="", berkas="IJAZAH")
    said = world.case(other, Role.HELPDESK)["said"]
    assert (said["alasan"], said["berkas"]) == ("", None)


def test_help_needs_a_contact_but_for_what_may_be_anonymous(world: World) -> None:
    body = {"topic": "LUPA_SANDI", "institution": CODE, "alasan": "Saya lupa kata sandi saya."}
    assert [each["field"] for each in world.post(body, "/bantuan", form=True).json["fields"]] == ["email"]
    ghost = help_wanted(world, topic="SILUMAN", nama="", email="")
    assert world.get(f"/institutions/{CODE}/cases/{ghost.number}", world.staff(Role.ADMIN)).status == 404
    assert world.case(ghost, Role.BKN)["level"] == "BKN"
    ticket = read_ticket(files_key(), world.follow(ghost).json["ticket"], clock.now())
    assert ticket is not None
    assert ticket.institution == "nasional", "its papers are not the institution's to read either"
    assert world.do(ghost, "decisions", Role.BKN, **ANSWERED).json["state"] == "DIPUTUS"


def test_help_that_names_no_institution_goes_to_bkn(world: World) -> None:
    filed = help_wanted(world, institution="")
    assert world.follow(filed).json["institution"] == {"code": "", "name": "Badan Kepegawaian Negara"}
    assert world.case(filed, Role.BKN, "nasional")["level"] == "BKN"
    assert [item["number"] for item in world.get("/cases", world.staff(Role.BKN)).json["items"]] == [filed.number]
    assert world.get(f"/institutions/nasional/cases/{filed.number}", world.staff(Role.ADMIN)).status == 404


# ---- decisions -------------------------------------------------------------------------------------------------


def test_a_refusal_closes_it_with_the_sentence_its_reporter_reads(world: World) -> None:
    filed = world.filed()
    assert world.do(filed, "decisions", **REFUSAL).json == {"state": "DITOLAK", "decision": None, "handover": None}
    told = world.follow(filed).json
    assert (told["state"], told["answer"]) == ("DITOLAK", REFUSAL["text"])
    assert "Minta BKN memeriksanya lagi" in told["next"]
    ended = world.get(f"/institutions/{CODE}/cases?which=SELESAI", world.staff()).json["items"]
    assert [item["number"] for item in ended] == [filed.number]
    assert world.get(f"/institutions/{CODE}/cases", world.staff()).json["items"] == []


def test_an_acceptance_is_handed_over_and_taken_when_registration_tells_of_it(world: World) -> None:
    filed = world.filed()
    decided = world.do(filed, "decisions", **ACCEPTANCE)
    assert decided.json["state"] == "DITANGANI"
    sub = f"staff-{Role.OPERATOR}"
    handed = take_over(decided.json["handover"], institution=CODE, by=sub, now=clock.now())
    assert handed is not None
    assert handed.proposed is not None
    assert (handed.case, handed.proposed.nik, handed.accepted) == (read_case_number(filed.number), NIK, True)
    assert NIK not in decided.json["handover"]
    assert take_over(decided.json["handover"], institution=OTHER, by=sub, now=clock.now()) is None
    assert take_over(decided.json["handover"], institution=CODE, by="somebody", now=clock.now()) is None
    late = clock.now() + timedelta(minutes=10)
    assert take_over(decided.json["handover"], institution=CODE, by=sub, now=late) is None
    assert world.follow(filed).json["state"] == "DITANGANI"
    settled(world, filed, decided, accepted=True)
    settled(world, filed, decided, accepted=True)
    told = world.follow(filed).json
    assert (told["state"], told["answer"]) == ("DIPUTUS", ACCEPTANCE["text"])
    assert world.case(filed)["person"] == "pid0001xyz"


@pytest.mark.parametrize(
    ("became", "told"),
    [
        (UsulanOutcome.DRAF, "Usulan Anda diterima: data orang ini ada di instansi ini."),
        (UsulanOutcome.NIK, "Usulan Anda diterima: orang ini sudah ada dalam data dengan NIK yang salah ketik."),
        (None, "Usulan Anda diterima: data orang ini ada di instansi ini."),
    ],
)
def test_who_proposed_somebody_is_told_whether_a_record_was_made_or_a_nik_asked_for(
    world: World, became: UsulanOutcome | None, told: str
) -> None:
    """A fact that does not say it, as all did before, is read too."""
    filed, joined = world.filed(), world.filed()
    settled(world, filed, world.do(filed, "decisions", **ACCEPTANCE), accepted=True, became=became)
    for one in (filed, joined):
        assert world.follow(one).json["stands"].startswith(told)
    assert world.case(filed)["became"] == became


def test_while_a_decision_is_carried_out_nobody_crosses_it(world: World) -> None:
    filed = world.filed()
    decided = world.do(filed, "decisions", **ACCEPTANCE)
    assert world.do(filed, "decisions", Role.ADMIN, **REFUSAL).code == "conflict"
    assert world.case(filed, Role.ADMIN)["noted_until"]
    assert world.case(filed)["noted_by_me"] is True, "whoever noted it may decide anew, if it could not be carried out"
    assert world.follow(filed, "/cases/withdrawals").code == "conflict"
    world.cloud.at(clock.now() + timedelta(minutes=11))
    assert world.follow(filed, "/cases/withdrawals").json["state"] == "DICABUT"
    settled(world, filed, decided, accepted=True)
    assert world.follow(filed).json["state"] == "DIPUTUS", "what was done is told, however late"


def test_what_registration_refused_keeps_no_colleague_away(world: World) -> None:
    filed = world.filed()
    decided = world.do(filed, "decisions", **ACCEPTANCE)
    path, body = f"/institutions/{CODE}/cases/{filed.number}/release", {"decision": decided.json["decision"]}
    other = world.post(body, path, token=world.staff(Role.ADMIN))
    assert (other.status, world.case(filed, Role.ADMIN)["noted_until"] is not None) == (200, True), "it is not his"
    unknown = world.post({"decision": "0" * 16}, path, token=world.staff())
    assert unknown.json["noted_by_me"] is True
    released = world.post(body, path, token=world.staff())
    assert (released.status, released.json["noted_until"], released.json["unfinished"]) == (200, None, False)
    assert world.post(body, path, token=world.staff()).json["v"] == released.json["v"], "once more changes nothing"
    assert world.do(filed, "decisions", Role.ADMIN, **REFUSAL).json["state"] == "DITOLAK"


def test_no_refusal_crosses_an_acceptance_that_may_have_been_carried_out(world: World) -> None:
    """With the queue of facts held: nobody reads of a refusal, and later of the draft that was there all along."""
    filed = world.filed()
    decided = world.do(filed, "decisions", **ACCEPTANCE)
    assert world.do(filed, "decisions", **REFUSAL).code == "conflict", "nor by whoever noted it"
    world.cloud.at(clock.now() + timedelta(minutes=11))
    refused = world.do(filed, "decisions", Role.ADMIN, **REFUSAL)
    assert (refused.status, refused.code) == (409, "conflict")
    assert "Pilih menerima dulu" in refused.json["detail"]
    assert (world.follow(filed).json["state"], told_decided(world)) == ("DITANGANI", 0)
    settled(world, filed, decided, accepted=True)
    assert (world.follow(filed).json["state"], told_decided(world)) == ("DIPUTUS", 1)


def test_an_acceptance_that_was_not_carried_out_is_noted_anew_released_and_refused(world: World) -> None:
    filed = world.filed()
    world.do(filed, "decisions", **ACCEPTANCE)
    world.cloud.at(clock.now() + timedelta(minutes=11))
    anew = world.do(filed, "decisions", Role.ADMIN, **ACCEPTANCE).json["decision"]
    path = f"/institutions/{CODE}/cases/{filed.number}/release"
    assert world.post({"decision": anew}, path, token=world.staff(Role.ADMIN)).json["unfinished"] is False
    assert world.do(filed, "decisions", Role.ADMIN, **REFUSAL).json["state"] == "DITOLAK"


def told_decided(world: World) -> int:
    return sum(item.get("notice") == "case-decided" for item in world.cloud.items("AnnTable"))


def test_a_decision_that_was_carried_out_all_the_same_is_told_though_it_was_released(world: World) -> None:
    """Its answer was lost on the way, or he handed it over once more: registration says which one was carried out."""
    filed = world.filed()
    decided = world.do(filed, "decisions", **ACCEPTANCE)
    path = f"/institutions/{CODE}/cases/{filed.number}/release"
    world.post({"decision": decided.json["decision"]}, path, token=world.staff())
    second = world.do(filed, "decisions", Role.ADMIN, **ACCEPTANCE)
    settled(world, filed, decided, accepted=True)
    told = world.follow(filed).json
    assert (told["state"], told["answer"]) == ("DIPUTUS", ACCEPTANCE["text"])
    assert second.json["decision"] != decided.json["decision"]
    assert world.case(filed)["noted_until"] is None


def test_whoever_noted_a_decision_goes_on_with_it_or_decides_otherwise(world: World) -> None:
    """His browser died, or what he was shown before the draft changed his mind."""
    filed = world.filed()
    first = world.do(filed, "decisions", **ACCEPTANCE)
    seen = (world.case(filed)["noted_by_me"], world.case(filed, Role.ADMIN)["noted_by_me"])
    assert seen == (True, False)
    again = world.do(filed, "decisions", **ACCEPTANCE)
    assert again.json["decision"] != first.json["decision"]
    otherwise = {**REFUSAL, "reason": "SUDAH_TERDAFTAR"}
    assert world.do(filed, "decisions", **otherwise).code == "conflict", "the draft may be there"
    path = f"/institutions/{CODE}/cases/{filed.number}/release"
    assert world.post({"decision": again.json["decision"]}, path, token=world.staff()).status == 200
    refused = world.do(filed, "decisions", **otherwise)
    assert refused.json == {"state": "DITOLAK", "decision": None, "handover": None}
    assert world.case(filed)["noted_until"] is None


def test_a_decision_that_was_not_carried_out_is_said_and_keeps_nobody_away(world: World) -> None:
    filed = world.filed()
    world.do(filed, "decisions", **ACCEPTANCE)
    assert world.case(filed, Role.ADMIN)["unfinished"] is False
    world.cloud.at(clock.now() + timedelta(minutes=10))
    seen = world.case(filed, Role.ADMIN)
    assert (seen["unfinished"], seen["noted_until"], seen["decidable"]) == (True, None, True)
    decided = world.do(filed, "decisions", Role.ADMIN, **ACCEPTANCE)
    settled(world, filed, decided, accepted=True)
    seen = world.case(filed, Role.ADMIN)
    assert (seen["state"], seen["unfinished"]) == ("DIPUTUS", False)


def test_what_follows_another_is_answered_and_decided_there(world: World) -> None:
    first, second = world.filed(), world.filed()
    seen = world.case(second)
    assert (seen["follows"], seen["decidable"]) == (first.number, False)
    for what, body in (("taking", {}), ("messages", {"text": "Halo"}), ("decisions", REFUSAL)):
        refused = world.do(second, what, **body)
        assert refused.code == "conflict"
        assert first.number in refused.json["detail"]


def test_a_case_is_found_by_its_number_by_those_who_read_it(world: World) -> None:
    first, second = world.filed(), world.filed()
    typed = second.number.lower().replace("-", " ")

    def found(role: Role, path: str = f"/institutions/{CODE}/cases", **said: Any) -> list[str]:
        answer = world.get(f"{path}?number={typed.replace(' ', '%20')}", world.staff(role, **said))
        return [item["number"] for item in answer.json["items"]]

    assert found(Role.OPERATOR) == found(Role.HELPDESK) == [second.number]
    assert found(Role.BKN, "/cases") == [second.number], "of any institution"
    assert found(Role.VERIFIKATOR) == found(Role.OPERATOR, units=["Unit A"]) == []
    assert found(Role.OPERATOR, f"/institutions/{OTHER}/cases", institution=OTHER) == []
    assert world.get(f"/institutions/{CODE}/cases?number=L-0", world.staff()).json["items"] == []
    assert first.number != second.number


def test_a_decision_that_nobody_noted_moves_nothing(world: World) -> None:
    filed = world.filed()
    number = str(read_case_number(filed.number))
    fact = CaseSettled(institution=CODE, v=1, case=number, decision="0" * 16, accepted=True, pid="p", at=clock.now())
    world.tell(fact, fact.model_copy(update={"case": "L00000000"}))
    assert world.follow(filed).json["state"] == "BARU"


def test_bkn_is_told_how_many_cases_it_may_decide_and_how_many_are_late(world: World) -> None:
    def counted(role: Role = Role.BKN) -> Any:
        return world.get("/cases/count", world.staff(role)).json

    filed = world.filed()
    assert counted() == {"waiting": 0, "overdue": 0, "more": False}, "it is still its institution's"
    world.cloud.at(NOON + timedelta(days=10))
    act_on_due(clock.now())
    help_wanted(world, institution="")
    assert counted() == counted(Role.AUDITOR) == {"waiting": 2, "overdue": 1, "more": False}
    world.do(filed, "decisions", Role.BKN, **REFUSAL)
    assert counted() == {"waiting": 1, "overdue": 0, "more": False}
    assert world.get("/cases/count", world.staff(Role.ADMIN)).code == "forbidden"


def test_bkn_finds_the_usulan_that_institutions_refused_among_what_ended(world: World) -> None:
    def ended(role: Role = Role.BKN, kind: str = "USULAN") -> list[tuple[str, bool]]:
        items = world.get(f"/cases?which=SELESAI&kind={kind}", world.staff(role)).json["items"]
        return [(item["number"], item["overturnable"]) for item in items]

    filed, other, asked = world.filed(), world.filed(nik="9901011705900002"), help_wanted(world)
    world.do(filed, "decisions", **REFUSAL)
    world.do(asked, "decisions", Role.HELPDESK, **ANSWERED)
    assert ended() == [(filed.number, True)], "neither an open one nor help"
    assert ended(Role.AUDITOR) == [(filed.number, False)], "he reads it and accepts nothing"
    assert ended(kind="BANTUAN") == []
    world.do(other, "decisions", **REFUSAL)
    assert [number for number, _ in ended()] == [other.number, filed.number], "the newest first"
    admins = world.get(f"/institutions/{CODE}/cases?which=SELESAI&kind=USULAN", world.staff(Role.ADMIN)).json["items"]
    assert [item["overturnable"] for item in admins] == [False, False]
    settled(world, filed, world.do(filed, "decisions", Role.BKN, **ACCEPTANCE), accepted=True)
    assert (filed.number, False) in ended(), "what bkn accepted is found again"


def test_bkn_overturns_a_refused_usulan_and_nothing_else(world: World) -> None:
    filed = world.filed()
    world.do(filed, "decisions", **REFUSAL)
    assert world.case(filed, Role.BKN)["overturnable"] is True
    assert world.case(filed, Role.ADMIN)["overturnable"] is False
    assert world.do(filed, "decisions", Role.ADMIN, **ACCEPTANCE).code == "illegal-transition"
    assert world.do(filed, "decisions", Role.BKN, **REFUSAL).code == "illegal-transition"
    decided = world.do(filed, "decisions", Role.BKN, **ACCEPTANCE)
    settled(world, filed, decided, accepted=True)
    assert world.follow(filed).json["state"] == "DIPUTUS"


@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("kind", CaseKind)
def test_each_reason_fits_its_decisions_alone(kind: CaseKind, accepted: bool) -> None:
    assert REASONS[kind, accepted]
    assert CaseReason.LAINNYA in REASONS[kind, accepted]


def test_a_reason_that_does_not_fit_is_told(world: World) -> None:
    filed = world.filed()
    answer = world.do(filed, "decisions", **{**REFUSAL, "reason": "TERBUKTI"})
    assert [(each["field"], each["code"]) for each in answer.json["fields"]] == [("reason", "unknown")]


@pytest.mark.parametrize(("received", "code"), [(CLOSES - timedelta(milliseconds=1), None), (CLOSES, "window-closed")])
def test_an_usulan_is_decided_until_corrections_close(world: World, received: datetime, code: str | None) -> None:
    filed = world.filed()
    v = world.case(filed)["v"]
    path = f"/institutions/{CODE}/cases/{filed.number}/decisions"
    answer = world.post({"v": v, **ACCEPTANCE}, path, token=world.staff(), received=received)
    assert answer.json.get("type") == code


def test_a_tanggapan_is_decided_after_the_listed_person_was_heard(world: World) -> None:
    world.prefinal(world.person(1))
    filed = world.reported()
    number = str(read_case_number(filed.number))
    body: Any = {"accepted": False, "reason": "TIDAK_TERBUKTI", "text": "Absensi dan SK menunjukkan ia bekerja."}
    assert world.do(filed, "decisions", Role.ADMIN, **body).code == "wrong-phase"
    assert world.case(filed, Role.ADMIN)["awaits_hearing"] is True
    heard = CaseHeard(institution=CODE, v=1, case=number, pid="pid0001xyz", at=clock.now())
    world.tell(heard, heard.model_copy(update={"at": clock.now() + timedelta(days=1)}))
    until = datetime.fromisoformat(world.case(filed, Role.ADMIN)["hearing_until"])
    assert until == datetime(2022, 10, 11, tzinfo=clock.WIB), "told on the 5th, five whole days after it"
    world.cloud.at(until - timedelta(minutes=1))
    assert world.do(filed, "decisions", Role.ADMIN, **body).code == "wrong-phase"
    world.cloud.at(until)
    assert world.case(filed, Role.ADMIN)["awaits_hearing"] is False
    decided = world.do(filed, "decisions", Role.ADMIN, **body)
    assert decided.json["handover"]
    settled(world, filed, decided, accepted=False)
    assert world.follow(filed).json["state"] == "DITOLAK"


def test_a_keberatan_needs_registrations_word_and_his_own_session(world: World) -> None:
    objection = Objection(pid="pid0001xyz", institution=CODE, decided=1, until=clock.millis(NOON + timedelta(days=9)))
    token = world.cloud.token(Role.HONORER, CODE, sub="pid0001xyz")
    body = {"objection": sign_objection(files_key(), objection), "alasan": "SK pertama saya tahun 2015.", "email": ""}
    filed = world.post(body, "/keberatan", token=token)
    assert filed.status == 201
    (item,) = world.get(f"/institutions/{CODE}/cases", world.staff(Role.VERIFIKATOR)).json["items"]
    assert (item["number"], item["kind"]) == (filed.json["number"], "KEBERATAN")
    other = world.cloud.token(Role.HONORER, CODE, sub="pid0002xyz")
    assert world.post(body, "/keberatan", token=other).code == "ticket-over"
    assert world.post({**body, "objection": "x"}, "/keberatan", token=token).code == "ticket-over"
    late = NOON + timedelta(days=9)
    assert world.post(body, "/keberatan", token=token, received=late).code == "ticket-over"
    assert world.post(body, "/keberatan").code == "unauthenticated"


def test_the_listed_person_reads_and_answers_a_tanggapan_and_only_he(world: World) -> None:
    world.prefinal(world.person(1, assured=True), world.person(2, assured=True))
    filed = world.reported()
    his, other = (world.cloud.token(Role.HONORER, CODE, sub=f"pid000{n}xyz") for n in (1, 2))
    path = f"/me/reports/{filed.number}"
    seen = world.get(path, his)
    assert (seen.json["can_answer"], seen.json["answer"]) == (True, None)
    assert ["luar negeri" in said for said in seen.json["said"]] == [True]
    assert "Rahasia" not in seen.text
    assert world.get(path, other).code == "not-found"
    early = world.do(filed, "decisions", Role.VERIFIKATOR, **TANGGAPAN_REFUSAL)
    assert early.code == "wrong-phase"
    answer = {"text": "Saya masih mengajar di sekolah ini setiap hari."}
    assert world.post(answer, f"{path}/answer", token=other).code == "not-found"
    told = world.post(answer, f"{path}/answer", token=his, headers={"Idempotency-Key": "jawaban-satu"})
    assert (told.status, told.json["answer"], told.json["can_answer"]) == (200, answer["text"], False), told.text
    assert (
        world.post(answer, f"{path}/answer", token=his, headers={"Idempotency-Key": "jawaban-satu"}).json == told.json
    )
    assert world.post(answer, f"{path}/answer", token=his).code == "conflict"
    assert world.case(filed, Role.VERIFIKATOR)["said"]["jawaban"] == answer["text"]
    assert answer["text"] not in world.follow(filed).text, "who reported does not read it"
    decided = world.do(filed, "decisions", Role.VERIFIKATOR, **TANGGAPAN_REFUSAL)
    assert decided.json["handover"], "he was heard"


def test_a_tanggapan_follows_its_person_to_his_right_nik(world: World) -> None:
    world.prefinal(world.person(1), world.person(2))
    filed, closed, other = world.reported(), world.reported(), world.reported(nomor_registrasi="REG000002")
    world.follow(closed, "/cases/withdrawals")
    moved = PersonMoved(institution=CODE, v=9, pid="pid9999xyz", before="pid0001xyz")
    world.tell(moved, moved, world.person(1, pid="pid9999xyz", assured=True))
    path = f"/me/reports/{filed.number}"
    right, wrong = (world.cloud.token(Role.HONORER, CODE, sub=pid) for pid in ("pid9999xyz", "pid0001xyz"))
    assert world.get(path, right).json["said"] == ["Orang ini sudah pindah ke luar negeri sejak tahun 2019."]
    assert world.post({"text": "Saya masih mengajar."}, f"{path}/answer", token=right).status == 200
    assert world.get(path, wrong).code == "not-found", "the id may be another person's"
    assert world.case(filed, Role.ADMIN)["person"] == "pid9999xyz"
    assert world.case(filed, Role.VERIFIKATOR, own="pid0001xyz")["person"] == "pid9999xyz"
    own = world.get(f"/institutions/{CODE}/cases/{filed.number}", world.staff(Role.VERIFIKATOR, own="pid9999xyz"))
    assert own.code == "own-record"
    assert world.case(closed, Role.ADMIN)["person"] == "pid9999xyz"
    assert world.case(other, Role.ADMIN)["person"] == "pid0002xyz"


# ---- time ------------------------------------------------------------------------------------------------------


def test_silence_brings_bkn_in_and_is_told(world: World) -> None:
    """Wednesday 5 October 2022: three working days end with Monday the 10th, for Saturday the 8th was Maulid."""
    filed = world.filed()
    due = datetime.fromisoformat(world.follow(filed).json["due_at"])
    assert due == datetime.fromisoformat("2022-10-11T00:00:00+07:00")
    act_on_due(due - timedelta(milliseconds=1))
    assert world.follow(filed).json["level"] == "INSTANSI"
    assert world.do(filed, "decisions", Role.BKN, **REFUSAL).code == "forbidden"
    world.cloud.at(due)
    act_on_due(due)
    told = world.follow(filed).json
    assert (told["level"], bool(told["note"])) == ("BKN", True)
    assert world.case(filed, Role.ADMIN)["overdue"] is True
    assert [item["number"] for item in world.get("/cases", world.staff(Role.BKN)).json["items"]] == [filed.number]
    act_on_due(due + timedelta(days=1))
    assert world.case(filed, Role.BKN)["decidable"] is True
    assert world.do(filed, "decisions", Role.BKN, **REFUSAL).json["state"] == "DITOLAK"
    assert "Minta BKN" not in world.follow(filed).json["next"], "bkn has looked at it"


def test_a_question_that_nobody_answers_closes_it_after_fourteen_days(world: World) -> None:
    filed = help_wanted(world)
    asked = world.do(filed, "messages", Role.HELPDESK, text="Apa alamat email Anda?", asks=True)
    until = datetime.fromisoformat(asked.json["asked_until"])
    assert clock.now() + timedelta(days=14) - until < timedelta(minutes=1)
    act_on_due(until - timedelta(milliseconds=1))
    assert world.follow(filed).json["state"] == "MENUNGGU_PELAPOR"
    world.cloud.at(until)
    act_on_due(until)
    assert world.follow(filed).json["state"] == "KEDALUWARSA"
    assert world.follow(filed, "/cases/messages", text="Ini jawabannya").code == "illegal-transition"


def test_a_year_after_its_end_it_is_forgotten_with_who_filed_it(world: World) -> None:
    filed = help_wanted(world)
    number = str(read_case_number(filed.number))
    world.do(filed, "decisions", Role.HELPDESK, **ANSWERED)
    before = case_store.load(number)
    assert before is not None
    year = before.moved_at + timedelta(days=365)
    act_on_due(year - timedelta(milliseconds=1))
    assert world.follow(filed).status == 200
    world.cloud.at(year)
    act_on_due(year)
    after = case_store.load(number)
    assert after is not None
    assert after.said == {}
    assert after.salt != before.salt
    assert not case_store.reporter_of(number).is_reachable
    assert world.follow(filed).code == "not-found"
    assert list(case_store.to_act_on(year + timedelta(days=999))) == []


@pytest.mark.parametrize("topic", Topic)
def test_what_concerns_the_institution_itself_is_bkns_from_the_first_day(topic: Topic) -> None:
    without = due_of(CaseKind.BANTUAN, topic, NOON, None)
    assert without.level is CaseLevel.BKN
    hours = (without.at - NOON).total_seconds() / 3600
    assert (hours == 72) == (topic is Topic.DATA_PRIBADI)
    assert {Topic.SILUMAN, Topic.PUNGLI} == OF_BKN


def test_what_staff_do_meanwhile_costs_him_no_message(world: World) -> None:
    filed = world.filed()
    before = case_store.load(str(read_case_number(filed.number)))
    assert before is not None
    world.do(filed, "taking")
    nobody = Actor(id="", role=Role.HONORER, institution=None)
    add_message(before, "Ini bukti saya.", request_of(nobody))
    assert [message["text"] for message in world.case(filed)["messages"]] == ["Ini bukti saya."]
