"""Person, history and file items of the reg table: typed records in and out of DynamoDB items."""

from dataclasses import asdict

from services.kernel.aws.dynamodb import Item
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.states import Assurance, Category, Matter, PersonState, VerdictMark
from services.registration.adapters.private_items import to_private, to_private_item
from services.registration.model.own_numbers import own_findings
from services.registration.model.person import History, KnownFile, Person
from services.registration.model.private import Private
from services.registration.settings import settings

COPIED = "COPIED"
"""The sort key of the mark that what was known of a corrected NIK's files is copied from the record before."""
ROSTER_SHARDS = 16
"""The roster index is spread over this many keys an institution, so that none takes more than a partition can."""


def person_key(pid: str) -> dict[str, str]:
    """The key of a person's root item."""
    return {"pk": f"P#{pid}", "sk": "@"}


def root_label(pid: str) -> str:
    """The label of the operation on a person's root item."""
    return f"person {pid}"


def history_key(pid: str, history: str) -> dict[str, str]:
    """The key of one history row."""
    return {"pk": f"P#{pid}", "sk": f"H#{history}"}


def file_key(pid: str, file: str) -> dict[str, str]:
    """The key of what is known of one file."""
    return {"pk": f"P#{pid}", "sk": f"F#{file}"}


def waiting_key(pid: str, file: str) -> dict[str, str]:
    """The key of a file that was on its way when its person submitted."""
    return {"pk": f"P#{pid}", "sk": f"W#{file}"}


def copied_key(pid: str) -> dict[str, str]:
    """The key of the mark that the files known at the record before are known here."""
    return {"pk": f"P#{pid}", "sk": COPIED}


def roster_key(institution: str, shard: int) -> str:
    """The partition of the roster index that a shard of an institution's people stand in."""
    return f"I#{institution}#{shard}"


def roster_place(state: PersonState, name: str, pid: str = "") -> str:
    """Where a person stands among the others of his shard: by state, then by name."""
    start = f"{state.value}#{name.casefold()}"
    return f"{start}#{pid}" if pid else start


def to_item(person: Person) -> Item:
    """The root item; `private` is everything private, `g1pk`/`g1sk` its place in the roster index.

    `found`, of few people, says where a published field holds a number of his own: whoever publishes it cannot tell.
    """
    found = own_findings(person)
    private, key = to_private_item(person.private), person_key(person.pid)
    place = Place(settings().table, key["pk"], key["sk"])
    return {
        **key,
        "institution": person.institution,
        "state": person.state.value,
        "before": person.before.value if person.before else None,
        "below": [state.value for state in person.below],
        "v": person.v,
        "head": person.head,
        "salt": person.salt,
        "registration_number": person.registration_number,
        "nama": person.nama,
        "unit": person.unit_kerja,
        "jab": person.jabatan,
        "category": person.kategori.value,
        "ov": person.overall,
        "by": person.entered_by,
        "editors": list(person.edited_by),
        "helpers": list(person.helped_by),
        "assurance": person.assurance.value,
        "active": person.active,
        "account": person.has_account,
        "enrolment": person.enrolment,
        **_matters(person),
        **({"judged": list(person.judged)} if person.judged else {}),
        **({"from": person.came_from} if person.came_from else {}),
        **({"successor": person.successor} if person.successor else {}),
        **({"nik_asked": True} if person.nik_asked else {}),
        **({"found": [asdict(finding) for finding in found]} if found else {}),
        "private": privacy.encrypt(private, institution=person.institution, salt=person.salt, place=place),
        "g1pk": roster_key(person.institution, sum(person.pid.encode()) % ROSTER_SHARDS),
        "g1sk": roster_place(person.state, person.nama, person.pid),
    }


def _matters(person: Person) -> Item:
    """What of a person somebody of the institution has to answer, by kind; most people have nothing."""
    matters = {
        Matter.CORRECTION: len(person.open_requests),
        Matter.INACTIVE: int(person.states_inactive),
        Matter.RETURNED: int(person.was_returned),
    }
    found = {kind.value: n for kind, n in matters.items() if n}
    return {"matters": found} if found else {}


def to_person(item: Item, *, with_private: bool = True) -> Person:
    """The record in a root item; without its private part for lists, which must not decrypt a whole roster."""
    private = Private()
    if with_private:
        place = Place(settings().table, item["pk"], item["sk"])
        opened = privacy.decrypt(item["private"], institution=item["institution"], salt=item["salt"], place=place)
        private = to_private(opened)
    return Person(
        pid=item["pk"].removeprefix("P#"),
        institution=item["institution"],
        state=PersonState(item["state"]),
        before=PersonState(item["before"]) if item["before"] else None,
        v=item["v"],
        head=item["head"],
        salt=item["salt"],
        registration_number=item["registration_number"],
        nama=item["nama"],
        unit_kerja=item["unit"],
        jabatan=item["jab"],
        kategori=Category(item["category"]),
        overall=item["ov"],
        entered_by=item["by"],
        active=item["active"],
        has_account=item["account"],
        private=private,
        below=tuple(PersonState(state) for state in item["below"]),
        edited_by=tuple(item.get("editors", ())),  # not there on rows stored before editors were kept
        enrolment=item.get("enrolment"),
        assurance=Assurance(item.get("assurance", Assurance.BELUM_DIPASTIKAN)),  # not there on rows stored before
        helped_by=tuple(item.get("helpers", ())),
        came_from=item.get("from"),
        successor=item.get("successor"),
        nik_asked=item.get("nik_asked", False),
        judged=tuple(map(VerdictMark, item.get("judged", ()))),
    )


def to_history_item(person: Person, history: History) -> Item:
    """One history row, encrypted with its person's key."""
    key = history_key(person.pid, history.id)
    place = Place(settings().table, key["pk"], key["sk"])
    private = privacy.encrypt(history.fields, institution=person.institution, salt=person.salt, place=place)
    return {**key, "private": private, **({"by": history.by} if history.by else {})}


def to_history(person: Person, item: Item) -> History:
    """The history row in an item of this person."""
    place = Place(settings().table, item["pk"], item["sk"])
    fields = privacy.decrypt(item["private"], institution=person.institution, salt=person.salt, place=place)
    return History(item["sk"].removeprefix("H#"), fields, item.get("by"))


def to_file(item: Item) -> KnownFile:
    """What is known of a file."""
    return KnownFile(
        id=item["sk"].partition("#")[2],
        jenis=item["jenis"],
        riwayat=item["riwayat"],
        state=item["state"],
        code=item["code"],
        message=item["message"],
        key=item["key"],
        v=item["v"],
        enrolment=item.get("enrolment"),
        kept_at=item.get("kept"),  # not there on files known before it was kept
        own=item.get("own", item.get("enrolment") is not None),  # the same
        by=item.get("by"),
        sha256=item.get("sha256"),
    )
