"""What says that there is nothing: words and dashes everywhere, zeros where a number stands, errors of formulas."""

import pytest

from services.kernel.values.nothing import is_dashes, is_error, is_no_number, says_nothing

DASHES = ["", " ", "-", "--", "- -", "\u2013", "\u2014\u2014", "\u2011", ".", "...", "\u200b", "\u00a0"]
WORDS = ["nihil", "NIHIL", "Tidak ada", "tidak  ada.", "(tidak ada)", "tdk ada", "-tidak ada-", "n/a", "N/A", "na"]
ZEROS = ["0", "00", "000", "0-0", "0.0", "0 0", "00-00-0000", "00/00/0000", "\uff10"]
ERRORS = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA",
          "#FIELD!", "#BLOCKED!", "#ERROR!", "Err:502", "Err:508", "########", "#n/a"]  # fmt: skip


@pytest.mark.parametrize("text", DASHES)
def test_dashes_say_nothing(text: str) -> None:
    assert is_dashes(text)
    assert says_nothing(text)
    assert is_no_number(text)


@pytest.mark.parametrize("text", WORDS)
def test_words_say_nothing(text: str) -> None:
    assert not is_dashes(text)
    assert says_nothing(text)
    assert is_no_number(text)


@pytest.mark.parametrize("text", ZEROS)
def test_zeros_are_no_number(text: str) -> None:
    assert not says_nothing(text)
    assert is_no_number(text)


@pytest.mark.parametrize("text", ERRORS)
def test_errors_of_formulas_are_known(text: str) -> None:
    assert is_error(text)


@pytest.mark.parametrize(
    "text", ["1", "001", "0-1", "NA 1", "Nihilo", "SK tidak ada nomor", "10", "#1 SD", "Errol", "E"]
)
def test_anything_else_says_something(text: str) -> None:
    assert not any(says(text) for says in (is_dashes, says_nothing, is_no_number, is_error))
