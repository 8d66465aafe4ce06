"""What a person's pages tell of his institution's round."""

from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.states import Phase
from services.kernel.writes.calendar import Round, Window
from services.registration.dossiers.outcome import Stage, stage_of
from services.registration.shared.on_lists import OnLists


class RoundPart(BaseModel):
    """A round, seen by one of its people; `reopened`: it was sealed before, and opened again."""

    phase: Phase
    stage: Stage
    dossier_opens: datetime
    dossier_closes: datetime
    verification_closes: datetime
    last_close: datetime
    reopened: bool


def view_round(round_: Round, lists: OnLists, received: datetime) -> RoundPart:
    """The round as it is shown at an instant, with the lists that were made in it."""
    dossier = round_.windows[Window.DOSSIER]
    return RoundPart(
        phase=round_.phase,
        stage=stage_of(round_, received),
        dossier_opens=dossier.opens.astimezone(clock.WIB),
        dossier_closes=dossier.closes.astimezone(clock.WIB),
        verification_closes=round_.windows[Window.VERIFICATION].closes.astimezone(clock.WIB),
        last_close=round_.last_close.astimezone(clock.WIB),
        reopened=round_.phase is Phase.PRAFINAL and lists.sealed_before,
    )
