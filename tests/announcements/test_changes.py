"""How a final list differs from the pre-final one: who was added, who left, what changed; never why."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.announcements.model.change import Change, ChangeKind
from services.announcements.model.institution import Institution, Prefinal, Row
from services.announcements.pages.build_changes import build_changes
from services.announcements.pages.build_list import ROWS_A_PAGE
from services.announcements.pages.find_changes import compare
from services.kernel import clock
from services.kernel.events.facts import PersonListed
from services.kernel.security.findings import PublishedField, RowFinding
from services.kernel.security.personal_numbers import PersonalNumber
from services.kernel.states import Category, PersonState, Phase
from tests.announcements.world import CODE, NOON, World

PAGE = f"pengumuman/{CODE}/perubahan/index.html"


def sealed(world: World, before: list[PersonListed], after: list[PersonListed]) -> None:
    """An institution whose pre-final list held some, and whose final one holds others."""
    world.prefinal(*before)
    world.tell(world.numbered_list(before))
    world.published(world.phase(Phase.FINAL, v=3), world.sealed_list(after))


def test_who_was_added_who_left_and_what_changed_stands_on_a_page(world: World) -> None:
    before = [world.person(n) for n in (1, 2, 3)]
    sealed(world, before, [world.person(1), world.person(2, jabatan="Perawat"), world.person(4)])
    page = world.page(PAGE)
    assert "nomor 1" in page
    assert "1 nama tidak ada lagi" in page
    assert "1 nama ditambahkan" in page
    assert "1 nama berubah isinya" in page
    assert "Perawat<br>" in page
    assert "sebelumnya: Guru" in page
    assert "Orang Contoh 0001" not in page, "nothing changed of him"
    assert [page.index(f"Orang Contoh {n:04d}") for n in (3, 4, 2)] == sorted(
        page.index(f"Orang Contoh {n:04d}") for n in (3, 4, 2)
    )
    assert 'content="noindex' in page
    assert "before: Guru" in world.page(f"en/{PAGE}")


def test_the_final_list_counts_them_and_leads_there(world: World) -> None:
    sealed(world, [world.person(1), world.person(2)], [world.person(1)])
    page = world.page()
    assert "1 nama tidak ada lagi, 0 nama ditambahkan, 0 nama berubah isinya." in page
    assert f'href="/pengumuman/{CODE}/perubahan/"' in page


def test_equal_lists_are_said_to_be_equal(world: World) -> None:
    sealed(world, [world.person(1)], [world.person(1)])
    assert "Tidak ada perubahan" in world.page(PAGE)


def test_no_reason_and_no_state_is_told(world: World) -> None:
    """Who left was found not eligible, was not decided on, or was taken off: the page is the same."""
    before = [world.person(1), world.person(2)]
    world.prefinal(*before)
    world.tell(world.numbered_list(before), world.person(2, v=2, state=PersonState.TIDAK_MEMENUHI_SYARAT))
    world.published(world.phase(Phase.FINAL, v=3), world.sealed_list([world.person(1)]))
    one = world.page(PAGE)
    world.tell(world.person(2, v=3, state=PersonState.DIHAPUS))
    world.published(world.phase(Phase.FINAL, v=4))
    assert world.page(PAGE) == one
    assert "TIDAK_MEMENUHI_SYARAT" not in one


def test_a_row_with_a_number_of_his_own_shows_its_registration_number_only(world: World) -> None:
    """Found by registration in the pre-final list, or in the final one: neither list's cells are shown."""
    before = [world.person(1), world.person(2)]
    world.prefinal(*before)
    numbered = world.numbered_list(before)
    found = RowFinding(nomor_registrasi="REG000001", v=1, field=PublishedField.JABATAN, kind=PersonalNumber.DATE)
    world.found_in(numbered.list_key, found)
    final = [world.person(2, jabatan="Guru 0812-0000-0001")]
    world.tell(numbered)
    world.published(world.phase(Phase.FINAL, v=3), world.sealed_list(final))
    page = world.page(PAGE)
    assert page.count("(disunting)") == 8
    assert "REG000001" in page
    assert "Orang Contoh" not in page
    assert "0812" not in "".join(world.site().values())


def test_without_a_list_to_compare_with_there_is_no_page(world: World) -> None:
    world.prefinal(world.person(1), world.person(2))
    wrong = world.numbered_list([world.person(1)]).model_copy(update={"root": "0" * 64})
    world.tell(wrong)
    world.published(world.phase(Phase.FINAL, v=3), world.sealed_list([world.person(1)]))
    assert PAGE not in world.site()
    assert "Dibandingkan" not in world.page()


def test_a_pre_final_list_has_none_and_reopening_takes_it_down(world: World) -> None:
    sealed(world, [world.person(1)], [])
    assert PAGE in world.site()
    world.published(world.phase(Phase.PRAFINAL, v=4, epoch=2))
    assert PAGE not in world.site()


def test_after_thirty_days_the_names_go_and_the_counts_stay(world: World) -> None:
    """Domain.md, section 8: the pre-final list goes 30 days after the final one."""
    sealed(world, [world.person(1), world.person(2)], [world.person(1)])
    until = clock.now() + timedelta(days=30)
    world.cloud.at(until - timedelta(minutes=2))
    world.publish()
    assert "Orang Contoh 0002" in world.page(PAGE)
    world.cloud.at(until)
    world.publish()
    assert "Orang Contoh 0002" not in "".join(world.site().values())
    assert PAGE not in world.site()
    assert "1 nama tidak ada lagi" in world.page()
    assert "/perubahan/" not in world.page()


def test_pages_hold_no_more_than_a_list_does() -> None:
    rows = [Row(f"Orang {n:04d}", f"REG{n:06d}", "Dinas", "Guru", Category.NON_ASN) for n in range(ROWS_A_PAGE + 1)]
    institution = Institution(CODE, "Kabupaten Contoh", prefinal=Prefinal(1, len(rows), "ab" * 32))
    changes = [Change(ChangeKind.LEFT, row.nomor_registrasi, row, None) for row in rows]
    made = {each.key: each.content.decode() for each in build_changes(institution, changes, NOON)}
    assert made[PAGE].count('class="govuk-table__row"') == ROWS_A_PAGE + 1
    assert f'rel="next" href="/pengumuman/{CODE}/perubahan/2/"' in made[PAGE]
    assert "Orang 0200" in made[f"en/pengumuman/{CODE}/perubahan/2/index.html"]
    shuffled = {each.key: each.content.decode() for each in build_changes(institution, changes[::-1], NOON)}
    assert shuffled == made


_ROWS = st.dictionaries(st.sampled_from("ABCDE"), st.sampled_from(("Guru", "Perawat")))


@given(before=_ROWS, after=_ROWS)
def test_changes_lead_from_one_list_to_the_other(before: dict[str, str], after: dict[str, str]) -> None:
    def rows(jobs: dict[str, str]) -> list[Row]:
        return [Row("Orang", number, "Dinas", job, Category.NON_ASN) for number, job in jobs.items()]

    old = {row.nomor_registrasi: row for row in rows(before)}
    for change in compare(rows(before), rows(after)):
        assert (change.before is None, change.after is None) == {
            ChangeKind.ADDED: (True, False),
            ChangeKind.LEFT: (False, True),
            ChangeKind.CHANGED: (False, False),
        }[change.kind]
        old.pop(change.nomor_registrasi, None)
        if change.after:
            old[change.nomor_registrasi] = change.after
    assert old == {row.nomor_registrasi: row for row in rows(after)}
