"""Whether a text is Indonesian: words that every sentence of the portal has some of, and no English one has."""

import re

_WORDS = re.compile(
    r"\b(anda|atau|bagi|baris|belum|berkas|bila|bukan|dan|dari|dengan|hari|harus|hanya|ini|isi|itu|jadi|juga|kirim|lagi"
    r"|lalu|lebih|masih|oleh|pada|paling|pilih|sampai|sedang|sudah|tahun|tanpa|terlalu|tidak|tulis|ulang|unggah|untuk"
    r"|yang)\b",
    re.IGNORECASE,
)


def indonesian_in(text: str) -> str:
    """The first Indonesian word of a text; empty without any."""
    found = _WORDS.search(text)
    return found[0] if found else ""
