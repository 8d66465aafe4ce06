"""The instant of receipt decides (domain.md, section 7): every route that writes through the gate, at its boundary.

What was received a millisecond before the end is carried through twenty seconds after it; what was received at the end
is refused; and the retry of what was accepted is answered as it was, however late it comes.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.cases import CaseKind
from services.kernel.documents import DocumentType, new_history_id
from services.kernel.security.sessions import Role
from services.kernel.states import Assurance, PersonState
from services.kernel.writes.calendar import DEFAULT_2022, Window
from services.registration.adapters import person_store, sheet_store
from services.registration.api import api
from services.registration.app import app
from services.registration.model.sheet import Sheet
from services.registration.settings import files_key
from services.registration.verification.returns import TIME_TO_ANSWER
from tests.registration.cases.handed import handed
from tests.registration.listed import (
    HISTORY,
    IN_TIME,
    accept,
    back,
    complete,
    enrol,
    make_account,
    portal,
    put_in,
    register,
    solved,
    token_of,
    with_account,
)
from tests.registration.nik_corrections.correcting import REASON, RIGHT, listed
from tests.registration.queue.test_approvals import opened, ready
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Answer, Cloud

__all__ = ["portal"]

Send = Callable[..., Answer]
"""Sends one request of a kind; takes `received` and `headers`."""
PEOPLE = "/registration/institutions/{code}/people"
PERSON = f"{PEOPLE}/{{person}}"
ME = "/registration/me"


def entering(cloud: Cloud) -> Send:
    operator = desk(cloud, Role.OPERATOR)
    return lambda **call: operator.enter(row(1), **call)


def completing(cloud: Cloud) -> Send:
    operator = desk(cloud, Role.OPERATOR)
    draft = operator.enter(row(1, nomor_sk=None), received=IN_TIME).json
    body = {"v": draft["v"], "nomor_sk": row(1)["nomor_sk"]}
    return lambda **call: operator.call("PATCH", f"/people/{draft['id']}", body, **call)


def correcting(cloud: Cloud) -> Send:
    operator = desk(cloud, Role.OPERATOR)
    draft = operator.enter(row(1, nomor_sk=None), received=IN_TIME).json
    return lambda **call: operator.call("PATCH", f"/people/{draft['id']}", {"v": draft["v"], "jabatan": "Juru"}, **call)


def putting_right(cloud: Cloud) -> Send:
    operator = desk(cloud, Role.OPERATOR)
    pid = operator.enter(row(1), received=IN_TIME).json["id"]
    body = {"v": 1, "jabatan": "Guru Madya Contoh", "reason": "salah ketik"}
    return lambda **call: operator.call("POST", f"/people/{pid}/corrections", body, **call)


def entering_history(cloud: Cloud) -> Send:
    operator = desk(cloud, Role.OPERATOR)
    pid = operator.enter(row(1), received=IN_TIME).json["id"]
    return lambda **call: operator.call("POST", f"/people/{pid}/histories", {"v": 1, **HISTORY}, **call)


def _with_history(cloud: Cloud) -> tuple[Desk, str]:
    """An operator, and the path of an appointment that he entered; the record is at its second version."""
    operator = desk(cloud, Role.OPERATOR)
    pid = operator.enter(row(1), received=IN_TIME).json["id"]
    entered = operator.call("POST", f"/people/{pid}/histories", {"v": 1, **HISTORY}, received=IN_TIME)
    assert entered.status == 201, entered.text
    return operator, f"/people/{pid}/histories/{entered.json['id']}"


def correcting_history(cloud: Cloud) -> Send:
    operator, path = _with_history(cloud)
    body = {"v": 2, "reason": "salah ketik", **HISTORY, "jabatan": "Guru Madya Contoh"}
    return lambda **call: operator.call("PUT", path, body, **call)


def dropping_history(cloud: Cloud) -> Send:
    operator, path = _with_history(cloud)
    return lambda **call: operator.call("DELETE", path, {"v": 2, "reason": "salah ketik"}, **call)


def deleting(cloud: Cloud) -> Send:
    admin = desk(cloud, Role.ADMIN)
    pid = admin.enter(row(1), received=IN_TIME).json["id"]
    return lambda **call: admin.delete(pid, 1, **call)


def deleting_a_draft(cloud: Cloud) -> Send:
    operator = desk(cloud, Role.OPERATOR)
    pid = operator.enter(row(1, nomor_sk=None), received=IN_TIME).json["id"]
    return lambda **call: operator.delete(pid, 1, **call)


def restoring(cloud: Cloud) -> Send:
    admin = desk(cloud, Role.ADMIN)
    pid = admin.enter(row(1), received=IN_TIME).json["id"]
    assert admin.delete(pid, 1).status == 200
    body = {"v": 2, "reason": "ternyata masih bekerja"}
    return lambda **call: admin.call("POST", f"/people/{pid}/restoration", body, **call)


def deciding(cloud: Cloud) -> Send:
    verifier = desk(cloud, Role.VERIFIKATOR)
    pid = desk(cloud, Role.OPERATOR).enter(row(1), received=IN_TIME).json["id"]
    return lambda **call: verifier.decide(pid, 1, "MEMENUHI_SYARAT", **call)


def approving_together(cloud: Cloud) -> Send:
    verifier = desk(cloud, Role.VERIFIKATOR)
    body = {"items": opened(verifier, ready(desk(cloud, Role.OPERATOR), [1]))}
    return lambda **call: verifier.call("POST", "/approvals", body, **call)


def withdrawing_a_verdict(cloud: Cloud) -> Send:
    verifier = desk(cloud, Role.VERIFIKATOR)
    pid = desk(cloud, Role.OPERATOR).enter(row(1), received=IN_TIME).json["id"]
    assert verifier.decide(pid, 1, "MEMENUHI_SYARAT").status == 200
    return lambda **call: verifier.call("POST", f"/people/{pid}/verdicts/withdrawal", {"v": 2}, **call)


def checking_a_verdict(cloud: Cloud) -> Send:
    cloud.use("registration", second_check_percent="100")
    verifier, other = desk(cloud, Role.VERIFIKATOR), desk(cloud, Role.VERIFIKATOR, number=2)
    pid = desk(cloud, Role.OPERATOR).enter(row(1), received=IN_TIME).json["id"]
    assert verifier.decide(pid, 1, "MEMENUHI_SYARAT").status == 200
    return lambda **call: other.call("POST", f"/people/{pid}/verdicts/check", {"v": 2, "agrees": True}, **call)


def returning(cloud: Cloud) -> Send:
    verifier = desk(cloud, Role.VERIFIKATOR)
    pid = desk(cloud, Role.OPERATOR).enter(row(1), received=IN_TIME).json["id"]
    put_in(person_store.load(pid), PersonState.DIAJUKAN)
    return lambda **call: verifier.decide(pid, 1, "DIKEMBALIKAN", "SK tidak terbaca", **call)


def own(cloud: Cloud, method: str, path: str, **body: Any) -> Send:
    """A request of a person with a complete dossier; `state` puts him into another one first."""
    person = complete(cloud, with_account(cloud))
    state = body.pop("state", None)
    person = put_in(person, state) if state else person
    sent = {"v": person.v, **body}
    return lambda **call: cloud.call(app, method, f"{ME}{path}", sent, token=token_of(cloud, person), **call)


def confirming(cloud: Cloud) -> Send:
    return own(cloud, "POST", "/active-confirmation", active=False)


def confirming_again(cloud: Cloud) -> Send:
    return own(cloud, "POST", "/active-confirmation", active=True)


def editing(cloud: Cloud) -> Send:
    """Each try with a proof of work of its own, as the page sends it."""
    person = complete(cloud, with_account(cloud))
    token = token_of(cloud, person)

    def send(**call: Any) -> Answer:
        body = {"v": person.v, "sekolah": "Institut Contoh", "hp": "081300000001", "captcha": solved()}
        return cloud.call(app, "PATCH", f"{ME}/biodata", body, token=token, **call)

    return send


def adding_history(cloud: Cloud) -> Send:
    return own(cloud, "POST", "/histories", **HISTORY)


def history(cloud: Cloud, method: str, **body: Any) -> Send:
    """A request about an appointment that was added."""
    person = with_account(cloud)
    token = token_of(cloud, person)
    added = cloud.call(app, "POST", f"{ME}/histories", {"v": person.v, **HISTORY}, token=token).json
    sent = {"v": added["v"], **body}
    return lambda **call: cloud.call(app, method, f"{ME}/histories/{added['id']}", sent, token=token, **call)


def changing_history(cloud: Cloud) -> Send:
    return history(cloud, "PUT", **{**HISTORY, "nomor_sk": "800/3/2020"})


def removing_history(cloud: Cloud) -> Send:
    return history(cloud, "DELETE")


def submitting(cloud: Cloud) -> Send:
    return own(cloud, "POST", "/submission", statement=True)


def withdrawing(cloud: Cloud) -> Send:
    return own(cloud, "POST", "/withdrawal", state=PersonState.DIAJUKAN)


def confirming_identity(cloud: Cloud) -> Send:
    person = with_account(cloud)
    sent = {"v": person.v, "seen": "KTP"}
    operator = desk(cloud, Role.OPERATOR)
    return lambda **call: operator.call("POST", f"/people/{person.pid}/identity", sent, **call)


def typing_a_sheet(cloud: Cloud) -> Send:
    person = with_account(cloud)
    sheet = Sheet(person.pid, 1, sheet_store.hash_code(person.pid, "ABCDEFGHJK"), "operator", clock.millis(IN_TIME))
    dynamodb.transact([sheet_store.put(sheet, None)])
    sent = {"v": person.v, "code": "ABCDE-FGHJK"}
    return lambda **call: cloud.call(app, "POST", f"{ME}/sheet", sent, token=token_of(cloud, person), **call)


def making_account(cloud: Cloud) -> Send:
    person = register()
    for jenis in (DocumentType.KTP, DocumentType.FOTO):
        accept(person.pid, jenis)
    cookies = enrol(cloud)
    back(cloud, cookies)
    return lambda **call: make_account(cloud, cookies, backed=False, **call)


def asking_for_a_nik(cloud: Cloud) -> Send:
    person, operator = listed(), desk(cloud, Role.OPERATOR)
    body = {"v": 1, "nik": RIGHT, "nama": person.nama, "tanggal_lahir": "1990-01-01", "reason": REASON}
    return lambda **call: operator.call("POST", f"/people/{person.pid}/nik-correction", body, **call)


def _asked_for_a_nik(cloud: Cloud) -> str:
    """The pid of somebody whose NIK is to be another one; the record is at its second version."""
    person = listed()
    body = {"v": 1, "nik": RIGHT, "nama": person.nama, "tanggal_lahir": "1990-01-01", "reason": REASON}
    operator = desk(cloud, Role.OPERATOR, number=7)
    asked = operator.call("POST", f"/people/{person.pid}/nik-correction", body, received=IN_TIME)
    assert asked.status == 200, asked.text
    return person.pid


def dropping_a_nik(cloud: Cloud) -> Send:
    pid, admin = _asked_for_a_nik(cloud), desk(cloud, Role.ADMIN)
    body = {"v": person_store.load(pid).v, "reason": "bukan"}
    return lambda **call: admin.call("DELETE", f"/people/{pid}/nik-correction", body, **call)


def accepting_a_nik(cloud: Cloud) -> Send:
    pid, admin = _asked_for_a_nik(cloud), desk(cloud, Role.ADMIN)
    body = {"v": person_store.load(pid).v, "on_ktp": RIGHT}
    return lambda **call: admin.call("POST", f"/people/{pid}/nik-correction/acceptance", body, **call)


def drafting_a_case(cloud: Cloud) -> Send:
    operator = desk(cloud, Role.OPERATOR)
    body = {"handover": handed(operator)}
    return lambda **call: operator.call("POST", "/case-drafts", body, **call)


def deciding_a_case(cloud: Cloud) -> Send:
    person, admin = register(), desk(cloud, Role.ADMIN)
    body = {"handover": handed(admin, kind=CaseKind.TANGGAPAN, pid=person.pid)}
    return lambda **call: admin.call("POST", f"/people/{person.pid}/case-decisions", body, **call)


ASKED = {"nama": "Siti Contoh Lestarini"}


def with_request(cloud: Cloud) -> tuple[str, str, str]:
    """A complete person with a request of his: his id, his token, the request's id."""
    person = complete(cloud, with_account(cloud))
    identifier = new_history_id(files_key(), person.pid)
    accept(person.pid, DocumentType.BUKTI_PERBAIKAN, identifier)
    return person.pid, token_of(cloud, person), identifier


