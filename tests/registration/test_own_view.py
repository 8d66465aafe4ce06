"""What an account sees of its person's record and what its deeds do: every field, route, deed and assurance.

The oracle is written from domain.md, section 3, *assurance*. A column, a route or a deed that is missing in the tables
below fails.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pytest
from PIL import Image

from services.kernel import clock
from services.kernel.aws import dynamodb, s3
from services.kernel.documents import DocumentType, FileState
from services.kernel.security.sessions import Role
from services.kernel.states import GONE, Assurance, PersonState, Phase
from services.registration import routes_public
from services.registration.adapters import person_items, person_store
from services.registration.api import api
from services.registration.app import app
from services.registration.correction_requests.asking import ASKABLE
from services.registration.eligibility.advice import Advice, Criterion
from services.registration.model.person import History, Person
from services.registration.model.person_row import PersonRow
from services.registration.model.private import Mark, NotedDecision
from services.registration.model.sealed_row import private_record
from services.registration.model.verdict import CriterionVerdict, ReasonCode, Verdict
from services.registration.rows.columns import COLUMNS, FIRST_APPOINTMENT
from services.registration.settings import settings
from tests.kernel.papers import opened, text_of
from tests.registration.facts.test_take_fact import accepted, tell
from tests.registration.listed import (
    CLAIM,
    HISTORY,
    IN_TIME,
    INSTITUTION,
    ROW,
    accept,
    complete,
    enrol,
    portal,
    register,
    solved,
    token_of,
    with_account,
)
from tests.support.aws import Answer, Cloud
from tests.support.gates import open_gate

__all__ = ["portal"]

Route = tuple[str, str]
ME: Final = "/registration/me"
NONE: Final = Assurance.BELUM_DIPASTIKAN
VERDICTS: Final = (PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT)

KNOWN: Final = frozenset({"nik", "nama", "tanggal_lahir", "jabatan", "unit_kerja"})
"""Public fields, and what he had to know to be let in: also before KTP and photo are accepted."""
OPEN: Final = dict.fromkeys(
    (
        *("nik", "nama", "no_peserta_thk2", "tanggal_lahir", "tempat_lahir", "jenis_kelamin"),
        *("pendidikan", "nomor_ijazah", "tanggal_lulus", "sekolah"),
        *("nomor_sk", "tanggal_sk", "tanggal_mulai", "tanggal_akhir", "pendidikan_sk", "jabatan", "konversi_jabatan"),
        *("unit_kerja", "jabatan_penandatangan", "jenis_jabatan_penandatangan", "sumber_pembayaran"),
    ),
    True,
)
FIELDS: Final[Mapping[str, bool]] = {**OPEN, "nominal_honor": False, "hp": False, "email": False}
"""Every registered field, and whether it is shown without an assurance."""
FULL: Final[dict[str, Any]] = {
    **ROW,
    "no_peserta_thk2": "99-0001",
    "nomor_ijazah": "DN-99/77",
    "tanggal_lulus": "2012-06-17",
    "sekolah": "Universitas Contoh Raya",
    "tanggal_akhir": "2022-12-31",
    "pendidikan_sk": "S1",
    "konversi_jabatan": "Guru Ahli Pertama Contoh",
    "nominal_honor": 1739000,
    "hp": "+6281199990000",
    "email": "kantor@contoh.id",
}
SHOWN: Final[Mapping[Route, frozenset[str]]] = {
    ("GET", ME): frozenset({"nama", "unit_kerja", "jabatan", "jenis_jabatan_penandatangan", "sumber_pembayaran"}),
    ("GET", f"{ME}/biodata"): frozenset(FIELDS),
    ("GET", f"{ME}/histories"): frozenset(FIRST_APPOINTMENT),
    ("GET", f"{ME}/resume"): frozenset(FIELDS),
    ("GET", f"{ME}/requests"): frozenset(column.key for column in ASKABLE),
}
"""Which fields each route shows to whoever may see all of them."""
PRINTED: Final[frozenset[Route]] = frozenset(
    {
        ("GET", f"{ME}/cards/{{kind}}"),
        ("GET", f"{ME}/proof"),
        ("GET", f"{ME}/resume/document"),
        ("GET", f"{ME}/copies"),
        ("POST", f"{ME}/copies"),
        ("GET", f"{ME}/copies/{{copy}}"),
        ("GET", f"{ME}/copies/{{copy}}/{{form}}"),
    }
)
"""Those that lead to a paper or a file to take home."""
BEFORE_THE_ACCOUNT: Final[frozenset[Route]] = frozenset(
    {
        ("GET", "/registration/enrolment"),
        ("PATCH", "/registration/enrolment"),
        ("GET", "/registration/enrolment/card"),
        ("POST", "/registration/accounts"),
        ("POST", "/registration/enrolment/contact-codes"),
        ("POST", "/registration/enrolment/contact-codes/confirmation"),
        ("POST", "/registration/enrolment/counter-code"),
        ("POST", "/registration/enrolment/sheet"),
    }
)
ASKED_OF_STAFF: Final[frozenset[Route]] = frozenset(
    {
        ("POST", f"{ME}/requests"),
        ("POST", f"{ME}/requests/{{identifier}}/withdrawal"),
        ("POST", f"{ME}/requests/{{identifier}}/second-look"),
        ("POST", f"{ME}/return"),
    }
)
"""What he asks of his institution changes nothing of the record itself: tests/registration/requests."""
NO_RECORD: Final[frozenset[Route]] = frozenset(
    {
        ("POST", f"{ME}/password"),
        ("GET", f"{ME}/sign-ins"),
        ("DELETE", f"{ME}/sign-ins/{{name}}"),
        ("GET", f"{ME}/contact"),
        ("POST", f"{ME}/contact"),
        ("POST", f"{ME}/contact/confirmation"),
        ("POST", f"{ME}/reclaim/refusal"),
        ("POST", f"{ME}/sheet"),
        ("GET", f"{ME}/objection"),
    }
)
"""Routes of the person that neither show nor change his record: his sign-ins, password, contact; what a sheet does to
a verdict is shown in tests/registration/counter."""


@dataclass(frozen=True)
class Deed:
    """A deed beside a standing verdict: what is sent, and whether it changes an input of a criterion."""

    body: Mapping[str, Any] = field(default_factory=dict)
    voids: bool = False
    refused: bool = False


EARLIER: Final = {
    **HISTORY,
    "tanggal_sk": "2015-12-28",
    "tanggal_mulai": "2016-01-02",
    "tanggal_akhir": "2016-12-31",
}
"""An appointment before the registered one: the years of service are others with it."""
DEEDS: Final[Mapping[Route, Deed]] = {
    ("POST", f"{ME}/active-confirmation"): Deed({"active": False}, voids=True),
    ("PATCH", f"{ME}/biodata"): Deed({"nomor_ijazah": "DN-99/78"}),
    ("POST", f"{ME}/histories"): Deed(
        {**EARLIER, "tanggal_mulai": "2015-01-02", "tanggal_sk": "2014-12-28"}, voids=True
    ),
    ("PUT", f"{ME}/histories/{{identifier}}"): Deed({**EARLIER, "tanggal_akhir": "2016-06-30"}, voids=True),
    ("DELETE", f"{ME}/histories/{{identifier}}"): Deed(voids=True),
    ("POST", f"{ME}/submission"): Deed({"statement": True}, refused=True),
    ("POST", f"{ME}/withdrawal"): Deed(refused=True),
}
"""Every deed of a person's own."""


