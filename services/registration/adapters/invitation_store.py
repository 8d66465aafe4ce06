"""Invitations in the reg table, `V#<id>`/`@`, listed by institution; those that wait for bkn are listed together."""

from collections.abc import Iterator
from typing import Final

from boto3.dynamodb.conditions import ConditionBase

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.security.sessions import Role
from services.registration.adapters.account_store import NATIONAL
from services.registration.model.account import StaffPrivate
from services.registration.model.invitation import Invitation, InvitationKind, InvitationState
from services.registration.settings import settings

INVITATION: Final = "invitation"
"""The label of the operation on an invitation."""
_WAITING = "V#?"
"""Where those that somebody still has to approve are listed, by institution."""


def load(identifier: str) -> Invitation | None:
    """An invitation by its id."""
    item = dynamodb.get(settings().table, _key(identifier))
    return None if item is None else _to_invitation(item)


def put(invitation: Invitation, before: Invitation | None = None) -> Operation:
    """The operation that makes or moves an invitation, unless it moved since `before` was read."""
    unmoved = Attr("pk").not_exists() if before is None else Attr("v").eq(before.v)
    return dynamodb.put(settings().table, _to_item(invitation), when=unmoved, label=INVITATION)


def of_institution(institution: str | None) -> Iterator[Invitation]:
    """The invitations of an institution (None: of bkn and auditors), as far as the index shows them."""
    code = institution or NATIONAL
    waiting = KeyPart("g1pk").eq(_WAITING) & KeyPart("g1sk").begins_with(f"{code}#")
    for when in (waiting, KeyPart("g1pk").eq(f"V#{code}")):
        yield from _listed(when)


def waiting() -> Iterator[Invitation]:
    """Those of every institution that somebody has to approve, as far as the index shows them."""
    return _listed(KeyPart("g1pk").eq(_WAITING))


def _listed(when: ConditionBase) -> Iterator[Invitation]:
    for item in dynamodb.query_all(settings().table, when, index="roster"):
        yield _to_invitation(item)


def _key(identifier: str) -> dict[str, str]:
    return {"pk": f"V#{identifier}", "sk": "@"}


def _place(identifier: str) -> Place:
    key = _key(identifier)
    return Place(settings().table, key["pk"], key["sk"])


def _to_item(invitation: Invitation) -> Item:
    code, at = invitation.institution or NATIONAL, clock.millis(invitation.at)
    waits = invitation.state is InvitationState.MENUNGGU_PERSETUJUAN
    item: Item = {
        **_key(invitation.id),
        "g1pk": _WAITING if waits else f"V#{code}",
        "g1sk": f"{code}#{at}#{invitation.id}" if waits else f"{at}#{invitation.id}",
        "kind": invitation.kind.value,
        "state": invitation.state.value,
        "role": invitation.role.value,
        "institution": invitation.institution,
        "units": list(invitation.units),
        "account": invitation.account,
        "by": invitation.by,
        "at": at,
        "v": invitation.v,
        "salt": invitation.salt,
        "private": privacy.encrypt(
            {**invitation.invited.stored(), "reason": invitation.reason},
            institution=code,
            salt=invitation.salt,
            place=_place(invitation.id),
        ),
        "approved_by": invitation.approved_by,
        "secret_hash": invitation.secret_hash,
        "expires_at": clock.millis(invitation.expires_at) if invitation.expires_at else None,
    }
    return item


def _to_invitation(item: Item) -> Invitation:
    identifier, institution = item["pk"].removeprefix("V#"), item["institution"]
    private = privacy.decrypt(
        item["private"], institution=institution or NATIONAL, salt=item["salt"], place=_place(identifier)
    )
    reason = private.pop("reason")
    return Invitation(
        id=identifier,
        kind=InvitationKind(item["kind"]),
        state=InvitationState(item["state"]),
        role=Role(item["role"]),
        institution=institution,
        units=tuple(item["units"]),
        account=item["account"],
        by=item["by"],
        at=clock.from_millis(item["at"]),
        v=item["v"],
        salt=item["salt"],
        invited=StaffPrivate.of(private),
        approved_by=item["approved_by"],
        reason=reason,
        secret_hash=item["secret_hash"],
        expires_at=clock.from_millis(item["expires_at"]) if item["expires_at"] else None,
    )
