"""Text is read as it is seen: what nobody sees goes, look-alikes become what they look like, the rest stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.values.texts import as_typed, as_written, clean_text, drop_invisible, read_texts

UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2066\u2067\u2068\u2069\ufeff\ufe0f\u3164\U000e0041\U000e0100"
)
HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
BLANKS = "\u00a0\u2007\u202f\u2009\u3000"


@pytest.mark.parametrize("sign", UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_what_nobody_sees_is_dropped_everywhere(sign: str) -> None:
    text = f"{sign}08{sign}12{sign}"
    assert drop_invisible(text) == as_written(text) == as_typed(text) == clean_text(text) == "0812"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Nur\u2011Aini", "Nur-Aini"),
        ("Nur\u2010Aini", "Nur-Aini"),
        ("\uff33\uff49\uff54\uff49", "Siti"),
        ("\U0001d412\U0001d422\U0001d42d\U0001d422", "Siti"),
        ("Sera\ufb01na", "Serafina"),
        ("Andre\u0301", "Andr\u00e9"),
        ("Ma\u2019ruf", "Ma\u2019ruf"),
        ("SD 1 \u2013 Contoh", "SD 1 \u2013 Contoh"),
        ("5 m\u00b2", "5 m\u00b2"),
        ("\u2116 3", "\u2116 3"),
        ("\u0663", "\u0663"),
    ],
)
def test_a_word_keeps_what_is_seen(text: str, written: str) -> None:
    assert as_written(text) == written


@pytest.mark.parametrize("hyphen", HYPHENS, ids=lambda sign: f"U+{ord(sign):04X}")
@pytest.mark.parametrize("blank", BLANKS, ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_number_has_plain_hyphens_and_blanks(hyphen: str, blank: str) -> None:
    assert as_typed(f"0812{hyphen}34{blank}56") == "0812-34 56"


@pytest.mark.parametrize("zero", ["\u0660", "\u06f0", "\u0966", "\uff10", "\U0001d7ce"])
def test_digits_of_any_script_are_digits(zero: str) -> None:
    digits = "".join(chr(ord(zero) + digit) for digit in range(10))
    assert as_typed(digits) == "0123456789"


@pytest.mark.parametrize("sign", "`\u00b4\u2018\u2019\u02bb\u02bc\u2032")
def test_an_apostrophe_of_a_code_is_the_plain_one(sign: str) -> None:
    assert as_typed(f"{sign}08") == "'08"


@given(st.text())
def test_reading_twice_is_reading_once(text: str) -> None:
    written = as_written(text)
    assert as_written(written) == written
    assert unicodedata.is_normalized("NFC", written)
    assert as_typed(as_typed(text)) == as_typed(text)


@given(st.text(st.characters(max_codepoint=126, exclude_characters="`")))
def test_plain_text_is_left_alone(text: str) -> None:
    assert text == drop_invisible(text) == as_written(text) == as_typed(text)


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"])), st.text(st.sampled_from(UNSEEN)), st.data())
def test_invisible_signs_change_nothing_wherever_they_stand(text: str, unseen: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    pasted = text[:place] + unseen + text[place:]
    assert as_written(pasted) == text
    assert as_typed(pasted) == as_typed(text)


def test_a_password_is_left_as_it_was_typed() -> None:
    body = {"login": "\u202a99\u202c", "password": "\u202arahasia\u200b", "ada": [{"x": "\u200b"}]}
    assert read_texts(body) == {"login": "99", "password": "\u202arahasia\u200b", "ada": [{"x": ""}]}
