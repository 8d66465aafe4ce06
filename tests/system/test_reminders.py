"""The portal's clock comes to a morning three days before people's time ends: who has to act is told, once."""

from collections.abc import Sequence
from datetime import timedelta

from infra.local.client import Visitor, wait_for
from services.kernel.writes.calendar import DEFAULT_2022, Window
from tests.support.office import open_office
from tests.support.portal import Portal

MORNING = (DEFAULT_2022[Window.DOSSIER].closes - timedelta(days=3)).replace(hour=8, minute=5)
HOUR = timedelta(hours=1).total_seconds()
OF_STAFF = "Batas waktu instansi Anda sudah dekat"
OF_A_PERSON = "Batas waktu pengajuan data Anda sudah dekat"
OPEN = "0 draf, 10 orang belum mengajukan, dan 11 orang belum diputuskan"
"""As no other institution of this portal has it, which is reminded at the same hour."""
WAITING = "dukcapil-waiting"


def test_whoever_has_to_act_is_told_of_the_deadline_in_the_morning_and_once(portal: Portal) -> None:
    """One has submitted, and the register of the local portal does not answer about him; one has an account only."""
    office, anybody = open_office(portal), Visitor(portal.base_url)
    silent = next(one for one in map(office.person, range(1000)) if one["nik"].endswith("99"))
    other = next(one for one in map(office.person, range(1000)) if one["nik"][-2:] < "97")
    others = [one for one in map(office.person, range(500, 520)) if one not in (silent, other)][:9]
    office.enlist([silent, other, *others])
    pid = office.submit(silent)
    office.make_account(other)

    def told() -> Sequence[tuple[str, str]]:
        mails = anybody.get("/_local/kotak-keluar/mails")["items"]
        people = [(mail["subject"], mail["to"]) for mail in mails if mail["to"] in {silent["email"], other["email"]}]
        staff = [(mail["subject"], OPEN) for mail in mails if mail["subject"] == OF_STAFF and OPEN in mail["body"]]
        return [one for one in (*staff, *people) if one[0] in {OF_STAFF, OF_A_PERSON}]

    office.stage.move_clock(MORNING - timedelta(hours=3))
    portal.wait_idle()
    assert told() == [], "nobody is written to at night"
    office.stage.move_clock(MORNING)
    portal.wait_idle()
    wanted = [(OF_STAFF, OPEN), (OF_A_PERSON, other["email"])]
    assert wait_for(lambda: told() if len(told()) > 1 else None, "the reminders", 60) == wanted
    portal.advance(HOUR)
    portal.wait_idle()
    assert told() == wanted
    detail = office.stage.staff("verifikator").get(f"{office.stage.registration}/people/{pid}")
    assert WAITING in {note["code"] for note in detail["warnings"]}
