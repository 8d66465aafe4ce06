"""Is the published list the sealed one? Every row with its salt and commitment is a leaf; the root must come out.

Of a withheld row (disunting) the public sees its number and its leaf's hash only. The root comes out with it, but what
it says, and whether the number is its own, nobody can tell before bkn releases it; whoever it is about has his proof.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pendataan_verify import manifest as manifests
from pendataan_verify.findings import Findings, UnreadableError
from pendataan_verify.tree import leaf, root

Row = Sequence[str | None]
"""A row of the list (name, number, unit, job, category), or of the seal (number, salt, commitment)."""

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
    _check_withheld(rows, marks, findings)
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


def _rows(public: Mapping[str, Any]) -> list[Row]:
    rows = public.get("items")
    if public.get("v") != 1 or not isinstance(rows, list) or any(len(row) != 5 for row in rows):
        raise UnreadableError("Berkas daftar bukan index.json dari halaman pengumuman. Simpan ulang dari portal.")
    return rows


def _marks(sealed: Mapping[str, Any]) -> list[Row]:
    marks = sealed.get("rows")
    if sealed.get("v") != 1 or not isinstance(marks, list) or any(len(mark) != 3 for mark in marks):
        raise UnreadableError("Berkas segel bukan segel.json dari halaman pengumuman. Simpan ulang dari portal.")
    return marks


def _is_withheld(row: Row) -> bool:
    return [at for at, cell in enumerate(row) if cell is not None] == [1]


def _is_bare(mark: Row) -> bool:
    """Whether it is the hash of a leaf in place of what would make one."""
    return mark[2] is None


def _check_withheld(rows: Sequence[Row], marks: Sequence[Row], findings: Findings) -> None:
    """A row is either shown and can be computed, or neither: else anything could be shown beside a bare hash."""
    withheld = {str(row[1]) for row in rows if _is_withheld(row)}
    bare = {mark[0] for mark in marks if mark[0] is not None and _is_bare(mark)}
    unproved = sorted(str(row[1]) for row in rows if row[1] in bare and not _is_withheld(row))
    if withheld:
        findings.unknown.append(
            f"{len(withheld)} baris disunting: yang tampil hanya nomornya, isinya tidak dapat dicocokkan oleh umum "
            f"({_named(sorted(withheld))})."
        )
    if unproved:
        findings.broken.append(f"Isinya ditampilkan, tetapi tidak dapat dicocokkan dengan segel: {_named(unproved)}.")


def _check_members(rows: Sequence[Row], marks: Sequence[Row], findings: Findings) -> None:
    public = Counter(str(row[1]) for row in rows)
    sealed = {str(mark[0]) for mark in marks if mark[0] is not None}
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


def _leaves(rows: Sequence[Row], marks: Sequence[Row]) -> list[bytes]:
    """One leaf for every mark, in order; of an erased person or a withheld row the mark holds the hash of the leaf."""
    public = {row[1]: row for row in rows}
    leaves = []
    for mark in marks:
        number, salt, commitment = mark
        if _is_bare(mark):
            leaves.append(bytes.fromhex(str(salt)))
        elif number in public:
            leaves.append(_leaf(public[number], salt, commitment))
    return leaves


def _leaf(row: Row, salt: str | None, commitment: str | None) -> bytes:
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
