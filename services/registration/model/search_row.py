"""A person as the list of staff knows him, and what he is found by.

Public fields, words of ours and keyed hashes alone: no NIK, no birth date, no contact, no honor (domain.md, section 8).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple, Self

from services.kernel.states import Assurance, Category, PersonState, VerdictMark
from services.kernel.values.alike import is_muhammad
from services.kernel.values.names import words_of
from services.kernel.values.units import unit_key
from services.registration.model.risk import Risk

NO_ACCOUNT: Final = "TANPA_AKUN"
COMPLETE: Final = "LENGKAP"
UNKNOWN: Final = "TIDAK_DIKENAL"
"""Stands for a family where a title is on no list."""
_MUHAMMAD: Final = "muhammad"
_UNIT_BUCKETS: Final = 16
UNIT_BUCKETS: Final = tuple(f"e.{number:x}" for number in range(_UNIT_BUCKETS))
"""All buckets in which units stand, each by its key."""


class Flag(StrEnum):
    """What staff look for beside state and advice."""

    SENGKETA = "SENGKETA"
    """Another institution claims his NIK."""
    BERUBAH = "BERUBAH"
    """Something was changed after the verdict that stands."""
    BERKAS_DIPERIKSA = "BERKAS_DIPERIKSA"
    """Files were on their way when he submitted and still are."""
    TIDAK_AKTIF = "TIDAK_AKTIF"
    """He says that he works there no more."""
    DIBATALKAN = "DIBATALKAN"
    """A verdict became void, and nobody has decided since."""
    TIDAK_SEPENDAPAT = "TIDAK_SEPENDAPAT"
    """Whoever checked the verdict that stands a second time does not agree."""


class Term(NamedTuple):
    """What people are found by: a set, and the bucket that it is stored in with others."""

    bucket: str
    term: str = ""


_AT_FIRST: Final = 13
_LATER: Final = ((), "", UNKNOWN, 0, (), (), (), ())
"""What a line lacks that was stored when a row had its first fields alone: from `judged` on."""


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One line of the list; `lacking` are the kinds of papers a verdict would need a reason without.

    `judged` are what PPK and bkn are told of the verdict that stands. `since` is the day (YYYYMMDD, WIB) on which a
    record came to wait for whoever decides: submitted, returned, or its verdict void; empty of others.
    `family` is that of his title, or UNKNOWN; `hour` the one, since 1970, in which he was listed. `traits` are what he
    may share with others, `shared` the risk flags that come of it, `risks` those of his record alone (model/risk.py).
    `workers` are the accounts of staff who entered it, changed it, uploaded for it or helped its person: they do not
    decide on it. Where a verdict waits for a second check, whoever gave it is one of them: he does not make it.
    """

    pid: str
    v: int
    registration_number: str
    nama: str
    unit_kerja: str
    jabatan: str
    kategori: Category
    state: PersonState
    overall: str
    active: bool | None
    account: str
    lacking: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    judged: tuple[VerdictMark, ...] = ()
    since: str = ""
    family: str = UNKNOWN
    hour: int = 0
    traits: tuple[str, ...] = ()
    risks: tuple[Risk, ...] = ()
    shared: tuple[Risk, ...] = ()
    workers: tuple[str, ...] = ()

    @property
    def all_risks(self) -> tuple[Risk, ...]:
        """Every risk flag of his, by name."""
        return self.risks if not self.shared else tuple(sorted({*self.risks, *self.shared}))

    def to_list(self) -> list[Any]:
        """The row as JSON values, in the order of the fields."""
        return [getattr(self, name) for name in self.__slots__]

    @classmethod
    def from_list(cls, values: list[Any]) -> Self:
        """Read what `to_list` made, also before the latest fields were kept."""
        pid, v, number, nama, unit, jabatan, kategori, state, overall, active, account = values[:11]
        sets = [*values[11:], *_LATER[len(values) - _AT_FIRST :]]
        lacking, flags, judged, since, family, hour, traits, risks, shared, workers = sets
        return cls(
            pid,
            v,
            number,
            nama,
            unit,
            jabatan,
            Category(kategori),
            PersonState(state),
            overall,
            active,
            account,
            tuple(lacking),
            tuple(map(Flag, flags)),
            tuple(map(VerdictMark, judged)),
            since,
            family,
            hour,
            tuple(traits),
            tuple(map(Risk, risks)),
            tuple(map(Risk, shared)),
            tuple(workers),
        )

    def terms(self) -> frozenset[Term]:
        """Every set he is in."""
        return frozenset(
            {
                *map(name_term, name_words(self.nama)),
                *map(unit_word_term, words_of(self.unit_kerja)),
                unit_term(self.unit_kerja),
                state_term(self.state),
                advice_term(self.overall),
                category_term(self.kategori),
                account_term(self.account),
                *map(papers_term, self.lacking or (COMPLETE,)),
                *map(flag_term, self.flags),
                *map(mark_term, self.judged),
                *([since_term(self.since, self.state)] if self.since else []),
                *map(worker_term, self.workers),
                *map(risk_term, self.all_risks),
                family_term(self.family),
            }
        )


