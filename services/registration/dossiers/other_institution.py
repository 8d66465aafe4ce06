"""In which institution an appointment was: the one that registers the person, or which other (domain.md, section 6)."""

import re
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field

from services.kernel.problems import invalid_problem
from services.kernel.reference.choices import choice_key
from services.kernel.values.texts import clean_text
from services.registration.shared.institution_view import view_institution

_SAYS_SOMETHING: Final = re.compile(r"[^\W\d_]{2}")
_Name = Annotated[str, Field(max_length=150), AfterValidator(clean_text)]
OtherInstitution = Annotated[
    _Name | None, BeforeValidator(lambda given: given.strip() or None if isinstance(given, str) else given)
]
"""The name as typed; blank or null for this institution."""


def read_other(name: str | None, institution: str) -> str | None:
    """The other institution's name; None for this one, also where its own code or name was typed.

    Raises:
        Problem: `invalid-fields` for what is no name, as a code of another institution.
    """
    if name is None:
        return None
    here = view_institution(institution)
    if choice_key(name) in {choice_key(here.code), choice_key(here.name)}:
        return None
    if not _SAYS_SOMETHING.search(name):
        sentence = "Tulis nama instansinya, bukan kodenya. Kosongkan bila di instansi ini."
        raise invalid_problem("instansi", "institution-name", sentence)
    return name
