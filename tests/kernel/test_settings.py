import pytest
from pydantic import ValidationError

from services.kernel.settings import Settings, forget
from tests.support.aws import Cloud


def test_a_missing_variable_fails_at_start_and_is_named(here: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GATE_TABLE")
    forget()
    with pytest.raises(ValidationError, match="gate_table"):
        Settings.load()


def test_a_folded_public_key_is_unfolded(here: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SESSION_PUBLIC_KEY", "-----BEGIN PUBLIC KEY-----\\nabc\\n-----END PUBLIC KEY-----")
    forget()
    assert Settings.load().session_public_key.count("\n") == 2
