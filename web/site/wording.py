"""The texts of the site's own pages, with those of the kit."""

from pathlib import Path

from web.kit import wording
from web.kit.wording import Texts

FOLDER = Path(__file__).parent / "texts"


def texts(language: str) -> Texts:
    """All texts of one language, the topic's file name first: `t.fields.nik.label`."""
    return wording.texts(language, FOLDER)
