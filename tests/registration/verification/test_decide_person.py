"""Verdicts: from every state, by every decision; who may not; with which reason; until when."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.documents import DocumentType
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.kernel.writes import gate
from services.registration.adapters import person_items, person_store
from services.registration.eligibility.advice import Criterion
from services.registration.settings import settings
from tests.registration.listed import INSTITUTION, accept, complete, put_in, returned, with_account
from tests.registration.staff import Desk, at, desk, row
from tests.support.aws import Cloud

VERDICTS = {
    "MEMENUHI_SYARAT": {"TERDAFTAR", "AKUN_DIBUAT", "DIAJUKAN", "DIKEMBALIKAN"},
    "TIDAK_MEMENUHI_SYARAT": {"TERDAFTAR", "AKUN_DIBUAT", "DIAJUKAN", "DIKEMBALIKAN"},
    "DIKEMBALIKAN": {"DIAJUKAN", "MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT"},
}
"""From which states each decision may be taken: domain.md, section 4."""
LAST = at("2022-10-31T16:59:59.999+07:00")
CLOSED = at("2022-10-31T17:00:00.000+07:00")
LONG_AGO = at("2022-08-25T09:00:00+07:00")
DAY = timedelta(days=1)


@pytest.mark.parametrize("decision", list(VERDICTS))
def test_every_state_under_every_decision(operator: Desk, verifier: Desk, decision: str) -> None:
    pid = operator.enter(row(1)).json["id"]
    v = 1
    for state in PersonState:
        person = returned(put_in(person_store.load(pid), state, before="DIAJUKAN", v=v), LONG_AGO)
        answer = verifier.decide(pid, person.v, decision, "alasan yang jelas")
        if state.value in VERDICTS[decision]:
            assert (answer.status, answer.json) == (200, {"v": v + 1, "state": decision}), state
            v += 1
        else:
            assert (answer.status, answer.code) == (409, "illegal-transition"), state


def test_who_never_made_an_account_is_decided_on_by_the_institutions_data(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    answer = verifier.decide(pid, 1, "MEMENUHI_SYARAT", "SK diperiksa di kantor")
    assert answer.json == {"v": 2, "state": "MEMENUHI_SYARAT"}
    seen = operator.detail(pid)
    (noted,) = seen["decisions"]
    assert (noted["decision"], noted["by"], noted["reason"]) == ("MEMENUHI_SYARAT", "Petugas verifikator 1", None)
    assert {one["text"] for one in noted["criteria"]} == {"SK diperiksa di kantor"}
    assert [step["state"] for step in seen["progress"]] == ["TERDAFTAR", "MEMENUHI_SYARAT"]


def test_nobody_decides_on_a_row_he_entered(portal: Cloud, operator: Desk) -> None:
    admin = desk(portal, Role.ADMIN)
    pid = admin.enter(row(1)).json["id"]
    answer = admin.decide(pid, 1, "MEMENUHI_SYARAT")
    assert (answer.status, answer.code) == (403, "entered-by-you")
    assert desk(portal, Role.ADMIN, number=2).decide(pid, 1, "MEMENUHI_SYARAT").status == 200


@pytest.mark.parametrize("role", [Role.VERIFIKATOR, Role.ADMIN])
def test_nobody_decides_on_a_row_that_whoever_invited_him_entered(portal: Cloud, role: Role) -> None:
    """The ghost worker of one man: he enters him, and lets an account of his own making approve him."""
    admin = desk(portal, Role.ADMIN, number=7)
    pid = admin.enter(row(1)).json["id"]
    invited = desk(portal, role, number=8, sponsors=("1.somebody", admin.actor.id))
    detail = invited.detail(pid)
    assert (detail["entered_by_me"], detail["entered_by_sponsor"]) == (False, True)
    for decision in ("MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT", "DIKEMBALIKAN"):
        answer = invited.decide(pid, 1, decision)
        assert (answer.status, answer.code) == (403, "entered-by-sponsor")
        assert "mengundang" in answer.json["detail"]
    assert desk(portal, role, number=9, sponsors=("1.somebody",)).decide(pid, 1, "MEMENUHI_SYARAT").status == 200


def test_nobody_decides_on_a_draft_he_changed(portal: Cloud, operator: Desk, verifier: Desk) -> None:
    maker, editor, other = (desk(portal, Role.ADMIN, number=number) for number in (1, 2, 3))
    pid = maker.enter(row(1, nomor_sk=None)).json["id"]
    assert editor.call("PATCH", f"/people/{pid}", {"v": 1, "sekolah": "SD Contoh"}).status == 200
    assert operator.call("PATCH", f"/people/{pid}", {"v": 2, "nomor_sk": "800/9/2018"}).json["state"] == "TERDAFTAR"
    for own in (maker, editor):
        assert own.detail(pid)["entered_by_me"] is True
        answer = own.decide(pid, 3, "MEMENUHI_SYARAT")
        assert (answer.status, answer.code) == (403, "entered-by-you")
    assert [somebody.detail(pid)["entered_by_me"] for somebody in (operator, verifier, other)] == [True, False, False]
    assert other.decide(pid, 3, "MEMENUHI_SYARAT").status == 200
    assert editor.decide(pid, 4, "DIKEMBALIKAN", "periksa lagi").code == "entered-by-you", "also after a decision"


def test_who_changed_a_draft_is_kept_once_each(portal: Cloud, operator: Desk) -> None:
    pid = operator.enter(row(1, nomor_sk=None)).json["id"]
    admin = desk(portal, Role.ADMIN)
    for v, by in enumerate((admin, operator, admin), start=1):
        assert by.call("PATCH", f"/people/{pid}", {"v": v, "sekolah": f"SD {v}"}).status == 200
    stored = person_store.load(pid)
    assert (stored.entered_by, stored.edited_by) == (operator.actor.id, (admin.actor.id,))


def test_a_row_stored_before_editors_were_kept_is_its_makers(portal: Cloud, operator: Desk, verifier: Desk) -> None:
    admin = desk(portal, Role.ADMIN)
    pid = admin.enter(row(1)).json["id"]
    item = dynamodb.get(settings().table, person_items.person_key(pid))
    assert item is not None
    old = {name: value for name, value in item.items() if name != "editors"}
    dynamodb.transact([dynamodb.put(settings().table, old)])
    assert admin.decide(pid, 1, "MEMENUHI_SYARAT").code == "entered-by-you"
    assert verifier.decide(pid, 1, "MEMENUHI_SYARAT").status == 200


def test_the_engine_runs_again_with_the_files_of_the_moment(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    for jenis in (DocumentType.SK, DocumentType.BUKTI_BAYAR):
        accept(pid, jenis, "pertama")
    verifier.decide(pid, 1, "MEMENUHI_SYARAT")
    criteria = {one.criterion: one.inputs for one in person_store.load(pid).assessment.criteria}
    assert criteria[Criterion.MASA_KERJA]["hari_terbukti"] == criteria[Criterion.MASA_KERJA]["hari"]


def service_of(shown: Any) -> tuple[str, bool]:
    """The verdict on service, and whether its sentence says that it is not proved."""
    found = next(one for one in shown["advice"]["criteria"] if one["criterion"] == "MASA_KERJA")
    return found["advice"], "belum dibuktikan" in found["sentence"]


@pytest.mark.parametrize("proved", [True, False])
def test_service_without_proof_is_in_doubt_for_whoever_verifies(operator: Desk, verifier: Desk, proved: bool) -> None:
    """Domain.md, section 5: at entry judged by its data and marked; the page shows what is noted beside the verdict."""
    entered = operator.enter(row(1)).json
    assert service_of(entered) == ("LOLOS", True)
    pid = entered["id"]
    if proved:
        for jenis in (DocumentType.SK, DocumentType.BUKTI_BAYAR):
            accept(pid, jenis, "pertama")
    expected = ("LOLOS", False) if proved else ("PERLU_DITINJAU", True)
    before = verifier.detail(pid)
    assert service_of(before) == expected
    assert verifier.decide(pid, 1, "MEMENUHI_SYARAT").status == 200
    after = verifier.detail(pid)
    assert (service_of(after), after["advice"]) == (expected, before["advice"])
    assert person_store.load(pid).private.decisions[0].advice == before["advice"]["overall"]


def test_a_decided_row_shows_the_advice_it_was_decided_on(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    assert verifier.decide(pid, 1, "MEMENUHI_SYARAT").status == 200
    for jenis in (DocumentType.SK, DocumentType.BUKTI_BAYAR):
        accept(pid, jenis, "pertama")
    assert service_of(verifier.detail(pid)) == ("PERLU_DITINJAU", True)


def test_a_decision_on_an_older_version_is_refused(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    verifier.decide(pid, 1, "MEMENUHI_SYARAT")
    assert verifier.decide(pid, 1, "DIKEMBALIKAN", "periksa lagi").code == "version-moved"


@pytest.mark.parametrize(("received", "status"), [(LAST, 200), (CLOSED, 410)])
def test_the_window_to_the_millisecond(operator: Desk, verifier: Desk, received: Any, status: int) -> None:
    pid = operator.enter(row(1)).json["id"]
    answer = verifier.decide(pid, 1, "MEMENUHI_SYARAT", received=received)
    assert answer.status == status
    if status == 410:
        assert (answer.code, answer.json["window"]) == ("window-closed", "VERIFICATION")


def test_the_retry_of_a_decision_is_answered_alike(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    key = {"Idempotency-Key": "keputusan-satu"}
    first = verifier.decide(pid, 1, "MEMENUHI_SYARAT", received=LAST, headers=key)
    retry = verifier.decide(pid, 1, "MEMENUHI_SYARAT", received=CLOSED, headers=key)
    assert first.json == retry.json == {"v": 2, "state": "MEMENUHI_SYARAT"}
    assert len(person_store.load(pid).private.decisions) == 1


def test_another_institutions_person_is_not_found(portal: Cloud, operator: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    other = desk(portal, Role.VERIFIKATOR, "9902")
    assert other.decide(pid, 1, "MEMENUHI_SYARAT").code == "not-found"
    wrong_path = Desk(portal, other.actor, "9901")
    assert wrong_path.decide(pid, 1, "MEMENUHI_SYARAT").code == "not-found"
    assert dynamodb.get(settings().table, {"pk": f"P#{pid}", "sk": "@"}) is not None


def waive(since: datetime, until: datetime) -> None:
    """Finalization notes bkn's waiver in the gate."""
    values = {gate.WAIVED_FROM: clock.millis(since), gate.WAIVED_UNTIL: clock.millis(until)}
    key = {"pk": f"G#{INSTITUTION}"}
    dynamodb.transact([dynamodb.update(settings().gate_table, key, values=values)])


