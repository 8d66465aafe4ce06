"""Where anchors and what belongs to them lie.

- `anchors/<service>/<institution>/<number>.json` in the seals bucket, under Object Lock; the last listed is the newest
- `heads/…` in the exports bucket: the leaves of each anchor. Names of chains are pseudonyms of people, so they do not
  lie under the lock; the anchor's root says whether they are what they were
- `tmp/audit/…` in the exports bucket: what a run that is under way has found so far; gone after a day
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from services.kernel.audit import anchor as audit_anchor
from services.kernel.audit.anchor import Anchor, Heads
from services.kernel.audit.check import Head
from services.kernel.aws import s3
from services.kernel.settings import Settings

TEXT = "text/plain; charset=utf-8"


class AuditSettings(Settings):
    """What the functions that check the trail have beside the common settings."""

    exports_bucket: str
    seals_bucket: str
    seal_retention_days: int = 3650
    audit_queue: str


def settings() -> AuditSettings:
    """The settings of whoever checks the trail."""
    return AuditSettings.load()


@dataclass(frozen=True)
class Kept:
    """An anchor as it lies under the lock, and the SHA-256 of its bytes."""

    anchor: Anchor
    digest: str


def last(institution: str) -> Kept | None:
    """The institution's newest anchor in this service, or None."""
    keys = s3.keys(settings().seals_bucket, _anchors(institution))
    content = s3.read(settings().seals_bucket, keys[-1]) if keys else None
    return Kept(Anchor.model_validate_json(content), audit_anchor.digest(content)) if content else None


def heads(anchor: Anchor) -> dict[str, Head] | None:
    """The leaves of an anchor; None when they are lost or are not what the anchor's root says."""
    content = s3.read(settings().exports_bucket, anchor.heads)
    try:
        found = None if content is None else audit_anchor.from_text(content)
    except ValueError:
        return None
    return found if found is not None and audit_anchor.root(found) == anchor.root else None


def heads_key(institution: str, number: int, occasion: str, root: str) -> str:
    """Where an anchor's leaves lie; those of a day are kept for some months, those of a seal for good."""
    kind = "seal" if occasion.startswith("seal-") else "daily"
    return f"heads/{kind}/{settings().service}/{institution}/{number:06d}-{root[:16]}.txt"


def keep(anchor: Anchor, leaves: Heads) -> bool:
    """Keep leaves and anchor for good; False when another anchor has taken the number."""
    own = settings()
    s3.write(own.exports_bucket, anchor.heads, audit_anchor.to_text(leaves), content_type=TEXT)
    key = f"{_anchors(anchor.institution)}{anchor.number:06d}.json"
    retention = timedelta(days=own.seal_retention_days)
    return s3.write_once(own.seals_bucket, key, anchor.content(), content_type="application/json", keep=retention)


def keep_subjects(run: str, subjects: Sequence[str]) -> None:
    """Keep the list a run works through."""
    _write_work(run, "subjects", "".join(f"{subject}\n" for subject in subjects).encode())


def subjects(run: str) -> list[str]:
    """The list a run works through."""
    return _read_work(run, "subjects").decode().splitlines()


def keep_part(run: str, part: int, found: Heads) -> None:
    """Keep the sound heads of one part of the list."""
    _write_work(run, f"{part:05d}", audit_anchor.to_text(found))


def part(run: str, number: int) -> dict[str, Head]:
    """The sound heads of one part of the list."""
    return audit_anchor.from_text(_read_work(run, f"{number:05d}"))


def _anchors(institution: str) -> str:
    return f"anchors/{settings().service}/{institution}/"


def _write_work(run: str, name: str, content: bytes) -> None:
    s3.write(settings().exports_bucket, f"tmp/audit/{settings().service}/{run}/{name}", content, content_type=TEXT)


def _read_work(run: str, name: str) -> bytes:
    content = s3.read(settings().exports_bucket, f"tmp/audit/{settings().service}/{run}/{name}")
    if content is None:
        raise LookupError("the work of an audit run is not there any more")
    return content