def account_of(assurance: Assurance, *, has_account: bool) -> str:
    """What the list says of an account: none, or how sure it is whose it is."""
    return assurance.value if has_account else NO_ACCOUNT


def name_words(text: str) -> list[str]:
    """The words of a name as people look for them; who is written Muh. or Moh. is a Muhammad too."""
    words = words_of(text)
    return [*words, _MUHAMMAD] if any(map(is_muhammad, words)) else words


def name_term(word: str) -> Term:
    """The set of those with this word in their name; words with the same first three letters share a bucket."""
    return Term(f"n.{word[:3]}", word)


def unit_word_term(word: str) -> Term:
    """The set of those with this word in the name of their unit."""
    return Term(f"u.{word[:3]}", word)


def unit_term(unit: str) -> Term:
    """The set of those of this unit, however it is spelled."""
    key = unit_key(unit)
    return Term(f"e.{sum(key.encode()) % _UNIT_BUCKETS:x}", key)


def state_term(state: PersonState) -> Term:
    """The set of those in this state."""
    return Term(f"s.{state.value}")


def advice_term(advice: str) -> Term:
    """The set of those of whom all criteria together come to this."""
    return Term(f"a.{advice}")


def category_term(category: Category) -> Term:
    """The set of those of this category."""
    return Term(f"k.{category.value}")


def account_term(account: str) -> Term:
    """The set of those without an account, or with one of this assurance."""
    return Term(f"c.{account}")


def papers_term(papers: str) -> Term:
    """The set of those who lack this kind of paper, or none."""
    return Term(f"p.{papers}")


def flag_term(flag: Flag) -> Term:
    """The set of those with this flag."""
    return Term(f"f.{flag.value}")


def mark_term(mark: VerdictMark) -> Term:
    """The set of those with a verdict that PPK and bkn are told this of."""
    return Term(f"m.{mark.value}")


def risk_term(risk: Risk) -> Term:
    """The set of those with this risk flag."""
    return Term(f"r.{risk.value}")


def family_term(family: str) -> Term:
    """The set of those whose title is of this family, or of none."""
    return Term(f"j.{family}")


def since_term(day: str, state: PersonState) -> Term:
    """The set of those who wait since this day (YYYYMMDD); who was returned apart. Ten days share a bucket."""
    kind = "x" if state is PersonState.DIKEMBALIKAN else "w"
    return Term(f"{kind}.{day[:-1]}", day)


def worker_term(account: str) -> Term:
    """The set of those on whose record this member of staff worked."""
    return Term(f"o.{account}")


_NUMBER: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{10}")


def is_registration_number(typed: str) -> bool:
    """Whether this may be a registration number, as `as_crockford` gives it."""
    return _NUMBER.fullmatch(typed) is not None
