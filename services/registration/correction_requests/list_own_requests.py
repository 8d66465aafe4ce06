"""A person's own requests, and what he needs to make another one."""

from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.documents import new_history_id
from services.kernel.security.sessions import Actor
from services.kernel.writes import gate
from services.registration.access.own_view import own_view
from services.registration.adapters import person_store
from services.registration.correction_requests.asking import ASKABLE
from services.registration.correction_requests.views import RequestView, Value, view_request
from services.registration.corrections.correctable import is_correctable
from services.registration.corrections.correcting import WINDOW_OF_CORRECTIONS
from services.registration.settings import files_key


class OwnRequests(BaseModel):
    """The newest first. `next_id` is what another one is called, in its evidence too.

    `values` are what stands now in the fields that may be asked for; `askable` says whether the record can be put right
    at all, `closes` until when it may be asked for. `returnable`: he was taken off the roster on his own word and may
    come back. `answer` is what the institution holds against his word that he works there no more.
    """

    v: int
    next_id: str
    askable: bool
    closes: datetime
    returnable: bool
    answer: str | None
    values: dict[str, Value]
    items: list[RequestView]


def list_own_requests(actor: Actor) -> OwnRequests:
    """What the signed-in person has asked to have put right."""
    dossier = person_store.load_dossier(actor.id)
    person = dossier.person
    round_ = gate.read_round(person.institution, consistent=False)
    own = own_view(dossier)
    row, private = own.person.row, person.private
    return OwnRequests(
        v=person.v,
        next_id=new_history_id(files_key(), person.pid),
        askable=is_correctable(person),
        closes=round_.windows[WINDOW_OF_CORRECTIONS].closes.astimezone(clock.WIB),
        returnable=bool(person.deletion_reason and private.deletion and private.deletion.stated),
        answer=private.activity_answer.reason if private.activity_answer and person.active is False else None,
        values={column.key: row.get(column.key) for column in ASKABLE},
        items=[view_request(each, own) for each in reversed(private.requests)],
    )