def asking(cloud: Cloud) -> Send:
    pid, token, identifier = with_request(cloud)
    body = {"id": identifier, "v": person_store.load(pid).v, "fields": ASKED, "reason": "KTP"}
    return lambda **call: cloud.call(app, "POST", f"{ME}/requests", body, token=token, **call)


def _asked(cloud: Cloud) -> tuple[str, str, str]:
    pid, token, identifier = with_request(cloud)
    body = {"id": identifier, "v": person_store.load(pid).v, "fields": ASKED, "reason": "KTP"}
    answer = cloud.call(app, "POST", f"{ME}/requests", body, token=token, received=IN_TIME)
    assert answer.status == 201, answer.text
    return pid, token, identifier


def deciding_a_request(cloud: Cloud, accepted: bool = True) -> Send:
    pid, _, identifier = _asked(cloud)
    fields = [{"name": "nama", "accepted": accepted, "reason": "" if accepted else "KTP lain"}]
    body, path = {"v": person_store.load(pid).v, "fields": fields}, f"/people/{pid}/requests/{identifier}/decision"
    operator = desk(cloud, Role.OPERATOR, number=7)
    return lambda **call: operator.call("POST", path, body, **call)


def withdrawing_a_request(cloud: Cloud) -> Send:
    pid, token, identifier = _asked(cloud)
    path, body = f"{ME}/requests/{identifier}/withdrawal", {"v": person_store.load(pid).v}
    return lambda **call: cloud.call(app, "POST", path, body, token=token, **call)


