"""The index follows the records: whoever is told of, in whatever order, how often, and whatever was lost."""

import itertools
from dataclasses import replace
from typing import Any

import pytest

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, KeyPart
from services.kernel.documents import DocumentType
from services.kernel.security.sessions import Role
from services.registration import app
from services.registration.adapters import institution_store, person_store, search_store
from services.registration.adapters.search_queue import ToldMessage
from services.registration.adapters.search_store import Overtaken
from services.registration.model.search_row import UNKNOWN, Flag, SearchRow
from services.registration.search.find_people import Page, find_people
from services.registration.search.keep_search import check_search, keep_people, keep_search
from services.registration.search.send_checks import send_checks
from services.registration.search.summarise_person import summarise_new, summarise_person
from services.registration.search.wanted import Papers, Wanted
from services.registration.settings import settings
from tests.registration.listed import IN_TIME, INSTITUTION, accept
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Cloud, queued
from tests.support.gates import open_gate


@pytest.fixture
def admin(portal: Cloud) -> Desk:
    return desk(portal, Role.ADMIN)


def stored() -> list[dict[str, object]]:
    """Everything in the index but the count, which is made anew."""
    when = KeyPart("pk").eq(f"SEARCH#{INSTITUTION}")
    return [item for item in dynamodb.query_all(settings().table, when) if item["sk"] != "T"]


def found(admin: Desk, wanted: Wanted) -> list[str]:
    """Whom the index finds as it stands."""
    page = find_people(Page(wanted), institution=INSTITUTION, actor=admin.actor, received=IN_TIME)
    assert page.found == len(page.items)
    return [one.id for one in page.items]


def told(cloud: Cloud) -> list[ToldMessage]:
    """What waits for whoever keeps the index."""
    return [ToldMessage.model_validate_json(body) for body in cloud.messages("SearchQueue")]


def relayed(cloud: Cloud) -> set[tuple[str, tuple[str, ...], bool]]:
    """Of whom the relay tells: institution, people, and whether more than their root items changed."""
    app.relay({"Records": cloud.changes("RegTable")}, None)
    return {(one.institution, one.people, one.beside) for one in told(cloud)}


def test_told_once_more_or_late_nothing_changes(admin: Desk) -> None:
    pid = admin.enter(row(1, nama="Ani")).json["id"]
    other = admin.enter(row(2, nama="Budi")).json["id"]
    keep_search([ToldMessage(institution=INSTITUTION, people=(pid, other))])
    before = stored()
    keep_search([ToldMessage(institution=INSTITUTION, people=(other, pid))] * 2)
    keep_search([ToldMessage(institution=INSTITUTION, people=(pid, "nobody"), beside=True)])
    assert stored() == before
    assert found(admin, Wanted("ani")) == [pid]


def test_who_changed_is_found_by_what_he_is_now_and_by_nothing_he_was(admin: Desk) -> None:
    made = admin.enter(row(1, nama="Ani Draf", unit_kerja="Unit A", nomor_sk=None)).json
    keep_people(INSTITUTION, [made["id"]], set())
    body = {"v": 1, **row(1, nama="Budi Baru", unit_kerja="Unit B")}
    assert admin.call("PATCH", f"/people/{made['id']}", {k: v for k, v in body.items() if k != "nik"}).status == 200
    assert found(admin, Wanted("ani")) == [made["id"]], "nobody told of it yet"
    keep_people(INSTITUTION, [made["id"]], set())
    for gone in (Wanted("ani"), Wanted("draf"), Wanted(unit="unit a")):
        assert found(admin, gone) == []
    assert found(admin, Wanted("budi baru", unit="unit b")) == [made["id"]]


def test_the_line_of_a_new_person_is_the_one_of_his_whole_record(admin: Desk) -> None:
    mores: list[dict[str, Any]] = [{}, {"no_peserta_thk2": "99000000001"}, {"nomor_sk": None}]
    for seed, more in enumerate(mores):
        dossier = person_store.load_dossier(admin.enter(row(seed, **more)).json["id"])
        assert summarise_new(dossier.person) == summarise_person(dossier)


def test_a_line_of_before_is_read_without_what_it_lacks(admin: Desk) -> None:
    line = summarise_person(person_store.load_dossier(admin.enter(row(1)).json["id"]))
    assert SearchRow.from_list(line.to_list()) == line
    old = SearchRow.from_list(line.to_list()[:13])
    assert old == replace(line, family=UNKNOWN, hour=0, traits=(), risks=(), since="", workers=())


def test_papers_leave_the_list_of_those_without_them(admin: Desk) -> None:
    pid = admin.enter(row(1)).json["id"]
    keep_people(INSTITUTION, [pid], set())
    assert found(admin, Wanted(papers=Papers.KTP)) == [pid]
    accept(pid, DocumentType.KTP)
    keep_people(INSTITUTION, [pid], {pid})
    assert found(admin, Wanted(papers=Papers.KTP)) == []
    assert found(admin, Wanted(papers=Papers.SK)) == found(admin, Wanted(papers=Papers.KURANG)) == [pid]


