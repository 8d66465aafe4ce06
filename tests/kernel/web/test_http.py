"""The request decorator: what it injects, and that every error leaves as problem details."""

from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError
from chalice.app import Chalice
from pydantic import BaseModel

from services.kernel.aws.dynamodb import Busy
from services.kernel.problem_texts import TEXTS
from services.kernel.problems import STATUS, Code, FieldProblem, Problem
from services.kernel.security.sessions import ENROLMENT_COOKIE, ENROLMENT_OVER, SESSION_COOKIE, Actor, Audience, Role
from services.kernel.web.caller import Caller
from services.kernel.web.http import Api
from services.kernel.web.replies import Cookie, Redirect, Reply, see_other
from tests.support.aws import ORIGIN, Cloud

SECRET = "9901015507900001"


_STORES: dict[str, Exception] = {
    "throttled": ClientError({"Error": {"Code": "ThrottlingException"}}, "Query"),
    "locked": ClientError({"Error": {"Code": "ThrottlingException"}}, "Decrypt"),
    "busy": Busy(),
    "slow": ReadTimeoutError(endpoint_url="https://dynamodb.example"),
    "gone": ConnectTimeoutError(endpoint_url="https://dynamodb.example"),
    "wrong": ClientError({"Error": {"Code": "ValidationException"}}, "Query"),
}


class Note(BaseModel):
    """A body."""

    text: str
    times: int = 1


class Seen(BaseModel):
    """What came of a note."""

    text: str
    form: bool
    received: datetime


@pytest.fixture
def app(here: Cloud) -> Chalice:
    return _api().app


def _api() -> Api:
    api = Api("registration")

    @api.route("POST", "/notes", status=201, form=True, fault_page="/notes/refused/")
    def post_note(body: Note, caller: Caller, received: datetime) -> Reply[Seen]:
        """Take a note."""
        seen = Seen(text=body.text, form=caller.sent_form, received=received)
        return Reply(seen, cookies=[Cookie("a", "1", 60), Cookie("b", "", 0, "/api")])

    @api.route("GET", "/notes/{note}")
    def get_note(note: str, query: Note) -> Note:
        """Read a note."""
        return Note(text=f"{note} {query.text}", times=query.times)

    @api.route("GET", "/away")
    def away() -> Redirect:
        """Go elsewhere."""
        return see_other("https://elsewhere.example/")

    @api.route("GET", "/broken")
    def broken() -> None:
        """Fail."""
        raise KeyError(SECRET)

    @api.route("GET", "/broken/{how}")
    def broken_store(how: str) -> None:
        """Ask a store that cannot."""
        raise _STORES[how]

    @api.route("GET", "/refused")
    def refused() -> None:
        """Refuse."""
        raise Problem(Code.THROTTLED, retry_after=7, fields=[FieldProblem("a", "b", "c")], until="x")

    _guard(api)
    return api


def _guard(api: Api) -> None:
    @api.route("PUT", "/mine", roles=frozenset({Role.ADMIN}))
    def put_mine(actor: Actor) -> None:
        """Only for admins."""
        assert actor.role is Role.ADMIN

    @api.route("POST", "/open")
    def post_open(caller: Caller) -> None:
        """For everybody; what it does may depend on a cookie."""
        assert caller.request_id

    @api.route("PUT", "/enrolled", enrolment=True)
    def put_enrolled(enrolment: Actor) -> None:
        """Only for the enrolled."""
        assert enrolment.id


def test_a_json_body_is_parsed_and_the_answer_carries_status_and_cookies(app: Chalice, here: Cloud) -> None:
    instant = datetime(2022, 10, 22, 9, 59, 59, 999000, tzinfo=UTC)
    answer = here.call(app, "POST", "/registration/notes", {"text": "hai"}, received=instant)
    assert (answer.status, answer.json["text"], answer.json["form"]) == (201, "hai", False)
    assert datetime.fromisoformat(answer.json["received"]) == instant
    assert answer.cookies == {"a": "1", "b": ""}
    assert answer.headers["cache-control"] == "no-store"


def test_cookies_are_out_of_reach_of_scripts_and_other_sites() -> None:
    assert Cookie("s", "v", 9).header() == "s=v; Path=/; Max-Age=9; HttpOnly; Secure; SameSite=Strict"
    assert Cookie("s", "v", 9, "/api").header() == "s=v; Path=/api; Max-Age=9; HttpOnly; Secure; SameSite=Strict"


