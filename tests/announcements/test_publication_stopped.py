"""Before the seal: a row with a personal number stops its institution's publication until it is mended, and is told."""

import json
from typing import Any

import pytest

from services.announcements.adapters import institution_store
from services.announcements.model.institution import Summary
from services.announcements.pages.record_publication import MAX_PLACES
from services.kernel.events.facts import PersonListed
from services.kernel.security.findings import Finding, PublishedField, RowFinding
from services.kernel.security.personal_numbers import PersonalNumber
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState, Phase
from tests.announcements.world import CODE, OTHER, World
from tests.support.large import LARGE
from tools.sample.planted import NIK, PLANTED

FIELDS = ("nama", "unit_kerja", "jabatan")
PLACES = [
    pytest.param(field, text, kind, id=f"{name}-{field}")
    for turn, (name, (text, kind)) in enumerate(PLANTED.items())
    for at, field in enumerate(FIELDS)
    if LARGE or turn % len(FIELDS) == at
]
"""Where what is planted: by day one field for each text, by turns; test_scan.py finds each in each field."""
OWN = Finding(PublishedField.NAMA, PersonalNumber.BIRTH_DATE)


def nothing_of(world: World, text: str, caplog: pytest.LogCaptureFixture | None = None) -> None:
    """The canary: no object of the site, no log line and no answer to staff holds the planted text."""
    for key, content in world.site().items():
        assert text not in content, key
    for role in (Role.ADMIN, Role.BKN, Role.AUDITOR):
        assert text not in json.dumps(world.publication(role), ensure_ascii=False)
    for record in caplog.records if caplog else ():
        assert text not in str(record.__dict__)


@pytest.mark.parametrize(("name", "text", "kind"), PLACES)
def test_the_last_good_edition_stays_until_the_row_is_mended(
    world: World, caplog: pytest.LogCaptureFixture, name: str, text: str, kind: PersonalNumber
) -> None:
    world.prefinal(world.person(1), world.person(2))
    site, writes = world.site(), world.writes()
    world.published(world.person(2, v=2, **{name: f"Contoh {text}"}), world.person(3))
    world.minute()
    assert (world.site(), world.writes()) == (site, writes)
    nothing_of(world, text, caplog)
    view = world.publication(Role.ADMIN)
    assert (view["state"], view["rows"]) == ("BERHENTI", 1)
    assert view["findings"] == [
        {"nomor_registrasi": "REG000002", "person": "pid0002xyz", "field": name, "kind": kind.value}
    ]
    assert [getattr(one, "line", "") for one in caplog.records].count("ANN004") == 1
    world.published(world.person(2, v=3))
    assert len(world.names()) == 3
    assert world.publication() == {
        "state": "BERJALAN",
        "since": None,
        "rows": 0,
        "findings": [],
        "releases": [],
        "approvers_needed": 2,
    }
    assert ">3<" in world.page("pengumuman/index.html")


def test_deleting_the_row_lets_it_go_on(world: World) -> None:
    world.prefinal(world.person(1))
    world.published(world.person(2, nama=f"Siti {NIK}"))
    assert world.publication()["state"] == "BERHENTI"
    world.published(world.person(2, v=2, nama=f"Siti {NIK}", state=PersonState.DIHAPUS))
    assert world.names() == ["Orang Contoh 0001"]
    assert world.publication()["state"] == "BERJALAN"
    nothing_of(world, NIK)


def test_a_first_list_is_not_published_at_all(world: World) -> None:
    world.prefinal(world.person(1), world.person(2, jabatan=f"Guru {NIK}"))
    assert f"pengumuman/{CODE}/index.json" not in world.site()
    assert "pengumuman/index.html" not in world.site()
    assert world.publication()["state"] == "BERHENTI"
    world.published(world.person(2, v=2))
    world.minute()
    assert len(world.names()) == 2
    assert "Prafinalisasi (uji publik)" in world.page("pengumuman/index.html")


def test_one_institution_stops_no_other(world: World) -> None:
    world.prefinal(world.person(1, nama=f"Siti {NIK}"))
    world.prefinal(world.person(1, OTHER), code=OTHER)
    assert world.names(OTHER) == ["Orang Contoh 0001"]
    assert world.publication(Role.BKN, OTHER)["state"] == "BERJALAN"


