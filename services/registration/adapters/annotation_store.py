"""Annotations beside a person's record, `P#<pid>`/`NOTE#<case number>`: neither gated nor sealed, each written once."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.kernel.cases import CaseKind
from services.kernel.security.sessions import Role
from services.registration.model.annotation import Annotation
from services.registration.settings import settings

_LEADS: Final = "NOTE#"


def annotate(pid: str, annotation: Annotation) -> Operation:
    """The operation that writes an annotation; refused where one of the same case stands."""
    item = {
        "pk": f"P#{pid}",
        "sk": f"{_LEADS}{annotation.case}",
        "kind": annotation.kind.value,
        "by": annotation.by,
        "role": annotation.role.value,
        "at": annotation.at,
        "accepted": annotation.accepted,
        "kept_until": None if annotation.kept_until is None else annotation.kept_until.isoformat(),
    }
    return dynamodb.put(settings().table, item, when=Attr("pk").not_exists())


def find(pid: str, case: str) -> Annotation | None:
    """The annotation of a case, if there is one."""
    item = dynamodb.get(settings().table, {"pk": f"P#{pid}", "sk": f"{_LEADS}{case}"})
    return None if item is None else _to_annotation(item)


def annotations_of(items: Mapping[str, Item]) -> tuple[Annotation, ...]:
    """The annotations among the items of a person, by sort key."""
    return tuple(_to_annotation(item) for sk, item in items.items() if sk.startswith(_LEADS))


def _to_annotation(item: Item) -> Annotation:
    kept_until = item["kept_until"]
    return Annotation(
        case=item["sk"].removeprefix(_LEADS),
        kind=CaseKind(item["kind"]),
        by=item["by"],
        role=Role(item["role"]),
        at=item["at"],
        accepted=item["accepted"],
        kept_until=None if kept_until is None else date.fromisoformat(kept_until),
    )
