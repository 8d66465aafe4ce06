"""What the engine looks at, made from a row of the import template and the further history rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.kernel.states import Category
from services.kernel.values.nothing import is_no_number
from services.registration.eligibility.service_days import Service


@dataclass(frozen=True, slots=True)
class EligibilityInput:
    """The facts a advice rests on. None is a fact nobody has given: its criterion goes to a human.

    Attributes:
        active: whether the person still works there, by the latest statement: the institution's when it
            registers him, then his own.
        active_assured: whether whoever stated it is known to be who he says (domain.md, section 3, *assurance*).
        thk2_in_database: whether BKN's database holds his THK-II number; None when nobody looked.
        proof_due: whether the row has been submitted or verified, so that service without proof no longer passes.
    """

    kategori: Category
    active: bool | None = None
    active_assured: bool = True
    thk2_in_database: bool | None = None
    birth_date: date | None = None
    jabatan: str | None = None
    sumber_pembayaran: str | None = None
    jenis_jabatan_penandatangan: str | None = None
    services: tuple[Service, ...] = ()
    proof_due: bool = False


def category_of(row: Mapping[str, Any]) -> Category:
    """THK-II when the row has a THK-II number, else non-ASN; `0` and "tidak ada" are none, however they came there."""
    number = row.get("no_peserta_thk2")
    return Category.THK_II if number and not is_no_number(str(number)) else Category.NON_ASN


def service_of(fields: Mapping[str, Any], *, proved: bool = False) -> Service:
    """The period of one appointment: the registered row's, or a history row's, under the template's names.

    `instansi` names another institution; without it the appointment is of the one that registers the person.
    """
    start, end, sk = (_date(fields.get(name)) for name in ("tanggal_mulai", "tanggal_akhir", "tanggal_sk"))
    return Service(start, end, proved, not fields.get("instansi"), sk)


def input_of(
    row: Mapping[str, Any],
    *,
    active: bool | None,
    active_assured: bool = True,
    thk2_in_database: bool | None = None,
    proved: bool = False,
    histories: Iterable[Service] = (),
    proof_due: bool = False,
) -> EligibilityInput:
    """Take the facts from a registered row (JSON values under the template's names).

    `proved` says whether SK and proof of pay of the first appointment are accepted; `histories` are the further
    appointments, each made by `service_of`.
    """
    return EligibilityInput(
        kategori=category_of(row),
        active=active,
        active_assured=active_assured,
        thk2_in_database=thk2_in_database,
        birth_date=_date(row.get("tanggal_lahir")),
        jabatan=row.get("jabatan"),
        sumber_pembayaran=row.get("sumber_pembayaran"),
        jenis_jabatan_penandatangan=row.get("jenis_jabatan_penandatangan"),
        services=(service_of(row, proved=proved), *histories),
        proof_due=proof_due,
    )


def _date(value: Any) -> date | None:  # noqa: ANN401 - a JSON value, whatever it is
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) else None
