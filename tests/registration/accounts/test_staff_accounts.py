from urllib.parse import quote

import pytest

from services.kernel.aws import clients
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import SESSION_COOKIE, Actor, Role
from services.registration.access.require_current import require_current
from services.registration.accounts.create_first_bkn import create_first_bkn
from services.registration.accounts.create_staff_account import NewStaffAccount, create_staff_account
from services.registration.accounts.list_staff_accounts import list_staff_accounts
from services.registration.adapters import account_store, institution_store
from services.registration.app import app
from services.registration.settings import settings
from tests.registration.staff import desk
from tests.support.aws import Cloud
from tests.support.gates import open_gate

NIP = "190001011920021001"
PASSWORD = "becak biru di simpang lima"
MAY_GIVE = {
    Role.ADMIN: {Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK},
    Role.BKN: {Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK, Role.ADMIN, Role.PPK},
}


def new(**changed: object) -> NewStaffAccount:
    values = {"login": NIP, "name": "Petugas Contoh", "role": "operator", "units": [], "password": PASSWORD}
    return NewStaffAccount.model_validate({**values, **changed})


def by(cloud: Cloud, role: Role) -> Actor:
    """Somebody who works for 9901, or for bkn."""
    return desk(cloud, role, "9901").actor


@pytest.mark.parametrize("maker", list(Role))
def test_roles_are_given_as_bkn_allows(portal: Cloud, maker: Role) -> None:
    for number, role in enumerate(Role):
        login = f"1900010119200{number:01d}1001"
        wish = new(login=login.ljust(18, "1")[:18], role=role.value)
        if role in MAY_GIVE.get(maker, set()):
            made = create_staff_account(wish, institution="9901", by=by(portal, maker))
            assert (made.role, made.disabled) == (role, False)
        else:
            with pytest.raises(Problem) as problem:
                create_staff_account(wish, institution="9901", by=by(portal, maker))
            assert problem.value.code is Code.FORBIDDEN


def test_another_institution_is_not_found(portal: Cloud) -> None:
    with pytest.raises(Problem) as problem:
        create_staff_account(new(), institution="9902", by=by(portal, Role.ADMIN))
    assert problem.value.code is Code.NOT_FOUND
    open_gate("9902")
    assert create_staff_account(new(), institution="9902", by=by(portal, Role.BKN)).role is Role.OPERATOR


@pytest.mark.parametrize("code", ["9902", "abcd", "99011", "0000", "99%2001", "99 01", "9901%20", "990", "I9901"])
def test_there_are_no_users_of_an_institution_that_takes_no_part(portal: Cloud, code: str) -> None:
    bkn = create_first_bkn("190001011920021009", "Petugas BKN Contoh", PASSWORD)
    token = portal.token(Role.BKN, sub=bkn.id, token_version=bkn.token_version)
    path, before = f"/registration/institutions/{quote(code)}/users", portal.items("RegTable")
    for method, body in (("POST", new().model_dump(mode="json")), ("GET", None)):
        answer = portal.call(app, method, path, body, token=token)
        assert (answer.status, answer.code) == (404, "not-found")
    assert portal.items("RegTable") == before


def test_an_institution_has_users_from_the_moment_its_round_is_opened(portal: Cloud) -> None:
    """No fact has come yet: registration's own record of the institution is not there."""
    open_gate("9903")
    with pytest.raises(Problem):
        institution_store.load("9903")
    made = create_staff_account(new(role="admin"), institution="9903", by=by(portal, Role.BKN))
    assert [made.id] == [one.id for one in list_staff_accounts("9903", by(portal, Role.BKN))]


def test_a_number_has_one_account(portal: Cloud) -> None:
    create_staff_account(new(), institution="9901", by=by(portal, Role.ADMIN))
    with pytest.raises(Problem) as problem:
        create_staff_account(new(login="19000101 192002 1 001"), institution="9901", by=by(portal, Role.ADMIN))
    assert problem.value.code is Code.ACCOUNT_EXISTS


@pytest.mark.parametrize(
    "password", ["pendek", "nomor saya 190001011920021001", "Petugas Contoh oke", "lahir 01011900 ya"]
)
def test_a_bad_password_is_refused(portal: Cloud, password: str) -> None:
    with pytest.raises(Problem) as problem:
        create_staff_account(new(password=password), institution="9901", by=by(portal, Role.ADMIN))
    assert problem.value.code is Code.INVALID_FIELDS


@pytest.mark.parametrize("login", ["123", "190013011920021001", "9901014101900000"])
def test_what_is_no_nip_and_no_nik_is_refused(login: str) -> None:
    with pytest.raises(ValueError, match="Isi NIP"):
        new(login=login)


def test_units_must_fit_into_a_cookie(portal: Cloud) -> None:
    create_staff_account(new(units=["SD Negeri Contoh"] * 60), institution="9901", by=by(portal, Role.ADMIN))
    answer = portal.call(app, "POST", "/registration/sessions", {"login": NIP, "password": PASSWORD})
    assert len(answer.cookies[SESSION_COOKIE]) < 4000
    with pytest.raises(ValueError, match="terlalu panjang"):
        new(units=["SD Negeri Contoh"] * 90)


def test_staff_are_listed_with_masked_numbers(portal: Cloud) -> None:
    create_staff_account(new(units=["SD Negeri 1 Contoh"]), institution="9901", by=by(portal, Role.BKN))
    create_staff_account(new(login="9901014101900001", role="admin"), institution="9901", by=by(portal, Role.BKN))
    shown = list_staff_accounts("9901", Actor(id="reader", role=Role.ADMIN, institution="9901"))
    assert [(one.role, one.login_masked) for one in shown] == [
        (Role.ADMIN, "9901**********01"),
        (Role.OPERATOR, "1900************01"),
    ]
    assert shown[1].units == ["SD Negeri 1 Contoh"]
    open_gate("9902")
    assert list_staff_accounts("9902", by(portal, Role.BKN)) == []
    stored = str(clients.dynamodb().scan(TableName=settings().table)["Items"])
    assert NIP not in stored
    assert "Petugas Contoh" not in stored


def test_the_first_bkn_account_is_made_once(portal: Cloud) -> None:
    account = create_first_bkn(NIP, "Petugas BKN Contoh", PASSWORD)
    assert (account.role, account.institution) == (Role.BKN, None)
    assert account_store.staff_private(account) == {"name": "Petugas BKN Contoh", "login": NIP}
    with pytest.raises(Problem) as problem:
        create_first_bkn(NIP, "Petugas BKN Contoh", PASSWORD)
    assert problem.value.code is Code.ACCOUNT_EXISTS


@pytest.mark.parametrize("login", ["9901014101900001", "123"])
def test_bkn_signs_in_with_a_nip_only(portal: Cloud, login: str) -> None:
    with pytest.raises(ValueError, match="nip-length"):
        create_first_bkn(login, "Petugas BKN Contoh", PASSWORD)


def test_an_account_must_be_what_the_token_says(portal: Cloud) -> None:
    account = create_first_bkn(NIP, "Petugas BKN Contoh", PASSWORD)
    actor = Actor(id=account.id, role=Role.BKN, institution=None, token_version=account.token_version)
    require_current(actor)
    for stale in (actor.model_copy(update={"token_version": 0}), actor.model_copy(update={"id": "1.nobody"})):
        with pytest.raises(Problem) as problem:
            require_current(stale)
        assert problem.value.code is Code.UNAUTHENTICATED
