"""Activation sheets: for whom they are printed, what is on the paper, and that a code stands nowhere else."""

import io
import json
from datetime import timedelta
from typing import Any

import pypdf
import pytest

from services.kernel import clock
from services.kernel.aws import clients, dynamodb, s3, ttl_store
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.registration.adapters import printing_store, sheet_files, sheet_store
from services.registration.app import print_sheets as function
from services.registration.model.person import Person
from services.registration.model.printing import KEPT
from services.registration.settings import settings
from services.registration.sheets import take_printing
from services.registration.sheets.render_sheets import FREE
from tests.registration.listed import IN_TIME, LAST_MOMENT, ROW, TOO_LATE, portal, put_in, register, with_account
from tests.registration.sheets.printing import codes, order, pages, pdf, printed, work
from tests.registration.staff import Desk, desk, readings
from tests.support.aws import Cloud, queued

__all__ = ["portal"]

LATER = IN_TIME + KEPT + timedelta(hours=1)
UNITS = ("SD Negeri 1 Contoh", "SD Negeri 2 Contoh")


def nik(number: int) -> str:
    """A NIK that nobody has."""
    return f"99010141019000{number:02d}"


@pytest.fixture
def operator(portal: Cloud) -> Desk:
    """The operator of an institution with three people in two units, one of whom has an account."""
    return desk(portal, Role.OPERATOR)


@pytest.fixture
def people(operator: Desk, portal: Cloud) -> list[Person]:
    """Two without an account, of two units, and one with."""
    first = register(nik=nik(11), nama="Ani Contoh", unit_kerja=UNITS[0])
    second = register(nik=nik(12), nama="Budi Contoh", unit_kerja=UNITS[1])
    return [first, second, with_account(portal)]


def test_a_page_is_printed_for_each_who_has_no_account_and_no_sheet(operator: Desk, people: list[Person]) -> None:
    printing = printed(operator)
    assert (printing["state"], printing["sheets"], len(printing["parts"])) == ("SIAP", 2, 1)
    content = pdf(printing)
    first, second = pages(content)
    assert "Ani Contoh" in first
    assert UNITS[0] in first
    assert FREE in first
    assert "Budi Contoh" in second
    for person, code in zip(people, codes(content), strict=False):
        sheet = sheet_store.load(person.pid)
        assert sheet is not None
        assert sheet.hash == sheet_store.hash_code(person.pid, code)
        assert (sheet.printed_by, sheet.is_good(clock.now())) == (operator.actor.id, True)
    assert sheet_store.load(people[2].pid) is None
    again = printed(operator)
    assert (again["state"], again["sheets"], again["parts"]) == ("SIAP", 0, [])


def test_neither_nik_nor_birth_date_is_on_the_paper(operator: Desk, people: list[Person]) -> None:
    text = " ".join(pages(pdf(printed(operator))))
    assert not [value for value in (nik(11), ROW["tanggal_lahir"], "1 Januari 1990", "01-01-1990") if value in text]


def test_a_code_stands_on_the_paper_alone(
    operator: Desk, people: list[Person], caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    printing = printed(operator)
    answer = operator.call("GET", f"/sheets/{printing['id']}/pdf?part=0")
    everything = [
        json.dumps(printing),
        json.dumps(answer.headers),
        str(clients.dynamodb().scan(TableName=settings().table)),
        str(clients.dynamodb().scan(TableName=settings().ttl_table)),
        str(s3.keys(settings().exports_bucket, "")),
        str(operator.cloud.facts()),
        str(readings()),
        caplog.text,
        "".join(capsys.readouterr()),
    ]
    content = pdf(printing)
    meta = content[: content.find(b"stream")] + content[content.rfind(b"endstream") :]
    for code in codes(content):
        assert not [place for place in everything if code in place or f"{code[:5]}-{code[5:]}" in place]
        assert code.encode() not in meta


def test_the_paper_is_tagged_page_by_page(operator: Desk, people: list[Person]) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf(printed(operator))))
    assert [str(page["/StructParents"]) for page in reader.pages] == ["0", "1"]
    tree: Any = reader.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    numbers: Any = tree["/ParentTree"]["/Nums"]
    assert [numbers[0], numbers[2]] == [0, 1]
    assert len(numbers[1]) == len(numbers[3]) > 10
    assert str(reader.trailer["/Root"]["/Lang"]) == "id-ID"  # type: ignore[index]


