"""An usulan from the form to the inbox: who may send, when, how often; who may read."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.announcements import app as entry
from services.announcements.adapters import usulan_store
from services.announcements.settings import settings
from services.announcements.usulan.submit_usulan import UNPROVED_OF_NETWORK, USULAN_OF_NETWORK
from services.kernel import clock
from services.kernel.aws import clients, dynamodb
from services.kernel.security.sessions import Role
from tests.announcements.world import CLOSES, CODE, NOON, OTHER, World
from tests.support.aws import CAPTCHA_KEY

FIELDS = ("nama", "unit_kerja", "jabatan", "kontak", "alasan")


def sent(world: World, **changed: Any) -> str:
    """An usulan that was taken in; returns its ticket. Sent as a plain form, which needs no captcha."""
    answer = world.post(world.usulan(**changed), form=True)
    assert answer.status == 303, answer.text
    return answer.headers["location"].partition("?tiket=")[2]


@pytest.fixture(autouse=True)
def _open(world: World) -> None:
    world.open_round()


def staff(world: World, role: Role = Role.OPERATOR, institution: str | None = CODE) -> str:
    return world.cloud.token(role, institution, sub=f"staff-{role}")


def inbox(world: World, query: str = "", **who: Any) -> Any:
    answer = world.get(f"/institutions/{CODE}/usulan{query}", staff(world, **who))
    assert answer.status == 200, answer.text
    return answer.json


def test_an_usulan_reaches_the_inbox(world: World) -> None:
    answer = world.post(world.usulan(captcha=world.captcha()))
    assert answer.status == 201
    ticket = answer.json["ticket"]
    assert re.fullmatch(r"[a-z2-7]{24}", ticket)
    (item,) = inbox(world)["items"]
    assert item["ticket"] == ticket
    assert item["state"] == "DITERIMA"
    assert datetime.fromisoformat(item["received_at"]) - NOON < timedelta(minutes=1)
    assert {name: item[name] for name in FIELDS} == {name: world.usulan()[name] for name in FIELDS}


def test_what_waits_in_the_inbox_is_counted_for_who_may_read_it(world: World) -> None:
    path = f"/institutions/{CODE}/usulan/count"
    assert world.get(path, staff(world)).json == {"waiting": 0, "more": False}
    for _ in range(2):
        sent(world)
    for role in (Role.OPERATOR, Role.ADMIN):
        assert world.get(path, staff(world, role)).json == {"waiting": 2, "more": False}
    assert usulan_store.count_waiting(CODE, most=1) == (1, True)
    assert world.get(path, staff(world, Role.BKN, None)).json["waiting"] == 2
    for role in (Role.VERIFIKATOR, Role.HELPDESK, Role.PPK):
        assert world.get(path, staff(world, role)).code == "forbidden"
    assert world.get(path, staff(world, Role.ADMIN, "9902")).code == "not-found"
    of_a_unit = world.cloud.token(Role.OPERATOR, CODE, sub="staff", units=["Unit A"])
    assert world.get(path, of_a_unit).code == "forbidden"


def test_a_plain_form_is_sent_on_to_its_ticket(world: World) -> None:
    answer = world.post(world.usulan(), form=True)
    assert answer.status == 303
    path, _, ticket = answer.headers["location"].partition("?tiket=")
    assert path == "/usulan/terkirim/"
    assert [item["ticket"] for item in inbox(world)["items"]] == [ticket]


def test_a_plain_form_with_a_captcha_is_checked(world: World) -> None:
    assert world.post(world.usulan(captcha="wrong"), form=True).code == "captcha-failed"


def test_a_ticket_tells_its_state_and_nothing_else(world: World) -> None:
    ticket = sent(world)
    told = world.get(f"/tickets/{ticket}").json
    assert told.keys() == {"ticket", "state", "received_at"}
    assert (told["ticket"], told["state"]) == (ticket, "DITERIMA")
    assert world.get(f"/tickets/{ticket.upper()}").status == 200
    assert world.get("/tickets/aaaaaaaaaaaaaaaaaaaaaaaa").code == "not-found"


def test_tickets_cannot_be_guessed_from_one_another(world: World) -> None:
    one, other = sent(world), sent(world)
    assert sum(a == b for a, b in zip(one, other, strict=True)) < 12


def test_what_is_stored_cannot_be_read(world: World) -> None:
    sent(world)
    stored = str(clients.dynamodb().scan(TableName=settings().table)["Items"])
    for name in FIELDS:
        assert world.usulan()[name] not in stored
    throttled = str(clients.dynamodb().scan(TableName=settings().ttl_table)["Items"])
    assert "192.0.2.1" not in throttled


def test_without_its_salt_an_usulan_is_erased(world: World) -> None:
    sent(world)
    sent(world, nama="Orang Kedua")
    key = {"pk": f"A#{CODE}"}
    entries = dynamodb.query_all(settings().table, dynamodb.KeyPart("pk").eq(key["pk"]))
    salts = {bytes(item["salt"]) for item in entries if item["sk"].startswith("U#")}
    assert len(salts) == 2


@pytest.mark.parametrize("captcha", [None, "", "bm90IGpzb24=", "%%%"])
def test_json_needs_a_captcha(world: World, captcha: str | None) -> None:
    answer = world.post(world.usulan(captcha=captcha))
    assert (answer.status, answer.code) == (403, "captcha-failed")
    assert inbox(world)["items"] == []


def test_a_captcha_is_good_once(world: World) -> None:
    solved = world.captcha()
    assert world.post(world.usulan(captcha=solved)).status == 201
    assert world.post(world.usulan(captcha=solved)).code == "captcha-failed"


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"nama": None}, "nama", "missing"),
        ({"nama": " a "}, "nama", "string-too-short"),
        ({"nama": "x" * 121}, "nama", "string-too-long"),
        ({"nama": "Siti\x9aAminah"}, "nama", "unreadable"),
        ({"unit_kerja": ""}, "unit_kerja", "string-too-short"),
        ({"jabatan": "x" * 201}, "jabatan", "string-too-long"),
        ({"kontak": "08"}, "kontak", "string-too-short"),
        ({"alasan": "singkat"}, "alasan", "string-too-short"),
        ({"alasan": "x" * 2001}, "alasan", "string-too-long"),
        ({"institution": "99"}, "institution", "string-pattern-mismatch"),
        ({"institution": "9999"}, "institution", "unknown"),
        ({"nama": 5}, "nama", "string-type"),
    ],
)
def test_what_is_wrong_is_told_per_field(world: World, changed: dict[str, Any], field: str, code: str) -> None:
    answer = world.post(world.usulan(**changed))
    assert answer.status == 422
    assert [(problem["field"], problem["code"]) for problem in answer.json["fields"]] == [(field, code)]
    assert answer.json["fields"][0]["message"]


def test_a_captcha_solved_before_its_secret_changed_is_good_until_the_old_one_is_dropped(world: World) -> None:
    cloud, new = world.cloud, bytes(32)
    before, late = world.captcha(), world.captcha()
    fresh, old = cloud.wrapped("captcha", new), cloud.wrapped("captcha", CAPTCHA_KEY)
    cloud.use("announcements", captcha_key=fresh, captcha_key_before=old)
    assert world.post(world.usulan(captcha=before)).status == 201
    assert world.post(world.usulan(captcha=world.captcha())).status == 201
    cloud.use("announcements", captcha_key=fresh, captcha_key_before="")
    assert world.post(world.usulan(captcha=late)).code == "captcha-failed"
    assert world.post(world.usulan(captcha=world.captcha())).status == 201


def test_an_unknown_institution_does_not_use_the_captcha_up(world: World) -> None:
    solved = world.captcha()
    assert world.post(world.usulan(institution="9999", captcha=solved)).status == 422
    assert world.post(world.usulan(captcha=solved)).status == 201


@pytest.mark.parametrize(
    ("received", "status", "code"),
    [
        (CLOSES - timedelta(milliseconds=1), 303, None),
        (CLOSES, 410, "window-closed"),
        (NOON - timedelta(days=90), 410, "window-not-open"),
    ],
)
def test_the_correction_window_decides_by_receipt(
    world: World, received: datetime, status: int, code: str | None
) -> None:
    answer = world.post(world.usulan(), form=True, received=received)
    assert answer.status == status
    if code:
        assert (answer.code, answer.json["window"], answer.json["zone"]) == (code, "CORRECTION", "WIB")


def test_an_extension_opens_it_again(world: World) -> None:
    late = CLOSES + timedelta(days=1)
    assert world.post(world.usulan(), form=True, received=late).status == 410
    world.open_round(correction_closes=CLOSES + timedelta(days=3))
    assert world.post(world.usulan(), form=True, received=late).status == 303


def test_the_retry_of_an_accepted_one_is_answered_the_same(world: World) -> None:
    headers = {"Idempotency-Key": "0123456789"}
    body = world.usulan(captcha=world.captcha())
    first = world.post(body, headers=headers)
    again = world.post(body, headers=headers, received=CLOSES + timedelta(days=1))
    assert (first.status, again.status) == (201, 201)
    assert first.json == again.json
    assert len(inbox(world)["items"]) == 1
    other = world.post({**body, "nama": "Orang Lain"}, headers=headers)
    assert (other.status, [field["field"] for field in other.json["fields"]]) == (422, ["Idempotency-Key"])


def test_there_is_no_other_write_here_but_usulan_releases_and_the_banner() -> None:
    assert {(route.method, route.path) for route in entry.api.routes if route.method != "GET"} == {
        ("POST", "/announcements/usulan"),
        ("POST", "/announcements/institutions/{code}/publication/releases"),
        ("PUT", "/announcements/banner"),
        ("DELETE", "/announcements/banner"),
    }


def test_an_address_has_its_allowance_an_hour(world: World) -> None:
    for _ in range(UNPROVED_OF_NETWORK.most):
        sent(world)
    refused = world.post(world.usulan(), form=True)
    assert (refused.status, refused.code) == (429, "throttled")
    assert 1 <= int(refused.headers["retry-after"]) <= 3600
    assert world.post(world.usulan(captcha=world.captcha())).status == 201


def test_who_proves_nothing_is_counted_before_anything_is_looked_up(world: World) -> None:
    for _ in range(USULAN_OF_NETWORK.most):
        world.post(world.usulan(captcha="guess"))
    assert world.post(world.usulan(captcha="guess")).code == "throttled"


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_the_inbox(world: World, role: Role) -> None:
    national = role in {Role.BKN, Role.AUDITOR}
    allowed = role in {Role.OPERATOR, Role.ADMIN, Role.BKN, Role.AUDITOR}
    own = world.get(f"/institutions/{CODE}/usulan", staff(world, role, None if national else CODE))
    other = world.get(f"/institutions/{CODE}/usulan", staff(world, role, None if national else OTHER))
    assert own.status == (200 if allowed else 403)
    assert other.status == (403 if not allowed else 200 if national else 404)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ADMIN])
def test_who_works_for_some_units_reads_no_usulan(world: World, role: Role) -> None:
    """Neither of others' units nor of his own: which unit one is about, its sender says in words of his own."""
    sent(world)
    for institution, status in ((CODE, 403), (OTHER, 404)):
        token = world.cloud.token(role, institution, sub="staff-unit", units=["Dinas Contoh"])
        answer = world.get(f"/institutions/{CODE}/usulan", token)
        assert answer.status == status
        assert "items" not in answer.json
    assert inbox(world, role=role)["items"]


