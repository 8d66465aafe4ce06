"""What registration knows of a person's files: a projection of documents' facts, and what was on its way before them.

`P#<pid>`/`F#<file id>` is what documents said; `P#<pid>`/`W#<file id>` what a receipt said, of no account once there is
the other. It is an item of its own so that a fact of the same moment and the submission do not fail each other.
"""

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.writes import ungated
from services.registration.adapters import person_items as items
from services.registration.model.person import KnownFile
from services.registration.settings import settings

_FILES = ("F#", "W#", "L#")
"""Sort keys of what follows to the right NIK: files, and cases about the person."""


def put(pid: str, file: KnownFile) -> Operation:
    """The operation that stores a file's state; refused when a later one is stored.

    A file becomes DIGANTI without a fact of its own, by one about another file, so its version stays as it was.
    """
    item = {**items.file_key(pid, file.id), **_attributes(file)}
    return dynamodb.put(settings().table, item, when=Attr("pk").not_exists() | Attr("v").lte(file.v))


def put_waiting(pid: str, file: KnownFile) -> Operation:
    """The operation that stores a file on its way; once more does no harm."""
    return dynamodb.put(settings().table, {**items.waiting_key(pid, file.id), **_attributes(file)})


def files_at(pid: str) -> dict[str, Item]:
    """The items of the files that are known at an id, also where a corrected NIK's were copied from; by sort key.

    One that was itself copied to from there has them all, or leads on.
    """
    found = dict[str, Item]()
    at: str | None = pid
    while at is not None:
        here = {item["sk"]: item for item in dynamodb.query_all(settings().table, KeyPart("pk").eq(f"P#{at}"))}
        found = {**{sk: item for sk, item in here.items() if sk[:2] in _FILES}, **found}
        at = None if items.COPIED in here else here["@"].get("from")
    return found


def copy_files(before: str, after: str) -> None:
    """Let what is known of the files of one id be known at another, where the NIK is right; again does no harm.

    What is known there already is newer and stays.

    Raises:
        Problem: `try-again` when others held the items at every try.
    """
    puts = [
        dynamodb.put(settings().table, {**item, "pk": f"P#{after}"}, when=Attr("pk").not_exists(), label=sk)
        for sk, item in files_at(before).items()
    ]
    ungated.commit_each(puts)
    ungated.commit([dynamodb.put(settings().table, items.copied_key(after))])


def _attributes(file: KnownFile) -> Item:
    return {
        "jenis": file.jenis,
        "riwayat": file.riwayat,
        "state": file.state,
        "code": file.code,
        "message": file.message,
        "key": file.key,
        "v": file.v,
        "enrolment": file.enrolment,
        "kept": file.kept_at,
        "own": file.own,
        "by": file.by,
        "sha256": file.sha256,
    }


def keep_from_now(pid: str, file: KnownFile, at: int) -> Operation:
    """The operation that lets a file come to the record now: it stood aside until its enrolment made the account."""
    return dynamodb.update(settings().table, items.file_key(pid, file.id), values={"kept": at})
