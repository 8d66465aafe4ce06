"""A change of the reg table as the facts it means for the other services; public fields only (domain.md, section 8)."""

from collections.abc import Iterator

from services.kernel import clock
from services.kernel.aws.dynamodb import Item
from services.kernel.events.facts import (
    CaseDivided,
    CaseHeard,
    CaseSettled,
    Fact,
    InstitutionContact,
    PersonListed,
    PersonMoved,
    RosterImported,
    RosterListed,
    RosterSealed,
    StaffListed,
    StaffRevoked,
)
from services.kernel.events.relay import Change
from services.kernel.reference.jobs import family_of
from services.kernel.states import Assurance
from services.registration.adapters import case_store, contact_store
from services.registration.adapters.account_store import NATIONAL
from services.registration.model.account import AccountState
from services.registration.model.edition import Purpose
from services.registration.model.import_job import JobState
from services.registration.model.person_states import DECIDED

_PUBLIC = (
    "state",
    "nama",
    "unit",
    "jab",
    "category",
    "registration_number",
    "account",
    "found",
    "assurance",
    "matters",
    "judged",
)
"""A change of anything else of a person is nobody else's business."""

_NOT_SURE = Assurance.BELUM_DIPASTIKAN.value
_FIRST = 1
"""The token version an account begins with, and the version of what is told once."""


def translate_change(change: Change) -> Iterator[Fact]:
    """The facts of one change: a person, contact or user moved, tokens ended, a roster came or was sealed, or none."""
    if change.new is None:
        return
    if change.pk.startswith("P#") and change.sk == "@" and change.moved(*_PUBLIC):
        yield _listed(change.new)
        if change.old is None and "from" in change.new:
            yield _moved(change.new)
    elif change.pk.startswith("U#") and change.sk == "@":
        yield from _of_account(change, change.new)
    elif change.pk.startswith("J#") and change.sk == "@" and change.moved("state"):
        yield from _of_import(change.new)
    elif change.pk.startswith(contact_store.PREFIX):
        yield _contact(change.new)
    elif change.old is None:
        yield from _of_new(change.pk, change.sk, change.new)


def _of_new(pk: str, sk: str, item: Item) -> Iterator[Fact]:
    """Of what is written once: a decision on a case, that two differ about one, that somebody was told, a list."""
    if pk.startswith(case_store.PREFIX) and sk == "@":
        yield _settled(item)
    elif pk.startswith(case_store.PREFIX) and sk == case_store.HEARD:
        yield _heard(item)
    elif pk.startswith(case_store.PREFIX) and sk == case_store.DIVIDED:
        yield _divided(item)
    elif pk.startswith("S#") and not sk.startswith("PLAN#"):
        yield _made(item)


def _listed(root: Item) -> PersonListed:
    return PersonListed(
        institution=root["institution"],
        v=root["v"],
        pid=root["pk"].removeprefix("P#"),
        state=root["state"],
        nama=root["nama"],
        unit_kerja=root["unit"],
        jabatan=root["jab"],
        kategori=root["category"],
        nomor_registrasi=root["registration_number"],
        has_account=root["account"],
        enrolment=root.get("enrolment"),
        found=root.get("found", ()),
        assured=root.get("assurance", _NOT_SURE) != _NOT_SURE,
        matters=root.get("matters", {}),
        judged=root.get("judged", ()) if root["state"] in DECIDED else (),
        family=family_of(root["jab"]),
    )


def _moved(root: Item) -> PersonMoved:
    pid = root["pk"].removeprefix("P#")
    return PersonMoved(institution=root["institution"], v=root["v"], pid=pid, before=root["from"])


def _of_account(change: Change, account: Item) -> Iterator[Fact]:
    if _ends_tokens(change.old, account):
        yield _revoked(account)
    if account["pid"] is None and account["institution"] is not None and change.moved("role", "state"):
        yield StaffListed(
            institution=account["institution"],
            v=account["v"],
            user=account["pk"].removeprefix("U#"),
            role=account["role"],
            active=account["state"] == AccountState.AKTIF.value,
        )


def _of_import(job: Item) -> Iterator[Fact]:
    """Of a file whose rows were answered, also where some are held for an admin; not of one that was refused whole."""
    if JobState(job["state"]).is_answered and "received" in job:
        received = clock.from_millis(job["received"])
        yield RosterImported(institution=job["institution"], v=job["received"], received=received)


def _ends_tokens(old: Item | None, new: Item) -> bool:
    """Whether tokens that were given before are over now; of a new account there are none."""
    before = old or {"tv": _FIRST}
    return bool(new["tv"] > before["tv"]) or not _ended(new) <= _ended(before)


def _ended(account: Item) -> frozenset[str]:
    """Names of the single sign-ins of an account that were ended."""
    return frozenset(account.get("ended", ()))


def _revoked(account: Item) -> StaffRevoked:
    return StaffRevoked(
        institution=account["institution"] or NATIONAL,
        v=account["v"],
        user=account["pid"] or account["pk"].removeprefix("U#"),
        tv=account["tv"],
        sessions_ended=tuple(sorted(_ended(account))),
    )


def _contact(item: Item) -> InstitutionContact:
    institution = item["pk"].removeprefix(contact_store.PREFIX)
    return InstitutionContact(institution=institution, v=item["v"], contact=contact_store.of(item))


def _settled(item: Item) -> CaseSettled:
    case = case_store.to_settled(item)
    return CaseSettled(
        institution=case.institution,
        v=_FIRST,
        case=case.number,
        decision=case.decision,
        accepted=case.accepted,
        pid=case.pid,
        became=case.became,
        beside=case.beside,
        at=clock.from_millis(case.at),
    )


def _heard(item: Item) -> CaseHeard:
    heard = case_store.to_heard(item)
    return CaseHeard(
        institution=heard.institution, v=_FIRST, case=heard.number, pid=heard.pid, at=clock.from_millis(heard.at)
    )


def _divided(item: Item) -> CaseDivided:
    divided = case_store.to_divided(item)
    at = clock.from_millis(divided.at)
    return CaseDivided(institution=divided.institution, v=_FIRST, case=divided.number, at=at)


def _made(seal: Item) -> RosterListed | RosterSealed:
    told = {name: value for name, value in seal.items() if name in RosterSealed.model_fields}
    institution = seal["pk"].removeprefix("S#")
    made = RosterSealed if seal["purpose"] == Purpose.SEAL.value else RosterListed
    return made.model_validate({**told, "institution": institution, "v": seal["number"]})