def of_persons() -> Iterator[Route]:
    """The routes that an account, or an enrolment, opens."""
    for route in api.routes:
        signed_in = route.roles is not None and Role.HONORER in route.roles
        if route.enrolment or (signed_in and route.handler.__module__ != routes_public.__name__):
            yield route.method, route.path


def test_every_field_route_and_deed_stands_in_a_table() -> None:
    assert set(FIELDS) == {column.key for column in COLUMNS} | set(PersonRow.__annotations__)
    assert set(FULL) == set(FIELDS)
    tables = [set(SHOWN), PRINTED, BEFORE_THE_ACCOUNT, ASKED_OF_STAFF, NO_RECORD, set(DEEDS)]
    assert sorted(of_persons()) == sorted(route for table in tables for route in table)


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody with an account and every field of the template; his papers are his own."""
    return portal.stand("registration, every field", lambda: _everything(portal))


def _everything(cloud: Cloud) -> Person:
    plain = {name: value for name, value in FULL.items() if name not in {"hp", "email", "nominal_honor"}}
    person = complete(cloud, with_account(cloud, **plain, nominal_honor="1739000"))
    row: Any = {**person.row, "hp": FULL["hp"], "email": FULL["email"]}
    return stored(replace(person, private=replace(person.private, row=row)))


def stored(person: Person) -> Person:
    """The person as he is read again, put there by force."""
    dynamodb.transact([dynamodb.put(settings().table, person_items.to_item(person))])
    return person_store.load(person.pid)


def ask(cloud: Cloud, person: Person, route: Route, body: object = None, **names: str) -> Answer:
    """Send a request in the person's name."""
    method, path = route
    return cloud.call(app, method, path.format(**names), body, token=token_of(cloud, person))


