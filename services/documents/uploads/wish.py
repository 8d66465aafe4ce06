"""What somebody wants to upload, checked against the rules of its kind before any byte is sent."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from services.kernel.documents import DocumentType, FileFault, Owner, Rule, explain, rule_of
from services.kernel.problems import Code, FieldProblem, Problem

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class UploadWish(BaseModel):
    """The body of `POST /documents/uploads`.

    `ukuran` is in bytes, `tipe` a content type. Staff name the person in `orang`; papers of an appointment name its
    history row in `riwayat`; papers of an institution may name it in `instansi`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    jenis: DocumentType
    ukuran: int = Field(ge=0, le=2**40)
    tipe: str = Field(pattern=r"^[\w.+-]{1,60}/[\w.+-]{1,60}$")
    orang: Id | None = None
    riwayat: Id | None = None
    instansi: str | None = Field(default=None, pattern=r"^[0-9]{4}$")

    @property
    def rule(self) -> Rule:
        """What a file of this kind must be."""
        return rule_of(self.jenis)


def require_fitting(wish: UploadWish) -> None:
    """Refuse what inspection would refuse anyway, with the limit and the file's own figure.

    Raises:
        Problem: `invalid-fields`.
    """
    found = [*_misplaced(wish), *_unfitting(wish)]
    if found:
        raise Problem(Code.INVALID_FIELDS, fields=found)


def _misplaced(wish: UploadWish) -> Iterator[FieldProblem]:
    owner = wish.rule.owner
    if owner is Owner.HISTORY and wish.riwayat is None:
        yield FieldProblem("riwayat", "missing", "Pilih riwayat pekerjaan yang dibuktikan oleh berkas ini.")
    unused = {
        "riwayat": wish.riwayat is not None and owner is not Owner.HISTORY,
        "orang": wish.orang is not None and owner is Owner.INSTITUTION,
        "instansi": wish.instansi is not None and owner is not Owner.INSTITUTION,
    }
    for name, given in unused.items():
        if given:
            yield FieldProblem(name, "unexpected", f"Isian ini tidak berlaku untuk {wish.rule.label}. Kosongkan.")


def _unfitting(wish: UploadWish) -> Iterator[FieldProblem]:
    if wish.tipe not in wish.rule.formats:
        message = explain(FileFault.WRONG_TYPE, wish.jenis, {"found": wish.tipe})
        yield FieldProblem("tipe", FileFault.WRONG_TYPE.value, message)
    fault = _size_fault(wish)
    if fault:
        yield FieldProblem("ukuran", fault.value, explain(fault, wish.jenis, {"bytes": wish.ukuran}))


def _size_fault(wish: UploadWish) -> FileFault | None:
    if wish.ukuran == 0:
        return FileFault.EMPTY
    if wish.ukuran > wish.rule.most:
        return FileFault.TOO_LARGE
    return FileFault.TOO_SMALL if wish.ukuran < wish.rule.least else None