@pytest.mark.parametrize(
    ("moment", "holds"),
    [(-timedelta(milliseconds=1), False), (timedelta(), True), (DAY - timedelta(milliseconds=1), True), (DAY, False)],
)
def test_a_waiver_lets_one_person_decide_on_his_own_work_while_it_holds(
    portal: Cloud, moment: timedelta, holds: bool
) -> None:
    admin = desk(portal, Role.ADMIN)
    pid, since = admin.enter(row(1)).json["id"], clock.now().replace(microsecond=0)
    waive(since, since + DAY)
    answer = admin.decide(pid, 1, "MEMENUHI_SYARAT", received=since + moment)
    assert answer.status == (200 if holds else 403)
    assert holds or answer.code == "entered-by-you"
    assert [one["under_waiver"] for one in admin.detail(pid)["decisions"]] == [True] * holds
    assert admin.call("GET", "/progress").json["waived"] == int(holds), "each is counted"


def test_who_needs_no_waiver_decides_without_it(portal: Cloud, operator: Desk, verifier: Desk) -> None:
    pid, since = operator.enter(row(1)).json["id"], clock.now()
    assert operator.detail(pid)["deciding"]["waived_until"] is None
    waive(since, since + DAY)
    assert operator.detail(pid)["deciding"]["waived_until"] is not None
    assert verifier.decide(pid, 1, "MEMENUHI_SYARAT").status == 200
    assert operator.detail(pid)["decisions"][0]["under_waiver"] is False
    assert operator.call("GET", "/progress").json["waived"] == 0


