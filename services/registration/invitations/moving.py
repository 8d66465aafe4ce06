"""Moving an invitation: the write that all deeds on it share, and sending it out."""

from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.adapters import invitation_store
from services.registration.adapters.account_store import NATIONAL
from services.registration.invitations.new_invitation import send
from services.registration.model.invitation import Invitation
from services.registration.shared.tell import tell_invited


class Delivery(StrEnum):
    """How an invitation gets to whom it is for."""

    SURAT_ELEKTRONIK = "SURAT_ELEKTRONIK"
    """By e-mail."""
    CETAK = "CETAK"
    """The address is handed to whoever invites, to be printed."""


class Done(BaseModel):
    """Which invitation was moved, and its version since; what a retry finds holds nothing personal."""

    id: str
    v: int


def load_of(code: str, identifier: str) -> Invitation:
    """An invitation of an institution (`nasional`: of bkn and auditors).

    Raises:
        Problem: `not-found`.
    """
    invitation = invitation_store.load(identifier)
    if invitation is None or (invitation.institution or NATIONAL) != code:
        raise Problem(Code.NOT_FOUND)
    return invitation


def move(
    before: Invitation | None,
    after: Invitation,
    also: Sequence[Operation],
    request: Request,
    answer: BaseModel | None = None,
) -> Done:
    """Commit an invitation that was made or moved, with whatever belongs to it.

    `answer` is what a retry of the request finds where that is not which invitation it was.

    Raises:
        Problem: `version-moved` when somebody else was faster.
    """
    done = Done(id=after.id, v=after.v)
    if not ungated.commit([invitation_store.put(after, before), *also, *request.once.remember(answer or done)]):
        raise Problem(Code.VERSION_MOVED)
    return done


def send_out(
    before: Invitation | None,
    invitation: Invitation,
    also: Sequence[Operation],
    delivery: Delivery,
    request: Request,
    printed: list[str],
) -> Done:
    """Send an invitation, by mail or by handing out its address to be printed, in one write with what belongs to it.

    Raises:
        Problem: `illegal-transition`, `version-moved`.
    """
    sent, address = send(invitation, request.received)
    told = tell_invited(sent, address) if delivery is Delivery.SURAT_ELEKTRONIK else []
    done = move(before, sent, [*also, *told], request)
    if delivery is Delivery.CETAK:
        printed.append(address)
    return done
