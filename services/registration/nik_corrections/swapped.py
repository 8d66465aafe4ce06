"""Who of the same institution stands under the NIK that somebody else should have."""

from services.registration.adapters import asked_nik_store, claim_store, person_store
from services.registration.model.asked_nik import AskedNik
from services.registration.model.person import Person


def find_holder(person: Person, asked: AskedNik) -> Person | None:
    """Whoever of his institution has the NIK that was asked for; None where it is free here."""
    claim = claim_store.load(asked.nik)
    here = [one.pid for one in claim.claimants if one.institution == person.institution] if claim else []
    return person_store.find(here[0]) if here else None


def find_swapped(person: Person, asked: AskedNik) -> Person | None:
    """The holder, where his right NIK is the one this person has, and that was asked for too."""
    holder = find_holder(person, asked)
    his = asked_nik_store.load(holder) if holder is not None else None
    return holder if his is not None and his.nik == person.row["nik"] else None
