"""The criteria of letter B/1511, one function each: facts and rules in, a advice with its sentence out."""

from collections.abc import Callable
from datetime import date
from typing import Final

from services.kernel.clock import day_text
from services.kernel.reference.pay_sources import PAY_SOURCES
from services.kernel.reference.signatories import SIGNATORIES
from services.kernel.states import Category
from services.registration.eligibility.advice import Advice, Criterion, CriterionAdvice
from services.registration.eligibility.inputs import EligibilityInput
from services.registration.eligibility.rules import RuleSet
from services.registration.eligibility.service import assess_service

_OK, _NO, _SEE = Advice.LOLOS, Advice.TIDAK, Advice.PERLU_DITINJAU


def assess_active(facts: EligibilityInput, rules: RuleSet) -> CriterionAdvice:
    """Rule 1: in BKN's THK-II database or working for the institution, and still active there."""
    advice, sentence = _active(facts, rules)
    inputs = {"kategori": facts.kategori.value, "aktif": facts.active}
    return CriterionAdvice(Criterion.AKTIF, advice, rules.article(1), sentence, inputs)


def _active(facts: EligibilityInput, rules: RuleSet) -> tuple[Advice, str]:
    if facts.active is False and facts.active_assured:
        return _NO, "Dinyatakan tidak lagi bekerja di instansi ini."
    if facts.kategori is Category.THK_II and facts.thk2_in_database is False:
        return _NO, "Nomor peserta THK-II tidak ada dalam basis data BKN."
    doubt = _doubt_of_active(facts, rules)
    return (_SEE, doubt) if doubt else (_OK, "Terdaftar sebagai masih aktif bekerja di instansi ini.")


def _doubt_of_active(facts: EligibilityInput, rules: RuleSet) -> str | None:
    if facts.active is False:
        return "Yang bersangkutan menyatakan tidak lagi bekerja; instansi memastikan."
    if facts.active is None:
        return "Belum ada pernyataan bahwa masih aktif bekerja di instansi ini."
    if facts.kategori is Category.THK_II and facts.thk2_in_database is None:
        return "Nomor peserta THK-II belum dicocokkan dengan basis data BKN."
    ends = [each.end for each in facts.services if each.own]
    if ends and None not in ends and max(end for end in ends if end) < rules.active_on:
        return "Tanggal akhir kerja sudah lewat; pastikan masih aktif bekerja dan lengkapi SK terbaru."
    return None


def assess_pay(facts: EligibilityInput, rules: RuleSet) -> CriterionAdvice:
    """Rule 2: the honorarium is paid directly from APBN or APBD, not through procurement."""
    source = facts.sumber_pembayaran
    label = PAY_SOURCES.label(source)
    if source in rules.passing_sources:
        advice, sentence = _OK, f"Honorarium dibayar langsung dari {label}."
    elif source in rules.failing_sources:
        advice, sentence = _NO, f"Honorarium dibayar dari {label}, bukan langsung dari APBN atau APBD."
    elif source is None:
        advice, sentence = _SEE, "Sumber pembayaran belum diisi."
    else:
        advice, sentence = _SEE, "Sumber pembayaran tidak dikenal aturan ini; periksa bukti pembayaran."
    return CriterionAdvice(Criterion.PEMBAYARAN, advice, rules.article(2), sentence, {"sumber_pembayaran": source})


def assess_appointment(facts: EligibilityInput, rules: RuleSet) -> CriterionAdvice:
    """Rule 3: appointed at least by the head of the work unit."""
    signatory = facts.jenis_jabatan_penandatangan
    label = SIGNATORIES.label(signatory)
    if signatory in rules.passing_signatories:
        advice, sentence = _OK, f"SK ditandatangani oleh {label}."
    elif signatory in rules.failing_signatories:
        advice, sentence = _NO, f"SK ditandatangani oleh {label}; paling rendah harus kepala unit kerja."
    elif signatory is None:
        advice, sentence = _SEE, "Jenis jabatan penandatangan SK belum diisi."
    else:
        advice, sentence = _SEE, "Jenis jabatan penandatangan SK perlu diperiksa pada SK."
    inputs = {"jenis_jabatan_penandatangan": signatory}
    return CriterionAdvice(Criterion.PENGANGKATAN, advice, rules.article(3), sentence, inputs)


def assess_age(facts: EligibilityInput, rules: RuleSet) -> CriterionAdvice:
    """Rule 5: at least 20 and at most 56 completed years on the day; THK-II are exempt."""
    age = None if facts.birth_date is None else completed_years(facts.birth_date, rules.age_on)
    advice, sentence = _age(age, facts.kategori, rules)
    inputs = {"usia": age, "kategori": facts.kategori.value}
    return CriterionAdvice(Criterion.USIA, advice, rules.article(5), sentence, inputs)


def _age(age: int | None, category: Category, rules: RuleSet) -> tuple[Advice, str]:
    if category in rules.age_exempt:
        return _OK, f"Batas usia tidak berlaku bagi {category.value}."
    if age is None:
        return _SEE, "Tanggal lahir belum diisi."
    on = f"Usia {age} tahun pada {day_text(rules.age_on)}"
    if age < rules.min_age:
        return _NO, f"{on}, kurang dari {rules.min_age} tahun."
    if age > rules.max_age:
        return _NO, f"{on}, lebih dari {rules.max_age} tahun."
    return _OK, f"{on}, di antara {rules.min_age} dan {rules.max_age} tahun."


def assess_title(facts: EligibilityInput, rules: RuleSet) -> CriterionAdvice:
    """The excluded job titles; THK-II are not exempt. A title that only holds the words is for a human."""
    article = rules.article(1)
    if not facts.jabatan:
        return CriterionAdvice(Criterion.JABATAN, _SEE, article, "Jabatan belum diisi.", {"jabatan": None})
    match = rules.blocklist.match(facts.jabatan)
    inputs = {"jabatan": facts.jabatan, "daftar": match.blocked.title if match else None}
    if match is None:
        sentence = "Jabatan tidak termasuk daftar jabatan yang dikecualikan."
        return CriterionAdvice(Criterion.JABATAN, _OK, article, sentence, inputs)
    since = day_text(match.blocked.effective)
    if match.exact:
        advice, sentence = _NO, f'Jabatan termasuk daftar yang dikecualikan ("{match.blocked.title}", {since}).'
    else:
        advice, sentence = _SEE, f'Jabatan memuat "{match.blocked.title}" dari daftar yang dikecualikan ({since}).'
    return CriterionAdvice(Criterion.JABATAN, advice, match.blocked.letter, sentence, inputs)


def completed_years(born: date, on: date) -> int:
    """Age in completed years: one more on the birthday itself; negative before birth."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


CRITERIA: Final[tuple[Callable[[EligibilityInput, RuleSet], CriterionAdvice], ...]] = (
    assess_active,
    assess_pay,
    assess_appointment,
    assess_service,
    assess_age,
    assess_title,
)
