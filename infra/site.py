"""The static site: built by `web.site.build`, uploaded object by object where something changed."""

import hashlib
import mimetypes
import re
import subprocess
import sys
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from infra import freshness
from infra.aws import Aws
from infra.services import BUILD, ROOT

SITE = BUILD / "site"
PUBLIC_KEY = "segel/kunci.pem"
BANNER = "pemberitahuan.json"
"""Put there once; from then on the announcements service writes it, and what bkn says outlives a deployment."""

_FINGERPRINTED = re.compile(r"[.-][0-9a-f]{8,}\.\w+$")
_FOREVER = "public, max-age=31536000, immutable"
_FRESH = "public, max-age=0, s-maxage=60, must-revalidate"
_TYPES = mimetypes.MimeTypes()
for _suffix, _type in {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}.items():
    _TYPES.add_type(_type, _suffix)
_TEXTS = ("text/", "application/json", "application/manifest+json", "image/svg+xml")


def build() -> Path:
    """Build the site.

    Raises:
        RuntimeError: the site kit failed; its own words are in the text.
    """
    sources = [ROOT / "web", ROOT / "services"]  # the import template is written by registration
    freshness.refresh(SITE, freshness.fingerprint(sources), _build)
    return SITE


def upload(aws: Aws, bucket: str, folder: Path) -> int:
    """Bring the bucket to the folder's state and return how many objects were written.

    Nothing is deleted: pages of announcements live in the same bucket, and a cached page may still ask for old assets.
    """
    there = _etags(aws, bucket)
    written = 0
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".")):
        key, body = path.relative_to(folder).as_posix(), path.read_bytes()
        if key == BANNER and key in there:
            continue
        if there.get(key) == hashlib.md5(body, usedforsecurity=False).hexdigest():
            continue
        aws.s3.put_object(
            Bucket=bucket, Key=key, Body=body, ContentType=content_type(key), CacheControl=cache_control(key)
        )
        written += 1
    return written


def publish_key(aws: Aws, bucket: str, key_arn: str) -> None:
    """Put the public half of the key that signs seals on the site, as PEM; anybody may check a seal with it."""
    der = aws.kms.get_public_key(KeyId=key_arn)["PublicKey"]
    pem = serialization.load_der_public_key(der).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    aws.s3.put_object(
        Bucket=bucket, Key=PUBLIC_KEY, Body=pem, ContentType="application/x-pem-file", CacheControl=_FRESH
    )


def content_type(key: str) -> str:
    """Media type by the name's ending; text is always UTF-8."""
    kind = _TYPES.guess_type(key)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(_TEXTS) else kind


def cache_control(key: str) -> str:
    """For ever where the name carries a fingerprint of the content, else a minute at the CDN, asked for each time."""
    return _FOREVER if _FINGERPRINTED.search(key) else _FRESH


def _build(folder: Path) -> None:
    command = [sys.executable, "-m", "web.site.build", "--out", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the site could not be built:\n{done.stdout}{done.stderr}")


def _etags(aws: Aws, bucket: str) -> dict[str, str]:
    pages = aws.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return {item["Key"]: item["ETag"].strip('"') for page in pages for item in page.get("Contents", [])}
