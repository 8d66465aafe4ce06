"""Signed manifests in the bucket of seals, sealed lists, and the signed statement that documents keeps."""

import hashlib

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


def read_list(key: str) -> bytes:
    """A list as it was sealed, one leaf a line.

    Raises:
        LookupError: it is not there.
    """
    return _there(settings().exports_bucket, key)


def read_manifest(key: str) -> bytes:
    """A signed manifest.

    Raises:
        LookupError: it is not there.
    """
    return _there(settings().seals_bucket, key)


def read_statement(key: str, sha256: str) -> bytes:
    """A signed statement as it was accepted.

    Raises:
        LookupError: it is not there, or is not the file that was handed in.
    """
    content = _there(settings().files_bucket, key)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise LookupError(key)
    return content


def _there(bucket: str, key: str) -> bytes:
    content = s3.read(bucket, key) if key else None
    if content is None:
        raise LookupError(key)
    return content
