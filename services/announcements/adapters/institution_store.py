"""Institutions, people and directory lines in the ann table; every write carries the version it is about."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter

from services.announcements.model.institution import (
    Announced,
    Institution,
    Listed,
    Place,
    Prefinal,
    Row,
    Seal,
    Stand,
    Summary,
)
from services.announcements.settings import settings
from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.events.facts import (
    InstitutionOpened,
    InstitutionPhaseChanged,
    InstitutionSealed,
    InstitutionWaived,
    PersonListed,
    RosterListed,
)
from services.kernel.problems import Code, Problem
from services.kernel.security.findings import Finding
from services.kernel.states import ON_PREFINAL_LIST, Category, PersonState, Phase
from services.kernel.writes import ungated

DIRECTORY = "DIRECTORY"
"""Stands where a code stands for what belongs to the directory of institutions itself."""
_FINDINGS = TypeAdapter(tuple[Finding, ...])


def institution_key(code: str) -> dict[str, str]:
    """The key of what the facts told of an institution."""
    return {"pk": f"A#{code}", "sk": "@"}


def load_institution(code: str) -> Institution:
    """An institution as the facts told; one nobody spoke of yet has no title."""
    item = dynamodb.get(settings().table, institution_key(code)) or {}
    return Institution(
        code=code,
        title=item.get("title"),
        phase=Phase(item.get("phase", Phase.BELUM_MULAI)),
        epoch=item.get("ep", 0),
        correction_closes=_instant(item.get("closes")),
        sptjm_state=item.get("sptjm", ""),
        accepted_epoch=item.get("accepted"),
        seal=_seal(item.get("seal")),
        prefinal=Prefinal(**item["prefinal"]) if "prefinal" in item else None,
        waived=tuple((clock.from_millis(since), clock.from_millis(until)) for since, until in item.get("waived", ())),
    )


def _instant(stamp: int | None) -> datetime | None:
    return None if stamp is None else clock.from_millis(stamp)


def _seal(stored: Item | None) -> Seal | None:
    if stored is None:
        return None
    return Seal(**{**stored, "sealed_at": clock.from_millis(stored["sealed_at"])})


def keep_title(fact: InstitutionOpened) -> bool:
    """Keep an institution's name; False when a newer fact stood there."""
    return _keep(fact.institution, "opened_v", fact.v, {"title": fact.title})


def keep_phase(fact: InstitutionPhaseChanged) -> bool:
    """Keep phase, epoch, window and SPTJM; False when a newer fact stood there."""
    values = {
        "phase": fact.phase.value,
        "ep": fact.epoch,
        "closes": clock.millis(fact.correction_closes),
        "sptjm": fact.sptjm_state,
        "accepted": fact.accepted_epoch,
    }
    return _keep(fact.institution, "phase_v", fact.v, values)


def keep_waivers(fact: InstitutionWaived) -> bool:
    """Keep from when until when bkn waived four eyes; False when a newer fact stood there."""
    waived = [[clock.millis(one.since), clock.millis(one.until)] for one in fact.waived]
    return _keep(fact.institution, "waived_v", fact.v, {"waived": waived})


def keep_seal(fact: InstitutionSealed) -> bool:
    """Keep the seal; False when that of a later epoch stood there."""
    seal = {
        "epoch": fact.v,
        "list_key": fact.list_key,
        "manifest_key": fact.manifest_key,
        "root": fact.root,
        "thk2": fact.thk2,
        "non_asn": fact.non_asn,
        "sealed_at": clock.millis(fact.sealed_at),
    }
    return _keep(fact.institution, "seal_v", fact.v, {"seal": seal})


def keep_prefinal(fact: RosterListed) -> bool:
    """Keep what the numbered pre-final list is; False when a later one stood there."""
    prefinal = {"number": fact.v, "count": fact.total, "root": fact.root, "list_key": fact.list_key}
    return _keep(fact.institution, "prefinal_v", fact.v, {"prefinal": prefinal})


