"""Rule 4 of letter B/1511: at least one year of service on 31 December 2021, proved by SK and proof of pay."""

from datetime import date

from services.kernel.clock import day_text
from services.kernel.values.numbers import number_text
from services.registration.eligibility.advice import Advice, Criterion, CriterionAdvice, InputValue
from services.registration.eligibility.first_sk import fault_of_first_sk, first_sk, first_start
from services.registration.eligibility.inputs import EligibilityInput
from services.registration.eligibility.proof import counted_days, is_proved
from services.registration.eligibility.rules import RuleSet
from services.registration.eligibility.service_days import Service, is_readable


def assess_service(facts: EligibilityInput, rules: RuleSet) -> CriterionAdvice:
    """Look at the first SK, at the days stated, and at what SK and proof of pay show of them.

    A first SK that came too late, or too few days stated, decide; the rest may put in doubt. Without proof a row is
    judged by its data while it is entered; from submission or verification on it is in doubt (domain.md, section 5).
    """
    counted = tuple(each for each in facts.services if each.own or rules.count_other_institutions)
    stated = counted_days(counted, rules)
    advice, sentence = _advice(facts, counted, stated, rules)
    inputs: dict[str, InputValue] = {
        "hari": stated,
        "hari_terbukti": counted_days((each for each in counted if each.proved), rules),
        "hari_minimal": rules.min_service_days,
        "sk_pertama": _iso(first_sk(counted)),
        "mulai_pertama": _iso(first_start(counted)),
    }
    return CriterionAdvice(Criterion.MASA_KERJA, advice, rules.article(4), sentence, inputs)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _advice(facts: EligibilityInput, counted: tuple[Service, ...], stated: int, rules: RuleSet) -> tuple[Advice, str]:
    """The worse of both: what speaks against the first SK comes first when it fails him, and when the days pass."""
    fault, of_days = fault_of_first_sk(counted, rules), _on_days(facts, counted, stated, rules)
    if fault and (fault[0] is Advice.TIDAK or of_days[0] is Advice.LOLOS):
        return fault
    return of_days


def _on_days(facts: EligibilityInput, counted: tuple[Service, ...], stated: int, rules: RuleSet) -> tuple[Advice, str]:
    until = day_text(rules.service_until)
    days = f"Masa kerja {number_text(stated)} hari sampai {until}"
    if stated >= rules.min_service_days:
        unproved = _unproved(facts.services, rules)
        advice = Advice.PERLU_DITINJAU if unproved and facts.proof_due else Advice.LOLOS
        return advice, f"{days}, sekurang-kurangnya {rules.min_service_days} hari{unproved}."
    if not all(map(is_readable, counted)) or not counted:
        return Advice.PERLU_DITINJAU, "Tanggal mulai kerja belum diisi, atau tanggal akhir mendahuluinya."
    if all(each.start is not None and each.start > rules.service_until for each in counted):
        return Advice.TIDAK, f"Mulai bekerja sesudah {until}."
    return Advice.TIDAK, f"{days}, kurang dari {rules.min_service_days} hari."


def _unproved(services: tuple[Service, ...], rules: RuleSet) -> str:
    """The mark *belum dibuktikan*, with what is lacking; empty when SK and proof of pay show what they have to."""
    if not rules.wants_proof or is_proved(services, rules):
        return ""
    proved = counted_days((each for each in services if each.proved), rules)
    if proved >= rules.min_service_days:
        return "; pengangkatan yang sekarang belum dibuktikan dengan SK dan bukti pembayaran"
    if proved:
        return f"; belum dibuktikan seluruhnya: baru {number_text(proved)} hari dengan SK dan bukti pembayaran"
    return "; belum dibuktikan dengan SK dan bukti pembayaran"