def leaves(node: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every value in an answer, with the name it stands under."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from leaves(value, name)
    else:
        yield name, node


@pytest.mark.parametrize("assurance", Assurance)
@pytest.mark.parametrize("route", SHOWN)
def test_which_fields_a_route_shows_by_assurance(
    portal: Cloud, person: Person, route: Route, assurance: Assurance
) -> None:
    answer = ask(portal, stored(replace(person, assurance=assurance)), route)
    assert answer.status == 200, answer.text
    found = {name for name, value in FULL.items() if (name, value) in set(leaves(answer.json))}
    assert found == {name for name in SHOWN[route] if FIELDS[name] or assurance is not NONE}
    if assurance is NONE:
        assert [name for name, shown in FIELDS.items() if not shown and str(FULL[name]) in answer.text] == []


@pytest.mark.parametrize("assurance", Assurance)
@pytest.mark.parametrize("missing", [DocumentType.KTP, DocumentType.FOTO])
def test_employment_is_shown_once_ktp_and_photo_are_accepted_or_with_an_assurance(
    portal: Cloud, person: Person, missing: DocumentType, assurance: Assurance
) -> None:
    accept(person.pid, missing, state=FileState.DITOLAK, code="unreadable")
    asked = stored(replace(person, assurance=assurance))
    for route, fields in SHOWN.items():
        answer = ask(portal, asked, route).json
        found = {name for name, value in FULL.items() if (name, value) in set(leaves(answer))}
        if assurance is NONE:
            assert found - {"nomor_ijazah", "tanggal_lulus", "sekolah", "pendidikan"} == fields & KNOWN
            assert answer.get("advice") is None
        else:
            assert found == fields


@pytest.mark.parametrize("assurance", Assurance)
@pytest.mark.parametrize("shown", [True, False])
def test_appointments_and_changes_of_the_office_are_employment_too(
    portal: Cloud, person: Person, assurance: Assurance, shown: bool
) -> None:
    """The rows that staff entered, and what a mark says was there before; his own stay his."""
    own = ask(portal, person, ("POST", f"{ME}/histories"), {"v": person.v, **EARLIER}).json["id"]
    entered = History("h-kantor", {**EARLIER, "nomor_sk": "800/KANTOR"}, by="1.operator")
    dynamodb.transact([person_store.put_history(person_store.load(person.pid), entered)])
    if not shown:
        accept(person.pid, DocumentType.KTP, state=FileState.DITOLAK, code="unreadable")
    before = decided(person.pid, assurance, VERDICTS[0])
    marks = {
        "nomor_sk": Mark(1, "800/LAMA"),
        "sekolah": Mark(2, "Sekolah Lama"),
        "h-kantor": Mark(3, {"nomor_sk": "800/KANTOR-LAMA"}),
        own: Mark(4, {"nomor_sk": "800/SENDIRI-LAMA"}),
    }
    asked = stored(replace(before, private=replace(before.private, marks=marks)))
    seen = "".join(ask(portal, asked, route).text for route in (("GET", ME), ("GET", f"{ME}/histories")))
    found = {text for text in ("800/KANTOR", "800/LAMA", "800/SENDIRI-LAMA", "Sekolah Lama") if text in seen}
    office = {"800/KANTOR", "800/LAMA"} if shown or assurance is not NONE else set()
    assert found == office | {"800/SENDIRI-LAMA", "Sekolah Lama"}
    assert len(ask(portal, asked, ("GET", ME)).json["changes"]) == len(marks)


@pytest.mark.parametrize("assurance", Assurance)
def test_an_office_file_opens_by_assurance_and_an_own_one_always(
    portal: Cloud, person: Person, assurance: Assurance
) -> None:
    accept(person.pid, DocumentType.KTP, n=2, by="operator")
    accept(person.pid, DocumentType.BUKTI_BAYAR, "pertama", n=2, by="operator")
    asked = stored(replace(person, assurance=assurance))
    opens: dict[str, bool] = {}
    for route in SHOWN:
        for file in _files(ask(portal, asked, route).json):
            opens[file["id"].partition(".")[2]] = file["openable"]
    sure = assurance is not NONE
    assert opens == {"KTP.2": sure, "BUKTI_BAYAR.2": sure, "FOTO.1": True, "IJAZAH.1": True, "SK.1": True}


def _files(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield from node.get("files", [])
        node = list(node.values())
    if isinstance(node, list):
        for value in node:
            yield from _files(value)


@pytest.mark.parametrize("assurance", Assurance)
def test_a_card_prints_no_photo_of_the_office_without_an_assurance(
    portal: Cloud, person: Person, assurance: Assurance
) -> None:
    accept(person.pid, DocumentType.FOTO, n=2, by="operator")
    picture = io.BytesIO()
    Image.new("RGB", (300, 400), (20, 60, 200)).save(picture, "JPEG")
    s3.write(settings().files_bucket, f"foto/{person.pid}", picture.getvalue(), content_type="image/jpeg")
    answer = ask(portal, stored(replace(person, assurance=assurance)), ("GET", f"{ME}/cards/akun"))
    paper = _printed(answer)
    with opened(paper) as pdf:
        assert bool(pdf.pages[0].get_images()) is (assurance is not NONE)
    words = text_of(paper)
    assert [name for name in ("nominal_honor", "hp", "email", "nik") if str(FULL[name]) in words] == []


def _printed(answer: Answer) -> bytes:
    key = answer.headers["location"].partition("?")[0].partition(".com/")[2]
    return s3.read(settings().exports_bucket, key) or b""


def test_what_a_person_takes_home_of_the_seal_holds_nothing_that_is_closed_to_him(person: Person) -> None:
    row = private_record(person)["row"]
    assert row == {name: FULL[name] for name, shown in FIELDS.items() if shown}


@pytest.mark.parametrize("assurance", Assurance)
@pytest.mark.parametrize("phase", [Phase.PRAFINAL, Phase.FINAL])
def test_reasons_of_verdicts_by_assurance_and_never_that_of_a_return(
    portal: Cloud, person: Person, assurance: Assurance, phase: Phase
) -> None:
    """After the lock what became of him is told with its why, whoever he is."""
    given = {"lama": VERDICTS[1], "kembali": PersonState.DIKEMBALIKAN, "akhir": VERDICTS[1]}
    at = clock.millis(IN_TIME)
    paid = CriterionVerdict(Criterion.PEMBAYARAN, Verdict.TIDAK, ReasonCode.LAINNYA, "bukti")
    noted = [
        NotedDecision(
            *(at, "1.s", state, why, Advice.TIDAK, "2022.1"),
            criteria=() if state is PersonState.DIKEMBALIKAN else (paid,),
        )
        for why, state in given.items()
    ]
    decided = replace(person, state=VERDICTS[1], before=PersonState.DIAJUKAN, assurance=assurance)
    stored(replace(decided, private=replace(decided.private, decisions=tuple(noted))))
    open_gate(INSTITUTION, phase=phase)
    answer = ask(portal, person, ("GET", ME))
    told = {one["reason"] for one in answer.json["decisions"] if one["reason"]}
    final = {"akhir"} if phase is Phase.FINAL else set()
    assert told == (set(given) if assurance is not NONE else {"kembali", *final})
    assert len(answer.json["decisions"]) == len(given)
    typed = [[one["text"] for one in each["criteria"]] for each in answer.json["decisions"]]
    assert typed == [["bukti" if why in told else None] if state in VERDICTS else [] for why, state in given.items()]


def test_an_enrolment_sees_public_fields_and_opens_nothing_of_the_office(portal: Cloud) -> None:
    registered = register(nominal_honor=str(FULL["nominal_honor"]))
    row: Any = {**registered.row, "hp": FULL["hp"], "email": FULL["email"]}
    stored(replace(registered, private=replace(registered.private, row=row)))
    accept(registered.pid, DocumentType.KTP, by="operator")
    answer = portal.call(app, "GET", "/registration/enrolment", cookies=enrol(portal))
    shown = {name for name, value in {**FULL, **ROW}.items() if (name, value) in set(leaves(answer.json))}
    assert shown == {"nama", "unit_kerja", "jabatan"}
    assert [file["openable"] for file in answer.json["files"]] == [False]
    assert CLAIM["nomor_kk"] not in answer.text


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("assurance", Assurance)
@pytest.mark.parametrize("route", DEEDS)
def test_a_deed_beside_a_standing_verdict_by_assurance(
    portal: Cloud, person: Person, route: Route, assurance: Assurance, verdict: PersonState
) -> None:
    """Without an assurance nothing voids a verdict or takes a row off; what was done stands beside it, marked."""
    row = ask(portal, person, ("POST", f"{ME}/histories"), {"v": person.v, **EARLIER}).json["id"]
    before, deed = decided(person.pid, assurance, verdict), DEEDS[route]
    body = {"v": before.v, **deed.body, **({"captcha": solved()} if route[0] == "PATCH" else {})}
    answer = ask(portal, before, route, body, identifier=row)
    after = person_store.load(before.pid)
    assert (answer.status >= 400) is deed.refused, answer.text
    assert after.state not in GONE
    if deed.voids and assurance is not NONE:
        assert (after.state, dict(after.marks)) == (PersonState.AKUN_DIBUAT, {})
    else:
        assert after.state is verdict
        assert bool(after.marks) is not deed.refused


def decided(pid: str, assurance: Assurance, verdict: PersonState) -> Person:
    """The person with this verdict and assurance."""
    person = replace(person_store.load(pid), state=verdict, before=PersonState.AKUN_DIBUAT, assurance=assurance)
    noted = NotedDecision(clock.millis(IN_TIME), "1.s", verdict, "alasan", Advice.LOLOS, "2022.1")
    return stored(replace(person, private=replace(person.private, decisions=(noted,))))


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("assurance", Assurance)
def test_a_file_of_his_beside_a_standing_verdict_by_assurance(
    portal: Cloud, person: Person, assurance: Assurance, verdict: PersonState
) -> None:
    decided(person.pid, assurance, verdict)
    assert tell(accepted(person.pid, 2, jenis=DocumentType.KTP, by=person.pid)) == []
    after = person_store.load(person.pid).state
    assert after is (verdict if assurance is NONE else PersonState.AKUN_DIBUAT)


@pytest.mark.parametrize("assurance", Assurance)
def test_no_longer_working_is_a_remark_without_an_assurance(
    portal: Cloud, person: Person, assurance: Assurance
) -> None:
    asked = stored(replace(person, assurance=assurance))
    ask(portal, asked, ("POST", f"{ME}/active-confirmation"), {"v": asked.v, "active": False})
    advice = ask(portal, asked, ("GET", ME)).json["advice"]["criteria"]
    (active,) = [one["advice"] for one in advice if one["criterion"] == "AKTIF"]
    assert active == ("PERLU_DITINJAU" if assurance is NONE else "TIDAK")
    assert person_store.load(asked.pid).state is PersonState.AKUN_DIBUAT
