"""Staff decide field by field: who may, what becomes of the record, the second look, and what the person is told."""

from datetime import datetime, timedelta

import pytest

from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.registration.model.correction_request import MOVES, OPEN, RequestState, Step
from tests.registration.listed import IN_TIME, TOO_LATE, put_in, returned
from tests.registration.requests.conftest import Asker, decide
from tests.registration.staff import Desk, desk
from tests.support.aws import Cloud

ASKED = {"nama": "Siti Contoh Lestarini", "nomor_sk": "800/7/2018"}


def notices(cloud: Cloud, kind: str) -> int:
    """How many of a kind wait to be sent."""
    return sum(item.get("notice") == kind for item in cloud.items("RegTable"))


def test_what_is_accepted_is_corrected_and_what_is_refused_says_why(asker: Asker, operator: Desk) -> None:
    asked = asker.asked(ASKED)
    v = asker.person.v
    answer = decide(operator, asker, asked, nama=True, nomor_sk="SK itu bukan milik Anda")
    assert answer.json == {"v": v + 1}
    person = asker.person
    assert (person.nama, person.row["nomor_sk"]) == ("Siti Contoh Lestarini", "800/1/2018")
    (own,) = asker.call("GET", "/requests").json["items"]
    assert own["state"] == "DIPUTUS"
    assert {field["name"]: (field["accepted"], field["reason"]) for field in own["fields"]} == {
        "nama": (True, None),
        "nomor_sk": (False, "SK itu bukan milik Anda"),
    }
    assert operator.call("GET", "/requests").json["items"] == []
    assert notices(asker.cloud, "request-decided") == 1
    assert person.is_work_of(operator.actor.id), "who changed the row decides on nobody's verdict"


def test_all_refused_changes_nothing_of_the_row(asker: Asker, operator: Desk) -> None:
    asked = asker.asked(ASKED)
    row = dict(asker.person.row)
    assert decide(operator, asker, asked, nama="tidak", nomor_sk="tidak").status == 200
    assert dict(asker.person.row) == row
    assert not asker.person.is_work_of(operator.actor.id)


def test_a_verdict_falls_only_where_an_input_of_a_criterion_changed(asker: Asker, operator: Desk, admin: Desk) -> None:
    name = asker.asked({"nama": ASKED["nama"]}, 1)
    start = asker.asked({"tanggal_mulai": "2021-12-30", "tanggal_sk": "2021-12-29"}, 2)
    verdict = admin.decide(asker.pid, asker.person.v, "TIDAK_MEMENUHI_SYARAT")
    assert verdict.status == 200, verdict.text
    decide(operator, asker, name, nama=True)
    assert asker.person.state is PersonState.TIDAK_MEMENUHI_SYARAT
    assert set(asker.person.marks) == {"nama"}
    decide(operator, asker, start, tanggal_mulai=True, tanggal_sk=True)
    assert asker.person.state is not PersonState.TIDAK_MEMENUHI_SYARAT


@pytest.mark.parametrize(
    "verdicts",
    [{"nama": True}, {"nama": True, "nomor_sk": True, "jabatan": True}, {}],
)
def test_each_field_is_decided_and_no_other(asker: Asker, operator: Desk, verdicts: dict[str, bool]) -> None:
    asked = asker.asked(ASKED)
    before = asker.person
    assert decide(operator, asker, asked, **verdicts).code == "invalid-fields"
    assert asker.person == before


def test_who_refuses_says_why(asker: Asker, operator: Desk) -> None:
    asked = asker.asked(ASKED)
    answer = decide(operator, asker, asked, nama=True, nomor_sk="")
    assert [field["field"] for field in answer.json["fields"]] == ["nomor_sk"]


def test_bkn_only_after_five_working_days(asker: Asker, portal: Cloud, bkn: Desk) -> None:
    asked = asker.asked(ASKED)
    early = decide(bkn, asker, asked, nama=True, nomor_sk="tidak")
    assert (early.status, early.code) == (403, "forbidden")
    portal.at(datetime.fromisoformat("2022-09-09T00:00:00+07:00"))
    assert decide(bkn, asker, asked, nama=True, nomor_sk="tidak").status == 200


def test_the_second_look_is_somebody_elses(asker: Asker, operator: Desk, admin: Desk) -> None:
    asked = asker.asked(ASKED)
    decide(operator, asker, asked, nama="tidak", nomor_sk=True)
    appeal = {"v": asker.person.v, "reason": "KTP saya baru"}
    assert asker.call("POST", f"/requests/{asked}/second-look", appeal).status == 200
    (waiting,) = admin.call("GET", "/requests").json["items"]
    assert (waiting["second"], waiting["fields"]) == (True, ["nama"]), "what was accepted is settled"
    same = decide(operator, asker, asked, nama=True)
    assert (same.status, same.code) == (403, "forbidden")
    assert decide(admin, asker, asked, nama=True).status == 200
    assert asker.person.nama == ASKED["nama"]
    appeal = {"v": asker.person.v, "reason": "lagi"}
    assert asker.call("POST", f"/requests/{asked}/second-look", appeal).code == "illegal-transition"


