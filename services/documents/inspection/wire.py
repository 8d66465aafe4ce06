import json
from dataclasses import asdict
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
