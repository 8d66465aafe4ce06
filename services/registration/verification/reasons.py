"""Which verdicts need a reason (domain.md, section 5): those against the advice, in doubt, or without the papers.

Where a criterion is not met and the advice says so too, the advice is the reason.
"""

from collections.abc import Iterable, Iterator

from services.kernel.problems import Code, FieldProblem, Problem
from services.kernel.states import VerdictMark
from services.registration.eligibility.advice import Advice, Assessment, Criterion
from services.registration.model.private import NotedDecision
from services.registration.model.verdict import REASONS, CriterionVerdict, ReasonCode, Verdict
from services.registration.verification.papers import Papers

_AGAINST = {(Verdict.LOLOS, Advice.TIDAK): "tidak sesuai", (Verdict.TIDAK, Advice.LOLOS): "sesuai"}
"""Verdicts against the engine's advice, and how the advice is read. In doubt it advises neither."""


def is_against(verdict: Verdict, advice: Advice) -> bool:
    """Whether a verdict contradicts the engine's advice."""
    return (verdict, advice) in _AGAINST


def is_in_doubt(verdict: Verdict, advice: Advice) -> bool:
    """Whether a criterion is decided for that the engine leaves to a human."""
    return verdict is Verdict.LOLOS and advice is Advice.PERLU_DITINJAU


def require_reasons(given: Iterable[CriterionVerdict], assessment: Assessment, papers: Papers) -> None:
    """Refuse verdicts that need a reason and have none, or one that does not fit.

    Raises:
        Problem: `invalid-fields`, for `criteria.<criterion>.reason_code`: `reason-against-advice`, `reason-in-doubt`,
            `reason-without-papers` or `reason-unopened` for the weightiest cause, else `missing`, with a sentence of
            every cause; `reason-unfitting` for one of another verdict or criterion. For `criteria.<criterion>.text`:
            `missing` where the reason has to be typed.
    """
    advised = advice_of(assessment)
    faults = [fault for each in given for fault in _faults(each, advised[each.criterion], papers)]
    if faults:
        raise Problem(Code.INVALID_FIELDS, fields=faults)


def advice_of(assessment: Assessment) -> dict[Criterion, Advice]:
    """The engine's advice by criterion."""
    return {each.criterion: each.advice for each in assessment.criteria}


def marks_of(noted: NotedDecision, assessment: Assessment) -> tuple[VerdictMark, ...]:
    """What PPK and bkn are told of a verdict, and its person is not asked about."""
    advised = advice_of(assessment)
    told = {
        VerdictMark.MELAWAN_SARAN: noted.against_advice,
        VerdictMark.RAGU: any(is_in_doubt(each.verdict, advised[each.criterion]) for each in noted.criteria),
        VerdictMark.TANPA_BERKAS: bool(noted.without_papers),
        VerdictMark.BELUM_DIBUKA: bool(noted.unopened),
        VerdictMark.DIUNDANG_PENGISI: noted.invited,
        VerdictMark.PENGECUALIAN: noted.under_waiver,
        VerdictMark.MENUNGGU_PEMERIKSAAN: noted.drawn,
    }
    return tuple(mark for mark, so in told.items() if so)


def _faults(given: CriterionVerdict, advice: Advice, papers: Papers) -> Iterator[FieldProblem]:
    field, code = f"criteria.{given.criterion.value}", given.reason_code
    if code is None:
        yield from _unfounded(field, given, advice, papers)
        return
    reason = REASONS[code]
    if given.verdict not in reason.verdicts or given.criterion not in reason.criteria:
        sentence = "Alasan ini bukan untuk putusan pada kriteria ini. Pilih alasan lain."
        yield FieldProblem(f"{field}.reason_code", "reason-unfitting", sentence)
    if code is ReasonCode.LAINNYA and not given.text:
        yield FieldProblem(f"{field}.text", "missing", "Tulis alasannya; orangnya akan membacanya.")


def _unfounded(field: str, given: CriterionVerdict, advice: Advice, papers: Papers) -> Iterator[FieldProblem]:
    causes = list(_causes(given, advice, papers))
    agreed = given.verdict.value == advice.value
    if causes or not agreed:
        code = causes[0][0] if causes else "missing"
        sentences = ["Pilih alasan putusan ini; orangnya akan membacanya.", *(sentence for _, sentence in causes)]
        yield FieldProblem(f"{field}.reason_code", code, " ".join(sentences))


def _causes(given: CriterionVerdict, advice: Advice, papers: Papers) -> Iterator[tuple[str, str]]:
    if is_against(given.verdict, advice):
        yield "reason-against-advice", f"Saran aturan: {_AGAINST[given.verdict, advice]}."
    if given.verdict is Verdict.TIDAK:
        return
    if is_in_doubt(given.verdict, advice):
        yield "reason-in-doubt", "Saran aturan: perlu ditinjau."
    if lacking := papers.lacking_for(given.criterion):
        yield "reason-without-papers", " ".join(one.text for one in lacking)
    if papers.unopened_for(given.criterion):
        yield "reason-unopened", "Ada berkas untuk kriteria ini yang belum Anda buka."
