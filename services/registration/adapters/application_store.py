"""Applications in the reg table, `L#<number>`/`@`, listed by state; and what is open of whom at which institution."""

from datetime import datetime
from typing import Final

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.documents import FileState, parse_file_id
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.registration.model.application import Applicant, Application, ApplicationState, Letter
from services.registration.settings import lookup_key, settings

OPEN: Final = "open"
"""The label of the operation that notes an open application: refused where that e-mail has one."""


def load(number: str) -> Application | None:
    """An application by its number."""
    item = dynamodb.get(settings().table, _key(number))
    return None if item is None else _to_application(item)


def put(application: Application, before: Application | None = None) -> Operation:
    """The operation that makes or moves an application, unless it moved since `before` was read."""
    unmoved = Attr("pk").not_exists() if before is None else Attr("v").eq(before.v)
    return dynamodb.put(settings().table, _to_item(application), when=unmoved, label="application")


def in_state(state: ApplicationState, most: int) -> tuple[list[Application], bool]:
    """The first `most` in a state, and whether there are more; open ones the oldest first, others the newest."""
    waiting = state is ApplicationState.DIAJUKAN
    when = KeyPart("g1pk").eq(f"L#{state.value}")
    items, last = dynamodb.query(settings().table, when, index="roster", limit=most, forward=waiting)
    return [_to_application(item) for item in items], last is not None


def due_of_open(most: int) -> tuple[list[datetime], bool]:
    """When the first `most` open ones should have been decided, and whether there are more; nothing is decrypted."""
    when = KeyPart("g1pk").eq(f"L#{ApplicationState.DIAJUKAN.value}")
    items, last = dynamodb.query(settings().table, when, index="roster", limit=most)
    return [clock.from_millis(item["due_at"]) for item in items], last is not None


def open_of(institution: str, account: str) -> dict[str, str]:
    """The open applications of one NIP at one institution: number by keyed hash of the e-mail."""
    items = dynamodb.query_all(settings().table, KeyPart("pk").eq(_open_pk(institution, account)))
    return {item["sk"]: item["number"] for item in items}


def hash_email(email: str) -> str:
    """By what an application of the same NIP and e-mail is found again."""
    return privacy.blind(lookup_key(), "application e-mail", email.casefold())


def note_open(application: Application) -> Operation:
    """The operation that notes an open application; one NIP, institution and e-mail have one at a time."""
    item = {**_open_key(application), "number": application.number}
    return dynamodb.put(settings().table, item, when=Attr("pk").not_exists(), label=OPEN)


def note_closed(application: Application) -> Operation:
    """The operation that ends it: he may apply again."""
    return dynamodb.delete(settings().table, _open_key(application))


def keep_letter(number: str, letter: Letter) -> Operation:
    """The operation that keeps what documents says of a letter while the application is open.

    Facts come late and twice: an accepted letter gives way to a later accepted one only, a refused one to any later.
    """
    n = parse_file_id(letter.file).n
    later = Attr("letter_n").not_exists() | Attr("letter_n").lt(n)
    refused = Attr("letter_state").not_exists() | Attr("letter_state").eq(FileState.DITOLAK.value)
    free = later | refused if letter.state is FileState.DITERIMA else later & refused
    return dynamodb.update(
        settings().table,
        _key(number),
        values={"letter_n": n, "letter_state": letter.state.value, "letter": letter.file, "told": letter.message},
        add={"v": 1},
        when=Attr("state").eq(ApplicationState.DIAJUKAN.value) & free,
    )


def _key(number: str) -> dict[str, str]:
    return {"pk": f"L#{number}", "sk": "@"}


def _open_pk(institution: str, account: str) -> str:
    return f"L?#{institution}#{account}"


def _open_key(application: Application) -> dict[str, str]:
    email = hash_email(application.applicant.email)
    return {"pk": _open_pk(application.institution, application.account), "sk": email}


def _place(number: str) -> Place:
    key = _key(number)
    return Place(settings().table, key["pk"], key["sk"])


def _to_item(application: Application) -> Item:
    letter, salt = application.letter, application.salt
    private = {**vars(application.applicant), "reason": application.reason}
    item: Item = {
        **_key(application.number),
        "g1pk": f"L#{application.state.value}",
        "g1sk": f"{clock.millis(application.decided_at or application.at):015d}#{application.number}",
        "institution": application.institution,
        "state": application.state.value,
        "account": application.account,
        "at": clock.millis(application.at),
        "due_at": clock.millis(application.due_at),
        "v": application.v,
        "salt": salt,
        "private": privacy.encrypt(
            private, institution=application.institution, salt=salt, place=_place(application.number)
        ),
        "decided_by": application.decided_by,
        "decided_at": clock.millis(application.decided_at) if application.decided_at else None,
        "invitation": application.invitation,
    }
    if letter is not None:
        n = parse_file_id(letter.file).n
        item |= {"letter": letter.file, "letter_n": n, "letter_state": letter.state.value, "told": letter.message}
    return item


def _to_application(item: Item) -> Application:
    number, institution = item["pk"].removeprefix("L#"), item["institution"]
    private = privacy.decrypt(item["private"], institution=institution, salt=item["salt"], place=_place(number))
    reason = private.pop("reason")
    letter = Letter(item["letter"], FileState(item["letter_state"]), item["told"]) if "letter" in item else None
    return Application(
        number=number,
        institution=institution,
        state=ApplicationState(item["state"]),
        account=item["account"],
        at=clock.from_millis(item["at"]),
        due_at=clock.from_millis(item["due_at"]),
        v=item["v"],
        salt=item["salt"],
        applicant=Applicant(**private),
        letter=letter,
        decided_by=item["decided_by"],
        decided_at=clock.from_millis(item["decided_at"]) if item["decided_at"] else None,
        reason=reason,
        invitation=item["invitation"],
    )
