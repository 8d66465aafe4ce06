"""Nothing but the five public fields ever reaches a page: not from facts, not from items, not from a sealed list."""

import functools
import json
from typing import Any

from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from services.announcements.adapters import institution_store, templates
from services.announcements.model.institution import Edition, Institution, Row
from services.announcements.pages.build_directory import build_directory
from services.announcements.pages.build_list import build_list
from services.announcements.pages.choose_list import PublicList
from services.announcements.pages.scan import Clean
from services.announcements.settings import settings
from services.kernel.aws import dynamodb
from services.kernel.events.facts import PersonListed
from services.kernel.states import ON_PREFINAL_LIST, Category, PersonState, Phase
from tests.announcements.world import CLOSES, CODE, NOON, World

FORBIDDEN = ("nik", "nomor_kk", "hp", "email", "tanggal_lahir", "tempat_lahir", "state", "verdict", "private", "ov")
SECRET = "RAHASIA-9901010101900001"


def everything(institution: Institution, rows: list[Row]) -> str:
    public = PublicList(Edition.PREFINAL, Clean(rows))
    made = [*build_list(institution, public, NOON), *build_directory([], NOON)]
    return "".join(each.content.decode() for each in made)


@functools.cache
def words() -> str:
    """What the pages say when nobody is on them: words of our own that may look like states."""
    return everything(Institution(CODE, "Contoh", Phase.PRAFINAL, 1, CLOSES), [])


@examples(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(state=st.sampled_from(PersonState), name=st.sampled_from(FORBIDDEN), v=st.integers(1, 10**6))
def test_a_field_nobody_allowed_reaches_no_page(world: World, state: PersonState, name: str, v: int) -> None:
    """As if registration's fact, or an older version of our own item, had held more than it should."""
    world.cloud.use("announcements")
    fact = world.person(1, v=v, pid="pidofsomebody", state=state)
    widened = PersonListed.model_construct(**{**fact.model_dump(), name: SECRET})
    institution_store.keep_people([widened if name != "state" else fact])
    key = {"pk": f"A#{CODE}", "sk": "P#pidofsomebody"}
    dynamodb.transact([dynamodb.update(settings().table, key, values={name: SECRET})])
    rows = [listed.row for listed in institution_store.listed_people(CODE)]
    assert bool(rows) == (state in ON_PREFINAL_LIST)
    pages = everything(institution_store.load_institution(CODE), rows) if rows else ""
    assert SECRET not in pages
    assert "pidofsomebody" not in pages
    dynamodb.transact([dynamodb.delete(settings().table, key)])


@given(state=st.sampled_from(PersonState))
def test_pages_do_not_depend_on_a_state(state: PersonState) -> None:
    row = Row("Orang Contoh", "REG1", "Dinas", "Guru", Category.NON_ASN)
    pages = everything(Institution(CODE, "Contoh", Phase.PRAFINAL, 1, CLOSES), [row])
    assert pages.count(state.value) == words().count(state.value)


def test_a_verdict_is_not_even_stored(world: World) -> None:
    world.tell(*(world.person(n, state=state) for n, state in enumerate(PersonState)))
    stored = list(dynamodb.query_all(settings().table, dynamodb.KeyPart("pk").eq(f"A#{CODE}")))
    people = [item for item in stored if item["sk"].startswith("P#")]
    assert len(people) == len(PersonState)
    held = {value for item in people for value in item.values()}
    assert held & {state.value for state in PersonState} == {"DRAF", "KONFLIK"}, "who waits, for who proposed him"
    assert {frozenset(item) for item in people} == {
        frozenset({"pk", "sk", "v"}),
        frozenset({"pk", "sk", "v", "waits"}),
        frozenset({"pk", "sk", "v", "nama", "registration_number", "unit", "jab", "category", "g1pk", "g1sk"}),
    }
    bare = {state for n, state in enumerate(PersonState) for item in people if item == bare_item(n)}
    assert bare == {PersonState.TIDAK_MEMENUHI_SYARAT, PersonState.PINDAH, PersonState.DIHAPUS}, "a verdict is not told"


def bare_item(n: int) -> dict[str, Any]:
    return {"pk": f"A#{CODE}", "sk": f"P#pid{n:04d}xyz", "v": 1}


def test_the_whole_site_of_a_day_holds_no_secret(world: World) -> None:
    secrets = [f"pid{n:04d}xyz" for n in range(len(PersonState))]
    world.prefinal(*(world.person(n, state=state) for n, state in enumerate(PersonState)))
    site = world.site()
    told = "".join(site.values())
    for secret in secrets:
        assert secret not in told
        assert secret not in "".join(site)
    index: dict[str, Any] = json.loads(site[f"pengumuman/{CODE}/index.json"])
    assert {len(item) for item in index["items"]} == {len(Row._fields)}
    assert templates.LANGUAGES == ("id", "en")
