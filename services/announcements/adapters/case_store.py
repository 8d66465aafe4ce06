"""Cases in the ann table: `C#<number>`/`@` with what belongs to it beside it, and the lists it stands on.

`@` heads the case's own audit chain; what was written is encrypted with the case's salt, who filed it (`REPORTER`) with
one of its own. Three lists share the index `due`: what the portal does next of itself (`CASES#portal`, `@`), what an
institution has to decide or has decided (`CASES#<institution>`, `INBOX`), and what bkn may decide (`CASES#bkn`, `BKN`;
among what ended also the usulan that an institution refused, which bkn may accept).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from services.announcements.adapters import figure_store
from services.announcements.adapters.audit_lane import Lane
from services.announcements.model.case import (
    KEPT,
    Case,
    CaseFile,
    Decision,
    Message,
    Noted,
    Reporter,
    Topic,
    Writer,
)
from services.announcements.model.case_counts import CaseOutline
from services.announcements.settings import settings
from services.kernel import clock
from services.kernel.audit import chain as audit
from services.kernel.audit.chain import Event
from services.kernel.audit.check import Head
from services.kernel.audit.log import AuditLog, Standing
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.cases import OPEN_CASES, CaseKind, CaseLevel, CaseState, UsulanOutcome
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.writes import ungated

PORTAL: Final = "portal"
"""The list of what the portal does next of itself: escalate a case, let it lapse, or forget it."""
BKN: Final = "bkn"
"""The list of what bkn may decide."""
READINGS: Final = Lane("cases", "CASES")
"""Who of the staff read which cases."""
_INDEX: Final = "due"
_OF_INSTITUTION: Final = "INBOX"
_OF_BKN: Final = "BKN"
_ENDED: Final = "#ended"


def load(number: str) -> Case | None:
    """A case by its number."""
    item = dynamodb.get(settings().table, _key(number))
    return None if item is None else _to_case(item)


def load_many(numbers: Sequence[str]) -> list[Case]:
    """These cases, in this order; what is not there is left out."""
    found = dynamodb.get_many(settings().table, [_key(number) for number in numbers])
    return [_to_case(item) for item in found if item is not None]


def heads_of(numbers: Sequence[str]) -> list[tuple[str, Head]]:
    """The numbers of these cases with the heads of their chains; nothing that was written is read for it."""
    found = dynamodb.get_many(settings().table, [_key(number) for number in numbers])
    return [(item["pk"].removeprefix("C#"), Head(item["v"], item["head"])) for item in found if item is not None]


def keep(before: Case | None, after: Case, event: Event, also: Sequence[Operation] = ()) -> bool:
    """Keep a case after a step, and `also`; False when somebody else was faster."""
    return ungated.commit([*step(before, after, event), *also])


def step(before: Case | None, after: Case, event: Event) -> list[Operation]:
    """The operations of a step: the case, its link of the chain, its places on the lists, what is counted of it."""
    standing = Standing(before.v, before.head) if before else Standing()
    moved, link = _log(after).add(event, standing, **_values(after))
    return [moved, link.operation, _outline(after), *_lists(after), *figure_store.count(before, after)]


def numbers_of(institution: str) -> list[str]:
    """The numbers of all cases of an institution, open or not."""
    when = KeyPart("pk").eq(_institution_pk(institution)) & KeyPart("sk").begins_with("C#")
    items = dynamodb.query_all(settings().table, when, only=("sk",))
    return [item["sk"].removeprefix("C#") for item in items]


def numbers_about(institution: str, pids: Collection[str]) -> list[str]:
    """The numbers of an institution's cases about these people, open or not; reads the outlines of all."""
    when = KeyPart("pk").eq(_institution_pk(institution)) & KeyPart("sk").begins_with("C#")
    items = dynamodb.query_all(settings().table, when, only=("sk", "pid"))
    return [item["sk"].removeprefix("C#") for item in items if item.get("pid") in pids]


