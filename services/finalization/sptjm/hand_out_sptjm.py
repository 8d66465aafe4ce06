"""The statement about the sealed list, as a PDF to be signed."""

from dataclasses import replace

from services.finalization.adapters import store
from services.finalization.model.institution import Institution, Ppk
from services.finalization.model.sptjm_states import SPTJM_MOVES, SptjmStep
from services.finalization.settings import settings
from services.finalization.shared.asked import event_of, load_own
from services.finalization.shared.sealed import require_ppk, require_seal
from services.finalization.sptjm.number import number_of
from services.finalization.sptjm.render_model import SealedList, Signer, Statement
from services.finalization.sptjm.render_sptjm import render_sptjm
from services.kernel import clock
from services.kernel.aws import exports
from services.kernel.cases import CaseKind
from services.kernel.documents import PDF
from services.kernel.problems import Code, Problem
from services.kernel.security.findings import Finding, PublishedField, require_clean, search
from services.kernel.web.request import Request
from services.kernel.writes import ungated

ACTION = "sptjm.generated"
_TELL_BKN = "Minta BKN memperbaiki catatan instansi ini, lalu unduh lagi."


def hand_out_sptjm(code: str, request: Request) -> str:
    """Render the statement and return a link of five minutes; the first time it becomes `DIBUAT`.

    Raises:
        Problem: `not-found`; `wrong-phase` before the seal; `incomplete` without a PPK on record; `personal-number`
            where what bkn recorded holds one; `try-again`.
    """
    for _ in range(ungated.MAX_TRIES):
        institution = load_own(code, request.actor)
        said = statement(institution)
        if _noted(institution, said.number, request):
            content, filename = render_sptjm(said), f"{said.number}.pdf"
            return exports.hand_out(settings().exports_bucket, content, filename=filename, content_type=PDF)
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _noted(institution: Institution, number: str, request: Request) -> bool:
    """Note that the paper exists; False when somebody else changed the institution meanwhile."""
    if not SPTJM_MOVES.allowed(institution.sptjm.state, SptjmStep.GENERATE):
        return True
    made = replace(institution.sptjm, state=SPTJM_MOVES.after(institution.sptjm.state, SptjmStep.GENERATE))
    try:
        store.save(institution, replace(institution, sptjm=made), event_of(request, ACTION, {"number": number}))
    except store.VersionMoved:
        return False
    return True


def statement(institution: Institution) -> Statement:
    """What the paper says.

    Raises:
        Problem: `wrong-phase` before the seal; `incomplete` without a PPK on record; `personal-number`.
    """
    seal, ppk = require_seal(institution), require_ppk(institution)
    require_clean(_findings(institution.title, ppk), paper="SPTJM", what_to_do=_TELL_BKN)
    return Statement(
        number=number_of(institution, seal),
        code=institution.code,
        institution=institution.title,
        signer=Signer(nama=ppk.nama, nip=ppk.nip or "", jabatan=ppk.jabatan),
        sealed=SealedList(
            root=seal.root,
            total=seal.count,
            thk2=seal.thk2,
            non_asn=seal.non_asn,
            epoch=seal.epoch,
            sealed_at=seal.sealed_at,
        ),
        due=institution.sptjm.closes or seal.sealed_at,
        site=settings().site_origin,
        made_at=clock.now(),
        open_cases={CaseKind(kind): n for kind, n in seal.open_cases.items()},
    )


def _findings(title: str, ppk: Ppk) -> list[Finding]:
    """Whatever the paper says that somebody typed; number, root and counts are of ours, a NIP is what it should be."""
    typed = {PublishedField.INSTANSI: title, PublishedField.PPK_NAMA: ppk.nama, PublishedField.PPK_JABATAN: ppk.jabatan}
    return search(typed)
