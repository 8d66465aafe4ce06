"""No SPTJM is printed that names an institution or a PPK by something that holds a personal number."""

from dataclasses import replace

import pytest

from services.finalization.adapters import store
from services.finalization.model.institution import Institution
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.aws import clients
from tests.finalization.world import World
from tools.sample.planted import PLANTED


def with_words(institution: Institution, field: str, words: str) -> Institution:
    assert institution.ppk is not None
    if field == "instansi":
        return replace(institution, title=words)
    return replace(institution, ppk=replace(institution.ppk, **{field.removeprefix("ppk_"): words}))


def record(world: World, field: str, words: str) -> None:
    """As an older version took it, or a hand in the table."""
    present = world.stored()
    store.save(present, with_words(present, field, words), Event("bkn", "institution.recorded", clock.now(), {}))


def papers(world: World) -> int:
    found = clients.s3().list_objects_v2(Bucket=world.cloud.name("ExportsBucket"), Prefix="tmp/")
    return len(found.get("Contents", []))


@pytest.mark.parametrize("field", ["instansi", "ppk_nama", "ppk_jabatan"])
@pytest.mark.parametrize(("planted", "kind"), PLANTED.values(), ids=PLANTED)
def test_it_is_refused_until_bkn_mends_it(sealed: World, field: str, planted: str, kind: str) -> None:
    record(sealed, field, f"Contoh {planted}")
    before = papers(sealed)
    with sealed.nothing_changes():
        answer = sealed.get("sptjm/document", role="ppk")
    assert (answer.status, answer.code) == (409, "personal-number")
    assert answer.json["findings"] == [{"field": field, "kind": kind}]
    assert "Minta BKN memperbaiki" in answer.json["detail"]
    assert planted not in answer.text
    assert papers(sealed) == before
    assert sealed.open().status == 200
    assert sealed.get("sptjm/document", role="ppk").status == 303


def test_a_nip_is_what_it_should_be_and_a_root_may_hold_digits(sealed: World) -> None:
    """18 digits where they are asked for, and 64 of ours: exempt by field."""
    present = sealed.stored()
    assert present.ppk is not None
    assert present.ppk.nip == "190001011920021101"
    assert sealed.get("sptjm/document").status == 303