def test_nobody_reads_it_unsigned(world: World) -> None:
    assert world.get(f"/institutions/{CODE}/usulan").code == "unauthenticated"


def test_everybody_may_send_and_ask(world: World) -> None:
    open_to_all = {f"{route.method} {route.path}" for route in entry.api.routes if route.roles is None}
    assert open_to_all == {
        "GET /announcements/captcha",
        "POST /announcements/usulan",
        "GET /announcements/tickets/{ticket}",
    }


def test_the_newest_come_first_page_by_page(world: World) -> None:
    for n in range(5):
        world.cloud.at(clock.now() + timedelta(minutes=1))
        sent(world, nama=f"Orang Ke-{n}")
    names, cursor, pages = [], "", 0
    while True:
        page = inbox(world, f"?limit=2{cursor}")
        names += [item["nama"] for item in page["items"]]
        pages += 1
        if page["cursor"] is None:
            break
        cursor = f"&cursor={page['cursor']}"
    assert names == [f"Orang Ke-{n}" for n in (4, 3, 2, 1, 0)]
    assert pages == 3


@pytest.mark.parametrize("query", ["?limit=0", "?limit=101", "?limit=x", "?cursor=%25%25", "?cursor=QCNA"])
def test_a_query_that_is_none_is_told(world: World, query: str) -> None:
    answer = world.get(f"/institutions/{CODE}/usulan{query}", staff(world))
    assert (answer.status, answer.code) == (422, "invalid-fields")


