"""Registration's environment, and the secrets it unwraps once per start."""

from datetime import timedelta

from services.kernel.security import privacy
from services.kernel.settings import MailSettings


class Settings(MailSettings):
    """What registration's functions have beside the common settings; keys are KMS ciphertexts in base64."""

    lookup_key: str
    session_key: str
    captcha_key: str
    captcha_key_before: str = ""
    files_key: str
    imports_bucket: str
    exports_bucket: str
    files_bucket: str
    import_chunks_queue: str
    roster_seals_queue: str
    sheet_prints_queue: str
    data_copies_queue: str
    search_queue: str
    reminders_queue: str
    title_steps_queue: str
    reminders_per_second: int
    """At most so many people are reminded a second: their mails must not stand before a code that is waited for."""
    second_check_percent: int = 0
    """Of a hundred verdicts so many are drawn for a second check by another (verification/draw_verdict.py)."""
    dukcapil_service: str = ""
    """Which population register is asked; empty: this stage has no line to one (adapters/dukcapil_service.py)."""
    seals_bucket: str
    seal_retention_days: int

    @property
    def seal_retention(self) -> timedelta:
        """How long Object Lock keeps the leaves of a seal."""
        return timedelta(days=self.seal_retention_days)


def settings() -> Settings:
    """Registration's settings."""
    return Settings.load()


def lookup_key() -> bytes:
    """The key of all look-ups by NIK or sign-in name (privacy.blind, privacy.person_id)."""
    return privacy.unwrap(settings().lookup_key, "lookup")


def session_key() -> bytes:
    """The private key, PEM, that signs session and enrolment tokens."""
    return privacy.unwrap(settings().session_key, "session")


def captcha_keys() -> tuple[bytes, ...]:
    """The secrets of captcha challenges: the first signs, and while it is rotated the other one's are good too."""
    return privacy.unwrap_all(settings().captcha_key, settings().captcha_key_before, purpose="captcha")


def files_key() -> bytes:
    """The secret with which registration says something of rows and files that documents can check."""
    return privacy.unwrap(settings().files_key, "files")
