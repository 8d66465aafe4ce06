"""Rule 4 of letter B/1511: at least one year of service on 31 December 2021, proved by SK and proof of pay."""

from services.kernel.clock import day_text
from services.registration.eligibility.inputs import EligibilityInput
from services.registration.eligibility.rules import RuleSet
from services.registration.eligibility.service_days import Service, is_readable, service_days
from services.registration.eligibility.texts import number_text
from services.registration.eligibility.verdicts import Criterion, CriterionVerdict, Verdict


def assess_service(facts: EligibilityInput, rules: RuleSet) -> CriterionVerdict:
    """Count the days stated, and those not found without proof; the first decide, the second may put in doubt."""
    counted = tuple(each for each in facts.services if each.own or rules.count_other_institutions)
    stated = _days(counted, rules)
    proved = _days(tuple(each for each in counted if each.proved is not False), rules)
    verdict, sentence = _verdict(counted, stated, proved, rules)
    inputs = {"hari": stated, "hari_terbukti": proved, "hari_minimal": rules.min_service_days}
    return CriterionVerdict(Criterion.MASA_KERJA, verdict, rules.article(4), sentence, inputs)


def _days(services: tuple[Service, ...], rules: RuleSet) -> int:
    return service_days(services, rules.service_until, both_ends=rules.count_both_ends)


def _verdict(counted: tuple[Service, ...], stated: int, proved: int, rules: RuleSet) -> tuple[Verdict, str]:
    until = day_text(rules.service_until)
    days = f"Masa kerja {number_text(stated)} hari sampai {until}"
    if proved >= rules.min_service_days:
        return Verdict.LOLOS, f"{days}, sekurang-kurangnya {rules.min_service_days} hari."
    if stated >= rules.min_service_days:
        return (
            Verdict.PERLU_DITINJAU,
            f"{days}, tetapi baru {number_text(proved)} hari didukung SK dan bukti pembayaran.",
        )
    if not all(map(is_readable, counted)) or not counted:
        return Verdict.PERLU_DITINJAU, "Tanggal mulai kerja belum diisi, atau tanggal akhir mendahuluinya."
    if all(each.start is not None and each.start > rules.service_until for each in counted):
        return Verdict.TIDAK, f"SK pertama berlaku sesudah {until}."
    return Verdict.TIDAK, f"{days}, kurang dari {rules.min_service_days} hari."
