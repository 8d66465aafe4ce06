"""The copy of his data that a person takes: asked for, made once, fetched by him alone, gone after a day."""

import re
import tomllib
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from infra.services import ROOT
from services.kernel import clock
from services.kernel.aws import dynamodb, s3
from services.kernel.copies.job import GIVEN_UP, KEPT, MOST
from services.kernel.documents import DocumentType, FileState
from services.kernel.events.facts import FilesCopied
from services.kernel.notices.catalogue import NoticeKind
from services.kernel.notices.render import render_mail
from services.kernel.security.sessions import Role
from services.kernel.states import Assurance
from services.kernel.web.languages import Language
from services.registration.adapters import person_items
from services.registration.app import app, build_data_copy, on_fact
from services.registration.copies import render_wording
from services.registration.copies.own_data import DataCopy
from services.registration.model.person import Person
from services.registration.settings import settings
from tests.kernel.papers import opened, outline_of, text_of
from tests.registration.copies.copying import QUEUE, Taker, fetched, work_off
from tests.registration.listed import (
    CLAIM,
    HISTORY,
    IN_TIME,
    ROW,
    accept,
    put_in,
    register,
    stand_complete,
    token_of,
    with_account,
)
from tests.registration.staff import desk
from tests.support.aws import Cloud, envelope, queued

PRIVATE = (ROW["nik"], CLAIM["nomor_kk"], "6281234567890", "siti@contoh.id", "1990-01-01", "Siti Contoh")


@pytest.fixture
def person(portal: Cloud) -> Person:
    return stand_complete(portal)


@pytest.fixture
def taker(portal: Cloud, person: Person) -> Taker:
    return Taker(portal, person.pid)


def test_he_never_asked(taker: Taker) -> None:
    assert taker.get().json == {"latest": None}


def test_a_copy_is_asked_for_made_and_fetched(taker: Taker, person: Person) -> None:
    asked = taker.ask()
    assert (asked.status, asked.json["state"], asked.json["until"]) == (202, "DIMINTA", None)
    path = f"/{asked.json['id']}"
    waiting = taker.get(path)
    assert (waiting.json["state"], waiting.headers["retry-after"]) == ("DIMINTA", "1")
    assert taker.get(f"{path}/json").code == "not-found", "nothing half-made is handed out"
    assert work_off(taker.cloud) == []
    made = taker.get(path)
    assert made.json["state"] == "SIAP"
    assert "retry-after" not in made.headers
    assert taker.get().json["latest"] == made.json
    for form, kind in (("json", "application/json"), ("pdf", "application/pdf")):
        answer = taker.get(f"{path}/{form}")
        query = parse_qs(urlsplit(answer.headers["location"]).query)
        assert answer.status == 303
        assert query["X-Amz-Expires"] == ["300"]
        assert query["response-content-type"] == [kind]
        assert query["response-content-disposition"] == [f'attachment; filename="salinan-data.{form}"']
    assert taker.get(f"{path}/xlsx").code == "not-found"


def test_asked_again_while_one_is_under_way_it_is_that_one(taker: Taker) -> None:
    first, second = taker.ask(), taker.ask()
    assert (second.status, second.json["id"]) == (202, first.json["id"])
    assert work_off(taker.cloud) == []
    assert taker.ask().json["id"] != first.json["id"], "and a new one once that is made"


def test_a_retry_is_answered_the_same_copy(taker: Taker) -> None:
    key = {"idempotency-key": "the same asking"}
    first = taker.ask(headers=key)
    work_off(taker.cloud)
    assert taker.ask(headers=key).json["id"] == first.json["id"]
    assert work_off(taker.cloud) == [], "and it is not made twice"


def test_so_many_a_day_and_no_more(taker: Taker) -> None:
    for _ in range(MOST):
        taker.take()
    refused = taker.ask()
    assert (refused.status, refused.code) == (429, "throttled")
    assert int(refused.headers["retry-after"]) > 80_000
    taker.cloud.at(IN_TIME + timedelta(hours=24, minutes=1))
    assert taker.ask().status == 202


def test_another_person_s_copy_is_not_there(taker: Taker, portal: Cloud) -> None:
    taker.take()
    identifier = taker.get().json["latest"]["id"]
    other = Taker(portal, register(nik="9901014101900002", nama="Lain Contoh").pid)
    for path in (f"/{identifier}", f"/{identifier}/json", f"/{identifier}/pdf"):
        assert (other.get(path).status, other.get(path).code) == (404, "not-found")
    assert other.get().json == {"latest": None}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HONORER])
