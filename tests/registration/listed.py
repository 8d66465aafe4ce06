"""A listed person and what a test needs to act as him: registered as an import does it, captchas that cost nothing."""

import functools
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import altcha
import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Item
from services.kernel.documents import FIRST_HISTORY, DocumentType, FileState, file_id
from services.kernel.security.sessions import ENROLMENT_COOKIE, Role
from services.kernel.states import PersonState
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.accounts import passwords
from services.registration.adapters import account_store, claim_store, person_items, person_store, seal_store
from services.registration.app import app
from services.registration.cards.issue_card import issue_card
from services.registration.eligibility.advice import Advice
from services.registration.model.account import Account, AccountState
from services.registration.model.card import CardKind
from services.registration.model.claim import Claimant
from services.registration.model.contact import EMAIL, PersonContact
from services.registration.model.dossier import Change
from services.registration.model.edition import Edition, Purpose
from services.registration.model.person import Person
from services.registration.model.person_states import Action
from services.registration.model.private import NotedDecision
from services.registration.model.seal import Seal
from services.registration.rows.check_row import check_row
from services.registration.rows.new_person import new_person
from services.registration.settings import settings
from tests.registration.notices.mails import codes_of
from tests.support.aws import CAPTCHA_KEY, Answer, Cloud
from tests.support.gates import open_gate

INSTITUTION = "9901"
IN_TIME = datetime.fromisoformat("2022-09-01T09:00:00+07:00")
LAST_MOMENT = datetime.fromisoformat("2022-10-22T16:59:59.999+07:00")
TOO_LATE = datetime.fromisoformat("2022-10-22T17:00:00.000+07:00")
PASSWORD = "kuda terbang di atas sawah"
ROW = {
    "nik": "9901014101900001",
    "nama": "Siti Contoh Lestari",
    "tanggal_lahir": "1990-01-01",
    "tempat_lahir": "Contoh Satu",
    "jenis_kelamin": "P",
    "pendidikan": "S1",
    "nomor_sk": "800/1/2018",
    "tanggal_sk": "2017-12-29",
    "tanggal_mulai": "2018-01-02",
    "jabatan": "Guru Kelas",
    "unit_kerja": "SD Negeri 1 Contoh",
    "jabatan_penandatangan": "Kepala SD Negeri 1 Contoh",
    "jenis_jabatan_penandatangan": "KEPALA_UNIT",
    "sumber_pembayaran": "APBD_51",
}
CLAIM = {
    "nik": ROW["nik"],
    "nomor_kk": "9901010101150001",
    "nama": "siti contoh lestari",
    "tempat_lahir": " contoh  SATU",
    "tanggal_lahir": "1990-01-01",
    "hp": "0812-3456-7890",
    "email": "siti@contoh.id",
}
HISTORY = {
    "nomor_sk": "800/2/2020",
    "tanggal_sk": "2019-12-28",
    "tanggal_mulai": "2020-01-02",
    "tanggal_akhir": "2020-12-31",
    "jabatan": "Guru Kelas",
    "unit_kerja": "SD Negeri 2 Contoh",
    "jenis_jabatan_penandatangan": "KEPALA_UNIT",
    "sumber_pembayaran": "BOS",
}


def solved(effort: int = 1) -> str:
    """A solved captcha whose first try is right: signed like ours, each one good once."""
    challenge = altcha.create_challenge(
        "PBKDF2/SHA-256",
        5000 * effort,
        counter=0,
        expires_at=int(clock.machine_now().timestamp()) + 600,
        hmac_secret=CAPTCHA_KEY.hex(),
        hmac_key_secret=CAPTCHA_KEY[::-1].hex(),
    )
    solution = altcha.solve_challenge(challenge)
    assert solution is not None
    return str(altcha.Payload(challenge, solution).to_base64())


@pytest.fixture
def portal(here: Cloud) -> Cloud:
    """An open round of one institution, some days into it."""
    here.at(IN_TIME)
    open_gate(INSTITUTION)
    return here


