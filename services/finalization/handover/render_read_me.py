"""What is written in a package that is handed over: what it holds, and how anybody checks it."""

from datetime import datetime
from typing import Final

from services.finalization.model.institution import Institution, Seal
from services.kernel import clock

INDEX: Final = "index.json"
PROOF: Final = "segel.json"
TABLE: Final = "daftar-final.csv"


def render_read_me(institution: Institution, seal: Seal, number: str, at: datetime) -> str:
    """The text, in Indonesian as all papers are; `number` is the statement's."""
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
