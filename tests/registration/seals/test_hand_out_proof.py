"""A person's proof: after the seal, checked by the public tool; and what is answered when there is none."""

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pendataan_verify.inclusion import check_proof

from services.kernel.aws import dynamodb, s3
from services.kernel.documents import DocumentType, FileState
from services.kernel.security.canonical import canonical
from services.kernel.security.sessions import Role
from services.kernel.states import Assurance
from services.registration import app as service
from services.registration.adapters import person_store, seal_store
from services.registration.model.edition import Edition, Purpose
from services.registration.settings import settings
from tests.registration.listed import accept
from tests.registration.reclaims.test_reclaiming import force
from tests.registration.seals.test_seal_roster import filled, lock
from tests.support.aws import Answer, Cloud
from tests.support.gates import close_lanes, open_gate

__all__ = ["filled"]

KEY = ec.generate_private_key(ec.SECP256R1())
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def sign(epoch: int = 1) -> None:
    """What finalization does with the seal."""
    seal = seal_store.load(Edition("9901", Purpose.SEAL, epoch))
    assert seal is not None
    manifest = {
        "format": "pendataan-seal-1",
        "list": {"root": seal.root, "size": seal.total},
        "roster": {"root": seal.roster_root, "size": seal.people, "by_state": dict(seal.by_state)},
    }
    signature = base64.b64encode(KEY.sign(canonical(manifest), ec.ECDSA(hashes.SHA256()))).decode()
    content = canonical({"manifest": manifest, "signature": signature})
    s3.write(settings().seals_bucket, f"seals/9901/{epoch}.json", content, content_type="application/json")


def ask(cloud: Cloud, pid: str, role: Role = Role.HONORER) -> Answer:
    return cloud.call(service.app, "GET", "/registration/me/proof", token=cloud.token(role, "9901", pid))


def downloaded(answer: Answer) -> dict[str, Any]:
    assert answer.status == 303, answer.text
    key = answer.headers["location"].partition("tmp/")[2].partition("?")[0]
    found: dict[str, Any] = json.loads(s3.read(settings().exports_bucket, f"tmp/{key}") or b"")
    return found


@pytest.fixture(autouse=True)
def papers(filled: dict[str, Any]) -> None:
    """Everybody's KTP and photo are accepted: whoever has an account is shown what was registered of him."""
    for pid in filled["people"].values():
        for jenis in (DocumentType.KTP, DocumentType.FOTO):
            accept(pid, jenis)


def test_everybody_on_the_roster_has_a_proof(portal: Cloud, filled: dict[str, Any]) -> None:
    close_lanes("9901")
    lock()
    sign()
    for at, pid in filled["people"].items():
        proof = downloaded(ask(portal, pid))
        findings = check_proof(proof, pem=PEM)
        assert findings.broken == []
        assert (proof["list"] is not None) is (at in {0, 1})
        undecided = "Data pada bukti ini disegel, dengan keadaan BELUM_DIVERIFIKASI." in findings.held
        assert undecided is (at == 4)
        entered = filled["rows"][at]
        assert proof["roster"]["private"]["row"] == {key: entered[key] for key in entered if key != "nominal_honor"}
        assert "nominal_honor" in entered, "which he is not shown (domain.md, section 3)"


def test_before_the_seal_there_is_none(portal: Cloud, filled: dict[str, Any]) -> None:
    answer = ask(portal, filled["people"][0])
    assert (answer.status, answer.code) == (409, "wrong-phase")
    assert "belum disegel" in answer.json["detail"]
    close_lanes("9901")
    lock()
    assert ask(portal, filled["people"][0]).code == "wrong-phase", "not before it is signed"


def test_after_a_reopening_there_is_none_until_the_next_seal(portal: Cloud, filled: dict[str, Any]) -> None:
    close_lanes("9901")
    lock()
    sign()
    open_gate("9901", epoch=2)
    assert ask(portal, filled["people"][0]).code == "wrong-phase"


def test_a_row_that_is_not_what_was_sealed_is_told(portal: Cloud, filled: dict[str, Any]) -> None:
    close_lanes("9901")
    lock()
    sign()
    pid = filled["people"][0]
    key = {"pk": f"P#{pid}", "sk": "@"}
    dynamodb.transact([dynamodb.update(settings().table, key, values={"jab": "Jabatan Lain"})])
    answer = ask(portal, pid)
    assert (answer.status, answer.code) == (409, "conflict")
    assert "tidak sama dengan yang disegel" in answer.json["detail"]


@pytest.mark.parametrize("assurance", Assurance)
def test_an_account_that_is_not_shown_his_employment_has_none(
    portal: Cloud, filled: dict[str, Any], assurance: Assurance
) -> None:
    """It holds the row as a whole; before the seal it is answered like everybody (domain.md, section 3)."""
    pid = filled["people"][0]
    accept(pid, DocumentType.KTP, state=FileState.DITOLAK, code="unreadable")
    force(person_store.load(pid), assurance=assurance)
    assert ask(portal, pid).code == "wrong-phase"
    close_lanes("9901")
    lock()
    sign()
    answer = ask(portal, pid)
    if assurance is Assurance.BELUM_DIPASTIKAN:
        assert (answer.status, answer.code) == (403, "forbidden")
        assert "KTP dan foto belum diterima" in answer.json["detail"]
    else:
        assert check_proof(downloaded(answer), pem=PEM).broken == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HONORER])
def test_a_proof_is_the_person_s_own(portal: Cloud, filled: dict[str, Any], role: Role) -> None:
    assert ask(portal, filled["people"][0], role).status == 403
