"""The population register is asked when an account is made, and its answer is a line for staff and nothing more."""

from dataclasses import dataclass, field

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.documents import DocumentType
from services.kernel.security.sessions import ENROLMENT_COOKIE, Role
from services.registration.adapters import dukcapil_store
from services.registration.adapters.dukcapil_service import StandIn, dukcapil_service
from services.registration.dukcapil.check_dukcapil import check_dukcapil, check_dukcapil_again
from services.registration.dukcapil.dukcapil_note import view_dukcapil
from services.registration.model.dukcapil import DukcapilAnswer, DukcapilCheck, DukcapilQuestion
from services.registration.model.person import Person
from tests.registration.listed import CLAIM, ROW, accept, check_identity, make_account, register, stand_with_account
from tests.registration.staff import desk
from tests.support.aws import Cloud

A = DukcapilAnswer


@dataclass
class Register:
    """Answers as it is told, last of all `COCOK`; an exception is raised."""

    answers: list[DukcapilAnswer | Exception] = field(default_factory=list)
    asked: list[DukcapilQuestion] = field(default_factory=list)

    def ask(self, question: DukcapilQuestion) -> DukcapilAnswer:
        self.asked.append(question)
        answer = self.answers.pop(0) if self.answers else A.COCOK
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def person(portal: Cloud) -> Person:
    return stand_with_account(portal)


def answered(person: Person, *answers: DukcapilAnswer | Exception) -> Register:
    """Ask for the first time, as making the account does."""
    line = Register(list(answers))
    dynamodb.transact(check_dukcapil(person, clock.now(), line))
    return line


def found(person: Person) -> DukcapilCheck:
    check = dukcapil_store.find(person)
    assert check is not None
    return check


def test_it_is_asked_about_what_is_registered_and_the_nomor_kk_he_gave(person: Person) -> None:
    (asked,) = answered(person).asked
    assert asked == DukcapilQuestion(ROW["nik"], CLAIM["nomor_kk"], ROW["nama"], ROW["tanggal_lahir"])
    assert ROW["nik"] not in repr(asked)
    assert check_dukcapil(person, clock.now(), Register()) == (), "once"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (A.COCOK, None),
        (A.TIDAK_COCOK, "dukcapil-differs"),
        (A.TIDAK_DITEMUKAN, "dukcapil-unknown"),
        (A.LAYANAN_TERGANGGU, "dukcapil-waiting"),
        (TimeoutError(), "dukcapil-waiting"),
    ],
)
def test_staff_read_the_answer_on_the_record(
    portal: Cloud, person: Person, answer: DukcapilAnswer | Exception, code: str | None
) -> None:
    answered(person, answer)
    notes = [one["code"] for one in desk(portal, Role.VERIFIKATOR).detail(person.pid)["warnings"]]
    assert [one for one in notes if one.startswith("dukcapil-")] == ([] if code is None else [code])


def test_nobody_is_shown_anything_of_whom_the_register_was_not_asked(portal: Cloud) -> None:
    listed = register()
    assert view_dukcapil(listed) == []


def test_who_got_no_answer_is_asked_about_again_until_there_is_one(person: Person) -> None:
    line = answered(person, A.LAYANAN_TERGANGGU, ConnectionError(), A.TIDAK_COCOK)
    assert [check_dukcapil_again(clock.now(), line) for _ in range(3)] == [0, 1, 0]
    assert (found(person).answer, found(person).v) == (A.TIDAK_COCOK, 3)
    assert len(line.asked) == 3


def test_whoever_was_answered_is_not_asked_about_again(person: Person) -> None:
    line = answered(person, A.COCOK)
    assert check_dukcapil_again(clock.now(), line) == 0
    assert len(line.asked) == 1


def test_the_answer_is_not_legible_in_the_table(portal: Cloud, person: Person) -> None:
    answered(person, A.TIDAK_COCOK)
    (item,) = [one for one in portal.items("RegTable") if one["sk"] == "DUKCAPIL"]
    assert "TIDAK_COCOK" not in str(item)


def test_a_stage_without_a_line_asks_nobody(person: Person) -> None:
    assert dukcapil_service() is None
    assert check_dukcapil(person, clock.now()) == ()
    assert check_dukcapil_again(clock.now()) == 0


@pytest.mark.parametrize(
    ("nik", "answer"),
    [
        ("9901014101900001", A.COCOK),
        ("9901014101900097", A.TIDAK_COCOK),
        ("9901014101900098", A.TIDAK_DITEMUKAN),
        ("9901014101900099", A.LAYANAN_TERGANGGU),
        ("0001014101900001", A.TIDAK_DITEMUKAN),
    ],
)
def test_the_stand_in_answers_by_the_nik(portal: Cloud, nik: str, answer: DukcapilAnswer) -> None:
    portal.use("registration", dukcapil_service="stand-in")
    assert isinstance(dukcapil_service(), StandIn)
    assert StandIn().ask(DukcapilQuestion(nik, "9901010101150001", "Siti Contoh", "1990-01-01")) is answer


@pytest.mark.parametrize(
    ("end", "answer"), [("97", A.TIDAK_COCOK), ("98", A.TIDAK_DITEMUKAN), ("99", A.LAYANAN_TERGANGGU)]
)
def test_an_account_is_made_whatever_the_register_says_and_not_asked_before(
    portal: Cloud, end: str, answer: DukcapilAnswer
) -> None:
    portal.use("registration", dukcapil_service="stand-in")
    nik = f"99010141019000{end}"
    listed = register(nik=nik)
    checked = check_identity(portal, nik=nik)
    assert dukcapil_store.find(listed) is None, "an identity check tells nothing of the register"
    for jenis in (DocumentType.KTP, DocumentType.FOTO):
        accept(listed.pid, jenis)
    made = make_account(portal, {ENROLMENT_COOKIE: checked.cookies[ENROLMENT_COOKIE]})
    assert made.status == 201, made.text
    assert (found(listed).answer, found(listed).v) == (answer, 1)
