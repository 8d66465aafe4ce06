import re
from datetime import timedelta
from typing import Any

from services.kernel.aws import clients, dynamodb
from services.kernel.documents import DocumentType, FileState
from services.kernel.security import captcha
from services.kernel.security.sessions import ENROLMENT_COOKIE, ENROLMENT_OVER, SESSION_COOKIE, Audience, Role, verify
from services.kernel.states import PersonState
from services.registration.adapters import person_store
from services.registration.app import app
from services.registration.enrolments.check_identity import IdentityClaim
from services.registration.sessions.throttle import IDENTITY_CHECKS_OF_NETWORK, IDENTITY_CHECKS_OF_NIK
from services.registration.settings import captcha_keys, settings
from tests.registration.listed import (
    CLAIM,
    IN_TIME,
    INSTITUTION,
    LAST_MOMENT,
    TOO_LATE,
    accept,
    check_identity,
    enrol,
    put_in,
    register,
    solved,
    with_account,
)
from tests.support.aws import Answer, Cloud

OTHERS_NIK = "9901014101900002"


def without_id(answer: Answer) -> dict[str, Any]:
    return {name: value for name, value in answer.json.items() if name != "request_id"}


def test_the_challenge_is_altcha(portal: Cloud) -> None:
    answer = portal.call(app, "GET", "/registration/captcha")
    assert answer.status == 200
    assert {"parameters", "signature"} <= answer.json.keys()


def test_the_right_data_start_an_enrolment(portal: Cloud) -> None:
    person = register()
    answer = check_identity(portal)
    assert answer.status == 201
    assert answer.json == {
        "nomor_registrasi": person.registration_number,
        "nama": "Siti Contoh Lestari",
        "unit_kerja": "SD Negeri 1 Contoh",
        "jabatan": "Guru Kelas",
        "kategori": "NON-ASN",
        "institution": {"code": INSTITUTION, "name": INSTITUTION},
        "expires_at": answer.json["expires_at"],
    }
    claims = verify(answer.cookies[ENROLMENT_COOKIE], Audience.ENROLMENT)
    assert (claims.sub, claims.role, claims.institution) == (person.pid, Role.HONORER, INSTITUTION)
    assert re.fullmatch("[0-9a-f]{32}", claims.enrolment or "")
    assert claims.expires_at - IN_TIME <= timedelta(minutes=61)
    assert "HttpOnly; Secure; SameSite=Strict" in answer.headers["set-cookie"]
    assert "; Path=/; Max-Age=" in answer.headers["set-cookie"]


def test_the_contact_is_kept_where_nobody_can_read_it(portal: Cloud) -> None:
    register()
    check_identity(portal)
    stored = str(clients.dynamodb().scan(TableName=settings().ttl_table)["Items"])
    for secret in ("81234567890", "siti@contoh.id", CLAIM["nomor_kk"], CLAIM["nik"], "192.0.2.1"):
        assert secret not in stored


AS_PASTED = [
    {"hp": "\u202a+6281234567890\u202c"},
    {"hp": "\u202d081234567890\u202c"},
    {"hp": "\u200e081234567890"},
    {"hp": "0812\u20113456\u20117890"},
    {"hp": "0812\u20133456\u22127890"},
    {"hp": "081234567890\u200b"},
    {"hp": "\uff10\uff18\uff11\uff12\u00a03456\u202f7890"},
    {"nik": "9901014101900001\u200b"},
    {"nik": "\u202a9901014101900001\u202c"},
    {"nik": "990101\u2011410190\u20110001"},
    {"nik": "\u0669\u0669\u0660\u0661014101900001"},
    {"nomor_kk": "\u2066990101\u2013010115\u20130001\u2069"},
    {"nomor_kk": "\uff19\uff19\uff10\uff11010101150001"},
    {"email": "siti@contoh.id\u200b"},
    {"email": "\ufeffsiti\uff20contoh.id\u00ad"},
    {"nama": "\u2067Siti\u00a0Contoh\u2011Lestari\u200f"},
    {"nama": "\uff33iti Contoh \U0001d40bestari", "tempat_lahir": "Contoh\u00a0\uff33atu\ufe0f"},
    {"tanggal_lahir": "1 Januari\u00a01990"},
    {"tanggal_lahir": "\u200e01\u201101\u20111990"},
]
"""As telephones, chats and web pages put it into the clipboard: the person sees what he means."""


