"""What a list makes of one record, held against an oracle that compares every title with every other."""

import re
from dataclasses import replace
from datetime import date
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from services.kernel.states import PersonState
from services.registration.dossiers.assess_dossier import assess_dossier
from services.registration.eligibility.advice import Advice, Criterion
from services.registration.eligibility.blocklist import BlockedTitle, Blocklist
from services.registration.eligibility.rules import RuleSet
from services.registration.eligibility.rules_2022 import RULES_2022
from services.registration.model.dossier import Dossier
from services.registration.model.person_row import PersonRow
from services.registration.model.person_states import Action
from services.registration.model.private import NotedDecision
from services.registration.model.title_list import Effect
from services.registration.rows.new_person import with_row
from services.registration.titles.rerun import rerun, touches
from tests.registration.listed import IN_TIME, ROW
from tests.registration.model.test_person_states import person as someone

WORDS = ("sopir", "satpam", "juru", "masak", "kantor")
TITLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join)
LISTS = st.lists(TITLES, unique=True, max_size=3)


def rules(titles: list[str], version: str = "2022.3-T9") -> RuleSet:
    listed = (BlockedTitle(title, "Surat B/77", date(2022, 8, 30)) for title in titles)
    return replace(RULES_2022, version=version, blocklist=Blocklist(listed))


def met(title: str, titles: list[str]) -> tuple[Advice, str | None]:
    """The slow oracle of domain.md, section 5: the title itself, else the first whose words stand together in it."""
    words = re.findall(r"\w+", title.casefold())
    for listed in titles:
        if listed.split() == words:
            return Advice.TIDAK, listed
    for listed in titles:
        wanted = listed.split()
        if any(words[at : at + len(wanted)] == wanted for at in range(len(words))):
            return Advice.PERLU_DITINJAU, listed
    return Advice.LOLOS, None


def dossier(title: str, before: RuleSet, state: PersonState) -> Dossier:
    """Somebody with this title, advised and perhaps decided upon under rules of before."""
    listed = with_row(someone(PersonState.TERDAFTAR), cast("PersonRow", {**ROW, "jabatan": title}))
    person = assess_dossier(listed, (), (), rules=before)
    if state is not PersonState.TERDAFTAR:
        action = Action.QUALIFY if state is PersonState.MEMENUHI_SYARAT else Action.DISQUALIFY
        person = assess_dossier(person.moved(action, IN_TIME), (), (), rules=before)
        noted = NotedDecision(0, "1.staff", state, "alasan", Advice(person.overall), before.version)
        person = replace(person, private=replace(person.private, decisions=(noted,)))
    return Dossier(person, (), ())


@given(
    title=TITLES,
    old=LISTS,
    new=LISTS,
    state=st.sampled_from([PersonState.TERDAFTAR, PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT]),
)
def test_advice_and_verdict_follow_the_oracle(title: str, old: list[str], new: list[str], state: PersonState) -> None:
    before, after = rules(old, "before"), rules(new)
    found = rerun(dossier(title, before, state), after, lambda _: before.blocklist, IN_TIME)
    was, now = met(title, old), met(title, new)
    is_decided = state is not PersonState.TERDAFTAR
    if was == now or (is_decided and was[1] == now[1]):
        assert found is None
        return
    assert found is not None
    advised = next(one for one in found.after.assessment.criteria if one.criterion is Criterion.JABATAN)
    assert (advised.advice, advised.inputs["daftar"]) == now
    assert found.after.assessment.rule_version == after.version
    assert found.title == (now[1] or was[1])
    named = {Advice.TIDAK: "blocked", Advice.PERLU_DITINJAU: "doubted", Advice.LOLOS: "freed"}[now[0]]
    assert found.effect == replace(Effect(voided=int(is_decided)), **{named: 1})
    assert found.after.is_decided is False
    assert found.after.private.voided == ({Criterion.JABATAN} if is_decided else set())
    again = replace(found.after, v=found.after.v + 1)
    assert rerun(Dossier(again, (), ()), after, lambda _: before.blocklist, IN_TIME) is None


@given(title=TITLES, old=st.lists(LISTS, min_size=1, max_size=3), new=LISTS)
def test_who_is_not_touched_is_met_as_ever(title: str, old: list[list[str]], new: list[str]) -> None:
    """Records that the index alone rules out are those that the question would not change."""
    if touches(rules(new), [rules(each).blocklist for each in old])(title):
        return
    for each in old:
        before = rules(each, "before")
        for state in (PersonState.TERDAFTAR, PersonState.MEMENUHI_SYARAT):
            found = rerun(dossier(title, before, state), rules(new), lambda _, b=before: b.blocklist, IN_TIME)  # type: ignore[misc]
            assert found is None


def test_no_other_criterion_takes_a_verdict_away() -> None:
    """A record whose papers came since is advised otherwise on service too; the run looks at the title alone."""
    stale = dossier("guru kelas", rules([], "before"), PersonState.MEMENUHI_SYARAT)
    row = {**stale.person.row, "tanggal_mulai": "2021-12-01", "tanggal_sk": "2021-12-01"}
    moved = replace(stale.person, private=replace(stale.person.private, row=row))  # type: ignore[arg-type]
    assert rerun(Dossier(moved, (), ()), rules(["sopir"]), lambda _: RULES_2022.blocklist, IN_TIME) is None


def test_a_title_that_left_the_list_frees_and_one_renamed_by_its_letter_alone_does_not() -> None:
    listed = dossier("sopir", rules(["sopir"], "before"), PersonState.TIDAK_MEMENUHI_SYARAT)
    freed = rerun(listed, rules(["satpam"]), lambda _: rules(["sopir"]).blocklist, IN_TIME)
    assert freed is not None
    assert (freed.effect, freed.title) == (Effect(freed=1, voided=1), "sopir")
    other_letter = replace(RULES_2022, blocklist=Blocklist([BlockedTitle("sopir", "Surat B/99", date(2022, 9, 1))]))
    assert rerun(listed, other_letter, lambda _: rules(["sopir"]).blocklist, IN_TIME) is None


def test_what_stands_of_a_verdict_void_on_another_criterion_ends_too_and_a_return_left_nothing_to_end() -> None:
    """Void on service already, and undecided since: the verdict on the title still stood beside it."""
    decided = dossier("sopir", rules([], "before"), PersonState.MEMENUHI_SYARAT).person
    half = decided.voided(frozenset({Criterion.MASA_KERJA}), IN_TIME)
    found = rerun(Dossier(half, (), ()), rules(["sopir"]), lambda _: rules([]).blocklist, IN_TIME)
    assert found is not None
    assert found.after.private.voided == {Criterion.MASA_KERJA, Criterion.JABATAN}
    given_back = replace(decided.private.decisions[-1], decision=PersonState.DIKEMBALIKAN)
    returned = replace(half, private=replace(half.private, decisions=(given_back,), voided=frozenset()))
    found = rerun(Dossier(returned, (), ()), rules(["sopir"]), lambda _: rules([]).blocklist, IN_TIME)
    assert found is not None
    assert (found.after.private.voided, found.effect) == (frozenset(), Effect(blocked=1))
