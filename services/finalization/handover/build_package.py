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

from services.finalization.handover.render_read_me import INDEX, PROOF, TABLE, render_read_me
from services.finalization.model.institution import Institution, Seal
from services.kernel import clock
from services.kernel.security import merkle

README: Final = "BACA-SAYA.txt"
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
        README: render_read_me(institution, seal, number, at).encode(),
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
