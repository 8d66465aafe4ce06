"""Invite somebody of bkn from the command line of whoever deploys the portal: no route can make the first ones."""

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Role
from services.kernel.values.identity import read_nip
from services.kernel.writes import ungated
from services.registration.adapters import invitation_store
from services.registration.adapters.staff_log import StaffLog
from services.registration.invitations.deeds import BY_COMMAND, Deed, event
from services.registration.invitations.new_invitation import Wanted, new_invitation, send
from services.registration.model.invitation import InvitationKind


def invite_first(login: str, name: str, email: str) -> str:
    """Invite an account of bkn; returns the address, below the portal's own, at which it is accepted.

    Nobody confirms it: whoever deploys the portal hands the address over himself. bkn signs in with a NIP only
    (domain.md, section 2). Also the way back for one of bkn when nobody is left who could agree to his recovery.

    Raises:
        ValueError: `login` is no NIP.
        Problem: `try-again`.
    """
    now = clock.now()
    log = StaffLog(None)
    wanted = Wanted(read_nip(login).digits, name, email, Role.BKN, None)
    invitation, address = send(new_invitation(wanted, InvitationKind.PERTAMA, by=BY_COMMAND, at=now), now)
    noted = log.note(event(Deed.INVITE, invitation, None))
    if not ungated.commit([invitation_store.put(invitation), *noted]):
        raise Problem(Code.TRY_AGAIN)
    return address
