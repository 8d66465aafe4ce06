from dataclasses import replace
from pathlib import Path

from services.documents.inspection.model import Inspection, RefusedError
from services.documents.inspection.paper import inspect_paper
from services.documents.inspection.picture import inspect_picture
from services.documents.inspection.sniff import HEAD, sniff
from services.kernel.documents import JPEG, DocumentType, FileFault, FileFlag, Rule, rule_of


def inspect(jenis: DocumentType, file: bytes | Path) -> Inspection:
    """Decide whether a received file can be taken as a paper of this kind, and make the copy that is kept.

    The kind is told from the content, the size from the bytes received (domain.md §6). Pictures and PDFs are
    rebuilt; nothing of the original but its pixels and pages gets into the copy, except for signed papers.
    Pixels, pages and swelling streams are bounded, time is not: see `inspect_bounded`.
    """
    rule = rule_of(jenis)
    size = len(file) if isinstance(file, bytes) else file.stat().st_size
    try:
        kind = _fitting(file, size, rule)
        content = file if isinstance(file, bytes) else file.read_bytes()
        look = inspect_picture if kind == JPEG else inspect_paper
        found = look(jenis, rule, content)
    except RefusedError as refused:
        return Inspection(jenis, refused.fault, {"bytes": size, **refused.figures})
    flags = (*found.flags, *((FileFlag.SMALL,) if size < rule.least else ()))
    return replace(found, flags=flags, figures={"bytes": size, **_measured(found)})


def _fitting(file: bytes | Path, size: int, rule: Rule) -> str:
    """Check kind and size by the head alone; the kind first, for a smaller PNG would be refused again."""
    if size == 0:
        raise RefusedError(FileFault.EMPTY)
    kind = sniff(_head(file), rule)
    if size > rule.most:
        raise RefusedError(FileFault.TOO_LARGE)
    return kind


def _head(file: bytes | Path) -> bytes:
    if isinstance(file, bytes):
        return file[:HEAD]
    with file.open("rb") as source:
        return source.read(HEAD)


def _measured(found: Inspection) -> dict[str, int | str]:
    figures = {"width": found.width, "height": found.height, "pages": found.pages, "kept": len(found.content)}
    return {name: value for name, value in figures.items() if value}
