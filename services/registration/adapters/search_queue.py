"""The queue that tells whose line of the index may have changed: an institution's messages are handled in order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

from pydantic import BaseModel, ConfigDict

from services.kernel.aws import events
from services.kernel.aws.dynamodb import decode
from services.kernel.aws.events import Ordered, portions
from services.registration.adapters.job_store import PREFIX
from services.registration.settings import settings

_MANY: Final = 100
"""People a message: a message of FIFO is read with nine others of its institution."""
_ROOTS, _CLAIMS = "P#", "N#"


class ToldMessage(BaseModel):
    """Somebody changed. `beside`: not only his own item, files or claims too.

    `check` asks for a look at the whole institution instead, `anew` for making its index from nothing, `recount` for
    counting again what many share and which family a title is of.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    institution: str
    people: tuple[str, ...] = ()
    beside: bool = False
    check: bool = False
    anew: bool = False
    recount: bool = False


def tell(messages: Iterable[ToldMessage]) -> None:
    """Put messages into the queue.

    Raises:
        RuntimeError: when SQS did not take all of them; whoever sends again does no harm.
    """
    for batch in portions(messages, lambda message: len(message.model_dump_json())):
        ordered = [Ordered(message.institution, uuid4().hex, message.model_dump_json()) for message in batch]
        if events.send_many_in_order(settings().search_queue, ordered):
            raise RuntimeError("the queue refused messages")


def tell_changes(records: Sequence[Mapping[str, Any]]) -> None:
    """Tell of the people, claims and lists of titles among a stream's changes.

    Raises:
        RuntimeError: when SQS did not take all of them.
    """
    told: dict[tuple[str, bool], dict[str, None]] = defaultdict(dict)
    for record in records:
        for institution, pid, beside in _whom(record["dynamodb"]):
            told[institution, beside][pid] = None
    tell(message for (institution, beside), people in told.items() for message in _cut(institution, [*people], beside))
    tell(ToldMessage(institution=institution, recount=True) for institution in _with_other_jobs(records))


def _cut(institution: str, people: Sequence[str], beside: bool) -> Iterable[ToldMessage]:
    for start in range(0, len(people), _MANY):
        yield ToldMessage(institution=institution, people=tuple(people[start : start + _MANY]), beside=beside)


def _with_other_jobs(records: Sequence[Mapping[str, Any]]) -> list[str]:
    keys = [record["dynamodb"]["Keys"]["pk"]["S"] for record in records]
    return list(dict.fromkeys(pk.removeprefix(PREFIX) for pk in keys if pk.startswith(PREFIX)))


def _whom(change: Mapping[str, Any]) -> Iterable[tuple[str, str, bool]]:
    pk, sk = change["Keys"]["pk"]["S"], change["Keys"].get("sk", {}).get("S")
    if sk != "@" or "NewImage" not in change:
        return
    if pk.startswith(_ROOTS):
        yield change["NewImage"]["institution"]["S"], pk.removeprefix(_ROOTS), False
    elif pk.startswith(_CLAIMS) and "OldImage" in change:
        images = (decode({"claimants": change[image]["claimants"]}) for image in ("OldImage", "NewImage"))
        for claimant in {claimant for image in images for claimant in image["claimants"]}:
            institution, _, pid = claimant.partition("#")
            yield institution, pid, True
