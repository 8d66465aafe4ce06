"""pydantic's complaints as field problems: stable code and an Indonesian sentence that says what to do."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from services.kernel.problems import FieldProblem

_TEXTS = {
    "missing": "Isian ini wajib diisi.",
    "extra_forbidden": "Isian ini tidak dikenal. Hapus isian ini.",
    "string_type": "Isian ini harus berupa teks.",
    "string_too_short": "Isian ini terlalu pendek; minimal {min_length} karakter.",
    "string_too_long": "Isian ini terlalu panjang; maksimal {max_length} karakter.",
    "string_pattern_mismatch": "Bentuk isian ini tidak sesuai. Periksa contoh pengisian.",
    "date_from_datetime_parsing": "Tulis tanggal dengan bentuk TTTT-BB-HH, misalnya 1990-12-31.",
    "date_parsing": "Tulis tanggal dengan bentuk TTTT-BB-HH, misalnya 1990-12-31.",
    "date_type": "Tulis tanggal dengan bentuk TTTT-BB-HH, misalnya 1990-12-31.",
    "datetime_from_date_parsing": "Tulis waktu lengkap dengan zona, misalnya 2022-10-31T17:00:00+07:00.",
    "datetime_parsing": "Tulis waktu lengkap dengan zona, misalnya 2022-10-31T17:00:00+07:00.",
    "timezone_aware": "Waktu harus menyebut zona, misalnya +07:00.",
    "int_parsing": "Isian ini harus berupa bilangan bulat.",
    "int_type": "Isian ini harus berupa bilangan bulat.",
    "bool_type": "Isian ini harus ya atau tidak.",
    "enum": "Pilih salah satu: {expected}.",
    "literal_error": "Pilih salah satu: {expected}.",
    "greater_than_equal": "Nilai paling kecil {ge}.",
    "less_than_equal": "Nilai paling besar {le}.",
}
_CHOICE = re.compile(r"""'([^']*)'|"([^"]*)"|\b(True|False)\b""")
"""One value in pydantic's `expected`, as `<Kind.A: 'a'>, 'b' or True`; of an enum's member only the value is quoted."""
_OTHERWISE = "Isian ini tidak sesuai. Periksa lalu perbaiki."


def field_problems(errors: Sequence[Any]) -> list[FieldProblem]:
    """Translate `ValidationError.errors()`; a validator's own ValueError is taken as "code|sentence"."""
    return [_translate(error) for error in errors]


def _translate(error: Any) -> FieldProblem:  # noqa: ANN401 - pydantic's ErrorDetails
    field = ".".join(str(part) for part in error["loc"])
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind == "value_error":
        code, _, sentence = str(context["error"]).partition("|")
        return FieldProblem(field, code, sentence or _OTHERWISE)
    return FieldProblem(field, kind.replace("_", "-"), _TEXTS.get(kind, _OTHERWISE).format(**_in_words(context)))


def _in_words(context: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a complaint, its choices as one would send them."""
    if "expected" not in context:
        return dict(context)
    found = [single or double or word.lower() for single, double, word in _CHOICE.findall(context["expected"])]
    return {**context, "expected": _either(found)}


def _either(choices: Sequence[str]) -> str:
    """As a sentence has it: "a", "a atau b", "a, b, atau c" (EYD V, tanda koma)."""
    if len(choices) < 3:
        return " atau ".join(choices)
    return f"{', '.join(choices[:-1])}, atau {choices[-1]}"
