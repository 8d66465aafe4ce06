"""Tell somebody that he is invited, or that his account changed: operations that join the write they tell of."""

from services.kernel.aws.dynamodb import Operation
from services.registration.model.invitation import Invitation


def tell_invited(invitation: Invitation, address: str) -> list[Operation]:
    """The notice with the address at which the invitation is accepted."""
    return []