def test_nor_of_who_entered_the_row(asker: Asker, portal: Cloud, operator: Desk) -> None:
    asked = asker.asked(ASKED)
    enterer = desk(portal, Role.OPERATOR, number=50)
    put_in(asker.person, asker.person.state, by=enterer.actor.id)
    decide(enterer, asker, asked, nama="tidak", nomor_sk="tidak")
    appeal = {"v": asker.person.v, "reason": "KTP saya baru"}
    asker.call("POST", f"/requests/{asked}/second-look", appeal)
    assert decide(enterer, asker, asked, nama=True, nomor_sk=True).code == "forbidden"
    assert decide(operator, asker, asked, nama=True, nomor_sk=True).status == 200


def test_a_second_look_needs_a_reason_a_refusal_and_its_days(asker: Asker, portal: Cloud, operator: Desk) -> None:
    first = asker.asked({"nama": ASKED["nama"]}, 1)
    decide(operator, asker, first, nama=True)
    path = f"/requests/{first}/second-look"
    assert asker.call("POST", path, {"v": asker.person.v, "reason": "x"}).code == "conflict", "nothing was refused"
    second = asker.asked({"nomor_sk": "800/7/2018"}, 2)
    decide(operator, asker, second, nomor_sk="tidak")
    path = f"/requests/{second}/second-look"
    assert asker.call("POST", path, {"v": asker.person.v, "reason": ""}).code == "invalid-fields"
    end = datetime.fromisoformat("2022-09-09T00:00:00+07:00")
    portal.at(end - timedelta(minutes=5))
    late = asker.call("POST", path, {"v": asker.person.v, "reason": "x"}, received=end)
    assert late.code == "conflict", "five working days"
    last = end - timedelta(milliseconds=1)
    assert asker.call("POST", path, {"v": asker.person.v, "reason": "x"}, received=last).status == 200


def test_nothing_is_decided_after_the_close_nor_on_a_stale_version(asker: Asker, portal: Cloud, operator: Desk) -> None:
    asked = asker.asked(ASKED)
    body = {"v": asker.person.v - 1, "fields": [{"name": name, "accepted": True} for name in ASKED]}
    path = f"/people/{asker.pid}/requests/{asked}/decision"
    assert operator.call("POST", path, body).code == "version-moved"
    portal.at(TOO_LATE)
    assert decide(operator, asker, asked, nama=True, nomor_sk=True).code == "window-closed"
    assert asker.person.nama != ASKED["nama"]


def test_nobody_decides_on_his_own(asker: Asker, portal: Cloud) -> None:
    asked = asker.asked(ASKED)
    himself = desk(portal, Role.OPERATOR, number=51, own=asker.pid)
    assert decide(himself, asker, asked, nama=True, nomor_sk=True).code == "own-record"


def test_a_value_that_fits_no_more_is_told_to_whoever_accepts_it(asker: Asker, operator: Desk) -> None:
    asked = asker.asked({"tanggal_akhir": "2018-01-02"})
    other = asker.asked({"tanggal_mulai": "2019-01-02", "tanggal_sk": "2019-01-01"}, 2)
    decide(operator, asker, other, tanggal_mulai=True, tanggal_sk=True)
    before = asker.person
    assert decide(operator, asker, asked, tanggal_akhir=True).code == "invalid-fields"
    assert asker.person == before, "nothing half-written"


@pytest.mark.parametrize("state", list(RequestState))
@pytest.mark.parametrize("step", list(Step))
def test_the_table_of_moves(asker: Asker, state: RequestState, step: Step) -> None:
    drawn = {
        (RequestState.DIAJUKAN, Step.DECIDE): RequestState.DIPUTUS,
        (RequestState.TINJAU_ULANG, Step.DECIDE): RequestState.SELESAI,
        (RequestState.DIAJUKAN, Step.WITHDRAW): RequestState.DICABUT,
        (RequestState.TINJAU_ULANG, Step.WITHDRAW): RequestState.SELESAI,
        (RequestState.DIPUTUS, Step.SECOND_LOOK): RequestState.TINJAU_ULANG,
    }
    assert MOVES.allowed(state, step) is ((state, step) in drawn)
    if (state, step) in drawn:
        assert MOVES.after(state, step) is drawn[state, step]
    assert {RequestState.DIAJUKAN, RequestState.TINJAU_ULANG} == OPEN


def test_a_returned_record_with_an_account_stays_its_persons(asker: Asker, operator: Desk) -> None:
    """He submits again himself."""
    asked = asker.asked({"nama": ASKED["nama"]})
    returned(put_in(asker.person, PersonState.DIKEMBALIKAN), IN_TIME)
    assert decide(operator, asker, asked, nama=True).status == 200
    assert asker.person.state is PersonState.DIKEMBALIKAN
