"""Nothing of whom a case is about leaves registration by it: no fact, log line, key, notice, address or clear item.

Each kind is handed over with canaries in every field, looked at, heard, decided and noted beside the record; then
everything that was made is looked through. A name may stand where a name belongs: on a record, and in what is told of
one (`person.listed`); nowhere else.
"""

import logging
from typing import Any, Final

import pytest

from services.kernel.aws import clients
from services.kernel.cases import CaseKind
from services.kernel.cases.handover import Proposed
from services.kernel.security.sessions import Role
from services.kernel.states import Assurance, Phase
from services.registration.adapters import person_store
from services.registration.app import app, relay
from services.registration.facts.project_case import project_case
from services.registration.model.edition import Purpose
from services.registration.reminders.remind_of_cases import remind_of_cases
from tests.registration.cases.handed import handed
from tests.registration.cases.test_project_case import moved
from tests.registration.listed import INSTITUTION, ROW, made_list, put_in, token_of, with_account
from tests.registration.staff import at, desk
from tests.support.aws import Cloud
from tests.support.gates import close_lanes, open_gate

NAME: Final = "Canarymanuk Kenaritukang"
OTHER: Final = "Kutilangsiul Jalakdesa"
NIKS: Final = (ROW["nik"], "9901015703930007")
BORN: Final = "1993-03-17"
NUMBERS: Final = (
    *NIKS,
    *(nik[6:] for nik in NIKS),
    BORN,
    "17-03-1993",
    "17 Maret 1993",
    "81234567890",
    "siti@contoh.id",
)
NAMES: Final = (*NAME.split(), *OTHER.split())
T, K, B = "L23456781", "L23456782", "L23456783"
PROPOSED: Final = Proposed(
    nik=NIKS[1], nama=OTHER, tanggal_lahir=BORN, unit_kerja=ROW["unit_kerja"], jabatan=ROW["jabatan"]
)


def decide_all(portal: Cloud) -> list[str]:
    """Carry one of each kind out; what everybody but the person was answered."""
    person = with_account(portal, nama=NAME, tanggal_lahir=BORN)
    operator, admin, bkn = (desk(portal, role) for role in (Role.OPERATOR, Role.ADMIN, Role.BKN))
    verifikator = desk(portal, Role.VERIFIKATOR)
    said: list[str] = []
    usulan = handed(operator, proposed=PROPOSED)
    shown = operator.call("POST", "/case-drafts/preview", {"handover": usulan}).text
    said.append(shown.replace(OTHER, "", 1).replace(BORN, "", 1))  # so that he tells him from others
    said.append(operator.call("POST", "/case-drafts", {"handover": usulan}).text)
    for number, kind in ((T, CaseKind.TANGGAPAN), (K, CaseKind.KEBERATAN), (B, CaseKind.BANTUAN)):
        project_case(moved(None if kind is CaseKind.BANTUAN else person.pid, case=number, kind=kind))
    put_in(person, person.state, assurance=Assurance.LEMBAR.value)
    portal.call(app, "GET", "/registration/me/objection", token=token_of(portal, person))
    remind_of_cases(at("2022-09-07T00:00:00+07:00").date(), INSTITUTION, at("2022-09-07T12:00:00+07:00"))

    def decide(by: Any, number: str, kind: CaseKind, **changed: Any) -> None:
        changed = {"accepted": False, "decision": f"k-{by.actor.id}", **changed}
        token = handed(by, case=number, kind=kind, pid=person.pid, **changed)
        answer = by.call("POST", f"/people/{person.pid}/case-decisions", {"handover": token})
        assert answer.status == 200, answer.text
        said.extend((token, answer.text))

    decide(admin, T, CaseKind.TANGGAPAN)
    decide(admin, K, CaseKind.KEBERATAN)
    decide(verifikator, K, CaseKind.KEBERATAN, accepted=True)
    said.append(admin.call("GET", f"/people/{person.pid}/case-opinions?number={K}").text)
    close_lanes(INSTITUTION)
    made_list(Purpose.SEAL)
    open_gate(INSTITUTION, phase=Phase.FINAL)
    noted = desk(portal, Role.HELPDESK).call("POST", f"/people/{person.pid}/annotations", {"case": B})
    assert noted.status == 201, noted.text
    decide(bkn, K, CaseKind.KEBERATAN)
    refused = verifikator.call("POST", f"/people/{person.pid}/case-decisions", {"handover": "x"})
    assert person_store.load(person.pid).nama == NAME
    return [*said, noted.text, refused.text]


def test_nothing_of_whom_it_is_about_is_in_what_others_see(portal: Cloud, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="registration")
    told = decide_all(portal)
    relay({"Records": portal.changes("RegTable")}, None)
    facts = portal.facts()
    assert {"case.settled", "case.heard", "case.divided"} <= {fact["detail-type"] for fact in facts}
    tables = {name: portal.items(name) for name in ("RegTable", "RegTtlTable", "AuditTable", "GateTable")}
    records = [item for item in tables["RegTable"] if not item["pk"].startswith(("P#", "I#"))]
    written = {
        "answers": "".join(told),
        "facts": repr(facts),
        "tables": repr(tables),
        "keys and metadata of objects": _objects(),
        "log": " ".join(str(vars(record)) for record in caplog.records),
    }
    assert [(where, number) for where, text in written.items() for number in NUMBERS if number in text] == []
    nameless = {
        **written,
        "facts": repr([fact for fact in facts if fact["detail-type"] != "person.listed"]),
        "tables": repr([records, *(items for name, items in tables.items() if name != "RegTable")]),
    }
    beside = [item for item in tables["RegTable"] if item["sk"].startswith(("NOTE#", "L#"))]
    assert len(beside) >= 3
    nameless["items beside the record"] = repr(beside)
    assert [(where, name) for where, text in nameless.items() for name in NAMES if name in text] == []


def _objects() -> str:
    """The keys of all objects, with what is written beside each."""
    found = []
    for bucket in clients.s3().list_buckets()["Buckets"]:
        for entry in clients.s3().list_objects_v2(Bucket=bucket["Name"]).get("Contents", []):
            head = clients.s3().head_object(Bucket=bucket["Name"], Key=entry["Key"])
            found.append((entry["Key"], head["Metadata"], head.get("ContentDisposition")))
    return repr(found)
