"""What an enrolment shows: no more than the public list does (domain.md, sections 3 and 8)."""

from pydantic import BaseModel

from services.kernel.states import Category
from services.registration.model.person import Person
from services.registration.shared.institution_view import InstitutionView, view_institution


class PublicPart(BaseModel):
    """A listed person as everybody may know him."""

    nomor_registrasi: str
    nama: str
    unit_kerja: str
    jabatan: str
    kategori: Category
    institution: InstitutionView


def public_part(person: Person) -> PublicPart:
    """The public fields of a person."""
    return PublicPart(
        nomor_registrasi=person.registration_number,
        nama=person.nama,
        unit_kerja=person.unit_kerja,
        jabatan=person.jabatan,
        kategori=person.kategori,
        institution=view_institution(person.institution),
    )