def _keep(code: str, version: str, v: int, values: Item) -> bool:
    """Keep values unless something newer stands there; the same version again is written again and told as kept."""
    unseen = Attr(version).not_exists() | Attr(version).lte(v)
    changed = {**values, version: v}
    return ungated.commit([dynamodb.update(settings().table, institution_key(code), values=changed, when=unseen)])


class Kept(NamedTuple):
    """A fact that stands now, and the number of the accepted usulan that made the record, where one did."""

    fact: PersonListed
    usulan: str | None = None


def keep_people(facts: Sequence[PersonListed]) -> list[Kept]:
    """Keep what these facts, each of another person, say; returns those that stand now: nothing newer stood there.

    Whom an accepted usulan proposed is known by his item alone, whose write is refused and then made anew.

    Raises:
        Problem: `try-again`; some may be kept.
    """
    refused = ungated.commit_each([_person(fact) for fact in facts])
    kept = [Kept(fact) for fact in facts if fact.pid not in refused]
    return [*kept, *_keep_proposed([fact for fact in facts if fact.pid in refused])]


def _keep_proposed(facts: Sequence[PersonListed]) -> Iterator[Kept]:
    """Keep what is said of whom an usulan proposed; what is older than what stands there is left out."""
    items = dynamodb.get_many(settings().table, [_person_key(fact.institution, fact.pid) for fact in facts])
    for fact, item in zip(facts, items, strict=True):
        if item is None or item.get("v", 0) > fact.v:
            continue
        number = item.get("usulan")
        if not ungated.commit([_person(fact, number)]):
            raise Problem(Code.TRY_AGAIN)
        yield Kept(fact, number)


def _person(fact: PersonListed, usulan: str | None = None) -> Operation:
    """Public fields while he is to be listed, else only the version; and whether his account has an assurance.

    Of the state nothing else is stored but that he waits, as a draft or in a dispute: nobody can tell a verdict from a
    deletion.
    """
    listed: dict[str, Any] = {
        "nama": fact.nama,
        "registration_number": fact.nomor_registrasi,
        "unit": fact.unit_kerja,
        "jab": fact.jabatan,
        "category": fact.kategori.value,
    }
    listed |= {"g1pk": f"NUMBER#{fact.institution}#{fact.nomor_registrasi}", "g1sk": 0}
    if fact.found:
        listed["found"] = [asdict(one) for one in fact.found]
    stand = stand_in(fact.state)
    item = {**_person_key(fact.institution, fact.pid), "v": fact.v, **(listed if stand is Stand.TERDAFTAR else {})}
    if stand in _WAITS.values():
        item["waits"] = stand.value
    if fact.assured:
        item["assured"] = True
    if usulan is not None:
        item["usulan"] = usulan
    proposed = Attr("usulan").not_exists() if usulan is None else Attr("usulan").eq(usulan)
    newest = Attr("v").not_exists() | Attr("v").lte(fact.v)
    return dynamodb.put(settings().table, item, when=newest & proposed, label=fact.pid)


_WAITS: Final = {PersonState.DRAF: Stand.DRAF, PersonState.KONFLIK: Stand.KONFLIK}


def stand_in(state: PersonState) -> Stand:
    """How a record in this state stands."""
    return Stand.TERDAFTAR if state in ON_PREFINAL_LIST else _WAITS.get(state, Stand.LAIN)


class Record(NamedTuple):
    """How the record of a person stands, None before any fact came, and the accepted usulan that stands for him."""

    stand: Stand | None
    usulan: str | None


def find_record(code: str, pid: str) -> Record:
    """A person's record, as far as registration's facts have come."""
    item = dynamodb.get(settings().table, _person_key(code, pid)) or {}
    otherwise = Stand(item.get("waits", Stand.LAIN)) if "v" in item else None
    return Record(Stand.TERDAFTAR if "nama" in item else otherwise, item.get("usulan"))


def note_usulan(code: str, pid: str, number: str) -> None:
    """Note that an accepted usulan stands for a person's record, whether facts of it have come or not.

    Raises:
        Problem: `try-again`.
    """
    ungated.commit([dynamodb.update(settings().table, _person_key(code, pid), values={"usulan": number})])


