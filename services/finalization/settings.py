"""Finalization's environment. What is *(ours)* in domain.md is a variable here, not a number in the code."""

from datetime import timedelta

from services.kernel.settings import Settings as KernelSettings


class Settings(KernelSettings):
    """What finalization's functions have beside the common settings.

    `seal_retention_days` is how long a seal statement cannot be deleted (domain.md, section 8: ten years; a
    rehearsal wants less). `sptjm_days` is the SPTJM's window, counted from the seal (domain.md, section 4).
    """

    signing_key_arn: str
    exports_bucket: str
    seals_bucket: str
    files_bucket: str
    calendars_queue: str
    locks_queue: str
    prefinals_queue: str
    seal_retention_days: int = 3650
    sptjm_days: int = 7

    @property
    def seal_retention(self) -> timedelta:
        """How long a seal statement is kept from everybody's hands."""
        return timedelta(days=self.seal_retention_days)

    @property
    def sptjm_window(self) -> timedelta:
        """How long after the seal the signed SPTJM is taken in."""
        return timedelta(days=self.sptjm_days)


def settings() -> Settings:
    """Finalization's settings."""
    return Settings.load()
