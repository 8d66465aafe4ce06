"""How an institution's office is reached stands on static pages, and in a file for the others."""

import json
from typing import Any

from services.announcements.model.institution import Summary
from services.announcements.pages.build_contacts import build_contacts
from services.kernel.contact import OfficeContact
from services.kernel.events.facts import InstitutionContact
from services.kernel.states import Phase
from tests.announcements.world import CODE, OTHER, World

CONTACT = OfficeContact(
    office="Loket <Kepegawaian>",
    address="Jalan Contoh 17",
    hours="Senin-Jumat 08.00-16.00",
    phone="(0274) 123456 pes. 12",
    whatsapp="+6281234567890",
    email="loket@contoh.id",
)


def contact(v: int = 1, **changes: str) -> InstitutionContact:
    """What registration tells."""
    return InstitutionContact(institution=CODE, v=v, contact=CONTACT.model_copy(update=changes))


def known(world: World, code: str = CODE) -> dict[str, Any]:
    """The file that the other pages read."""
    found: dict[str, Any] = json.loads(world.site()[f"pengumuman/kontak/{code}.json"])
    return found


def test_a_contact_is_published_with_its_numbers(world: World) -> None:
    world.published(world.opened(), world.opened(OTHER, title="Kota Contoh"), contact())
    for prefix in ("", "en/"):
        page = world.page(f"{prefix}pengumuman/kontak/index.html")
        assert "Loket &lt;Kepegawaian&gt;" in page
        assert 'href="tel:0274123456"' in page
        assert 'href="https://wa.me/6281234567890"' in page
        assert 'href="mailto:loket@contoh.id"' in page
        assert "1500537" in page
        assert "Kota Contoh" in page
        assert "(0274) 123456" in world.page(f"{prefix}pengumuman/{CODE}/index.html")
    assert known(world) == {"v": 1, "name": "Kabupaten Contoh Satu", "contact": CONTACT.model_dump()}
    assert known(world, OTHER)["contact"] is None
    assert "belum menulis kontaknya" in world.page(f"pengumuman/{OTHER}/index.html")


def test_the_newest_contact_stays_whatever_comes_late(world: World) -> None:
    world.published(world.opened(), contact(2, office="Loket Baru"), contact(1), contact(2, office="Loket Baru"))
    assert known(world)["contact"]["office"] == "Loket Baru"
    world.published(contact(3, phone="1500537"))
    assert known(world)["contact"]["phone"] == "1500537"


def test_a_contact_stands_beside_a_list_too(world: World) -> None:
    world.prefinal(world.person(1))
    world.published(contact())
    assert "loket@contoh.id" in world.page()


def test_a_name_with_a_number_stands_by_its_code() -> None:
    line = Summary(CODE, "Dinas 081234567890", Phase.PENGINPUTAN, None, sptjm=False)
    made = {each.key: each.content.decode() for each in build_contacts([line], {CODE: CONTACT})}
    assert json.loads(made[f"pengumuman/kontak/{CODE}.json"])["name"] == f"Instansi {CODE}"
    assert "081234567890" not in "".join(made.values())
