"""Routes of bkn: lists of job titles that do not belong in the census."""

from datetime import datetime

from services.kernel.security.sessions import Role
from services.kernel.web.request import Request
from services.kernel.web.watched import Watched
from services.registration.api import api
from services.registration.shared.views import OnVersion, Versioned
from services.registration.titles.create_list import NewTitleList, TitleListStarted, create_list
from services.registration.titles.run_list import count_again, resume_run, run_list, withdraw_list
from services.registration.titles.views import (
    TitleEffects,
    TitleLists,
    TitleListView,
    list_effects,
    list_titles,
    watch_list,
)

_BKN = frozenset({Role.BKN})
_NATIONAL = frozenset({Role.BKN, Role.AUDITOR})


@api.route("GET", "/title-lists", roles=_NATIONAL)
def title_lists(received: datetime) -> TitleLists:
    """Every list of excluded job titles, the latest first."""
    return list_titles(received)


@api.route("POST", "/title-lists", roles=_BKN, status=201)
def title_list_new(body: NewTitleList, request: Request) -> TitleListStarted:
    """Promise a place for a list and hand out the form that sends it."""
    return create_list(body, request)


@api.route("GET", "/title-lists/{identifier}", roles=_NATIONAL)
def title_list(identifier: str, received: datetime) -> Watched[TitleListView]:
    """One list: its titles, what is wrong with its file, and how far its count or its run is."""
    return watch_list(identifier, received)


@api.route("GET", "/title-lists/{identifier}/effects", roles=_NATIONAL)
def title_effects(identifier: str) -> TitleEffects:
    """What a list does, by title and by institution."""
    return list_effects(identifier)


@api.route("POST", "/title-lists/{identifier}/preview", roles=_BKN, status=202)
def title_preview(identifier: str, body: OnVersion, request: Request) -> Versioned:
    """Count the effect of a list anew; no record is written."""
    return count_again(identifier, body, request)


@api.route("POST", "/title-lists/{identifier}/run", roles=_BKN, status=202)
def title_run(identifier: str, body: OnVersion, request: Request) -> Versioned:
    """Let a list hold in five minutes, and run it over all records then."""
    return run_list(identifier, body, request)


@api.route("POST", "/title-lists/{identifier}/withdrawal", roles=_BKN)
def title_withdrawal(identifier: str, body: OnVersion, request: Request) -> Versioned:
    """Call off a run that has not begun, or put away a list that was not ordered."""
    return withdraw_list(identifier, body, request)


@api.route("POST", "/title-lists/{identifier}/resumption", roles=_BKN, status=202)
def title_resumption(identifier: str, body: OnVersion, request: Request) -> Versioned:
    """Go on with a run that stopped, also in institutions that were passed over."""
    return resume_run(identifier, body, request)