def outlines_of(institution: str) -> list[CaseOutline]:
    """What counts the cases of an institution; nothing of it is anybody's secret."""
    when = KeyPart("pk").eq(_institution_pk(institution)) & KeyPart("sk").begins_with("C#")
    return [_to_outline(item) for item in dynamodb.query_all(settings().table, when)]


def _to_outline(item: Item) -> CaseOutline:
    return CaseOutline(
        CaseKind(item["kind"]),
        CaseState(item["state"]),
        clock.from_millis(item["due_at"]),
        _instant(item["decided_at"]),
        item["joined"],
    )


def _outline(case: Case) -> Operation:
    """The operation that notes a case, as far as it is counted, with its institution."""
    item = {
        "pk": _institution_pk(case.institution),
        "sk": f"C#{case.number}",
        "kind": case.kind.value,
        "state": case.state.value,
        "due_at": clock.millis(case.due_at),
        "decided_at": _millis(case.decided_at),
        "joined": case.joined is not None,
        "pid": case.pid,
    }
    return dynamodb.put(settings().table, item)


def put_reporter(case: Case, reporter: Reporter) -> Operation:
    """The operation that keeps who filed."""
    salt, key = privacy.new_salt(), _key(case.number, "REPORTER")
    private = privacy.encrypt(asdict(reporter), institution=case.institution, salt=salt, place=_place(key))
    return dynamodb.put(settings().table, {**key, "institution": case.institution, "salt": salt, "private": private})


def reporter_of(number: str) -> Reporter:
    """Who filed a case; nobody where he was forgotten."""
    key = _key(number, "REPORTER")
    item = dynamodb.get(settings().table, key)
    if item is None:
        return Reporter()
    private = privacy.decrypt(item["private"], institution=item["institution"], salt=item["salt"], place=_place(key))
    return Reporter(**private)


def forget_reporter(case: Case) -> Operation:
    """The operation that forgets who filed."""
    return dynamodb.delete(settings().table, _key(case.number, "REPORTER"))


def put_message(case: Case, message: Message) -> Operation:
    """The operation that adds a message."""
    key = _key(case.number, f"M#{clock.millis(message.at):015d}#{case.v:06d}")
    text = {"text": message.text}
    return dynamodb.put(
        settings().table,
        {
            **key,
            "at": clock.millis(message.at),
            "writer": message.writer.value,
            "by": message.by,
            "asks": message.asks,
            "private": privacy.encrypt(text, institution=case.institution, salt=case.salt, place=_place(key)),
        },
    )


def messages_of(case: Case) -> list[Message]:
    """Its messages, the oldest first."""
    return [_to_message(case, item) for item in _beside(case.number, "M#")]


def put_noted(case: Case, noted: Noted) -> Operation:
    """The operation that keeps a decision which registration has to carry out."""
    key = _key(case.number, f"D#{noted.id}")
    said = {"decision": _stored(noted.decision)}
    private = privacy.encrypt(said, institution=case.institution, salt=case.salt, place=_place(key))
    return dynamodb.put(settings().table, {**key, "private": private}, when=Attr("pk").not_exists())


def noted_of(case: Case, identifier: str) -> Noted | None:
    """A decision that was noted."""
    key = _key(case.number, f"D#{identifier}")
    item = dynamodb.get(settings().table, key)
    if item is None:
        return None
    said = privacy.decrypt(item["private"], institution=case.institution, salt=case.salt, place=_place(key))
    return Noted(identifier, _to_decision(said["decision"]))


@dataclass(frozen=True)
class Followers:
    """The numbers of the later cases about the same whose reporters go on; `v` moves when one joins or leaves."""

    numbers: tuple[str, ...]
    v: int


