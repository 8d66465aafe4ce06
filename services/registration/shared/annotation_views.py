"""Annotations beside a sealed record, as its person and staff read them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.cases import CaseKind
from services.kernel.cases.number import case_number_in_groups
from services.kernel.web.languages import Sentence
from services.registration.model.annotation import Annotation

_KEPT: Final = (
    "Penghapusan data ini diminta. Data yang sudah disegel tidak dihapus dan tidak diubah: pimpinan instansi "
    "bertanggung jawab atas daftar itu, dan siapa pun harus dapat memeriksa bahwa isinya tetap. Hak menghapus "
    "dikecualikan untuk kepentingan umum dalam penyelenggaraan negara (UU 27/2022, pasal 15)."
)
_DECIDED: Final[Mapping[tuple[CaseKind, bool], str]] = {
    (CaseKind.TANGGAPAN, True): "Sesudah penguncian BKN menerima tanggapan ini. Data yang disegel tidak berubah.",
    (CaseKind.TANGGAPAN, False): "Sesudah penguncian BKN menolak tanggapan ini. Data yang disegel tidak berubah.",
    (CaseKind.KEBERATAN, True): "Sesudah penguncian BKN menerima keberatan ini. Data yang disegel tidak berubah.",
    (CaseKind.KEBERATAN, False): "Sesudah penguncian BKN menolak keberatan ini. Data yang disegel tidak berubah.",
}


class AnnotationView(BaseModel):
    """An annotation of the case `number`; `kept_until`: the last day on which data are kept that cannot be deleted."""

    number: str
    at: datetime
    text: Sentence
    kept_until: date | None


def view_annotations(annotations: Iterable[Annotation]) -> list[AnnotationView]:
    """They, the latest first."""
    return [view_annotation(each) for each in sorted(annotations, key=lambda each: -each.at)]


def view_annotation(annotation: Annotation) -> AnnotationView:
    """One of them, in words."""
    decided = annotation.accepted
    return AnnotationView(
        number=case_number_in_groups(annotation.case),
        at=clock.from_millis(annotation.at).astimezone(clock.WIB),
        text=_KEPT if decided is None else _DECIDED[annotation.kind, decided],
        kept_until=annotation.kept_until,
    )
