"""Counts are exact whatever order facts come in, and however often."""

import itertools
import random
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.finalization.adapters.store import load_folder
from services.finalization.institution.project_people import BATCH_SIZE
from services.kernel.aws import clients
from services.kernel.events.facts import PersonListed
from services.kernel.states import Category, Matter, PersonState, Phase, VerdictMark
from tests.finalization.world import CLOSES, CODE, World, person

HISTORY = [
    person("aaaa", "DRAF", "NON-ASN", 1),
    person("aaaa", "TERDAFTAR", "NON-ASN", 2),
    person("aaaa", "DIAJUKAN", "THK-II", 5),
    person("bbbb", "TERDAFTAR", "NON-ASN", 1),
    person("bbbb", "DIHAPUS", "NON-ASN", 2),
]
NO_MARKS = dict.fromkeys(VerdictMark, 0)
EXPECTED = {
    "total": 1,
    "by_state": {"DIAJUKAN": 1, "DIHAPUS": 1},
    "by_category": {"THK-II": 1, "NON-ASN": 0},
    "judged": NO_MARKS,
}


def counts(world: World) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = world.get().json["counts"]
    return found


def test_the_first_row_starts_entry(world: World) -> None:
    world.open()
    assert world.stored().phase is Phase.BELUM_MULAI
    assert world.listed("aaaa", "DRAF") == []
    assert world.stored().phase is Phase.PENGINPUTAN
    version = world.stored().v
    world.listed("bbbb", "TERDAFTAR")
    assert world.stored().v == version, "only the first row moves the institution"
    world.require_consistent()


def test_in_order(world: World) -> None:
    world.open()
    assert world.tell(*HISTORY) == []
    assert counts(world) == EXPECTED


@pytest.mark.parametrize("seed", range(3))
def test_what_waits_for_an_answer_is_counted_exactly(world: World, seed: int) -> None:
    """Requests and statements of two people, told in any order and twice, until one is answered and one has left."""
    world.open()
    asked = {Matter.CORRECTION: 2, Matter.INACTIVE: 1}
    told = [
        person("aaaa", "AKUN_DIBUAT", "NON-ASN", 2).model_copy(update={"matters": asked}),
        person("aaaa", "AKUN_DIBUAT", "NON-ASN", 3).model_copy(update={"matters": {Matter.CORRECTION: 1}}),
        person("bbbb", "AKUN_DIBUAT", "NON-ASN", 1).model_copy(update={"matters": asked}),
        person("bbbb", "DIHAPUS", "NON-ASN", 2),
    ] * 2
    random.Random(seed).shuffle(told)  # noqa: S311
    world.tell(*told)
    lines = {check["code"]: check["count"] for check in world.get().json["checklist"]}
    assert (lines["requests-open"], lines["inactive-open"]) == (1, 0)


@pytest.mark.parametrize("seed", range(3))
def test_marks_of_verdicts_are_counted_while_the_verdict_stands(world: World, seed: int) -> None:
    """One is decided against the advice and without papers, then anew and plainly; another one's stands marked."""
    world.open()
    against = (VerdictMark.MELAWAN_SARAN, VerdictMark.TANPA_BERKAS)
    told = [
        person("aaaa", "MEMENUHI_SYARAT", "NON-ASN", 2).model_copy(update={"judged": against}),
        person("aaaa", "DIAJUKAN", "NON-ASN", 3),
        person("aaaa", "MEMENUHI_SYARAT", "NON-ASN", 4),
        person("bbbb", "DIAJUKAN", "NON-ASN", 1),
        person("bbbb", "MEMENUHI_SYARAT", "NON-ASN", 2).model_copy(update={"judged": against}),
        person("cccc", "MEMENUHI_SYARAT", "NON-ASN", 1).model_copy(update={"judged": (VerdictMark.TANPA_BERKAS,)}),
    ] * 2
    random.Random(seed).shuffle(told)  # noqa: S311
    world.tell(*told)
    judged = world.get().json["counts"]["judged"]
    assert {mark: n for mark, n in judged.items() if n} == {"MELAWAN_SARAN": 1, "TANPA_BERKAS": 2}


@pytest.mark.parametrize("seed", range(3))
def test_second_checks_are_counted_as_they_wait_and_disagree(world: World, seed: int) -> None:
    """One is agreed to, one is not, one waits, and of one that was not agreed to the verdict is void."""
    world.open()
    waits, disagrees = (VerdictMark.MENUNGGU_PEMERIKSAAN,), (VerdictMark.TIDAK_SEPENDAPAT,)
    marks = {"aaaa": (waits, ()), "bbbb": (waits, disagrees), "cccc": (waits,), "dddd": (waits, disagrees)}
    told = [
        person(pid, "MEMENUHI_SYARAT", "NON-ASN", v).model_copy(update={"judged": judged})
        for pid, steps in marks.items()
        for v, judged in enumerate(steps, 1)
    ]
    told.append(person("dddd", "DIKEMBALIKAN", "NON-ASN", 3))
    random.Random(seed).shuffle(told)  # noqa: S311
    world.tell(*told)
    judged = world.get().json["counts"]["judged"]
    assert {mark: n for mark, n in judged.items() if n} == {"MENUNGGU_PEMERIKSAAN": 1, "TIDAK_SEPENDAPAT": 1}