def register(**changed: str) -> Person:
    """List a person, as an accepted import row does."""
    checked = check_row({**ROW, **changed})
    assert checked.row is not None, checked.problems
    person = new_person(
        checked.row, is_draft=checked.is_draft, institution=INSTITUTION, entered_by="operator", at=IN_TIME
    )
    claim = claim_store.take(checked.row["nik"], Claimant(INSTITUTION, person.pid))
    return _commit(Change(None, person, "register", {}, [claim]))


def put_in(person: Person, state: PersonState, **changed: Any) -> Person:
    """Bring a person into a state by force, for what the state table does not lead to quickly."""
    values = {"state": state.value, **changed}
    dynamodb.transact([dynamodb.update(settings().table, person_items.person_key(person.pid), values=values)])
    return person_store.load(person.pid)


def with_decision(person: Person, decision: PersonState, at: datetime, reason: str | None = None) -> Person:
    """The person with a decision of this instant noted, whatever state he is in."""
    noted = NotedDecision(clock.millis(at), "1.staff", decision, reason, Advice(person.overall), "2022.1")
    return replace(person, private=replace(person.private, decisions=(*person.private.decisions, noted)))


def returned(person: Person, at: datetime) -> Person:
    """Note a return of this instant with his decisions, whatever state he is in."""
    noted = with_decision(person, PersonState.DIKEMBALIKAN, at, "SK tidak terbaca")
    dynamodb.transact([dynamodb.put(settings().table, person_items.to_item(noted))])
    return person_store.load(person.pid)


def accept(
    pid: str,
    jenis: DocumentType,
    riwayat: str | None = None,
    *,
    n: int = 1,
    state: FileState = FileState.DITERIMA,
    code: str | None = None,
    by: str | None = None,
) -> None:
    """What documents' facts leave behind of a file; `by` is the member of staff who uploaded it."""
    item = {**_file_item(pid, jenis, riwayat, n=n, state=state, code=code), "by": by, "own": by is None}
    dynamodb.transact([dynamodb.put(settings().table, item)])


def _file_item(
    pid: str,
    jenis: DocumentType,
    riwayat: str | None = None,
    *,
    n: int = 1,
    state: FileState = FileState.DITERIMA,
    code: str | None = None,
) -> Item:
    return {
        **person_items.file_key(pid, file_id(pid, jenis, n)),
        "jenis": jenis.value,
        "riwayat": riwayat,
        "state": state.value,
        "code": code,
        "message": "Berkas ditolak." if code else None,
        "key": f"{jenis.value.lower()}/{pid}",
        "v": n,
        "own": True,
    }


def check_identity(cloud: Cloud, call: Mapping[str, Any] | None = None, /, **changed: str) -> Answer:
    """Pengecekan Identitas with a fresh captcha; `call` is what else the request brings."""
    body = {**CLAIM, "captcha": solved(), **changed}
    return cloud.call(app, "POST", "/registration/identity-checks", body, **(call or {}))


def enrol(cloud: Cloud) -> dict[str, str]:
    """Pass the identity check; the enrolment's cookies."""
    answer = check_identity(cloud)
    assert answer.status == 201, answer.text
    return {ENROLMENT_COOKIE: answer.cookies[ENROLMENT_COOKIE]}


def make_account(cloud: Cloud, cookies: dict[str, str], *, backed: bool = True, **call: Any) -> Answer:
    """Proses Pembuatan Akun with a fresh captcha, backed by a code that came to the e-mail address."""
    if backed:
        back(cloud, cookies)
    body = {"password": PASSWORD, "captcha": solved()}
    return cloud.call(app, "POST", "/registration/accounts", body, cookies=cookies, **call)


