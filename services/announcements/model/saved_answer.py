"""An answer that is kept for reuse."""

from dataclasses import dataclass
from typing import Final

MOST: Final = 50
"""Of an institution, or of bkn."""


@dataclass(frozen=True)
class SavedAnswer:
    """A title to find it by, and the text that is put into a message or a decision."""

    title: str
    text: str


@dataclass(frozen=True)
class SavedAnswers:
    """All of an institution's, or of bkn's, on version `v`; 0 before the first."""

    v: int
    answers: tuple[SavedAnswer, ...]