def test_nobody_of_the_staff_has_copies(portal: Cloud, role: Role) -> None:
    token = portal.token(role, None if role in {Role.BKN, Role.AUDITOR} else "9901")
    assert portal.call(app, "POST", "/registration/me/copies", token=token).status in {401, 403}


def test_after_a_day_it_is_gone(taker: Taker, portal: Cloud) -> None:
    taker.take()
    path = f"/{taker.get().json['latest']['id']}"
    portal.at(IN_TIME + KEPT + timedelta(minutes=5))
    assert taker.get(path).json["state"] == "KEDALUWARSA"
    assert taker.get(f"{path}/json").code == "not-found"
    assert taker.ask().status == 202


def test_one_that_fails_for_good_says_so_and_another_may_be_asked_for(taker: Taker, portal: Cloud) -> None:
    path = f"/{taker.ask().json['id']}"
    portal.at(IN_TIME + GIVEN_UP + timedelta(seconds=5))
    failed = taker.get(path)
    assert failed.json["state"] == "GAGAL"
    assert "retry-after" not in failed.headers
    assert f"/{taker.ask().json['id']}" != path


def test_broken_off_between_it_is_made_again_whole(taker: Taker, person: Person) -> None:
    """The worker dies after the first of two objects: the message comes again."""
    identifier = taker.ask().json["id"]
    job = dynamodb.get(settings().table, {"pk": f"P#{person.pid}", "sk": "COPY"})
    assert job is not None
    s3.write(settings().exports_bucket, f"{job['key']}.json", b"{", content_type="application/json")
    assert taker.get(f"/{identifier}").json["state"] == "DIMINTA"
    assert work_off(taker.cloud) == []
    taker.paper()
    assert s3.read(settings().exports_bucket, f"{job['key']}.json") != b"{"


def test_a_message_that_comes_late_or_twice_makes_nothing(taker: Taker, person: Person) -> None:
    taker.ask()
    late = {"pid": person.pid, "copy_id": "of another asking"}
    assert build_data_copy(queued([late]), None) == {"batchItemFailures": []}
    assert taker.get().json["latest"]["state"] == "DIMINTA"
    assert s3.keys(settings().exports_bucket, "tmp/") == []


def test_what_cannot_be_made_comes_again(taker: Taker, person: Person) -> None:
    taker.ask()
    dynamodb.transact([dynamodb.delete(settings().table, person_items.person_key(person.pid))])
    assert work_off(taker.cloud) == ["0"]


def test_who_took_it_stands_in_the_record_s_history(taker: Taker, portal: Cloud, person: Person) -> None:
    taker.take()
    taker.paper()
    links = [item for item in portal.items("AuditTable") if item["action"] == "take-data-copy"]
    assert [link["actor"] for link in links] == [person.pid] * 2
    told = desk(portal, Role.ADMIN).call("GET", f"/people/{person.pid}/history").json["items"]
    assert "Mengambil salinan datanya sendiri." in [one["text"] for one in told]


def test_everything_his_pages_show_is_in_it(taker: Taker, portal: Cloud, person: Person) -> None:
    token = token_of(portal, person)
    added = portal.call(app, "POST", "/registration/me/histories", {"v": person.v, **HISTORY}, token=token)
    assert added.status == 201, added.text
    accept(person.pid, DocumentType.SK, added.json["id"], state=FileState.DITOLAK, code="unreadable")
    copy = taker.take()
    me, resume = (portal.call(app, "GET", f"/registration/{path}", token=token).json for path in ("me", "me/resume"))
    assert copy["format"] == "pendataan-copy-1"
    for name in ("progress", "decisions", "changes", "files", "state", "outcome", "nomor_registrasi", "active_at"):
        assert copy[name] == me[name], name
    assert copy["histories"] == resume["histories"]
    assert copy["advice"] == resume["advice"]
    assert (copy["registered"], copy["editable"]) == (resume["biodata"]["registered"], resume["biodata"]["editable"])
    assert copy["nomor_kk"] == CLAIM["nomor_kk"]
    assert [card["kind"] for card in copy["cards"]] == ["akun"]
    assert copy["proof"] is None
    assert "belum disegel" in copy["proof_missing"]


