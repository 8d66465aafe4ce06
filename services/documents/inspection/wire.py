import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import accumulate, pairwise
from typing import Any

from services.documents.inspection.model import Inspection
from services.kernel.documents import DocumentType, FileFault, FileFlag


def to_wire(found: Inspection) -> bytes:
    """Write a result as one line of JSON and, behind it, the kept bytes: nothing that could run code when read."""
    fields = asdict(found)
    content: bytes = fields.pop("content")
    return json.dumps(fields).encode() + b"\n" + content


def from_wire(answer: bytes) -> Inspection:
    """Read a result that another process wrote.

    Raises:
        ValueError, KeyError, TypeError: it is not one.
    """
    line, _, content = answer.partition(b"\n")
    fields: dict[str, Any] = json.loads(line)
    fields["jenis"] = DocumentType(fields["jenis"])
    fields["fault"] = FileFault(fields["fault"]) if fields["fault"] else None
    fields["flags"] = tuple(FileFlag(flag) for flag in fields["flags"])
    return Inspection(content=content, **fields)


def pictures_to_wire(pictures: Sequence[bytes]) -> bytes:
    """Write pictures as one line of JSON, how long each is, and behind it all of them."""
    return json.dumps([len(picture) for picture in pictures]).encode() + b"\n" + b"".join(pictures)


def pictures_from_wire(answer: bytes) -> list[bytes]:
    """Read pictures that another process wrote.

    Raises:
        ValueError, TypeError: there are none.
    """
    line, _, content = answer.partition(b"\n")
    ends = accumulate(json.loads(line), initial=0)
    return [content[begin:end] for begin, end in pairwise(ends)]