def test_a_row_nobody_publishes_stops_nothing(world: World) -> None:
    """Before pre-finalizing, and where a person is not to be listed."""
    world.published(world.opened(), world.phase(Phase.PENGINPUTAN), world.person(1, nama=f"Siti {NIK}"))
    assert world.publication()["state"] == "BERJALAN"
    world.published(world.person(1, v=2, nama=f"Siti {NIK}", state=PersonState.TIDAK_MEMENUHI_SYARAT))
    world.published(world.phase(Phase.PRAFINAL, v=3), world.person(2))
    assert world.names() == ["Orang Contoh 0002"]


@pytest.mark.parametrize(("text", "kind"), PLANTED.values(), ids=PLANTED)
def test_a_name_of_an_institution_stops_it_and_its_line(
    world: World, caplog: pytest.LogCaptureFixture, text: str, kind: PersonalNumber
) -> None:
    world.prefinal(world.person(1))
    site, writes = world.site(), world.writes()
    world.published(world.opened(v=2, title=f"Kabupaten {text}"), world.person(2))
    world.minute()
    assert (world.site(), world.writes()) == (site, writes)
    nothing_of(world, text, caplog)
    view = world.publication()
    assert (view["state"], view["rows"]) == ("BERHENTI", 0)
    assert view["findings"] == [{"nomor_registrasi": None, "person": None, "field": "instansi", "kind": kind.value}]
    listed = world.get("/publications", world.cloud.token(Role.BKN)).json["items"]
    assert [(one["code"], one["name"]) for one in listed] == [(CODE, f"Instansi {CODE}")]
    world.published(world.opened(v=3, title="Kabupaten Contoh Baru"))
    assert "Kabupaten Contoh Baru" in world.page("pengumuman/index.html")
    assert len(world.names()) == 2


def test_a_name_stops_a_final_list_too(world: World) -> None:
    """Bkn can mend it at any time, so there is nothing to withhold."""
    world.prefinal(world.person(1))
    world.published(world.opened(v=2, title=f"Kabupaten {NIK}"), world.sealed_list([world.person(1)]))
    assert "PRAFINAL" in world.page()
    assert world.publication()["state"] == "BERHENTI"
    world.published(world.opened(v=3))
    assert "FINAL: daftar bersegel" in world.page()


def test_what_only_registration_can_tell_stops_it(world: World) -> None:
    """His birth date in words: the fact of the row says so, in the words of no pattern here."""
    world.prefinal(world.person(1))
    site = world.site()
    planted = world.person(2, nama="Siti 17 Mei 1990", found=(OWN,))
    world.published(planted)
    assert world.site() == site
    assert world.publication()["findings"][0]["kind"] == "birth-date"
    world.published(planted.model_copy(update={"v": 2, "found": ()}))
    assert world.names() == ["Orang Contoh 0001", "Siti 17 Mei 1990"]


def numbered(world: World, *found: RowFinding) -> None:
    """The numbered list was made, and searched as registration does."""
    key = f"lists/{CODE}/prefinal-1.jsonl"
    world.found_in(key, *found)
    world.published(world.numbered(1).model_copy(update={"list_key": key}))


def test_what_is_found_late_comes_down_until_the_row_moves(world: World) -> None:
    """Registration found it when it made the list: by a contact that became known, or in what an older version kept."""
    world.prefinal(world.person(1, v=3, nama="Siti 17 Mei 1990"), world.person(2))
    assert "Siti 17 Mei 1990" in world.names()
    numbered(world, RowFinding(nomor_registrasi="REG000001", v=4, field=OWN.field, kind=OWN.kind))
    world.minute()
    nothing_of(world, "17 Mei 1990")
    assert "Orang Contoh 0002" not in "".join(world.site().values())
    assert "Daftar sedang diperiksa" in world.page()
    assert "The list is being looked at" in world.page(f"en/pengumuman/{CODE}/index.html")
    assert f'href="/pengumuman/{CODE}/"' not in world.page("pengumuman/index.html")
    assert world.publication()["findings"][0]["nomor_registrasi"] == "REG000001"
    writes = world.writes()
    world.published(world.person(2, v=2, jabatan="Kepala"))
    assert world.writes() == writes
    world.published(world.person(1, v=5))
    world.minute()
    assert world.names() == ["Orang Contoh 0001", "Orang Contoh 0002"]
    assert "prafinalisasi nomor 1" in world.page()
    assert f'href="/pengumuman/{CODE}/"' in world.page("pengumuman/index.html")


