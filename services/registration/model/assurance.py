"""Whether it is sure that whoever signs in as a person is that person (domain.md, section 3, *assurance*)."""

from services.kernel.states import Assurance
from services.registration.model.person import Person


def is_assured(person: Person) -> bool:
    """Whether the person's account has an assurance.

    Without one nothing that only his account does voids a verdict or takes a row off, and he is not shown what his
    institution keeps of him.
    """
    return person.assurance is not Assurance.BELUM_DIPASTIKAN