def test_an_institution_that_is_none_is_not_found(world: World) -> None:
    assert world.get("/institutions/DIRECTORY/usulan", staff(world, Role.BKN, None)).status == 404


def test_inboxes_are_apart(world: World) -> None:
    world.open_round(OTHER)
    sent(world, institution=OTHER)
    assert inbox(world)["items"] == []


@pytest.mark.parametrize("role", [Role.BKN, Role.AUDITOR])
def test_reading_from_afar_is_written_down(world: World, role: Role) -> None:
    sent(world)
    trail = dynamodb.KeyPart("pk").eq(f"announcements#I#{CODE}#usulan")
    inbox(world)
    assert list(dynamodb.query_all(settings().audit_table, trail)) == []
    for _ in range(2):
        inbox(world, role=role, institution=None)
    first, second = dynamodb.query_all(settings().audit_table, trail)
    assert (first["actor"], first["action"]) == (f"staff-{role}", "read-usulan")
    assert second["previous"] == first["hash"]


def test_an_usulan_makes_nobody_public(world: World) -> None:
    world.prefinal()
    sent(world)
    world.minute()
    assert "Orang Terlewat" not in "".join(world.site().values())


def test_logs_say_nothing_personal(world: World, caplog: pytest.LogCaptureFixture) -> None:
    ticket = sent(world)
    world.get(f"/tickets/{ticket}")
    written = " ".join(str(record.__dict__) for record in caplog.records)
    for secret in (ticket, "192.0.2.1", *(world.usulan()[name] for name in FIELDS)):
        assert secret not in written
