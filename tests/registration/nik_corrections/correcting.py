"""An office in which a wrong NIK is put right: who asks, who decides, and what stands afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.kernel.audit import examine as audit_examine
from services.kernel.documents import DocumentType
from services.kernel.security.sessions import Role
from services.kernel.writes import gate
from services.registration.adapters import counter_store, person_store, roster_store
from services.registration.adapters.audit_trail import RegistrationTrail
from services.registration.app import relay
from services.registration.facts.take_fact import take_fact
from services.registration.model.edition import Edition, Purpose
from services.registration.model.person import Person
from services.registration.model.sealed_row import sealed_row
from services.registration.seals.finish_seal import counted
from tests.registration.listed import INSTITUTION, ROW, accept, register
from tests.registration.staff import Desk, desk
from tests.support.aws import Answer, Cloud

RIGHT = "9901014101900002"
REASON = "Salah ketik saat memasukkan data."


@dataclass(frozen=True)
class Office:
    """An operator who asks and an admin who decides."""

    cloud: Cloud
    operator: Desk
    admin: Desk

    def ask(self, person: Person, nik: str = RIGHT, *, by: Desk | None = None, **changed: Any) -> Answer:
        """Ask for the right NIK, with name and birth date as the KTP has them."""
        body = {
            "v": person_store.load(person.pid).v,
            "nik": nik,
            "nama": person.nama,
            "tanggal_lahir": person.row.get("tanggal_lahir", "1990-01-01"),
            "reason": REASON,
            **changed,
        }
        return (by or self.operator).call("POST", f"/people/{person.pid}/nik-correction", body)

    def accept(self, person: Person, nik: str = RIGHT, *, by: Desk | None = None, **changed: Any) -> Answer:
        """Decide: the NIK as it is read off the KTP."""
        body = {"v": person_store.load(person.pid).v, "on_ktp": nik, **changed}
        return (by or self.admin).call("POST", f"/people/{person.pid}/nik-correction/acceptance", body)

    def correct(self, person: Person, nik: str = RIGHT) -> Person:
        """Ask and decide; the record that goes on."""
        asked = self.ask(person, nik)
        assert asked.status == 200, asked.text
        accepted = self.accept(person, nik)
        assert accepted.status == 200, accepted.text
        return person_store.load(accepted.json["id"])

    def view(self, person: Person, *, by: Desk | None = None) -> Mapping[str, Any]:
        """What the record says of it."""
        answer = (by or self.admin).call("GET", f"/people/{person.pid}/nik-correction")
        assert answer.status == 200, answer.text
        found: Mapping[str, Any] = answer.json
        return found

    def tell(self) -> list[dict[str, Any]]:
        """Relay what changed, and take our own facts from the bus; returns all of them."""
        relay({"Records": self.cloud.changes("RegTable")}, None)
        facts = self.cloud.facts()
        for fact in facts:
            if fact["detail-type"] == "person.moved":
                take_fact({**fact, "time": "2022-09-01T09:00:00+07:00"})
        return facts


def office(cloud: Cloud) -> Office:
    """An office of an operator and an admin."""
    return Office(cloud, desk(cloud, Role.OPERATOR), desk(cloud, Role.ADMIN))


def listed(nik: str = ROW["nik"], **changed: str) -> Person:
    """Somebody registered under this NIK, with an accepted KTP."""
    person = register(nik=nik, **changed)
    accept(person.pid, DocumentType.KTP)
    return person


def require_equal() -> None:
    """What the seal asks for: people, states and versions add up to the counters, no number twice, each chain sound."""
    edition = Edition(INSTITUTION, Purpose.SEAL, 1)
    pids = sorted(roster_store.everybody(INSTITUTION))
    rows = [sealed_row(person_store.load(pid), edition) for pid in pids]
    assert counted(rows) == counter_store.settled(gate.read_round(INSTITUTION))
    assert len({row.nomor_registrasi for row in rows}) == len(rows)
    assert audit_examine.examine(INSTITUTION, pids, RegistrationTrail(), {}).faults == []
