"""What registration knows of a person's files: a projection of documents' facts, and what was on its way before them.

`P#<pid>`/`F#<file id>` is what documents said; `P#<pid>`/`W#<file id>` what a receipt said, of no account once there is
the other. It is an item of its own so that a fact of the same moment and the submission do not fail each other.
"""

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.registration.adapters import person_items as items
from services.registration.model.person import KnownFile
from services.registration.settings import settings


def put(pid: str, file: KnownFile) -> Operation:
    """The operation that stores a file's state; refused when a later one is stored.

    A file becomes DIGANTI without a fact of its own, by one about another file, so its version stays as it was.
    """
    item = {**items.file_key(pid, file.id), **_attributes(file)}
    return dynamodb.put(settings().table, item, when=Attr("pk").not_exists() | Attr("v").lte(file.v))


def put_waiting(pid: str, file: KnownFile) -> Operation:
    """The operation that stores a file on its way; once more does no harm."""
    return dynamodb.put(settings().table, {**items.waiting_key(pid, file.id), **_attributes(file)})


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
    }


def keep_from_now(pid: str, file: KnownFile, at: int) -> Operation:
    """The operation that lets a file come to the record now: it stood aside until its enrolment made the account."""
    return dynamodb.update(settings().table, items.file_key(pid, file.id), values={"kept": at})
