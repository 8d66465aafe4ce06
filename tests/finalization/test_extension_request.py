"""An institution asks for more time with its letter; bkn decides."""

from datetime import timedelta
from typing import Any

import pytest

from services.finalization.adapters.institution_items import REQUESTS
from services.kernel.writes.calendar import DRAIN, Window
from tests.finalization.world import CLOSES, CODE, NOON, World, rejected

DAY = timedelta(days=1)
MORE = {"VERIFICATION": CLOSES + DAY}
REFUSAL = {"decision": "DITOLAK", "reason": "Waktu masih cukup."}
GRANT = {"decision": "DIBERI"}


def decide(world: World, body: dict[str, Any], number: int = 1, **options: Any) -> Any:
    return world.call("POST", f"extensions/{CODE}-{number}/decision", body, **{"role": "bkn", **options})


def test_asking_moves_nothing_but_the_record(started: World) -> None:
    before, gate = started.stored(), started.gate()
    answer = started.ask_more(MORE)
    assert answer.status == 202
    (request,) = answer.json["extensions"]
    assert (request["id"], request["state"], request["by_role"]) == (f"{CODE}-1", "DIMINTA", "admin")
    assert request["requested"] == {"VERIFICATION": "2022-11-01T17:00:00+07:00"}
    assert (request["windows"], request["reason"], request["decided_at"]) == ({}, None, None)
    assert request["letter"] == {"number": "800/9/2022", "date": "2022-08-30", "file": f"I{CODE}.SURAT.1"}
    after = started.stored()
    assert (after.windows, after.epoch, after.own) == (before.windows, before.epoch, before.own)
    assert (after.open_request, started.gate()) == (1, gate)
    assert started.fin("EXT#")[0]["g1pk"] == REQUESTS


@pytest.mark.parametrize(
    ("closes", "read"),
    [
        ("2022-11-02T02:00:00+09:00", "2022-11-02T00:00:00+07:00"),
        ("2022-11-01T18:30:00Z", "2022-11-02T01:30:00+07:00"),
        ("2022-11-02T00:30:00+05:30", "2022-11-02T02:00:00+07:00"),
        ("2022-11-02T00:00:00", None),
        ("2022-11-02", None),
        ("2022-11-02T24:00:00+07:00", None),
    ],
)
def test_an_instant_is_read_in_its_own_zone_and_without_one_refused(
    started: World, closes: str, read: str | None
) -> None:
    letter = {"number": "800/9/2022", "date": "2022-08-30"}
    body = {"windows": {"VERIFICATION": closes}, "letter": letter}
    answer = started.call("POST", f"institutions/{CODE}/extensions", body, role="bkn")
    assert answer.status == (422 if read is None else 201), answer.text
    if read is not None:
        assert [one["windows"] for one in answer.json["extensions"]] == [{"VERIFICATION": read}]


def test_granting_moves_what_was_asked_for(started: World) -> None:
    started.ask_more(MORE)
    answer = decide(started, GRANT, received=NOON + DAY)
    assert answer.status == 200
    (extension,) = answer.json["extensions"]
    assert (extension["state"], extension["windows"]) == ("DIBERI", extension["requested"])
    assert extension["decided_at"] == "2022-09-02T12:00:00+07:00"
    assert answer.json["epoch"] == 2
    stored = started.stored()
    assert (stored.windows[Window.VERIFICATION].closes, stored.open_request) == (CLOSES + DAY, None)
    assert not {"g1pk", "g1sk"} & started.fin("EXT#")[0].keys()
    started.require_consistent()


def test_bkn_may_grant_other_instants(started: World) -> None:
    started.ask_more({"VERIFICATION": CLOSES + 9 * DAY})
    windows = {"VERIFICATION": (CLOSES + DAY).isoformat(), "DOSSIER": CLOSES.isoformat()}
    (extension,) = decide(started, {**GRANT, "windows": windows, "reason": "Cukup satu hari."}).json["extensions"]
    assert extension["requested"] == {"VERIFICATION": "2022-11-09T17:00:00+07:00"}
    assert set(extension["windows"]) == {"VERIFICATION", "DOSSIER"}
    assert extension["reason"] == "Cukup satu hari."
    assert started.stored().windows[Window.VERIFICATION].closes == CLOSES + DAY
    started.require_consistent()


