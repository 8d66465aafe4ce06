"""Which decisions need a reason, which cause is named, and what is kept of it for whoever reads it later."""

from typing import Any

import pytest

from services.kernel.documents import DocumentType, FileState
from services.kernel.problems import Problem
from services.kernel.states import PersonState
from services.registration.adapters import person_store
from services.registration.eligibility.advice import Advice
from services.registration.shared.views import Missing
from services.registration.verification.reasons import is_against, papers_lacking, require_reason
from tests.registration.listed import IN_TIME, accept, put_in, returned
from tests.registration.staff import Desk, row

YES, NO, BACK = PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT, PersonState.DIKEMBALIKAN
LACKING = [Missing(code="KTP", text="Berkas KTP belum diunggah.", link="/x/")]
AGAINST, DOUBT, PAPERS, PLAIN = "reason-against-advice", "reason-in-doubt", "reason-without-papers", "missing"
WANTED = [
    (YES, Advice.LOLOS, [], None),
    (YES, Advice.LOLOS, LACKING, PAPERS),
    (YES, Advice.PERLU_DITINJAU, [], DOUBT),
    (YES, Advice.PERLU_DITINJAU, LACKING, DOUBT),
    (YES, Advice.TIDAK, [], AGAINST),
    (YES, Advice.TIDAK, LACKING, AGAINST),
    (NO, Advice.LOLOS, [], AGAINST),
    (NO, Advice.LOLOS, LACKING, AGAINST),
    (NO, Advice.PERLU_DITINJAU, [], PLAIN),
    (NO, Advice.TIDAK, LACKING, PLAIN),
    *((BACK, advice, lacking, PLAIN) for advice in Advice for lacking in ([], LACKING)),
]


@pytest.mark.parametrize(("decision", "advice", "lacking", "code"), WANTED)
def test_when_a_reason_is_needed(
    decision: PersonState, advice: Advice, lacking: list[Missing], code: str | None
) -> None:
    require_reason("SK diperiksa", decision, advice, lacking)
    if code is None:
        require_reason(None, decision, advice, lacking)
        return
    with pytest.raises(Problem) as refused:
        require_reason(None, decision, advice, lacking)
    (field,) = refused.value.fields
    assert (field.field, field.code) == ("reason", code)
    assert field.message.startswith("Tulis alasan keputusan ini; orangnya akan membacanya.")
    assert ("Saran aturan: tidak sesuai." in field.message) == (decision is YES and advice is Advice.TIDAK)
    assert ("Saran aturan: sesuai." in field.message) == (decision is NO and advice is Advice.LOLOS)
    assert ("perlu ditinjau" in field.message) == (decision is YES and advice is Advice.PERLU_DITINJAU)
    assert ("Berkas KTP belum diunggah." in field.message) == (decision is YES and bool(lacking))


@pytest.mark.parametrize("decision", [YES, NO, BACK])
@pytest.mark.parametrize("advice", list(Advice))
def test_what_contradicts_the_advice(decision: PersonState, advice: Advice) -> None:
    assert is_against(decision, advice) == ((decision, advice) in {(YES, Advice.TIDAK), (NO, Advice.LOLOS)})


def test_the_papers_a_verdict_was_given_without() -> None:
    twice = [*LACKING, Missing(code="SK", text="SK.", link="/y/"), *LACKING]
    assert [papers_lacking(decision, twice) for decision in (YES, NO, BACK)] == [("KTP", "SK"), ("KTP", "SK"), ()]


def with_papers(pid: str) -> None:
    """Everything a verdict rests on, uploaded by whomever."""
    for jenis in (DocumentType.KTP, DocumentType.FOTO):
        accept(pid, jenis)
    for jenis in (DocumentType.SK, DocumentType.BUKTI_BAYAR):
        accept(pid, jenis, "pertama")


def fault(answer: Any) -> tuple[str, str]:
    """Code and sentence of the one field that is wrong."""
    assert (answer.status, answer.code) == (422, "invalid-fields")
    (field,) = answer.json["fields"]
    assert field["field"] == "reason"
    return field["code"], field["message"]


@pytest.mark.parametrize("reason", [None, ""])
def test_a_row_with_its_papers_that_passes_needs_no_reason(operator: Desk, verifier: Desk, reason: str | None) -> None:
    pid = operator.enter(row(1)).json["id"]
    with_papers(pid)
    assert verifier.call("GET", f"/people/{pid}").json["deciding"]["papers_missing"] == []
    assert verifier.decide(pid, 1, "MEMENUHI_SYARAT", reason).status == 200
    (noted,) = operator.detail(pid)["decisions"]
    assert (noted["advice"], noted["against_advice"], noted["without_papers"]) == ("LOLOS", False, [])


