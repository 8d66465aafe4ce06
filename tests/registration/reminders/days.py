"""Days of an institution on which reminders are sent, each step done as its queue hands it over."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from services.kernel.aws import dynamodb
from services.kernel.security.sessions import Role
from services.kernel.writes.calendar import DEFAULT_2022, Window
from services.registration.adapters import account_store
from services.registration.app import remind
from services.registration.model.account import Account, AccountState
from services.registration.model.person import Person
from services.registration.reminders.begin_reminders import begin_reminders
from tests.registration.listed import INSTITUTION
from tests.registration.staff import staff_account
from tests.support.aws import Cloud, queued

CLOSES: Final = DEFAULT_2022[Window.DOSSIER].closes
MORNING: Final = (CLOSES - timedelta(days=7)).replace(hour=8)
ADMIN: Final = "199001012020121001"


@dataclass(frozen=True)
class Days:
    """Somebody with an account in an institution of the directory; each step is done as its queue hands it over."""

    cloud: Cloud
    person: Person

    def run(self, now: datetime = MORNING) -> list[dict[str, Any]]:
        """The hourly run at this instant and every step that follows; returns the steps that were done."""
        begin_reminders(self.cloud.at(now))
        return list(self.steps())

    def steps(self) -> Iterator[dict[str, Any]]:
        """Do what waits in the queue, until nothing does."""
        while waiting := [json.loads(body) for body in self.cloud.messages("RemindersQueue")]:
            for step in waiting:
                self.do(step)
                yield step

    def do(self, step: dict[str, Any]) -> None:
        """Do one step."""
        assert remind(queued([step]), None) == {"batchItemFailures": []}

    def told(self) -> set[tuple[str, str]]:
        """Kind of notice and recipient of whatever has been put by."""
        items = [one for one in self.cloud.items("RegTable") if one["pk"].startswith("NOTICE#reminder.")]
        return {(one["notice"], one["sk"].partition("#")[0]) for one in items}

    def events(self) -> list[str]:
        """The events told, one for each recipient."""
        pks = [one["pk"] for one in self.cloud.items("RegTable")]
        return [pk.removeprefix("NOTICE#") for pk in pks if pk.startswith("NOTICE#reminder.")]

    def staff(self, login: str = ADMIN, role: Role = Role.ADMIN, state: AccountState = AccountState.AKTIF) -> Account:
        """A member of the institution's staff."""
        account = staff_account(login, role, INSTITUTION)
        kept = replace(account, state=state, v=2)
        dynamodb.transact([account_store.replace(kept, account)])
        return kept
