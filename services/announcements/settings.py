"""Announcements' environment, and the secrets it unwraps once per start."""

import hmac

from services.kernel.security import privacy
from services.kernel.settings import MailSettings


class Settings(MailSettings):
    """What announcements' functions have beside the common settings; keys are KMS ciphertexts in base64."""

    files_key: str
    captcha_key: str
    captcha_key_before: str = ""
    exports_bucket: str
    seals_bucket: str
    site_bucket: str


def settings() -> Settings:
    """Announcements' settings."""
    return Settings.load()


def files_key() -> bytes:
    """The secret that services hold in common: it signs tickets for papers, and until when somebody may object."""
    return privacy.unwrap(settings().files_key, "files")


def lasting_key(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, of what must be good for years: the secret behind it is never rotated."""
    return hmac.digest(files_key(), purpose.encode(), "sha256")


def address_key() -> bytes:
    """The key by which addresses are remembered that are not written to."""
    return lasting_key("address")


def purpose_key(purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, so that what was made for another one does not fit; good for hours."""
    return purpose_keys(purpose)[0]


def purpose_keys(purpose: str) -> tuple[bytes, ...]:
    """The key that signs, first, and while the secret behind it is rotated the other one whose signatures are good."""
    secrets = privacy.unwrap_all(settings().captcha_key, settings().captcha_key_before, purpose="captcha")
    return tuple(hmac.digest(secret, purpose.encode(), "sha256") for secret in secrets)
