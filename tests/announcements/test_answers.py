"""Answers kept for reuse: by whom, how many, and never with a personal number."""

from typing import Any

import pytest

from services.announcements import app as entry
from services.announcements.adapters import answer_store
from services.announcements.model.saved_answer import MOST
from services.kernel.security.sessions import NATIONAL, Role
from tests.announcements.world import CODE, World
from tests.support.aws import Answer

ONE: Any = {"title": "Lupa kata sandi", "text": "Atur ulang kata sandi sendiri pada halaman Lupa kata sandi."}


def put(world: World, role: Role, *answers: Any, v: int = 0, code: str = CODE, key: str | None = None) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    path = f"/announcements/institutions/{code}/answers"
    body = {"v": v, "answers": list(answers)}
    return world.cloud.call(entry.app, "PUT", path, body, token=token(world, role), headers=headers)


def token(world: World, role: Role) -> str:
    return world.cloud.token(role, None if role in NATIONAL else CODE, sub=f"staff-{role}")


def read(world: World, role: Role, code: str = CODE) -> Any:
    return world.get(f"/institutions/{code}/answers", token(world, role)).json


def test_a_help_desk_keeps_what_all_who_answer_use(world: World) -> None:
    assert read(world, Role.HELPDESK) == {"v": 0, "answers": [], "editable": True}
    assert put(world, Role.HELPDESK, ONE).json == {"v": 1, "answers": [ONE], "editable": True}
    assert read(world, Role.OPERATOR) == {"v": 1, "answers": [ONE], "editable": False}
    assert put(world, Role.OPERATOR, v=1).code == "forbidden"
    assert put(world, Role.ADMIN, v=1).json["answers"] == []


def test_bkn_keeps_its_own_alone(world: World) -> None:
    assert put(world, Role.BKN, ONE, code="nasional").status == 200
    assert put(world, Role.BKN, ONE).code == "forbidden"
    assert put(world, Role.HELPDESK, ONE, code="nasional").code == "not-found"
    assert (read(world, Role.BKN)["editable"], read(world, Role.AUDITOR, "nasional")["editable"]) == (False, False)
    assert read(world, Role.HELPDESK)["answers"] == []


def test_who_wrote_meanwhile_is_not_overwritten_and_a_retry_writes_once(world: World) -> None:
    assert put(world, Role.HELPDESK, ONE, key="satu-satunya-kunci").json["v"] == 1
    assert put(world, Role.HELPDESK, ONE, key="satu-satunya-kunci").json["v"] == 1
    assert put(world, Role.ADMIN, v=0).code == "version-moved"
    head = answer_store.LANE.log(CODE).head()
    assert head is not None
    assert head.version == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text": "Tulis ke petugas@contoh.id untuk jawabannya."}, "answers.0.text"),
        ({"text": "NIK 9901011705900001 sudah kami perbaiki."}, "answers.0.text"),
        ({"title": "Telepon 0812 3456 7890"}, "answers.0.title"),
        ({"text": "\u202e balik"}, "answers.0.text"),
        ({"text": "pendek"}, "answers.0.text"),
        ({"title": "x" * 81}, "answers.0.title"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(world: World, changed: Any, field: str) -> None:
    answer = put(world, Role.HELPDESK, {**ONE, **changed})
    assert (answer.code, [fault["field"] for fault in answer.json["fields"]]) == ("invalid-fields", [field])
    assert read(world, Role.HELPDESK)["v"] == 0


def test_fifty_are_kept_and_no_more(world: World) -> None:
    assert put(world, Role.HELPDESK, *[ONE] * MOST).status == 200
    assert put(world, Role.HELPDESK, *[ONE] * (MOST + 1), v=1).code == "invalid-fields"