def join(case: Case, first: str) -> list[Operation]:
    """The operations that join a case to the earlier one about the same; refused where that has closed."""
    is_open = Attr("state").is_in([state.value for state in OPEN_CASES])
    return [
        dynamodb.check(settings().table, _key(first), when=is_open),
        dynamodb.update(settings().table, _key(first, "JOINS"), add={"v": 1}),
        dynamodb.put(settings().table, _key(first, f"J#{case.number}")),
    ]


def leave(case: Case, first: str, among: Followers) -> list[Operation]:
    """The operations by which one that joined goes; refused where another joined or went meanwhile."""
    return [
        unjoined(first, among),
        dynamodb.update(settings().table, _key(first, f"J#{case.number}"), values={"left": True}),
    ]


def unjoined(first: str, among: Followers) -> Operation:
    """The operation that lets its transaction fail where somebody joined or left since `among` was read."""
    as_read = Attr("v").eq(among.v) if among.v else Attr("pk").not_exists()
    return dynamodb.update(settings().table, _key(first, "JOINS"), add={"v": 1}, when=as_read)


def followers_of(number: str) -> Followers:
    """Who follows a case; `v` is read first, so that whoever joins in between is seen."""
    item = dynamodb.get(settings().table, _key(number, "JOINS"))
    return Followers(tuple(joined_to(number)), 0 if item is None else item["v"])


def joined_to(number: str) -> list[str]:
    """The numbers of the later cases about the same whose reporters go on."""
    return [item["sk"].removeprefix("J#") for item in _beside(number, "J#") if "left" not in item]


def open_about(institution: str, about: str) -> str | None:
    """The number of the open case about something; `about` is a keyed hash."""
    item = dynamodb.get(settings().table, _about_key(institution, about))
    return None if item is None else item["number"]


def note_about(case: Case, about: str, before: str | None) -> Operation:
    """The operation by which the next case about the same finds this one, unless another was faster."""
    item = {**_about_key(case.institution, about), "number": case.number}
    unmoved = Attr("pk").not_exists() if before is None else Attr("number").eq(before)
    return dynamodb.put(settings().table, item, when=unmoved, label="about")


def keep_file(number: str, file: CaseFile) -> Operation:
    """The operation that keeps what documents says of a paper; what comes twice or late says the same."""
    item = {**_key(number, f"F#{file.file}"), "accepted": file.accepted, "told": file.message}
    return dynamodb.put(settings().table, item)


def files_of(number: str) -> list[CaseFile]:
    """The papers of a case that were inspected."""
    items = _beside(number, "F#")
    return [CaseFile(item["sk"].removeprefix("F#"), item["accepted"], item["told"]) for item in items]


def waiting(institution: str, *, most: int, after: str | None = None) -> tuple[list[str], str | None]:
    """The numbers of an institution's open cases, or `BKN`'s, the soonest due first, and where to go on."""
    return _page(institution, "", most, after)


@dataclass(frozen=True)
class WaitingLine:
    """An open case as its line on the list has it, without opening the case; `due_at` in milliseconds."""

    number: str
    kind: CaseKind
    topic: Topic | None
    due_at: int


def waiting_lines(institution: str, *, most: int) -> tuple[list[WaitingLine], bool]:
    """An institution's open cases, the soonest due first, by one query of the index; and whether there are more."""
    when = KeyPart("g1pk").eq(f"CASES#{institution}")
    items, last = dynamodb.query(settings().table, when, index=_INDEX, limit=most)
    return [_to_line(item) for item in items], last is not None


def _to_line(item: Item) -> WaitingLine:
    topic = Topic(item["topic"]) if item["topic"] else None
    return WaitingLine(item["pk"].removeprefix("C#"), CaseKind(item["kind"]), topic, item["g1sk"])


def ended(institution: str, *, most: int, after: str | None = None) -> tuple[list[str], str | None]:
    """The numbers of an institution's closed cases, or `BKN`'s, the newest first, and where to go on."""
    return _page(institution, _ENDED, most, after)