def test_a_plain_form_is_taken_where_the_route_says_so(app: Chalice, here: Cloud) -> None:
    answer = here.call(app, "POST", "/registration/notes", {"text": "hai"}, form=True)
    assert (answer.status, answer.json["form"]) == (201, True)
    other = here.call(app, "PUT", "/registration/mine", {"text": "x"}, form=True)
    assert (other.status, other.code) == (415, "unsupported-media-type")


def test_a_form_in_vain_leads_a_browser_to_a_page_and_tells_others_as_json(app: Chalice, here: Cloud) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    led = here.call(app, "POST", "/registration/notes", {}, form=True, headers=browser)
    assert (led.status, led.headers["location"]) == (303, "/notes/refused/#invalid-fields")
    english = here.call(app, "POST", "/registration/notes", {}, form=True, headers={**browser, "Accept-Language": "en"})
    assert english.headers["location"] == "/en/notes/refused/#invalid-fields"
    told = here.call(app, "POST", "/registration/notes", {}, form=True)
    assert (told.status, told.code) == (422, "invalid-fields")
    script = here.call(app, "POST", "/registration/notes", {}, headers=browser)
    assert (script.status, script.code) == (422, "invalid-fields")


def test_path_and_query_are_injected(app: Chalice, here: Cloud) -> None:
    answer = here.call(app, "GET", "/registration/notes/n1?text=b&times=3")
    assert answer.json == {"text": "n1 b", "times": 3}


@pytest.mark.parametrize("code", ["0", "a" * 128, "aaaa.KTP.1", "0000-1", "x_y", "AB12%20CD34"])
def test_what_can_be_an_id_reaches_its_handler(app: Chalice, here: Cloud, code: str) -> None:
    assert here.call(app, "GET", f"/registration/notes/{code}?text=b").status == 200
    assert here.call(app, "GET", f"/registration/notes/{code}%23?text=b").code == "not-found"


@pytest.mark.parametrize("body", ["{", "[]", "1", "", '"x"', "[" * 100_000])
def test_what_is_not_a_json_object_is_malformed(app: Chalice, here: Cloud, body: str) -> None:
    answer = here.call(app, "POST", "/registration/notes", body)
    assert (answer.status, answer.code) == (400, "malformed")


@pytest.mark.parametrize(
    "body",
    [
        r'{"text": "\ud800"}',
        r'{"text": "a", "\udfff": 1}',
        r'{"text": "a", "more": [{"deep": "\ude00\ud83d"}]}',
    ],
)
def test_half_of_a_surrogate_pair_is_malformed(app: Chalice, here: Cloud, body: str) -> None:
    answer = here.call(app, "POST", "/registration/notes", body)
    assert (answer.status, answer.code) == (400, "malformed")


def test_a_whole_pair_is_a_character(app: Chalice, here: Cloud) -> None:
    assert here.call(app, "POST", "/registration/notes", r'{"text": "\ud83d\ude00"}').json["text"] == "\U0001f600"


def test_each_wrong_field_is_named_with_a_code_and_a_sentence(app: Chalice, here: Cloud) -> None:
    answer = here.call(app, "POST", "/registration/notes", {"times": "tiga"})
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert [(f["field"], f["code"]) for f in answer.json["fields"]] == [("text", "missing"), ("times", "int-type")]
    assert answer.json["fields"][0]["message"] == "Isian ini wajib diisi."


