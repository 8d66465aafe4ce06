"""What a PPK answers for: people by unit, verdicts with their marks and reasons, changes since the pre-final list."""

from typing import Any

import pytest

from services.kernel.security.sessions import Role
from services.registration.adapters import seal_store, search_store
from services.registration.model.edition import Edition, Purpose
from services.registration.seals.finish_seal import build_seal
from services.registration.seals.sweep_part import rows_of
from services.registration.search.keep_search import check_search
from tests.registration.listed import INSTITUTION
from tests.registration.staff import desk, readings, row
from tests.support.aws import Answer, Cloud

SCHOOL, OTHER, OFFICE = "SD Negeri 1 Contoh", "sd negeri 1 CONTOH", "Dinas Contoh"


@pytest.fixture
def office(portal: Cloud) -> dict[str, str]:
    """Four people by name: two decided on without papers (one for, one against the advice), one not, one deleted."""
    return portal.stand("registration, a list to answer for", lambda: _office(portal))


def _office(portal: Cloud) -> dict[str, str]:
    operator, verifier, admin = (desk(portal, role) for role in (Role.OPERATOR, Role.VERIFIKATOR, Role.ADMIN))
    rows = {
        "Ani": row(1, nama="Ani", unit_kerja=SCHOOL),
        "Budi": row(2, nama="Budi", unit_kerja=OTHER, sumber_pembayaran="AKUN_52"),
        "Citra": row(3, nama="Citra", unit_kerja=OFFICE),
        "Dodi": row(4, nama="Dodi", unit_kerja=OFFICE),
    }
    people = {name: operator.enter(fields).json["id"] for name, fields in rows.items()}
    assert verifier.decide(people["Ani"], 1, "MEMENUHI_SYARAT", "berkas asli dilihat di kantor").status == 200
    assert verifier.decide(people["Budi"], 1, "MEMENUHI_SYARAT", "dibayar dari APBD").status == 200
    assert admin.delete(people["Dodi"], 1).status == 200
    check_search(INSTITUTION)
    return people


def ask(portal: Cloud, path: str, role: Role = Role.PPK, **more: Any) -> Answer:
    return desk(portal, role, **more).call("GET", path)


def marked(portal: Cloud, mark: str, role: Role = Role.PPK) -> list[dict[str, Any]]:
    answer = ask(portal, f"/recap/verdicts?mark={mark}", role)
    assert answer.status == 200, answer.text
    found: list[dict[str, Any]] = answer.json["items"]
    return sorted(found, key=lambda each: str(each["nama"]))


def test_people_by_unit_however_it_is_spelled_without_who_is_gone(portal: Cloud, office: dict[str, str]) -> None:
    assert office
    items = {each["unit"]: each for each in ask(portal, "/recap").json["items"]}
    assert sorted(items) in ([OFFICE, SCHOOL], [OFFICE, OTHER])
    school = next(each for unit, each in items.items() if unit != OFFICE)
    assert school["states"] == {"NON-ASN": {"MEMENUHI_SYARAT": 2}}
    assert items[OFFICE]["states"] == {"NON-ASN": {"TERDAFTAR": 1}}
    assert (school["without_account"], items[OFFICE]["without_account"]) == (2, 1)


def test_a_unit_on_the_list_is_called_as_the_list_has_it(portal: Cloud, office: dict[str, str]) -> None:
    """Also under another name that the admin assigned to it: then both are one line."""
    assert office
    admin = desk(portal, Role.ADMIN)
    assert admin.call("POST", "/units", {"v": 0, "paths": [["SDN 1 Contoh"]]}).status == 200
    (unit,) = admin.call("GET", "/units").json["items"]
    for v, name in enumerate((SCHOOL, OFFICE), 1):
        assert admin.call("PATCH", f"/units/{unit['id']}", {"v": v, "known_as": name}).status == 200
    (only,) = ask(portal, "/recap").json["items"]
    assert (only["unit"], only["id"]) == ("SDN 1 Contoh", unit["id"])
    assert only["states"] == {"NON-ASN": {"TERDAFTAR": 1, "MEMENUHI_SYARAT": 2}}


def test_verdicts_are_listed_by_mark_with_advice_and_reason(portal: Cloud, office: dict[str, str]) -> None:
    (budi,) = marked(portal, "MELAWAN_SARAN")
    assert (budi["id"], budi["state"]) == (office["Budi"], "MEMENUHI_SYARAT")
    assert "MELAWAN_SARAN" in budi["marks"]
    assert "TANPA_BERKAS" in budi["marks"]
    advised = {each["criterion"]: each["advice"] for each in budi["advised"]}
    decided = {each["criterion"]: each for each in budi["decision"]["criteria"]}
    assert (advised["PEMBAYARAN"], decided["PEMBAYARAN"]["verdict"]) == ("TIDAK", "LOLOS")
    assert decided["PEMBAYARAN"]["text"] == "dibayar dari APBD"
    assert budi["decision"]["by"] == "Petugas verifikator 1"
    assert [each["nama"] for each in marked(portal, "TANPA_BERKAS")] == ["Ani", "Budi"]
    assert marked(portal, "DIUNDANG_PENGISI") == []


