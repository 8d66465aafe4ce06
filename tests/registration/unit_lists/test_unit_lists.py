"""The lists a unit prints: who is on which, of whose unit, and what they do not say."""

from dataclasses import replace
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.security.sessions import Role
from services.registration.adapters import account_store
from services.registration.model.contact import PersonContact
from services.registration.model.person import Person
from services.registration.unit_lists import list_unit
from tests.registration.listed import ROW, portal, register, with_account
from tests.registration.staff import Desk, desk
from tests.support.aws import Cloud

__all__ = ["portal"]

UNITS = ("SD Negeri 1 Contoh", "SD Negeri 2 Contoh")


@pytest.fixture
def people(portal: Cloud) -> dict[str, Person]:
    """One without an account in each unit, one who was handed back, one with an account."""
    found = {
        "Ani": register(nik="9901014101900011", nama="Ani Contoh", unit_kerja=UNITS[0]),
        "Budi": register(nik="9901014101900012", nama="Budi Contoh", unit_kerja=UNITS[1]),
        "Cici": register(nik="9901014101900013", nama="Cici Contoh"),
    }
    for v, decision in enumerate(("MEMENUHI_SYARAT", "DIKEMBALIKAN"), 1):
        assert desk(portal, Role.VERIFIKATOR).decide(found["Cici"].pid, v, decision).status == 200
    return {**found, "Siti": with_account(portal)}


@pytest.fixture
def helpdesk(people: dict[str, Person], portal: Cloud) -> Desk:
    """The help desk of the institution."""
    return desk(portal, Role.HELPDESK)


def listed(who: Desk, kind: str, **more: str) -> list[dict[str, Any]]:
    """Everybody on a list."""
    found, cursor = list[dict[str, Any]](), ""
    while True:
        query = "&".join(f"{name}={value}" for name, value in {"kind": kind, **more, "cursor": cursor}.items() if value)
        answer = who.call("GET", f"/unit-lists?{query}")
        assert answer.status == 200, answer.text
        found += answer.json["items"]
        if (cursor := answer.json["cursor"] or "") == "":
            return found


def names(who: Desk, kind: str, **more: str) -> list[str]:
    """First names on a list."""
    return [one["nama"].split()[0] for one in listed(who, kind, **more)]


def test_who_has_no_account(helpdesk: Desk) -> None:
    assert sorted(names(helpdesk, "BELUM_AKUN")) == ["Ani", "Budi", "Cici"]
    assert names(helpdesk, "BELUM_AKUN", unit="SD+Negeri+2+Contoh") == ["Budi"]
    assert {one["sheet"] for one in listed(helpdesk, "BELUM_AKUN")} == {"BELUM"}


def test_who_was_handed_back(helpdesk: Desk) -> None:
    assert names(helpdesk, "DIKEMBALIKAN") == ["Cici"]


def test_who_lacks_papers_and_which(helpdesk: Desk) -> None:
    (siti,) = listed(helpdesk, "BERKAS_KURANG")
    assert siti["nama"] == ROW["nama"]
    assert any("ijazah" in text for text in siti["lacking"])
    assert not any("KTP" in text for text in siti["lacking"])


def test_whom_nobody_can_write_to(helpdesk: Desk, people: dict[str, Person]) -> None:
    assert names(helpdesk, "BERI_TAHU") == []
    account = account_store.load(account_store.account_id(ROW["nik"]))
    assert account is not None
    person = people["Siti"]
    unverified = account_store.encrypt_contact(account.id, PersonContact("", "siti@contoh.id"), person)
    dynamodb.transact([account_store.replace_encrypted(account, unverified)])
    assert names(helpdesk, "BERI_TAHU") == ["Siti"]


def test_of_ones_own_units_alone(helpdesk: Desk, portal: Cloud) -> None:
    limited = desk(portal, Role.OPERATOR, units=[UNITS[1]])
    assert names(limited, "BELUM_AKUN") == ["Budi"]
    assert limited.call("GET", "/unit-lists?kind=BELUM_AKUN&unit=SD+Negeri+1+Contoh").code == "invalid-fields"
    assert limited.call("GET", "/unit-lists?kind=LAIN").status == 422


def test_neither_nik_nor_birth_date_is_told(helpdesk: Desk) -> None:
    answer = helpdesk.call("GET", "/unit-lists?kind=BELUM_AKUN")
    assert "9901014101900011" not in answer.text
    assert "1990-01-01" not in answer.text
    assert "nik" not in answer.text


def test_part_by_part(helpdesk: Desk) -> None:
    query = list_unit.UnitListQuery(list_unit.ListKind.BELUM_AKUN)
    found, cursor = list[str](), None
    for _ in range(9):
        asked = replace(query, cursor=cursor)
        page = list_unit.list_unit(
            asked, institution=helpdesk.institution, actor=helpdesk.actor, received=clock.now(), most=1
        )
        found += [one.nama.split()[0] for one in page.items]
        if (cursor := page.cursor) is None:
            break
    assert sorted(found) == ["Ani", "Budi", "Cici"]
