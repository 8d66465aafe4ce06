"""Hand out the package of an institution whose SPTJM was accepted, to its PPK and its admin."""

from services.finalization.adapters import files, institution_files, sptjm_uploads, store
from services.finalization.handover.build_package import Papers, build_package
from services.finalization.model.institution import Institution, Seal
from services.finalization.model.sptjm_states import SptjmState
from services.finalization.settings import settings
from services.finalization.shared.asked import event_of, load_own
from services.finalization.shared.sealed import require_seal
from services.finalization.sptjm.number import number_of
from services.kernel.aws import exports
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import ungated

ACTION = "handover.fetched"
ZIP = "application/zip"


def hand_out_package(code: str, request: Request) -> str:
    """Make the package and return a link of five minutes; who takes it is written down first.

    Raises:
        Problem: `not-found`; `wrong-phase` before the SPTJM is accepted; `try-again`.
        LookupError: list, manifest or statement are not where they were kept.
    """
    for _ in range(ungated.MAX_TRIES):
        institution = load_own(code, request.actor)
        seal = _require_accepted(institution)
        number = number_of(institution, seal)
        papers = _papers(institution, seal)
        try:
            store.save(institution, institution, event_of(request, ACTION, {"number": number}))
        except store.VersionMoved:
            continue
        content = build_package(institution, seal, number, papers, request.received)
        return exports.hand_out(
            settings().exports_bucket, content, filename=f"serah-terima-{number}.zip", content_type=ZIP
        )
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _require_accepted(institution: Institution) -> Seal:
    seal = require_seal(institution)
    if institution.sptjm.state is not SptjmState.DITERIMA:
        raise Problem(Code.WRONG_PHASE, "Paket serah terima tersedia setelah SPTJM diterima BKN.")
    return seal


def _papers(institution: Institution, seal: Seal) -> Papers:
    upload = sptjm_uploads.last_upload(institution)
    known = institution_files.find(institution.code, upload.file)
    return Papers(
        list=files.read_list(seal.list_key),
        manifest=files.read_manifest(seal.manifest_key),
        statement=files.read_statement(known.key if known else "", upload.file_sha256),
    )
