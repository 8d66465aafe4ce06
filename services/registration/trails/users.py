"""Whose account a deed of the chain of an institution's staff was about."""

from typing import Final

from cryptography.exceptions import InvalidTag

from services.kernel.audit import chain as audit
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Item
from services.registration.adapters import access_log, account_store, staff_log
from services.registration.settings import settings

_STAFF: Final = "registration#A#S"
"""How the names of these chains begin (adapters/staff_log.py)."""


def name_of_user(indexed: Item) -> str | None:
    """The name on the account that a link of the index is about; None for any other link, and where there is none."""
    chain = str(indexed["pk"])
    if not chain.startswith(_STAFF):
        return None
    account = account_store.load(_account(chain, int(indexed["sk"])) or "-")
    return account_store.staff_private(account).name if account and account.pid is None else None


def _account(chain: str, number: int) -> str | None:
    institution = chain.removeprefix(_STAFF)
    head = dynamodb.get(settings().table, access_log.head_key(staff_log.staff_of(institution))) or {}
    link = next(audit.read_between(chain, number, number), None)
    if link is None or "salt" not in head:
        return None
    try:
        delta = audit.open_delta(link, institution=institution, salt=head["salt"])
    except InvalidTag:
        return None
    found: str | None = delta.get("account")
    return found
