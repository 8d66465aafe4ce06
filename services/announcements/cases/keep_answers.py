"""A help desk keeps answers for reuse: texts that say nothing of anybody."""

from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, Field

from services.announcements.adapters import answer_store
from services.announcements.cases.who_may import READERS
from services.announcements.model.saved_answer import MOST, SavedAnswer, SavedAnswers
from services.kernel.audit.chain import Event
from services.kernel.notices.outbox import NATIONAL
from services.kernel.problems import Code, Problem
from services.kernel.security.personal_number_texts import refuse_number_in_message, refuse_personal_number
from services.kernel.security.sessions import Actor, Role
from services.kernel.values.texts import clean_paragraph, clean_text
from services.kernel.web.request import Request

ACTION: Final = "answers.kept"
ANSWER_READERS: Final = READERS
ANSWER_WRITERS: Final = frozenset({Role.HELPDESK, Role.ADMIN, Role.BKN})


class AnswerText(BaseModel):
    """One answer; no personal number stands in it, for it is sent to many."""

    title: Annotated[
        str, Field(min_length=3, max_length=80), AfterValidator(clean_text), AfterValidator(refuse_personal_number)
    ]
    text: Annotated[
        str,
        Field(min_length=10, max_length=2000),
        AfterValidator(clean_paragraph),
        AfterValidator(refuse_number_in_message),
    ]


class AnswersBody(BaseModel):
    """All that is to be kept, in this order, in the place of version `v`."""

    v: int = Field(ge=0)
    answers: list[AnswerText] = Field(max_length=MOST)


class AnswersView(BaseModel):
    """What is kept; `editable`: by the reader."""

    v: int
    answers: list[AnswerText]
    editable: bool


class Kept(BaseModel):
    """What a retry is answered from."""

    v: int


def get_answers(code: str, actor: Actor) -> AnswersView:
    """The answers of an institution, or of bkn where `code` is `nasional`.

    Raises:
        Problem: `not-found` for another institution.
    """
    actor.require_institution(code)
    kept = answer_store.load(code)
    answers = [AnswerText.model_construct(title=one.title, text=one.text) for one in kept.answers]
    return AnswersView(v=kept.v, answers=answers, editable=_may_write(code, actor))


def keep_answers(code: str, body: AnswersBody, request: Request) -> AnswersView:
    """Keep these and no others.

    Raises:
        Problem: `not-found` for another institution, `forbidden` for bkn at an institution's; `invalid-fields`;
            `version-moved` when somebody else changed them meanwhile; `try-again`.
    """
    request.actor.require_institution(code)
    if not _may_write(code, request.actor):
        raise Problem(Code.FORBIDDEN)
    request.once.answer(Kept, lambda: _keep(code, body, request))
    return get_answers(code, request.actor)


def _keep(code: str, body: AnswersBody, request: Request) -> Kept:
    after = SavedAnswers(body.v + 1, tuple(SavedAnswer(one.title, one.text) for one in body.answers))
    event = Event(request.actor.id, ACTION, request.received, {"titles": [one.title for one in after.answers]})
    kept = Kept(v=after.v)
    if not answer_store.keep(code, after, event, request.once.remember(kept)):
        raise Problem(Code.VERSION_MOVED)
    return kept


def _may_write(code: str, actor: Actor) -> bool:
    """Bkn keeps its own, not an institution's."""
    return actor.role in ANSWER_WRITERS and (actor.role is Role.BKN) is (code == NATIONAL)