def test_of_a_unit_its_people_alone(operator: Desk, people: list[Person]) -> None:
    printing = printed(operator, unit="SD NEGERI 2 CONTOH")
    assert printing["sheets"] == 1
    assert "Budi Contoh" in pages(pdf(printing))[0]


def test_whoever_works_for_one_unit_prints_for_no_other(portal: Cloud, people: list[Person]) -> None:
    limited = desk(portal, Role.OPERATOR, units=[UNITS[1]], number=2)
    assert order(limited, unit=UNITS[0]).code == "invalid-fields"
    assert order(limited, person=people[0].pid).code == "not-found"
    assert printed(limited)["sheets"] == 1


def test_nobody_prints_his_own(portal: Cloud, people: list[Person]) -> None:
    himself = desk(portal, Role.ADMIN, own=people[0].pid)
    assert order(himself, person=people[0].pid).code == "own-record"
    assert printed(himself)["sheets"] == 1
    assert sheet_store.load(people[0].pid) is None


def test_a_new_one_for_one_person_voids_the_old(operator: Desk, people: list[Person]) -> None:
    (old, _) = codes(pdf(printed(operator)))
    helpdesk = desk(operator.cloud, Role.HELPDESK)
    (new,) = codes(pdf(printed(helpdesk, person=people[0].pid)))
    sheet = sheet_store.load(people[0].pid)
    assert sheet is not None
    assert sheet.printed_by == helpdesk.actor.id
    assert sheet.v == 2
    assert sheet.hash == sheet_store.hash_code(people[0].pid, new) != sheet_store.hash_code(people[0].pid, old)
    history = desk(operator.cloud, Role.ADMIN).call("GET", f"/people/{people[0].pid}/history").json["items"]
    assert "print-sheet" in [entry["action"] for entry in history]


def test_none_for_who_has_an_account_or_can_make_none(operator: Desk, people: list[Person]) -> None:
    assert order(operator, person=people[2].pid).code == "account-exists"
    put_in(people[0], PersonState.KONFLIK)
    assert order(operator, person=people[0].pid).code == "illegal-transition"
    assert order(operator, person=people[1].pid, unit=UNITS[1]).code == "invalid-fields"
    assert order(operator, person="nobody").code == "not-found"


def test_until_the_last_moment_accounts_are_made(operator: Desk, people: list[Person]) -> None:
    assert operator.call("POST", "/sheets", {}, received=LAST_MOMENT).status == 201
    late = operator.call("POST", "/sheets", {}, received=TOO_LATE)
    assert (late.status, late.code, late.json["window"]) == (410, "window-closed", "DOSSIER")


def test_who_ordered_it_fetches_it_for_a_day_and_it_is_written_down(operator: Desk, people: list[Person]) -> None:
    printing = printed(operator)
    path = f"/sheets/{printing['id']}/pdf?part=0"
    fetched = operator.call("GET", path)
    assert fetched.status == 303
    assert "X-Amz-Expires=300" in fetched.headers["location"]
    assert desk(operator.cloud, Role.ADMIN).call("GET", path).code == "not-found"
    assert operator.call("GET", f"/sheets/{printing['id']}/pdf?part=1").code == "not-found"
    assert operator.call("GET", f"/sheets/{printing['id']}").json["parts"][0]["handed"] is True
    noted = readings()
    assert [(who, what) for who, what, _ in noted] == [
        (operator.actor.id, action) for action in ("order-sheets", "print-sheets", "fetch-sheets")
    ]
    assert set(noted[1][2]["people"]) == {people[0].pid, people[1].pid}
    operator.cloud.at(LATER)
    assert operator.call("GET", path).code == "not-found"
    (listed,) = operator.call("GET", "/sheets").json["items"]
    assert listed["state"] == "BERAKHIR"
    assert printed(operator)["sheets"] == 0


def test_what_nobody_fetched_is_printed_anew_after_its_day(operator: Desk, people: list[Person]) -> None:
    lost = codes(pdf(printed(operator)))
    operator.cloud.at(LATER)
    found = codes(pdf(printed(operator)))
    assert len(found) == 2
    assert not set(found) & set(lost)


