"""Every boundary of domain.md §5, on both sides, and every fact that nobody has given."""

import json
from dataclasses import replace
from datetime import date

import pytest

from services.kernel.reference.pay_sources import PAY_SOURCES
from services.kernel.reference.signatories import SIGNATORIES
from services.kernel.states import Category
from services.registration.eligibility.advice import Advice, Criterion, CriterionAdvice
from services.registration.eligibility.assess import assess
from services.registration.eligibility.inputs import EligibilityInput
from services.registration.eligibility.rules_2022 import RULE_SETS, RULES_2022
from services.registration.eligibility.service_days import Service

LOLOS, TIDAK, DITINJAU = Advice.LOLOS, Advice.TIDAK, Advice.PERLU_DITINJAU

SOUND = EligibilityInput(
    kategori=Category.NON_ASN,
    active=True,
    birth_date=date(1990, 5, 17),
    jabatan="Guru Kelas",
    sumber_pembayaran="APBD_51",
    jenis_jabatan_penandatangan="KEPALA_UNIT",
    services=(Service(date(2015, 1, 2), sk=date(2014, 12, 29)),),
)
THK2 = replace(SOUND, kategori=Category.THK_II, thk2_in_database=True)


def advice_on(criterion: Criterion, facts: EligibilityInput) -> CriterionAdvice:
    return next(each for each in assess(facts).criteria if each.criterion is criterion)


def test_a_sound_person_passes_every_criterion() -> None:
    assessment = assess(SOUND)
    assert [each.advice for each in assessment.criteria] == [LOLOS] * len(Criterion)
    assert assessment.overall is LOLOS


@pytest.mark.parametrize(("active", "advice"), [(True, LOLOS), (False, TIDAK), (None, DITINJAU)])
def test_rule_1_asks_whether_he_is_still_active(active: bool | None, advice: Advice) -> None:
    assert advice_on(Criterion.AKTIF, replace(SOUND, active=active)).advice is advice


@pytest.mark.parametrize(("assured", "advice"), [(True, TIDAK), (False, DITINJAU)])
def test_who_is_not_known_to_be_himself_takes_nobody_off(assured: bool, advice: Advice) -> None:
    """Domain.md, section 3: without assurance "tidak lagi bekerja" is a remark."""
    answer = advice_on(Criterion.AKTIF, replace(SOUND, active=False, active_assured=assured))
    assert answer.advice is advice
    remark = "Yang bersangkutan menyatakan tidak lagi bekerja; instansi memastikan."
    assert (answer.sentence == remark) is not assured


@pytest.mark.parametrize("active", [True, False, None])
def test_no_remark_makes_up_for_a_thk2_number_that_bkn_does_not_have(active: bool | None) -> None:
    facts = replace(THK2, thk2_in_database=False, active=active, active_assured=False)
    assert advice_on(Criterion.AKTIF, facts).advice is TIDAK


@pytest.mark.parametrize(("known", "advice"), [(True, LOLOS), (False, TIDAK), (None, DITINJAU)])
def test_rule_1_looks_for_a_thk2_number_in_the_database(known: bool | None, advice: Advice) -> None:
    assert advice_on(Criterion.AKTIF, replace(THK2, thk2_in_database=known)).advice is advice


@pytest.mark.parametrize(
    ("ends", "advice"),
    [
        ([date(2022, 7, 22)], LOLOS),
        ([date(2022, 7, 21)], DITINJAU),
        ([date(2021, 12, 31), None], LOLOS),
        ([date(2021, 12, 31), date(2022, 12, 31)], LOLOS),
    ],
)
def test_rule_1_doubts_an_appointment_that_ended_before_the_census(ends: list[date | None], advice: Advice) -> None:
    services = tuple(Service(date(2020, 1, 1), end, sk=date(2019, 12, 30)) for end in ends)
    assert advice_on(Criterion.AKTIF, replace(SOUND, services=services)).advice is advice


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        ("APBN_51", LOLOS),
        ("APBD_51", LOLOS),
        ("BOS", LOLOS),
        ("AKUN_52", TIDAK),
        ("AKUN_53", TIDAK),
        ("BLU_BLUD", TIDAK),
        ("LAINNYA", TIDAK),
        (None, DITINJAU),
        ("HIBAH", DITINJAU),
    ],
)
def test_rule_2_takes_money_of_the_state_paid_directly(source: str | None, advice: Advice) -> None:
    assert advice_on(Criterion.PEMBAYARAN, replace(SOUND, sumber_pembayaran=source)).advice is advice


