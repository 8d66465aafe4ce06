"""What comes later finds the record that goes on: files' facts, imports, notices; and nobody hears a NIK."""

import json

import pytest

from services.kernel.documents import DocumentType
from services.kernel.notices.catalogue import NoticeKind
from services.kernel.security.sessions import Role
from services.registration.adapters import account_store, dukcapil_store, person_store
from services.registration.app import on_fact
from services.registration.facts.project_file import keep_file, project_file
from services.registration.model.dukcapil import DukcapilAnswer
from tests.registration.facts.test_take_fact import accepted
from tests.registration.imports import importing
from tests.registration.listed import IN_TIME, ROW, with_account
from tests.registration.nik_corrections.correcting import RIGHT, Office, listed, office, require_equal
from tests.registration.staff import desk, row
from tests.support.aws import Cloud, envelope, queued

KTP = DocumentType.KTP
WRONG = ROW["nik"]


@pytest.fixture
def here(portal: Cloud) -> Office:
    return office(portal)


def files(pid: str) -> dict[str, str]:
    return {file.id: file.state for file in person_store.load_dossier(pid).files}


@pytest.mark.parametrize("copied", [True, False])
def test_a_file_that_is_told_of_the_old_record_comes_to_the_one_that_goes_on(here: Office, copied: bool) -> None:
    before = listed()
    after = here.correct(before)
    if copied:
        here.tell()
    late = accepted(before.pid, 2, jenis=KTP)
    for _ in range(2):
        assert on_fact(queued([envelope(late)]), None) == {"batchItemFailures": []}
        here.tell()
    assert files(after.pid) == {f"{before.pid}.KTP.1": "DIGANTI", f"{before.pid}.KTP.2": "DITERIMA"}
    require_equal()


def test_the_population_register_is_asked_about_the_right_nik(here: Office) -> None:
    here.cloud.use("registration", dukcapil_service="stand-in")
    before = with_account(here.cloud)
    assert dukcapil_store.find(before) is None
    after = here.correct(before)
    asked = dukcapil_store.find(after)
    assert asked is not None
    assert (asked.answer, asked.v) == (DukcapilAnswer.COCOK, 1)


def test_a_file_of_the_right_nik_replaces_one_of_the_wrong_one_whatever_their_numbers(here: Office) -> None:
    before = listed()
    project_file(accepted(before.pid, 2, jenis=KTP), IN_TIME)
    after = here.correct(before)
    here.tell()
    project_file(accepted(after.pid, 1, jenis=KTP), IN_TIME)
    assert files(after.pid) == {
        f"{before.pid}.KTP.1": "DIGANTI",
        f"{before.pid}.KTP.2": "DIGANTI",
        f"{after.pid}.KTP.1": "DITERIMA",
    }


def test_copying_again_changes_nothing_that_is_newer(here: Office) -> None:
    before = listed()
    after = here.correct(before)
    project_file(accepted(after.pid, 1, jenis=KTP), IN_TIME)
    here.tell()
    assert files(after.pid) == {f"{before.pid}.KTP.1": "DIGANTI", f"{after.pid}.KTP.1": "DITERIMA"}


def test_a_file_stored_at_the_old_record_while_it_was_copied_is_not_lost(here: Office) -> None:
    """Whoever read the old record before the correction stores there after it: he is told to look again."""
    before = listed()
    read = person_store.load_dossier(before.pid)
    after = here.correct(before)
    here.tell()
    fact = accepted(before.pid, 2, jenis=KTP)
    assert keep_file(fact, read, IN_TIME) is False
    assert fact.file not in files(after.pid)
    project_file(fact, IN_TIME)
    assert files(after.pid)[fact.file] == "DITERIMA"


def test_an_import_brings_in_whom_the_freed_nik_belongs_to_and_not_the_other_one_again(here: Office) -> None:
    first = importing.run(here.operator, [dict(ROW)])
    pid = first.answers()[0]["id"]
    person = person_store.load(pid)
    project_file(accepted(pid, 1, jenis=KTP), IN_TIME)
    here.correct(person)
    again = importing.run(here.operator, [dict(ROW)])
    (answer,) = again.answers()
    assert (answer["outcome"], [one["code"] for one in answer["problems"]]) == ("DUPLIKAT", ["nik-corrected"])
    his = importing.run(here.operator, [{**row(8), "nik": WRONG}, row(9)])
    assert [outcome for _, outcome in his.outcomes()] == ["DITERIMA", "DITERIMA"]
    once_more = importing.run(here.operator, [{**row(8), "nik": WRONG}])
    assert once_more.outcomes() == [(2, "SAMA")]
    require_equal()


def test_he_is_told_by_notice_and_neither_nik_stands_anywhere(
    here: Office, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    before = with_account(here.cloud)
    here.correct(before)
    told = here.tell()
    kinds = {"person.listed", "person.moved", "staff.listed", "staff.revoked"}
    assert {fact["detail-type"] for fact in told} == kinds
    notices = [item for item in here.cloud.items("RegTable") if item["pk"].startswith("NOTICE#")]
    assert [item["notice"] for item in notices] == [NoticeKind.NIK_CORRECTED.value]
    assert notices[0]["sk"] == f"person#{account_store.account_id(RIGHT)}"
    here.view(before)
    desk(here.cloud, Role.VERIFIKATOR).call("GET", f"/people/{before.pid}/nik-correction")
    logged = capsys.readouterr()
    stored = [repr(item) for name in ("RegTable", "RegTtlTable", "AuditTable") for item in here.cloud.items(name)]
    everywhere = "\n".join([json.dumps(told), caplog.text, logged.out, logged.err, *stored])
    for nik in (WRONG, RIGHT):
        assert nik not in everywhere
