"""The site bucket and the manifests of what was written there; the sealed lists are read here too."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from services.announcements.model.objects import Manifest, Object
from services.announcements.settings import settings
from services.kernel import clock
from services.kernel.aws import clients, dynamodb, s3
from services.kernel.aws.dynamodb import Attr
from services.kernel.problems import Code, Problem
from services.kernel.security.findings import ListFindings, findings_key
from services.kernel.writes import ungated

_CACHE = "public, max-age=60"
_MAX_WORKERS = 8


def write(objects: Iterable[Object]) -> None:
    """Put objects on the site, several at once: a large institution has a thousand pages.

    They are stored packed: CloudFront packs nothing above 10 MB, and passes on what came packed ("Serve compressed
    files").
    """
    bucket = settings().site_bucket

    def put(each: Object) -> None:
        s3.write_packed(bucket, each.key, each.content, content_type=each.content_type, cache=_CACHE)

    _at_once(put, objects)


def remove(keys: Iterable[str]) -> None:
    """Take objects off the site."""
    bucket = settings().site_bucket
    _at_once(lambda key: s3.remove(bucket, key), keys)


def read(key: str) -> bytes | None:
    """An object as it stands on the site, or None."""
    return s3.read(settings().site_bucket, key)


def read_list(key: str) -> bytes | None:
    """A sealed list as registration wrote it, or None."""
    return s3.read(settings().exports_bucket, key)


def read_findings(list_key: str) -> ListFindings | None:
    """What registration found in a list of its own, or None when it did not look."""
    content = s3.read(settings().exports_bucket, findings_key(list_key))
    return None if content is None else ListFindings.model_validate_json(content)


def read_seal(key: str) -> bytes | None:
    """A signed manifest as finalization wrote it, or None."""
    return s3.read(settings().seals_bucket, key)


def load_manifest(code: str) -> Manifest:
    """What stands on the site of an institution; an empty manifest when nothing does."""
    item = dynamodb.get(settings().table, _key(code))
    if item is None:
        return Manifest()
    at = item.get("at")
    return Manifest(item["v"], item["edition"], None if at is None else clock.from_millis(at), item["marks"])


def keep_manifest(code: str, manifest: Manifest) -> None:
    """Keep a manifest whose `v` was raised by one.

    Raises:
        Problem: `try-again` when somebody else published the institution meanwhile.
    """
    at = None if manifest.published_at is None else clock.millis(manifest.published_at)
    item = {**_key(code), "v": manifest.v, "edition": manifest.edition, "at": at, "marks": dict(manifest.marks)}
    when = Attr("v").eq(manifest.v - 1) if manifest.v > 1 else Attr("v").not_exists()
    if not ungated.commit([dynamodb.put(settings().table, item, when=when)]):
        raise Problem(Code.TRY_AGAIN, retry_after=60)


def _at_once(work: Callable[[Any], None], things: Iterable[Any]) -> None:
    clients.s3()  # made here: boto3 makes no clients in several threads at once
    with ThreadPoolExecutor(_MAX_WORKERS) as pool:
        list(pool.map(work, things))


def _key(code: str) -> dict[str, str]:
    return {"pk": f"A#{code}", "sk": "MANIFEST"}
