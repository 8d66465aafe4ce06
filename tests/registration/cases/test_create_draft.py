"""An accepted usulan becomes a draft: once, in time, for whoever decided, and of nobody who is here already."""

from typing import Any

import pytest

from services.kernel.cases import CaseKind
from services.kernel.documents import DocumentType
from services.kernel.security import privacy
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.registration.adapters import asked_nik_store, case_store, person_store
from services.registration.app import relay
from services.registration.search.keep_search import check_search
from services.registration.settings import lookup_key
from tests.registration.cases.handed import CASE, PROPOSED, TOO_OLD, handed
from tests.registration.listed import INSTITUTION, LAST_MOMENT, TOO_LATE, accept, put_in, register
from tests.registration.nik_corrections.correcting import office, require_equal
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Answer, Cloud
from tests.support.gates import close_lanes, open_gate

OTHER = "9902"
PATH = "/case-drafts"


@pytest.fixture
def operator(portal: Cloud) -> Desk:
    return desk(portal, Role.OPERATOR)


def make(by: Desk, token: str | None = None, key: str | None = None, **more: Any) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    body = {"handover": token or handed(by), **more.pop("body", {})}
    return by.call("POST", PATH, body, headers=headers, **more)


def settled(cloud: Cloud) -> list[dict[str, Any]]:
    """The facts `case.settled` that were told since the last call."""
    relay({"Records": cloud.changes("RegTable")}, None)
    return [fact["detail"] for fact in cloud.facts() if fact["detail-type"] == "case.settled"]


def test_an_accepted_usulan_becomes_a_draft_that_is_completed_after_entry(portal: Cloud, operator: Desk) -> None:
    answer = make(operator)
    assert (answer.status, answer.json["state"], answer.json["v"]) == (201, "DRAF", 1), answer.text
    draft = person_store.load(answer.json["id"])
    assert draft.pid == privacy.person_id(lookup_key(), INSTITUTION, PROPOSED.nik)
    assert {key: draft.row[key] for key in PROPOSED.model_dump()} == PROPOSED.model_dump()  # type: ignore[literal-required]
    assert draft.entered_by == operator.actor.id, "so he does not decide on it"
    (told,) = settled(portal)
    assert (told["case"], told["decision"], told["accepted"], told["pid"]) == (CASE, "keputusan-1", True, draft.pid)
    assert told["became"] == "DRAF"
    portal.at("2022-10-10T09:00:00+07:00")  # ENTRY has closed
    rest = {key: text for key, text in row(1, no_peserta_thk2=None).items() if key not in PROPOSED.model_dump()}
    assert operator.call("PATCH", f"/people/{draft.pid}", {"v": 1, **rest}).json["state"] == "TERDAFTAR"
    require_equal()


def test_what_was_kept_before_it_was_said_what_it_became_is_told_without_that(portal: Cloud, operator: Desk) -> None:
    make(operator)
    key = {"pk": f"CASE#{CASE}", "sk": "@"}
    (change,) = [each for each in portal.changes("RegTable") if each["dynamodb"]["Keys"]["pk"]["S"] == key["pk"]]
    del change["dynamodb"]["NewImage"]["became"]
    relay({"Records": [change]}, None)
    assert [fact["detail"]["became"] for fact in portal.facts() if fact["detail-type"] == "case.settled"] == [None]


