"""Documents' environment."""

from services.kernel.settings import Settings as KernelSettings


class Settings(KernelSettings):
    """What documents' functions have beside the common settings: where files come in and where the good ones go."""

    quarantine_bucket: str
    files_bucket: str


def settings() -> Settings:
    """Documents' settings."""
    return Settings.load()
