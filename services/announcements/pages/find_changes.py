"""Which rows differ between the numbered pre-final list and the final list, searched like all that is published."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from services.announcements.adapters import site
from services.announcements.model.change import Change, ChangeKind
from services.announcements.model.institution import Prefinal, Row
from services.announcements.pages.scan import search_rows
from services.announcements.pages.sealed_list import Refused, read_numbered
from services.kernel.log import LogLine, log
from services.kernel.security.findings import Finding


def find_changes(
    code: str, prefinal: Prefinal | None, final: Sequence[Row], withheld: Collection[str]
) -> list[Change] | None:
    """The rows that differ, by registration number; None where no pre-final list can be compared with.

    Compared is the numbered list as it was made for uji publik: it lies there unchanged, and has its root told.
    """
    if prefinal is None or not prefinal.list_key:
        return None
    findings = site.read_findings(prefinal.list_key)
    try:
        before = read_numbered(site.read_list(prefinal.list_key), prefinal)
    except Refused as refused:
        log(LogLine.LIST_REFUSED, institution=code, epoch=prefinal.number, code=refused.code)
        return None
    if findings is None:
        return None
    changes = list(compare(before, final))
    found: dict[str, list[Finding]] = {}
    for one in findings.rows:
        found.setdefault(one.nomor_registrasi, []).append(Finding(one.field, one.kind))
    hidden = {*withheld, *_found(changes, found)}
    return [change._replace(hidden=change.nomor_registrasi in hidden) for change in changes]


def compare(before: Sequence[Row], after: Sequence[Row]) -> Iterator[Change]:
    """Each registration number whose row differs, once, by number."""
    old, new = _by_number(before), _by_number(after)
    for number in sorted(old.keys() | new.keys()):
        was, now = old.get(number), new.get(number)
        if was != now:
            kind = ChangeKind.ADDED if was is None else ChangeKind.LEFT if now is None else ChangeKind.CHANGED
            yield Change(kind, number, was, now)


def _by_number(rows: Sequence[Row]) -> dict[str, Row]:
    return {row.nomor_registrasi: row for row in rows}


def _found(changes: Sequence[Change], own: Mapping[str, Sequence[Finding]]) -> list[str]:
    """The numbers of those whose pre-final row may not be shown; the final list was searched already."""
    rows = [change.before for change in changes if change.before]
    return search_rows((row, own.get(row.nomor_registrasi, ())) for row in rows).withheld