def test_the_relay_tells_of_people_and_of_claims_that_others_join(portal: Cloud, admin: Desk) -> None:
    open_gate("9902")
    pid = admin.enter(row(1, nama="Ani")).json["id"]
    assert relayed(portal) == {(INSTITUTION, (pid,), False)}
    theirs = desk(portal, Role.OPERATOR, "9902").enter(row(1)).json["id"]
    assert relayed(portal) == {(INSTITUTION, (pid,), True), ("9902", (theirs,), False), ("9902", (theirs,), True)}
    keep_people(INSTITUTION, [pid], {pid})
    assert found(admin, Wanted(flag=Flag.SENGKETA)) == [pid]


def test_a_check_finds_who_was_lost_and_leaves_the_rest(admin: Desk) -> None:
    people = [admin.enter(row(seed)).json["id"] for seed in range(3)]
    assert check_search(INSTITUTION)
    before = stored()
    assert check_search(INSTITUTION)
    assert stored() == before
    admin.delete(people[0], 1)
    assert len(found(admin, Wanted())) == 3
    assert check_search(INSTITUTION)
    assert sorted(found(admin, Wanted())) == sorted(people[1:])


def test_an_index_is_made_anew_from_nothing(admin: Desk) -> None:
    pid = admin.enter(row(1, nama="Ani")).json["id"]
    check_search(INSTITUTION)
    search_store.move(INSTITUTION, {"n.ani": {"anita": 1}}, {"n.ani": {"ani": 1}})
    assert found(admin, Wanted("ani")) == [pid], "of two who fit by a broken index the line decides"
    shown = find_people(Page(Wanted("anita")), institution=INSTITUTION, actor=admin.actor, received=IN_TIME)
    assert (shown.items, shown.found) == ([], 1)
    keep_search([ToldMessage(institution=INSTITUTION, anew=True)])
    assert found(admin, Wanted("ani")) == [pid]
    (bucket,) = [item for item in stored() if item["sk"] == "W#n.ani"]
    assert bucket["v"] == 1


def test_a_check_goes_on_in_another_function_when_its_time_is_over(portal: Cloud, admin: Desk) -> None:
    admin.enter(row(1))
    assert not check_search(INSTITUTION, budget=-1)
    assert stored() == []


def test_every_institution_is_checked_daily(portal: Cloud, admin: Desk) -> None:
    institution_store.keep(INSTITUTION, {"title": "Contoh"}, clock="opened_v", v=1)
    admin.enter(row(1))
    send_checks()
    assert told(portal) == [ToldMessage(institution=INSTITUTION, check=True)]
    event = queued([ToldMessage(institution=INSTITUTION, check=True).model_dump()])
    event["Records"][0]["attributes"]["MessageGroupId"] = INSTITUTION
    assert app.keep_search(event, None) == {"batchItemFailures": []}
    assert len(found(admin, Wanted())) == 1


def test_two_writers_do_not_undo_each_other(admin: Desk) -> None:
    pid = admin.enter(row(1, nama="Ani")).json["id"]
    keep_people(INSTITUTION, [pid], set())
    key = {"pk": f"SEARCH#{INSTITUTION}", "sk": "W#n.ani"}
    item = dynamodb.get(settings().table, key)
    assert item is not None
    stale = search_store._moved(INSTITUTION, "n.ani", item, {"ani": 2}, {})
    search_store.move(INSTITUTION, {"n.ani": {"ani": 4}}, {})
    with pytest.raises(Overtaken):
        search_store._commit([stale])


def test_a_number_that_moved_to_another_record_takes_its_place_along(admin: Desk) -> None:
    """As a corrected NIK does: new root, old number; the old root takes a fresh one."""
    old, new = (
        person_store.load(admin.enter(row(seed, nama=f"Orang {word}")).json["id"])
        for seed, word in enumerate(("lama", "baru"))
    )
    check_search(INSTITUTION)
    numbers = {old.pid: new.registration_number, new.pid: old.registration_number}
    for pid, number in numbers.items():
        moved = dynamodb.update(
            settings().table,
            {"pk": f"P#{pid}", "sk": "@"},
            values={"registration_number": number},
            when=Attr("pk").exists(),
        )
        dynamodb.transact([moved])
    for order in itertools.permutations(numbers):
        for pid in order:
            keep_people(INSTITUTION, [pid], {pid})
        assert found(admin, Wanted(numbers[new.pid])) == found(admin, Wanted("baru")) == [new.pid]
        assert found(admin, Wanted(numbers[old.pid])) == found(admin, Wanted("lama")) == [old.pid]
