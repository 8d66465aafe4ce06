"""Signed manifests in the bucket of seals."""

from services.finalization.settings import settings
from services.kernel.aws import s3


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
