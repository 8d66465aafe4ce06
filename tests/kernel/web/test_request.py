"""What a use case is asked by, and the answers a handler may give: as its annotation says them."""

from collections.abc import Mapping

import pytest
from chalice.app import Chalice
from pydantic import BaseModel

from services.kernel.aws import dynamodb
from services.kernel.security.sessions import ENROLMENT_COOKIE, SESSION_COOKIE, Audience, Role
from services.kernel.web.http import Api
from services.kernel.web.plain_page import PlainPage
from services.kernel.web.replies import Accepted, Redirect, Reply, see_other
from services.kernel.web.request import Request
from tests.support.aws import Answer, Cloud

KEY = {"Idempotency-Key": "the-same-key"}
PUT = "PUT"


class Note(BaseModel):
    """A body."""

    text: str
    v: int = 1


class Kept(BaseModel):
    """Whose note was kept."""

    who: str
    text: str


class Wanted(BaseModel):
    """Which of its answers a handler should give."""

    answer: str


@pytest.fixture
def app(here: Cloud) -> Chalice:
    return _api().app


def _api() -> Api:
    api = Api("registration")

    @api.route(PUT, "/notes/{note}", roles=frozenset({Role.ADMIN}))
    def put_note(note: str, body: Note, request: Request) -> Kept:
        """Keep a note."""
        return _keep(note, body, request)

    @api.route(PUT, "/mine/{note}", roles=frozenset({Role.HONORER}), enrolment=True, status=201)
    def put_mine(note: str, body: Note, request: Request) -> Kept:
        """Keep a note of somebody signed in or enrolled."""
        return _keep(note, body, request)

    @api.route("POST", "/wishes", status=201)
    def post_wish(body: Wanted, request: Request) -> Kept | Note | PlainPage | Accepted[Kept] | Redirect | Reply[None]:
        """Whatever is wished for."""
        return _answered(body.answer, request)

    return api


def _keep(note: str, body: Note, request: Request) -> Kept:
    def keep() -> Kept:
        kept = Kept(who=request.actor.id, text=f"{note}: {body.text} {body.v}")
        dynamodb.transact(request.once.remember(kept))
        return kept

    return request.once.answer(Kept, keep)


def _answered(wanted: str, request: Request) -> Kept | Note | PlainPage | Accepted[Kept] | Redirect | Reply[None]:
    if wanted == "actor":
        return Kept(who=request.actor.id, text="")
    answers: Mapping[str, Kept | PlainPage | Accepted[Kept] | Redirect | Reply[None]] = {
        "model": Kept(who="", text=""),
        "page": PlainPage("Kembali"),
        "later": Accepted(Kept(who="", text="")),
        "away": see_other("/"),
        "nothing": Reply(None),
    }
    return answers[wanted]


def put(here: Cloud, app: Chalice, text: str, *, note: str = "n1", by: str = "admin", v: int = 1) -> Answer:
    body = {"text": text, "v": v}
    return here.call(app, PUT, f"/registration/notes/{note}", body, token=here.token("admin", "9901", by), headers=KEY)


def test_the_retry_of_a_request_is_answered_what_the_first_was(app: Chalice, here: Cloud) -> None:
    assert put(here, app, "hai").json == put(here, app, "hai", v=2).json == {"who": "admin", "text": "n1: hai 1"}


def test_a_key_stands_for_one_content_of_one_asker_at_one_address(app: Chalice, here: Cloud) -> None:
    put(here, app, "hai")
    other = put(here, app, "halo")
    assert (other.status, other.json["fields"][0]["code"]) == (422, "idempotency-key-used")
    assert put(here, app, "halo", note="n2").json["text"] == "n2: halo 1"
    assert put(here, app, "halo", by="another").json["who"] == "another"


def test_a_key_of_no_sane_length_is_refused(app: Chalice, here: Cloud) -> None:
    token, path = here.token("admin", "9901"), "/registration/notes/n1"
    short = here.call(app, PUT, path, {"text": "x"}, token=token, headers={"Idempotency-Key": "x"})
    assert (short.status, short.json["fields"][0]["code"]) == (422, "idempotency-key")
    assert here.call(app, PUT, path, {"text": "x"}, token=token, headers={"Idempotency-Key": ""}).status == 200


def test_two_enrolments_of_one_row_do_not_share_their_keys(app: Chalice, here: Cloud) -> None:
    def kept(enrolment: str, text: str) -> Answer:
        token = here.token("honorer", sub="pid", aud=Audience.ENROLMENT.value, enrolment=enrolment)
        return here.call(app, PUT, "/registration/mine/n1", {"text": text}, token=token, headers=KEY)

    assert kept("first", "a").json == kept("first", "a").json == {"who": "pid", "text": "n1: a 1"}
    assert kept("second", "b").json == {"who": "pid", "text": "n1: b 1"}


def test_who_is_signed_in_asks_even_where_an_enrolment_would_do(app: Chalice, here: Cloud) -> None:
    enrolment = here.token("honorer", sub="enrolled", aud=Audience.ENROLMENT.value, enrolment="first")
    cookies = {ENROLMENT_COOKIE: enrolment, SESSION_COOKIE: here.token("honorer", sub="signed-in")}
    assert here.call(app, PUT, "/registration/mine/n1", {"text": "x"}, cookies=cookies).json["who"] == "signed-in"


@pytest.mark.parametrize(
    ("wanted", "status", "content_type"),
    [
        ("model", 201, "application/json"),
        ("page", 201, "text/html; charset=utf-8"),
        ("later", 202, "application/json"),
        ("away", 303, None),
        ("nothing", 204, None),
        ("actor", 500, "application/problem+json"),
    ],
)
def test_an_answer_has_the_routes_status_or_one_of_its_own(
    app: Chalice, here: Cloud, wanted: str, status: int, content_type: str | None
) -> None:
    answer = here.call(app, "POST", "/registration/wishes", {"answer": wanted})
    assert (answer.status, answer.headers.get("content-type")) == (status, content_type)


def test_the_description_lists_them_all(app: Chalice, here: Cloud) -> None:
    described = here.call(app, "GET", "/registration/openapi.json").json["paths"]
    kept = {"$ref": "#/components/schemas/Kept"}
    answers = described["/registration/wishes"]["post"]["responses"]
    assert {status for status in answers if status != "default"} == {"201", "202", "204", "303"}
    either = {"anyOf": [kept, {"$ref": "#/components/schemas/Note"}]}
    assert answers["201"]["content"] == {
        "application/json": {"schema": either},
        "text/html": {"schema": {"type": "string"}},
    }
    assert answers["202"]["content"] == {"application/json": {"schema": kept}}
    assert "content" not in answers["204"] | answers["303"]
    mine = described["/registration/mine/{note}"]["put"]
    assert set(mine["responses"]) == {"201", "default"}
    assert [(one["name"], one["in"]) for one in mine["parameters"]] == [("note", "path"), ("Idempotency-Key", "header")]
