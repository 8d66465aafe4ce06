"""What was asked and granted against letters, as items that hang on an institution. Reasons lie in sealed blobs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from services.finalization.adapters.institution_items import REQUESTS, indexed, key
from services.finalization.model.extension_states import ExtensionState
from services.finalization.model.institution import Extension, Haste, Institution, Letter, Reopening, Waiver
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation, put
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.security.sessions import Role

EXTENSION = "EXT#"
REOPENING = "REOPEN#"
WAIVER = "WAIVER#"
HASTE = "HASTE#"


def filing(institution: Institution, extension: Extension) -> Operation:
    """The operation that files an extension, asked for or granted."""
    return put(settings().table, _extension(institution, extension), when=Attr("pk").not_exists())


def deciding(institution: Institution, extension: Extension) -> Operation:
    """The operation that files what was decided about an extension that was asked for, once."""
    when = Attr("state").eq(ExtensionState.DIMINTA.value)
    return put(settings().table, _extension(institution, extension), when=when)


def load_extension(institution: Institution, number: int) -> Extension | None:
    """An extension by its number, or None."""
    item = dynamodb.get(settings().table, key(institution.code, f"{EXTENSION}{number}"))
    return None if item is None else to_extension(item, institution)


def to_extension(item: Item, institution: Institution, *, with_private: bool = True) -> Extension:
    """An extension as it was filed; `with_private` False leaves its reason out."""
    return Extension(
        number=item["number"],
        state=ExtensionState(item["state"]),
        epoch=item["ep"],
        letter=to_letter(item["letter"]),
        requested=to_instants(item["requested"]),
        windows=to_instants(item["windows"]),
        by=item["by"],
        by_role=Role(item["by_role"]),
        at=clock.from_millis(item["at"]),
        reason=_decrypted(institution, item) if with_private else None,
        decided_by=item.get("decided_by"),
        decided_at=clock.from_millis(item["decided_at"]) if "decided_at" in item else None,
    )


def reopening(institution: Institution, reopened: Reopening) -> Operation:
    """The operation that files a reopening."""
    item_key = key(institution.code, f"{REOPENING}{reopened.number}")
    item = {
        **item_key,
        "number": reopened.number,
        "ep": reopened.epoch,
        "letter": from_letter(reopened.letter) if reopened.letter else None,
        "windows": _from_instants(reopened.windows),
        "by": reopened.by,
        "at": clock.millis(reopened.at),
        "private": _encrypted(institution, item_key, reopened.reason),
    }
    kept = {name: value for name, value in item.items() if value is not None}
    return put(settings().table, kept, when=Attr("pk").not_exists())


def to_reopening(item: Item, institution: Institution) -> Reopening:
    """A reopening as it was filed."""
    return Reopening(
        number=item["number"],
        epoch=item["ep"],
        letter=to_letter(item["letter"]) if "letter" in item else None,
        windows=to_instants(item["windows"]),
        reason=_decrypted(institution, item) or "",
        by=item["by"],
        at=clock.from_millis(item["at"]),
    )


def waiving(institution: Institution, waiver: Waiver) -> Operation:
    """The operation that files a waiver, as it was given or with what was written when it was withdrawn."""
    item_key = key(institution.code, f"{WAIVER}{waiver.number}")
    place = _place(item_key)
    reasons = {"reason": waiver.reason, "withdrawal": waiver.withdrawal_reason}
    item = {
        **item_key,
        "number": waiver.number,
        "letter": from_letter(waiver.letter),
        "at": clock.millis(waiver.at),
        "until": clock.millis(waiver.until),
        "by": waiver.by,
        "withdrawn_at": clock.millis(waiver.withdrawn_at) if waiver.withdrawn_at else None,
        "withdrawn_by": waiver.withdrawn_by,
        "private": privacy.encrypt(reasons, institution=institution.code, salt=institution.salt, place=place),
    }
    when = Attr("withdrawn_at").not_exists() if waiver.withdrawn_at else Attr("pk").not_exists()
    return put(settings().table, {name: value for name, value in item.items() if value is not None}, when=when)


def load_waiver(institution: Institution, number: int) -> Waiver | None:
    """A waiver by its number, or None."""
    item = dynamodb.get(settings().table, key(institution.code, f"{WAIVER}{number}"))
    return None if item is None else to_waiver(item, institution)


def to_waiver(item: Item, institution: Institution) -> Waiver:
    """A waiver as it was filed."""
    place = _place(item)
    private = privacy.decrypt(item["private"], institution=institution.code, salt=institution.salt, place=place)
    return Waiver(
        number=item["number"],
        letter=to_letter(item["letter"]),
        reason=private["reason"],
        at=clock.from_millis(item["at"]),
        until=clock.from_millis(item["until"]),
        by=item["by"],
        withdrawn_at=clock.from_millis(item["withdrawn_at"]) if "withdrawn_at" in item else None,
        withdrawn_by=item.get("withdrawn_by"),
        withdrawal_reason=private["withdrawal"],
    )


def hastening(institution: Institution, haste: Haste) -> Operation:
    """The operation that files why it was finalized before its list had been announced for long enough."""
    item_key = key(institution.code, f"{HASTE}{haste.epoch}")
    item = {
        **item_key,
        "ep": haste.epoch,
        "days": haste.days,
        "by": haste.by,
        "at": clock.millis(haste.at),
        "private": _encrypted(institution, item_key, haste.reason),
    }
    kept = {name: value for name, value in item.items() if value is not None}
    return put(settings().table, kept, when=Attr("pk").not_exists())


def to_haste(item: Item, institution: Institution) -> Haste:
    """The same as it was filed."""
    return Haste(
        epoch=item["ep"],
        days=item.get("days"),
        reason=_decrypted(institution, item) or "",
        by=item["by"],
        at=clock.from_millis(item["at"]),
    )


def from_letter(letter: Letter) -> Item:
    """A letter as a map."""
    plain = {"number": letter.number, "date": letter.date.isoformat(), "file": letter.file}
    return {name: value for name, value in plain.items() if value is not None}


def to_letter(stored: Item) -> Letter:
    """A letter from its map."""
    return Letter(stored["number"], date.fromisoformat(stored["date"]), stored.get("file"))


def to_instants(stored: Mapping[str, int]) -> dict[str, datetime]:
    """Named instants from milliseconds."""
    return {name: clock.from_millis(stamp) for name, stamp in stored.items()}


def _from_instants(instants: Mapping[str, datetime]) -> dict[str, int]:
    return {name: clock.millis(instant) for name, instant in instants.items()}


def _extension(institution: Institution, extension: Extension) -> Item:
    item_key = key(institution.code, f"{EXTENSION}{extension.number}")
    waiting = extension.state is ExtensionState.DIMINTA
    item = {
        **item_key,
        **(indexed(REQUESTS, extension.at) if waiting else {}),
        "number": extension.number,
        "state": extension.state.value,
        "ep": extension.epoch,
        "letter": from_letter(extension.letter),
        "requested": _from_instants(extension.requested),
        "windows": _from_instants(extension.windows),
        "by": extension.by,
        "by_role": extension.by_role.value,
        "at": clock.millis(extension.at),
        "decided_by": extension.decided_by,
        "decided_at": clock.millis(extension.decided_at) if extension.decided_at else None,
        "private": _encrypted(institution, item_key, extension.reason) if extension.reason else None,
    }
    return {name: value for name, value in item.items() if value is not None}


def _encrypted(institution: Institution, item_key: Mapping[str, str], reason: str) -> bytes:
    place = _place(item_key)
    return privacy.encrypt({"reason": reason}, institution=institution.code, salt=institution.salt, place=place)


def _decrypted(institution: Institution, item: Mapping[str, Any]) -> str | None:
    if "private" not in item:
        return None
    private = privacy.decrypt(item["private"], institution=institution.code, salt=institution.salt, place=_place(item))
    return str(private["reason"])


def _place(item_key: Mapping[str, Any]) -> Place:
    return Place(settings().table, item_key["pk"], item_key["sk"])
