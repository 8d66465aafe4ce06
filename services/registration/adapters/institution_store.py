"""What registration knows of an institution, from finalization's facts (item `INST#<code>`/`@`, listed in `INST`)."""

from collections.abc import Mapping
from typing import Any

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Cancelled, KeyPart
from services.kernel.problems import Code, Problem
from services.kernel.states import Phase
from services.registration.model.institution import Institution
from services.registration.settings import settings

_DIRECTORY = "INST"


def load(code: str) -> Institution:
    """An institution by its code of four digits.

    Raises:
        Problem: `not-found` when no round was opened for it.
    """
    item = dynamodb.get(settings().table, _key(code))
    if item is None:
        raise Problem(Code.NOT_FOUND)
    return Institution(code, item.get("title", code), Phase(item.get("phase", Phase.PENGINPUTAN)))


def keep(code: str, values: Mapping[str, Any], *, clock: str, v: int) -> bool:
    """Store what a fact says, unless a later one of its kind was here; False for one that came late or twice.

    `values` are attributes of the item (`title`, `kind`, `phase`). `clock` names the one with the version of the last
    fact of this kind: the kinds count apart.
    """
    newer = Attr(clock).not_exists() | Attr(clock).lt(v)
    kept = dynamodb.update(settings().table, _key(code), values={**values, clock: v}, when=newer)
    try:
        dynamodb.transact([kept, dynamodb.put(settings().table, {"pk": _DIRECTORY, "sk": code})])
    except Cancelled as cancelled:
        if cancelled.busy:
            raise
        return False
    return True


def codes() -> list[str]:
    """Every institution a fact has spoken of, in order."""
    return [item["sk"] for item in dynamodb.query_all(settings().table, KeyPart("pk").eq(_DIRECTORY))]


def _key(code: str) -> dict[str, str]:
    return {"pk": f"INST#{code}", "sk": "@"}
