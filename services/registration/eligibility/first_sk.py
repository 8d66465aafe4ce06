"""The first SK: dated after the reference date it fails (domain.md, section 5), long after work began it is in doubt.

In 2022 start dates were backdated (domain.md, section 1); the date on the SK is what shows it. But SKs are yearly and
imports carry the newest: where one SK alone is known, the first may be missing.
"""

from collections.abc import Sequence
from datetime import date

from services.kernel.clock import day_text
from services.registration.eligibility.advice import Advice
from services.registration.eligibility.rules import RuleSet
from services.registration.eligibility.service_days import Service


def first_sk(services: Sequence[Service]) -> date | None:
    """The earliest date on any SK."""
    return min((each.sk for each in services if each.sk is not None), default=None)


def first_start(services: Sequence[Service]) -> date | None:
    """The first day of work stated."""
    return min((each.start for each in services if each.start is not None), default=None)


def fault_of_first_sk(services: Sequence[Service], rules: RuleSet) -> tuple[Advice, str] | None:
    """What speaks against the first SK, and how much; None when nothing does, or these rules do not look at it."""
    until, first = rules.first_sk_until, first_sk(services)
    if until is None:
        return None
    if first is not None and first <= until:
        return _delay(first, first_start(services), rules)
    if first is None or any(each.sk is None for each in services):  # the one without a date may be the first
        return Advice.PERLU_DITINJAU, "Tanggal SK pertama belum diisi."
    dated = f"tertanggal {day_text(first)}, sesudah {day_text(until)}"
    if rules.doubts_lone_sk and len({each.sk for each in services}) == 1:
        return Advice.PERLU_DITINJAU, f"SK yang tercatat {dated}; isi SK pertama."
    return Advice.TIDAK, f"SK pertama {dated}."


def _delay(first: date, start: date | None, rules: RuleSet) -> tuple[Advice, str] | None:
    if start is None or (first - start).days <= rules.max_days_to_sk:
        return None
    dates = f"Mulai bekerja {day_text(start)}, tetapi SK pertama baru tertanggal {day_text(first)}"
    return Advice.PERLU_DITINJAU, f"{dates}; periksa bukti bahwa sudah bekerja sebelum SK itu."
