"""Text typed into a form: one line, no control characters."""

import re

_UNPRINTABLE = re.compile(r"[^\S ]|[\x00-\x1f\x7f-\x9f]")
_SPACES = re.compile(r" {2,}")


def clean_text(text: str) -> str:
    """The text on one line with single spaces.

    Raises:
        ValueError: "code|sentence" for the form, when nothing is left.
    """
    plain = _SPACES.sub(" ", _UNPRINTABLE.sub(" ", text)).strip()
    if not plain:
        raise ValueError("missing|Isian ini wajib diisi.")
    return plain
