"""Last step: prove the roster whole, build its trees, keep list, leaves and seal.

The roster index is eventually consistent, and a commit that was decided before the lock may become visible late; the
counters, which moved in the same transactions, say what must be there (design.md, section 4, "Seal"). The roster is
whole when, read with no transaction pending,

- the number of people equals the sum of `n` over all lanes,
- the number of people in each state equals the sum of `st_<STATE>`, and
- the sum of the people's versions equals the sum of `w`: every gated write gave one person one version.

The last one shows also a write that moved nobody to another state. After the lock nothing commits, so once equal they
stay equal.

A pre-final list is made while people work: their states and versions move on while it is read, and it shows each row as
it was then. But nobody may be missing from it, so the number of people must equal that of the counters there too. It is
begun when whoever was in time is through (in_flight.py); few join while it is made (drafts, accepted usulan, corrected
NIKs), and whoever does is found by the next attempt. Nobody is pending on a lane as it is counted: else somebody whose
NIK is being corrected could have left his old record and not stand under the new one yet.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from services.kernel.log import LogLine, log
from services.kernel.security import merkle
from services.kernel.states import Category
from services.kernel.writes import gate
from services.registration.adapters import counter_store, seal_files, seal_queue, seal_store
from services.registration.model.counts import Counts
from services.registration.model.edition import Edition, Purpose
from services.registration.model.seal import Seal
from services.registration.model.seal_step import Step, StepMessage
from services.registration.model.sealed_row import SealedRow, sealed_as
from services.registration.seals.begin_seal import step_message

ALARM_AFTER: Final = 5
"""Attempts after which it is no longer the index that is behind, and an alarm tells (SEAL003)."""
_DELAY: Final = 3
_MAX_DELAY: Final = 900
"""Seconds until the next attempt, doubled each time; SQS keeps a message back for 15 minutes at most."""


def finish_seal(message: StepMessage) -> None:
    """Make the seal, or the pre-final list, of what was read if it is whole, else begin anew.

    Raises:
        Busy: when a transaction is pending on a lane's counters; the message comes again.
    """
    edition, attempt = message.edition, message.attempt
    plan = seal_store.load_plan(edition)
    if seal_store.exists(edition) or plan is None or plan.attempt != attempt or plan.left:
        return
    rows = [row for part in range(plan.parts) for row in seal_files.read_rows(edition, attempt, part)]
    if not _whole(edition, rows):
        _once_more(edition, attempt)
        return
    seal = build_seal(edition, rows)
    if seal_store.store(seal):
        log(LogLine.SEALED, institution=edition.institution, epoch=edition.number, count=seal.total)


def build_seal(edition: Edition, rows: Sequence[SealedRow]) -> Seal:
    """Build the trees of these rows and keep list and leaves; the same rows give the same seal."""
    ordered = sorted(rows, key=lambda row: row.nomor_registrasi)
    listed = [row for row in ordered if row.state in edition.listed]
    list_leaves = [row.list_leaf() for row in listed]
    roster_leaves = [row.roster_leaf() for row in ordered]
    categories = Counter(row.kategori for row in listed)
    final = edition.purpose is Purpose.SEAL
    return Seal(
        edition=edition,
        list_key=seal_files.write_list(
            edition, (row.entry() for row in listed), [found for row in listed for found in row.findings()]
        ),
        root=merkle.root(list_leaves).hex(),
        roster_root=merkle.root(roster_leaves).hex(),
        people=len(ordered),
        thk2=categories[Category.THK_II],
        non_asn=categories[Category.NON_ASN],
        by_state=count_sealed(ordered),
        list_chunks=seal_files.keep_leaves(edition, "list", list_leaves) if final else [],
        roster_chunks=seal_files.keep_leaves(edition, "roster", roster_leaves) if final else [],
    )


def count_sealed(rows: Sequence[SealedRow]) -> dict[str, int]:
    """How many were sealed in which state; whoever nobody decided on, as `BELUM_DIVERIFIKASI`."""
    return dict(Counter(sealed_as(row.state) for row in rows))


def counted(rows: Sequence[SealedRow]) -> Counts:
    """What the counters must say of these people."""
    return Counts(
        people=len(rows),
        versions=sum(row.v for row in rows),
        by_state=dict(Counter(row.state for row in rows)),
    )


def _whole(edition: Edition, rows: Sequence[SealedRow]) -> bool:
    round_ = gate.read_round(edition.institution)
    if edition.purpose is Purpose.PREFINAL:
        return len(rows) == counter_store.undisturbed(round_).people
    return counted(rows) == counter_store.settled(round_)


def _once_more(edition: Edition, attempt: int) -> None:
    line = LogLine.SEAL_UNEQUAL if attempt < ALARM_AFTER else LogLine.SEAL_STUCK
    log(line, institution=edition.institution, epoch=edition.number, attempt=attempt)
    delay = min(_MAX_DELAY, _DELAY * 2**attempt)
    seal_queue.send([step_message(Step.BEGIN, edition, attempt + 1)], delay=delay)
