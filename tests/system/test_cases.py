"""A case of the public on the whole portal: answered by mail, passed on to bkn when nobody decides, and decided.

What is told while a service does not listen waits in its queue, and nothing of it is lost.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from infra.local.client import Visitor, new_key, wait_for
from tests.support.office import Office, open_office
from tests.support.portal import Portal

ANNOUNCEMENTS = "/api/announcements"
ACCEPTED = {"accepted": True, "reason": "TERBUKTI", "text": "Bukti kerja lengkap. Data dilengkapi oleh operator."}


def file_usulan(office: Office, anybody: Visitor) -> tuple[Mapping[str, Any], str]:
    """Somebody who is missing proposes himself; what he is shown, and his address."""
    person = office.person(700)
    body = {
        "institution": office.code,
        **{name: person[name] for name in ("nik", "nama", "tanggal_lahir", "unit_kerja", "jabatan")},
        "sejak": "2015-01-02",
        "alasan": "Bekerja sejak 2015, tidak ada pada daftar.",
        "email": person["email"],
        "hp": "",
        "captcha": anybody.captcha("announcements"),
    }
    return anybody.post(f"{ANNOUNCEMENTS}/usulan", body, key=new_key(), expect=201), person["email"]


def subjects(anybody: Visitor, to: str) -> Sequence[str]:
    """Of his mails, the first one first."""
    mails = [mail for mail in anybody.get("/_local/kotak-keluar/mails")["items"] if mail["to"] == to]
    return [mail["subject"] for mail in reversed(mails)]


def test_an_usulan_is_answered_passed_on_and_carried_out_whoever_does_not_listen_for_a_while(portal: Portal) -> None:
    office, anybody = open_office(portal), Visitor(portal.base_url)
    filed, address = file_usulan(office, anybody)
    opened = {"number": filed["number"], "code": filed["code"]}
    received = f"Laporan {filed['number']} diterima"
    wait_for(lambda: subjects(anybody, address) == [received], "the first mail")
    due = datetime.fromisoformat(filed["due_at"])
    office.stage.move_clock(due + timedelta(seconds=1))
    passed_on = f"Laporan {filed['number']} diteruskan ke BKN"
    wait_for(lambda: subjects(anybody, address) == [received, passed_on], "bkn's turn", 90)

    case = f"{ANNOUNCEMENTS}/institutions/{office.code}/cases/{filed['number']}"
    admin = office.stage.staff("admin")
    decided = admin.post(f"{case}/decisions", {**ACCEPTED, "v": admin.get(case)["v"]}, key=new_key())
    portal.hold("announcements-on_fact")
    handover = {"handover": decided["handover"]}
    draft = admin.post(f"{office.stage.registration}/case-drafts", handover, key=new_key(), expect=201)
    assert draft["state"] == "DRAF"
    portal.wait_idle()
    assert anybody.post(f"{ANNOUNCEMENTS}/cases/lookups", opened)["state"] != "DIPUTUS", "nobody has listened yet"
    portal.hold()
    portal.wait_idle()
    assert anybody.post(f"{ANNOUNCEMENTS}/cases/lookups", opened)["state"] == "DIPUTUS"
    wait_for(lambda: subjects(anybody, address)[-1] == f"Laporan {filed['number']} sudah diputus", "the last mail")
    assert not [letter for letter in portal.dead_letters() if "case." in str(letter)]
