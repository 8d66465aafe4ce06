"""Lists of titles as bkn sees them: what they hold, what they would do or have done, and what may be done with them."""

from collections.abc import Mapping
from datetime import date, datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.web.languages import Sentence
from services.kernel.web.watched import Watched, patience
from services.registration.adapters import rules_store, title_store
from services.registration.eligibility.rules_2022 import RULES_2022
from services.registration.model.title_list import (
    Count,
    Effect,
    ListState,
    Progress,
    ProgressState,
    TitleList,
    begins_on,
)
from services.registration.model.title_step import StepKind
from services.registration.shared.institution_view import InstitutionView, view_institution


class EffectView(BaseModel):
    """How many records a list has advised not to fit, to be looked at, or freed; `voided` verdicts are void by it."""

    blocked: int
    doubted: int
    freed: int
    voided: int


class CountView(BaseModel):
    """How far a count is: institutions done, passed over and in all, people looked at, and the effect so far."""

    at: datetime
    institutions: int | None
    done: int
    passed_over: int
    looked: int
    effect: EffectView
    over: bool


class FaultView(BaseModel):
    """What is wrong with a file; `row` is the line of it."""

    code: str
    message: Sentence
    row: int | None


class ListedTitleView(BaseModel):
    """A line of a list."""

    title: str
    letter: str
    letter_date: date
    effective: date


class TitleListSummary(BaseModel):
    """A list among the others."""

    id: str
    v: int
    at: datetime
    filename: str
    state: ListState
    titles: int
    number: int | None
    since: datetime | None
    effective: date | None
    holds: bool


class TitleLists(BaseModel):
    """Every list, the latest first; `built_in` is how many titles hold where `holds` of none is true."""

    items: list[TitleListSummary]
    built_in: int


class TitleListView(TitleListSummary):
    """One list, with its counts.

    `may_run`: its effect is known and its day has come. `past`: so many titles hold since a day before the one on which
    it was loaded.
    """

    lines: list[ListedTitleView]
    faults: list[FaultView]
    same_as: str | None
    past: int
    preview: CountView | None
    run: CountView | None
    withdrawable_until: datetime | None
    may_run: bool
    may_run_from: datetime | None


class TitleEffectView(EffectView):
    """The effect of one title."""

    title: str


class InstitutionEffectView(EffectView):
    """The effect on one institution. `reason` is a problem's code: why it was, or would be, passed over."""

    institution: InstitutionView
    state: ProgressState
    looked: int
    reason: str | None


class TitleEffects(BaseModel):
    """What a list does, by title as counted before its run, and by institution, of its run once that has begun."""

    titles: list[TitleEffectView]
    institutions: list[InstitutionEffectView]


def list_titles(now: datetime) -> TitleLists:
    """Every list there is."""
    return TitleLists(
        items=[_summary(one, now) for one in title_store.everything()], built_in=len(RULES_2022.blocklist)
    )


def watch_list(identifier: str, now: datetime) -> Watched[TitleListView]:
    """One list, for who waits until it is read, counted, or run.

    Raises:
        Problem: `not-found`.
    """
    titles = title_store.load(identifier)
    view = _view(titles, now)
    waits = _waits_for(titles, view)
    return Watched(view, None if waits is None else patience(waits, now))


def list_effects(identifier: str) -> TitleEffects:
    """What a list does where; institutions on which it does nothing are left out unless they were passed over.

    Raises:
        Problem: `not-found`.
    """
    titles = title_store.load(identifier)
    counted = _current(title_store.all_progress(titles.id, StepKind.PREVIEW, titles=True), titles.preview)
    ran = _current(title_store.all_progress(titles.id, StepKind.RUN), titles.run)
    by_title: dict[str, Effect] = {}
    for one in counted:
        for title, effect in one.by_title.items():
            by_title[title] = by_title.get(title, Effect()) + effect
    shown = [one for one in ran or counted if one.total.changed or one.reason]
    return TitleEffects(
        titles=[
            TitleEffectView(title=title, **_figures(effect))
            for title, effect in sorted(by_title.items(), key=lambda pair: (-pair[1].changed, pair[0]))
        ],
        institutions=[
            InstitutionEffectView(
                institution=view_institution(one.institution),
                state=one.state,
                looked=one.looked,
                reason=one.reason,
                **_figures(one.total),
            )
            for one in sorted(shown, key=lambda one: (-one.total.changed, one.institution))
        ],
    )


def _summary(titles: TitleList, now: datetime) -> TitleListSummary:
    holding = rules_store.load().at(now)
    return TitleListSummary(
        id=titles.id,
        v=titles.v,
        at=titles.at,
        filename=titles.filename,
        state=titles.state_at(now),
        titles=len(titles.titles),
        number=titles.number,
        since=titles.since,
        effective=titles.effective,
        holds=holding is not None and holding.list == titles.id,
    )


def _view(titles: TitleList, now: datetime) -> TitleListView:
    preview, run = _count(titles, titles.preview, StepKind.PREVIEW), _count(titles, titles.run, StepKind.RUN)
    runs_from = begins_on(titles.effective) if titles.effective else None
    loaded_on = titles.at.astimezone(clock.WIB).date()
    until = titles.withdrawable_until
    return TitleListView(
        **_summary(titles, now).model_dump(),
        lines=[
            ListedTitleView(title=one.title, letter=one.letter, letter_date=one.letter_date, effective=one.effective)
            for one in titles.titles
        ],
        faults=[FaultView(code=one.code, message=one.message, row=one.row) for one in titles.faults],
        same_as=titles.same_as,
        past=sum(one.effective < loaded_on for one in titles.titles),
        preview=preview,
        run=run,
        withdrawable_until=until if until and now < until else None,
        may_run=bool(titles.state is ListState.DIMUAT and preview and preview.over and runs_from and runs_from <= now),
        may_run_from=runs_from if runs_from and now < runs_from else None,
    )


def _count(titles: TitleList, count: Count | None, kind: StepKind) -> CountView | None:
    if count is None:
        return None
    found = _current(title_store.all_progress(titles.id, kind), count)
    passed_over = sum(one.state is ProgressState.DILEWATI for one in found)
    done = sum(one.state is ProgressState.SELESAI for one in found)
    total = sum((one.total for one in found), Effect())
    return CountView(
        at=count.at,
        institutions=count.institutions,
        done=done,
        passed_over=passed_over,
        looked=sum(one.looked for one in found),
        effect=EffectView(**_figures(total)),
        over=count.institutions is not None and done + passed_over >= count.institutions,
    )


def _current(found: list[Progress], count: Count | None) -> list[Progress]:
    return [one for one in found if count is not None and one.attempt == count.attempt]


def _figures(effect: Effect) -> Mapping[str, int]:
    return {
        "blocked": effect.blocked,
        "doubted": effect.doubted,
        "freed": effect.freed,
        "voided": effect.voided,
    }


def _waits_for(titles: TitleList, view: TitleListView) -> datetime | None:
    """Since when something is under way that is worth waiting for."""
    match titles.state:
        case ListState.MENUNGGU_UNGGAH:
            return titles.at
        case ListState.DIMUAT if view.preview and not view.preview.over:
            return titles.preview.at if titles.preview else None
        case ListState.DIJADWALKAN | ListState.BERLAKU if view.run and not view.run.over:
            return titles.run.at if titles.run else None
        case _:
            return None
