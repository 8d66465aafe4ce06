from datetime import datetime, timedelta
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pikepdf
import pytest

from services.finalization.adapters import institution_files
from services.finalization.model.sptjm_states import SptjmState
from services.kernel.aws import s3
from services.kernel.states import Phase
from tests.finalization.world import ACCEPT, CODE, CONFIRMED, PPK, RETURN, SHA256, World, accepted, rejected


def due(world: World) -> datetime:
    closes = world.stored().sptjm.closes
    assert closes is not None
    return closes


def state(world: World) -> str:
    return world.stored().sptjm.state.value


def test_the_paper_names_ppk_counts_and_hash(sealed: World) -> None:
    answer = sealed.get("sptjm/document", role="ppk")
    assert answer.status == 303
    link = urlsplit(answer.headers["location"])
    assert parse_qs(link.query)["response-content-disposition"] == ['attachment; filename="SPTJM-9901-3.pdf"']
    key = link.path.lstrip("/")
    assert key.startswith("tmp/")
    assert len(key) > 40
    content = s3.read("exports-bucket", key)
    assert content is not None
    with pikepdf.open(BytesIO(content)) as paper:
        assert len(paper.pages) == 1
        assert "SPTJM-9901-3" in str(paper.docinfo["/Title"])
    assert state(sealed) == "DIBUAT"


def test_another_download_is_another_link_and_moves_nothing(made: World) -> None:
    with made.nothing_changes():
        links = {made.get("sptjm/document").headers["location"].partition("?")[0] for _ in range(2)}
    assert len(links) == 2


def test_no_paper_before_the_seal(prefinal: World) -> None:
    with prefinal.nothing_changes():
        answer = prefinal.get("sptjm/document")
        assert (answer.status, answer.code) == (409, "wrong-phase")
        assert prefinal.hand_in("I9901.SPTJM.1").code == "wrong-phase"


def test_nothing_without_a_ppk_on_record(prefinal: World) -> None:
    prefinal.open(ppk=None)
    prefinal.post("finalization", CONFIRMED)
    prefinal.pass_drain()
    prefinal.lock_due()
    prefinal.roster_sealed()
    file = prefinal.uploaded()
    with prefinal.nothing_changes():
        for answer in (prefinal.get("sptjm/document"), prefinal.hand_in(file, role="admin")):
            assert (answer.status, answer.code) == (422, "incomplete")
            assert [line["code"] for line in answer.json["missing"]] == ["ppk-missing"]
    prefinal.open()
    assert prefinal.get("sptjm/document").status == 303


@pytest.mark.parametrize("role", ["admin", "ppk"])
def test_handing_in(made: World, role: str) -> None:
    file = made.uploaded()
    answer = made.hand_in(file, role=role)
    assert answer.status == 200
    assert (answer.json["sptjm"]["state"], answer.json["sptjm"]["file"]) == ("DIUNGGAH", file)
    (filed,) = made.fin("SPTJM#")
    assert (filed["sk"], filed["file"], filed["root"], filed["role"]) == ("SPTJM#1", file, SHA256, role)
    assert (filed["epoch"], filed["state"]) == (3, "DIUNGGAH")


def test_not_before_the_paper_was_made(sealed: World) -> None:
    file = sealed.uploaded()
    with sealed.nothing_changes():
        answer = sealed.hand_in(file)
    assert (answer.status, answer.code) == (409, "illegal-transition")


def test_the_due_date_decides_by_the_receipt(made: World) -> None:
    file, closes = made.uploaded(), due(made).replace(microsecond=0)
    made.extend({"SPTJM": closes + timedelta(seconds=1)})
    closes = due(made)
    with made.nothing_changes():
        answer = made.hand_in(file, received=closes)
    assert (answer.status, answer.code) == (410, "window-closed")
    assert (answer.json["window"], answer.json["zone"]) == ("SPTJM", "WIB")
    assert datetime.fromisoformat(answer.json["closed_at"]) == closes
    assert made.hand_in(file, received=closes - timedelta(milliseconds=1)).status == 200


@pytest.mark.parametrize(
    ("file", "status", "code"),
    [
        ("nonsense", 422, "not-a-file"),
        ("I9901.LETTER.1", 422, "not-a-file"),
        ("I9901.SURAT.1", 422, "not-sptjm"),
        ("I9901.SPTJM.7", 422, "not-inspected"),
        ("I9901.SPTJM.2", 422, "not-accepted"),
        ("I9902.SPTJM.1", 404, "not-found"),
        ("aaaaaaaaaaaaaaaa.KTP.1", 404, "not-found"),
    ],
)
def test_files_that_will_not_do(made: World, file: str, status: int, code: str) -> None:
    made.uploaded()
    made.uploaded(jenis="SURAT")
    made.tell(rejected("I9901.SPTJM.2"), accepted("I9902.SPTJM.1", institution="9902"))
    with made.nothing_changes():
        answer = made.hand_in(file)
    assert answer.status == status
    assert code == (answer.json["fields"][0]["code"] if status == 422 else answer.code)


