"""The event with which S3 says that an object arrived (Amazon S3, "EventBridge event message structure")."""

from datetime import datetime

from pydantic import BaseModel, Field


class _Object(BaseModel):
    key: str
    size: int = 0
    etag: str = ""
    version_id: str | None = Field(default=None, alias="version-id")


class _Detail(BaseModel):
    object: _Object


class Arrival(BaseModel):
    """One object version in quarantine and when it arrived."""

    time: datetime
    detail: _Detail

    @property
    def key(self) -> str:
        """The object's key."""
        return self.detail.object.key

    @property
    def size(self) -> int:
        """The object's size in bytes."""
        return self.detail.object.size

    @property
    def version(self) -> str | None:
        """Which version of the key arrived, where the bucket keeps versions."""
        return self.detail.object.version_id

    @property
    def mark(self) -> str:
        """What tells this arrival from another one under the same key."""
        return self.version or self.detail.object.etag
