"""Which language an answer is read in, and sentences that know it: Indonesian, or English where it is asked for."""

import re
from enum import StrEnum
from typing import Annotated, Final

from pydantic import PlainSerializer, SerializationInfo

from services.kernel.english import catalogue, english


class Language(StrEnum):
    """A language of the portal."""

    INDONESIAN = "id"
    ENGLISH = "en"


_CHOICE: Final = re.compile(r"\s*(\*|[A-Za-z]{1,8})(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?")


def language_of(accept: str) -> Language:
    """The language of an Accept-Language header (RFC 9110, 12.5.4): English where it weighs more than Indonesian."""
    weights = {"en": 0.0, "id": 0.0}
    for each in map(_CHOICE.fullmatch, accept.split(",")):
        if each is not None and each[1].lower() in weights:
            weights[each[1].lower()] = max(weights[each[1].lower()], float(each[2] or 1))
    return Language.ENGLISH if weights["en"] > weights["id"] else Language.INDONESIAN


def page_in_language(path: str, language: Language) -> str:
    """A page of the site in a language, by its address without language prefix."""
    return f"/en{path}" if language is Language.ENGLISH else path


def in_language(sentence: str, language: Language) -> str:
    """A sentence of ours as it is read."""
    return english(sentence) if language is Language.ENGLISH else sentence


def _answered(sentence: str, info: SerializationInfo) -> str:
    return in_language(sentence, (info.context or {}).get("language", Language.INDONESIAN))


def _answered_whole(text: str, info: SerializationInfo) -> str:
    return catalogue().get(text, text) if (info.context or {}).get("language") is Language.ENGLISH else text


Sentence = Annotated[str, PlainSerializer(_answered, return_type=str)]
"""A sentence of ours in an answer: Indonesian wherever it is kept, in another language by a context of `model_dump`."""
SentenceOrTyped = Annotated[str, PlainSerializer(_answered_whole, return_type=str)]
"""What somebody typed, or a sentence of ours without places that stands there in its stead."""