def test_refusing_takes_a_reason_and_moves_nothing(started: World) -> None:
    started.ask_more(MORE)
    gate = started.gate()
    with started.nothing_changes():
        for reason in (None, "", " "):
            answer = decide(started, {"decision": "DITOLAK", "reason": reason})
            assert (answer.code, answer.json["fields"][0]["field"]) == ("invalid-fields", "reason")
    (extension,) = decide(started, REFUSAL).json["extensions"]
    assert (extension["state"], extension["reason"], extension["windows"]) == ("DITOLAK", "Waktu masih cukup.", {})
    assert started.gate() == gate
    assert "Waktu masih cukup" not in str(started.fin("EXT#")), "a reason is kept sealed"
    assert started.get().json["extensions"][0]["reason"] == "Waktu masih cukup."


@pytest.mark.parametrize("first", [GRANT, REFUSAL])
def test_what_is_decided_stays_so(started: World, first: dict[str, str]) -> None:
    started.ask_more(MORE)
    decide(started, first, key="a-key-of-bkn")
    with started.nothing_changes():
        for again in (GRANT, REFUSAL):
            assert (decide(started, again).status, decide(started, again).code) == (409, "illegal-transition")
        assert decide(started, first, key="a-key-of-bkn").status == 200


def test_what_bkn_gave_unasked_is_not_to_be_decided(started: World) -> None:
    started.extend(MORE)
    assert decide(started, REFUSAL).code == "illegal-transition"


@pytest.mark.parametrize("extension", [f"{CODE}-2", "9902-1", CODE, f"{CODE}-0", f"{CODE}-x", f"{CODE}-1-1", "x"])
def test_an_unknown_request(started: World, extension: str) -> None:
    started.ask_more(MORE)
    answer = started.call("POST", f"extensions/{extension}/decision", GRANT, role="bkn")
    assert (answer.status, answer.code) == (404, "not-found")


def test_one_request_at_a_time(started: World) -> None:
    assert started.ask_more(MORE, key="a-key-of-mine").status == 202
    with started.nothing_changes():
        assert (started.ask_more(MORE).status, started.ask_more(MORE).code) == (409, "conflict")
        assert started.ask_more(MORE, key="a-key-of-mine").status == 202
    decide(started, REFUSAL)
    assert started.ask_more(MORE).status == 202
    assert [each["state"] for each in started.get().json["extensions"]] == ["DITOLAK", "DIMINTA"]


def test_of_two_at_once_one_is_refused(started: World) -> None:
    letter = started.uploaded(jenis="SURAT")
    started.come_between(lambda: started.ask_more(MORE, letter))
    assert started.ask_more(MORE, letter).code == "version-moved"
    assert len(started.fin("EXT#")) == 1


def test_bkn_may_give_more_unasked_meanwhile(started: World) -> None:
    started.ask_more({"VERIFICATION": CLOSES + 2 * DAY})
    assert started.extend(MORE).status == 201
    assert started.stored().open_request == 1
    assert decide(started, GRANT).json["extensions"][0]["state"] == "DIBERI"
    assert started.stored().windows[Window.VERIFICATION].closes == CLOSES + 2 * DAY


def test_the_lock_ends_a_request_that_nobody_answered(prefinal: World) -> None:
    prefinal.ask_more(MORE)
    prefinal.pass_drain()
    prefinal.lock_due()
    (request,) = prefinal.get().json["extensions"]
    assert (request["state"], request["decided_at"]) == ("GUGUR", prefinal.get().json["locked_at"])
    assert "terkunci sebelum" in request["reason"]
    assert not {"g1pk", "g1sk"} & prefinal.fin("EXT#")[0].keys(), "nothing waits for bkn any more"
    with prefinal.nothing_changes():
        for body in (GRANT, REFUSAL):
            assert decide(prefinal, body).code == "illegal-transition"


def test_after_the_lock_more_time_for_the_statement_can_be_asked_for(prefinal: World) -> None:
    prefinal.ask_more(MORE)
    prefinal.pass_drain()
    prefinal.lock_due()
    prefinal.roster_sealed()
    closes = prefinal.stored().sptjm.closes
    assert closes is not None
    answer = prefinal.ask_more({"SPTJM": closes + DAY}, prefinal.uploaded(2, "SURAT"))
    assert [each["state"] for each in answer.json["extensions"]] == ["GUGUR", "DIMINTA"]
    assert decide(prefinal, GRANT, 2).status == 200
    assert prefinal.stored().sptjm.closes == closes + DAY


def test_an_answer_that_comes_while_the_locker_is_at_work_counts(started: World) -> None:
    started.ask_more(MORE)
    started.cloud.at(CLOSES + DRAIN)
    started.come_between(lambda: decide(started, REFUSAL))
    assert started.lock_due() == 1
    assert started.get().json["extensions"][0]["state"] == "DITOLAK"


