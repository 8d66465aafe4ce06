"""The code that opens something beside its number, for who has no account: shown once, and kept nowhere.

It is made of a secret and the thing's own salt, so that the retry of a request is shown the same one, and whoever reads
the table finds nothing to open it with.
"""

import hashlib
import hmac
import secrets
from typing import Final

from services.kernel.values.crockford import CROCKFORD, as_crockford

LENGTH: Final = 12
"""60 bits: nobody finds it by trying."""


def access_code(key: bytes, purpose: str, number: str, salt: bytes) -> str:
    """The code of the thing with this number and salt, without its dashes; another purpose is another code."""
    said = purpose.encode() + b"\x1f" + number.encode() + salt
    made = int.from_bytes(hmac.digest(key, said, hashlib.sha256), "big")
    return "".join(CROCKFORD[made >> (5 * at) & 31] for at in range(LENGTH))


def code_in_groups(code: str) -> str:
    """A code as it is shown, `XXXX-XXXX-XXXX`."""
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def is_code(typed: str, code: str) -> bool:
    """Whether what was typed is the code; as long for a wrong one as for the right one."""
    return secrets.compare_digest(as_crockford(typed).encode(), code.encode())
