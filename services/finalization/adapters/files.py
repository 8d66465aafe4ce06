"""The buckets finalization writes to."""

import secrets

from services.finalization.settings import settings
from services.kernel.aws import s3

PDF = "application/pdf"


def keep_seal(key: str, content: bytes) -> bytes:
    """Write a signed manifest that nobody can change or delete while it is retained; once.

    Returns what stands there: the content, or what was written before.

    Raises:
        LookupError: when it neither could be written nor read.
    """
    own = settings()
    if s3.write_once(own.seals_bucket, key, content, content_type="application/json", keep=own.seal_retention):
        return content
    standing = s3.read(own.seals_bucket, key)
    if standing is None:
        raise LookupError(key)
    return standing


def hand_out(content: bytes, filename: str) -> str:
    """Put a PDF where it lives a day under a name nobody can guess; returns a link of five minutes."""
    key = f"tmp/{secrets.token_urlsafe(32)}.pdf"
    bucket = settings().exports_bucket
    s3.write(bucket, key, content, content_type=PDF)
    return s3.link(bucket, key, filename=filename, content_type=PDF)
