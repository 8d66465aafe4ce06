"""A person takes a copy of his data: asks, the queue's function makes it, he fetches it."""

import json
from typing import Any
from urllib.parse import urlsplit

from services.kernel.aws import s3
from services.registration.app import app, build_data_copy
from services.registration.settings import settings
from tests.support.aws import Answer, Cloud, queued

QUEUE = "DataCopiesQueue"


class Taker:
    """Somebody signed in, at the routes of copies."""

    def __init__(self, cloud: Cloud, pid: str, institution: str = "9901") -> None:
        self.cloud = cloud
        self._who = (institution, pid)

    @property
    def _token(self) -> str:
        return self.cloud.token("honorer", *self._who)

    def ask(self, **sent: Any) -> Answer:
        """Ask for a copy."""
        return self.cloud.call(app, "POST", "/registration/me/copies", token=self._token, **sent)

    def get(self, path: str = "") -> Answer:
        """Read below the copies."""
        return self.cloud.call(app, "GET", f"/registration/me/copies{path}", token=self._token)

    def take(self) -> dict[str, Any]:
        """Ask, have it made, and fetch the JSON."""
        asked = self.ask()
        assert asked.status == 202, asked.text
        assert work_off(self.cloud) == []
        found: dict[str, Any] = json.loads(fetched(self.get(f"/{asked.json['id']}/json")))
        return found

    def paper(self) -> bytes:
        """The PDF of the copy that was taken last."""
        return fetched(self.get(f"/{self.get().json['latest']['id']}/pdf"))


def work_off(cloud: Cloud) -> list[str]:
    """Have the queue's messages done; returns the ids of those that must come again."""
    bodies = [json.loads(body) for body in cloud.messages(QUEUE)]
    answer = build_data_copy(queued(bodies), None) if bodies else {"batchItemFailures": []}
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def fetched(answer: Answer) -> bytes:
    """What lies where a link leads."""
    assert answer.status == 303, answer.text
    path = urlsplit(answer.headers["location"]).path
    found = s3.read(settings().exports_bucket, path[path.index("tmp/") :])
    assert found is not None
    return found