@pytest.mark.parametrize("seed", range(4))
def test_in_any_order_and_twice(world: World, seed: int) -> None:
    world.open()
    facts = HISTORY * 2
    random.Random(seed).shuffle(facts)  # noqa: S311
    for fact in facts:
        assert world.tell(fact) == []
    assert counts(world) == EXPECTED


def test_an_old_fact_changes_nothing(world: World) -> None:
    world.open()
    world.tell(*HISTORY)
    with world.nothing_changes():
        world.tell(*HISTORY)


def test_same_state_with_a_newer_version(world: World) -> None:
    world.open()
    world.listed("aaaa", "TERDAFTAR", v=1)
    world.listed("aaaa", "TERDAFTAR", v=3)
    world.listed("aaaa", "DIAJUKAN", v=2)
    assert world.get().json["counts"]["by_state"] == {"TERDAFTAR": 1}


def test_every_category_counts_apart(world: World) -> None:
    world.open()
    for at, (state, category) in enumerate(itertools.product(("TERDAFTAR", "PINDAH"), ("THK-II", "NON-ASN"))):
        world.listed(f"p{at}", state, category)
    assert counts(world) == {
        "total": 2,
        "by_state": {"TERDAFTAR": 2, "PINDAH": 2},
        "by_category": {"THK-II": 1, "NON-ASN": 1},
        "judged": NO_MARKS,
    }


def test_institutions_do_not_mix(world: World) -> None:
    world.open()
    world.open("9902")
    world.listed("aaaa", "TERDAFTAR")
    world.listed("cccc", "DIAJUKAN", institution="9902")
    assert load_folder("9902").counts.by_state() == {"DIAJUKAN": 1}
    assert load_folder(CODE).counts.by_state() == {"TERDAFTAR": 1}


def test_a_fact_without_a_round_comes_again(world: World) -> None:
    world.open()
    with world.nothing_changes():
        assert world.tell(person("aaaa", "TERDAFTAR", institution="9902")) == ["0"]


def test_one_bad_message_does_not_hold_up_the_others(world: World) -> None:
    world.open()
    failed = world.tell(person("aaaa", "TERDAFTAR"), person("x", "DRAF", institution="9902"), person("b", "DRAF"))
    assert failed == ["1"]
    assert world.get().json["counts"]["total"] == 2


def test_a_fact_after_the_lock_counts_but_moves_no_phase(world: World) -> None:
    world.open()
    world.cloud.at(CLOSES)
    world.pass_drain()
    world.lock_due()
    world.listed("aaaa", "TERDAFTAR")
    assert world.stored().phase is Phase.TIDAK_MENDATA
    assert world.get().json["counts"]["total"] == 1


STATES = st.sampled_from([PersonState.DRAF, PersonState.TERDAFTAR, PersonState.DIAJUKAN, PersonState.DIHAPUS])
LIVES = st.lists(st.lists(st.tuples(STATES, st.sampled_from(Category)), min_size=1, max_size=4), min_size=1, max_size=4)
"""What became of a few people, version by version."""
examples = itertools.count()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=LIVES, chance=st.randoms(use_true_random=False))
def test_any_order_any_duplicates_and_any_split_give_the_same_counts(
    world: World, lives: list[list[tuple[PersonState, Category]]], chance: random.Random
) -> None:
    world.open()
    own = next(examples)  # people of their own, so that one cloud does for all examples
    before = load_folder(CODE).counts.people
    facts = [
        person(f"e{own}p{at}", state.value, category.value, v)
        for at, life in enumerate(lives)
        for v, (state, category) in enumerate(life, 1)
    ]
    told = facts + chance.choices(facts, k=chance.randrange(len(facts) + 1))
    chance.shuffle(told)
    for batch in split(told, chance):
        assert world.tell(*batch) == []
    now = load_folder(CODE).counts.people
    counted = {which: n - before.get(which, 0) for which, n in now.items() if n != before.get(which, 0)}
    assert counted == Counter(life[-1] for life in lives)


def split(facts: list[PersonListed], chance: random.Random) -> Iterator[list[PersonListed]]:
    while facts:
        size = chance.randint(1, len(facts))
        yield facts[:size]
        facts = facts[size:]


def test_a_hundred_people_are_two_transactions_of_at_most_a_hundred_operations(world: World) -> None:
    world.open()
    world.listed("first", "DRAF")
    sizes: list[int] = []

    def listen(params: dict[str, list[object]], **_: object) -> None:
        sizes.append(len(params["TransactItems"]))

    events = clients.dynamodb().meta.events
    events.register("provide-client-params.dynamodb.TransactWriteItems", listen)
    assert world.tell(*(person(f"p{at}", "TERDAFTAR") for at in range(BATCH_SIZE + 1))) == []
    events.unregister("provide-client-params.dynamodb.TransactWriteItems", listen)
    assert sizes == [100, 2]
    assert counts(world)["by_state"] == {"DRAF": 1, "TERDAFTAR": 100}
    assert sum(item["n#TERDAFTAR#NON-ASN"] for item in world.fin("CNT#") if "n#TERDAFTAR#NON-ASN" in item) == 100
