"""What must hold for every person: no crash, the worst decides, days of service do not depend on how they are told."""

import json
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from services.kernel.english import english
from services.kernel.states import Category
from services.registration.eligibility.advice import Advice, worst
from services.registration.eligibility.assess import assess
from services.registration.eligibility.criteria import completed_years
from services.registration.eligibility.inputs import EligibilityInput, input_of
from services.registration.eligibility.service_days import Service, service_days
from tests.support.english import indonesian_in

UNTIL = date(2021, 12, 31)
DAYS = st.dates(date(2018, 1, 1), date(2023, 12, 31))
SERVICES = st.builds(Service, st.none() | DAYS, st.none() | DAYS, sk=st.none() | DAYS)
LISTS = st.lists(SERVICES, max_size=6)


def days_one_by_one(services: list[Service]) -> int:
    """The same count, said in the plainest way: the set of all days worked."""
    worked: set[date] = set()
    for service in services:
        if service.start is not None:
            end = min(service.end or UNTIL, UNTIL)
            worked |= {service.start + timedelta(days=n) for n in range((end - service.start).days + 1)}
    return len(worked)


@given(LISTS)
def test_days_are_the_set_of_days_worked(services: list[Service]) -> None:
    assert service_days(services, UNTIL) == days_one_by_one(services)


@given(LISTS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(services: list[Service], random: Random) -> None:
    shuffled = random.sample(services, len(services))
    assert service_days(shuffled, UNTIL) == service_days(services, UNTIL)


@given(LISTS, SERVICES)
def test_another_appointment_never_takes_days_away(services: list[Service], more: Service) -> None:
    assert service_days([*services, more], UNTIL) >= service_days(services, UNTIL)


@given(DAYS, DAYS, DAYS, st.booleans())
def test_cutting_a_period_in_two_changes_nothing(one: date, two: date, three: date, both_ends: bool) -> None:
    start, cut, end = sorted((one, two, three))
    parts = [Service(start, cut), Service(cut + timedelta(days=1), end)]
    whole = service_days([Service(start, end)], UNTIL, both_ends=both_ends)
    assert service_days(parts if cut < end else parts[:1], UNTIL, both_ends=both_ends) == whole


@given(st.dates(date(1900, 1, 1), UNTIL))
def test_age_counts_the_birthdays_passed(born: date) -> None:
    age = completed_years(born, UNTIL)
    assert age == UNTIL.year - born.year  # 31 December: every birthday of the year has passed


FACTS = st.builds(
    EligibilityInput,
    kategori=st.sampled_from(Category),
    active=st.none() | st.booleans(),
    thk2_in_database=st.none() | st.booleans(),
    birth_date=st.none() | st.dates(),
    jabatan=st.none() | st.text(max_size=40),
    sumber_pembayaran=st.none() | st.sampled_from(["APBN_51", "AKUN_52", "?"]),
    jenis_jabatan_penandatangan=st.none() | st.sampled_from(["PPK", "LAINNYA", "?"]),
    services=st.lists(SERVICES, max_size=3).map(tuple),
)


@given(FACTS)
def test_whatever_is_known_there_is_an_answer_and_the_worst_decides(facts: EligibilityInput) -> None:
    assessment = assess(facts)
    advice = [each.advice for each in assessment.criteria]
    assert (assessment.overall is Advice.TIDAK) == (Advice.TIDAK in advice)
    assert (assessment.overall is Advice.LOLOS) == (set(advice) == {Advice.LOLOS})
    assert all(each.sentence and each.article for each in assessment.criteria)
    assert json.dumps(assessment.to_item())
    assert [each.sentence for each in assessment.criteria if indonesian_in(english(each.sentence))] == []
    assert [each.article for each in assessment.criteria if indonesian_in(english(each.article))] == []


@given(st.permutations(list(Advice)))
def test_the_worst_does_not_depend_on_the_order(advice: list[Advice]) -> None:
    assert worst(advice) is Advice.TIDAK


def test_no_verdict_at_all_is_for_a_human() -> None:
    assert worst([]) is Advice.PERLU_DITINJAU


def test_facts_are_taken_from_a_row_under_the_names_of_the_template() -> None:
    row = {
        "tanggal_lahir": "1990-05-17",
        "jabatan": "Guru Kelas",
        "sumber_pembayaran": "BOS",
        "jenis_jabatan_penandatangan": "PPK",
        "tanggal_sk": "2018-12-28",
        "tanggal_mulai": "2019-01-02",
    }
    facts = input_of(row, active=True, histories=[Service(date(2018, 1, 1), date(2018, 6, 1), proved=False)])
    assert facts.kategori is Category.NON_ASN
    assert facts.birth_date == date(1990, 5, 17)
    assert facts.services[0] == Service(date(2019, 1, 2), sk=date(2018, 12, 28))
    assert assess(facts).overall is Advice.LOLOS


def test_a_row_with_a_thk2_number_is_thk2_and_an_unreadable_date_is_no_date() -> None:
    facts = input_of({"no_peserta_thk2": "990100000001", "tanggal_lahir": "besok", "tanggal_mulai": 7}, active=None)
    assert facts.kategori is Category.THK_II
    assert (facts.birth_date, facts.services) == (None, (Service(None),))
