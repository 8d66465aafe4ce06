"""The mails that deeds have put by, as they will be read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.kernel.notices.catalogue import NoticeKind
from services.kernel.notices.render import render_mail
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.web.languages import Language
from services.registration.adapters import account_store
from services.registration.model.account import Account
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
    """What waits to be sent to a member of staff, the latest last."""
    items = [one for one in cloud.items("RegTable") if one["pk"].startswith("NOTICE#")]
    own = [one for one in items if one["sk"] == f"staff#{account.id}"]
    return [_mail(item) for item in sorted(own, key=lambda one: int(one["at"]))]


def _mail(item: dict[str, Any]) -> Mail:
    place = Place(settings().table, item["pk"], item["sk"])
    private = privacy.decrypt(item["private"], institution=item["institution"], salt=item["salt"], place=place)
    fields = {name: _read(name, value) for name, value in private["fields"].items()}
    subject, body = render_mail(NoticeKind(item["notice"]), fields, Language.INDONESIAN, "https://contoh.id")
    owner = account_store.load(item["sk"].removeprefix("staff#"))
    assert owner is not None
    return Mail(private["address"] or account_store.staff_private(owner).email, subject, body)


def _read(name: str, value: Any) -> str | int | datetime:
    return datetime.fromisoformat(value) if name in INSTANTS else value
