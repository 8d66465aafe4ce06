"""How many usulan and tanggapan an institution received, and how many were decided in time: public, as counts alone."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.announcements.adapters import case_store
from services.announcements.model.case_counts import CaseOutline, count_cases
from services.kernel import clock
from services.kernel.cases import CaseKind, CaseLevel, CaseState
from services.kernel.cases.number import read_case_number
from services.kernel.events.facts import CaseMoved
from services.kernel.security.sessions import Role
from services.kernel.states import Phase
from tests.announcements.world import CODE, NIK, NOON, OTHER, Filed, World

PAGE = f"pengumuman/{CODE}/laporan/index.html"
REFUSAL: Any = {"accepted": False, "reason": "BUKAN_PEGAWAI", "text": "Orang ini tidak bekerja di instansi kami."}
SECOND = "9901011705900002"


@pytest.fixture(autouse=True)
def _open(world: World) -> None:
    world.open_round()
    world.published(world.opened(), world.phase(Phase.PRAFINAL))
    world.minute()


def moved(world: World, filed: Filed, kind: CaseKind = CaseKind.USULAN) -> None:
    """The fact by which the counts are made anew, and two minutes."""
    number = read_case_number(filed.number) or ""
    case = case_store.load(number)
    assert case is not None
    fact = CaseMoved(institution=CODE, v=case.v, case=number, kind=kind, state=case.state, level=CaseLevel.INSTANSI)
    world.tell(fact)
    world.minute(2)


def counts(world: World, kind: str = "Usulan") -> list[int]:
    """Received, waiting, decided, in time, closed, as the page says them."""
    row = world.page(PAGE).partition(f">{kind}</td>")[2].partition("</tr>")[0]
    return [int(cell.rpartition(">")[2]) for cell in row.split("</td>")[:5]]


def test_there_is_a_page_before_anybody_reported_anything(world: World) -> None:
    assert counts(world) == counts(world, "Tanggapan") == [0] * 5
    assert f'href="/pengumuman/{CODE}/laporan/"' in world.page()
    assert f'href="/en/pengumuman/{CODE}/laporan/"' in world.page(f"en/pengumuman/{CODE}/index.html")
    assert "In time: decided before it was due" in world.page(f"en/{PAGE}")


def test_an_institution_that_has_not_announced_has_one_too(world: World) -> None:
    world.published(world.opened(OTHER, title="Kota Contoh Dua"), world.phase(Phase.PENGINPUTAN, OTHER))
    world.minute()
    assert f'href="/pengumuman/{OTHER}/laporan/"' in world.page(f"pengumuman/{OTHER}/index.html")
    assert f"pengumuman/{OTHER}/laporan/index.html" in world.site()


def test_what_is_decided_counts_by_when_it_was_due(world: World) -> None:
    early, late = world.filed(), world.filed(nik=SECOND)
    moved(world, late)
    assert counts(world) == [2, 2, 0, 0, 0]
    assert world.do(early, "decisions", **REFUSAL).status == 200
    moved(world, early)
    assert counts(world) == [2, 1, 1, 1, 0]
    world.cloud.at(NOON + timedelta(days=10))
    assert world.do(late, "decisions", **REFUSAL).status == 200
    moved(world, late)
    assert counts(world) == [2, 0, 2, 1, 0]


def test_what_is_taken_back_is_closed_and_doubles_count_once(world: World) -> None:
    first, double = world.filed(), world.filed()
    gone = world.filed(nik=SECOND)
    assert world.follow(gone, "/cases/withdrawals").json["state"] == "DICABUT"
    moved(world, gone)
    assert counts(world) == [2, 1, 0, 0, 1]
    assert world.case(first)["joined"] == [double.number]


def test_a_decision_that_was_overturned_counts_from_the_first(world: World) -> None:
    """Moved again when bkn notes its own, it is not late for that."""
    filed = world.filed()
    assert world.do(filed, "decisions", **REFUSAL).status == 200
    world.cloud.at(NOON + timedelta(days=9))
    accepted = {"accepted": True, "reason": "TERBUKTI", "text": "Bukti kerja lengkap; putusan instansi dibatalkan."}
    assert world.do(filed, "decisions", Role.BKN, **accepted).status == 200
    moved(world, filed)
    assert counts(world) == [1, 0, 1, 1, 0]


def test_nothing_of_a_case_is_published(world: World) -> None:
    filed = world.filed()
    moved(world, filed)
    told = "".join(world.site().values())
    for secret in (NIK, "Orang Terlewat", "pelapor@contoh.id", filed.number, "belum terdaftar."):
        assert secret not in told


def test_help_moves_no_count_and_equal_counts_write_nothing(world: World) -> None:
    filed = world.filed()
    moved(world, filed)
    before = world.writes()
    moved(world, filed, CaseKind.BANTUAN)
    moved(world, filed)
    assert world.writes() == before


_AT = datetime(2022, 10, 5, 12, tzinfo=clock.WIB)
_OUTLINES = st.builds(
    lambda kind, state, late, joined: CaseOutline(
        kind,
        state,
        _AT,
        _AT + timedelta(milliseconds=0 if late else -1) if state in {CaseState.DIPUTUS, CaseState.DITOLAK} else None,
        joined,
    ),
    st.sampled_from(CaseKind),
    st.sampled_from(CaseState),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(_OUTLINES), st.sampled_from(CaseKind))
def test_every_case_is_waiting_decided_or_closed(cases: list[CaseOutline], kind: CaseKind) -> None:
    counted = count_cases(cases, kind)
    own = [case for case in cases if case.kind is kind and not case.joined]
    assert counted.received == len(own) == counted.waiting + counted.decided + counted.closed
    assert counted.in_time == sum(case.decided_at is not None and case.decided_at < _AT for case in own)
