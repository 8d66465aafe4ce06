"""Requests for sheets of people who have an account, in the reg table beside their persons."""

from datetime import datetime

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Operation
from services.kernel.security.sessions import Role
from services.registration.model.sheet_request import LASTS, SheetRequest
from services.registration.settings import settings


def find_open(pid: str, at: datetime) -> SheetRequest | None:
    """The request that somebody may still agree to at this instant."""
    item = dynamodb.get(settings().table, _key(pid))
    if item is None:
        return None
    asked = clock.from_millis(item["at"])
    request = SheetRequest(pid, item["by"], Role(item["role"]), tuple(item["units"]), item["own"], asked)
    return request if request.is_open(at) else None


def put(request: SheetRequest) -> Operation:
    """The operation that keeps a request, unless an open one is there."""
    item = {
        **_key(request.pid),
        "by": request.by,
        "role": request.role.value,
        "units": list(request.units),
        "own": request.own,
        "at": clock.millis(request.at),
    }
    free = Attr("pk").not_exists() | Attr("at").lte(clock.millis(request.at - LASTS))
    return dynamodb.put(settings().table, item, when=free)


def take_away(request: SheetRequest) -> Operation:
    """The operation that ends a request, unless it was ended meanwhile."""
    return dynamodb.delete(settings().table, _key(request.pid), when=Attr("at").eq(clock.millis(request.at)))


def _key(pid: str) -> dict[str, str]:
    return {"pk": f"P#{pid}", "sk": "MINTA"}
