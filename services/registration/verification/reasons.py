"""Which decisions need a reason (domain.md, section 5): those against the advice, in doubt, or without the papers."""

from collections.abc import Iterator, Sequence

from services.kernel.documents import DocumentType
from services.kernel.problems import invalid_problem
from services.kernel.states import PersonState
from services.registration.eligibility.advice import Advice
from services.registration.shared.views import Missing

_YES, _NO = PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT
_AGAINST = {(_YES, Advice.TIDAK): "tidak sesuai", (_NO, Advice.LOLOS): "sesuai"}
"""Verdicts against the engine's advice, and how the advice is read. In doubt it advises neither."""


def is_against(decision: PersonState, advice: Advice) -> bool:
    """Whether a verdict contradicts the engine's advice."""
    return (decision, advice) in _AGAINST


def papers_lacking(decision: PersonState, lacking: Sequence[Missing]) -> tuple[DocumentType, ...]:
    """The kinds of paper a verdict was given without; a return asks for them and gives none."""
    return tuple(sorted({DocumentType(one.code) for one in lacking})) if decision in {_YES, _NO} else ()


def require_reason(reason: str | None, decision: PersonState, advice: Advice, lacking: Sequence[Missing]) -> None:
    """Refuse a decision that needs a reason and has none.

    Raises:
        Problem: `invalid-fields` for `reason`: `reason-against-advice`, `reason-in-doubt`, `reason-without-papers` for
            the weightiest cause, else `missing`; the sentence names every cause.
    """
    causes = list(_causes(decision, advice, lacking))
    if reason or (decision is _YES and not causes):
        return
    code = causes[0][0] if causes else "missing"
    sentences = ["Tulis alasan keputusan ini; orangnya akan membacanya.", *(sentence for _, sentence in causes)]
    raise invalid_problem("reason", code, " ".join(sentences))


def _causes(decision: PersonState, advice: Advice, lacking: Sequence[Missing]) -> Iterator[tuple[str, str]]:
    if is_against(decision, advice):
        yield "reason-against-advice", f"Saran aturan: {_AGAINST[decision, advice]}."
    if decision is _YES and advice is Advice.PERLU_DITINJAU:
        yield "reason-in-doubt", "Saran aturan: perlu ditinjau."
    if decision is _YES and lacking:
        yield "reason-without-papers", " ".join(one.text for one in lacking)
