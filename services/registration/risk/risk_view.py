"""The risk flags of one record in words: why, and what to look at. They decide nothing (docs/adr/0021)."""

from collections.abc import Mapping
from typing import Final

from pydantic import BaseModel

from services.kernel.security.sessions import Actor
from services.kernel.values.numbers import number_text
from services.kernel.web.languages import Sentence
from services.registration.access.risk_readers import may_know
from services.registration.adapters import search_store
from services.registration.model.dossier import Dossier
from services.registration.model.risk import FLAGGED_FROM, Risk, Shared, TraitKind, shared_risks
from services.registration.risk.find_risks import YOUNGEST, find_risks
from services.registration.risk.traits import traits_of

_CONTACT: Final = (
    "Email atau nomor HP orang ini juga dipakai {people} orang lain di instansi ini: pastikan akunnya dibuka sendiri "
    "oleh yang bersangkutan."
)
_CONTACT_ELSEWHERE: Final = (
    "Email atau nomor HP orang ini dipakai {least} akun atau lebih: pastikan akunnya dibuka sendiri oleh yang "
    "bersangkutan."
)
_FILE: Final = (
    "Berkas yang persis sama juga dikirim untuk {people} orang lain: bandingkan nama di dalam berkas dengan orang ini."
)
_SIGNED_LATER: Final = (
    "Ada SK yang tanggalnya sesudah tanggal mulai kerja: periksa apakah tanggal mulai itu memang tertulis dalam SK."
)
_SAME_START: Final = (
    "Tanggal mulai kerjanya sama dengan {people} orang lain di unit ini: cocokkan dengan SK dan bukti pembayaran dari "
    "masa itu."
)
_TOO_YOUNG: Final = (
    "Saat mulai bekerja usianya belum {years} tahun: periksa tanggal lahir dan tanggal mulai kerja pada KTP dan SK."
)
_LATE_IMPORT: Final = (
    "Orang ini masuk bersama {people} orang lain dalam satu impor menjelang penutupan pendataan: pastikan ia memang "
    "bekerja di unitnya."
)
_GUEST: Final = (
    "Putusannya diberikan oleh petugas yang diundang oleh pengisi datanya: minta petugas lain memeriksanya kembali."
)


class RiskView(BaseModel):
    """A risk flag, why it is there and what to look at."""

    code: Risk
    text: Sentence


def view_risks(dossier: Dossier, actor: Actor) -> list[RiskView] | None:
    """What the actor is told of a record, None where he is told nothing.

    What it tells alone is of this moment; what it shares with others was counted over the institution before.
    """
    if not may_know(actor, dossier.person.pid):
        return None
    traits = list(traits_of(dossier))
    counted = search_store.read_counted(dossier.person.institution).shared
    alone, shared = set(find_risks(dossier)), shared_risks(traits, counted)
    others = _others(traits, counted)
    return [RiskView(code=risk, text=_text(risk, others)) for risk in sorted(alone | shared)]


def _others(traits: list[str], shared: Shared) -> Mapping[Risk, int]:
    """With how many other people he shares the most of what a flag is for."""
    return {
        risk: max(shared[each] for each in traits if shared_risks([each], shared) == {risk}) - 1
        for risk in shared_risks(traits, shared)
    }


def _text(risk: Risk, others: Mapping[Risk, int]) -> str:
    if risk is Risk.KONTAK_BERSAMA and risk not in others:
        return _CONTACT_ELSEWHERE.format(least=FLAGGED_FROM[TraitKind.CONTACT])
    return _TEXTS[risk].format(people=number_text(others.get(risk, 0)), years=YOUNGEST)


_TEXTS: Final[Mapping[Risk, str]] = {
    Risk.KONTAK_BERSAMA: _CONTACT,
    Risk.BERKAS_SAMA: _FILE,
    Risk.SK_SESUDAH_TMT: _SIGNED_LATER,
    Risk.TMT_SERAGAM: _SAME_START,
    Risk.USIA_MULAI: _TOO_YOUNG,
    Risk.IMPOR_AKHIR: _LATE_IMPORT,
    Risk.DIUNDANG_PENGISI: _GUEST,
}