@pytest.mark.parametrize(
    ("signatory", "advice"),
    [
        ("PPK", LOLOS),
        ("KEPALA_UNIT", LOLOS),
        ("DI_BAWAH_KEPALA_UNIT", TIDAK),
        ("LAINNYA", DITINJAU),
        (None, DITINJAU),
    ],
)
def test_rule_3_takes_the_head_of_the_unit_and_above(signatory: str | None, advice: Advice) -> None:
    facts = replace(SOUND, jenis_jabatan_penandatangan=signatory)
    assert advice_on(Criterion.PENGANGKATAN, facts).advice is advice


@pytest.mark.parametrize(
    ("services", "days", "advice"),
    [
        ([Service(date(2021, 1, 1), date(2021, 12, 31))], 365, LOLOS),
        ([Service(date(2021, 1, 2), date(2021, 12, 31))], 364, TIDAK),
        ([Service(date(2021, 1, 1))], 365, LOLOS),
        ([Service(date(2021, 1, 2))], 364, TIDAK),
        ([Service(date(2021, 1, 2), date(2022, 12, 31))], 364, TIDAK),
        ([Service(date(2020, 1, 1), date(2020, 12, 30))], 365, LOLOS),
        ([Service(date(2019, 1, 1), date(2019, 6, 30)), Service(date(2021, 7, 1))], 181 + 184, LOLOS),
        ([Service(date(2019, 1, 1), date(2019, 6, 29)), Service(date(2021, 7, 1))], 180 + 184, TIDAK),
        ([Service(date(2021, 3, 1)), Service(date(2021, 3, 1), date(2021, 12, 31))], 306, TIDAK),
        ([Service(date(2021, 1, 1), date(2021, 8, 31)), Service(date(2021, 6, 1))], 365, LOLOS),
        ([Service(date(2021, 12, 31))], 1, TIDAK),
        ([Service(date(2022, 1, 1))], 0, TIDAK),
        ([Service(date(2010, 1, 1), own=False)], 0, DITINJAU),
        ([Service(date(2021, 7, 1)), Service(date(2010, 1, 1), own=False)], 184, TIDAK),
        ([Service(None)], 0, DITINJAU),
        ([Service(date(2021, 1, 1), date(2020, 12, 31))], 0, DITINJAU),
        ([Service(date(2021, 7, 1)), Service(None)], 184, DITINJAU),
        ([], 0, DITINJAU),
    ],
)
def test_rule_4_wants_a_year_of_service(services: list[Service], days: int, advice: Advice) -> None:
    dated = tuple(replace(each, sk=each.start and min(each.start, date(2021, 12, 31))) for each in services)
    answer = advice_on(Criterion.MASA_KERJA, replace(SOUND, services=dated))
    assert (answer.inputs["hari"], answer.advice) == (days, advice)


BEFORE = Service(date(2020, 1, 1), date(2020, 12, 30), sk=date(2019, 12, 30))
"""365 days."""
OLDER = Service(date(2010, 1, 1), date(2019, 12, 31), sk=date(2009, 12, 30))
NOW = Service(date(2022, 1, 3), sk=date(2021, 12, 30))
PAPERS = "dengan SK dan bukti pembayaran"