def test_a_killed_part_is_made_with_new_codes(operator: Desk, people: list[Person]) -> None:
    identifier = order(operator).json["id"]
    printing = printing_store.load(identifier)
    work(operator.cloud)
    before = codes(pdf({"id": identifier}))
    # As a function that was killed before it noted the part leaves it.
    key = {"pk": f"LB#{identifier}", "sk": "@"}
    dynamodb.transact([dynamodb.update(settings().table, key, discard={"made": {"0:2"}})])
    assert function(queued([{"printing": printing.id, "part": 0}]), None) == {"batchItemFailures": []}
    after = codes(pdf({"id": identifier}))
    assert len(after) == 2
    assert not set(after) & set(before)
    for person, code in zip(people, after, strict=False):
        sheet = sheet_store.load(person.pid)
        assert sheet is not None
        assert sheet.hash == sheet_store.hash_code(person.pid, code)


def test_a_part_is_made_by_one_at_a_time_and_once(operator: Desk, people: list[Person]) -> None:
    printing = printed(operator)
    content = pdf(printing)
    again = [{"printing": printing["id"], "part": 0}, {"printing": printing["id"], "part": None}]
    for message in again:
        assert function(queued([message]), None) == {"batchItemFailures": []}
    assert pdf(printing) == content
    held = order(operator, person=people[0].pid).json["id"]
    (listing,) = operator.cloud.messages("SheetPrintsQueue")
    function(queued([json.loads(listing)]), None)
    ttl_store.keep(f"printing#{held}#0", {"holder": "other"}, clock.now() + timedelta(minutes=3))
    assert work(operator.cloud) == [{"batchItemFailures": [{"itemIdentifier": "0"}]}]
    assert operator.call("GET", f"/sheets/{held}").json["state"] == "DIBUAT"


def test_two_printings_at_once_give_each_person_one_sheet(operator: Desk, people: list[Person]) -> None:
    one, other = order(operator).json["id"], order(desk(operator.cloud, Role.ADMIN)).json["id"]
    work(operator.cloud)
    counts = [len(made) for each in (one, other) for made in [printing_store.load(each).made]]
    assert counts == [1, 1]
    assert sorted(part.sheets for each in (one, other) for part in printing_store.load(each).made) == [0, 2]


def test_whoever_makes_an_account_meanwhile_gets_none(operator: Desk, people: list[Person]) -> None:
    order(operator)
    root = {"pk": f"P#{people[0].pid}", "sk": "@"}
    dynamodb.transact([dynamodb.update(settings().table, root, values={"account": True})])
    work(operator.cloud)
    assert sheet_store.load(people[0].pid) is None
    assert sheet_store.load(people[1].pid) is not None


def test_a_large_unit_comes_in_parts(operator: Desk, people: list[Person], request: pytest.FixtureRequest) -> None:
    assert take_printing.PEOPLE_A_PART >= 100
    identifier = order(operator).json["id"]
    printing = printing_store.load(identifier)
    for part, person in enumerate(people[:2]):
        sheet_files.write_pids(identifier, part, [person.pid])
    assert printing_store.plan(printing, 2)
    work(operator.cloud)
    shown = operator.call("GET", f"/sheets/{identifier}").json
    assert [(part["number"], part["sheets"]) for part in shown["parts"]] == [(0, 1), (1, 1)]
    assert shown["state"] == "SIAP"


def test_the_same_order_twice_is_one(operator: Desk, people: list[Person]) -> None:
    headers = {"Idempotency-Key": "cetak-sekali-saja"}
    first = operator.call("POST", "/sheets", {}, headers=headers)
    assert operator.call("POST", "/sheets", {}, headers=headers).json == first.json
    assert len(operator.call("GET", "/sheets").json["items"]) == 1


def test_counts_say_who_has_one_and_who_used_it(operator: Desk, people: list[Person]) -> None:
    printed(operator, unit=UNITS[0])
    sheet = sheet_store.load(people[0].pid)
    assert sheet is not None
    counted = {one["unit"]: one for one in operator.call("GET", "/sheet-counts").json["items"]}
    assert counted[UNITS[0]] == {"unit": UNITS[0], "none": 0, "printed": 1, "used": 0, "account": 1}
    assert counted[UNITS[1]] == {"unit": UNITS[1], "none": 1, "printed": 0, "used": 0, "account": 0}
    dynamodb.transact([sheet_store.use(sheet, clock.now())])
    counted = {one["unit"]: one for one in operator.call("GET", "/sheet-counts").json["items"]}
    assert counted[UNITS[0]]["used"] == 1
    limited = desk(operator.cloud, Role.OPERATOR, units=[UNITS[1]], number=2)
    assert [one["unit"] for one in limited.call("GET", "/sheet-counts").json["items"]] == [UNITS[1]]
