"""The next numbered list for uji publik, as it stands when it is asked for; registration makes it (domain.md, §3)."""

from datetime import datetime

from services.finalization.model.counts import Counts
from services.finalization.model.institution import Institution, Prefinal
from services.kernel.states import ON_PREFINAL_LIST


def next_list(
    institution: Institution, counts: Counts, at: datetime, *, entry: datetime, automatic: bool = False
) -> Prefinal:
    """A list of the next number, made at `at` for the close of `ENTRY` at `entry`.

    How many names it holds is what facts have told, until registration has counted.
    """
    number = institution.prefinal.number + 1 if institution.prefinal else 1
    return Prefinal(number, counts.of(ON_PREFINAL_LIST), at, entry=entry, automatic=automatic)