def test_an_unexpected_error_is_a_problem_that_tells_nothing(
    app: Chalice, here: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = here.call(app, "GET", "/registration/broken")
    assert (answer.status, answer.code) == (500, "internal")
    assert answer.headers["content-type"] == "application/problem+json"
    assert SECRET not in answer.text + capsys.readouterr().out


def test_a_problem_carries_fields_extras_request_id_and_retry_after(app: Chalice, here: Cloud) -> None:
    answer = here.call(app, "GET", "/registration/refused")
    assert (answer.status, answer.headers["retry-after"]) == (429, "7")
    assert answer.json["until"] == "x"
    assert answer.json["fields"] == [{"field": "a", "code": "b", "message": "c"}]
    assert answer.json["request_id"]


def test_a_problem_is_told_in_the_language_that_is_asked_for(app: Chalice, here: Cloud) -> None:
    for accept, title in (("en", "Too many attempts"), ("id, en;q=0.5", "Terlalu banyak percobaan")):
        told = here.call(app, "GET", "/registration/refused", headers={"Accept-Language": accept})
        assert (told.json["type"], told.json["title"]) == ("throttled", title)
        assert told.headers["content-language"] == accept[:2]
    wrong = here.call(app, "POST", "/registration/notes", {}, headers={"Accept-Language": "en"}).json
    assert wrong["fields"][0]["message"] == "This field is required."
    unknown = here.call(app, "GET", "/registration/notes/%F0", headers={"Accept-Language": "en"})
    assert unknown.json["title"] == "Not found"


def test_see_other(app: Chalice, here: Cloud) -> None:
    answer = here.call(app, "GET", "/registration/away")
    assert (answer.status, answer.headers["location"]) == (303, "https://elsewhere.example/")


@pytest.mark.parametrize("role", list(Role))
def test_only_the_roles_of_a_route_get_in(app: Chalice, here: Cloud, role: Role) -> None:
    answer = here.call(app, "PUT", "/registration/mine", token=here.token(role, "9901"))
    assert answer.status == (204 if role is Role.ADMIN else 403)


def test_without_a_token_or_with_a_wrong_one_nobody_gets_in(app: Chalice, here: Cloud) -> None:
    late = here.token(Role.ADMIN, "9901", exp=1)
    enrolment = here.token(Role.ADMIN, "9901", aud=Audience.ENROLMENT.value)
    for token in (None, "x.y.z", late, enrolment, here.token(Role.ADMIN, "9901")[:-6] + "AAAAAA"):
        answer = here.call(app, "PUT", "/registration/mine", token=token)
        assert (answer.status, answer.code) == (401, "unauthenticated")


def test_an_enrolment_opens_the_enrolment_and_a_session_does_not(app: Chalice, here: Cloud) -> None:
    enrolment = here.token(Role.HONORER, "9901", aud=Audience.ENROLMENT.value, enrolment="first")
    cookies = {"origin": ORIGIN}
    assert here.call(app, "PUT", "/registration/enrolled", token=enrolment).status == 204
    assert here.call(app, "PUT", "/registration/enrolled", token=here.token(Role.HONORER)).status == 401
    nameless = here.token(Role.HONORER, "9901", aud=Audience.ENROLMENT.value)
    for token in (None, nameless):
        ended = here.call(app, "PUT", "/registration/enrolled", token=token)
        assert (ended.code, ended.json["detail"]) == ("unauthenticated", ENROLMENT_OVER)
    answer = here.call(app, "PUT", "/registration/enrolled", cookies={ENROLMENT_COOKIE: enrolment}, headers=cookies)
    assert answer.status == 204


@pytest.mark.parametrize(("origin", "status"), [(ORIGIN, 204), ("https://evil.example", 403), ("", 403)])
def test_a_write_with_cookies_must_come_from_our_own_pages(app: Chalice, here: Cloud, origin: str, status: int) -> None:
    cookies = {SESSION_COOKIE: here.token(Role.ADMIN, "9901")}
    answer = here.call(app, "PUT", "/registration/mine", cookies=cookies, headers={"Origin": origin})
    assert answer.status == status


HEADERS = ["", "Basic eDp5", "Token x", "bearer-ish x"]
"""`Authorization` headers that let nobody in, so that the cookie did; one that says Bearer is held to it."""


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("origin", ["https://evil.example", ""])
def test_a_header_that_let_nobody_in_does_not_excuse_from_the_origin(
    app: Chalice, here: Cloud, header: str, origin: str
) -> None:
    cookies, sent = {SESSION_COOKIE: here.token(Role.ADMIN, "9901")}, {"Authorization": header}
    put = ("PUT", "/registration/mine")
    assert here.call(app, *put, cookies=cookies, headers={**sent, "Origin": origin}).code == "forbidden"
    assert here.call(app, *put, cookies=cookies, headers={**sent, "Origin": ORIGIN}).status == 204


def test_a_bearer_token_alone_decides_where_one_is_sent(app: Chalice, here: Cloud) -> None:
    token = here.token(Role.ADMIN, "9901")
    cookies, elsewhere = {SESSION_COOKIE: token}, {"Origin": "https://evil.example"}
    put = ("PUT", "/registration/mine")
    assert here.call(app, *put, token=token, cookies=cookies, headers=elsewhere).status == 204
    for bearer in ("Bearer", "Bearer ", "Bearer x.y.z"):
        sent = {"Authorization": bearer, "Origin": ORIGIN}
        assert here.call(app, *put, cookies=cookies, headers=sent).code == "unauthenticated"


@pytest.mark.parametrize(("origin", "status"), [(ORIGIN, 204), ("https://evil.example", 403), ("null", 403)])
def test_where_nobody_is_let_in_a_bearer_token_excuses_from_nothing(
    app: Chalice, here: Cloud, origin: str, status: int
) -> None:
    sent = {"Authorization": f"Bearer {here.token(Role.ADMIN, '9901')}", "Origin": origin}
    answer = here.call(app, "POST", "/registration/open", cookies={"__Secure-refresh": "x"}, headers=sent)
    assert answer.status == status


def test_a_program_without_cookies_and_origin_may_call(app: Chalice, here: Cloud) -> None:
    bearer = {"Authorization": f"Bearer {here.token(Role.ADMIN, '9901')}", "Origin": ""}
    assert here.call(app, "PUT", "/registration/mine", headers=bearer).status == 204
    assert here.call(app, "POST", "/registration/open", token="x").status == 204


def test_of_two_cookies_with_one_name_neither_counts(app: Chalice, here: Cloud) -> None:
    ours, planted = here.token(Role.ADMIN, "9901"), here.token(Role.ADMIN, "9902", sub="attacker")
    for pair in ((ours, planted), (planted, ours), (ours, ours), (ours, "")):
        sent = "; ".join(f"{SESSION_COOKIE}={token}" for token in pair)
        answer = here.call(app, "PUT", "/registration/mine", headers={"Cookie": sent, "Origin": ORIGIN})
        assert answer.code == "unauthenticated"
    beside = f"a=1; {SESSION_COOKIE}={ours}; a=2"
    assert here.call(app, "PUT", "/registration/mine", headers={"Cookie": beside, "Origin": ORIGIN}).status == 204


def test_a_name_without_our_prefix_is_no_cookie_of_ours(app: Chalice, here: Cloud) -> None:
    for name in ("session", "__host-session", "__Secure-session", "__Host-Session"):
        answer = here.call(app, "PUT", "/registration/mine", cookies={name: here.token(Role.ADMIN, "9901")})
        assert answer.code == "unauthenticated"


def test_every_code_has_a_status_and_a_text() -> None:
    assert set(STATUS) == set(TEXTS) == set(Code)
    assert all(title and detail for title, detail in TEXTS.values())


def test_the_description_lists_every_route_with_its_models(app: Chalice, here: Cloud) -> None:
    described = here.call(app, "GET", "/registration/openapi.json").json
    assert described["openapi"] == "3.1.0"
    assert set(described["paths"]) == {r.path for r in _api().routes}
    assert described["components"]["schemas"]["Note"]["required"] == ["text"]
    assert described["paths"]["/registration/mine"]["put"]["security"] == [{"session": []}]
    query = described["paths"]["/registration/notes/{note}"]["get"]["parameters"]
    assert [(p["name"], p["in"], p["required"]) for p in query] == [
        ("note", "path", True),
        ("text", "query", True),
        ("times", "query", False),
    ]


def test_a_strangers_odd_cookie_does_not_hide_ours(app: Chalice, here: Cloud) -> None:
    odd = f'x={{"a": "b, c"}}; ; =; {SESSION_COOKIE}={here.token(Role.ADMIN, "9901")}'
    answer = here.call(app, "PUT", "/registration/mine", headers={"Cookie": odd, "Origin": ORIGIN})
    assert answer.status == 204


@pytest.mark.parametrize(
    ("how", "status", "code", "again"),
    [
        ("throttled", 503, Code.TRY_AGAIN, "2"),
        ("locked", 503, Code.TRY_AGAIN, "2"),
        ("busy", 503, Code.TRY_AGAIN, "2"),
        ("slow", 504, Code.OUTCOME_UNKNOWN, "2"),
        ("gone", 504, Code.OUTCOME_UNKNOWN, "2"),
        ("wrong", 500, Code.INTERNAL, None),
    ],
)
def test_a_store_that_is_busy_or_silent_is_asked_again(
    app: Chalice, here: Cloud, how: str, status: int, code: Code, again: str | None
) -> None:
    answer = here.call(app, "GET", f"/registration/broken/{how}")
    assert (answer.status, answer.code, answer.headers.get("retry-after")) == (status, code, again)
    assert "belum tersimpan" not in answer.json["detail"], "what the request did before may stand"
