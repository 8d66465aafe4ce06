"""Facts in any order, twice, late: the public sees the newest."""

import itertools
from datetime import timedelta

import pytest

from services.announcements import app as entry
from services.announcements.adapters import institution_store
from services.announcements.model.institution import Institution
from services.kernel import clock
from services.kernel.events.facts import Fact, InstitutionLocked
from services.kernel.states import PersonState, Phase
from tests.announcements.world import CODE, NOON, SEALED_AT, World
from tests.support.aws import envelope, queued


@pytest.mark.parametrize("order", list(itertools.permutations([1, 2, 3])))
def test_the_newest_word_on_a_person_stays(world: World, order: tuple[int, ...]) -> None:
    states = {1: PersonState.DRAF, 2: PersonState.TERDAFTAR, 3: PersonState.DIAJUKAN}
    facts = [world.person(1, v=v, state=states[v], jabatan=f"Guru {v}") for v in order]
    world.tell(*facts, *facts)
    (listed,) = institution_store.listed_people(CODE)
    assert listed.row.jabatan == "Guru 3"


@pytest.mark.parametrize("order", list(itertools.permutations([1, 2])))
def test_who_is_withdrawn_stays_withdrawn(world: World, order: tuple[int, ...]) -> None:
    states = {1: PersonState.TERDAFTAR, 2: PersonState.DIHAPUS}
    world.tell(*(world.person(1, v=v, state=states[v]) for v in order))
    assert list(institution_store.listed_people(CODE)) == []


def told(world: World) -> list[Fact]:
    return [
        world.opened(v=1),
        world.opened(v=4, title="Kabupaten Contoh Baru"),
        world.phase(Phase.PENGINPUTAN, v=2),
        world.phase(Phase.FINAL, v=5, epoch=2, sptjm="DIBUAT"),
        world.sealed_list([], epoch=2),
        world.numbered(1),
        world.numbered(2),
        world.waived(NOON, NOON + timedelta(days=9), v=6),
        world.waived(NOON, NOON + timedelta(days=2), v=7),
    ]


@pytest.mark.parametrize("seed", range(8))
def test_an_institution_is_what_the_newest_facts_say(world: World, seed: int) -> None:
    facts = told(world)
    world.tell(*facts)
    expected = institution_store.load_institution(CODE)
    assert isinstance(expected, Institution)
    assert (expected.title, expected.phase, expected.epoch) == ("Kabupaten Contoh Baru", Phase.FINAL, 2)
    assert expected.prefinal is not None
    assert expected.prefinal.number == 2
    assert expected.seal is not None
    assert expected.seal.sealed_at == SEALED_AT
    assert expected.waived == ((NOON, NOON + timedelta(days=2)),)
    shuffled = [facts[(seed * 3 + at * 2) % len(facts)] for at in range(len(facts))]
    world.tell(*(fact.model_copy(update={"institution": "9903"}) for fact in shuffled))
    found = institution_store.load_institution("9903")
    assert (found.title, found.phase, found.epoch, found.sptjm_state, found.seal, found.prefinal) == (
        expected.title,
        expected.phase,
        expected.epoch,
        expected.sptjm_state,
        expected.seal,
        expected.prefinal,
    )


def test_replaying_everything_changes_nothing(world: World) -> None:
    facts = [*told(world), world.person(1), world.person(2)]
    world.published(*facts)
    world.minute()
    site, writes = world.site(), world.writes()
    world.published(*reversed(facts))
    world.minute()
    assert (world.site(), world.writes()) == (site, writes)


def test_a_foreign_fact_is_a_wiring_mistake(world: World) -> None:
    fact = InstitutionLocked(institution=CODE, v=1, locked_at=clock.now())
    answer = entry.on_fact(queued([envelope(world.opened()), envelope(fact)]), None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}]}
