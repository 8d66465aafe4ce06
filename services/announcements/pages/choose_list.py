"""Which list of an institution is public now, and who is on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from services.announcements.adapters import institution_store, site
from services.announcements.institutions.model import Edition, Institution, Row
from services.announcements.pages.sealed_list import Refused, Sealed, read_sealed
from services.kernel.log import LogLine, log


@dataclass(frozen=True)
class PublicList:
    """The edition (None: nothing is public) and its people; `refused` when the final list was not what was sealed.

    `proof` goes with a final list: signed manifest, salts and commitments, as JSON; so does `by_state`, how many rows
    of the institution were sealed in which state.
    """

    edition: Edition | None
    rows: Sequence[Row] = ()
    proof: bytes | None = None
    refused: bool = False
    by_state: Mapping[str, int] = field(default_factory=dict)


def choose_list(institution: Institution) -> PublicList:
    """The final list once it is sealed and proves to be what was sealed, before that the pre-final one."""
    if institution.edition is not Edition.FINAL:
        return _prefinal(institution)
    sealed = _final(institution)
    if sealed is not None:
        return PublicList(Edition.FINAL, sealed.rows, sealed.proof, by_state=sealed.by_state)
    return replace(_prefinal(replace(institution, seal=None)), refused=True)


def _prefinal(institution: Institution) -> PublicList:
    if institution.edition is None:
        return PublicList(None)
    return PublicList(institution.edition, list(institution_store.listed_people(institution.code)))


def _final(institution: Institution) -> Sealed | None:
    seal = institution.seal
    if seal is None:
        return None
    try:
        return read_sealed(site.read_list(seal.list_key), site.read_seal(seal.manifest_key), seal)
    except Refused as refused:
        log(LogLine.LIST_REFUSED, institution=institution.code, epoch=seal.epoch, code=refused.code)
        return None