def appealing(cloud: Cloud) -> Send:
    """So late that the five working days end after the window."""
    pid, token, identifier = _asked(cloud)
    late = DEFAULT_2022[Window.CORRECTION].closes - timedelta(hours=2)
    fields = [{"name": "nama", "accepted": False, "reason": "KTP lain"}]
    path, body = f"/people/{pid}/requests/{identifier}/decision", {"v": person_store.load(pid).v, "fields": fields}
    decided = desk(cloud, Role.OPERATOR, number=7).call("POST", path, body, received=late)
    assert decided.status == 200, decided.text
    path = f"{ME}/requests/{identifier}/second-look"
    appeal = {"v": person_store.load(pid).v, "reason": "KTP baru"}
    return lambda **call: cloud.call(app, "POST", path, appeal, token=token, **call)


def _stated(cloud: Cloud) -> str:
    person = complete(cloud, with_account(cloud))
    body = {"v": person.v, "active": False}
    said = cloud.call(app, "POST", f"{ME}/active-confirmation", body, token=token_of(cloud, person), received=IN_TIME)
    assert said.status == 200, said.text
    put_in(person, person.state, assurance=Assurance.PETUGAS.value)
    return person.pid


def answering(cloud: Cloud) -> Send:
    pid = _stated(cloud)
    body = {"v": person_store.load(pid).v, "reason": "Daftar hadir"}
    operator = desk(cloud, Role.OPERATOR, number=7)
    return lambda **call: operator.call("POST", f"/people/{pid}/statement/answer", body, **call)