def test_nothing_of_a_record_but_what_is_answered_for(portal: Cloud, office: dict[str, str]) -> None:
    assert office
    (budi,) = marked(portal, "MELAWAN_SARAN")
    assert not {"nik", "nik_masked", "record", "files", "histories", "tanggal_lahir"} & budi.keys()
    whole = ask(portal, "/recap/verdicts?mark=MELAWAN_SARAN").text
    for value in (row(2)["nik"], row(2)["tanggal_lahir"], "nominal_honor"):
        assert value not in whole
    assert ask(portal, f"/people/{office['Budi']}").status == 403, "and he still does not open the record"


def test_a_verdict_taken_back_is_marked_no_more(portal: Cloud, office: dict[str, str]) -> None:
    verifier = desk(portal, Role.VERIFIKATOR)
    assert verifier.call("POST", f"/people/{office['Budi']}/verdicts/withdrawal", {"v": 2}).status == 200
    assert marked(portal, "MELAWAN_SARAN") == [], "though the index has not heard of it"


def test_bkn_and_auditors_are_written_down_the_institution_is_not(portal: Cloud, office: dict[str, str]) -> None:
    for role in (Role.PPK, Role.ADMIN):
        marked(portal, "MELAWAN_SARAN", role)
    assert readings() == []
    for role in (Role.BKN, Role.AUDITOR):
        marked(portal, "MELAWAN_SARAN", role)
        marked(portal, "DIUNDANG_PENGISI", role)
    assert [(action, shown["people"]) for _, action, shown in readings()] == [("read-recap", [office["Budi"]])] * 2


def announce(people: dict[str, str]) -> None:
    edition = Edition(INSTITUTION, Purpose.PREFINAL, 1)
    assert seal_store.store(build_seal(edition, list(rows_of(edition, list(people.values())))))


def test_changes_since_the_announced_list_with_both_values(portal: Cloud, office: dict[str, str]) -> None:
    """One left the list by a verdict, one came onto it, one is of another unit; the others are not told of."""
    announce(office)
    operator, verifier = desk(portal, Role.OPERATOR), desk(portal, Role.VERIFIKATOR, number=2)
    new = operator.enter(row(5, nama="Eka", unit_kerja=OFFICE)).json["id"]
    assert verifier.decide(office["Citra"], 1, "TIDAK_MEMENUHI_SYARAT", "tidak dikenal di unit").status == 200
    body = {"v": 2, "reason": "salah jabatan", "jabatan": "Pengadministrasi Umum"}
    assert operator.call("POST", f"/people/{office['Ani']}/corrections", body).status == 200
    check_search(INSTITUTION)
    answer = ask(portal, "/recap/changes")
    assert answer.status == 200, answer.text
    assert (answer.json["number"], answer.json["cursor"]) == (1, None)
    by_id = {each["id"]: each for each in answer.json["items"]}
    assert by_id[new]["change"] == "MASUK"
    assert by_id[new]["before"] is None
    citra = by_id[office["Citra"]]
    assert (citra["change"], citra["state"], citra["after"]) == ("KELUAR", "TIDAK_MEMENUHI_SYARAT", None)
    assert citra["before"]["unit_kerja"] == OFFICE
    ani = by_id[office["Ani"]]
    assert (ani["change"], ani["before"]["jabatan"], ani["after"]["jabatan"]) == (
        "BERUBAH",
        row(1)["jabatan"],
        "Pengadministrasi Umum",
    )
    assert office["Budi"] not in by_id
    assert answer.json["counts"] == {"MASUK": 1, "KELUAR": 1, "BERUBAH": 1}


def test_changes_before_any_list_and_pages(portal: Cloud, office: dict[str, str]) -> None:
    nothing = ask(portal, "/recap/changes").json
    assert (nothing["number"], nothing["items"], nothing["counts"]) == (None, [], {})
    announce(office)
    assert ask(portal, "/recap/changes").json["items"] == []
    search_store.forget(INSTITUTION)
    gone = ask(portal, "/recap/changes").json
    assert gone["counts"] == {"KELUAR": 3}
    assert ask(portal, "/recap/changes?cursor=2").json["items"] == gone["items"][2:]


@pytest.mark.parametrize("query", ["", "?mark=X", "?mark=RAGU&cursor=x"])
def test_what_nobody_can_ask_for_is_refused(portal: Cloud, query: str) -> None:
    assert ask(portal, f"/recap/verdicts{query}").code in {"invalid-fields", "malformed"}
