"""A function's environment as a validated model; a missing or malformed variable fails at start, not at use.

Cross-stack names come as template parameters (infra/<service>/merge.yaml) and end here.
"""

import functools
import os
from typing import Self

from pydantic import BaseModel, ConfigDict, field_validator


class Settings(BaseModel):
    """What every function has; a service's own settings inherit from it."""

    model_config = ConfigDict(frozen=True)

    stage: str
    service: str
    table: str
    gate_table: str
    audit_table: str
    ttl_table: str
    """What is kept for a time: remembered answers, throttles."""
    bus: str
    facts_queue: str
    """URL of the service's own queue of facts: what fails of a parcel goes back there (consume.py)."""
    dead_letters: str = ""
    """URL of the queue for what a relay cannot translate; only services that relay have one."""
    key_arn: str
    session_public_key: str
    session_public_key_before: str = ""
    """While the session key is rotated: the other one whose tokens are good."""
    site_origin: str
    s3_public_endpoint: str = ""
    origin_secret: str = ""
    """By which the distribution shows itself (services/kernel/web/caller.py); before there is one nobody can."""
    origin_secret_before: str = ""

    @field_validator("session_public_key", "session_public_key_before")
    @classmethod
    def _unfold_lines(cls, value: str) -> str:
        return value.replace("\\n", "\n")

    @classmethod
    @functools.cache
    def load(cls) -> Self:
        """Read the environment, once a process.

        Raises:
            pydantic.ValidationError: naming every variable that is missing or malformed.
        """
        return cls.model_validate({name.lower(): value for name, value in os.environ.items()})


class MailSettings(Settings):
    """What a service has besides that writes to people."""

    notices_queue: str
    mail_sender: str = ""
    """From whom notices come; empty: this stage writes to nobody."""
    mail_configuration_set: str = ""


def settings() -> Settings:
    """The settings every service shares."""
    return Settings.load()


def forget() -> None:
    """Read the environment anew: for a test that starts another cloud."""
    Settings.load.cache_clear()