def test_what_is_pasted_is_read_as_it_is_seen(portal: Cloud) -> None:
    register()
    answers = [check_identity(portal, **changed) for changed in AS_PASTED]
    assert [answer.status for answer in answers] == [201] * len(AS_PASTED)


def test_what_is_pasted_is_kept_as_it_is_seen(portal: Cloud) -> None:
    pasted = IdentityClaim.model_validate(
        {
            **CLAIM,
            "captcha": "",
            "hp": "\u202a0812\u20113456\u20117890",
            "email": "siti\u200b@contoh.id",
            "nomor_kk": "9901 0101 0115 0001",
        }
    )
    plain = IdentityClaim.model_validate({**CLAIM, "captcha": ""})
    assert pasted == plain


def test_case_spaces_and_titles_do_not_count(portal: Cloud) -> None:
    register()
    for changed in (
        {"nama": "Dra. Siti Contoh-Lestari, M.Pd."},
        {"tempat_lahir": "CONTOH SATU"},
        {"nik": "9901 0141 0190 0001"},
        {"hp": "+62 812 3456 7890"},
    ):
        assert check_identity(portal, **changed).status == 201


WRONG = [
    {"nik": OTHERS_NIK},
    {"nama": "Siti Contoh Lestarini"},
    {"tanggal_lahir": "1990-01-02"},
]


def test_whoever_is_not_listed_or_differs_gets_one_and_the_same_answer(portal: Cloud) -> None:
    register()
    answers = [check_identity(portal, **changed) for changed in WRONG]
    assert {answer.status for answer in answers} == {404}
    assert all(without_id(answer) == without_id(answers[0]) for answer in answers)
    assert answers[0].code == "not-registered"
    assert answers[0].json["title"] == "Anda Belum Didaftarkan oleh Admin Instansi"
    assert all(not answer.cookies for answer in answers)


def test_the_same_reads_are_made_for_each_wrong_answer(portal: Cloud) -> None:
    register()
    calls: list[str] = []
    clients.dynamodb().meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
    made = []
    for changed in WRONG:
        calls.clear()
        check_identity(portal, **changed)
        made.append(tuple(calls))
    assert len(set(made)) == 1, made


def test_who_is_found_depends_on_the_state(portal: Cloud) -> None:
    person = register()
    seen = {}
    for state in PersonState:
        put_in(person, state)
        seen[state] = check_identity(portal).status
    hidden = {PersonState.DRAF, PersonState.KONFLIK, PersonState.PINDAH, PersonState.DIHAPUS}
    assert seen == {state: 404 if state in hidden else 201 for state in PersonState}


def test_an_account_is_made_once(portal: Cloud) -> None:
    with_account(portal)
    answer = check_identity(portal)
    assert (answer.status, answer.code) == (409, "account-exists")


def test_a_wrong_name_does_not_learn_of_the_account(portal: Cloud) -> None:
    with_account(portal)
    assert check_identity(portal, nama="Orang Lain").code == "not-registered"


def test_the_window_decides_by_the_instant_of_receipt(portal: Cloud) -> None:
    register()
    body = {**CLAIM, "captcha": solved()}
    path = "/registration/identity-checks"
    assert portal.call(app, "POST", path, body, received=LAST_MOMENT).status == 201
    late = portal.call(app, "POST", path, {**CLAIM, "captcha": solved()}, received=TOO_LATE)
    assert (late.status, late.code) == (410, "window-closed")
    assert (late.json["window"], late.json["closed_at"]) == ("DOSSIER", "2022-10-22T17:00:00+07:00")
    early = portal.call(app, "POST", path, {**CLAIM, "captcha": solved()}, received=IN_TIME - timedelta(days=30))
    assert (early.status, early.code) == (410, "window-not-open")


