"""Usulan in the ann table: an inbox per institution, encrypted, and a pointer per ticket."""

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime

from services.announcements.adapters.audit_lane import Lane
from services.announcements.model.usulan import TicketView, Usulan, UsulanState, UsulanView
from services.announcements.settings import settings
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.problems import Problem, invalid_problem
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.writes import ungated

_INBOX = "U#"
LANE = Lane("usulan", "INBOX")
"""Who from outside read the inbox."""


def keep(usulan: Usulan, also: Sequence[Operation]) -> bool:
    """Keep a new usulan with its ticket and `also`; False when a condition of `also` did not hold."""
    key = {"pk": f"A#{usulan.institution}", "sk": _place(usulan)}
    salt = privacy.new_salt()
    place = Place(settings().table, key["pk"], key["sk"])
    entry = {
        **key,
        "state": UsulanState.DITERIMA.value,
        "at": clock.millis(usulan.received),
        "salt": salt,
        "private": privacy.encrypt(usulan.private, institution=usulan.institution, salt=salt, place=place),
    }
    ticket = {**_ticket_key(usulan.ticket), "institution": usulan.institution, "inbox": key["sk"]}
    unseen = Attr("pk").not_exists()
    puts = [dynamodb.put(settings().table, item, when=unseen) for item in (entry, ticket)]
    return ungated.commit([*puts, *also])


def _place(usulan: Usulan) -> str:
    return f"{_INBOX}{clock.millis(usulan.received):015d}#{usulan.ticket}"


def _ticket_key(ticket: str) -> dict[str, str]:
    return {"pk": f"T#{ticket}", "sk": "@"}


def find_ticket(ticket: str) -> TicketView | None:
    """How the usulan with this ticket stands."""
    pointer = dynamodb.get(settings().table, _ticket_key(ticket))
    entry = pointer and dynamodb.get(settings().table, {"pk": f"A#{pointer['institution']}", "sk": pointer["inbox"]})
    return TicketView(**_public(entry)) if entry else None


def inbox(institution: str, *, cursor: str | None, limit: int) -> tuple[list[UsulanView], str | None]:
    """A page of an institution's usulan, the newest first, and the cursor of the next page.

    Raises:
        Problem: `invalid-fields` for a cursor we did not give out.
    """
    pk = f"A#{institution}"
    when = KeyPart("pk").eq(pk) & KeyPart("sk").begins_with(_INBOX)
    after = {"pk": pk, "sk": _from_cursor(cursor)} if cursor else None
    items, last = dynamodb.query(settings().table, when, after=after, limit=limit, forward=False)
    return [_view(institution, item) for item in items], _to_cursor(last["sk"]) if last else None


def count_waiting(institution: str, *, most: int) -> tuple[int, bool]:
    """How many of an institution's newest `most` usulan wait for it, and whether there are older ones."""
    when = KeyPart("pk").eq(f"A#{institution}") & KeyPart("sk").begins_with(_INBOX)
    items, last = dynamodb.query(settings().table, when, limit=most, forward=False, only=("state",))
    return sum(item["state"] == UsulanState.DITERIMA for item in items), last is not None


def record_reading(institution: str, actor: str, at: datetime, tickets: Sequence[str]) -> None:
    """Write down in the inbox's audit chain that somebody from outside the institution read it.

    Raises:
        Problem: `try-again`; then nothing may be shown.
    """
    LANE.log(institution).record(Event(actor, "read-usulan", at, {"tickets": list(tickets)}))


def _public(item: Item) -> Item:
    ticket = item["sk"].rpartition("#")[2]
    return {"ticket": ticket, "state": item["state"], "received_at": clock.from_millis(item["at"])}


def _view(institution: str, item: Item) -> UsulanView:
    place = Place(settings().table, item["pk"], item["sk"])
    private = privacy.decrypt(item["private"], institution=institution, salt=item["salt"], place=place)
    return UsulanView(**_public(item), **private)


def _to_cursor(sk: str) -> str:
    return base64.urlsafe_b64encode(sk.encode()).decode().rstrip("=")


def _from_cursor(cursor: str) -> str:
    try:
        sk = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise _bad_cursor_problem() from error
    if not sk.startswith(_INBOX):
        raise _bad_cursor_problem()
    return sk


def _bad_cursor_problem() -> Problem:
    return invalid_problem("cursor", "unknown", "Penanda halaman ini tidak berlaku. Buka daftar dari awal.")
