"""Is the published list the sealed one? Every row with its salt and commitment is a leaf; the root must come out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pendataan_verify import manifest as manifests
from pendataan_verify.findings import Findings, UnreadableError
from pendataan_verify.tree import leaf, root

_SHOWN = 10
"""How many numbers a sentence names."""


def check_list(
    public: Mapping[str, Any], sealed: Mapping[str, Any], printed: str | None = None, pem: bytes | None = None
) -> Findings:
    """Check a list (`index.json`) against its seal (`segel.json`), the SPTJM's printed root and the public key.

    Raises:
        UnreadableError: a file is not of the known form.
    """
    manifest, findings = manifests.read(sealed), Findings()
    rows, marks = _rows(public), _marks(sealed)
    _check_members(rows, marks, findings)
    size = manifest["list"]["size"]
    erased = sum(mark[0] is None for mark in marks)
    findings.check(
        so=len(marks) == size,
        held=f"Segel memuat {size} orang, {erased} di antaranya sudah dihapus datanya atas permintaan.",
        broken=f"Segel menyatakan {size} orang, tetapi memuat {len(marks)} baris.",
    )
    findings.check(
        so=root(_leaves(rows, marks)).hex() == manifest["list"]["root"],
        held="Akar yang dihitung dari daftar sama dengan akar pada segel.",
        broken="Akar yang dihitung dari daftar BERBEDA dari akar pada segel: isi daftar bukan yang disegel.",
    )
    manifests.check_counts(manifest, findings)
    manifests.check_root(manifest, printed, findings)
    manifests.check_signature(sealed, pem, findings)
    return findings


def _rows(public: Mapping[str, Any]) -> list[list[str]]:
    rows = public.get("items")
    if public.get("v") != 1 or not isinstance(rows, list) or any(len(row) != 5 for row in rows):
        raise UnreadableError("Berkas daftar bukan index.json dari halaman pengumuman. Simpan ulang dari portal.")
    return rows


def _marks(sealed: Mapping[str, Any]) -> list[list[str | None]]:
    marks = sealed.get("rows")
    if sealed.get("v") != 1 or not isinstance(marks, list) or any(len(mark) != 3 for mark in marks):
        raise UnreadableError("Berkas segel bukan segel.json dari halaman pengumuman. Simpan ulang dari portal.")
    return marks


def _check_members(rows: Sequence[Sequence[str]], marks: Sequence[Sequence[str | None]], findings: Findings) -> None:
    public = Counter(row[1] for row in rows)
    sealed = {mark[0] for mark in marks if mark[0] is not None}
    twice = sorted(number for number, times in public.items() if times > 1)
    not_sealed, not_public = sorted(public.keys() - sealed), sorted(sealed - public.keys())
    findings.check(
        so=not not_sealed,
        held="Tidak ada nama pada daftar yang tidak disegel.",
        broken=f"Ada pada daftar tetapi tidak disegel: {_named(not_sealed)}.",
    )
    findings.check(
        so=not not_public,
        held="Tidak ada orang tersegel yang hilang dari daftar.",
        broken=f"Disegel tetapi tidak ada pada daftar: {_named(not_public)}.",
    )
    if twice:
        findings.broken.append(f"Lebih dari sekali pada daftar: {_named(twice)}.")


def _leaves(rows: Sequence[Sequence[str]], marks: Sequence[Sequence[str | None]]) -> list[bytes]:
    """One leaf for every mark, in order; of an erased person the mark holds the leaf's hash itself."""
    public = {row[1]: row for row in rows}
    leaves = []
    for number, salt, commitment in marks:
        if number is None:
            leaves.append(bytes.fromhex(str(salt)))
        elif number in public:
            leaves.append(_leaf(public[number], salt, commitment))
    return leaves


def _leaf(row: Sequence[str], salt: str | None, commitment: str | None) -> bytes:
    nama, number, unit_kerja, jabatan, kategori = row
    return leaf(
        {
            "nomor_registrasi": number,
            "nama": nama,
            "unit_kerja": unit_kerja,
            "jabatan": jabatan,
            "kategori": kategori,
            "salt": salt,
            "commitment": commitment,
        }
    )


def _named(numbers: Sequence[str]) -> str:
    shown = ", ".join(numbers[:_SHOWN])
    return shown if len(numbers) <= _SHOWN else f"{shown} … ({len(numbers)} nomor)"
