"""The statement of a unit's head as a paper: A4, the statement first, then everybody it is about, numbered.

No NIK and no birth date stand on it, and no verdict: the head says who works for him, nothing else (domain.md, section
2, *ppk*).
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reportlab.lib.pagesizes import A4

from services.kernel.pdf import About, Flow, Part, Sheet, bold, minute_text
from services.kernel.states import Category, PersonState
from services.registration.cards.render_wording import CATEGORY_TEXTS

_TITLE: Final = "Pernyataan Kepala Unit Kerja"
_STATES: Final = {
    PersonState.DRAF: "masih draf",
    PersonState.TERDAFTAR: "terdaftar, belum punya akun",
    PersonState.AKUN_DIBUAT: "sudah punya akun, belum dikirim",
    PersonState.DIAJUKAN: "sudah dikirim, belum diverifikasi",
    PersonState.MEMENUHI_SYARAT: "memenuhi syarat",
    PersonState.TIDAK_MEMENUHI_SYARAT: "tidak memenuhi syarat",
    PersonState.DIKEMBALIKAN: "dikembalikan untuk diperbaiki",
    PersonState.KONFLIK: "terdaftar di dua instansi",
}
_OPTIONAL: Final = (
    "Pernyataan ini tidak wajib dan tidak menentukan siapa yang memenuhi syarat. Nama yang tidak dikenal atau tidak "
    "bekerja lagi pada unit ini dicoret pada daftar, diparaf, dan dilaporkan kepada admin instansi."
)
_BACK: Final = (
    "Sesudah ditandatangani, admin atau PPK instansi mengunggahnya ke portal: cukup halaman bertanda tangan dan "
    "halaman yang berisi coretan, sebagai PDF atau JPG paling besar 1 MB. Kertas seluruhnya disimpan oleh instansi."
)


@dataclass(frozen=True)
class Member:
    """One person of the unit as the paper names him."""

    registration_number: str
    name: str
    job: str
    category: Category
    state: PersonState


@dataclass(frozen=True)
class UnitPaper:
    """What the paper says: of which unit of which institution, printed when, about whom (in their order)."""

    institution: str
    unit: str
    at: datetime
    members: Sequence[Member]

    @property
    def mark(self) -> str:
        """The first letters of the list's SHA-256: it stands on every page, so that pages belong together."""
        lines = "\n".join(f"{one.registration_number}\t{one.name}\t{one.job}" for one in self.members)
        return hashlib.sha256(lines.encode()).hexdigest()[:12]


def render_statement(paper: UnitPaper) -> bytes:
    """Print the statement with its list."""
    about = About(f"{_TITLE}: {paper.unit}", "Pendataan Tenaga Non-ASN", paper.institution, paper.at)
    flow = Flow(Sheet(about, A4), f"{_TITLE} · daftar {paper.mark}")
    flow.title(_TITLE, "Pendataan Tenaga Non-ASN", f"Dicetak {minute_text(paper.at)}")
    flow.part(Part("Unit kerja", _unit_rows(paper)))
    flow.part(Part("Jumlah menurut kategori dan status", _count_rows(paper)))
    flow.part(Part("Pernyataan", sentences=[_statement(paper), _OPTIONAL]))
    flow.blanks("Nama", "Jabatan", "Tempat, tanggal", "Tanda tangan")
    flow.part(Part("Pengunggahan", sentences=[_BACK]))
    flow.part(Part("Daftar nama", [_row(number, one) for number, one in enumerate(paper.members, 1)]))
    return flow.finish()


def _unit_rows(paper: UnitPaper) -> list[tuple[str, str]]:
    people = f"{len(paper.members)} orang"
    return [("Instansi", paper.institution), ("Unit kerja", paper.unit), ("Pada daftar", people)]


def _count_rows(paper: UnitPaper) -> list[tuple[str, str]]:
    rows = []
    for category in Category:
        counts = Counter(one.state for one in paper.members if one.category is category)
        told = [f"{counts[state]} {words}" for state, words in _STATES.items() if counts[state]]
        if told:
            rows.append((CATEGORY_TEXTS[category], f"{counts.total()} orang: {'; '.join(told)}"))
    return rows


def _statement(paper: UnitPaper) -> str:
    return (
        f"Saya, kepala unit {bold(paper.unit)}, menyatakan telah membaca daftar ini ({len(paper.members)} orang, tanda "
        f"daftar {bold(paper.mark)}), dan bahwa nama-nama pada daftar ini, selain yang dicoret, bekerja pada unit ini "
        "dengan jabatan yang tertulis di sebelahnya."
    )


def _row(number: int, one: Member) -> tuple[str, str]:
    return f"{number}. {one.registration_number}", f"{one.name}, {one.job}"
