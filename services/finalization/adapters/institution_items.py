"""An institution as an item of the fin table, and back. PPK and reasons are personal: they lie in one sealed blob."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from services.finalization.model.institution import Institution, Kind, Own, Ppk, Prefinal, Seal, Sptjm, Standing
from services.finalization.model.sptjm_states import SptjmState
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.aws.dynamodb import Item
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.states import Phase
from services.kernel.writes import gate
from services.kernel.writes.calendar import Span, Window

META = "META"
DUE = "DUE"
"""The partition of the sparse index that holds what is not locked yet, ordered by when its last window closes."""
UNLISTED = "ENTRY"
"""The partition of the second sparse index: whose `ENTRY` ends without a numbered list, ordered by when it closes."""
STATEMENTS = "SPTJM"
"""That of institutions whose signed statement waits for BKN, the longest waiting first."""
REQUESTS = "EXT"
"""That of extensions asked for and not decided, the longest waiting first."""


def key(code: str, sort: str = META) -> dict[str, str]:
    """The key of something that belongs to an institution."""
    return {"pk": f"F#{code}", "sk": sort}


def to_item(institution: Institution) -> Item:
    """The whole META item; attributes that are None are left out."""
    item = {
        **key(institution.code),
        **_indexed(institution),
        **_unlisted(institution),
        **stamps(institution.windows),
        "title": institution.title,
        "kind": institution.kind.value,
        "size": institution.size,
        "lanes": institution.lanes,
        "import_lanes": institution.import_lanes,
        "salt": institution.salt,
        "phase": institution.phase.value,
        "ep": institution.epoch,
        "v": institution.v,
        "head": institution.head,
        "changed_at": clock.millis(institution.changed_at),
        "prefinal": plain(institution.prefinal) if institution.prefinal else None,
        "finalized_at": _millis(institution.finalized_at),
        "locked_at": _millis(institution.locked_at),
        "seal": plain(institution.seal) if institution.seal else None,
        "sptjm": plain(institution.sptjm, without="reason"),
        "extensions": institution.extensions,
        "open_request": institution.open_request,
        "reopenings": institution.reopenings,
        "rechecked": institution.rechecked,
        "standing": plain(institution.standing) if institution.standing else None,
        "calendar_v": institution.calendar_v,
        "own": {window.value: own.value for window, own in institution.own.items()},
        "waived": [[clock.millis(span.opens), clock.millis(span.closes)] for span in institution.waived] or None,
        "private": _encrypt(institution),
    }
    return {name: value for name, value in item.items() if value is not None}


def to_institution(item: Item, *, with_private: bool = True) -> Institution:
    """The institution of a META item; `with_private` False spares a decryption and leaves PPK and reason out."""
    private = _decrypt(item) if with_private else {}
    return Institution(
        code=item["pk"].removeprefix("F#"),
        title=item["title"],
        kind=Kind(item["kind"]),
        size=item["size"],
        ppk=Ppk(**private["ppk"]) if private.get("ppk") else None,
        windows=to_windows(item),
        lanes=item["lanes"],
        import_lanes=item["import_lanes"],
        salt=item["salt"],
        changed_at=clock.from_millis(item["changed_at"]),
        phase=Phase(item["phase"]),
        epoch=item["ep"],
        v=item["v"],
        head=item["head"],
        prefinal=_prefinal(item.get("prefinal")),
        finalized_at=_instant(item.get("finalized_at")),
        locked_at=_instant(item.get("locked_at")),
        seal=to_seal(item["seal"]) if "seal" in item else None,
        sptjm=_sptjm(item["sptjm"], private.get("reason")),
        extensions=item["extensions"],
        open_request=item.get("open_request"),
        reopenings=item.get("reopenings", 0),
        rechecked=item.get("rechecked"),
        standing=Standing(**item["standing"]) if "standing" in item else None,
        calendar_v=item.get("calendar_v", 0),
        own={Window(window): Own(own) for window, own in item.get("own", {}).items()},
        waived=tuple(
            Span(clock.from_millis(since), clock.from_millis(until)) for since, until in item.get("waived", ())
        ),
    )


def indexed(partition: str, order: datetime) -> Item:
    """The attributes that put an item into a partition of the sparse index `due`, sorted there by `order`."""
    return {"g1pk": partition, "g1sk": clock.millis(order)}


def _indexed(institution: Institution) -> Item:
    uploaded = institution.sptjm.uploaded_at
    if institution.locked_at is None:
        return indexed(DUE, institution.last_close)
    if institution.sptjm.state is SptjmState.DIUNGGAH and uploaded is not None:
        return indexed(STATEMENTS, uploaded)
    return {}


def _unlisted(institution: Institution) -> Item:
    """A key of its own: a list that cannot be made must not keep the lock from being found."""
    since = institution.unlisted_since
    return {} if since is None else {"g2pk": UNLISTED, "g2sk": clock.millis(since)}


def stamps(windows: Mapping[Window, Span]) -> dict[str, int]:
    """Opening and closing instants in milliseconds, under the names the gate knows them by."""
    return closing_stamps(windows) | {gate.opens(name): clock.millis(span.opens) for name, span in windows.items()}


def closing_stamps(windows: Mapping[Window, Span]) -> dict[str, int]:
    """Closing instants alone, as every lane carries them."""
    return {gate.closes(name): clock.millis(span.closes) for name, span in windows.items()}


def to_windows(item: Item) -> dict[Window, Span]:
    """The four windows out of an item that holds their `stamps`."""
    return {window: _span(item, window) for window in Window}


def to_seal(stored: Item) -> Seal:
    """A seal from its map."""
    return Seal(**{**stored, "sealed_at": clock.from_millis(stored["sealed_at"])})


def _span(item: Item, window: Window) -> Span:
    return Span(clock.from_millis(item[gate.opens(window)]), clock.from_millis(item[gate.closes(window)]))


def _prefinal(stored: Item | None) -> Prefinal | None:
    if not stored:
        return None
    instants: Item = {name: clock.from_millis(stored[name]) for name in ("at", "entry") if name in stored}
    return Prefinal(**stored | instants)


def _sptjm(stored: Item, reason: str | None) -> Sptjm:
    return Sptjm(
        state=SptjmState(stored["state"]),
        since=stored["since"],
        closes=_instant(stored.get("closes")),
        number=stored["number"],
        file=stored.get("file"),
        uploaded_at=_instant(stored.get("uploaded_at")),
        reason=reason,
    )


def plain(part: Prefinal | Seal | Sptjm | Standing, without: str = "") -> Item:
    """A part as a map, its instants in milliseconds, without what is None."""
    values = {name: _millis(value) if isinstance(value, datetime) else value for name, value in asdict(part).items()}
    return {name: value for name, value in values.items() if value is not None and name != without}


def _millis(instant: datetime | None) -> int | None:
    return None if instant is None else clock.millis(instant)


def _instant(stamp: int | None) -> datetime | None:
    return None if stamp is None else clock.from_millis(stamp)


def _encrypt(institution: Institution) -> bytes:
    private = {"ppk": asdict(institution.ppk) if institution.ppk else None, "reason": institution.sptjm.reason}
    return privacy.encrypt(
        private, institution=institution.code, salt=institution.salt, place=_place(key(institution.code))
    )


def _decrypt(item: Item) -> dict[str, Any]:
    code = item["pk"].removeprefix("F#")
    return privacy.decrypt(item["private"], institution=code, salt=item["salt"], place=_place(key(code)))


def _place(item_key: Mapping[str, str]) -> Place:
    return Place(settings().table, item_key["pk"], item_key["sk"])
