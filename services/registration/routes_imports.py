"""Routes of the institution: importing spreadsheets of people."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.security.sessions import Actor, Role
from services.kernel.web.replies import Redirect, see_other
from services.kernel.web.request import Request
from services.kernel.web.watched import Watched
from services.registration.access.staff_roles import ENTERERS, RECORD_READERS, Limit
from services.registration.api import api
from services.registration.imports.confirm_import import confirm_import, withdraw_import
from services.registration.imports.create_import import ImportStarted, NewImport, create_import
from services.registration.imports.hand_out_result import hand_out_result
from services.registration.imports.import_view import ImportView, load_visible, watch_import
from services.registration.imports.list_answers import AnswerPage, AnswerQuery, list_answers
from services.registration.imports.list_imports import ImportList, list_imports
from services.registration.model.import_job import Outcome


class AnswersQuery(BaseModel):
    """Which answers of an import, and where to go on."""

    outcome: Outcome | None = None
    cursor: Annotated[str, Field(max_length=20)] | None = None
    limit: Limit = 50


@api.route("GET", "/institutions/{code}/imports", roles=RECORD_READERS)
def imports(code: str, actor: Actor) -> ImportList:
    """The latest imports of an institution, the newest first, with how far each is."""
    return list_imports(institution=code, actor=actor)


@api.route("POST", "/institutions/{code}/imports", roles=ENTERERS, status=201)
def import_new(code: str, body: NewImport, request: Request) -> ImportStarted:
    """Promise a place for a spreadsheet and hand out the form that sends it."""
    return create_import(body, institution=code, request=request)


@api.route("GET", "/institutions/{code}/imports/{identifier}", roles=RECORD_READERS)
def import_status(code: str, identifier: str, actor: Actor, received: datetime) -> Watched[ImportView]:
    """How far an import is: its state, the rows answered, and how many of each answer."""
    return watch_import(load_visible(identifier, code, actor), received)


@api.route("POST", "/institutions/{code}/imports/{identifier}/confirmation", roles=frozenset({Role.ADMIN}))
def import_confirmation(code: str, identifier: str, request: Request) -> ImportView:
    """Let an import void the verdicts it would void."""
    return confirm_import(identifier, institution=code, request=request)


@api.route("POST", "/institutions/{code}/imports/{identifier}/withdrawal", roles=ENTERERS)
def import_withdrawal(code: str, identifier: str, request: Request) -> ImportView:
    """Leave the rows of an import that would void verdicts as they are."""
    return withdraw_import(identifier, institution=code, request=request)


@api.route("GET", "/institutions/{code}/imports/{identifier}/answers", roles=RECORD_READERS)
def import_answers(code: str, identifier: str, query: AnswersQuery, actor: Actor, received: datetime) -> AnswerPage:
    """The answer on each row."""
    wanted = AnswerQuery(query.outcome, query.cursor, query.limit)
    return list_answers(identifier, wanted, institution=code, actor=actor, received=received)


@api.route("GET", "/institutions/{code}/imports/{identifier}/result", roles=RECORD_READERS)
def import_result(code: str, identifier: str, actor: Actor, received: datetime) -> Redirect:
    """The answers as a spreadsheet, under a link of five minutes."""
    return see_other(hand_out_result(identifier, institution=code, actor=actor, received=received))
