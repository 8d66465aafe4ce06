"""What a list of people is searched for, as conditions on the sets of the index (model/search_row.py)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.kernel.documents import DocumentType
from services.kernel.reference.jobs import Family
from services.kernel.security.sessions import Actor
from services.kernel.states import Category, PersonState, VerdictMark
from services.kernel.values.alike import is_muhammad
from services.kernel.values.crockford import as_crockford
from services.kernel.values.names import words_of
from services.registration.eligibility.advice import Advice
from services.registration.model.risk import Risk
from services.registration.model.search_row import (
    COMPLETE,
    NO_ACCOUNT,
    UNKNOWN,
    Flag,
    Term,
    account_term,
    advice_term,
    category_term,
    family_term,
    flag_term,
    is_registration_number,
    mark_term,
    name_term,
    papers_term,
    risk_term,
    state_term,
    unit_term,
    unit_word_term,
    worker_term,
)

WHOLE_WORDS: Final = 2
"""Letters up to which a word is looked for as it is; a longer one is the beginning of a word."""


class Papers(StrEnum):
    """Which papers: all that a verdict asks for, not all, or one that is lacking."""

    LENGKAP = COMPLETE
    KURANG = "KURANG"
    KTP = DocumentType.KTP.value
    FOTO = DocumentType.FOTO.value
    SK = DocumentType.SK.value
    BUKTI_BAYAR = DocumentType.BUKTI_BAYAR.value
    KARTU_THK2 = DocumentType.KARTU_THK2.value


class AccountIs(StrEnum):
    """Without an account, with one, or with one of which this is sure (domain.md, section 3)."""

    TANPA_AKUN = NO_ACCOUNT
    ADA = "ADA"
    BELUM_DIPASTIKAN = "BELUM_DIPASTIKAN"
    LEMBAR = "LEMBAR"
    KONTAK = "KONTAK"
    PETUGAS = "PETUGAS"


class RiskIs(StrEnum):
    """Any risk flag, none, or one of them (model/risk.py)."""

    ADA = "ADA"
    TIDAK_ADA = "TIDAK_ADA"
    KONTAK_BERSAMA = Risk.KONTAK_BERSAMA.value
    BERKAS_SAMA = Risk.BERKAS_SAMA.value
    SK_SESUDAH_TMT = Risk.SK_SESUDAH_TMT.value
    TMT_SERAGAM = Risk.TMT_SERAGAM.value
    USIA_MULAI = Risk.USIA_MULAI.value
    IMPOR_AKHIR = Risk.IMPOR_AKHIR.value
    DIUNDANG_PENGISI = Risk.DIUNDANG_PENGISI.value


class FamilyIs(StrEnum):
    """A job family, or that the title is on no list."""

    PENDIDIKAN = Family.PENDIDIKAN.value
    KESEHATAN = Family.KESEHATAN.value
    PENYULUH = Family.PENYULUH.value
    TEKNIS = Family.TEKNIS.value
    ADMINISTRASI = Family.ADMINISTRASI.value
    TIDAK_DIKENAL = UNKNOWN


@dataclass(frozen=True)
class Condition:
    """Somebody is in a set that `fits`, all of which stand in these buckets; or, if `unless`, in none."""

    buckets: frozenset[str]
    fits: Callable[[Term], bool]
    unless: bool = False

    def holds(self, terms: Iterable[Term]) -> bool:
        """Whether it holds for whoever is in these sets."""
        return any(map(self.fits, terms)) is not self.unless


@dataclass(frozen=True)
class Wanted:
    """Who is looked for; what is left empty fits everybody, but whoever was deleted must be asked for.

    `q` is words of the name in any order, or the registration number as people type it; `unit` words of the unit.
    """

    q: str = ""
    unit: str = ""
    state: PersonState | None = None
    category: Category | None = None
    advice: Advice | None = None
    papers: Papers | None = None
    account: AccountIs | None = None
    flag: Flag | None = None
    risk: RiskIs | None = None
    family: FamilyIs | None = None
    mark: VerdictMark | None = None

    @property
    def number(self) -> str | None:
        """The registration number that may have been typed."""
        number = as_crockford(self.q)
        return number if is_registration_number(number) else None

    def by_name(self) -> list[Condition] | None:
        """What the words of the name ask for; None: nobody, for no word was typed."""
        words = words_of(self.q)
        return [_word(word, name_term) for word in words] if words or not self.q else None

    def others(self, actor: Actor) -> Iterator[Condition]:
        """What else is asked for, and of whom the actor may know."""
        yield in_state(self.state) if self.state else _none_of(state_term(PersonState.DIHAPUS))
        yield from self.beside_state(actor)

    def beside_state(self, actor: Actor) -> Iterator[Condition]:
        """As `others`, whatever the state."""
        if actor.units:
            yield _any_of(map(unit_term, actor.units))
        yield from (_word(word, unit_word_term) for word in words_of(self.unit))
        if self.category:
            yield _any_of([category_term(self.category)])
        if self.advice:
            yield _any_of([advice_term(self.advice)])
        if self.family:
            yield _any_of([family_term(self.family)])
        yield from self._by_risk()
        yield from self._by_flag()
        if self.papers:
            lacks = self.papers is Papers.KURANG
            yield _none_of(papers_term(COMPLETE)) if lacks else _any_of([papers_term(self.papers)])
        if self.account:
            has = self.account is AccountIs.ADA
            yield _none_of(account_term(NO_ACCOUNT)) if has else _any_of([account_term(self.account)])

    def _by_flag(self) -> Iterator[Condition]:
        if self.flag:
            yield _any_of([flag_term(self.flag)])
        if self.mark:
            yield _any_of([mark_term(self.mark)])

    def _by_risk(self) -> Iterator[Condition]:
        if self.risk is RiskIs.TIDAK_ADA:
            yield _none_of(*map(risk_term, Risk))
        elif self.risk is not None:
            yield _any_of(map(risk_term, Risk if self.risk is RiskIs.ADA else [Risk(self.risk)]))


ANYBODY: Final = Wanted()
"""Nobody in particular."""


def _word(word: str, term_of: Callable[[str], Term]) -> Condition:
    """A word as it was typed: as the beginning of one of his, or the whole of it; any Muhammad for any other."""
    usual = name_term("muhammad") if term_of is name_term and is_muhammad(word) else None
    bucket = term_of(word).bucket

    def fits(term: Term) -> bool:
        if term == usual:
            return True
        same = term.term == word if len(word) <= WHOLE_WORDS else term.term.startswith(word)
        return same and term.bucket == bucket

    return Condition(frozenset({bucket, *([usual.bucket] if usual else [])}), fits)


def _any_of(terms: Iterable[Term]) -> Condition:
    wanted = frozenset(terms)
    return Condition(frozenset(term.bucket for term in wanted), wanted.__contains__)


def in_state(state: PersonState) -> Condition:
    """Somebody is in this state."""
    return _any_of([state_term(state)])


def advised(advice: Advice) -> Condition:
    """Of somebody all criteria together come to this."""
    return _any_of([advice_term(advice)])


def flagged(flag: Flag) -> Condition:
    """Somebody has this flag."""
    return _any_of([flag_term(flag)])


def marked(mark: VerdictMark) -> Condition:
    """On somebody a verdict stands that PPK and bkn are told this of."""
    return _any_of([mark_term(mark)])


def worked_on_by_none_of(accounts: Iterable[str]) -> Condition:
    """None of these members of staff worked on somebody's record."""
    return _none_of(*map(worker_term, accounts))


def none_of_states(states: Iterable[PersonState]) -> Condition:
    """Somebody is in none of these states."""
    return _none_of(*map(state_term, states))


def _none_of(*terms: Term) -> Condition:
    unwanted = frozenset(terms)
    return Condition(frozenset(term.bucket for term in unwanted), unwanted.__contains__, unless=True)