def _person_key(code: str, pid: str) -> dict[str, str]:
    return {"pk": f"A#{code}", "sk": f"P#{pid}"}


def is_assured(code: str, pid: str) -> bool:
    """Whether it is sure that a person's account is his, as far as registration's facts have come."""
    item = dynamodb.get(settings().table, _person_key(code, pid))
    return item is not None and item.get("assured", False)


def listed_people(code: str) -> Iterator[Listed]:
    """Everybody who is to be on the pre-final list, in no order."""
    when = KeyPart("pk").eq(f"A#{code}") & KeyPart("sk").begins_with("P#")
    yield from _listed(dynamodb.query_all(settings().table, when))


def some_listed_people(code: str, *, after: str | None, limit: int) -> tuple[list[Listed], str | None]:
    """The same of the next `limit` people behind a pid, in the order of pids; and behind whom to go on, or None."""
    pk = f"A#{code}"
    when = KeyPart("pk").eq(pk) & KeyPart("sk").begins_with("P#")
    start = {"pk": pk, "sk": f"P#{after}"} if after else None
    items, last = dynamodb.query(settings().table, when, after=start, limit=limit)
    return list(_listed(items)), last["sk"].removeprefix("P#") if last else None


def _listed(items: Iterable[Item]) -> Iterator[Listed]:
    for item in items:
        if "nama" in item:
            yield _to_listed(item)


def find_listed(code: str, nomor_registrasi: str) -> Listed | None:
    """Who is to be on an institution's pre-final list under this number."""
    when = KeyPart("g1pk").eq(f"NUMBER#{code}#{nomor_registrasi}")
    items, _ = dynamodb.query(settings().table, when, index="due", limit=1)
    return _to_listed(items[0]) if items else None


def _to_listed(item: Item) -> Listed:
    row = Row(item["nama"], item["registration_number"], item["unit"], item["jab"], Category(item["category"]))
    found = _FINDINGS.validate_python(item["found"]) if "found" in item else ()
    return Listed(item["sk"].removeprefix("P#"), item["v"], row, found)


def pids(code: str, numbers: Collection[str]) -> dict[str, str]:
    """Pid by registration number, of those of `numbers` that are listed. Reads everybody who is."""
    listed = ((one.row.nomor_registrasi, one.pid) for one in listed_people(code))
    return {number: pid for number, pid in listed if number in numbers}


def load_summary(code: str) -> Summary | None:
    """An institution's line in the directory, or None."""
    item = dynamodb.get(settings().table, _summary_key(code))
    return None if item is None else _to_summary(item)


def keep_summary(summary: Summary) -> None:
    """Keep an institution's line in the directory. Only who took its mark writes it, so it needs no condition."""
    values = {
        "title": summary.title,
        "phase": summary.phase.value,
        "count": summary.count,
        "sptjm": summary.sptjm,
        "waived": summary.waived,
        "announced": _announced_item(summary.announced),
    }
    ungated.commit([dynamodb.put(settings().table, {**_summary_key(summary.code), **values})])


def summaries() -> list[Summary]:
    """All lines of the directory, by code."""
    when = KeyPart("pk").eq(f"A#{DIRECTORY}") & KeyPart("sk").begins_with("I#")
    return [_to_summary(item) for item in dynamodb.query_all(settings().table, when)]


def _summary_key(code: str) -> dict[str, str]:
    return {"pk": f"A#{DIRECTORY}", "sk": f"I#{code}"}


def _to_summary(item: Item) -> Summary:
    code = item["sk"].removeprefix("I#")
    return Summary(
        code,
        item["title"],
        Phase(item["phase"]),
        item["count"],
        item["sptjm"],
        item.get("waived", False),
        _announced(item.get("announced")),
    )


def _announced_item(announced: Announced | None) -> Item | None:
    if announced is None:
        return None
    return {"place": announced.place.value, "day": announced.on.isoformat(), "address": announced.address}


def _announced(stored: Item | None) -> Announced | None:
    if stored is None:
        return None
    return Announced(Place(stored["place"]), date.fromisoformat(stored["day"]), stored["address"])
