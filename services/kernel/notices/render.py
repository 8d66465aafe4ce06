"""A notice in words: subject and plain text of an e-mail, or one SMS, in the reader's language."""

import functools
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from services.kernel import clock
from services.kernel.notices.catalogue import NoticeKind, Value
from services.kernel.web.languages import Language, in_language

MAX_SMS: Final = 3 * 153
"""Characters of an SMS: three parts of 153 (GSM 03.38 and 03.40, concatenated short messages)."""


def render_mail(kind: NoticeKind, fields: Mapping[str, Value], language: Language, origin: str) -> tuple[str, str]:
    """Subject and body; `origin` is the site's, that links begin with."""
    told, values = texts(language), _values(fields, language, origin)
    about = told["notices"][kind.value]
    parts = (told["greeting"], about["text"], about.get("more", ""), told["closing"])
    body = "\n\n".join(part.strip().format_map(values) for part in parts if part)
    return about["subject"].format_map(values), f"{body}\n"


def render_sms(kind: NoticeKind, fields: Mapping[str, Value], language: Language, origin: str) -> str:
    """The text, at most `MAX_SMS` characters for values of a usual length."""
    told = texts(language)
    text = told["notices"][kind.value]["text"].format_map(_values(fields, language, origin))
    return str(told["sms"].format(text=text))


@functools.cache
def texts(language: Language) -> Mapping[str, Any]:
    """All that is written in one language, as its file has it."""
    return tomllib.loads((Path(__file__).parent / "texts" / f"{language.value}.toml").read_text("utf-8"))


def _values(fields: Mapping[str, Value], language: Language, origin: str) -> dict[str, str]:
    return {"origin": origin, **{name: _told(name, value, language) for name, value in fields.items()}}


def _told(name: str, value: Value, language: Language) -> str:
    if isinstance(value, datetime):
        return in_language(clock.wib(value), language)
    if name == "browser" and not value:
        return str(texts(language)["unknown"])
    if name == "corrected":
        return "\n".join(f"- {texts(language)['corrected'][field]}" for field in str(value).split(","))
    if name == "windows":
        return ", ".join(texts(language)["windows"][window] for window in str(value).split(","))
    return str(texts(language)["roles"][value]) if name == "role" else str(value)
