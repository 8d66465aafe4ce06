"""A unit's name as the admin types it; it is published, so without a personal number (domain.md, section 6)."""

from typing import Annotated

from pydantic import AfterValidator, Field

from services.kernel.security.personal_number_texts import refuse_personal_number
from services.kernel.values.texts import clean_text
from services.kernel.values.units import unit_key
from services.registration.model.unit import LONGEST_NAME


def _readable(name: str) -> str:
    if not unit_key(name):
        raise ValueError("missing|Isian ini wajib diisi.")
    return name


UnitName = Annotated[
    str,
    Field(max_length=LONGEST_NAME),
    AfterValidator(clean_text),
    AfterValidator(_readable),
    AfterValidator(refuse_personal_number),
]