def test_a_decision_is_carried_out_once(portal: Cloud, operator: Desk) -> None:
    token = handed(operator)
    first, again = make(operator, token, "kunci-satu"), make(operator, token)
    assert (again.status, again.json["id"], again.json["v"]) == (201, first.json["id"], 1)
    assert len(settled(portal)) == 1
    other = PROPOSED.model_copy(update={"nik": "9901014101900003"})
    for proposed in (PROPOSED, other):
        anew = make(operator, handed(operator, decision="keputusan-2", proposed=proposed))
        assert (anew.status, anew.json["id"]) == (201, first.json["id"]), "who accepts anew learns what was made"
    assert settled(portal) == []
    assert person_store.find(privacy.person_id(lookup_key(), INSTITUTION, other.nik)) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"age": TOO_OLD},
        {"by": "somebody-else"},
        {"institution": OTHER},
        {"accepted": False},
        {"kind": CaseKind.KEBERATAN, "pid": "x"},
    ],
)
def test_a_handover_that_is_old_anothers_or_of_another_case_makes_nothing(
    operator: Desk, changed: dict[str, Any]
) -> None:
    answer = make(operator, handed(operator, **changed))
    assert (answer.status, answer.code) == (410, "handover-over")
    assert make(operator, "bukan token").code == "handover-over"
    assert case_store.find_settled(CASE) is None


def test_nobody_reaches_into_another_institution(portal: Cloud, operator: Desk) -> None:
    open_gate(OTHER)
    stranger = desk(portal, Role.OPERATOR, OTHER)
    elsewhere = Desk(portal, stranger.actor, INSTITUTION)
    assert make(elsewhere, handed(elsewhere)).code == "not-found"
    assert make(desk(portal, Role.BKN), None).status == 201, "bkn, once the institution let its days go by"


def test_the_window_to_the_millisecond_and_the_retry_after_it(portal: Cloud, operator: Desk) -> None:
    portal.at(LAST_MOMENT)
    token = handed(operator)
    first = make(operator, token, "kunci-satu", received=LAST_MOMENT)
    assert first.status == 201, first.text
    assert make(operator, token, "kunci-satu", received=TOO_LATE).json == first.json
    assert make(operator, token, received=TOO_LATE).json["id"] == first.json["id"], "it was carried out"
    late = make(operator, handed(operator, case="L98765432", proposed=_another()), received=TOO_LATE)
    assert (late.status, late.code, late.json["window"]) == (410, "window-closed", "CORRECTION")


def test_the_lock_is_faster(portal: Cloud, operator: Desk) -> None:
    close_lanes(INSTITUTION)
    assert make(operator).code == "window-closed"
    assert case_store.find_settled(CASE) is None
    assert settled(portal) == []


@pytest.mark.parametrize("state", [PersonState.DIHAPUS, PersonState.DIKEMBALIKAN, PersonState.TERDAFTAR])
def test_who_is_here_already_is_not_made_again(operator: Desk, state: PersonState) -> None:
    person = put_in(register(nik=PROPOSED.nik), state)
    answer = make(operator)
    assert (answer.status, answer.code, answer.json["id"]) == (409, "conflict", person.pid)
    assert ("dihapus" in answer.json["detail"]) is (state is PersonState.DIHAPUS)
    assert case_store.find_settled(CASE) is None


def test_a_nik_of_another_institution_is_disputed(portal: Cloud, operator: Desk) -> None:
    open_gate(OTHER)
    assert desk(portal, Role.OPERATOR, OTHER).enter(row(1, nik=PROPOSED.nik)).status == 201
    answer = make(operator)
    assert (answer.status, answer.json["state"]) == (201, "KONFLIK")
    stored = person_store.load(answer.json["id"])
    assert stored.before is PersonState.DRAF
    assert "instansi lain" in answer.json["message"]


def test_nobody_makes_his_own_and_nobody_one_of_a_unit_that_is_not_his(portal: Cloud) -> None:
    own = privacy.person_id(lookup_key(), INSTITUTION, PROPOSED.nik)
    himself = desk(portal, Role.OPERATOR, own=own, number=2)
    assert make(himself).code == "own-record"
    of_another = desk(portal, Role.OPERATOR, units=["Puskesmas Contoh"], number=3)
    answer = make(of_another)
    assert (answer.code, answer.json["fields"][0]["code"]) == ("invalid-fields", "unit-outside-scope")