def all_waiting(institution: str) -> list[str]:
    """The numbers of all open cases of an institution, the soonest due first."""
    found = dynamodb.query_all(settings().table, KeyPart("g1pk").eq(f"CASES#{institution}"), index=_INDEX)
    return [item["pk"].removeprefix("C#") for item in found]


def ended_since(institution: str, since: datetime) -> list[str]:
    """The numbers of an institution's cases that closed since an instant."""
    when = KeyPart("g1pk").eq(f"CASES#{institution}#ended") & KeyPart("g1sk").gte(clock.millis(since))
    return [item["pk"].removeprefix("C#") for item in dynamodb.query_all(settings().table, when, index=_INDEX)]


def item_of(number: str) -> Item | None:
    """A case's item as the relay reads it; nothing in it is decrypted."""
    return dynamodb.get(settings().table, _key(number))


def to_act_on(now: datetime) -> Iterator[str]:
    """The numbers of cases that the portal has to escalate, let lapse or forget by now."""
    when = KeyPart("g1pk").eq(f"CASES#{PORTAL}") & KeyPart("g1sk").lte(clock.millis(now))
    for item in dynamodb.query_all(settings().table, when, index=_INDEX):
        yield item["pk"].removeprefix("C#")


def _page(institution: str, end: str, most: int, after: str | None) -> tuple[list[str], str | None]:
    """A page of a list. Many cases are due at the same instant, so where to go on names one of them as well."""
    key = f"CASES#{institution}{end}"
    start = _start(key, _OF_BKN if institution == BKN else _OF_INSTITUTION, after) if after else None
    items, last = dynamodb.query(
        settings().table, KeyPart("g1pk").eq(key), index=_INDEX, limit=most, forward=not end, after=start
    )
    numbers = [item["pk"].removeprefix("C#") for item in items]
    return numbers, f"{items[-1]['g1sk']}.{numbers[-1]}" if last and items else None


def _start(key: str, sk: str, after: str) -> Item:
    at, _, number = after.partition(".")
    return {**_key(number, sk), "g1pk": key, "g1sk": int(at)}


def _beside(number: str, leads: str) -> Iterator[Item]:
    return dynamodb.query_all(settings().table, KeyPart("pk").eq(f"C#{number}") & KeyPart("sk").begins_with(leads))


def _lists(case: Case) -> list[Operation]:
    """Where it stands on the lists of its institution and of bkn; one that follows another stands on none.

    A refused usulan stands on bkn's, which may accept it, and keeps its place there once it is accepted.
    """
    if case.joined is not None:
        return []
    end = "" if case.is_open else _ENDED
    at = clock.millis(case.due_at if case.is_open else case.moved_at)
    places = {_OF_INSTITUTION: f"CASES#{case.institution}{end}"}
    overturnable = case.kind is CaseKind.USULAN and case.state is CaseState.DITOLAK
    if case.level is CaseLevel.BKN or case.kind is CaseKind.TANGGAPAN or overturnable:
        places[_OF_BKN] = f"CASES#{BKN}{end}"
    line = {"kind": case.kind.value, "topic": case.topic.value if case.topic else None, "g1sk": at}
    return [
        dynamodb.put(settings().table, {**_key(case.number, sk), **line, "g1pk": g1pk}) for sk, g1pk in places.items()
    ]


def next_act(case: Case) -> datetime | None:
    """When the portal itself has to do something with a case; None while it has not."""
    if not case.is_open:
        return None if case.is_forgotten else case.moved_at + KEPT
    if case.joined is not None:
        return None
    due = case.due_at if case.level is CaseLevel.INSTANSI else None
    return min(filter(None, (due, case.asked_until)), default=None)


def _log(case: Case) -> AuditLog:
    return AuditLog(audit.case_chain(case.number), _key(case.number), case.institution, salt=case.salt)