def test_granting_nothing_is_no_grant(started: World) -> None:
    started.ask_more(MORE)
    with started.nothing_changes():
        answer = decide(started, {**GRANT, "windows": {}})
    assert [(each["field"], each["code"]) for each in answer.json["fields"]] == [("windows", "too-short")]


def test_granted_when_its_instant_is_over(started: World) -> None:
    started.ask_more({"ENTRY": CLOSES - DAY})
    with started.nothing_changes():
        answer = decide(started, GRANT, received=CLOSES - DAY)
    assert [(each["field"], each["code"]) for each in answer.json["fields"]] == [("windows.ENTRY", "in-the-past")]
    assert decide(started, GRANT, received=CLOSES - DAY - timedelta(milliseconds=1)).status == 200


@pytest.mark.parametrize(
    ("windows", "code"),
    [
        ({"VERIFICATION": CLOSES}, "not-later"),
        ({"VERIFICATION": NOON}, "in-the-past"),
        ({"DOSSIER": CLOSES + DAY}, "after-verification"),
    ],
)
def test_what_could_not_be_granted_is_not_asked_for(started: World, windows: dict[str, Any], code: str) -> None:
    letter = started.uploaded(jenis="SURAT")
    with started.nothing_changes():
        answer = started.ask_more(windows, letter, received=NOON)
    assert [each["code"] for each in answer.json["fields"]] == [code]


def test_not_from_a_locked_institution_but_for_its_statement(sealed: World) -> None:
    letter = sealed.uploaded(jenis="SURAT")
    with sealed.nothing_changes():
        assert (sealed.ask_more(MORE, letter).status, sealed.ask_more(MORE, letter).code) == (409, "wrong-phase")
    due = sealed.stored().sptjm.closes
    assert due is not None
    assert sealed.ask_more({"SPTJM": due + DAY}, letter).status == 202
    assert sealed.stored().sptjm.closes == due
    gate = sealed.gate()
    assert decide(sealed, GRANT).status == 200
    assert sealed.stored().sptjm.closes == due + DAY
    assert sealed.gate() == gate


@pytest.mark.parametrize(
    ("file", "code"),
    [(None, "missing"), ("", "missing"), ("x", "not-a-file"), (f"I{CODE}.SPTJM.1", "not-letter")],
)
def test_letters_that_are_none(started: World, file: str | None, code: str) -> None:
    started.uploaded()
    with started.nothing_changes():
        answer = started.extend(MORE, {"number": "1", "date": "2022-08-30", "file": file}, role="admin")  # type: ignore[dict-item]
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert [(each["field"], each["code"]) for each in answer.json["fields"]] == [("letter.file", code)]


def test_a_letter_counts_once_it_is_accepted(started: World) -> None:
    letter = f"I{CODE}.SURAT.1"
    with started.nothing_changes():
        assert started.ask_more(MORE, letter).json["fields"][0]["code"] == "not-inspected"
    started.tell(rejected(letter))
    with started.nothing_changes():
        answer = started.ask_more(MORE, letter)
    assert answer.json["fields"] == [
        {"field": "letter.file", "code": "not-accepted", "message": "Berkas SPTJM Anda rusak."}
    ]
    started.uploaded(2, "SURAT")
    assert started.ask_more(MORE, f"I{CODE}.SURAT.2").status == 202


def test_another_institutions_letter_does_not_exist(started: World) -> None:
    started.open("9902")
    theirs = started.uploaded(jenis="SURAT", institution="9902")
    with started.nothing_changes():
        assert started.ask_more(MORE, theirs).code == "not-found"
        letter = {"number": "1", "date": "2022-08-30", "file": theirs}
        assert started.extend(MORE, letter).code == "not-found", "nor for bkn, at this institution"


def test_bkn_may_name_the_letters_file_too(started: World) -> None:
    letter = {"number": "1", "date": "2022-08-30", "file": started.uploaded(jenis="SURAT")}
    (extension,) = started.extend(MORE, letter).json["extensions"]
    assert extension["letter"] == letter


def test_the_trail_tells_who_asked_and_who_decided(started: World) -> None:
    started.ask_more(MORE)
    decide(started, GRANT)
    links = [item for item in started.cloud.items("AuditTable") if item["pk"] == f"finalization#I#{CODE}"]
    assert [(link["actor"], link["action"]) for link in links[-2:]] == [
        ("admin-1", "extension.requested"),
        ("bkn-1", "extension.decided"),
    ]


def test_whoever_saw_another_version_is_refused(started: World) -> None:
    started.ask_more(MORE)
    seen = started.stored().v
    with started.nothing_changes():
        assert decide(started, {**GRANT, "v": seen - 1}).code == "version-moved"
    assert decide(started, {**GRANT, "v": seen}).status == 200
