"""The seal of a roster, `S#<institution>`/`<epoch>`, and the canonical list it speaks of, in the exports bucket."""

from dataclasses import dataclass

from services.kernel import clock, ungated
from services.kernel.aws import dynamodb, s3
from services.kernel.aws.dynamodb import Attr
from services.registration.settings import settings


@dataclass(frozen=True)
class Seal:
    """The frozen list of one epoch: its SHA-256 in hex, how many people it lists, and what became of the others."""

    institution: str
    epoch: int
    root: str
    thk2: int
    non_asn: int
    by_state: dict[str, int]

    @property
    def list_key(self) -> str:
        """Where the list lies in the exports bucket."""
        return f"lists/{self.institution}/{self.epoch}.jsonl"

    @property
    def total(self) -> int:
        """People on the list."""
        return self.thk2 + self.non_asn


def exists(institution: str, epoch: int) -> bool:
    """Whether the roster of this epoch has been sealed."""
    return dynamodb.get(settings().table, _key(institution, epoch)) is not None


def store(seal: Seal, content: bytes) -> bool:
    """Keep the list, then the seal; False when the epoch was sealed before."""
    s3.write(settings().exports_bucket, seal.list_key, content, content_type="application/x-ndjson")
    item = {
        **_key(seal.institution, seal.epoch),
        "list_key": seal.list_key,
        "root": seal.root,
        "total": seal.total,
        "thk2": seal.thk2,
        "non_asn": seal.non_asn,
        "by_state": seal.by_state,
        "at": clock.millis(clock.now()),
    }
    return ungated.commit([dynamodb.put(settings().table, item, when=Attr("pk").not_exists())])


def _key(institution: str, epoch: int) -> dict[str, str]:
    return {"pk": f"S#{institution}", "sk": str(epoch)}
