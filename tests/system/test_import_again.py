"""A corrected workbook imported again, by functions that may do what their policies say and nothing else."""

from typing import Any

from infra.local.client import new_key
from tests.support.office import open_office
from tests.support.portal import Portal
from tools.sample.verdicts import verdicts


def test_a_corrected_workbook_corrects_and_voids_where_it_must(portal: Portal) -> None:
    office = open_office(portal)
    people = [office.person(at) for at in range(2)]
    office.enlist(people)
    roster = f"{office.stage.registration}/people"
    verifier = office.stage.staff("verifikator")

    def listed() -> dict[str, Any]:
        return {one["nama"]: one for one in verifier.get(roster)["items"]}

    one = listed()[people[0]["nama"]]
    decision = {"v": 1, "criteria": verdicts("MEMENUHI_SYARAT", "SK asli sudah dilihat.")}
    verifier.post(f"{roster}/{one['id']}/verdicts", decision, key=new_key())
    office.enlist([{**people[0], "sumber_pembayaran": "AKUN_52"}, {**people[1], "nama": "Siti Contoh Lestary"}])
    (newest, *_) = office.stage.staff("operator").get(f"{office.stage.registration}/imports")["items"]
    assert (newest["state"], newest["corrected"], newest["held"]) == ("SELESAI", 2, 0)
    assert listed()[people[0]["nama"]]["state"] == "TERDAFTAR", "the verdict is void"
    assert "Siti Contoh Lestary" in listed()
