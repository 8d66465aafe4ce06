"""The signed manifest in the middle of both checks: which roots were sealed, and by whose key."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from pendataan_verify.findings import Findings, UnreadableError, grouped
from pendataan_verify.tree import canonical

FORMAT = "pendataan-seal-1"
QUALIFIED = "MEMENUHI_SYARAT"
"""The state of everybody who stands on the list, and of nobody else (docs/seal.md, "Two trees")."""


def read(sealed: Mapping[str, Any]) -> Mapping[str, Any]:
    """The manifest in a file that carries one.

    Raises:
        UnreadableError: there is none of the known form.
    """
    manifest = sealed.get("manifest")
    if not isinstance(manifest, Mapping) or manifest.get("format") != FORMAT:
        raise UnreadableError(f"Berkas tidak memuat segel berbentuk {FORMAT}. Unduh ulang berkasnya dari portal.")
    return manifest


def check_counts(manifest: Mapping[str, Any], findings: Findings) -> None:
    """Hold the sizes of both trees against the sealed counts by state, so that nobody can be left off the list.

    Who is erased later keeps his leaves, and stays counted: sizes and counts are those of the day of the seal.
    """
    counts, rows, listed = manifest["roster"]["by_state"], manifest["roster"]["size"], manifest["list"]["size"]
    qualified, counted = counts.get(QUALIFIED, 0), sum(counts.values())
    findings.check(
        so=counted == rows,
        held=f"Segel menghitung semua {rows} baris menurut keadaannya.",
        broken=f"Segel memuat {rows} baris, tetapi menghitung {counted} menurut keadaannya.",
    )
    findings.check(
        so=listed == qualified,
        held="Daftar yang disegel sebesar jumlah orang yang disegel memenuhi syarat.",
        broken=f"Segel menghitung {qualified} orang memenuhi syarat, tetapi daftarnya memuat {listed} orang.",
    )


def check_root(manifest: Mapping[str, Any], printed: str | None, findings: Findings) -> None:
    """Hold the list's root against the one printed on the SPTJM, if it was given (spaces do not matter)."""
    sealed = str(manifest["list"]["root"])
    if printed is None:
        findings.held.append(f"Akar daftar pada segel: {grouped(sealed)}. Bandingkan dengan yang tercetak pada SPTJM.")
        return
    findings.check(
        so="".join(printed.split()).lower() == sealed,
        held="Akar pada SPTJM sama dengan akar pada segel.",
        broken=f"Akar pada SPTJM berbeda: segel ini berakar {grouped(sealed)}.",
    )


def check_signature(sealed: Mapping[str, Any], pem: bytes | None, findings: Findings) -> None:
    """Check the signature (ECDSA P-256, SHA-256) if a public key was given.

    Raises:
        UnreadableError: the key is none, or the package `cryptography` is not installed.
    """
    if pem is None:
        findings.held.append("Tanda tangan segel tidak diperiksa (beri --key untuk memeriksanya).")
        return
    findings.check(
        so=_signed(sealed, pem),
        held="Segel ditandatangani dengan kunci yang diberikan.",
        broken="Tanda tangan segel tidak cocok dengan kunci yang diberikan.",
    )


def _signed(sealed: Mapping[str, Any], pem: bytes) -> bool:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
    except ImportError:
        raise UnreadableError("--key memerlukan paket cryptography: pip install cryptography") from None
    try:
        key = serialization.load_pem_public_key(pem)
        signature = base64.b64decode(str(sealed.get("signature")), validate=True)
    except binascii.Error:
        return False
    except ValueError:
        raise UnreadableError("Kunci publik tidak dapat dibaca. Unduh ulang /segel/kunci.pem.") from None
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise UnreadableError("Kunci publik bukan kunci segel. Unduh ulang /segel/kunci.pem.")
    try:
        key.verify(signature, canonical(sealed["manifest"]), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True
