"""Which verdicts need a reason, which cause is named, and what is kept of it for whoever reads it later."""

from typing import Any

import pytest

from services.kernel.documents import DocumentType, FileState
from services.kernel.problems import Problem
from services.kernel.states import PersonState, VerdictMark
from services.registration.adapters import person_store
from services.registration.eligibility.advice import Advice, Assessment, Criterion, CriterionAdvice
from services.registration.model.person import KnownFile
from services.registration.model.verdict import REASONS, CriterionVerdict, ReasonCode, Verdict, whole_of
from services.registration.shared.views import Missing
from services.registration.verification.papers import Papers
from services.registration.verification.reasons import is_against, require_reasons
from tests.registration.listed import IN_TIME, accept, put_in, returned
from tests.registration.staff import Desk, row
from tools.sample.verdicts import CRITERIA, verdicts

YES, NO = Verdict.LOLOS, Verdict.TIDAK
AGAINST, DOUBT, PAPERS = "reason-against-advice", "reason-in-doubt", "reason-without-papers"
UNOPENED, PLAIN = "reason-unopened", "missing"
LACKING = Papers([Missing(code="KTP", text="Berkas KTP belum diunggah.")])
SHUT = Papers(unopened=[KnownFile("x", "KTP", None, "DITERIMA", None, None, "k", 1)])
COMPLETE = Papers()
WANTED = [
    (YES, Advice.LOLOS, COMPLETE, None),
    (YES, Advice.LOLOS, LACKING, PAPERS),
    (YES, Advice.LOLOS, SHUT, UNOPENED),
    (YES, Advice.PERLU_DITINJAU, COMPLETE, DOUBT),
    (YES, Advice.PERLU_DITINJAU, LACKING, DOUBT),
    (YES, Advice.TIDAK, COMPLETE, AGAINST),
    (YES, Advice.TIDAK, LACKING, AGAINST),
    (NO, Advice.LOLOS, COMPLETE, AGAINST),
    (NO, Advice.LOLOS, LACKING, AGAINST),
    (NO, Advice.PERLU_DITINJAU, COMPLETE, PLAIN),
    (NO, Advice.TIDAK, COMPLETE, None),
    (NO, Advice.TIDAK, LACKING, None),
    (NO, Advice.TIDAK, SHUT, None),
]
"""Verdict, advice and papers of a criterion that rests on the KTP, and what a verdict without a reason is told."""


def advised(advice: Advice) -> Assessment:
    return Assessment("x", (CriterionAdvice(Criterion.USIA, advice, "pasal", "kalimat", {}),))


@pytest.mark.parametrize(("verdict", "advice", "papers", "code"), WANTED)
def test_when_a_reason_is_needed(verdict: Verdict, advice: Advice, papers: Papers, code: str | None) -> None:
    founded = CriterionVerdict(Criterion.USIA, verdict, ReasonCode.LAINNYA, "KTP asli dilihat.")
    require_reasons([founded], advised(advice), papers)
    bare = [CriterionVerdict(Criterion.USIA, verdict)]
    if code is None:
        require_reasons(bare, advised(advice), papers)
        return
    with pytest.raises(Problem) as refused:
        require_reasons(bare, advised(advice), papers)
    (field,) = refused.value.fields
    assert (field.field, field.code) == ("criteria.USIA.reason_code", code)
    assert field.message.startswith("Pilih alasan putusan ini; orangnya akan membacanya.")
    assert ("Saran aturan: tidak sesuai." in field.message) == (verdict is YES and advice is Advice.TIDAK)
    assert ("Saran aturan: sesuai." in field.message) == (verdict is NO and advice is Advice.LOLOS)
    assert ("perlu ditinjau" in field.message) == (verdict is YES and advice is Advice.PERLU_DITINJAU)
    assert ("Berkas KTP belum diunggah." in field.message) == (verdict is YES and papers is LACKING)
    assert ("belum Anda buka" in field.message) == (verdict is YES and papers is SHUT)


def test_a_criterion_that_rests_on_no_paper_needs_none() -> None:
    title = Assessment("x", (CriterionAdvice(Criterion.JABATAN, Advice.LOLOS, "pasal", "kalimat", {}),))
    require_reasons([CriterionVerdict(Criterion.JABATAN, YES)], title, LACKING)


