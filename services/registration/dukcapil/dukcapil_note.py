"""The line by which staff learn what the population register said; none where it agrees or was not asked."""

from collections.abc import Mapping
from typing import Final

from services.registration.adapters import dukcapil_store
from services.registration.model.dukcapil import DukcapilAnswer
from services.registration.model.person import Person
from services.registration.people.entered_view import FieldNote

_NOTES: Final[Mapping[DukcapilAnswer, tuple[str, str]]] = {
    DukcapilAnswer.TIDAK_COCOK: (
        "dukcapil-differs",
        "Menurut Dukcapil NIK, nomor KK, nama, dan tanggal lahir tidak cocok. Cocokkan dengan KTP dan KK.",
    ),
    DukcapilAnswer.TIDAK_DITEMUKAN: (
        "dukcapil-unknown",
        "NIK ini tidak ditemukan di Dukcapil. Cocokkan dengan KTP.",
    ),
    DukcapilAnswer.LAYANAN_TERGANGGU: (
        "dukcapil-waiting",
        "Dukcapil belum menjawab. Portal menanyakannya lagi setiap jam; putusan tidak perlu menunggu.",
    ),
}


def view_dukcapil(person: Person) -> list[FieldNote]:
    """A note at the NIK, or nothing."""
    check = dukcapil_store.find(person) if person.has_account else None
    if check is None or check.answer not in _NOTES:
        return []
    code, message = _NOTES[check.answer]
    return [FieldNote(field="nik", code=code, message=message)]
