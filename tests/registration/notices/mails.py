"""The mails that deeds have put by, as they will be read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.kernel.notices.catalogue import NoticeKind, Recipient
from services.kernel.notices.render import render_mail
from services.kernel.notices.send import Contact
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.web.languages import Language
from services.registration.model.account import Account
from services.registration.notices.find_contact import find_contact
from services.registration.settings import settings
from tests.support.aws import Cloud

INSTANTS = {"at", "until"}


@dataclass(frozen=True)
class Mail:
    """One mail."""

    to: str
    subject: str
    body: str


def mails_of(cloud: Cloud, account: Account) -> list[Mail]:
    """What waits to be sent to whoever has an account, the latest last."""
    return _mails(cloud, {f"staff#{account.id}", f"person#{account.id}"})


def codes_of(cloud: Cloud, enrolment: str | None = None) -> list[Mail]:
    """What waits to be sent to whoever has no account yet, the latest last; of one enrolment, or of all."""
    items = (one["sk"] for one in _waiting(cloud) if one["sk"].startswith("enrolment#"))
    return _mails(cloud, {f"enrolment#{enrolment}"} if enrolment else set(items))


def _mails(cloud: Cloud, recipients: set[str]) -> list[Mail]:
    own = [one for one in _waiting(cloud) if one["sk"] in recipients]
    return [_mail(item) for item in sorted(own, key=lambda one: int(one["at"]))]


def _waiting(cloud: Cloud) -> list[dict[str, Any]]:
    return [one for one in cloud.items("RegTable") if one["pk"].startswith("NOTICE#") and "private" in one]


def _mail(item: dict[str, Any]) -> Mail:
    place = Place(settings().table, item["pk"], item["sk"])
    private = privacy.decrypt(item["private"], institution=item["institution"], salt=item["salt"], place=place)
    fields = {name: _read(name, value) for name, value in private["fields"].items()}
    given = Contact(private["address"], None, Language(private["language"]))
    found = given if private["address"] else find_contact(Recipient.parse(item["sk"]))
    assert found is not None
    subject, body = render_mail(NoticeKind(item["notice"]), fields, found.language, "https://contoh.id")
    return Mail(found.email or found.phone or "", subject, body)


def _read(name: str, value: Any) -> str | int | datetime:
    return datetime.fromisoformat(value) if name in INSTANTS else value
