"""How sure it is that whoever signs in as a person is that person (domain.md, section 3, *assurance*)."""

from services.registration.model.person import Person


def is_assured(person: Person) -> bool:  # noqa: ARG001 - whose account is asked once there is a way to give one
    """Whether the person's account has an assurance.

    None has: neither activation sheets nor codes to a contact nor a counter exist yet. Until then nothing that only an
    account does voids a verdict or takes a row off, and its owner is not shown what the institution keeps of him.
    """
    return False
