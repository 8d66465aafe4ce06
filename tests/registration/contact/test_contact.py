"""The institution's published contact: written by its admin, told to announcements, nobody's own number."""

from typing import Any

import pytest

from services.kernel.contact import OfficeContact
from services.kernel.events.facts import InstitutionContact
from services.kernel.events.relay import Change
from services.kernel.security.sessions import Role
from services.registration.adapters import contact_store
from services.registration.facts.translate_change import translate_change
from tests.registration.listed import INSTITUTION, portal
from tests.registration.staff import Desk, desk, readings
from tests.support.aws import Answer, Cloud
from tests.support.gates import open_gate

__all__ = ["portal"]

CONTACT = {
    "office": "Bidang Kepegawaian  BKPSDM",
    "address": "Jalan Contoh 17, lantai 2",
    "hours": "Senin-Jumat 08.00-16.00 WIB",
    "phone": "(0274) 123456 pes. 12",
    "whatsapp": "0812-3456-7890",
    "email": "kepegawaian@contoh.id",
}


def put(who: Desk, v: int = 0, **changes: Any) -> Answer:
    """Write the contact."""
    form = {name: value for name, value in (CONTACT | changes).items() if value is not None}
    return who.call("PUT", "/contact", {"v": v, **form})


def test_the_admin_writes_it_and_everybody_of_the_office_reads_it(portal: Cloud) -> None:
    admin = desk(portal, Role.ADMIN)
    assert admin.call("GET", "/contact").json == {"v": 0, "contact": None}
    assert put(admin).json == {"v": 1}
    read = desk(portal, Role.OPERATOR).call("GET", "/contact").json
    assert read["v"] == 1
    assert read["contact"] == CONTACT | {"office": "Bidang Kepegawaian BKPSDM", "whatsapp": "+6281234567890"}
    assert put(admin).code == "version-moved"
    assert put(admin, 1, phone=None, whatsapp=None).json == {"v": 2}
    assert admin.call("GET", "/contact").json["contact"]["phone"] == ""
    assert [action for _, action, _ in readings()] == ["set-contact", "set-contact"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": None, "whatsapp": None, "email": None}, "phone"),
        ({"office": " "}, "office"),
        ({"address": "Jalan Contoh 1, HP 081234567890"}, "address"),
        ({"office": "Ibu Contoh 9901014101900001"}, "office"),
        ({"hours": "tulis ke loket@contoh.id"}, "hours"),
        ({"phone": "9901014101900001"}, "phone"),
        ({"phone": "belum ada"}, "phone"),
        ({"phone": "165"}, "phone"),
        ({"whatsapp": "(0274) 123456"}, "whatsapp"),
        ({"email": "kepegawaian"}, "email"),
        ({"address": "x" * 301}, "address"),
    ],
)
def test_what_is_no_contact_of_an_office_is_refused(portal: Cloud, changes: dict[str, Any], field: str) -> None:
    answer = put(desk(portal, Role.ADMIN), **changes)
    assert [one["field"] for one in answer.json["fields"]] == [field]


@pytest.mark.parametrize("phone", ["1500537", "(021) 345-6789", "+62 21 3456789", "0274-123456 ext 7", "0811 234 5678"])
def test_a_number_as_offices_write_it(portal: Cloud, phone: str) -> None:
    assert put(desk(portal, Role.ADMIN), phone=phone).status == 200


@pytest.mark.parametrize(
    ("phone", "dialled"), [("(0274) 123456 pes. 12", "0274123456"), ("+62 21 3456789", "+62213456789"), ("", "")]
)
def test_a_telephone_gets_the_digits(phone: str, dialled: str) -> None:
    assert OfficeContact(office="A", address="B", hours="C", phone=phone).dialled == dialled


def test_only_the_own_admin_writes_it(portal: Cloud) -> None:
    open_gate("9902")
    assert put(Desk(portal, desk(portal, Role.ADMIN, "9902").actor, INSTITUTION)).code == "not-found"
    assert put(desk(portal, Role.OPERATOR)).code == "forbidden"


def test_each_change_is_told(portal: Cloud) -> None:
    put(desk(portal, Role.ADMIN))
    v, contact = contact_store.load(INSTITUTION)
    assert contact is not None
    item = {"pk": f"CONTACT#{INSTITUTION}", "sk": "@", "v": v, "at": 0, **contact.model_dump()}
    (fact,) = translate_change(Change(item["pk"], item["sk"], None, item))
    assert fact == InstitutionContact(institution=INSTITUTION, v=1, contact=contact)