def confirming_a_statement(cloud: Cloud) -> Send:
    pid = _stated(cloud)
    body = {"v": person_store.load(pid).v, "reason": "Surat berhenti"}
    admin = desk(cloud, Role.ADMIN, number=8)
    return lambda **call: admin.call("POST", f"/people/{pid}/statement/confirmation", body, **call)


def coming_back(cloud: Cloud) -> Send:
    pid = _stated(cloud)
    body = {"v": person_store.load(pid).v, "reason": "Surat berhenti"}
    admin = desk(cloud, Role.ADMIN, number=8)
    assert admin.call("POST", f"/people/{pid}/statement/confirmation", body, received=IN_TIME).status == 200
    person = person_store.load(pid)
    token = token_of(cloud, person)
    return lambda **call: cloud.call(app, "POST", f"{ME}/return", {"v": person.v}, token=token, **call)


GATED: Mapping[tuple[str, str], tuple[Window, tuple[Callable[[Cloud], Send], ...]]] = {
    ("POST", PEOPLE): (Window.ENTRY, (entering,)),
    # A draft that is there was there before entry closed: it is completed while corrections are open.
    ("PATCH", PERSON): (Window.CORRECTION, (completing, correcting)),
    ("POST", f"{PERSON}/corrections"): (Window.CORRECTION, (putting_right,)),
    ("POST", f"{PERSON}/histories"): (Window.CORRECTION, (entering_history,)),
    ("PUT", f"{PERSON}/histories/{{identifier}}"): (Window.CORRECTION, (correcting_history,)),
    ("DELETE", f"{PERSON}/histories/{{identifier}}"): (Window.CORRECTION, (dropping_history,)),
    ("DELETE", PERSON): (Window.CORRECTION, (deleting, deleting_a_draft)),
    ("POST", f"{PERSON}/restoration"): (Window.CORRECTION, (restoring,)),
    ("POST", f"{PERSON}/verdicts"): (Window.VERIFICATION, (deciding,)),
    ("POST", "/registration/institutions/{code}/approvals"): (Window.VERIFICATION, (approving_together,)),
    ("POST", f"{PERSON}/verdicts/check"): (Window.VERIFICATION, (checking_a_verdict,)),
    ("POST", f"{PERSON}/verdicts/withdrawal"): (Window.VERIFICATION, (withdrawing_a_verdict,)),
    ("POST", f"{PERSON}/returns"): (Window.VERIFICATION, ()),  # it ends sooner: END_OF_RETURNS
    ("POST", f"{PERSON}/nik-correction"): (Window.CORRECTION, (asking_for_a_nik,)),
    ("DELETE", f"{PERSON}/nik-correction"): (Window.CORRECTION, (dropping_a_nik,)),
    ("POST", f"{PERSON}/nik-correction/acceptance"): (Window.CORRECTION, (accepting_a_nik,)),
    ("POST", "/registration/institutions/{code}/case-drafts"): (Window.CORRECTION, (drafting_a_case,)),
    ("POST", f"{PERSON}/case-decisions"): (Window.VERIFICATION, (deciding_a_case,)),
    ("POST", f"{ME}/requests"): (Window.CORRECTION, (asking,)),
    ("POST", f"{ME}/requests/{{identifier}}/withdrawal"): (Window.CORRECTION, (withdrawing_a_request,)),
    ("POST", f"{ME}/requests/{{identifier}}/second-look"): (Window.CORRECTION, (appealing,)),
    ("POST", f"{PERSON}/requests/{{identifier}}/decision"): (Window.CORRECTION, (deciding_a_request,)),
    ("POST", f"{PERSON}/statement/answer"): (Window.CORRECTION, (answering,)),
    ("POST", f"{PERSON}/statement/confirmation"): (Window.CORRECTION, (confirming_a_statement,)),
    ("POST", f"{ME}/return"): (Window.CORRECTION, (coming_back,)),
    ("POST", f"{ME}/active-confirmation"): (Window.DOSSIER, (confirming, confirming_again)),
    ("PATCH", f"{ME}/biodata"): (Window.DOSSIER, (editing,)),
    ("POST", f"{ME}/histories"): (Window.DOSSIER, (adding_history,)),
    ("PUT", f"{ME}/histories/{{identifier}}"): (Window.DOSSIER, (changing_history,)),
    ("DELETE", f"{ME}/histories/{{identifier}}"): (Window.DOSSIER, (removing_history,)),
    ("POST", f"{ME}/submission"): (Window.DOSSIER, (submitting,)),
    ("POST", f"{ME}/withdrawal"): (Window.DOSSIER, (withdrawing,)),
    ("POST", f"{PERSON}/identity"): (Window.CORRECTION, (confirming_identity,)),
    ("POST", f"{ME}/sheet"): (Window.DOSSIER, (typing_a_sheet,)),
    ("POST", "/registration/accounts"): (Window.DOSSIER, (making_account,)),
}
USERS = "/registration/institutions/{code}/users/{user}"
INVITATIONS = "/registration/institutions/{code}/invitations"
UNITS = "/registration/institutions/{code}/units"
JOBS = "/registration/institutions/{code}/jobs"
NOT_GATED = {
    ("POST", "/registration/title-lists"),
    ("POST", "/registration/title-lists/{identifier}/preview"),
    ("POST", "/registration/title-lists/{identifier}/run"),
    ("POST", "/registration/title-lists/{identifier}/withdrawal"),
    ("POST", "/registration/title-lists/{identifier}/resumption"),
    ("POST", "/registration/office-messages"),
    ("POST", "/registration/identity-checks"),
    ("POST", "/registration/status-checks"),
    ("PATCH", "/registration/enrolment"),
    ("POST", "/registration/sessions"),
    ("POST", "/registration/sessions/refresh"),
    ("DELETE", "/registration/sessions"),
    ("POST", "/registration/staff-sessions"),
    ("POST", "/registration/staff-sessions/second-factor"),
    ("POST", "/registration/enrolment/contact-codes"),
    ("POST", "/registration/enrolment/contact-codes/confirmation"),
    ("POST", "/registration/enrolment/sheet"),
    ("POST", "/registration/enrolment/counter-code"),
    ("POST", "/registration/password-resets"),
    ("POST", "/registration/password-resets/completions"),
    ("POST", "/registration/reclaims"),
    ("POST", f"{ME}/contact"),
    ("POST", f"{ME}/contact/confirmation"),
    ("POST", "/registration/staff-password-resets"),
    ("POST", "/registration/staff-password-resets/completions"),
    ("POST", "/registration/invitations/openings"),
    ("POST", "/registration/invitations/acceptances"),
    ("POST", "/registration/applications"),
    ("POST", "/registration/applications/lookups"),
    ("POST", "/registration/applications/withdrawals"),
    ("POST", "/registration/applications/{number}/decision"),
    ("POST", f"{ME}/password"),
    ("POST", f"{ME}/second-factor"),
    ("POST", f"{ME}/second-factor/confirmation"),
    ("POST", f"{ME}/recovery-codes"),
    ("POST", f"{ME}/email"),
    ("POST", f"{ME}/email/confirmation"),
    ("DELETE", f"{ME}/sign-ins/{{name}}"),
    ("PUT", f"{ME}/own-nik"),
    ("POST", f"{ME}/copies"),
    ("POST", f"{USERS}/role"),
    ("POST", f"{USERS}/disablement"),
    ("POST", f"{USERS}/recoveries"),
    ("DELETE", f"{USERS}/own-nik"),
    ("POST", INVITATIONS),
    ("DELETE", f"{INVITATIONS}/{{invitation}}"),
    ("POST", f"{INVITATIONS}/{{invitation}}/decision"),
    ("POST", f"{INVITATIONS}/{{invitation}}/sending"),
    ("POST", f"{INVITATIONS}/{{invitation}}/confirmation"),
    ("PUT", JOBS),
    ("POST", UNITS),
    ("PATCH", f"{UNITS}/{{unit}}"),
    ("DELETE", f"{UNITS}/{{unit}}"),
    ("PUT", "/registration/institutions/{code}/contact"),
    ("POST", "/registration/institutions/{code}/imports"),
    ("POST", "/registration/institutions/{code}/imports/{identifier}/confirmation"),
    ("POST", "/registration/institutions/{code}/imports/{identifier}/withdrawal"),
    ("POST", "/registration/institutions/{code}/sheets"),
    ("POST", f"{PERSON}/sheet-requests"),
    ("POST", f"{PERSON}/reclaim"),
    ("POST", f"{ME}/reclaim/refusal"),
    ("POST", f"{PERSON}/sheet-requests/decision"),
    ("POST", f"{PERSON}/nik"),
    ("POST", "/registration/institutions/{code}/nik-lookups"),
    ("POST", "/registration/institutions/{code}/queue/turns"),
    ("DELETE", "/registration/institutions/{code}/queue/turns/{person}"),
    ("POST", "/registration/institutions/{code}/approvals/preview"),
    ("POST", "/registration/institutions/{code}/case-drafts/preview"),
    ("POST", f"{PERSON}/annotations"),
}
"""What needs no lane: nothing on the roster or in a dossier changes. An import's rows go by the arrival of its file;
what an institution says of itself, accounts of staff and copies of what is kept have no deadline."""
CLOSED = "window-closed"
Case = tuple[datetime, tuple[str, Window | None], Callable[[Cloud], Send]]
"""When it ends, what is told then (a code, and of a window its name), and how the request is made."""
CASES: list[Case] = [
    (DEFAULT_2022[window].closes, (CLOSED, window), one) for window, every in GATED.values() for one in every
]
END_OF_RETURNS = DEFAULT_2022[Window.DOSSIER].closes - TIME_TO_ANSWER + timedelta(milliseconds=1)
CASES.append((END_OF_RETURNS, ("return-too-late", None), returning))
"""A return has an end of its own, three days before DOSSIER closes; at that instant it is in time."""