@pytest.mark.parametrize(
    ("services", "mark"),
    [
        ([replace(SOUND.services[0], proved=True)], ""),
        ([replace(SOUND.services[0], proved=False)], f"; belum dibuktikan {PAPERS}"),
        ([replace(BEFORE, proved=True), replace(NOW, proved=True)], ""),
        ([replace(BEFORE, proved=True), NOW], f"; pengangkatan yang sekarang belum dibuktikan {PAPERS}"),
        ([BEFORE, replace(NOW, proved=True)], f"; belum dibuktikan {PAPERS}"),
        (
            [replace(BEFORE, end=date(2020, 12, 29), proved=True), replace(BEFORE, start=date(2020, 12, 30)), NOW],
            f"; belum dibuktikan seluruhnya: baru 364 hari {PAPERS}",
        ),
        ([BEFORE, replace(BEFORE, proved=True), replace(NOW, proved=True)], ""),
        ([OLDER, replace(BEFORE, proved=True), replace(NOW, proved=True)], ""),
    ],
)
def test_service_without_proof_is_marked_at_entry_and_doubted_later(services: list[Service], mark: str) -> None:
    """Domain.md, section 5, details: only what proves the year and the current appointment matters."""
    entered = advice_on(Criterion.MASA_KERJA, replace(SOUND, services=tuple(services)))
    assert (entered.advice, entered.sentence.endswith(f"sekurang-kurangnya 365 hari{mark}.")) == (LOLOS, True)
    verified = advice_on(Criterion.MASA_KERJA, replace(SOUND, services=tuple(services), proof_due=True))
    assert (verified.advice, verified.sentence) == (DITINJAU if mark else LOLOS, entered.sentence)


@pytest.mark.parametrize("proof_due", [True, False])
@pytest.mark.parametrize("proved", [True, False])
def test_no_proof_makes_up_for_days_that_are_not_there(proof_due: bool, proved: bool) -> None:
    services = (Service(date(2021, 1, 2), proved=proved, sk=date(2021, 1, 2)),)
    answer = advice_on(Criterion.MASA_KERJA, replace(SOUND, services=services, proof_due=proof_due))
    assert (answer.advice, answer.inputs["hari_terbukti"]) == (TIDAK, 364 if proved else 0)


def test_papers_of_elsewhere_prove_nothing_here() -> None:
    elsewhere = replace(BEFORE, own=False, proved=True)
    here = replace(SOUND.services[0], proved=False)
    answer = advice_on(Criterion.MASA_KERJA, replace(SOUND, services=(elsewhere, here), proof_due=True))
    assert (answer.advice, answer.inputs["hari_terbukti"]) == (DITINJAU, 0)


def test_rule_4_says_when_work_began_too_late() -> None:
    services = (Service(date(2022, 1, 3), sk=date(2021, 12, 30)),)
    answer = advice_on(Criterion.MASA_KERJA, replace(SOUND, services=services))
    assert (answer.advice, answer.sentence) == (TIDAK, "Mulai bekerja sesudah 31 Desember 2021.")


@pytest.mark.parametrize(
    ("dates", "advice"),
    [
        ([date(2021, 12, 31)], LOLOS),
        ([date(2022, 1, 1)], DITINJAU),
        ([date(2030, 1, 1)], DITINJAU),
        ([date(2022, 1, 1), date(2022, 1, 1)], DITINJAU),
        ([date(2022, 1, 1), date(2022, 1, 2)], TIDAK),
        ([date(2022, 1, 1), date(2022, 6, 1), date(2023, 1, 1)], TIDAK),
        ([date(2022, 6, 1), date(2021, 12, 31), date(2022, 1, 1)], LOLOS),
        ([date(2022, 1, 1), date(2021, 12, 31)], LOLOS),
        ([date(2021, 12, 31), None], LOLOS),
        ([date(2022, 1, 1), None], DITINJAU),
        ([None], DITINJAU),
    ],
)
def test_the_first_sk_is_of_the_reference_date_at_the_latest(dates: list[date | None], advice: Advice) -> None:
    """Domain.md, section 5, whatever day the work is said to have begun."""
    for facts in (SOUND, THK2):
        services = tuple(Service(date(2021, 1, 1), sk=day) for day in dates)
        assert advice_on(Criterion.MASA_KERJA, replace(facts, services=services)).advice is advice