def _values(case: Case) -> dict[str, Any]:
    acts, key = next_act(case), _key(case.number)
    private = {"said": case.said, "decision": _stored(case.decision) if case.decision else None}
    return {
        "institution": case.institution,
        "kind": case.kind.value,
        "state": case.state.value,
        "level": case.level.value,
        "at": clock.millis(case.at),
        "moved_at": clock.millis(case.moved_at),
        "due_at": clock.millis(case.due_at),
        "salt": case.salt,
        "private": privacy.encrypt(private, institution=case.institution, salt=case.salt, place=_place(key)),
        "topic": case.topic.value if case.topic else None,
        "pid": case.pid,
        "joined": case.joined,
        "handler": case.handler,
        "asked_until": _millis(case.asked_until),
        "noted_until": _millis(case.noted_until),
        "noted_by": case.noted_by,
        "heard_at": _millis(case.heard_at),
        "decided_at": _millis(case.decided_at),
        **({"became": case.became.value} if case.became else {}),
        **({"beside": True} if case.beside else {}),
        "divided_at": _millis(case.divided_at),
        "left_at": _millis(case.left_at),
        # A list is left by the lack of a key, not by an empty one: what nobody acts on stands on one that nobody asks.
        "g1pk": f"CASES#{PORTAL}" if acts else f"CASES#{PORTAL}#resting",
        "g1sk": clock.millis(acts or case.at),
    }


def _to_case(item: Item) -> Case:
    number, institution = item["pk"].removeprefix("C#"), item["institution"]
    place = Place(settings().table, item["pk"], item["sk"])
    private = privacy.decrypt(item["private"], institution=institution, salt=item["salt"], place=place)
    return Case(
        number=number,
        institution=institution,
        kind=CaseKind(item["kind"]),
        state=CaseState(item["state"]),
        level=CaseLevel(item["level"]),
        at=clock.from_millis(item["at"]),
        moved_at=clock.from_millis(item["moved_at"]),
        due_at=clock.from_millis(item["due_at"]),
        v=item["v"],
        head=item["head"],
        salt=item["salt"],
        said=private["said"],
        topic=Topic(item["topic"]) if item["topic"] else None,
        pid=item["pid"],
        joined=item["joined"],
        handler=item["handler"],
        asked_until=_instant(item["asked_until"]),
        noted_until=_instant(item["noted_until"]),
        noted_by=item.get("noted_by"),
        heard_at=_instant(item["heard_at"]),
        decided_at=_instant(item.get("decided_at")),
        became=UsulanOutcome(item["became"]) if item.get("became") else None,
        divided_at=_instant(item.get("divided_at")),
        left_at=_instant(item.get("left_at")),
        beside=item.get("beside", False),
        decision=_to_decision(private["decision"]) if private["decision"] else None,
    )


def _to_message(case: Case, item: Item) -> Message:
    place = Place(settings().table, item["pk"], item["sk"])
    said = privacy.decrypt(item["private"], institution=case.institution, salt=case.salt, place=place)
    return Message(clock.from_millis(item["at"]), Writer(item["writer"]), said["text"], item["by"], item["asks"])


def _stored(decision: Decision) -> dict[str, Any]:
    return {**asdict(decision), "at": clock.millis(decision.at)}


def _to_decision(stored: dict[str, Any]) -> Decision:
    return Decision(**{**stored, "at": clock.from_millis(stored["at"])})


def _millis(instant: datetime | None) -> int | None:
    return None if instant is None else clock.millis(instant)


def _instant(stamp: int | None) -> datetime | None:
    return None if stamp is None else clock.from_millis(stamp)


def _key(number: str, sk: str = "@") -> dict[str, str]:
    return {"pk": f"C#{number}", "sk": sk}


def _about_key(institution: str, about: str) -> dict[str, str]:
    return {"pk": f"CA#{institution}", "sk": about}


def _institution_pk(institution: str) -> str:
    return f"A#{institution}"


def _place(key: dict[str, str]) -> Place:
    return Place(settings().table, key["pk"], key["sk"])
