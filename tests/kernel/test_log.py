import re

import pytest

from services.kernel.log import FIELDS, LogLine, log


def test_a_line_takes_no_field_that_could_hold_personal_data(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="nama"):
        log(LogLine.REQUEST, nama="Siti")
    assert "Siti" not in capsys.readouterr().out


def test_no_allowed_field_is_personal() -> None:
    assert not FIELDS & {"nik", "nama", "name", "hp", "email", "login", "detail", "message", "body", "key", "path"}


def test_codes_are_unique_and_can_be_searched_for() -> None:
    codes = [line.value[1] for line in LogLine]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[A-Z]{3,5}\d{3}", code) for code in codes)
