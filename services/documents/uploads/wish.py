"""What somebody wants to upload, checked against the rules of its kind before any byte is sent."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.kernel.documents import DocumentType, FileFault, Owner, Rule, explain, rule_of
from services.kernel.problems import Code, FieldProblem, Problem

_NAMED = {
    Owner.HISTORY: "Pilih riwayat pekerjaan yang dibuktikan oleh berkas ini.",
    Owner.UNIT: "Pilih unit kerja yang pernyataannya Anda unggah. Muat ulang halaman, lalu coba lagi.",
    Owner.REQUEST: "Sebutkan permohonan perbaikan yang dibuktikan oleh berkas ini. Muat ulang halaman, lalu coba lagi.",
}
"""What of a person or institution a file is evidence of must be named, as `riwayat`."""

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class UploadWish(BaseModel):
    """The body of `POST /documents/uploads`.

    `ukuran` is in bytes. Of what kind the file is, nobody declares: its content tells it. Staff name the person in
    `orang`; papers of an appointment name its history row in `riwayat`, evidence its request; papers of an institution
    may name it in `instansi`, those of a unit name its place in `riwayat`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    jenis: DocumentType
    ukuran: int = Field(ge=0, le=2**40)
    orang: Id | None = None
    riwayat: Id | None = None
    instansi: str | None = Field(default=None, pattern=r"^[0-9]{4}$")

    @property
    def rule(self) -> Rule:
        """What a file of this kind must be."""
        return rule_of(self.jenis)


def require_fitting(wish: UploadWish) -> None:
    """Refuse what is in the wrong place, and a size that inspection would refuse anyway, with the limit and its figure.

    Raises:
        Problem: `invalid-fields`.
    """
    found = [*_misplaced(wish), *_of_wrong_size(wish)]
    if found:
        raise Problem(Code.INVALID_FIELDS, fields=found)


def _misplaced(wish: UploadWish) -> Iterator[FieldProblem]:
    owner = wish.rule.owner
    if wish.riwayat is None and owner in _NAMED:
        yield FieldProblem("riwayat", "missing", _NAMED[owner])
    unused = {
        "riwayat": wish.riwayat is not None and owner not in _NAMED,
        "orang": wish.orang is not None and wish.rule.of_institution,
        "instansi": wish.instansi is not None and not wish.rule.of_institution,
    }
    for name, given in unused.items():
        if given:
            yield FieldProblem(name, "unexpected", f"Isian ini tidak berlaku untuk {wish.rule.label}. Kosongkan.")


def _of_wrong_size(wish: UploadWish) -> Iterator[FieldProblem]:
    fault = FileFault.EMPTY if wish.ukuran == 0 else FileFault.TOO_LARGE
    if not 0 < wish.ukuran <= wish.rule.most:
        yield FieldProblem("ukuran", fault.value, explain(fault, wish.jenis, {"bytes": wish.ukuran}))
