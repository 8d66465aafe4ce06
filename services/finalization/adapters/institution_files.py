"""Files of institutions as documents told of them, and which of them were handed in already."""

from services.finalization.adapters.institution_items import key
from services.finalization.model.known_file import KnownFile
from services.finalization.settings import settings
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Operation
from services.kernel.documents import DocumentType, FileState
from services.kernel.writes import ungated


def remember(institution: str, file: KnownFile) -> None:
    """Keep what is newer than what is known; what comes twice or late changes nothing."""
    values = {
        "jenis": file.jenis.value,
        "v": file.v,
        "state": file.state.value,
        "sha256": file.sha256,
        "message": file.message,
        "printed_number": file.printed_number,
        "key": file.key,
    }
    newer = Attr("pk").not_exists() | Attr("v").lt(file.v)
    operation = dynamodb.update(settings().table, _key(institution, file.id), values=values, when=newer)
    ungated.commit([operation])


def find(institution: str, file: str) -> KnownFile | None:
    """What is known of a file of the institution, or None."""
    item = dynamodb.get(settings().table, _key(institution, file))
    if item is None:
        return None
    return KnownFile(
        id=file,
        jenis=DocumentType(item["jenis"]),
        v=item["v"],
        state=FileState(item["state"]),
        sha256=item["sha256"],
        message=item["message"],
        printed_number=item["printed_number"],
        handed_in=item.get("handed_in", False),
        key=item.get("key", ""),
    )


def hand_in(institution: str, file: KnownFile) -> Operation:
    """The operation that uses a file up: one file is one statement, of one seal."""
    when = Attr("handed_in").not_exists() & Attr("state").eq(FileState.DITERIMA.value)
    return dynamodb.update(settings().table, _key(institution, file.id), values={"handed_in": True}, when=when)


def _key(institution: str, file: str) -> dict[str, str]:
    return key(institution, f"FILE#{file}")