def test_a_late_first_sk_is_named_with_what_was_looked_at() -> None:
    services = (Service(date(2015, 1, 2), sk=date(2022, 3, 1)), Service(date(2022, 2, 1), sk=date(2022, 1, 3)))
    answer = advice_on(Criterion.MASA_KERJA, replace(SOUND, services=services))
    assert answer.sentence == "SK pertama tertanggal 3 Januari 2022, sesudah 31 Desember 2021."
    assert (answer.inputs["sk_pertama"], answer.inputs["mulai_pertama"]) == ("2022-01-03", "2015-01-02")


def test_where_one_late_sk_alone_is_known_the_first_is_asked_for() -> None:
    """Imports carry the newest and SKs are yearly (domain.md, section 5)."""
    services = (Service(date(2015, 1, 2), sk=date(2022, 1, 3)),)
    answer = advice_on(Criterion.MASA_KERJA, replace(SOUND, services=services))
    assert (answer.advice, answer.inputs["sk_pertama"]) == (DITINJAU, "2022-01-03")
    assert answer.sentence == "SK yang tercatat tertanggal 3 Januari 2022, sesudah 31 Desember 2021; isi SK pertama."
    began_late = (Service(date(2022, 1, 3), sk=date(2022, 1, 3)),)
    assert advice_on(Criterion.MASA_KERJA, replace(SOUND, services=began_late)).advice is TIDAK, "days decide"


@pytest.mark.parametrize("elsewhere", [date(2014, 12, 29), date(2022, 6, 1), None])
def test_an_sk_of_elsewhere_neither_saves_nor_condemns(elsewhere: date | None) -> None:
    there = Service(date(2015, 1, 2), sk=elsewhere, own=False)
    here = [Service(date(2015, 1, 2), sk=day) for day in (date(2022, 1, 3), date(2022, 7, 1))]
    assert advice_on(Criterion.MASA_KERJA, replace(SOUND, services=(there, here[0]))).advice is DITINJAU
    assert advice_on(Criterion.MASA_KERJA, replace(SOUND, services=(there, *here))).advice is TIDAK


@pytest.mark.parametrize(("signed", "advice"), [(date(2016, 1, 2), LOLOS), (date(2016, 1, 3), DITINJAU)])
def test_an_sk_long_after_the_first_day_of_work_is_for_a_human(signed: date, advice: Advice) -> None:
    facts = replace(SOUND, services=(Service(date(2015, 1, 2), sk=signed),))
    assert advice_on(Criterion.MASA_KERJA, facts).advice is advice
    first = Service(date(2015, 1, 2), date(2015, 6, 30), sk=date(2014, 12, 29))
    assert advice_on(Criterion.MASA_KERJA, replace(facts, services=(*facts.services, first))).advice is LOLOS


def test_how_long_after_is_set_with_the_rules() -> None:
    facts = replace(SOUND, services=(Service(date(2015, 1, 2), sk=date(2016, 1, 3)),))
    assert assess(facts, replace(RULES_2022, max_days_to_sk=366)).criteria[3].advice is LOLOS
    doubted = assess(facts).criteria[3]
    assert doubted.sentence == (
        "Mulai bekerja 2 Januari 2015, tetapi SK pertama baru tertanggal 3 Januari 2016; "
        "periksa bukti bahwa sudah bekerja sebelum SK itu."
    )


@pytest.mark.parametrize(
    ("signed", "before", "then", "today"),
    [
        (None, LOLOS, DITINJAU, DITINJAU),
        (date(2022, 1, 3), LOLOS, TIDAK, DITINJAU),
        (date(2014, 12, 29), LOLOS, LOLOS, DITINJAU),
    ],
)
def test_what_each_version_said_is_said_again(signed: date | None, before: Advice, then: Advice, today: Advice) -> None:
    """2022.1 did not look at the SK, 2022.2 asked for no proof."""
    facts = replace(SOUND, services=(Service(date(2015, 1, 2), sk=signed),), proof_due=True)
    said = [assess(facts, RULE_SETS[version]).overall for version in ("2022.1", "2022.2", "2022.3")]
    assert said == [before, then, today]
    assert "dibuktikan" not in assess(facts, RULE_SETS["2022.2"]).criteria[3].sentence