def test_a_waiver_opens_nobodys_own_record_and_no_role(portal: Cloud, operator: Desk) -> None:
    pid, since = operator.enter(row(1)).json["id"], clock.now()
    waive(since, since + DAY)
    assert desk(portal, Role.ADMIN, number=2, own=pid).decide(pid, 1, "MEMENUHI_SYARAT").code == "own-record"
    assert operator.decide(pid, 1, "MEMENUHI_SYARAT").status == 403


@pytest.mark.parametrize(("decision", "notice"), [("MEMENUHI_SYARAT", "verdict-given"), ("DIKEMBALIKAN", "returned")])
def test_who_has_an_account_is_told_once_that_he_was_decided_on(portal: Cloud, decision: str, notice: str) -> None:
    """Neither what nor why: that he reads on his page."""
    person = complete(portal, with_account(portal))
    verifier, submitted = desk(portal, Role.VERIFIKATOR, number=5), put_in(person, PersonState.DIAJUKAN)
    assert verifier.decide(person.pid, submitted.v, decision, "alasan yang jelas").status == 200
    told = [item for item in portal.items("RegTable") if item.get("notice") in {"verdict-given", "returned"}]
    assert [(item["notice"], item["sk"].partition("#")[0]) for item in told] == [(notice, "person")]
    assert verifier.decide(person.pid, submitted.v, decision, "alasan").code in {"version-moved", "illegal-transition"}
    assert len([item for item in portal.items("RegTable") if item.get("notice") == notice]) == 1
