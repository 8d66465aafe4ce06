"""The package that is handed over with an accepted SPTJM: list, statement, seal, and how anybody checks them.

The list in it is the sealed one, in the two files that `tools/verify` reads (docs/seal.md, "Checking"), and as a table
for people. Spreadsheets run nothing of it: registration takes no value that begins as a formula does.
"""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from services.finalization.model.institution import Institution, Seal
from services.kernel import clock
from services.kernel.security import merkle

INDEX, PROOF, TABLE, README = "index.json", "segel.json", "daftar-final.csv", "BACA-SAYA.txt"
_COLUMNS: Final = ("nomor_registrasi", "nama", "unit_kerja", "jabatan", "kategori")
_INDEXED: Final = ("nama", "nomor_registrasi", "unit_kerja", "jabatan", "kategori")
"""A row of the index, in the order of docs/seal.md."""


class ForeignListError(Exception):
    """The list that lies there is not the sealed one, and somebody must look."""


@dataclass(frozen=True)
class Papers:
    """What a package is made of: the list as it was sealed (one leaf a line), the signed manifest, the statement."""

    list: bytes
    manifest: bytes
    statement: bytes


def build_package(institution: Institution, seal: Seal, number: str, papers: Papers, at: datetime) -> bytes:
    """The package as a ZIP archive; `number` is the statement's.

    Raises:
        ForeignListError: the list is not the sealed one.
    """
    lines = papers.list.splitlines()
    if merkle.root([merkle.leaf_hash(line) for line in lines]).hex() != seal.root:
        raise ForeignListError(institution.code)
    rows = [json.loads(line) for line in lines]
    members = {
        README: _read_me(institution, seal, number, at).encode(),
        f"{number}.pdf": papers.statement,
        TABLE: _table(rows),
        INDEX: _json({"v": 1, "items": [[row[name] for name in _INDEXED] for row in rows]}),
        PROOF: _proof(rows, json.loads(papers.manifest)),
    }
    made = io.BytesIO()
    stamp = at.astimezone(clock.WIB).timetuple()[:6]
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, stamp), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _table(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """For people: with the mark by which spreadsheets know UTF-8."""
    text = io.StringIO()
    writer = csv.DictWriter(text, ("nomor", *_COLUMNS), extrasaction="ignore")
    writer.writeheader()
    writer.writerows({"nomor": at, **row} for at, row in enumerate(rows, 1))
    return text.getvalue().encode("utf-8-sig")


def _proof(rows: Sequence[Mapping[str, Any]], signed: Mapping[str, Any]) -> bytes:
    marks = [[row["nomor_registrasi"], row["salt"], row["commitment"]] for row in rows]
    return _json({"v": 1, "manifest": signed["manifest"], "signature": signed["signature"], "rows": marks})


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _read_me(institution: Institution, seal: Seal, number: str, at: datetime) -> str:
    return f"""PAKET SERAH TERIMA PENDATAAN TENAGA NON-ASN
Ini pemetaan, bukan pengangkatan.

Instansi      : {institution.title} ({institution.code})
SPTJM         : {number}, diterima BKN
Daftar final  : {seal.count} orang (THK-II {seal.thk2}, Non-ASN {seal.non_asn})
Disegel       : {clock.wib(seal.sealed_at)}
Akar segel    : {seal.root}
Paket dibuat  : {clock.wib(at)}

ISI
{number}.pdf : SPTJM yang ditandatangani, seperti yang diunggah
{TABLE} : daftar final untuk dibaca
{INDEX} : daftar final untuk diperiksa
{PROOF} : segel yang ditandatangani portal, dan bukti tiap baris

CARA MEMERIKSA
1. Cocokkan akar segel di atas dengan yang tercetak pada SPTJM.
2. Ambil alat periksa tools/verify dari kode sumber portal dan kunci.pem dari /segel/kunci.pem.
3. Jalankan, tanpa jaringan:
   python -m pendataan_verify list --list {INDEX} --seal {PROOF} --root {seal.root} --key kunci.pem
Alat itu menyatakan SAMA bila tidak satu baris pun berubah sejak disegel.

Simpan paket ini sebagai dokumen instansi. Daftar memuat nama orang: jangan disebarkan di luar keperluan.
"""
