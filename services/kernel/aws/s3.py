"""S3 behind plain functions: presigned forms and links for browsers, whole small objects for the functions."""

import gzip
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import IO

from botocore.exceptions import ClientError

from services.kernel.aws import clients

PACKED = "gzip"
"""The Content-Encoding of what is stored packed (RFC 9110, section 8.4.1.3)."""
LINK_SECONDS = 300
"""How long a signed link lives; a leaked one is worth little after five minutes."""


@dataclass(frozen=True)
class UploadForm:
    """Where and with which fields a browser posts one file (S3 POST policy)."""

    url: str
    fields: dict[str, str]


def upload_form(bucket: str, key: str, *, content_type: str, smallest: int, largest: int, seconds: int) -> UploadForm:
    """A form that takes one object: this key and content type, between two sizes in bytes, for so many seconds."""
    made = clients.public_s3().generate_presigned_post(
        bucket,
        key,
        Fields={"Content-Type": content_type},
        Conditions=[{"Content-Type": content_type}, ["content-length-range", smallest, largest]],
        ExpiresIn=seconds,
    )
    return UploadForm(made["url"], made["fields"])


def link(bucket: str, key: str, *, filename: str, content_type: str) -> str:
    """A link of five minutes under which a browser downloads the object by the given file name."""
    return clients.public_s3().generate_presigned_url(
        "get_object",
        Params={
            "Bucket": bucket,
            "Key": key,
            "ResponseContentDisposition": f'attachment; filename="{filename}"',
            "ResponseContentType": content_type,
            "ResponseCacheControl": "private, no-store",
        },
        ExpiresIn=LINK_SECONDS,
    )


def read(bucket: str, key: str, *, version: str | None = None) -> bytes | None:
    """The whole object (of a versioned bucket: this version, else the latest), or None when there is none.

    One that was written packed comes back as it was before.
    """
    client = clients.s3()
    try:
        if version is not None:
            return client.get_object(Bucket=bucket, Key=key, VersionId=version)["Body"].read()
        got = client.get_object(Bucket=bucket, Key=key)
        content = got["Body"].read()
        return gzip.decompress(content) if got.get("ContentEncoding") == PACKED else content
    except ClientError as error:
        if error.response["Error"]["Code"] not in {"NoSuchKey", "NoSuchVersion"}:
            raise
        return None


def read_part(bucket: str, key: str, start: int, length: int) -> bytes | None:
    """So many bytes of an object from `start` on, or None when there is none (RFC 9110, section 14.1.2)."""
    client = clients.s3()
    try:
        return client.get_object(Bucket=bucket, Key=key, Range=f"bytes={start}-{start + length - 1}")["Body"].read()
    except client.exceptions.NoSuchKey:
        return None


def keys(bucket: str, prefix: str) -> list[str]:
    """The keys under a prefix, in order."""
    pages = clients.s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    return [entry["Key"] for page in pages for entry in page.get("Contents", [])]


def write(bucket: str, key: str, content: bytes, *, content_type: str, cache: str = "private, no-store") -> None:
    """Put a whole object."""
    clients.s3().put_object(Bucket=bucket, Key=key, Body=content, ContentType=content_type, CacheControl=cache)


def write_tagged(bucket: str, key: str, content: bytes, *, content_type: str, tag: tuple[str, str]) -> None:
    """The same with a tag, by which the bucket's lifecycle knows when it goes, counted from this writing."""
    name, value = tag
    clients.s3().put_object(
        Bucket=bucket,
        Key=key,
        Body=content,
        ContentType=content_type,
        CacheControl="private, no-store",
        Tagging=f"{name}={value}",
    )


def write_file(bucket: str, key: str, content: IO[bytes], *, content_type: str) -> None:
    """Put a whole object from a file on disk, which is read in small pieces; there is none before all of it is."""
    clients.s3().put_object(
        Bucket=bucket, Key=key, Body=content, ContentType=content_type, CacheControl="private, no-store"
    )


def write_packed(bucket: str, key: str, content: bytes, *, content_type: str, cache: str) -> None:
    """Put a whole object as browsers take it, packed; the same content gives the same bytes."""
    clients.s3().put_object(
        Bucket=bucket,
        Key=key,
        Body=gzip.compress(content, mtime=0),
        ContentType=content_type,
        ContentEncoding=PACKED,
        CacheControl=cache,
    )


def write_once(bucket: str, key: str, content: bytes, *, content_type: str, keep: timedelta) -> bool:
    """Put an object that nobody can change or delete for `keep` (Object Lock, COMPLIANCE); False if it is there.

    Object Lock runs on the real clock, so the retention counts from the machine's now.
    """
    client = clients.s3()
    try:
        client.put_object(
            Bucket=bucket,
            Key=key,
            Body=content,
            ContentType=content_type,
            IfNoneMatch="*",
            ObjectLockMode="COMPLIANCE",
            ObjectLockRetainUntilDate=datetime.now(UTC) + keep,
            ChecksumAlgorithm="SHA256",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] in {"PreconditionFailed", "412"}:
            return False
        raise
    return True


def remove(bucket: str, key: str) -> None:
    """Delete an object; deleting what is not there is fine."""
    clients.s3().delete_object(Bucket=bucket, Key=key)
