import base64
import json
import os
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from services.finalization.adapters import institution_items
from services.finalization.settings import settings
from services.finalization.sptjm.hand_out_sptjm import statement as statement_of
from services.kernel import clock
from services.kernel.aws import clients, dynamodb, s3
from services.kernel.cases import CaseKind
from services.kernel.events.facts import RosterListed
from services.kernel.security.canonical import canonical
from services.kernel.states import Phase
from tests.finalization.world import CLOSES, CONFIRMED, ROSTER_ROOT, SHA256, World, case

KEY = "seals/9901/3.json"


def statement() -> dict[str, object] | None:
    stored = s3.read(os.environ["SEALS_BUCKET"], KEY)
    found: dict[str, object] | None = json.loads(stored) if stored else None
    return found


def manifest() -> dict[str, object]:
    stored = statement()
    assert stored is not None
    found: dict[str, object] = stored["manifest"]  # type: ignore[assignment]
    return found


def locked(world: World) -> World:
    world.post("finalization", CONFIRMED)
    world.pass_drain()
    world.lock_due()
    return world


def test_the_seal_is_recorded_and_its_statement_kept(sealed: World) -> None:
    stored = sealed.stored()
    seal = stored.seal
    assert seal is not None
    assert (seal.epoch, seal.root, seal.count, seal.thk2, seal.non_asn) == (3, SHA256, 2, 1, 1)
    assert stored.phase is Phase.FINAL
    assert [item["sk"] for item in sealed.fin("SEAL#")] == ["SEAL#3"]
    assert manifest() == {
        "format": "pendataan-seal-1",
        "institution": "9901",
        "epoch": 3,
        "locked_at": stored.locked_at.astimezone(clock.WIB).isoformat() if stored.locked_at else None,
        "sealed_at": seal.sealed_at.astimezone(clock.WIB).isoformat(),
        "list": {"root": SHA256, "size": 2, "thk2": 1, "non_asn": 1, "chunks": []},
        "roster": {"root": ROSTER_ROOT, "size": 2, "by_state": {"MEMENUHI_SYARAT": 2}, "chunks": []},
    }


def test_what_was_open_when_it_was_sealed_stands_on_the_statement(prefinal: World) -> None:
    """As it was then: what is decided or filed afterwards changes the paper of another seal alone."""
    locked(prefinal)
    prefinal.tell(case("1", "KEBERATAN"), case("2", "TANGGAPAN"), case("3", "TANGGAPAN"), case("4", "BANTUAN"))
    prefinal.tell(case("5"), case("5", state="DITOLAK", v=2))
    prefinal.roster_sealed()
    prefinal.tell(case("1", "KEBERATAN", "DIPUTUS", v=2), case("6", "KEBERATAN"), case("7", "KEBERATAN"))
    seal = prefinal.stored().seal
    assert seal is not None
    assert seal.open_cases == {"TANGGAPAN": 2, "KEBERATAN": 1}
    (filed,) = prefinal.fin("SEAL#")
    assert filed["open_cases"] == {"TANGGAPAN": 2, "KEBERATAN": 1}
    assert statement_of(prefinal.stored()).open_cases == {CaseKind.TANGGAPAN: 2, CaseKind.KEBERATAN: 1}


