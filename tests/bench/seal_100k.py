"""Sealing 100,000 people, and checking the published list: hashes and Merkle trees.

The rows are as `sweep_part` opened them: the private record of each, with 22 registered fields, and his salts. The
peer does the same hashing with pymerkle, the library one would take for trees of RFC 9162.
"""

import functools
import json
from collections.abc import Sequence
from typing import Any

from pendataan_verify.public_list import check_list
from pymerkle import InmemoryTree

from services.kernel.security import merkle
from services.kernel.security.canonical import canonical
from services.kernel.states import Category, PersonState
from services.registration.model.sealed_row import SealedRow, commitment
from services.registration.seals.finish_seal import count_sealed
from tests.bench.harness import Benchmark
from tools.sample.people import person

PEOPLE = 100_000
Given = Sequence[tuple[dict[str, Any], str]]


def prepare() -> Given:
    """Private records in the order of their registration numbers, each with its salt."""
    return [(_private(n), f"{n:032x}") for n in range(PEOPLE)]


def seal(given: Given) -> tuple[str, str]:
    """Both roots, as finish_seal makes them."""
    rows = [_row(private, salt) for private, salt in given]
    return merkle.root([row.list_leaf() for row in rows]).hex(), merkle.root([row.roster_leaf() for row in rows]).hex()


def seal_with_pymerkle(given: Given) -> tuple[str, str]:
    """Both roots by the library, from the same leaves."""
    rows = [_row(private, salt) for private, salt in given]
    return _root(row.entry() for row in rows), _root(canonical({"commitment": row.commitment}) for row in rows)


@functools.cache
def prepare_list() -> tuple[dict[str, Any], dict[str, Any]]:
    """The published list and its seal, as they lie on the site."""
    rows = [_row(private, salt) for private, salt in prepare()]
    items = [[row.nama, row.nomor_registrasi, row.unit_kerja, row.jabatan, row.kategori.value] for row in rows]
    manifest = {
        "format": "pendataan-seal-1",
        "list": {"root": merkle.root([row.list_leaf() for row in rows]).hex(), "size": len(rows)},
        "roster": {"size": len(rows), "by_state": count_sealed(rows)},
    }
    marks = [[row.nomor_registrasi, row.salt, row.commitment] for row in rows]
    return {"v": 1, "items": items}, {"v": 1, "manifest": manifest, "rows": marks}


def verify(given: tuple[dict[str, Any], dict[str, Any]]) -> bool:
    """What the tool does with the two files."""
    return not check_list(*given).broken


def verify_with_pymerkle(given: tuple[dict[str, Any], dict[str, Any]]) -> bool:
    """The same answer by the library: every row with its mark into a tree."""
    public, sealed = given
    rows = {row[1]: row for row in public["items"]}
    names = ("nama", "nomor_registrasi", "unit_kerja", "jabatan", "kategori")
    entries = (
        json.dumps(
            dict(zip(names, rows[number], strict=True), salt=salt, commitment=commits),
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        ).encode()
        for number, salt, commits in sealed["rows"]
    )
    return len(rows) == len(sealed["rows"]) and _root(entries) == sealed["manifest"]["list"]["root"]


def _row(private: dict[str, Any], salt: str) -> SealedRow:
    return SealedRow(
        nomor_registrasi=private["nomor_registrasi"],
        nama=private["row"]["nama"],
        unit_kerja=private["row"]["unit_kerja"],
        jabatan=private["row"]["jabatan"],
        kategori=Category.NON_ASN,
        salt=salt,
        commitment=commitment(private, salt),
        state=PersonState.MEMENUHI_SYARAT,
        v=2,
    )


def _private(n: int) -> dict[str, Any]:
    number = f"REG{n:08d}"
    return {"nomor_registrasi": number, "row": person(n), "state": "MEMENUHI_SYARAT", "v": 2, "audit_head": f"{n:064x}"}


def _root(entries: Any) -> str:
    tree = InmemoryTree(algorithm="sha256")
    for entry in entries:
        tree.append_entry(entry)
    root: bytes = tree.get_root()
    return root.hex()


def _same(ours: object, peers: object) -> str | None:
    return None if ours == peers else "another root"


SEAL_100K = Benchmark(
    id="seal-100k",
    what="sealing 100,000 people: commitments, leaves, two Merkle trees",
    peer_name="the same leaves into pymerkle's trees",
    prepare=prepare,
    ours=seal,
    peer=seal_with_pymerkle,
    check=_same,
    goal=1.0,
    most_s=2.0,
)
VERIFY_100K = Benchmark(
    id="verify-100k",
    what="checking a published list of 100,000 people against its seal",
    peer_name="the same rows into pymerkle's tree",
    prepare=prepare_list,
    ours=verify,
    peer=verify_with_pymerkle,
    check=lambda ours, peers: None if ours and peers else "one of them says it is another list",
    goal=1.0,
    most_s=1.0,
)
