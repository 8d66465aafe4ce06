"""Who entered a row, changed it or uploaded for it, against who decides on it: every pair of the matrix."""

from collections.abc import Callable
from itertools import product

import pytest

from services.kernel.documents import DocumentType
from services.kernel.problems import Code
from services.kernel.security.sessions import Role
from tests.permissions.matrix import VERDICTS
from tests.registration.listed import accept
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Cloud

WORKERS = {who: number for number, who in enumerate(VERDICTS, start=1)}
"""The number of each one's desk."""


def enters(worker: Desk) -> tuple[str, int]:
    """The row, and its version."""
    return str(worker.enter(row(1)).json["id"]), 1


def changes(worker: Desk) -> tuple[str, int]:
    """Of another's draft."""
    pid = desk(worker.cloud, Role.OPERATOR, number=99).enter(row(1, nomor_sk=None)).json["id"]
    changed = worker.call("PATCH", f"/people/{pid}", {"v": 1, "nomor_sk": "800/9/2018"})
    assert changed.json["state"] == "TERDAFTAR"
    return str(pid), 2


def corrects(worker: Desk) -> tuple[str, int]:
    """Of another's registered row."""
    pid, v = enters(desk(worker.cloud, Role.OPERATOR, number=99))
    body = {"v": v, "reason": "salah ketik", "nama": "Contoh Nama Benar"}
    return pid, worker.call("POST", f"/people/{pid}/corrections", body).json["v"]


def uploads(worker: Desk) -> tuple[str, int]:
    """A file for another's row, as documents' fact leaves it behind."""
    pid, v = enters(desk(worker.cloud, Role.OPERATOR, number=99))
    accept(pid, DocumentType.SK, "pertama", by=worker.actor.id)
    return pid, v


@pytest.fixture
def desks(portal: Cloud) -> dict[str, Desk]:
    """Everybody who might have worked on the row, and who decides (`himself`): an admin that two others backed."""
    made = {who: desk(portal, Role.ADMIN, number=number) for who, number in WORKERS.items() if who in BACKERS}
    backed = [made[who].actor.id for who in BACKERS]
    made |= {who: desk(portal, Role.ADMIN, number=WORKERS[who], sponsors=backed) for who in PEERS}
    invited = desk(portal, Role.OPERATOR, number=WORKERS[INVITED], sponsors=[made["himself"].actor.id])
    stranger = desk(portal, Role.OPERATOR, number=WORKERS["somebody else"])
    return {**made, INVITED: invited, "somebody else": stranger}


BACKERS, PEERS, INVITED = (
    ("his sponsor", "a second sponsor"),
    ("himself", "a colleague he came with"),
    "whom he invited",
)


@pytest.mark.parametrize(("who", "work"), list(product(VERDICTS, (enters, changes, corrects, uploads))))
def test_who_decides_on_whose_work(desks: dict[str, Desk], who: str, work: Callable[[Desk], tuple[str, int]]) -> None:
    pid, v = work(desks[who])
    answer = desks["himself"].decide(pid, v, "MEMENUHI_SYARAT")
    assert (answer.json.get("type"), answer.status) == (VERDICTS[who], 403 if VERDICTS[who] else 200)


def test_who_gave_somebody_his_role_backs_him_too(portal: Cloud) -> None:
    """Or an admin would invite by another's hand, and take over by changing a role."""
    verifier, boss = desk(portal, Role.VERIFIKATOR, number=50), desk(portal, Role.ADMIN, number=51)
    pid, v = enters(boss)
    duties = {"v": 1, "reason": "Pindah tugas.", "role": "operator"}
    assert boss.call("POST", f"/users/{verifier.actor.id}/role", duties).status == 200
    duties = {"v": 2, "reason": "Pindah tugas.", "role": "verifikator"}
    assert boss.call("POST", f"/users/{verifier.actor.id}/role", duties).status == 200
    again = Desk(portal, verifier.actor.model_copy(update={"token_version": 3}), "9901")
    assert again.decide(pid, v, "MEMENUHI_SYARAT").code == Code.ENTERED_BY_SPONSOR