def test_the_manifest_is_signed_by_the_key_of_seals(sealed: World) -> None:
    stored = statement()
    assert stored is not None
    der = clients.kms().get_public_key(KeyId=os.environ["SIGNING_KEY_ARN"])["PublicKey"]
    key = serialization.load_der_public_key(der)
    assert isinstance(key, ec.EllipticCurvePublicKey)
    signature = base64.b64decode(str(stored["signature"]))
    content = manifest()
    key.verify(signature, canonical(content), ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        key.verify(signature, canonical({**content, "epoch": 4}), ec.ECDSA(hashes.SHA256()))


def retention(world: World) -> tuple[str, timedelta]:
    head = clients.s3().head_object(Bucket=world.cloud.name("SealsBucket"), Key=KEY)
    return head["ObjectLockMode"], head["ObjectLockRetainUntilDate"] - clock.machine_now()


def test_nobody_can_delete_the_statement(sealed: World) -> None:
    mode, kept = retention(sealed)
    assert mode == "COMPLIANCE"
    assert timedelta(hours=23) < kept <= timedelta(days=1), "a stage that does not say otherwise is a rehearsal"


def test_retention_is_a_setting(prefinal: World) -> None:
    prefinal.cloud.use("finalization", seal_retention_days="3650")
    locked(prefinal).roster_sealed()
    _, kept = retention(prefinal)
    assert timedelta(days=3649) < kept <= timedelta(days=3650), "what prod says (infra/shared.yaml, Rules)"


def test_told_twice_it_is_recorded_once(sealed: World) -> None:
    with sealed.nothing_changes():
        assert sealed.roster_sealed() == []
    assert len(sealed.fin("SEAL#")) == 1


def test_without_its_manifest_kept_nothing_is_recorded(prefinal: World) -> None:
    locked(prefinal)
    prefinal.cloud.use("finalization", seals_bucket="there-is-no-such-bucket")
    with prefinal.nothing_changes():
        assert prefinal.roster_sealed() == ["0"]
    prefinal.cloud.use("finalization", seals_bucket=prefinal.cloud.name("SealsBucket"))
    assert prefinal.roster_sealed() == []
    assert prefinal.stored().seal is not None
    assert statement() is not None


def test_a_run_that_broke_off_goes_on_with_what_it_signed(prefinal: World) -> None:
    locked(prefinal)
    before = prefinal.stored()
    prefinal.roster_sealed()
    first, seal = statement(), prefinal.stored().seal
    unrecorded = replace(before, v=prefinal.stored().v)
    dynamodb.transact(
        [
            dynamodb.put(settings().table, institution_items.to_item(unrecorded)),
            dynamodb.delete(settings().table, {"pk": "F#9901", "sk": "SEAL#3"}),
        ]
    )
    prefinal.cloud.at(clock.now() + timedelta(hours=1))
    assert prefinal.roster_sealed() == []
    assert statement() == first
    assert prefinal.stored().seal == seal


def test_two_rosters_are_never_sealed_under_one_epoch(prefinal: World) -> None:
    locked(prefinal)
    before = prefinal.stored()
    prefinal.roster_sealed()
    unrecorded = replace(before, v=prefinal.stored().v)
    dynamodb.transact([dynamodb.put(settings().table, institution_items.to_item(unrecorded))])
    with prefinal.nothing_changes():
        assert prefinal.roster_sealed(root="ab" * 32) == ["0"]


def test_the_prefinal_list_s_root_joins_its_number(prefinal: World) -> None:
    assert prefinal.get().json["prefinalized"]["hash"] is None
    assert prefinal.tell(RosterListed(institution="9901", v=1, root=SHA256, total=7)) == []
    shown = prefinal.get().json["prefinalized"]
    assert (shown["number"], shown["count"], shown["hash"]) == (1, 7, SHA256)
    with prefinal.nothing_changes():
        assert prefinal.tell(RosterListed(institution="9901", v=1, root=ROSTER_ROOT, total=8)) == []
        assert prefinal.tell(RosterListed(institution="9901", v=2, root=ROSTER_ROOT, total=8)) == []


def test_a_root_without_a_prefinal_list_is_stale(started: World) -> None:
    with started.nothing_changes():
        assert started.tell(RosterListed(institution="9901", v=1, root=SHA256, total=7)) == []


def test_a_seal_of_another_epoch_is_stale(prefinal: World) -> None:
    locked(prefinal)
    with prefinal.nothing_changes():
        assert prefinal.roster_sealed(v=2) == []
        assert prefinal.roster_sealed(v=4) == []
    assert statement() is None


def test_before_the_lock_it_comes_again(prefinal: World) -> None:
    with prefinal.nothing_changes():
        assert prefinal.roster_sealed() == ["0"]


def test_who_never_started_has_nothing_to_seal(world: World) -> None:
    world.open()
    world.cloud.at(CLOSES)
    world.pass_drain()
    world.lock_due()
    with world.nothing_changes():
        assert world.roster_sealed(total=0) == []
    assert world.stored().phase is Phase.TIDAK_MENDATA


def test_rows_that_were_told_of_too_late_are_sealed_after_all(world: World) -> None:
    world.open()
    world.cloud.at(CLOSES)
    world.pass_drain()
    world.lock_due()
    assert world.roster_sealed(total=0, by_state={"BELUM_DIVERIFIKASI": 3}) == []
    assert world.stored().phase is Phase.FINAL
    assert world.gate()[""]["phase"] == "FINAL"


def test_the_sptjm_window_opens_with_the_seal_for_seven_days(sealed: World) -> None:
    stored = sealed.stored()
    assert stored.seal is not None
    assert stored.sptjm.closes == stored.seal.sealed_at + timedelta(days=7)
    (window,) = (w for w in sealed.get().json["windows"] if w["name"] == "SPTJM")
    assert datetime.fromisoformat(window["closes"]) == stored.sptjm.closes
    assert window["open"] is True


def test_reading_the_seal(prefinal: World) -> None:
    answer = prefinal.get("seal")
    assert (answer.status, answer.code) == (404, "not-found")
    assert answer.json["detail"] == "Daftar instansi ini belum disegel."
    locked(prefinal).roster_sealed()
    answer = prefinal.get("seal")
    assert (answer.json["epoch"], answer.json["root"], answer.json["count"]) == (3, SHA256, 2)
