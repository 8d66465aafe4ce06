"""An usulan is filed: who may send, when, how often; what is stored and told of it."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.announcements.api import api
from services.announcements.cases.file_usulan import OF_NIK
from services.announcements.cases.filing import OF_NETWORK, UNPROVED_OF_NETWORK
from services.announcements.settings import settings
from services.kernel.aws import clients
from services.kernel.security.sessions import Role
from tests.announcements.world import CLOSES, CODE, NIK, NOON, OTHER, Filed, World
from tests.support.aws import CAPTCHA_KEY

WRITTEN = ("nik", "nama", "tanggal_lahir", "unit_kerja", "jabatan", "sejak", "alasan", "email")


@pytest.fixture(autouse=True)
def _open(world: World) -> None:
    world.open_round()


def inbox(world: World, role: Role = Role.OPERATOR, query: str = "") -> list[Any]:
    answer = world.get(f"/institutions/{CODE}/cases{query}", world.staff(role))
    assert answer.status == 200, answer.text
    items: list[Any] = answer.json["items"]
    return items


def test_an_usulan_reaches_the_inbox(world: World) -> None:
    filed = world.filed()
    assert re.fullmatch(r"L-[0-9A-Z]{4}-[0-9A-Z]{4}", filed.number)
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", filed.code)
    (item,) = inbox(world)
    assert (item["number"], item["kind"], item["state"], item["level"]) == (filed.number, "USULAN", "BARU", "INSTANSI")
    case = world.case(filed)
    wanted = {name: world.usulan()[name] for name in ("nama", "tanggal_lahir", "unit_kerja", "jabatan", "sejak")}
    assert {name: case["said"][name] for name in wanted} == wanted
    assert case["said"]["nik"] == "9901**********01"
    assert case["reporter"]["email"] == "pelapor@contoh.id"


def test_it_is_due_in_three_working_days_with_a_holiday_between(world: World) -> None:
    """Friday 7 October 2022; Saturday was Maulid, so Monday to Wednesday are the three days."""
    answer = world.post(
        world.usulan(captcha=world.captcha()), received=datetime.fromisoformat("2022-10-07T10:00+07:00")
    )
    assert answer.json["due_at"] == "2022-10-13T00:00:00+07:00"


def test_near_the_close_it_is_due_two_days_before_and_then_bkns_the_same_day(world: World) -> None:
    limit = CLOSES - timedelta(days=2)
    world.cloud.at(limit - timedelta(minutes=1))
    assert datetime.fromisoformat(world.follow(world.filed()).json["due_at"]) == limit
    world.cloud.at(limit)
    late = world.follow(world.filed(nik="9901011705900002")).json
    assert (late["due_at"], late["level"]) == ("2022-10-21T00:00:00+07:00", "BKN")
    assert {item["level"] for item in inbox(world)} == {"INSTANSI", "BKN"}


def test_a_plain_form_is_answered_with_a_page_that_shows_number_and_code_once(world: World) -> None:
    answer = world.post(world.usulan(), form=True)
    assert answer.status == 201
    assert answer.headers["content-type"].startswith("text/html")
    (item,) = inbox(world)
    assert item["number"] in answer.text
    (code,) = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", answer.text)
    assert world.post({"number": item["number"], "code": code}, "/cases/lookups").status == 200


def test_a_plain_form_with_a_captcha_is_checked(world: World) -> None:
    assert world.post(world.usulan(captcha="wrong"), form=True).code == "captcha-failed"


def test_what_is_stored_cannot_be_read(world: World) -> None:
    filed = world.filed(hp="081234567890")
    world.do(filed, "messages", text="Pesan rahasia petugas", asks=True)
    stored = str(clients.dynamodb().scan(TableName=settings().table)["Items"])
    throttled = str(clients.dynamodb().scan(TableName=settings().ttl_table)["Items"])
    for secret in (*(world.usulan()[name] for name in WRITTEN), "81234567890", "Pesan rahasia", filed.code):
        assert secret not in stored
        assert secret not in throttled
    assert filed.code.replace("-", "") not in stored


@pytest.mark.parametrize("captcha", [None, "", "bm90IGpzb24=", "%%%"])
def test_json_needs_a_captcha(world: World, captcha: str | None) -> None:
    answer = world.post(world.usulan(captcha=captcha))
    assert (answer.status, answer.code) == (403, "captcha-failed")
    assert inbox(world) == []


def test_a_captcha_is_good_once(world: World) -> None:
    solved = world.captcha()
    assert world.post(world.usulan(captcha=solved)).status == 201
    assert world.post(world.usulan(captcha=solved)).code == "captcha-failed"


def test_a_captcha_that_was_used_is_refused_with_what_to_do_and_files_nothing(world: World) -> None:
    solved = world.captcha()
    assert world.post(world.usulan(captcha=solved)).status == 201
    refused = world.post(world.usulan(nik="9901011705900002", captcha=solved))
    assert (refused.status, refused.code) == (403, "captcha-failed")
    assert "lagi" in refused.json["detail"]
    assert len(inbox(world)) == 1
    assert world.post(world.usulan(nik="9901011705900002", captcha=world.captcha())).status == 201


def test_two_tabs_are_two_cases_of_which_the_second_follows_and_a_tap_twice_is_one(world: World) -> None:
    """Neither is lost: the second tab has a number and a code of its own; one request again has the same answer."""
    first, second = world.usulan(captcha=world.captcha()), world.usulan(captcha=world.captcha())
    told = world.post(first, headers={"Idempotency-Key": "kunci-tab-satu"})
    other = world.post(second, headers={"Idempotency-Key": "kunci-tab-dua"})
    assert (told.status, other.status) == (201, 201)
    assert told.json["number"] != other.json["number"]
    (item,) = inbox(world)
    assert item["number"] == told.json["number"]
    again = world.post(first, headers={"Idempotency-Key": "kunci-tab-satu"})
    assert (again.status, again.json["number"], again.json["code"]) == (201, told.json["number"], told.json["code"])
    assert world.case(Filed(told.json["number"], ""))["joined"] == [other.json["number"]]
    opened = {"number": other.json["number"], "code": other.json["code"]}
    assert world.post(opened, "/cases/lookups").json["state"] == "BARU"


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"nama": None}, "nama", "missing"),
        ({"nama": " a "}, "nama", "string-too-short"),
        ({"nama": "x" * 101}, "nama", "string-too-long"),
        ({"nama": "Siti\x9aAminah"}, "nama", "unreadable"),
        ({"nik": "123"}, "nik", "nik-length"),
        ({"nik": "9901014517900000"}, "nik", "nik-month"),
        ({"tanggal_lahir": "31-02-1990"}, "tanggal_lahir", "date-impossible"),
        ({"sejak": "kemarin"}, "sejak", "date-format"),
        ({"unit_kerja": ""}, "unit_kerja", "string-too-short"),
        ({"jabatan": "x" * 201}, "jabatan", "string-too-long"),
        ({"email": "bukan"}, "email", "email"),
        ({"hp": "12"}, "hp", "phone"),
        ({"alasan": "singkat"}, "alasan", "string-too-short"),
        ({"alasan": "x" * 2001}, "alasan", "string-too-long"),
        ({"institution": "99"}, "institution", "string-pattern-mismatch"),
        ({"institution": "9999"}, "institution", "unknown"),
        ({"nama": 5}, "nama", "string-type"),
        ({"nama": "Siti 9901011705900001"}, "nama", "personal-number"),
        ({"unit_kerja": "SDN 1, hp 0812-3456-7890"}, "unit_kerja", "personal-number"),
        ({"jabatan": "Guru, lahir 17-05-1990"}, "jabatan", "personal-number"),
        ({"sejak": "1990-05-17"}, "sejak", "date-range"),
        ({"sejak": "2022-10-06"}, "sejak", "date-range"),
        ({"tanggal_lahir": "2022-10-06"}, "sejak", "date-range"),
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


def test_an_unknown_institution_does_not_use_the_captcha_up(world: World) -> None:
    solved = world.captcha()
    assert world.post(world.usulan(institution="9999", captcha=solved)).status == 422
    assert world.post(world.usulan(captcha=solved)).status == 201


@pytest.mark.parametrize(
    ("received", "status", "code"),
    [
        (CLOSES - timedelta(milliseconds=1), 201, None),
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


@pytest.mark.parametrize(
    ("path", "language", "told"),
    [
        ("/usulan", "id", "Penerimaan usulan sudah ditutup pada "),
        ("/tanggapan", "id", "Penerimaan tanggapan masyarakat sudah ditutup pada "),
        ("/tanggapan", "en", "Taking in reports of a listed name closed on "),
    ],
)
def test_who_comes_too_late_is_told_what_closed(world: World, path: str, language: str, told: str) -> None:
    reported = {
        "institution": CODE,
        "nomor_registrasi": "REG000001",
        "alasan": "Sudah pindah ke luar negeri tahun 2019",
    }
    body = world.usulan() if path == "/usulan" else reported
    answer = world.post(body, path, form=True, received=CLOSES, headers={"accept-language": language})
    assert answer.json["detail"].startswith(told)


def test_an_extension_opens_it_again(world: World) -> None:
    late = CLOSES + timedelta(days=1)
    assert world.post(world.usulan(), form=True, received=late).status == 410
    world.open_round(correction_closes=CLOSES + timedelta(days=3))
    assert world.post(world.usulan(), form=True, received=late).status == 201


def test_the_retry_of_an_accepted_one_is_answered_the_same(world: World) -> None:
    headers = {"Idempotency-Key": "0123456789"}
    body = world.usulan(captcha=world.captcha())
    first = world.post(body, headers=headers)
    again = world.post(body, headers=headers, received=CLOSES + timedelta(days=1))
    assert (first.status, again.status) == (201, 201)
    assert {**first.json, "ticket": ""} == {**again.json, "ticket": ""}
    assert len(inbox(world)) == 1
    other = world.post({**body, "nama": "Orang Lain"}, headers=headers)
    assert (other.status, [field["field"] for field in other.json["fields"]]) == (422, ["Idempotency-Key"])


def test_an_address_has_its_allowance_an_hour(world: World) -> None:
    for n in range(UNPROVED_OF_NETWORK.most):
        other = world.usulan(email=f"p{n}@contoh.id", nik=f"990101170590002{n}")
        assert world.post(other, form=True).status == 201
    refused = world.post(world.usulan(), form=True)
    assert (refused.status, refused.code) == (429, "throttled")
    assert 1 <= int(refused.headers["retry-after"]) <= 3600
    assert world.post(world.usulan(captcha=world.captcha())).status == 201


def test_who_proves_nothing_is_counted_before_anything_is_looked_up(world: World) -> None:
    for _ in range(OF_NETWORK.most):
        world.post(world.usulan(captcha="guess"))
    assert world.post(world.usulan(captcha="guess")).code == "throttled"


def test_a_second_one_for_the_same_nik_follows_the_first(world: World) -> None:
    first = world.filed()
    second = world.filed(nama="Orang Terlewat Sekali", email="lain@contoh.id")
    assert second.number != first.number
    (item,) = inbox(world)
    assert item["number"] == first.number
    assert world.case(first)["joined"] == [second.number]
    refusal: Any = {"accepted": False, "reason": "BUKAN_PEGAWAI", "text": "Orang ini tidak bekerja di instansi kami."}
    assert world.do(first, "decisions", **refusal).json["state"] == "DITOLAK"
    for filed in (first, second):
        told = world.follow(filed).json
        assert (told["state"], told["answer"]) == ("DITOLAK", refusal["text"])
    third = world.filed(email="ketiga@contoh.id")
    assert [item["number"] for item in inbox(world)] == [third.number]


def test_an_usulan_makes_nobody_public(world: World) -> None:
    world.prefinal()
    world.filed()
    world.minute()
    assert "Orang Terlewat" not in "".join(world.site().values())


def test_logs_say_nothing_personal(world: World, caplog: pytest.LogCaptureFixture) -> None:
    filed = world.filed()
    world.follow(filed)
    written = " ".join(str(record.__dict__) for record in caplog.records)
    for secret in (filed.code, "192.0.2.1", NIK, *(world.usulan()[name] for name in WRITTEN)):
        assert secret not in written


def test_which_routes_everybody_may_call() -> None:
    assert {f"{route.method} {route.path}" for route in api.routes if route.roles is None} == {
        "GET /announcements/captcha",
        "POST /announcements/usulan",
        "POST /announcements/tanggapan",
        "POST /announcements/bantuan",
        "POST /announcements/cases/hearings",
        "POST /announcements/cases/hearings/answers",
        "POST /announcements/cases/lookups",
        "POST /announcements/cases/messages",
        "POST /announcements/cases/withdrawals",
    }


def test_for_one_nik_no_more_than_a_few_a_day(world: World) -> None:
    for n in range(OF_NIK.most):
        world.filed(email=f"p{n}@contoh.id")
    refused = world.post(world.usulan(), form=True, headers={"x-viewer-address": "198.51.100.7"})
    assert (refused.status, refused.code) == (429, "throttled")
    world.filed(nik="9901011705900002")


def test_nobody_uses_up_at_another_institution_what_a_nik_may_file_at_its_own(world: World) -> None:
    world.open_round(OTHER)
    for n in range(OF_NIK.most + 1):
        world.post(world.usulan(institution=OTHER, email=f"p{n}@contoh.id", captcha=world.captcha()))
    world.filed()
