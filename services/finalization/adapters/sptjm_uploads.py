"""Signed statements as items `SPTJM#<number>`, and back. Signer and reason are personal: one sealed blob holds them."""

from dataclasses import asdict
from typing import Any

from services.finalization.adapters.institution_items import key
from services.finalization.model.institution import Institution, Ppk
from services.finalization.model.sptjm_states import SptjmState
from services.finalization.model.sptjm_upload import Upload
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Item, Operation
from services.kernel.security import privacy
from services.kernel.security.privacy import Place

PREFIX = "SPTJM#"
_INSTANTS = ("at", "decided_at", "voided_at")


def put_upload(institution: Institution, upload: Upload) -> Operation:
    """The operation that files an upload, or what became of it; the institution's version guards it."""
    values = asdict(upload)
    private = {"signer": values.pop("signer"), "reason": values.pop("reason")}
    values |= {name: clock.millis(values[name]) for name in _INSTANTS if values[name] is not None}
    own = key(institution.code, f"{PREFIX}{upload.number}")
    sealed = privacy.encrypt(private, institution=institution.code, salt=institution.salt, place=_place(own))
    item = {**own, **values, "state": upload.state.value, "private": sealed}
    return dynamodb.put(settings().table, {name: value for name, value in item.items() if value is not None})


def to_upload(institution: Institution, item: Item) -> Upload:
    """An upload as it was filed."""
    own = {"pk": item["pk"], "sk": item["sk"]}
    private = privacy.decrypt(item["private"], institution=institution.code, salt=institution.salt, place=_place(own))
    values: dict[str, Any] = {name: value for name, value in item.items() if name not in {"pk", "sk", "private"}}
    values |= {name: clock.from_millis(values[name]) for name in _INSTANTS if name in values}
    values |= {"state": SptjmState(item["state"]), "signer": Ppk(**private["signer"]), "reason": private["reason"]}
    return Upload(**{"printed_number": None, **values})


def last_upload(institution: Institution) -> Upload:
    """The signed statement that was handed in last.

    Raises:
        LookupError: none is there, although the institution's record counts it.
    """
    return load_upload(institution, institution.sptjm.number)


def load_upload(institution: Institution, number: int) -> Upload:
    """The signed statement that was handed in under a number.

    Raises:
        LookupError: none is there, although the institution's record counts it.
    """
    item = dynamodb.get(settings().table, key(institution.code, f"{PREFIX}{number}"))
    if item is None:
        raise LookupError("a signed statement that is counted is not on file")
    return to_upload(institution, item)


def _place(own: dict[str, str]) -> Place:
    return Place(settings().table, own["pk"], own["sk"])
