"""The portal's clock passes 30 September 24:00: institutions with people become pre-final by themselves."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from infra.local.client import Visitor, new_key, wait_for
from infra.local.demo.steps_institution import registered_fields
from services.kernel.writes.calendar import DEFAULT_2022, DRAIN, Window
from tests.support.office import Office, open_office
from tests.support.portal import Portal
from tools.sample import sheets

CLOSES = DEFAULT_2022[Window.ENTRY].closes
LONGEST = timedelta(minutes=2)
"""How long after the close and the drain it may take: found once a minute, done at once."""
PEOPLE = 6
PATIENCE = 120


@pytest.fixture(scope="module")
def nobody(portal: Portal) -> Office:
    """An institution that has entered nobody."""
    return open_office(portal)


@pytest.fixture(scope="module")
def office(nobody: Office) -> Office:
    """One with three people, at the close of entry; three more are on their way in a file that was in time."""
    office = open_office(nobody.portal)
    office.enlist([office.person(at) for at in range(3)])
    office.stage.move_clock(CLOSES - timedelta(seconds=40))
    operator = office.stage.staff("operator")
    content = sheets.xlsx_bytes(sheets.cells_of(office.person(at)) for at in range(3, PEOPLE))
    path = f"{office.stage.registration}/imports"
    made = operator.post(path, {"filename": "terakhir.xlsx", "size": len(content)}, expect=201)
    operator.post_form(made["upload"], content)
    office.stage.move_clock(CLOSES)
    return office


def overview(office: Office) -> Any:
    return office.stage.staff("bkn").get(office.stage.finalization)


def test_it_becomes_prefinal_within_two_minutes_and_its_list_is_public(office: Office, nobody: Office) -> None:
    late = office.stage.staff("operator").send(
        "POST", f"{office.stage.registration}/people", registered_fields(office.person(9)), key=new_key()
    )
    assert (late.status, late.json["type"]) == (410, "window-closed")
    assert overview(office)["phase"] == "PENGINPUTAN"

    office.stage.move_clock(CLOSES + DRAIN)
    office.portal.advance(60)
    wait_for(lambda: overview(office)["prefinalized"], "the portal to pre-finalize", PATIENCE)
    shown = wait_for(lambda: listed(office), "the numbered list", PATIENCE)
    assert (shown["phase"], shown["epoch"], shown["list_at"]) == ("PRAFINAL", 1, None)
    made = shown["prefinalized"]
    assert (made["number"], made["count"], made["automatic"]) == (1, PEOPLE, True), "the file in flight stands on it"
    assert CLOSES + DRAIN <= datetime.fromisoformat(made["at"]) <= CLOSES + DRAIN + LONGEST

    page = published(office, "Daftar prafinalisasi nomor 1.")
    assert all(office.person(at)["nama"] in page for at in range(PEOPLE))
    assert made["hash"] in page
    assert overview(nobody)["phase"] == "BELUM_MULAI"


def test_entry_extended_afterwards_brings_list_two_at_the_new_close(office: Office) -> None:
    until = CLOSES + timedelta(days=2)
    body = {"windows": {"ENTRY": until.isoformat()}, "letter": {"number": "800/1/CONTOH/2022", "date": "2022-09-30"}}
    granted = office.stage.staff("bkn").post(f"{office.stage.finalization}/extensions", body, key=new_key(), expect=201)
    assert (granted["phase"], granted["prefinalized"]["number"]) == ("PRAFINAL", 1)
    office.stage.staff("operator").post(
        f"{office.stage.registration}/people", registered_fields(office.person(9)), key=new_key(), expect=201
    )
    office.portal.wait_idle()

    office.stage.move_clock(until + DRAIN)
    office.portal.advance(60)
    wait_for(lambda: overview(office)["prefinalized"]["number"] == 2, "the next list", PATIENCE)
    shown = wait_for(lambda: listed(office), "the numbered list", PATIENCE)
    assert (shown["phase"], shown["prefinalized"]["count"]) == ("PRAFINAL", PEOPLE + 1)
    assert "3 Oktober 2022" in published(office, "Daftar prafinalisasi nomor 2.").partition("Diumumkan ")[2][:20]
    assert office.portal.dead_letters() == []


def listed(office: Office) -> Any:
    """The institution once its list has its root."""
    found = overview(office)
    return found if found["prefinalized"]["hash"] else None


def published(office: Office, words: str) -> str:
    """The public page once it says so; pages are made once a minute."""

    def page() -> str | None:
        office.portal.advance(60)
        office.portal.wait_idle()
        answer = Visitor(office.portal.base_url).send("GET", f"/pengumuman/{office.code}/")
        text = answer.content.decode()
        return text if answer.status == 200 and words in text else None

    return wait_for(page, f"the public page ({words})", PATIENCE)
