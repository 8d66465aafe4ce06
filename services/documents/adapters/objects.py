"""The objects themselves: what arrived in quarantine, the copies that are kept, and pictures of their pages."""

from collections.abc import Sequence

from services.documents.model.file import File, Term
from services.documents.settings import settings
from services.kernel.aws import clients, s3
from services.kernel.aws.s3 import UploadForm
from services.kernel.documents import JPEG

_INCOMING = "incoming/"
_PAGES = ".pages"


def incoming_form(name: str, *, largest: int, seconds: int) -> UploadForm:
    """The form with which a browser posts one object to quarantine, of a kind nobody knows yet; `largest` in bytes."""
    return s3.upload_form(
        settings().quarantine_bucket,
        _INCOMING + name,
        content_type="application/octet-stream",
        smallest=0,
        largest=largest,
        seconds=seconds,
    )


def incoming_name(key: str) -> str:
    """The name of an object in quarantine from its key."""
    return key.removeprefix(_INCOMING)


def read_incoming(name: str, version: str | None) -> bytes | None:
    """What arrived, in the version the event spoke of; None when it is not there any more."""
    client = clients.s3()
    wanted = {"VersionId": version} if version else {}
    try:
        return client.get_object(Bucket=settings().quarantine_bucket, Key=_INCOMING + name, **wanted)["Body"].read()  # type: ignore[arg-type]
    except client.exceptions.NoSuchKey:
        return None
    except client.exceptions.ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchVersion":
            return None
        raise


def keep(key: str, content: bytes, content_type: str) -> None:
    """Keep a copy for good; the same copy again is the same object."""
    s3.write(settings().files_bucket, key, content, content_type=content_type)


def let_go(file: File, term: Term) -> None:
    """Put a kept copy, and pictures of its pages, anew with the tag by which the bucket deletes them after a term."""
    for key in (file.key, file.key and file.key + _PAGES):
        content = s3.read(settings().files_bucket, key) if key else None
        if key and content is not None:
            kind = file.content_type if key == file.key else "application/octet-stream"
            s3.write_tagged(settings().files_bucket, key, content, content_type=kind, tag=("keep", term.value))


def read_kept(file: File) -> bytes:
    """The kept copy of an accepted file.

    Raises:
        LookupError: there is none; naming the file's id.
    """
    content = s3.read(settings().files_bucket, file.key) if file.key else None
    if content is None:
        raise LookupError(str(file.id))
    return content


def keep_pages(key: str, pictures: Sequence[bytes]) -> None:
    """Keep pictures of a copy's pages beside it, one after the other in one object: it is put, and goes, as a whole."""
    s3.write(settings().files_bucket, key + _PAGES, b"".join(pictures), content_type="application/octet-stream")


def read_page(file: File, number: int) -> bytes | None:
    """The picture of one page of an accepted file, from 1; a picture is its own only page. None where there is none."""
    if file.key is None or not 0 < number <= file.page_count:
        return None
    if file.content_type == JPEG:
        return s3.read(settings().files_bucket, file.key)
    start, length = sum(file.pages[: number - 1]), file.pages[number - 1]
    return s3.read_part(settings().files_bucket, file.key + _PAGES, start, length)


def link(key: str, *, filename: str, content_type: str) -> str:
    """A private link of five minutes to a kept copy."""
    return s3.link(settings().files_bucket, key, filename=filename, content_type=content_type)
