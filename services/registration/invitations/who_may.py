"""Who may invite whom, and who has to agree (domain.md, section 2)."""

from collections.abc import Mapping
from typing import Final

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import NATIONAL as NATIONAL_ROLES
from services.kernel.security.sessions import Actor, Role
from services.registration.access.staff_roles import APPROVERS
from services.registration.adapters.account_store import NATIONAL
from services.registration.model.invitation import Invitation, InvitationKind

_OFFICE: Final = frozenset({Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK})
_NONE: Final = frozenset[Role]()
GIVES: Mapping[Role, frozenset[Role]] = {
    Role.ADMIN: _OFFICE,
    Role.BKN: _OFFICE | {Role.ADMIN, Role.PPK},
}
"""Which roles somebody gives by himself."""
PROPOSES: Mapping[Role, frozenset[Role]] = {
    Role.ADMIN: frozenset({Role.PPK}),
    Role.BKN: frozenset({Role.BKN, Role.AUDITOR}),
}
"""Which he can only propose: somebody of bkn, and not he himself, has to agree."""


def institution_of(code: str) -> str | None:
    """The institution a path names; None for `nasional`, which stands for bkn and auditors."""
    return None if code == NATIONAL else code


def require_inviter(actor: Actor, code: str, role: Role) -> bool:
    """Refuse a role one can neither give nor propose there; whether it is only proposed.

    Raises:
        Problem: `not-found` for another institution, `forbidden`.
    """
    actor.require_institution(code)
    if (role in NATIONAL_ROLES) != (code == NATIONAL):
        raise Problem(Code.FORBIDDEN)
    if role in PROPOSES.get(actor.role, _NONE):
        return True
    if role not in GIVES.get(actor.role, _NONE):
        raise Problem(Code.FORBIDDEN)
    return False


def require_second(actor: Actor, invitation: Invitation) -> None:
    """Refuse whoever asked for it himself, or may not be the second one, or is the one it is for.

    Raises:
        Problem: `not-found` for another institution, `forbidden`, `second-person-needed`.
    """
    actor.require_institution(invitation.institution or NATIONAL)
    if actor.role not in _seconds(invitation):
        raise Problem(Code.FORBIDDEN)
    if actor.id in {invitation.by, invitation.account}:
        raise Problem(Code.SECOND_PERSON_NEEDED)


def may_decide(actor: Actor, invitation: Invitation) -> bool:
    """Whether `require_second` lets him."""
    return actor.role in _seconds(invitation) and actor.id not in {invitation.by, invitation.account}


def _seconds(invitation: Invitation) -> frozenset[Role]:
    return APPROVERS if invitation.kind is InvitationKind.PEMULIHAN else frozenset({Role.BKN})


def may_handle(actor: Actor, invitation: Invitation) -> bool:
    """Whether somebody may confirm, send again or withdraw it: who asked, who approved, or who might have asked."""
    reach = GIVES.get(actor.role, _NONE) | PROPOSES.get(actor.role, _NONE)
    return actor.id in {invitation.by, invitation.approved_by} or invitation.role in reach


def require_handler(actor: Actor, invitation: Invitation) -> None:
    """Refuse whoever may not confirm, send again or withdraw it; the invited one himself may nothing of it.

    Raises:
        Problem: `own-account`, `forbidden`.
    """
    if actor.id == invitation.account:
        raise Problem(Code.OWN_ACCOUNT)
    if not may_handle(actor, invitation):
        raise Problem(Code.FORBIDDEN)


def gives(role: Role, invitation: Invitation) -> bool:
    """Whether this role may give what an invitation gives, by himself or as the second one."""
    return invitation.role in GIVES.get(role, _NONE) or role in _seconds(invitation)