@pytest.mark.parametrize(
    ("born", "age", "advice"),
    [
        (date(2001, 12, 31), 20, LOLOS),
        (date(2002, 1, 1), 19, TIDAK),
        (date(1965, 1, 1), 56, LOLOS),
        (date(1964, 12, 31), 57, TIDAK),
        (date(1988, 2, 29), 33, LOLOS),
        (None, None, DITINJAU),
    ],
)
def test_rule_5_counts_completed_years(born: date | None, age: int | None, advice: Advice) -> None:
    answer = advice_on(Criterion.USIA, replace(SOUND, birth_date=born))
    assert (answer.inputs["usia"], answer.advice) == (age, advice)


@pytest.mark.parametrize("born", [date(2002, 1, 1), date(1950, 1, 1), None])
def test_rule_5_does_not_bind_thk2(born: date | None) -> None:
    assert advice_on(Criterion.USIA, replace(THK2, birth_date=born)).advice is LOLOS


@pytest.mark.parametrize(
    ("title", "advice"),
    [
        ("Pengemudi", TIDAK),
        ("  PENGEMUDI ", TIDAK),
        ("cleaning-service", TIDAK),
        ("Sopir/Pengemudi", TIDAK),
        ("Satpam", TIDAK),
        ("Pramubakti", TIDAK),
        ("Pengemudi Ambulans", DITINJAU),
        ("Komandan Satpam", DITINJAU),
        ("Guru Kelas", LOLOS),
        ("Analis Keamanan Informasi", LOLOS),
        ("Satpamatik", LOLOS),
        ("", DITINJAU),
        (None, DITINJAU),
    ],
)
def test_excluded_job_titles_thk2_included(title: str | None, advice: Advice) -> None:
    for facts in (SOUND, THK2):
        assert advice_on(Criterion.JABATAN, replace(facts, jabatan=title)).advice is advice


def test_an_excluded_title_cites_the_letter_that_excludes_it() -> None:
    answer = advice_on(Criterion.JABATAN, replace(SOUND, jabatan="Pengemudi"))
    assert answer.article == "Surat B/185/M.SM.02.03/2022"
    assert "31 Mei 2022" in answer.sentence


@pytest.mark.parametrize(("rule", "criterion"), list(enumerate(list(Criterion)[:5], start=1)))
def test_each_numbered_rule_cites_the_letter(rule: int, criterion: Criterion) -> None:
    assert advice_on(criterion, SOUND).article == f"Surat Menteri PANRB B/1511/M.SM.01.00/2022, kriteria {rule}"


def test_what_was_switched_otherwise_counts_otherwise() -> None:
    elsewhere = replace(SOUND, services=(Service(date(2010, 1, 1), own=False, sk=date(2010, 1, 1)),))
    assert assess(elsewhere, replace(RULES_2022, count_other_institutions=True)).criteria[3].advice is LOLOS
    one_year = replace(SOUND, services=(Service(date(2021, 1, 1), sk=date(2021, 1, 1)),))
    assert assess(one_year, replace(RULES_2022, count_both_ends=False)).criteria[3].advice is TIDAK


def test_the_item_is_json_and_names_the_version() -> None:
    item = assess(SOUND).to_item()
    assert json.loads(json.dumps(item)) == item
    assert (item["rule_version"], item["overall"]) == ("2022.3", "LOLOS")


def test_every_source_and_signatory_that_decides_is_in_its_list() -> None:
    assert RULES_2022.passing_sources | RULES_2022.failing_sources == set(PAY_SOURCES)
    assert RULES_2022.passing_signatories | RULES_2022.failing_signatories < set(SIGNATORIES)
    assert not RULES_2022.passing_sources & RULES_2022.failing_sources
