"""Rule 4 of letter B/1511: at least one year of service on 31 December 2021, proved by SK and proof of pay."""

from datetime import date

from services.kernel.clock import day_text
from services.registration.eligibility.first_sk import fault_of_first_sk, first_sk, first_start
from services.registration.eligibility.inputs import EligibilityInput
from services.registration.eligibility.rules import RuleSet
from services.registration.eligibility.service_days import Service, is_readable, service_days
from services.registration.eligibility.texts import number_text
from services.registration.eligibility.verdicts import Criterion, CriterionVerdict, InputValue, Verdict


def assess_service(facts: EligibilityInput, rules: RuleSet) -> CriterionVerdict:
    """Look at the first SK, and count the days stated and those not found without proof.

    A first SK that came too late, or too few days stated, decide; the rest may put in doubt.
    """
    counted = tuple(each for each in facts.services if each.own or rules.count_other_institutions)
    stated = _days(counted, rules)
    proved = _days(tuple(each for each in counted if each.proved is not False), rules)
    verdict, sentence = _verdict(counted, stated, proved, rules)
    inputs: dict[str, InputValue] = {
        "hari": stated,
        "hari_terbukti": proved,
        "hari_minimal": rules.min_service_days,
        "sk_pertama": _iso(first_sk(counted)),
        "mulai_pertama": _iso(first_start(counted)),
    }
    return CriterionVerdict(Criterion.MASA_KERJA, verdict, rules.article(4), sentence, inputs)


def _days(services: tuple[Service, ...], rules: RuleSet) -> int:
    return service_days(services, rules.service_until, both_ends=rules.count_both_ends)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _verdict(counted: tuple[Service, ...], stated: int, proved: int, rules: RuleSet) -> tuple[Verdict, str]:
    """The worse of both: what speaks against the first SK comes first when it fails him, and when the days pass."""
    fault, of_days = fault_of_first_sk(counted, rules), _on_days(counted, stated, proved, rules)
    if fault and (fault[0] is Verdict.TIDAK or of_days[0] is Verdict.LOLOS):
        return fault
    return of_days


def _on_days(counted: tuple[Service, ...], stated: int, proved: int, rules: RuleSet) -> tuple[Verdict, str]:
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
        return Verdict.TIDAK, f"Mulai bekerja sesudah {until}."
    return Verdict.TIDAK, f"{days}, kurang dari {rules.min_service_days} hari."
