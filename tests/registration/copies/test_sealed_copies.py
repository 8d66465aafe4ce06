"""Two years later: what a person takes is what was sealed."""

import json
from datetime import timedelta
from typing import Any

import pytest
from pendataan_verify.inclusion import check_proof

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.documents import DocumentType, FileState
from services.kernel.states import Phase
from services.registration.adapters import person_store, seal_store
from services.registration.model.edition import Edition, Purpose
from services.registration.model.person import HONOR
from services.registration.model.sealed_row import commitment, private_record, sealed_row
from services.registration.settings import settings
from tests.kernel.papers import text_of
from tests.registration.copies.copying import Taker
from tests.registration.listed import IN_TIME, ROW, accept, with_account
from tests.registration.seals.test_hand_out_proof import PEM, sign
from tests.registration.seals.test_seal_roster import lock
from tests.support.aws import Cloud
from tests.support.gates import close_lanes, open_gate

TWO_YEARS_ON = IN_TIME + timedelta(days=2 * 366)


@pytest.fixture
def sealed(portal: Cloud) -> Taker:
    """Somebody with an account whose institution was locked and sealed; two years later."""
    person = with_account(portal, nominal_honor="1500000")
    close_lanes("9901")
    lock()
    sign()
    open_gate("9901", phase=Phase.FINAL)
    close_lanes("9901")
    portal.at(TWO_YEARS_ON)
    return Taker(portal, person.pid)


def test_a_copy_two_years_later_is_equal_to_what_was_sealed(sealed: Taker) -> None:
    copy = sealed.take()
    (pid,) = (item["pk"][2:] for item in sealed.cloud.items("RegTable") if item["sk"] == "COPY")
    person, edition = person_store.load(pid), Edition("9901", Purpose.SEAL, 1)
    private: dict[str, Any] = copy["proof"]["roster"]["private"]
    assert private == private_record(person)
    assert commitment(private, copy["proof"]["roster"]["salt"]) == sealed_row(person, edition).commitment
    assert seal_store.load(edition) is not None
    assert check_proof(copy["proof"], pem=PEM).broken == []
    assert copy["registered"] == private["row"]
    assert HONOR not in private["row"]
    assert private["row"]["nik"] == ROW["nik"]
    for shown, kept in (("state", "state"), ("nomor_registrasi", "nomor_registrasi"), ("kategori", "kategori")):
        assert copy[shown] == private[kept]
    assert copy["outcome"] == "UNDECIDED"
    assert copy["made_at"].startswith(TWO_YEARS_ON.astimezone(clock.WIB).date().isoformat())
    assert copy["proof_missing"] is None
    words = text_of(sealed.paper())
    assert "di dalam segel instansi" in words
    assert ROW["nik"] in words


def test_a_row_that_is_not_what_was_sealed_is_told_in_the_copy(sealed: Taker) -> None:
    sealed.take()
    (key,) = ({"pk": item["pk"], "sk": "@"} for item in sealed.cloud.items("RegTable") if item["sk"] == "COPY")
    dynamodb.transact([dynamodb.update(settings().table, key, values={"head": "0" * 64})])
    copy = sealed.take()
    assert copy["proof"] is None
    assert "tidak sama dengan yang disegel" in copy["proof_missing"]
    assert "tidak sama dengan yang disegel" in text_of(sealed.paper())


def test_an_account_that_is_not_shown_his_employment_takes_no_proof_along(sealed: Taker) -> None:
    sealed.take()
    (pid,) = (item["pk"][2:] for item in sealed.cloud.items("RegTable") if item["sk"] == "COPY")
    accept(pid, DocumentType.KTP, state=FileState.DITOLAK, code="unreadable")
    copy = sealed.take()
    assert copy["proof"] is None
    assert "KTP dan foto belum diterima" in copy["proof_missing"]
    assert ROW["nomor_sk"] not in json.dumps(copy)
    assert ROW["nomor_sk"] not in text_of(sealed.paper())