def test_the_paper_says_the_same_and_can_be_read_aloud(taker: Taker, portal: Cloud, person: Person) -> None:
    copy = taker.take()
    paper = taker.paper()
    words = text_of(paper)
    for part in (ROW["nik"], "Siti Contoh Lestari", "29 Desember 2017", "S-1/Sarjana", "Universitas Contoh"):
        assert part in words, part
    for part in ("siti@contoh.id", CLAIM["nomor_kk"], "Kepala SD Negeri 1 Contoh", copy["cards"][0]["code"]):
        assert part in words, part
    kinds = [kind for kind, _ in outline_of(paper)]
    assert kinds[0] == "H1"
    assert {"H2", "H3", "Table"} <= set(kinds)
    with opened(paper) as pdf:
        assert len(pdf.pages) >= 2
        assert bool(pdf.Root.MarkInfo.Marked)


def test_what_his_pages_hide_is_not_in_it(portal: Cloud) -> None:
    """Honor, while nobody is sure that the account is his (domain.md, section 3)."""
    person = with_account(portal, nominal_honor="7650321")
    taker = Taker(portal, person.pid)
    assert "nominal_honor" not in taker.take()["registered"]
    assert "7650321" not in text_of(taker.paper()).replace(".", "")


def test_nothing_of_him_in_keys_links_messages_or_logs(
    taker: Taker, portal: Cloud, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    asked = taker.ask()
    (message,) = portal.messages(QUEUE)
    taker.take()
    links = [taker.get(f"/{taker.get().json['latest']['id']}/{form}").headers["location"] for form in ("json", "pdf")]
    item: dict[str, Any] = dynamodb.get(settings().table, {"pk": f"P#{person.pid}", "sk": "COPY"}) or {}
    seen = [
        asked.text,
        message,
        *links,
        str(item),
        *s3.keys(settings().exports_bucket, ""),
        *(str(record.__dict__) for record in caplog.records),
    ]
    assert not [(secret, text) for text in seen for secret in PRIVATE if secret in text]


def test_he_is_told_once_and_without_a_word_of_him(taker: Taker, portal: Cloud, person: Person) -> None:
    """Of the copy of his data by this service, of that of his files by the fact of documents, also when it repeats."""
    taker.take()
    fact = FilesCopied(institution="9901", v=2, pid=person.pid, copy_id="0" * 32, until=IN_TIME + KEPT)
    for _ in range(2):
        assert on_fact(queued([envelope(fact, "documents")]), None) == {"batchItemFailures": []}
    waiting = [item for item in portal.items("RegTable") if item["pk"].startswith("NOTICE#")]
    assert [item["notice"] for item in waiting] == ["copy-ready"] * 2
    assert {item["until"] for item in waiting} <= {clock.millis(IN_TIME + KEPT) + at for at in range(60_000)}
    assert not [secret for secret in PRIVATE if secret in str([{**item, "private": ""} for item in waiting])]
    title, body = render_mail(NoticeKind.COPY_READY, {"until": IN_TIME}, Language.INDONESIAN, "https://portal.example")
    assert "https://portal.example/pendataan/salinan/" in body
    assert title == "Salinan Anda sudah siap"


def test_once_it_is_sure_that_the_account_is_his_honor_is_in_it(portal: Cloud) -> None:
    person = with_account(portal, nominal_honor="7650321")
    put_in(person, person.state, assurance=Assurance.LEMBAR.value)
    taker = Taker(portal, person.pid)
    assert taker.take()["registered"]["nominal_honor"] == 7650321
    assert "Rp7.650.321" in text_of(taker.paper())


def test_the_resume_is_printed_as_its_page_shows_it(portal: Cloud, person: Person) -> None:
    token = token_of(portal, person)
    paper = fetched(portal.call(app, "GET", "/registration/me/resume/document", token=token))
    words = text_of(paper)
    for part in (
        ROW["nik"],
        "Universitas Contoh",
        "Riwayat 1 (didaftarkan instansi)",
        "Bukti pembayaran gaji, riwayat 1",
    ):
        assert part in words, part
    assert "Masih ada yang kurang" not in words
    assert outline_of(paper)[0][0] == "H1"
    assert portal.call(app, "GET", "/registration/me/resume/document").status == 401


def test_papers_use_the_words_of_the_pages() -> None:
    labels = tomllib.loads((ROOT / "web" / "kit" / "texts" / "id" / "labels.toml").read_text("utf-8"))
    assert labels["advice"] == dict(render_wording.ADVICE)
    assert labels["criteria"] == dict(render_wording.CRITERIA)
    assert labels["file_states"] == dict(render_wording.FILE_STATES)


def test_every_member_of_the_copy_is_explained() -> None:
    explained = set(re.findall(r"`([a-z_0-9]+)`", (ROOT / "docs" / "copies.md").read_text("utf-8")))
    assert DataCopy.model_fields.keys() <= explained
