"""The objects and messages of imports: what is uploaded, the chunks it is cut into, and the queue that carries them.

The bucket encrypts with the stage's KMS key, not with the key of each person that can be destroyed: so it keeps nothing
for longer than 7 days (infra/shared.yaml), and none of it is needed once the rows are answered. No key or message holds
anything of a person.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from services.kernel.aws import events, s3
from services.kernel.aws.s3 import UploadForm
from services.registration.settings import settings

INCOMING = "incoming/"
TITLES: Final = f"{INCOMING}titles/"
"""Where lists of titles arrive: told apart from imports by it."""
_TOUCHED: Final = "touched/"
KEPT: Final = timedelta(days=5)
"""From when on an object may be gone: the bucket's rule removes it then, and its bytes two days later at the latest."""


def upload_form(import_id: str, *, largest: int, seconds: int) -> UploadForm:
    """A form that takes the one file of an import, of a kind nobody knows yet and at most `largest` bytes."""
    return s3.upload_form(
        settings().imports_bucket,
        f"{INCOMING}{import_id}",
        content_type="application/octet-stream",
        smallest=1,
        largest=largest,
        seconds=seconds,
    )


def read_upload(import_id: str, version: str | None) -> bytes | None:
    """The uploaded file in the version that arrived first, or None when it is gone.

    The form is good for minutes, so somebody could post again, perhaps after the deadline: that is another version.
    """
    return s3.read(settings().imports_bucket, f"{INCOMING}{import_id}", version=version)


def title_form(identifier: str, *, largest: int, seconds: int) -> UploadForm:
    """A form that takes the one file of a list of titles, of at most `largest` bytes."""
    return s3.upload_form(
        settings().imports_bucket,
        f"{TITLES}{identifier}",
        content_type="application/octet-stream",
        smallest=1,
        largest=largest,
        seconds=seconds,
    )


def read_titles(identifier: str, version: str | None) -> bytes | None:
    """The file with a list of titles in the version that arrived first, or None when it is gone."""
    return s3.read(settings().imports_bucket, f"{TITLES}{identifier}", version=version)


def write_touched(place: str, pids: Sequence[str]) -> None:
    """Keep whose records an institution's share of a count is about (no more than their ids)."""
    s3.write(settings().imports_bucket, f"{_TOUCHED}{place}", "\n".join(pids).encode(), content_type="text/plain")


def read_touched(place: str) -> list[str] | None:
    """These ids in their order, or None when they are gone."""
    content = s3.read(settings().imports_bucket, f"{_TOUCHED}{place}")
    return None if content is None else content.decode().split()


def write_chunk(import_id: str, chunk: int, content: bytes) -> None:
    """Keep one chunk of checked rows."""
    s3.write(settings().imports_bucket, _chunk(import_id, chunk), content, content_type="application/json")


def read_chunk(import_id: str, chunk: int) -> bytes | None:
    """One chunk of checked rows, or None when it is not there."""
    return s3.read(settings().imports_bucket, _chunk(import_id, chunk))


def send_chunk(import_id: str, chunk: int, *, institution: str, lane: str, held: bool = False) -> None:
    """Ask for a chunk to be committed, or for the rows it holds to be corrected.

    Chunks of one lane come one after the other: a lane has one writer at a time.
    """
    body = {"import_id": import_id, "chunk": chunk, "lane": lane, "held": held}
    events.send_in_order(
        settings().import_chunks_queue,
        group=f"{institution}#{lane}",
        deduplication=f"{import_id}-{chunk}{'-held' if held else ''}",
        body=json.dumps(body),
    )


def _chunk(import_id: str, chunk: int) -> str:
    return f"chunks/{import_id}/{chunk:05d}.json"
