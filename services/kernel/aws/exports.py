"""Files made for one download: under a random key that says nothing, gone after a day, reached by a signed link."""

import secrets

from services.kernel.aws import s3


def hand_out(bucket: str, content: bytes, *, filename: str, content_type: str) -> str:
    """Keep the bytes in the exports bucket and return the link to follow, good for five minutes."""
    key = f"tmp/{secrets.token_urlsafe(32)}"
    s3.write(bucket, key, content, content_type=content_type)
    return s3.link(bucket, key, filename=filename, content_type=content_type)
