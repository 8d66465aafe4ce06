"""Ask the population register about a person, when his account is made and again until it answers.

Not at the identity check: whoever knows a NIK would learn of its answer. The answer opens and closes nothing: it is
shown to staff (`dukcapil_note.py`), who decide with the KTP before them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.log import LogLine, log, where
from services.kernel.writes import ungated
from services.registration.adapters import dukcapil_store, person_store
from services.registration.adapters.dukcapil_service import DukcapilService, dukcapil_service
from services.registration.model.dukcapil import DukcapilAnswer, DukcapilCheck, DukcapilQuestion
from services.registration.model.person import Person

_MOST: Final = 500
"""People asked about in one run."""
_ENOUGH: Final = 5


def check_dukcapil(person: Person, received: datetime, service: DukcapilService | None = None) -> Sequence[Operation]:
    """Ask for the first time; the operations that keep the answer with the account, none where nobody can be asked.

    `service` None: that of this stage. A register that does not answer keeps nobody waiting: it is asked again.
    """
    line = service or dukcapil_service()
    if line is None or dukcapil_store.find(person) is not None:
        return ()
    return [dukcapil_store.put(person, DukcapilCheck(person.pid, _answer(line, person), clock.millis(received), 1))]


def check_dukcapil_again(now: datetime, service: DukcapilService | None = None) -> int:
    """Ask about whoever waits for an answer; returns how many got one.

    Who gets none goes to the end of the line; after `_ENOUGH` of them the register is away until the next run.
    """
    line, answered, away = service or dukcapil_service(), 0, 0
    waiting = dukcapil_store.waiting(_MOST) if line else []
    for pid in waiting:
        if line is None or away == _ENOUGH:
            break
        if _ask_again(line, person_store.load(pid), now):
            answered += 1
        else:
            away += 1
    if waiting:
        log(LogLine.DUKCAPIL_ASKED, count=answered)
    return answered


def _ask_again(line: DukcapilService, person: Person, now: datetime) -> bool:
    """Keep the next answer; whether it was one."""
    before = dukcapil_store.find(person)
    v = before.v if before is not None else 0
    check = DukcapilCheck(person.pid, _answer(line, person), clock.millis(now), v + 1)
    ungated.commit([dukcapil_store.put(person, check)])
    return check.answer is not DukcapilAnswer.LAYANAN_TERGANGGU


def _answer(service: DukcapilService, person: Person) -> DukcapilAnswer:
    row = person.row
    question = DukcapilQuestion(row["nik"], person.private.nomor_kk or "", row["nama"], row.get("tanggal_lahir") or "")
    try:
        return service.ask(question)
    except Exception as failed:  # noqa: BLE001 - whatever it is, no account waits for it
        log(LogLine.DUKCAPIL_AWAY, error=where(failed))
        return DukcapilAnswer.LAYANAN_TERGANGGU
