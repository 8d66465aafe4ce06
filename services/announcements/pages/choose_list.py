"""Which list of an institution is public now, who is on it, and what of it may be shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.announcements.adapters import institution_store, release_store, site
from services.announcements.model.change import Change
from services.announcements.model.institution import Edition, Institution, Row
from services.announcements.pages.find_changes import find_changes
from services.announcements.pages.scan import Clean, Place, search_rows, search_title
from services.announcements.pages.sealed_list import Refused, Sealed, prove, read_sealed
from services.kernel.log import LogLine, log
from services.kernel.security.findings import Finding, RowFinding


@dataclass(frozen=True)
class PublicList:
    """The edition (None: nothing is public) and its people; `refused` when the final list was not what was sealed.

    `found` are the rows in which something like a personal number stands, and `places` says where; of a final list they
    are `withheld`: only their numbers are shown. `proof` goes with a final list: signed manifest, salts and
    commitments, as JSON; so does `by_state`, how many rows of the institution were sealed in which state. `changes`
    says how it differs from the pre-final list; None: there is none to compare with.
    """

    edition: Edition | None
    rows: Clean
    found: Sequence[Row] = ()
    places: Sequence[Place] = ()
    withheld: Sequence[str] = ()
    proof: bytes | None = None
    refused: bool = False
    by_state: Mapping[str, int] = field(default_factory=dict)
    changes: Sequence[Change] | None = None

    @property
    def stopped(self) -> bool:
        """Whether nothing of it may be published: a pre-final list can be mended, and an institution's name always."""
        named = any(place.nomor_registrasi is None for place in self.places)
        return named or (self.edition is Edition.PREFINAL and bool(self.places))


def choose_list(institution: Institution) -> PublicList:
    """The final list once it is sealed and proves to be what was sealed, before that the pre-final one; searched."""
    public = _choose(institution)
    return replace(public, places=[*search_title(institution.title), *public.places])


def _choose(institution: Institution) -> PublicList:
    if institution.edition is not Edition.FINAL:
        return _prefinal(institution)
    final = _final(institution)
    return final or replace(_prefinal(replace(institution, seal=None)), refused=True)


def _prefinal(institution: Institution) -> PublicList:
    if institution.edition is None:
        return PublicList(None, Clean([]))
    searched = search_rows(_with_own(institution))
    return PublicList(institution.edition, searched.clean, searched.found, searched.places)


def _with_own(institution: Institution) -> Iterator[tuple[Row, Sequence[Finding]]]:
    """Everybody with what registration found: when it wrote his row, or when it made the numbered list of that row."""
    prefinal = institution.prefinal
    beside = site.read_findings(prefinal.list_key) if prefinal and prefinal.list_key else None
    listed_then = _by_number(beside.rows if beside else ())
    for one in institution_store.listed_people(institution.code):
        then = (found for found in listed_then.get(one.row.nomor_registrasi, ()) if found.v >= one.v)
        yield one.row, [*one.found, *(Finding(found.field, found.kind) for found in then)]


def _final(institution: Institution) -> PublicList | None:
    seal = institution.seal
    if seal is None:
        return None
    try:
        sealed = read_sealed(site.read_list(seal.list_key), site.read_seal(seal.manifest_key), seal)
        public = _without_found(sealed, seal.list_key, release_store.released(institution.code, seal.epoch))
        changes = find_changes(institution.code, institution.prefinal, sealed.rows, public.withheld)
        return replace(public, changes=changes)
    except Refused as refused:
        log(LogLine.LIST_REFUSED, institution=institution.code, epoch=seal.epoch, code=refused.code)
        return None


def _without_found(sealed: Sealed, list_key: str, released: Iterable[str]) -> PublicList:
    """The sealed list, of the rows something was found in the numbers only.

    Raises:
        Refused: registration has not searched the list.
    """
    beside = site.read_findings(list_key)
    if beside is None:
        raise Refused("unsearched")
    own = _by_number(beside.rows)
    rows = ((row, [Finding(one.field, one.kind) for one in own.get(row.nomor_registrasi, ())]) for row in sealed.rows)
    searched = search_rows(rows, released)
    proof = prove(sealed, searched.withheld)
    return PublicList(
        Edition.FINAL,
        searched.clean,
        searched.found,
        searched.places,
        searched.withheld,
        proof,
        by_state=sealed.by_state,
    )


def _by_number(findings: Iterable[RowFinding]) -> Mapping[str, list[RowFinding]]:
    by_number = defaultdict[str, list[RowFinding]](list)
    for finding in findings:
        by_number[finding.nomor_registrasi].append(finding)
    return by_number
