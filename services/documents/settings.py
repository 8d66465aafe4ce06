"""Documents' environment."""

from services.kernel.security import privacy
from services.kernel.settings import Settings as KernelSettings


class Settings(KernelSettings):
    """What documents' functions have beside the common settings: where files come in and where the good ones go.

    `files_key` is a KMS ciphertext in base64.
    """

    quarantine_bucket: str
    files_bucket: str
    files_key: str
    exports_bucket: str
    file_copies_queue: str


def settings() -> Settings:
    """Documents' settings."""
    return Settings.load()


def files_key() -> bytes:
    """The secret with which registration says something of rows and files that documents can check."""
    return privacy.unwrap(settings().files_key, "files")
