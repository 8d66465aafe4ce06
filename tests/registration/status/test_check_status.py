"""The status check: institution and list, never a state; one answer for unlisted and differing; for ten years."""

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.kernel.aws import clients
from services.kernel.states import PersonState, Phase
from services.registration.app import app
from services.registration.model.edition import Purpose
from services.registration.sessions.throttle import STATUS_CHECKS_OF_NETWORK, STATUS_CHECKS_OF_NIK
from tests.registration.listed import (
    CLAIM,
    IN_TIME,
    INSTITUTION,
    made_list,
    portal,
    put_in,
    register,
    solved,
    with_account,
)
from tests.support.aws import Answer, Cloud
from tests.support.gates import open_gate

__all__ = ["portal"]

ELSEWHERE = {"X-Viewer-Address": "198.51.100.7"}
UNLISTED = "9901014101900109"


def ask(cloud: Cloud, *, headers: dict[str, str] | None = None, **changed: Any) -> Answer:
    body = {"nik": CLAIM["nik"], "nama": CLAIM["nama"], "captcha": solved(), **changed}
    return cloud.call(app, "POST", "/registration/status-checks", body, headers=headers or {})


def without_id(answer: Answer) -> dict[str, Any]:
    return {name: value for name, value in answer.json.items() if name not in {"instance", "request_id"}}


def test_who_is_listed_hears_where_and_that_there_is_no_list_yet(portal: Cloud) -> None:
    register()
    answer = ask(portal)
    assert (answer.status, answer.json) == (
        200,
        {
            "institution": {"code": INSTITUTION, "name": INSTITUTION},
            "listing": "NO_LIST",
            "made_at": None,
            "stage": "OPEN",
            "dossier_opens": "2022-08-24T00:00:00+07:00",
            "dossier_closes": "2022-10-22T17:00:00+07:00",
        },
    )


@pytest.mark.parametrize("state", PersonState)
def test_a_state_is_never_told(portal: Cloud, state: PersonState) -> None:
    """Whoever is listed hears the same before there is a list; all others what the unlisted hear."""
    person = register()
    put_in(person, state)
    hidden = {PersonState.DRAF, PersonState.KONFLIK, PersonState.PINDAH, PersonState.DIHAPUS}
    answer = ask(portal)
    assert (answer.status, answer.json.get("listing")) == ((404, None) if state in hidden else (200, "NO_LIST"))
    assert all(other.value not in answer.text for other in PersonState)


def test_an_account_is_not_told_of(portal: Cloud) -> None:
    person = register()
    before = ask(portal).json
    assert put_in(person, PersonState.AKUN_DIBUAT, account=True).has_account
    assert ask(portal).json == before


WRONG: list[dict[str, Any]] = [
    {"nik": UNLISTED},
    {"nama": "Orang Lain"},
    {"nik": UNLISTED, "nama": "Orang Lain"},
]


def test_unlisted_and_differing_get_one_answer_after_the_same_work(portal: Cloud) -> None:
    register()
    calls: list[str] = []
    clients.dynamodb().meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
    answers, made = [], []
    for changed in WRONG:
        calls.clear()
        answers.append(ask(portal, **changed))
        made.append(tuple(calls))
    assert {(answer.status, answer.code) for answer in answers} == {(404, "not-registered")}
    assert all(without_id(answer) == without_id(answers[0]) for answer in answers)
    assert len(set(made)) == 1, made


@pytest.mark.parametrize("name", ["SITI CONTOH LESTARI", "Siti Contoh Lestari, S.Pd.", "Lestari Siti Contoh"])
def test_a_name_is_compared_as_at_the_identity_check(portal: Cloud, name: str) -> None:
    register()
    assert ask(portal, nama=name).status == 200


def test_three_a_day_in_each_network_apart_so_that_a_stranger_elsewhere_takes_none_of_them(portal: Cloud) -> None:
    register()
    for nik in (CLAIM["nik"], UNLISTED):
        codes = [ask(portal, nik=nik, nama="Orang Lain", headers=ELSEWHERE).code for _ in range(4)]
        assert codes == ["not-registered"] * STATUS_CHECKS_OF_NIK.most + ["throttled"]
    assert [ask(portal).status for _ in range(3)] == [200, 200, 200]
    late = ask(portal)
    assert (late.status, late.code) == (429, "throttled")
    assert 0 < int(late.headers["retry-after"]) <= 86_400
    portal.at(IN_TIME + timedelta(days=1))
    assert ask(portal).status == 200


