"""The list of a seal, read back and held against what was sealed before anybody sees it."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.announcements.model.institution import Mark, Prefinal, Row, Seal
from services.kernel.security import merkle
from services.kernel.states import Category


class Refused(Exception):
    """The list is not what was sealed; `code` says how it differs."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Sealed:
    """The people on a sealed list in its order, their leaf hashes, what makes rows leaves, and the signed manifest.

    `by_state` counts every row of the institution, also those that are not on the list.
    """

    rows: Sequence[Row]
    leaves: Sequence[bytes]
    marks: Sequence[Mark]
    signed: Mapping[str, Any]
    by_state: Mapping[str, int]


class _Line(BaseModel):
    """One line of the list; a field more would be one nobody allowed, and number, salt and hash are of our own form."""

    model_config = ConfigDict(extra="forbid")

    nomor_registrasi: str = Field(pattern=r"^[0-9A-Z]{1,12}$")
    nama: str
    unit_kerja: str
    jabatan: str
    kategori: Category
    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    commitment: str = Field(pattern=r"^[0-9a-f]{64}$")

    def row(self) -> Row:
        """What is shown of it."""
        return Row(self.nama, self.nomor_registrasi, self.unit_kerja, self.jabatan, self.kategori)


def read_sealed(content: bytes | None, signed_manifest: bytes | None, seal: Seal) -> Sealed:
    """The people on a sealed list with what proves it.

    Raises:
        Refused: list or manifest are missing, have another root, or do not hold what the seal says.
    """
    if content is None or signed_manifest is None:
        raise Refused("missing")
    manifest = json.loads(signed_manifest)
    entries = content.splitlines()
    leaves = [merkle.leaf_hash(entry) for entry in entries]
    root = merkle.root(leaves).hex()
    if not root == seal.root == manifest["manifest"]["list"]["root"]:
        raise Refused("root")
    lines = _lines(entries)
    rows = [line.row() for line in lines]
    _require_sealed(rows, seal)
    marks = [Mark(line.nomor_registrasi, line.salt, line.commitment) for line in lines]
    return Sealed(rows, leaves, marks, manifest, manifest["manifest"].get("roster", {}).get("by_state", {}))


def read_numbered(content: bytes | None, prefinal: Prefinal) -> list[Row]:
    """The people on a numbered pre-final list.

    Raises:
        Refused: it is missing or has another root.
    """
    if content is None:
        raise Refused("missing")
    entries = content.splitlines()
    if merkle.root([merkle.leaf_hash(entry) for entry in entries]).hex() != prefinal.root:
        raise Refused("root")
    return [line.row() for line in _lines(entries)]


def _lines(entries: Sequence[bytes]) -> list[_Line]:
    try:
        return [_Line.model_validate_json(entry) for entry in entries]
    except ValidationError as error:
        raise Refused("shape") from error


def prove(sealed: Sealed, withheld: Collection[str] = ()) -> bytes:
    """What anybody needs beside the index to check the list (docs/seal.md); `rows` in the order of the tree's leaves.

    Of a withheld row the leaf's hash stands in place of salt and commitment: with the salt its fields could be guessed.
    """
    hidden = frozenset(withheld)
    rows = [
        [mark.nomor_registrasi, leaf.hex(), None] if mark.nomor_registrasi in hidden else mark
        for mark, leaf in zip(sealed.marks, sealed.leaves, strict=True)
    ]
    signed = {name: sealed.signed[name] for name in ("manifest", "signature")}
    return json.dumps({"v": 1, **signed, "rows": rows}, ensure_ascii=False, separators=(",", ":")).encode()


def _require_sealed(rows: Sequence[Row], seal: Seal) -> None:
    thk2 = sum(row.kategori is Category.THK_II for row in rows)
    if (thk2, len(rows) - thk2) != (seal.thk2, seal.non_asn):
        raise Refused("counts")
    if any(one.nomor_registrasi >= next_.nomor_registrasi for one, next_ in pairwise(rows)):
        raise Refused("order")
