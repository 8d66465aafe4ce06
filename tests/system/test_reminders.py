"""The portal's clock comes to a morning three days before people's time to submit ends: the admin is told, once."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from infra.local.client import Visitor, wait_for
from services.kernel.writes.calendar import DEFAULT_2022, Window
from tests.support.office import open_office
from tests.support.portal import Portal

MORNING = (DEFAULT_2022[Window.DOSSIER].closes - timedelta(days=3)).replace(hour=8, minute=5)
SUBJECT = "Batas waktu instansi Anda sudah dekat"
PEOPLE = 3
OPEN = f"0 draf, {PEOPLE} orang belum mengajukan, dan {PEOPLE} orang belum diputuskan"


def received(visitor: Visitor) -> Sequence[Mapping[str, str]]:
    mails = visitor.get("/_local/kotak-keluar/mails")["items"]
    return [mail for mail in mails if mail["subject"] == SUBJECT and OPEN in mail["body"]]


def test_an_admin_is_told_of_the_deadline_in_the_morning_and_once(portal: Portal) -> None:
    office, anybody = open_office(portal), Visitor(portal.base_url)
    office.enlist([office.person(at) for at in range(PEOPLE)])
    office.stage.move_clock(MORNING - timedelta(hours=3))
    portal.wait_idle()
    assert received(anybody) == [], "nobody is written to at night"
    office.stage.move_clock(MORNING)
    (mail,) = wait_for(lambda: received(anybody), "the reminder", 60)
    assert "pengisian dan pengajuan oleh tenaga non-ASN, perbaikan data." in mail["body"]
    assert "22 Oktober 2022 pukul 17.00 WIB" in mail["body"]
    portal.advance(timedelta(hours=1).total_seconds())
    portal.wait_idle()
    assert len(received(anybody)) == 1
