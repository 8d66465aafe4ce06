"""Loading people and committing changes to them. Every change of one person goes through `commit`.

Imports write many people at once (row_store.py).
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count

from services.kernel.audit import chain as audit
from services.kernel.audit.chain import Event
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.documents import parse_file_id
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.kernel.writes import gate
from services.kernel.writes.calendar import Round, Window
from services.kernel.writes.gate import ConditionLost, GatedWrite, MovedPerson
from services.registration.adapters import annotation_store, case_store, file_store, rules_store
from services.registration.adapters import person_items as items
from services.registration.model.dossier import Change, Dossier
from services.registration.model.person import History, Person
from services.registration.settings import lookup_key, settings


def load(pid: str) -> Person:
    """A person by his id.

    Raises:
        Problem: `not-found`.
    """
    person = find(pid)
    if person is None:
        raise Problem(Code.NOT_FOUND)
    return person


def find(pid: str) -> Person | None:
    """A person by his id, or None."""
    item = dynamodb.get(settings().table, items.person_key(pid))
    return None if item is None else items.to_person(item)


def load_many(pids: Sequence[str]) -> dict[str, Person]:
    """These people by their ids; who is not there is left out."""
    keys = [items.person_key(pid) for pid in dict.fromkeys(pids)]
    found = filter(None, dynamodb.get_many(settings().table, keys))
    return {person.pid: person for person in map(items.to_person, found)}


def standing(pid: str) -> Person | None:
    """The person whom an id leads to today: where his NIK was corrected, the record with the right one."""
    person = find(pid)
    while person is not None and person.successor is not None:
        person = find(person.successor)
    return person


def vacant_pid(institution: str, nik: str, *, leaving: Collection[str] = ()) -> str:
    """The id under which a NIK is entered in an institution, whether somebody stands there or not.

    It is the first one from which nobody was moved away because the NIK was not his, or is now (`leaving`, ids).
    """
    pids = (privacy.person_id(lookup_key(), institution, nik, generation) for generation in count())
    return next(pid for pid in pids if pid not in leaving and not is_left(pid))


def is_left(pid: str) -> bool:
    """Whether this is the record of a wrong NIK, whose person goes on under the right one."""
    root = dynamodb.get(settings().table, items.person_key(pid))
    return root is not None and "successor" in root


def load_dossier(pid: str) -> Dossier:
    """A person with everything that hangs on him, in one query.

    Where his NIK was corrected and what was known of his files is still being copied, in two.

    Raises:
        Problem: `not-found`.
    """
    rules_store.keep_fresh()
    found = _partition(pid)
    if "@" not in found:
        raise Problem(Code.NOT_FOUND)
    person = items.to_person(found["@"])
    if person.came_from and items.COPIED not in found:
        found = {**file_store.files_at(person.came_from), **found}
    waiting = [items.to_file(item) for sk, item in found.items() if sk.startswith("W#")]
    told = [items.to_file(item) for sk, item in found.items() if sk.startswith("F#")]
    known = {file.id: replace(file, inherited=parse_file_id(file.id).subject != pid) for file in (*waiting, *told)}
    files = list(known.values())
    return Dossier(
        person,
        tuple(items.to_history(person, item) for sk, item in found.items() if sk.startswith("H#")),
        tuple(file for file in files if person.holds(file.enrolment)),
        tuple(file for file in files if not person.holds(file.enrolment)),
        case_store.cases_of(found),
        annotation_store.annotations_of(found),
    )


def _partition(pid: str) -> dict[str, Item]:
    return {item["sk"]: item for item in dynamodb.query_all(settings().table, KeyPart("pk").eq(f"P#{pid}"))}


def put_history(person: Person, history: History) -> Operation:
    """The operation that stores a history row; joins a `Change` of its person."""
    return dynamodb.put(settings().table, items.to_history_item(person, history))


def delete_history(person: Person, history: str) -> Operation:
    """The operation that takes a history row out; joins a `Change` of its person."""
    return dynamodb.delete(settings().table, items.history_key(person.pid, history))


def unmoved(person: Person) -> Operation:
    """The operation that lets its transaction fail unless the person still is as he was read."""
    return dynamodb.check(settings().table, items.person_key(person.pid), when=Attr("v").eq(person.v))


def commit(
    change: Change,
    *,
    round_: Round,
    window: Window,
    received: datetime,
    actor: str,
    require: Callable[[Round, datetime], None] | None = None,
) -> Person:
    """Write the change through the gate, with the counters of its lane and a link of the person's audit chain.

    `require` refuses what the window does not rule out (kernel/writes/gate.py). Returns the person as stored.

    Raises:
        Problem: `version-moved` when somebody was faster, or whatever the gate or `require` says.
        ConditionLost: when an operation of `extra` was refused.
    """
    moved, stored = prepare(change, actor=actor, received=received)
    write = GatedWrite(round_, window, received, people=[moved], require=require)
    try:
        gate.commit(write)
    except ConditionLost as lost:
        if items.root_label(stored.pid) in lost.failed:
            raise Problem(Code.VERSION_MOVED) from lost
        raise
    return stored


def prepare(change: Change, *, actor: str, received: datetime) -> tuple[MovedPerson, Person]:
    """The person as a gated write moves him, and as he will be stored: one version on, with the new head of his chain.

    Whoever commits this beside another person asks by `person_items.root_label` whose version had moved.
    """
    previous = change.before
    version = previous.v + 1 if previous else 1
    link = audit.link(
        audit.person_chain(change.after.pid),
        version,
        previous.head if previous else audit.GENESIS,
        Event(actor, change.action, received, change.delta),
        institution=change.after.institution,
        salt=change.after.salt,
    )
    stored = replace(change.after, v=version, head=link.hash)
    when = Attr("v").eq(previous.v) if previous else Attr("pk").not_exists()
    root = dynamodb.put(settings().table, items.to_item(stored), when=when, label=items.root_label(stored.pid))
    return MovedPerson([root, *change.extra], counters(change), link), stored


def counters(change: Change) -> dict[str, int]:
    """How the exact counters of a lane move.

    `n` people, `st_<STATE>` in that state, `waived` verdicts by waiver, `niks` records with a corrected NIK, `asks` of
    those for whom one is asked.
    """
    moved: dict[str, int] = {} if change.before else {"n": 1}
    if change.before is None and change.after.came_from:
        moved["niks"] = 1
    if _is_waived(change):
        moved["waived"] = 1
    if asks := int(change.after.nik_asked) - int(change.before is not None and change.before.nik_asked):
        moved["asks"] = asks
    if change.before is None or change.before.state != change.after.state:
        moved[f"st_{change.after.state.value}"] = 1
        if change.before is not None:
            moved[f"st_{change.before.state.value}"] = -1
    return moved


def _is_waived(change: Change) -> bool:
    """Whether it adds a decision that only a waiver for an office of one allowed."""
    if change.before is None:  # what a corrected NIK brings along was counted when it was decided
        return False
    before, after = (each.private.decisions for each in (change.before, change.after))
    return any(noted.under_waiver for noted in after[len(before) :])
