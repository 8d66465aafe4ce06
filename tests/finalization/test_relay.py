"""What the others are told, from an empty portal to the accepted statement."""

from typing import Any

from services.finalization.model.sptjm_states import SptjmState
from services.kernel.events.facts import FACTS
from tests.finalization.world import ACCEPT, CLOSES, CONFIRMED, SHA256, World, later


def told(world: World) -> list[tuple[str, dict[str, Any]]]:
    envelopes = world.facts()
    for envelope in envelopes:
        FACTS[envelope["detail-type"]].model_validate(envelope["detail"])
        assert envelope["source"] == "pendataan.finalization"
    return [(envelope["detail-type"], envelope["detail"]) for envelope in envelopes]


def names(facts: list[tuple[str, dict[str, Any]]]) -> list[str]:
    return [name for name, _ in facts]


def test_the_whole_way(world: World) -> None:
    world.open()
    (_, opened), (_, phase) = told(world)
    assert (opened["institution"], opened["v"], opened["title"]) == ("9901", 1, "Kabupaten Contoh Satu")
    assert (opened["kind"], opened["at"]) == ("KABUPATEN", "2022-09-01T05:00:00Z") or opened["at"]
    assert (phase["phase"], phase["epoch"], phase["v"], phase["sptjm_state"]) == ("BELUM_MULAI", 1, 1, "BELUM")
    assert phase["correction_closes"] == "2022-10-22T10:00:00Z"

    world.listed("aaaa", "MEMENUHI_SYARAT")
    world.listed("bbbb", "MEMENUHI_SYARAT")
    ((name, phase),) = told(world)
    assert (name, phase["phase"], phase["v"]) == ("institution.phase_changed", "PENGINPUTAN", 2)

    world.post("prefinalization", {})
    (_, phase), (name, prefinal) = told(world)
    assert (name, prefinal["v"]) == ("institution.prefinalized", 1)
    assert (phase["phase"], phase["epoch"], phase["v"]) == ("PRAFINAL", 2, 3)

    world.extend({"VERIFICATION": later(CLOSES, days=1), "CORRECTION": later(CLOSES, days=1)})
    ((_, phase),) = told(world)
    assert (phase["phase"], phase["epoch"], phase["correction_closes"]) == ("PRAFINAL", 3, "2022-11-01T10:00:00Z")

    world.post("finalization", CONFIRMED)
    assert names(told(world)) == ["institution.phase_changed"]

    world.pass_drain()
    world.lock_due()
    (_, phase), (name, locked) = told(world)
    assert phase["phase"] == "FINAL"
    assert (name, locked["v"], locked["locked_at"]) == ("institution.locked", 4, locked["locked_at"])

    world.roster_sealed()
    (_, phase), (name, sealed) = told(world)
    assert (name, sealed["v"], sealed["root"]) == ("institution.sealed", 4, SHA256)
    assert (sealed["thk2"], sealed["non_asn"], sealed["list_key"]) == (1, 1, "lists/9901.json")

    world.get("sptjm/document")
    world.hand_in()
    world.decide(ACCEPT)
    steps = told(world)
    assert [fact["sptjm_state"] for _, fact in steps] == [
        SptjmState.DIBUAT.value,
        SptjmState.DIUNGGAH.value,
        SptjmState.DITERIMA.value,
    ]
    assert steps[-1][1]["phase"] == "SPTJM_DITERIMA"


def test_who_never_started_is_told_of_too(world: World) -> None:
    world.open()
    told(world)
    world.cloud.at(CLOSES)
    world.pass_drain()
    world.lock_due()
    (_, phase), (name, _) = told(world)
    assert (phase["phase"], name) == ("TIDAK_MENDATA", "institution.locked")


def test_a_new_name_is_told_a_new_ppk_is_nobodys_business(started: World) -> None:
    told(started)
    started.open(ppk={"nama": "Pejabat Baru", "nip": None, "jabatan": "Bupati"})
    assert told(started) == []
    started.open(name="Nama Baru")
    ((name, opened),) = told(started)
    assert (name, opened["title"], opened["v"]) == ("institution.opened", "Nama Baru", started.stored().v)


def test_versions_only_grow(started: World) -> None:
    started.post("prefinalization", {})
    started.extend({"VERIFICATION": later(CLOSES, days=1)})
    versions = [fact["v"] for name, fact in told(started) if name == "institution.phase_changed"]
    assert versions == sorted(set(versions))
    assert versions[-1] == started.stored().v