def test_a_row_that_stands_with_another_text_stays(world: World) -> None:
    """Only its unit changed; the name that was published is not the one in which something was found."""
    world.prefinal(world.person(1))
    site = world.site()
    world.published(world.person(1, v=2, unit_kerja="Puskesmas 0812-3456-7890"))
    assert world.site() == site


def test_a_name_that_stands_comes_down_too(world: World) -> None:
    """As if an older version had published it."""
    world.prefinal(world.person(1))
    name = "Kabupaten 0812-3456-7890"
    institution_store.keep_summary(Summary(CODE, name, Phase.PRAFINAL, 1, sptjm=False))
    world.published(world.opened(v=2, title=name))
    world.minute()
    nothing_of(world, "0812-3456-7890")
    assert f"Instansi {CODE}" in world.page()
    assert f"Instansi {CODE}" in world.page("pengumuman/index.html")


def test_a_numbered_list_in_which_nothing_was_found_is_shown(world: World) -> None:
    world.prefinal(world.person(1))
    numbered(world)
    assert "prafinalisasi nomor 1" in world.page()


def test_a_unit_s_number_stands_in_all_its_rows_and_is_counted(world: World) -> None:
    many = [world.person(n, unit_kerja="Puskesmas 0812-3456-7890") for n in range(1, MAX_PLACES + 6)]
    world.prefinal(*many)
    view = world.publication()
    assert (view["rows"], len(view["findings"])) == (MAX_PLACES + 5, MAX_PLACES)
    assert view["findings"][0]["nomor_registrasi"] == "REG000001"


def test_since_stays_while_it_is_stopped_and_one_line_tells(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.prefinal(world.person(1, nama=f"Siti {NIK}"))
    since = world.publication()["since"]
    world.published(world.person(2))
    world.published(world.person(3, nama=f"Ani {NIK}"))
    view = world.publication()
    assert (view["since"], view["rows"]) == (since, 2)
    counts = [getattr(one, "count", 0) for one in caplog.records if getattr(one, "line", "") == "ANN004"]
    assert counts == [1, 2]


def figures(capsys: pytest.CaptureFixture[str]) -> tuple[float, float]:
    """The last figures told to the alarms."""
    lines = [line for line in capsys.readouterr().out.splitlines() if '"PublicationsStopped"' in line]
    told: dict[str, Any] = json.loads(lines[-1])
    return told["PublicationsStopped"][0], told["RowsWithheld"][0]


def test_the_alarms_hear_of_it_every_minute(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.prefinal(world.person(1))
    assert figures(capsys) == (0, 0)
    planted: PersonListed = world.person(2, nama=f"Siti {NIK}")
    world.published(planted)
    world.minute(minutes=60)
    assert figures(capsys) == (1, 0)
    world.published(world.sealed_list([planted]))
    assert figures(capsys) == (0, 1)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_read_it(world: World, role: Role) -> None:
    world.prefinal(world.person(1, nama=f"Siti {NIK}"))
    national = role in {Role.BKN, Role.AUDITOR}
    own = world.get(f"/institutions/{CODE}/publication", world.cloud.token(role, None if national else CODE))
    foreign = world.get(f"/institutions/{CODE}/publication", world.cloud.token(role, None if national else OTHER))
    nobody = world.get(f"/institutions/{OTHER}/publication", world.cloud.token(role, None if national else OTHER))
    everybody = world.get("/publications", world.cloud.token(role, None if national else CODE))
    reads = national or role is Role.ADMIN
    assert own.status == (200 if reads else 403)
    assert foreign.status == (200 if national else 404 if reads else 403)
    assert nobody.status == (404 if reads else 403)
    assert everybody.status == (200 if national else 403)


def test_nobody_reads_it_without_signing_in(world: World) -> None:
    assert world.get(f"/institutions/{CODE}/publication").status == 401
    assert world.get("/publications").status == 401


def test_what_was_found_is_not_stored_with_it(world: World) -> None:
    world.prefinal(world.person(1, nama=f"Siti {NIK}"))
    kept = [item for item in world.cloud.items("AnnTable") if item["sk"] == f"X#{CODE}"]
    assert len(kept) == 1
    assert NIK not in str(kept)
    assert institution_store.summaries() == []
