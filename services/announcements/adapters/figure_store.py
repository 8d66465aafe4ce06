"""Counts of cases: `CF#<institution>`/`<week>#<kind>#<topic>`, moved in the transaction of what they count.

An item is there only where something was counted.
"""

from typing import Final

from services.announcements.model.case import Case, Topic
from services.announcements.model.case_figures import DECIDED, IN_TIME, RECEIVED, Figure, counted
from services.announcements.model.due import OF_BKN
from services.announcements.settings import settings
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Item, KeyPart, Operation
from services.kernel.cases import CaseKind
from services.kernel.notices.outbox import NATIONAL

_NONE: Final = "-"
"""Stands for the topic of what has none."""


def count(before: Case | None, after: Case) -> list[Operation]:
    """The operation that counts a step of a case, if it is counted."""
    found = counted(before, after)
    if found is None:
        return []
    week, what = found
    topic = after.topic.value if after.topic else _NONE
    key = {"pk": _pk(_answerer(after)), "sk": f"{week}#{after.kind.value}#{topic}"}
    return [dynamodb.update(settings().table, key, add=dict.fromkeys(what, 1))]


def _answerer(case: Case) -> str:
    """Whose counts it joins: what concerns the institution itself is bkn's, and its institution never hears of it."""
    return NATIONAL if case.topic in OF_BKN else case.institution


def since(institution: str, week: str) -> list[Figure]:
    """What was counted at an institution from a week on, the oldest week first."""
    when = KeyPart("pk").eq(_pk(institution)) & KeyPart("sk").gte(week)
    return [_to_figure(item) for item in dynamodb.query_all(settings().table, when)]


def _to_figure(item: Item) -> Figure:
    week, kind, topic = item["sk"].split("#")
    return Figure(
        week=week,
        kind=CaseKind(kind),
        topic=None if topic == _NONE else Topic(topic),
        received=item.get(RECEIVED, 0),
        decided=item.get(DECIDED, 0),
        in_time=item.get(IN_TIME, 0),
    )


def _pk(institution: str) -> str:
    return f"CF#{institution}"
