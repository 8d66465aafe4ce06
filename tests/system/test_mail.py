"""Mail that is down: an invitation waits, comes once when it is up again, and lets in whom it was for."""

import re
from collections.abc import Mapping, Sequence

from infra.local.client import Visitor, new_key, wait_for
from tests.support.office import open_office
from tests.support.portal import Portal

NIP = "190001011920011998"
ADDRESS = "operator.baru@contoh.example"
MAILS = "/_local/kotak-keluar/mails"


def received(visitor: Visitor) -> Sequence[Mapping[str, str]]:
    return [mail for mail in visitor.get(MAILS)["items"] if mail["to"] == ADDRESS]


def test_an_invitation_outlives_mail_that_is_down(portal: Portal) -> None:
    office, anybody = open_office(portal), Visitor(portal.base_url)
    admin = office.stage.staff("admin")
    portal.wait_idle()
    anybody.post(MAILS, {"down": True})
    wanted = {"login": NIP, "name": "Operator Baru", "email": ADDRESS, "role": "operator", "units": []}
    invitation = f"/api/registration/institutions/{office.code}/invitations"
    admin.post(invitation, wanted, key=new_key(), expect=201)
    wait_for(lambda: "queue registration-send_notices" in anybody.get("/_local/idle")["pending"], "a notice that waits")
    assert received(anybody) == []
    anybody.post(MAILS, {"down": False})
    portal.wait_idle()
    (mail,) = received(anybody)
    (link,) = re.findall(r"http\S+/instansi/undangan/#\S+", mail["body"])
    assert anybody.accept(link, NIP, "becak hijau di simpang empat")["confirmed"] is False
