"""What the queue of verification reads and keeps (docs/adr/0022): leases, each an item of its own in the reg-ttl table.

A lease says who has a record before him, and until when nobody else is handed it. It is kept under the record's place
in the index of people, so that it is read together with the record's line; its `pid` says whose it is, should the index
have been made anew. Nothing is decided by it: a verdict counts by the version of the record.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.kernel import clock
from services.kernel.aws import dynamodb, ttl_store
from services.kernel.aws.dynamodb import Attr
from services.kernel.writes import gate
from services.kernel.writes.calendar import Round
from services.registration.adapters import account_store, search_store
from services.registration.model.account import Account
from services.registration.model.search_row import SearchRow
from services.registration.settings import settings


@dataclass(frozen=True)
class Lease:
    """Who has whose record before him; it holds until `until`."""

    pid: str
    by: str
    until: datetime

    def holds(self, pid: str) -> bool:
        """Whether this person's record is still before somebody."""
        return self.pid == pid and clock.now() < self.until


def read_office(institution: str, account: str) -> tuple[Round, Account | None]:
    """The gate of an institution and the account of somebody of its staff, in one call.

    Raises:
        Problem: `not-found` when no round was opened for it.
        Busy: when DynamoDB leaves some out three times.
    """
    own, gates = settings().table, settings().gate_table
    keys = {own: [account_store.account_key(account)], gates: [gate.round_key(institution)]}
    found = dynamodb.get_across(keys)
    return gate.round_of(institution, found[gates][0]), account_store.account_in(found[own][0])


def read_lines(institution: str, places: Collection[int]) -> tuple[Mapping[int, SearchRow], Mapping[int, Lease]]:
    """The lines of these places and the leases on them, over or not, in one call; not always as of this second.

    Raises:
        Busy: when DynamoDB leaves some out three times.
    """
    own, short = settings().table, settings().ttl_table
    leases = [{"pk": _key(institution, place)} for place in places]
    found = dynamodb.get_across({own: search_store.block_keys(institution, places), short: leases}, consistent=False)
    held = {
        place: Lease(item["pid"], item["by"], clock.from_millis(item["until"]))
        for place, item in zip(places, found[short], strict=True)
        if item is not None
    }
    return search_store.rows_in(found[own], places), held


def take(institution: str, place: int, lease: Lease) -> bool:
    """Keep the lease, unless somebody has the record before him, the same one included; False where that is so."""
    over = Attr("until").lte(clock.millis(clock.now()))
    free = Attr("pk").not_exists() | over | Attr("pid").ne(lease.pid)
    return ttl_store.keep(_key(institution, place), {"pid": lease.pid, "by": lease.by}, lease.until, free)


def end(institution: str, place: int, pid: str, by: str) -> bool:
    """End this member of staff's lease; False where he has none on this record."""
    mine = Attr("by").eq(by) & Attr("pid").eq(pid)
    return ttl_store.keep(_key(institution, place), {"pid": pid, "by": by}, clock.now(), mine)


def _key(institution: str, place: int) -> str:
    return f"queue#{institution}#{place}"
