"""The objects of a printing, in the exports bucket for a day: who belongs to a part, and its PDF.

The PDF is the only place where codes stand; keys say nothing but which printing and part.
"""

from collections.abc import Sequence

from services.kernel.aws import s3
from services.registration.settings import settings

_PDF = "application/pdf"


def write_pids(printing: str, part: int, pids: Sequence[str]) -> None:
    """Keep who belongs to a part."""
    content = "\n".join(pids).encode()
    s3.write(settings().exports_bucket, _key(printing, part, "pids"), content, content_type="text/plain")


def read_pids(printing: str, part: int) -> list[str] | None:
    """Who belongs to a part, or None once that is gone."""
    content = s3.read(settings().exports_bucket, _key(printing, part, "pids"))
    return None if content is None else content.decode().split("\n")


def write_pdf(printing: str, part: int, content: bytes) -> None:
    """Keep the sheets of a part."""
    s3.write(settings().exports_bucket, _key(printing, part, "pdf"), content, content_type=_PDF)


def link_to_pdf(printing: str, part: int) -> str:
    """The link of five minutes to the sheets of a part."""
    filename = f"lembar-aktivasi-{printing[:8]}-{part + 1}.pdf"
    return s3.link(settings().exports_bucket, _key(printing, part, "pdf"), filename=filename, content_type=_PDF)


def _key(printing: str, part: int, what: str) -> str:
    return f"tmp/sheets/{printing}/{part:04d}.{what}"