WRONG_FIELDS = [
    ("nik", "99010141019000", "nik-length"),
    ("nik", "9901014113900001", "nik-month"),
    ("nomor_kk", "9901010101150000", "kk-serial"),
    ("hp", "021-5550123", "phone"),
    ("email", "siti@contoh", "email"),
    ("tanggal_lahir", "1 Januari 90", "date-year"),
    ("tanggal_lahir", "31-02-1990", "date-impossible"),
    ("nama", "   ", "missing"),
]


def test_a_wrong_field_is_named_before_the_captcha_is_spent(portal: Cloud) -> None:
    token = solved()
    for field, value, code in WRONG_FIELDS:
        answer = portal.call(app, "POST", "/registration/identity-checks", {**CLAIM, field: value, "captcha": token})
        assert (answer.status, answer.code) == (422, "invalid-fields")
        assert [(one["field"], one["code"]) for one in answer.json["fields"]] == [(field, code)]
        assert value.strip() == "" or value not in answer.text
    captcha.require(token, captcha_keys(), settings().ttl_table)


def test_a_captcha_is_needed_and_good_once(portal: Cloud) -> None:
    register()
    token = solved()
    assert check_identity(portal, captcha=token).status == 201
    assert check_identity(portal, captcha=token).code == "captcha-failed"
    assert check_identity(portal, captcha="x").code == "captcha-failed"


def test_one_nik_is_throttled_in_each_network_apart_whether_listed_or_not(portal: Cloud) -> None:
    register()
    for nik in (CLAIM["nik"], OTHERS_NIK):
        for _ in range(IDENTITY_CHECKS_OF_NIK.most - 1):
            IDENTITY_CHECKS_OF_NIK.require(f"{nik} 192.0.2.1")
        assert check_identity(portal, nik=nik, nama="Orang Lain").code == "not-registered"
        answer = check_identity(portal, nik=nik, nama="Orang Lain")
        assert (answer.status, answer.code) == (429, "throttled")
        assert 0 < int(answer.headers["retry-after"]) <= 3600
    body, elsewhere = {**CLAIM, "captcha": solved()}, {"X-Viewer-Address": "198.51.100.7"}
    assert portal.call(app, "POST", "/registration/identity-checks", body, headers=elsewhere).status == 201


def test_only_who_solves_captchas_uses_up_what_a_network_may_ask(portal: Cloud) -> None:
    register()
    number = int(IN_TIME.timestamp()) // 600
    name = f"throttle#identity-address#{IDENTITY_CHECKS_OF_NETWORK._blind('192.0.2.1')}#{number}"
    dynamodb.ttl_put(settings().ttl_table, {"pk": name, "n": IDENTITY_CHECKS_OF_NETWORK.most - 1})
    for _ in range(3):
        assert check_identity(portal, captcha="x").code == "captcha-failed"
    assert check_identity(portal).status == 201
    assert check_identity(portal).code == "throttled"


def test_one_address_is_throttled_until_the_span_is_over(portal: Cloud) -> None:
    register()
    name = f"throttle#identity-address#{IDENTITY_CHECKS_OF_NETWORK._blind('192.0.2.1')}"
    number = int(IN_TIME.timestamp()) // 600
    item = {"pk": f"{name}#{number}", "n": IDENTITY_CHECKS_OF_NETWORK.most}
    dynamodb.ttl_put(settings().ttl_table, item)
    assert check_identity(portal).code == "throttled"
    portal.at(IN_TIME + timedelta(minutes=10))
    assert check_identity(portal).status == 201