def test_a_network_asks_so_often_and_no_more(portal: Cloud) -> None:
    register()
    for _ in range(STATUS_CHECKS_OF_NETWORK.most):
        STATUS_CHECKS_OF_NETWORK.require("198.51.100.7")
    assert ask(portal, headers=ELSEWHERE).code == "throttled"
    assert ask(portal).status == 200


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("nik", "990101", "nik-length"), ("nik", "9901014113900001", "nik-month"), ("nama", "  ", "missing")],
)
def test_a_wrong_field_is_named_and_not_echoed(portal: Cloud, field: str, value: str, code: str) -> None:
    typed: dict[str, Any] = {field: value}
    answer = ask(portal, **typed)
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert [(one["field"], one["code"]) for one in answer.json["fields"]] == [(field, code)]
    assert not value.strip() or value not in answer.text


def test_a_captcha_is_needed_and_good_once(portal: Cloud) -> None:
    register()
    token = solved()
    assert ask(portal, captcha=token).status == 200
    assert [ask(portal, captcha=each).code for each in (token, "x", "")] == ["captcha-failed"] * 3


def test_which_list_he_stands_on_as_it_was_when_it_was_made(portal: Cloud) -> None:
    """A verdict after the pre-final list changes nothing of what stands on it; after the lock the final one counts."""
    person = with_account(portal)
    portal.at(IN_TIME + timedelta(days=1))
    assert made_list(Purpose.PREFINAL)
    portal.at(IN_TIME + timedelta(days=2))
    put_in(person, PersonState.TIDAK_MEMENUHI_SYARAT)
    assert _listing(portal) == ("ON_PREFINAL", "2022-09-02T09:00")
    for epoch, state, expected in ((1, "TIDAK_MEMENUHI_SYARAT", "NOT_ON_FINAL"), (2, "MEMENUHI_SYARAT", "ON_FINAL")):
        open_gate(INSTITUTION, phase=Phase.FINAL, epoch=epoch)
        assert _listing(portal)[0] == "ON_PREFINAL"
        put_in(person, PersonState(state))
        assert made_list(Purpose.SEAL, epoch)
        assert _listing(portal) == (expected, "2022-09-03T09:00")


def test_who_was_registered_after_the_list_was_made_is_not_on_it_but_on_the_next(portal: Cloud) -> None:
    portal.at(IN_TIME - timedelta(days=1))
    assert made_list(Purpose.PREFINAL, 1)
    portal.at(IN_TIME)
    register()
    assert _listing(portal)[0] == "NOT_ON_PREFINAL"
    for number in (2, 10):
        assert made_list(Purpose.PREFINAL, number)
    assert _listing(portal) == ("ON_PREFINAL", "2022-09-01T09:00")


@pytest.mark.parametrize("years", [0, 2, 9])
def test_it_answers_long_after_the_lock(portal: Cloud, years: int) -> None:
    put_in(register(), PersonState.MEMENUHI_SYARAT)
    open_gate(INSTITUTION, phase=Phase.SPTJM_DITERIMA)
    assert made_list(Purpose.SEAL)
    portal.at(datetime.fromisoformat(f"{2022 + years}-12-24T09:00:00+07:00"))
    answer = ask(portal)
    assert (answer.json["listing"], answer.json["stage"]) == ("ON_FINAL", "LOCKED")


_NETWORKS = itertools.count(1)


def _listing(cloud: Cloud) -> tuple[str, str]:
    """What is told; from another network each time, so that a day's three are never used up."""
    answer = ask(cloud, headers={"X-Viewer-Address": f"203.0.113.{next(_NETWORKS)}"})
    assert answer.status == 200, answer.text
    return answer.json["listing"], (answer.json["made_at"] or "")[:16]
