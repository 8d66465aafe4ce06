"""Files made for one download: under a random key that says nothing, gone after a day, reached by a signed link."""

import secrets

from services.kernel.aws import s3
from services.registration.settings import settings


def hand_out(content: bytes, *, filename: str, content_type: str) -> str:
    """Keep the bytes and return the link to follow."""
    key = f"tmp/{secrets.token_hex(16)}"
    s3.write(settings().exports_bucket, key, content, content_type=content_type)
    return s3.link(settings().exports_bucket, key, filename=filename, content_type=content_type)
