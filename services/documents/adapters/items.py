"""Subjects and files as items of the doc table, and back."""

from typing import Any

from services.documents.model.file import File, Subject
from services.kernel import clock
from services.kernel.audit.chain import GENESIS
from services.kernel.aws.dynamodb import Item
from services.kernel.documents import DocumentType, FileId, FileState, case_of
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState

CHAIN_SHARDS = 8
"""The index of chains is spread over this many keys an institution."""
_LAST = "last_"


def subject_key(subject: str) -> dict[str, str]:
    """The key of a subject's head."""
    return {"pk": f"P#{subject}", "sk": "@"}


def file_key(file: FileId) -> dict[str, str]:
    """The key of a file; the count is padded so that the newest of a kind comes last in a query."""
    return {"pk": f"P#{file.subject}", "sk": f"D#{file.jenis}#{file.n:06d}"}


def incoming_key(name: str) -> dict[str, str]:
    """The key under which an object in quarantine is found again."""
    return {"pk": f"K#{name}", "sk": "@"}


def to_subject(item: Item) -> Subject:
    """The subject in a head item; one that only the projection has written has no chain yet."""
    state = item.get("state")
    return Subject(
        id=item["pk"].removeprefix("P#"),
        institution=item["institution"],
        v=item.get("v", 0),
        head=item.get("head", GENESIS),
        salt=item.get("salt"),
        unit=item.get("unit"),
        state=PersonState(state) if state else None,
        last={kind: item[_LAST + kind] for kind in DocumentType if _LAST + kind in item},
        has_account=item.get("account", False),
        enrolment=item.get("enrolment"),
        assured=item.get("assured", False),
        came_from=item.get("from"),
        went_to=item.get("to"),
        about=item.get("about"),
        readers=frozenset(map(Role, item["readers"])) if "readers" in item else None,
        ended=clock.from_millis(item["ended"]) if "ended" in item else None,
        let_go=item.get("let_go", False),
    )


def chain_values(subject: Subject) -> dict[str, Any]:
    """What the head says besides where its chain stands: from the first link on it is in the index of chains.

    Of a case also what its ticket says: nothing else tells it here.
    """
    readers = None if subject.readers is None else sorted(subject.readers)
    told = {"unit": subject.unit, "about": subject.about, "readers": readers} if case_of(subject.id) else {}
    return {
        **{name: value for name, value in told.items() if value is not None},
        "institution": subject.institution,
        "g1pk": chains_key(subject.institution, sum(subject.id.encode()) % CHAIN_SHARDS),
        "g1sk": subject.id,
    }


def chains_key(institution: str, shard: int) -> str:
    """The partition of the index of chains that a shard of an institution's subjects stand in."""
    return f"I#{institution}#{shard}"


def last_values(file: FileId) -> dict[str, int]:
    """What a new promise changes in the head."""
    return {_LAST + file.jenis: file.n}


def to_item(file: File) -> Item:
    """A file's item; absent values are left out."""
    values = {
        "v": file.v,
        "institution": file.institution,
        "state": file.state.value,
        "riwayat": file.riwayat,
        "incoming": file.incoming,
        "received": clock.millis(file.received),
        "by": file.uploaded_by,
        "size": file.size,
        "type": file.content_type,
        "key": file.key,
        "sha256": file.sha256,
        "flags": list(file.flags),
        "pages": list(file.pages) or None,
        "code": file.code,
        "message": file.message,
        "printed_number": file.printed_number,
        "enrolment": file.enrolment,
    }
    return {**file_key(file.id), **{name: value for name, value in values.items() if value is not None}}


def to_file(item: Item) -> File:
    """The file in an item of the table or of its stream."""
    _, jenis, n = item["sk"].split("#")
    return File(
        id=FileId(item["pk"].removeprefix("P#"), DocumentType(jenis), int(n)),
        institution=item["institution"],
        v=item["v"],
        state=FileState(item["state"]),
        riwayat=item.get("riwayat"),
        incoming=item["incoming"],
        received=clock.from_millis(item["received"]),
        uploaded_by=item["by"],
        size=item["size"],
        content_type=item["type"],
        key=item.get("key"),
        sha256=item.get("sha256"),
        flags=tuple(item["flags"]),
        pages=tuple(int(length) for length in item.get("pages", ())),
        code=item.get("code"),
        message=item.get("message"),
        printed_number=item.get("printed_number"),
        enrolment=item.get("enrolment"),
    )
