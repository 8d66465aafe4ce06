"""The canonical list of a seal, read back and held against what was sealed before anybody sees it."""

import hashlib
from collections.abc import Sequence
from itertools import pairwise

from pydantic import BaseModel, ConfigDict, ValidationError

from services.announcements.institutions.model import Row, Seal
from services.kernel.states import Category


class Refused(Exception):
    """The list is not what was sealed; `code` says how it differs."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Line(BaseModel):
    """One line of the canonical list; a field more would be one nobody allowed."""

    model_config = ConfigDict(extra="forbid")

    nomor_registrasi: str
    nama: str
    unit_kerja: str
    jabatan: str
    kategori: Category


def read_sealed(content: bytes | None, seal: Seal) -> list[Row]:
    """The people on a sealed list, in its order.

    Raises:
        Refused: it is missing, its SHA-256 is another, or it does not hold what the seal says.
    """
    if content is None:
        raise Refused("missing")
    if hashlib.sha256(content).hexdigest() != seal.root:
        raise Refused("sha256")
    try:
        lines = [_Line.model_validate_json(line) for line in content.splitlines()]
    except ValidationError as error:
        raise Refused("shape") from error
    rows = [Row(line.nama, line.nomor_registrasi, line.unit_kerja, line.jabatan, line.kategori) for line in lines]
    _require_sealed(rows, seal)
    return rows


def _require_sealed(rows: Sequence[Row], seal: Seal) -> None:
    thk2 = sum(row.kategori is Category.THK_II for row in rows)
    if (thk2, len(rows) - thk2) != (seal.thk2, seal.non_asn):
        raise Refused("counts")
    if any(one.nomor_registrasi >= next_.nomor_registrasi for one, next_ in pairwise(rows)):
        raise Refused("order")