@pytest.mark.parametrize("code", list(ReasonCode))
@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("criterion", list(Criterion))
def test_a_reason_fits_its_verdict_and_criterion(criterion: Criterion, verdict: Verdict, code: ReasonCode) -> None:
    reason = REASONS[code]
    fits = verdict in reason.verdicts and criterion in reason.criteria
    given = CriterionVerdict(criterion, verdict, code, "Dengan kata-kata sendiri.")
    assessment = Assessment("x", (CriterionAdvice(criterion, Advice.PERLU_DITINJAU, "pasal", "kalimat", {}),))
    if fits:
        require_reasons([given], assessment, COMPLETE)
        return
    with pytest.raises(Problem) as refused:
        require_reasons([given], assessment, COMPLETE)
    assert [(one.field, one.code) for one in refused.value.fields] == [
        (f"criteria.{criterion.value}.reason_code", "reason-unfitting")
    ]


def test_every_criterion_has_reasons_for_both_verdicts() -> None:
    for criterion in Criterion:
        for verdict in Verdict:
            fitting = [code for code, one in REASONS.items() if criterion in one.criteria and verdict in one.verdicts]
            assert len(fitting) > 1, (criterion, verdict)


def test_other_reasons_are_typed() -> None:
    with pytest.raises(Problem) as refused:
        require_reasons(
            [CriterionVerdict(Criterion.USIA, NO, ReasonCode.LAINNYA)], advised(Advice.PERLU_DITINJAU), COMPLETE
        )
    assert [(one.field, one.code) for one in refused.value.fields] == [("criteria.USIA.text", "missing")]


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("advice", list(Advice))
def test_what_contradicts_the_advice(verdict: Verdict, advice: Advice) -> None:
    assert is_against(verdict, advice) == ((verdict, advice) in {(YES, Advice.TIDAK), (NO, Advice.LOLOS)})


def test_one_criterion_that_is_not_met_decides() -> None:
    met = [CriterionVerdict(each, YES) for each in Criterion]
    assert whole_of(met) is PersonState.MEMENUHI_SYARAT
    for at, criterion in enumerate(Criterion):
        failed = [*met[:at], CriterionVerdict(criterion, NO), *met[at + 1 :]]
        assert whole_of(failed) is PersonState.TIDAK_MEMENUHI_SYARAT


def with_papers(pid: str) -> None:
    """Everything a verdict rests on, uploaded by whomever."""
    for jenis in (DocumentType.KTP, DocumentType.FOTO):
        accept(pid, jenis)
    for jenis in (DocumentType.SK, DocumentType.BUKTI_BAYAR):
        accept(pid, jenis, "pertama")


def faults(answer: Any) -> dict[str, str]:
    """What is wrong with which criterion."""
    assert (answer.status, answer.code) == (422, "invalid-fields")
    return {one["field"].removeprefix("criteria."): one["code"] for one in answer.json["fields"]}


