"""Announcements' environment, and the secret it unwraps once per start."""

import hmac

from services.kernel import privacy
from services.kernel.settings import Settings as KernelSettings


class Settings(KernelSettings):
    """What announcements' functions have beside the common settings; the key is KMS ciphertext in base64."""

    ttl_table: str
    captcha_key: str
    exports_bucket: str
    seals_bucket: str
    site_bucket: str


def settings() -> Settings:
    """Announcements' settings."""
    return Settings.load()


def purpose_key(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, so that what was made for another one does not fit."""
    return hmac.digest(privacy.unwrap(settings().captcha_key, "captcha"), purpose.encode(), "sha256")
