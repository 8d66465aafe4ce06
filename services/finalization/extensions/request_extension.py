"""The admin asks BKN for more time, with a letter that he has uploaded."""

from dataclasses import replace

from services.finalization.adapters import letter_items, store
from services.finalization.extensions.extending import Closing, by_window_name, extended, iso_instants
from services.finalization.model.extension_states import EXTENSION_MOVES, ExtensionStep
from services.finalization.model.institution import Extension, Institution, Letter
from services.finalization.shared.asked import event_of, load_own, require_version
from services.finalization.shared.letters import require_accepted, require_attached, require_written
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request

ACTION = "extension.requested"


def request_extension(code: str, closing: Closing, letter: Letter, v: int | None, request: Request) -> Institution:
    """File the request; no window moves before BKN decides. One request at a time.

    What BKN could not grant now is refused at once, so that nobody waits for it.

    Raises:
        Problem: `not-found`, `version-moved`; `conflict` while another request waits; and whatever granting it now
            would raise.
    """
    institution = load_own(code, request.actor)
    require_version(institution, v)
    extended(institution, closing, request.received)
    if institution.open_request is not None:
        raise Problem(Code.CONFLICT, "Permohonan perpanjangan sebelumnya masih menunggu keputusan BKN.")
    require_written(letter, request.received)
    require_attached(letter)
    require_accepted(letter, code)
    number = institution.extensions + 1
    after = replace(institution, extensions=number, open_request=number)
    wanted = Extension(
        number=number,
        state=EXTENSION_MOVES.after(None, ExtensionStep.ASK),
        epoch=institution.epoch,
        letter=letter,
        requested=by_window_name(closing),
        by=request.actor.id,
        by_role=request.actor.role,
        at=request.received,
    )
    delta = {"number": number, "letter": letter.number, "file": letter.file, "windows": iso_instants(wanted.requested)}
    also = [letter_items.filing(after, wanted)]
    return store.save(institution, after, event_of(request, ACTION, delta), also, request.once)