def back(cloud: Cloud, cookies: dict[str, str]) -> None:
    """Have a code sent to the enrolment's e-mail address and type it, where the enrolment still goes on."""
    path = "/registration/enrolment/contact-codes"
    asked = cloud.call(app, "POST", path, {"channel": EMAIL}, cookies=cookies)
    if asked.status == 202:
        (code,) = re.findall(r"[0-9]{6}", codes_of(cloud)[-1].body)[:1]
        typed = {"channel": EMAIL, "code": code}
        answer = cloud.call(app, "POST", f"{path}/confirmation", typed, cookies=cookies)
        assert answer.status == 200, answer.text


def with_account(cloud: Cloud, **changed: str) -> Person:
    """A listed person with an account, as making one leaves him; the routes themselves are walked elsewhere."""
    person = register(**changed)
    identifier = account_store.account_id(ROW["nik"])
    contact = PersonContact("+6281234567890", "siti@contoh.id", frozenset({EMAIL}))
    account = Account(
        id=identifier,
        role=Role.HONORER,
        institution=None,
        units=(),
        pid=person.pid,
        password_hash=_password_hash(),
        token_version=1,
        state=AccountState.AKTIF,
        v=1,
        salt=None,
        encrypted=account_store.encrypt_contact(identifier, contact, person),
    )
    moved = person.moved(Action.MAKE_ACCOUNT, IN_TIME)
    after = replace(moved, has_account=True, private=replace(moved.private, nomor_kk=CLAIM["nomor_kk"]))
    extra = [account_store.put_new(account), *issue_card(person.pid, CardKind.AKUN, IN_TIME)]
    files = [_file_item(person.pid, jenis) for jenis in (DocumentType.KTP, DocumentType.FOTO)]
    dynamodb.transact([dynamodb.put(settings().table, item) for item in files])
    return _commit(Change(person, after, Action.MAKE_ACCOUNT, {}, extra), Window.DOSSIER)


def stand_with_account(portal: Cloud) -> Person:
    """Somebody with an account, where nobody else is yet; made once in a process."""
    return portal.stand("registration, with an account", lambda: with_account(portal))


def stand_complete(portal: Cloud) -> Person:
    """Somebody whose dossier is complete, where nobody else is yet; made once in a process."""
    return portal.stand("registration, complete", lambda: complete(portal, stand_with_account(portal)))


def made_list(purpose: Purpose, number: int = 1) -> bool:
    """Note that a list of the institution was made now: a numbered pre-final one, or the seal of an epoch."""
    nothing = Seal(Edition(INSTITUTION, purpose, number), "lists/x.jsonl", "0" * 64, "0" * 64, 0, 0, 0, {}, [], [])
    return seal_store.store(nothing)


@functools.cache
def _password_hash() -> str:
    return passwords.hash_password(PASSWORD)


def token_of(cloud: Cloud, person: Person) -> str:
    """A session token of the person."""
    return cloud.token("honorer", INSTITUTION, sub=person.pid)


def complete(cloud: Cloud, person: Person) -> Person:
    """Everything a submission needs, by the person's own routes."""
    token = token_of(cloud, person)
    proofs = (DocumentType.SK, DocumentType.BUKTI_BAYAR)
    items = [_file_item(person.pid, DocumentType.IJAZAH)]
    items += [_file_item(person.pid, jenis, FIRST_HISTORY) for jenis in proofs]
    dynamodb.transact([dynamodb.put(settings().table, item) for item in items])
    confirmed = cloud.call(
        app, "POST", "/registration/me/active-confirmation", {"v": person.v, "active": True}, token=token
    )
    education = {"nomor_ijazah": "DN-99/1", "tanggal_lulus": "2012-06-17", "sekolah": "Universitas Contoh"}
    body = {"v": confirmed.json["v"], **education, "captcha": solved()}
    answer = cloud.call(app, "PATCH", "/registration/me/biodata", body, token=token)
    assert answer.status == 200, answer.text
    return person_store.load(person.pid)


def _commit(change: Change, window: Window = Window.ENTRY) -> Person:
    round_ = gate.read_round(change.after.institution)
    return person_store.commit(change, round_=round_, window=window, received=IN_TIME, actor="operator")