def test_what_cannot_be_kept_is_left_out_but_for_nik_and_name(operator: Desk) -> None:
    telling = PROPOSED.model_copy(update={"jabatan": "Guru 0812-9999-0000", "tanggal_lahir": "kemarin"})
    left_out = preview(operator, handed(operator, proposed=telling))["standing"]["left_out"]
    assert [one["field"] for one in left_out] == ["tanggal_lahir", "jabatan"]
    answer = make(operator, handed(operator, proposed=telling))
    assert answer.status == 201, answer.text
    assert person_store.load(answer.json["id"]).row.keys() == {"nik", "nama", "unit_kerja"}
    nameless = PROPOSED.model_copy(update={"nama": "0812-9999-0000", "nik": "9901014101900003"})
    refused = make(operator, handed(operator, case="L98765432", proposed=nameless))
    assert (refused.status, refused.json["fields"][0]["field"]) == (422, "nama")


def test_a_mistyped_nik_is_asked_to_be_corrected(portal: Cloud) -> None:
    desks = office(portal)
    person = register()
    body = {"person": person.pid, "v": person.v}
    bare = make(desks.operator, body=body)
    assert (bare.status, bare.code) == (422, "incomplete"), "no KTP is on the record"
    accept(person.pid, DocumentType.KTP)
    answer = make(desks.operator, body=body)
    assert (answer.status, answer.json["id"], answer.json["v"]) == (201, person.pid, 2), answer.text
    asked = asked_nik_store.load(person_store.load(person.pid))
    assert asked is not None
    assert asked.nik == PROPOSED.nik
    assert [(fact["pid"], fact["became"]) for fact in settled(portal)] == [(person.pid, "NIK")]
    moved = desks.accept(person, PROPOSED.nik)
    assert moved.status == 200, moved.text
    require_equal()


def test_another_person_is_not_turned_into_who_was_proposed(operator: Desk) -> None:
    person = register(nama="Budi Contoh")
    accept(person.pid, DocumentType.KTP)
    answer = make(operator, body={"person": person.pid, "v": person.v})
    assert (answer.status, answer.json["fields"][0]["code"]) == (422, "another-person")


def test_the_preview_shows_who_may_be_the_same(portal: Cloud, operator: Desk) -> None:
    typo = register()
    stranger = register(nik="9901014101900009", nama="Siti Contoh Lestary", tanggal_lahir="1991-01-01")
    other_unit = register(nik="9901014101900008", nama="Siti Lestari Contoh", unit_kerja="Puskesmas Contoh")
    found = preview(operator)
    assert {one["id"] for one in found["standing"]["alike"]} == {typo.pid, other_unit.pid}
    assert stranger.pid not in str(found)
    assert PROPOSED.nik not in str(found)
    limited = desk(portal, Role.OPERATOR, units=["SD Negeri 1 Contoh"], number=2)
    hidden = [one for one in preview(limited)["standing"]["alike"] if one["id"] is None]
    assert [(one["nama"], one["nomor_registrasi"]) for one in hidden] == [(None, None)]


def test_the_preview_shows_what_stands_in_the_way(portal: Cloud, operator: Desk) -> None:
    open_gate(OTHER)
    desk(portal, Role.OPERATOR, OTHER).enter(row(1, nik=PROPOSED.nik))
    clear = preview(operator)
    assert (clear["standing"]["there"], clear["standing"]["elsewhere"], clear["settled"]) == (None, True, False)
    make(operator)
    after = preview(operator)
    assert (after["standing"]["there"]["state"], after["settled"]) == ("KONFLIK", True)
    wrong = preview(operator, handed(operator, proposed=PROPOSED.model_copy(update={"nik": "12"})))
    assert (wrong["standing"], [one["field"] for one in wrong["problems"]]) == (None, ["nik"])
    old = operator.call("POST", f"{PATH}/preview", {"handover": handed(operator, age=TOO_OLD)})
    assert old.code == "handover-over"


def preview(by: Desk, token: str | None = None) -> dict[str, Any]:
    check_search(INSTITUTION)
    answer = by.call("POST", f"{PATH}/preview", {"handover": token or handed(by)})
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def _another() -> Any:
    return PROPOSED.model_copy(update={"nik": "9901014101900003"})