def test_a_row_whose_opened_papers_show_that_it_passes_needs_no_reason(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    with_papers(pid)
    assert verifier.detail(pid)["deciding"]["papers_missing"] == []
    shut = verifier.judge(pid, 1, verdicts("MEMENUHI_SYARAT"))
    resting = ("PEMBAYARAN", "PENGANGKATAN", "MASA_KERJA", "USIA")
    assert faults(shut) == {f"{each}.reason_code": UNOPENED for each in resting}
    opened = verifier.open_papers(pid)
    assert len(opened) == 4
    assert verifier.judge(pid, 1, verdicts("MEMENUHI_SYARAT"), opened).status == 200
    (noted,) = operator.detail(pid)["decisions"]
    assert (noted["advice"], noted["against_advice"], noted["without_papers"]) == ("LOLOS", False, [])
    assert noted["unopened"] == []
    assert person_store.load(pid).judged == ()


def test_what_another_one_opened_he_has_not(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    with_papers(pid)
    answer = verifier.judge(pid, 1, verdicts("MEMENUHI_SYARAT"), [*operator.open_papers(pid), "x.y.z"])
    assert set(faults(answer).values()) == {UNOPENED}


def test_unopened_papers_are_counted_with_the_reason(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    with_papers(pid)
    given = [{**one, "reason_code": "ASLI_DIPERIKSA"} for one in verdicts("MEMENUHI_SYARAT")]
    assert verifier.judge(pid, 1, given).status == 200
    (noted,) = operator.detail(pid)["decisions"]
    assert noted["unopened"] == ["BUKTI_BAYAR", "FOTO", "KTP", "SK"]
    assert {one["sentence"] for one in noted["criteria"]} == {"Berkas aslinya sudah diperiksa di kantor."}
    assert person_store.load(pid).judged == (VerdictMark.BELUM_DIBUKA,)


def test_a_row_without_account_and_papers_needs_one(operator: Desk, verifier: Desk) -> None:
    """Its institution may upload them; until then whoever decides says why he could."""
    pid = operator.enter(row(1)).json["id"]
    answer = verifier.judge(pid, 1, verdicts("MEMENUHI_SYARAT"))
    wanted = {"PEMBAYARAN": PAPERS, "PENGANGKATAN": PAPERS, "MASA_KERJA": DOUBT, "USIA": PAPERS}
    assert faults(answer) == {f"{each}.reason_code": code for each, code in wanted.items()}
    missing = verifier.detail(pid)["deciding"]["papers_missing"]
    assert [one["code"] for one in missing] == ["KTP", "FOTO", "SK", "BUKTI_BAYAR"]
    said = {one["field"]: one["message"] for one in answer.json["fields"]}
    assert all(one["text"] in said[f"criteria.{each}.reason_code"] for one in missing for each in one["criteria"])
    assert verifier.decide(pid, 1, "MEMENUHI_SYARAT", "Diperiksa di kantor.").status == 200
    (noted,) = operator.detail(pid)["decisions"]
    assert noted["without_papers"] == ["BUKTI_BAYAR", "FOTO", "KTP", "SK"]
    assert person_store.load(pid).judged == (VerdictMark.RAGU, VerdictMark.TANPA_BERKAS)


def test_a_refused_paper_is_a_missing_one(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    with_papers(pid)
    accept(pid, DocumentType.KTP, state=FileState.DITOLAK, code="too-large")
    answer = verifier.judge(pid, 1, verdicts("MEMENUHI_SYARAT"), verifier.open_papers(pid))
    assert faults(answer) == {"USIA.reason_code": PAPERS}
    assert "Berkas KTP ditolak" in answer.json["fields"][0]["message"]


def test_a_thk2_shows_his_card_too(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1, no_peserta_thk2="1234567890")).json["id"]
    with_papers(pid)
    answer = verifier.judge(pid, 1, verdicts("MEMENUHI_SYARAT"), verifier.open_papers(pid))
    assert "kartu registrasi THK-II" in answer.json["fields"][0]["message"]


@pytest.mark.parametrize(("decision", "source"), [("MEMENUHI_SYARAT", "AKUN_52"), ("TIDAK_MEMENUHI_SYARAT", "APBD_51")])
def test_a_human_decides_otherwise_with_a_reason_that_is_kept(
    operator: Desk, verifier: Desk, decision: str, source: str
) -> None:
    pid = operator.enter(row(1, sumber_pembayaran=source)).json["id"]
    with_papers(pid)
    opened = verifier.open_papers(pid)
    bare = verdicts(decision, failed="PEMBAYARAN")
    assert faults(verifier.judge(pid, 1, bare, opened)) == {"PEMBAYARAN.reason_code": AGAINST}
    why = {"reason_code": "LAINNYA", "text": "SK dan bukti bayar menunjukkan lain."}
    given = [{**one, **why} if one["criterion"] == "PEMBAYARAN" else one for one in bare]
    assert verifier.judge(pid, 1, given, opened).status == 200
    (noted,) = operator.detail(pid)["decisions"]
    advice = "TIDAK" if source == "AKUN_52" else "LOLOS"
    assert (noted["advice"], noted["against_advice"], noted["without_papers"]) == (advice, True, [])
    (kept,) = person_store.load(pid).private.decisions
    assert kept.rule_version == person_store.load(pid).assessment.rule_version
    assert person_store.load(pid).judged == (VerdictMark.MELAWAN_SARAN,)


def test_where_the_advice_says_no_it_is_reason_enough(operator: Desk, verifier: Desk) -> None:
    """And its sentence is what the person reads."""
    pid = operator.enter(row(1, sumber_pembayaran="AKUN_52")).json["id"]
    with_papers(pid)
    given = verdicts("TIDAK_MEMENUHI_SYARAT", failed="PEMBAYARAN")
    assert verifier.judge(pid, 1, given, verifier.open_papers(pid)).status == 200
    (noted,) = operator.detail(pid)["decisions"]
    (paid,) = [one for one in noted["criteria"] if one["criterion"] == "PEMBAYARAN"]
    assert (paid["verdict"], paid["text"]) == ("TIDAK", None)
    assert "bukan langsung dari APBN atau APBD" in paid["sentence"]


@pytest.mark.parametrize("lacking", CRITERIA)
def test_a_criterion_without_a_verdict_is_named(operator: Desk, verifier: Desk, lacking: str) -> None:
    pid = operator.enter(row(1)).json["id"]
    given = [one for one in verdicts("MEMENUHI_SYARAT", "Dilihat.") if one["criterion"] != lacking]
    assert faults(verifier.judge(pid, 1, given)) == {lacking: "missing"}


def test_a_criterion_is_decided_once(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    given = verdicts("MEMENUHI_SYARAT", "Dilihat.")
    twice = [*given[:5], {**given[0], "verdict": "TIDAK"}]
    assert faults(verifier.judge(pid, 1, twice)) == {"AKTIF": "duplicate"}


@pytest.mark.parametrize("wrong", [{"criterion": "TINGGI"}, {"verdict": "PERLU_DITINJAU"}, {"reason_code": "BEGITU"}])
def test_words_that_are_none_are_refused(operator: Desk, verifier: Desk, wrong: dict[str, str]) -> None:
    pid = operator.enter(row(1)).json["id"]
    first, *others = verdicts("MEMENUHI_SYARAT", "Dilihat.")
    assert verifier.judge(pid, 1, [{**first, **wrong}, *others]).code == "invalid-fields"


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_of_blanks_is_none(operator: Desk, verifier: Desk, reason: str) -> None:
    pid = operator.enter(row(1)).json["id"]
    assert set(faults(verifier.judge(pid, 1, verdicts("MEMENUHI_SYARAT", reason))).values()) == {"missing"}


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"reason": "", "mend": ["SK"]}, {"reason"}),
        ({"reason": "   ", "mend": ["SK"]}, {"reason"}),
        ({"reason": "SK buram", "mend": []}, {"mend"}),
        ({}, {"reason", "mend"}),
        ({"reason": "", "mend": []}, {"reason", "mend"}),
    ],
)
def test_a_return_says_why_and_what_to_mend(
    operator: Desk, verifier: Desk, body: dict[str, Any], wrong: set[str]
) -> None:
    pid = operator.enter(row(1)).json["id"]
    put_in(person_store.load(pid), PersonState.DIAJUKAN)
    answer = verifier.call("POST", f"/people/{pid}/returns", {"v": 1, **body})
    assert faults(answer) == dict.fromkeys(wrong, "missing")


def test_what_is_to_be_mended_is_kept_once_each(operator: Desk, verifier: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    put_in(person_store.load(pid), PersonState.DIAJUKAN)
    body = {"v": 1, "reason": "SK buram, bukti bayar kosong.", "mend": ["SK", "BUKTI_BAYAR", "SK"]}
    assert verifier.call("POST", f"/people/{pid}/returns", body).json["state"] == "DIKEMBALIKAN"
    (noted,) = operator.detail(pid)["decisions"]
    assert (noted["mend"], noted["reason"], noted["criteria"]) == (["SK", "BUKTI_BAYAR"], body["reason"], [])


def test_the_advice_beside_the_choice_is_that_of_the_moment(operator: Desk, verifier: Desk) -> None:
    """Files that came since the last change are looked at, as the decision will look at them."""
    pid = operator.enter(row(1)).json["id"]
    with_papers(pid)
    for told in (verifier.detail(pid)["advice"], decided(operator, verifier, pid)):
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
    assert (seen["criteria"], seen["mend"], seen["withdrawn_at"]) == ([], [], None)