def test_the_reason_why_a_file_was_refused_is_passed_on(made: World) -> None:
    made.tell(rejected("I9901.SPTJM.2"))
    answer = made.hand_in("I9901.SPTJM.2")
    assert answer.json["fields"][0]["message"] == "Berkas SPTJM Anda rusak."


def test_facts_about_files_in_any_order(made: World) -> None:
    file = "I9901.SPTJM.4"
    made.tell(accepted(file, v=3))
    with made.nothing_changes():
        made.tell(rejected(file, v=2), accepted(file, v=3))
        made.tell(accepted("aaaaaaaaaaaaaaaa.KTP.1"))
    assert made.hand_in(file).status == 200


def test_returned_it_may_be_handed_in_again_but_not_the_same_file(handed_in: World) -> None:
    answer = handed_in.decide(RETURN)
    assert answer.status == 200
    assert (answer.json["sptjm"]["state"], answer.json["sptjm"]["reason"]) == ("DIKEMBALIKAN", RETURN["reason"])
    assert handed_in.stored().phase is Phase.FINAL
    with handed_in.nothing_changes():
        answer = handed_in.hand_in("I9901.SPTJM.1")
        assert (answer.status, answer.code) == (409, "conflict")
    assert handed_in.get("sptjm/document").status == 303
    assert state(handed_in) == "DIKEMBALIKAN"
    answer = handed_in.hand_in(handed_in.uploaded(2))
    assert (answer.json["sptjm"]["state"], answer.json["sptjm"]["reason"]) == ("DIUNGGAH", None)
    assert [(item["sk"], item["state"]) for item in handed_in.fin("SPTJM#")] == [
        ("SPTJM#1", "DIKEMBALIKAN"),
        ("SPTJM#2", "DIUNGGAH"),
    ]


def test_accepted_it_is_done(handed_in: World) -> None:
    handed_in.cloud.at(due(handed_in) + timedelta(days=1))
    answer = handed_in.decide(ACCEPT)
    assert answer.status == 200, "what was handed in time may be accepted later"
    assert (answer.json["phase"], answer.json["sptjm"]["state"]) == ("SPTJM_DITERIMA", "DITERIMA")
    handed_in.require_consistent()
    assert handed_in.fin("SPTJM#")[0]["decided_by"] == "bkn-1"
    with handed_in.nothing_changes():
        for body in (ACCEPT, RETURN):
            assert handed_in.decide(body).code == "illegal-transition"
        assert handed_in.hand_in("I9901.SPTJM.1").code == "illegal-transition"
        assert handed_in.get("sptjm/document").status == 303


@pytest.mark.parametrize("body", [{"decision": "DIKEMBALIKAN"}, {**RETURN, "reason": " "}, {**RETURN, "reason": ""}])
def test_a_return_needs_a_reason(handed_in: World, body: dict[str, str]) -> None:
    with handed_in.nothing_changes():
        answer = handed_in.decide(body)
    assert (answer.status, answer.json["fields"][0]["field"]) == (422, "reason")


@pytest.mark.parametrize("prepared", ["sealed", "made"])
def test_nothing_to_decide(prepared: str, request: pytest.FixtureRequest) -> None:
    world: World = request.getfixturevalue(prepared)
    with world.nothing_changes():
        answer = world.decide(ACCEPT)
    assert (answer.status, answer.code) == (409, "illegal-transition")


def test_bkn_decides_about_what_it_has_seen(handed_in: World) -> None:
    seen = handed_in.get(role="bkn").json["v"]
    assert handed_in.decide({**ACCEPT, "v": seen - 1}).code == "version-moved"
    assert handed_in.decide({**ACCEPT, "v": seen}).status == 200
    assert handed_in.stored().sptjm.state is SptjmState.DITERIMA


def test_who_signs_may_have_seen_the_page_before_the_paper_was_made(sealed: World) -> None:
    seen = sealed.get().json["v"]
    sealed.get("sptjm/document")
    file = sealed.uploaded()
    with sealed.nothing_changes():
        assert sealed.hand_in(file, v=seen - 1).code == "version-moved"
        assert sealed.hand_in(file, v=seen + 2).code == "version-moved"
    assert sealed.hand_in(file, v=seen).status == 200
    sealed.decide(RETURN)
    with sealed.nothing_changes():
        assert sealed.hand_in(sealed.uploaded(1), v=seen).code == "version-moved"


def test_neither_ppk_nor_reason_lie_open_in_the_tables(handed_in: World) -> None:
    handed_in.decide(RETURN)
    stored = repr(handed_in.everything())
    for secret in (PPK["nama"], PPK["nip"], PPK["jabatan"], RETURN["reason"]):
        assert secret not in stored
    assert handed_in.get(role="bkn").json["ppk"] == PPK
    assert CODE in stored


def test_a_statement_of_a_unit_is_no_paper_of_the_seal(sealed: World) -> None:
    """It is optional and there are thousands: nothing of it is kept, and it is no SPTJM."""
    file = sealed.uploaded(jenis="SURAT_UNIT")
    assert institution_files.find(CODE, file) is None
    assert institution_files.find(CODE, sealed.uploaded()) is not None
