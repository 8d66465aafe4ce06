"""With which institution a row is disputed: its name and code, and nothing of what it knows of the person."""

from services.registration.adapters import claim_store
from services.registration.model.person import Person
from services.registration.rows.row_problems import RowProblem
from services.registration.shared.institution_view import view_institution

CLAIMED_ELSEWHERE = "claimed-elsewhere"


def claimed_elsewhere(person: Person) -> tuple[RowProblem, ...]:
    """Say who else lists this person, and what to do; nothing when the other has let go meanwhile."""
    claim = claim_store.load(person.row["nik"])
    others = {claimant.institution for claimant in claim.claimants} - {person.institution} if claim else set()
    if not others:
        return ()
    named = " dan ".join(f"{view.name} ({view.code})" for view in map(view_institution, sorted(others)))
    text = (
        f"NIK ini juga didaftarkan oleh {named}. Tanyakan kepada orangnya di mana ia bekerja; instansi yang bukan "
        "tempatnya bekerja menghapus barisnya."
    )
    return (RowProblem("nik", CLAIMED_ELSEWHERE, text),)