def test_a_row_without_account_and_papers_needs_one(operator: Desk, verifier: Desk) -> None:
    """Its institution may upload them; until then whoever decides says why he could."""
    pid = operator.enter(row(1)).json["id"]
    _, sentence = fault(verifier.decide(pid, 1, "MEMENUHI_SYARAT", None))
    missing = verifier.call("GET", f"/people/{pid}").json["deciding"]["papers_missing"]
    assert [one["code"] for one in missing] == ["KTP", "FOTO", "SK", "BUKTI_BAYAR"]
    assert all(one["text"] in sentence for one in missing)
    assert verifier.decide(pid, 1, "MEMENUHI_SYARAT", "Diperiksa di kantor.").status == 200
    (noted,) = operator.detail(pid)["decisions"]
    assert noted["without_papers"] == ["BUKTI_BAYAR", "FOTO", "KTP", "SK"]


def test_a_refused_paper_is_a_missing_one(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    with_papers(pid)
    accept(pid, DocumentType.KTP, state=FileState.DITOLAK, code="too-large")
    code, sentence = fault(verifier.decide(pid, 1, "MEMENUHI_SYARAT", None))
    assert code == PAPERS
    assert "Berkas KTP ditolak" in sentence


def test_a_thk2_shows_his_card_too(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1, no_peserta_thk2="1234567890")).json["id"]
    with_papers(pid)
    _, sentence = fault(verifier.decide(pid, 1, "MEMENUHI_SYARAT", None))
    assert "kartu registrasi THK-II" in sentence


@pytest.mark.parametrize(("decision", "source"), [("MEMENUHI_SYARAT", "AKUN_52"), ("TIDAK_MEMENUHI_SYARAT", "APBD_51")])
def test_a_human_decides_otherwise_with_a_reason_that_is_kept(
    operator: Desk, verifier: Desk, decision: str, source: str
) -> None:
    pid = operator.enter(row(1, sumber_pembayaran=source)).json["id"]
    with_papers(pid)
    code, _ = fault(verifier.decide(pid, 1, decision, None))
    assert code == AGAINST
    assert verifier.decide(pid, 1, decision, "SK dan bukti bayar menunjukkan lain.").status == 200
    (noted,) = operator.detail(pid)["decisions"]
    advice = "TIDAK" if source == "AKUN_52" else "LOLOS"
    assert (noted["advice"], noted["against_advice"], noted["without_papers"]) == (advice, True, [])
    (kept,) = person_store.load(pid).private.decisions
    assert kept.rule_version == person_store.load(pid).assessment.rule_version


@pytest.mark.parametrize("decision", ["TIDAK_MEMENUHI_SYARAT", "DIKEMBALIKAN"])
@pytest.mark.parametrize("reason", [None, "", "   "])
def test_a_reason_is_needed_to_refuse_and_to_return(
    operator: Desk, verifier: Desk, decision: str, reason: str | None
) -> None:
    pid = operator.enter(row(1)).json["id"]
    put_in(person_store.load(pid), PersonState.DIAJUKAN)
    fault(verifier.decide(pid, 1, decision, reason))


def test_a_reason_of_blanks_is_none(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    fault(verifier.decide(pid, 1, "MEMENUHI_SYARAT", "   "))


def test_the_advice_beside_the_choice_is_that_of_the_moment(operator: Desk, verifier: Desk) -> None:
    """Files that came since the last change are looked at, as the decision will look at them."""
    pid = operator.enter(row(1)).json["id"]
    with_papers(pid)
    for told in (verifier.call("GET", f"/people/{pid}").json["advice"], decided(operator, verifier, pid)):
        (service,) = [one["inputs"] for one in told["criteria"] if one["criterion"] == "MASA_KERJA"]
        assert service["hari_terbukti"] == service["hari"]


def decided(operator: Desk, verifier: Desk, pid: str) -> Any:
    """The advice that is kept with a verdict."""
    assert verifier.decide(pid, 1, "MEMENUHI_SYARAT").status == 200
    return operator.detail(pid)["advice"]


def test_a_decision_stored_before_its_grounds_were_is_shown(operator: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    returned(person_store.load(pid), IN_TIME)
    (seen,) = operator.detail(pid)["decisions"]
    assert (seen["by"], seen["against_advice"], seen["without_papers"]) == ("petugas", False, [])