def test_every_write_is_one_or_the_other() -> None:
    assert {(route.method, route.path) for route in api.routes if route.method != "GET"} == GATED.keys() | NOT_GATED


@pytest.mark.parametrize(("closes", "told", "prepare"), CASES, ids=[prepare.__name__ for *_, prepare in CASES])
def test_the_receipt_decides_and_a_retry_is_answered(
    portal: Cloud, closes: datetime, told: tuple[str, Window | None], prepare: Callable[[Cloud], Send]
) -> None:
    portal.at(closes - timedelta(minutes=1))
    send = prepare(portal)
    portal.at(closes + timedelta(seconds=20))

    def ask(received: datetime, key: str) -> Answer:
        return send(received=received, headers={"Idempotency-Key": key})

    before = portal.items("RegTable")
    late = ask(closes, "came-too-late")
    assert (late.status, late.code, late.json.get("window")) == (410, *told)
    assert portal.items("RegTable") == before
    first = ask(closes - timedelta(milliseconds=1), "came-in-time")
    assert first.status in {200, 201}, first.text
    after = portal.items("RegTable")
    again = ask(closes + timedelta(minutes=10), "came-in-time")
    assert (again.status, again.json) == (first.status, first.json)
    other = send(received=closes + timedelta(minutes=10), headers={"Idempotency-Key": "another-key"})
    assert 400 <= other.status < 500, "without its key it is a request like any other"
    assert portal.items("RegTable") == after


def test_another_body_under_the_key_is_refused_as_long_as_it_is_known(portal: Cloud) -> None:
    operator = desk(portal, Role.OPERATOR)
    key = {"Idempotency-Key": "one-key-for-two"}
    draft = operator.enter(row(1, nomor_sk=None), headers=key).json
    path, body = f"/people/{draft['id']}", {"v": 1, "jabatan": "Juru"}
    assert operator.call("PATCH", path, body, headers=key).status == 200, "the key of another action is another key"
    for method, below, other in (("POST", "/people", row(2)), ("PATCH", path, {"v": 2, "jabatan": "Sopir"})):
        answer = operator.call(method, below, other, headers=key)
        assert (answer.status, answer.code) == (422, "invalid-fields")
        assert [field["field"] for field in answer.json["fields"]] == ["Idempotency-Key"]
    assert operator.detail(draft["id"])["record"]["jabatan"] == "Juru"
    assert operator.call("PATCH", path, body, headers=key).json["v"] == 2
