"""Is a person in the seal? His row leads, by the proof's path, to a root that was sealed."""

from collections.abc import Mapping
from typing import Any

from pendataan_verify import manifest as manifests
from pendataan_verify.findings import Findings, UnreadableError
from pendataan_verify.tree import commitment, leaf, root_of_path

FORMAT = "pendataan-proof-1"
UNDECIDED = "BELUM_DIVERIFIKASI"
_UNDECIDED_STATES = ("TERDAFTAR", "AKUN_DIBUAT", "DIAJUKAN", "DIKEMBALIKAN")
"""Rows nobody decided on before the lock; every other state is sealed as itself (docs/seal.md, "Two trees")."""


def check_proof(proof: Mapping[str, Any], printed: str | None = None, pem: bytes | None = None) -> Findings:
    """Check a person's proof (`bukti-….json`) against its seal, the SPTJM's printed root and the public key.

    Raises:
        UnreadableError: the file is not of the known form.
    """
    if proof.get("format") != FORMAT:
        raise UnreadableError(f"Berkas bukan bukti berbentuk {FORMAT}. Unduh ulang dari portal setelah masuk.")
    sealed, findings = proof["seal"], Findings()
    manifest = manifests.read(sealed)
    own = commitment(proof["roster"]["private"], proof["roster"]["salt"])
    state = proof["roster"]["private"]["sealed_as"]
    findings.check(
        so=_leads(proof["roster"], leaf({"commitment": own}), manifest["roster"]),
        held=f"Data pada bukti ini disegel, dengan keadaan {state}.",
        broken="Data pada bukti ini BUKAN yang disegel.",
    )
    _check_state(proof["roster"]["private"], findings)
    _check_listed(proof, own, manifest, findings)
    manifests.check_counts(manifest, findings)
    manifests.check_root(manifest, printed, findings)
    manifests.check_signature(sealed, pem, findings)
    return findings


def _check_state(private: Mapping[str, Any], findings: Findings) -> None:
    """Sealed is the word that his state at the lock stands for, and no other."""
    state, sealed = private["state"], private["sealed_as"]
    findings.check(
        so=sealed == (UNDECIDED if state in _UNDECIDED_STATES else state),
        held=f"Keadaannya saat dikunci: {state}.",
        broken=f"Keadaannya saat dikunci {state}, tetapi ia disegel {sealed}.",
    )


def _check_listed(proof: Mapping[str, Any], own: str, manifest: Mapping[str, Any], findings: Findings) -> None:
    listed, private = proof["list"], proof["roster"]["private"]
    _check_deserved(listed=listed is not None, state=private["sealed_as"], findings=findings)
    if listed is None:
        return
    entry = listed["entry"]
    same = entry["commitment"] == own and entry["nomor_registrasi"] == private["nomor_registrasi"]
    findings.check(
        so=same and _leads(listed, leaf(entry), manifest["list"]),
        held=f"{entry['nomor_registrasi']} tercantum pada daftar final yang disegel.",
        broken="Baris daftar pada bukti ini BUKAN baris daftar yang disegel.",
    )


def _check_deserved(*, listed: bool, state: str, findings: Findings) -> None:
    """On the list stands whoever is sealed as qualified, and nobody else."""
    if state == manifests.QUALIFIED:
        findings.check(
            so=listed,
            held=f"Orang ini disegel {state}, maka harus tercantum pada daftar final.",
            broken=f"Orang ini disegel {state}, tetapi buktinya TIDAK memuat barisnya pada daftar final.",
        )
        return
    findings.check(
        so=not listed,
        held="Orang ini tersegel, tetapi tidak tercantum pada daftar final.",
        broken=f"Bukti ini memuat baris daftar final, tetapi orang ini disegel {state}, bukan {manifests.QUALIFIED}.",
    )


def _leads(part: Mapping[str, Any], own: bytes, tree: Mapping[str, Any]) -> bool:
    path = [bytes.fromhex(sibling) for sibling in part["path"]]
    found = root_of_path(own, part["index"], tree["size"], path)
    return found is not None and found.hex() == tree["root"]
