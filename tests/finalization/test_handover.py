"""The package that is handed over with an accepted SPTJM, and that it proves itself with the tool the public has."""

import csv
import hashlib
import io
import json
import zipfile
from typing import Any
from urllib.parse import urlsplit

import pytest
from pendataan_verify.public_list import check_list

from services.finalization.adapters import store
from services.kernel.audit import chain as audit
from services.kernel.aws import s3
from services.kernel.security import merkle
from services.kernel.security.canonical import canonical
from services.kernel.security.sessions import Role
from tests.finalization.world import CODE, CONFIRMED, World, accepted

PAPER = b"%PDF-1.7 bertanda tangan"
ROWS = [
    {
        "nomor_registrasi": f"A{at}",
        "nama": name,
        "unit_kerja": "SD Negeri 1 Contoh",
        "jabatan": "Guru Kelas",
        "kategori": kategori,
        "salt": "0a" * 16,
        "commitment": "0b" * 32,
    }
    for at, (name, kategori) in enumerate((("Ani", "THK-II"), ("Budi, S.Pd.", "NON-ASN")))
]
LIST = b"".join(canonical(row) + b"\n" for row in ROWS)
ROOT = merkle.root([merkle.leaf_hash(canonical(row)) for row in ROWS]).hex()


@pytest.fixture
def handed_over(prefinal: World) -> World:
    """Sealed with a list of two, its statement handed in and accepted."""
    prefinal.post("finalization", CONFIRMED)
    prefinal.pass_drain()
    prefinal.lock_due()
    s3.write("exports-bucket", "lists/9901/2.jsonl", LIST, content_type="application/x-ndjson")
    prefinal.roster_sealed(root=ROOT, list_key="lists/9901/2.jsonl")
    prefinal.get("sptjm/document")
    file = f"I{CODE}.SPTJM.1"
    told = accepted(file).model_copy(update={"sha256": hashlib.sha256(PAPER).hexdigest(), "key": "sptjm/aaaa"})
    s3.write("files-bucket", "sptjm/aaaa", PAPER, content_type="application/pdf")
    prefinal.tell(told)
    assert prefinal.hand_in(file).status == 200
    return prefinal


def package(world: World, **by: Any) -> zipfile.ZipFile:
    answer = world.get("handover", **by)
    assert answer.status == 303, answer.text
    content = s3.read("exports-bucket", urlsplit(answer.headers["location"]).path.lstrip("/"))
    assert content is not None
    return zipfile.ZipFile(io.BytesIO(content))


def test_before_bkn_accepts_there_is_none(handed_over: World) -> None:
    with handed_over.nothing_changes():
        assert handed_over.get("handover", role="ppk").code == "wrong-phase"
    handed_over.decide({"decision": "DIKEMBALIKAN", "reason": "Tanda tangan belum lengkap."})
    assert handed_over.get("handover", role="ppk").code == "wrong-phase"


@pytest.mark.parametrize("role", ["ppk", "admin"])
def test_list_statement_seal_and_how_to_check_them(handed_over: World, role: str) -> None:
    handed_over.decide({"decision": "DITERIMA"})
    held = package(handed_over, role=role)
    number = f"SPTJM-{CODE}-{handed_over.stored().epoch}"
    assert set(held.namelist()) == {"BACA-SAYA.txt", f"{number}.pdf", "daftar-final.csv", "index.json", "segel.json"}
    assert held.read(f"{number}.pdf") == PAPER
    table = list(csv.DictReader(io.StringIO(held.read("daftar-final.csv").decode("utf-8-sig"))))
    assert [(row["nomor"], row["nama"], row["kategori"]) for row in table] == [
        ("1", "Ani", "THK-II"),
        ("2", "Budi, S.Pd.", "NON-ASN"),
    ]
    read_me = held.read("BACA-SAYA.txt").decode()
    assert ROOT in read_me
    assert "pemetaan, bukan pengangkatan" in read_me


def test_the_publics_tool_finds_it_the_same(handed_over: World) -> None:
    """And finds another when one name of it is changed."""
    handed_over.decide({"decision": "DITERIMA"})
    held = package(handed_over)
    index, seal = json.loads(held.read("index.json")), json.loads(held.read("segel.json"))
    found = check_list(index, seal, ROOT)
    assert found.broken == []
    index["items"][0][0] = "Orang lain"
    assert check_list(index, seal, ROOT).broken != []


def test_who_takes_it_is_written_down(handed_over: World) -> None:
    handed_over.decide({"decision": "DITERIMA"})
    package(handed_over, role="ppk")
    assert [link["action"] for link in audit.read(store.chain(CODE))][-1] == "handover.fetched"


def test_after_a_reopening_there_is_none(handed_over: World) -> None:
    handed_over.decide({"decision": "DITERIMA"})
    reopened = handed_over.stored()
    assert handed_over.reopen(reopened.last_close.replace(year=2023)).status == 200
    assert handed_over.get("handover", role="ppk").code == "wrong-phase"


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.PPK, Role.ADMIN}])
def test_it_is_the_ppks_and_the_admins(handed_over: World, role: Role) -> None:
    handed_over.decide({"decision": "DITERIMA"})
    assert handed_over.get("handover", role=role.value).code == "forbidden"
