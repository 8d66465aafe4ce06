"""Changes of the fin table as facts."""

from collections.abc import Iterator

from services.finalization.adapters.institution_items import META, to_institution
from services.finalization.model.institution import Institution
from services.kernel.events.facts import (
    Fact,
    InstitutionLocked,
    InstitutionOpened,
    InstitutionPhaseChanged,
    InstitutionPrefinalized,
    InstitutionSealed,
    InstitutionWaived,
    VerificationReopened,
    WaivedSpan,
)
from services.kernel.events.relay import Change
from services.kernel.writes.calendar import Window


def translate(change: Change) -> Iterator[Fact]:
    """The facts one change tells; changes of anything but an institution's record tell none."""
    if change.sk != META or change.new is None:
        return
    institution = to_institution(change.new, with_private=False)
    if change.moved("title", "kind"):
        yield _opened(institution)
    if change.moved("phase", "ep", "sptjm"):
        yield _phase_changed(institution)
    if change.moved("prefinal"):
        yield from _prefinalized(institution)
    if change.moved("waived"):
        yield _waived(institution)
    yield from _rechecked(change, institution)
    if change.moved("locked_at"):
        yield from _locked(institution)
    if change.moved("seal"):
        yield from _sealed(institution)


def _opened(institution: Institution) -> Fact:
    return InstitutionOpened(
        institution=institution.code,
        v=institution.v,
        title=institution.title,
        kind=institution.kind.value,
        at=institution.changed_at,
    )


def _phase_changed(institution: Institution) -> Fact:
    return InstitutionPhaseChanged(
        institution=institution.code,
        v=institution.v,
        phase=institution.phase,
        epoch=institution.epoch,
        at=institution.changed_at,
        correction_closes=institution.correction_closes,
        sptjm_state=institution.sptjm.state.value,
        accepted_epoch=institution.accepted_epoch,
    )


def _prefinalized(institution: Institution) -> Iterator[Fact]:
    prefinal = institution.prefinal
    if prefinal is not None and prefinal.root is None:
        yield InstitutionPrefinalized(institution=institution.code, v=prefinal.number, at=prefinal.at)


def _waived(institution: Institution) -> Fact:
    spans = tuple(WaivedSpan(since=span.opens, until=span.closes) for span in institution.waived)
    return InstitutionWaived(institution=institution.code, v=institution.v, waived=spans)


def _rechecked(change: Change, institution: Institution) -> Iterator[Fact]:
    if change.moved("rechecked") and institution.is_rechecking:
        until = institution.windows[Window.VERIFICATION].closes
        yield VerificationReopened(institution=institution.code, v=institution.epoch, until=until)


def _locked(institution: Institution) -> Iterator[Fact]:
    if institution.locked_at is not None:
        yield InstitutionLocked(institution=institution.code, v=institution.epoch, locked_at=institution.locked_at)


def _sealed(institution: Institution) -> Iterator[Fact]:
    seal = institution.seal
    if seal is not None:
        yield InstitutionSealed(
            institution=institution.code,
            v=seal.epoch,
            list_key=seal.list_key,
            manifest_key=seal.manifest_key,
            root=seal.root,
            thk2=seal.thk2,
            non_asn=seal.non_asn,
            sealed_at=seal.sealed_at,
        )