def test_the_enrolment_shows_public_fields_and_the_state_of_its_files(portal: Cloud) -> None:
    person = register()
    cookies = enrol(portal)
    accept(person.pid, DocumentType.KTP, state=FileState.DITOLAK, code="too-large")
    accept(person.pid, DocumentType.SK, "pertama")
    answer = portal.call(app, "GET", "/registration/enrolment", cookies=cookies)
    assert answer.status == 200
    assert answer.json["id"] == person.pid
    assert [(file["jenis"], file["state"], file["code"]) for file in answer.json["files"]] == [
        ("KTP", "DITOLAK", "too-large")
    ]
    assert not {"nik", "tanggal_lahir", "hp", "email", "nomor_kk"} & answer.json.keys()
    assert answer.json["contact"] == {"hp": "+6281234567890", "email": CLAIM["email"]}  # what was typed here
    for secret in (CLAIM["nik"], CLAIM["nomor_kk"], "1990-01-01"):
        assert secret not in answer.text


def test_an_enrolment_is_over_after_an_hour(portal: Cloud) -> None:
    register()
    cookies = enrol(portal)
    portal.at(IN_TIME + timedelta(minutes=55))
    assert portal.call(app, "GET", "/registration/enrolment", cookies=cookies).status == 200
    portal.at(IN_TIME + timedelta(minutes=65))
    answer = portal.call(app, "GET", "/registration/enrolment", cookies=cookies)
    assert (answer.code, answer.json["detail"]) == ("unauthenticated", ENROLMENT_OVER)


def test_an_enrolment_stays_with_its_browser_whatever_its_address(portal: Cloud) -> None:
    person = register()
    cookies = enrol(portal)
    elsewhere = {"X-Viewer-Address": "198.51.100.7"}
    assert portal.call(app, "GET", "/registration/enrolment", cookies=cookies, headers=elsewhere).status == 200
    for name in ({}, {"enrolment": "0" * 32}):  # signed for the row, but none that a passed check left behind
        other = portal.token(Role.HONORER, INSTITUTION, sub=person.pid, aud=Audience.ENROLMENT.value, **name)
        answer = portal.call(app, "GET", "/registration/enrolment", cookies={ENROLMENT_COOKIE: other})
        assert (answer.code, answer.json["detail"]) == ("unauthenticated", ENROLMENT_OVER)


def test_behind_the_cdn_the_viewers_address_counts(portal: Cloud) -> None:
    number = int(IN_TIME.timestamp()) // 600
    for address in ("192.0.2.1", "198.51.100.7"):
        name = f"throttle#identity-address#{IDENTITY_CHECKS_OF_NETWORK._blind(address)}#{number}"
        dynamodb.ttl_put(settings().ttl_table, {"pk": name, "n": IDENTITY_CHECKS_OF_NETWORK.most})
    for viewer, code in (("198.51.100.7", "throttled"), ("198.51.100.8", "not-registered")):
        body, headers = {**CLAIM, "captcha": solved()}, {"X-Viewer-Address": viewer}
        assert portal.call(app, "POST", "/registration/identity-checks", body, headers=headers).code == code


def test_round_the_cdn_nobody_chooses_his_address(portal: Cloud) -> None:
    number = int(IN_TIME.timestamp()) // 600
    name = f"throttle#identity-address#{IDENTITY_CHECKS_OF_NETWORK._blind('192.0.2.1')}#{number}"
    dynamodb.ttl_put(settings().ttl_table, {"pk": name, "n": IDENTITY_CHECKS_OF_NETWORK.most})
    for secret in ("", "guessed"):
        headers = {"X-Viewer-Address": "198.51.100.8", "X-Origin-Secret": secret}
        answer = portal.call(
            app, "POST", "/registration/identity-checks", {**CLAIM, "captcha": solved()}, headers=headers
        )
        assert answer.code == "throttled"


def test_an_enrolment_opens_nothing_else(portal: Cloud) -> None:
    register()
    cookies = enrol(portal)
    as_session = {SESSION_COOKIE: cookies[ENROLMENT_COOKIE]}
    assert portal.call(app, "GET", "/registration/me", cookies=as_session).code == "unauthenticated"


def test_the_check_writes_nothing_to_the_record(portal: Cloud) -> None:
    person = register()
    check_identity(portal)
    assert person_store.load(person.pid) == person
