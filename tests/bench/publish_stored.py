"""`python -m tests.bench.publish_stored`: one run of the publishing function, with its table and its bucket.

14,000 people, a tenth of the largest list: the emulator looks at every row for every page of a query. It answers from a
process of its own; the run is the one the minute's schedule starts. Prints the function's own processor seconds (for
making, and for reading and writing through boto3), the seconds it took with an emulator for a cloud, its memory at the
most, and what it asked of AWS.
"""

import json
import resource
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from services.announcements.adapters import dirty_store, institution_store
from services.announcements.pages.publish import publish
from services.kernel.aws import clients
from services.kernel.events.facts import InstitutionOpened, InstitutionPhaseChanged, PersonListed
from services.kernel.states import Category, PersonState, Phase
from tests.bench.publish_140k import MINISTRY, SINCE
from tests.system.racecourse import course
from tools.sample.people import person

PEOPLE = 14_000
TOGETHER = 1_000
CODE = MINISTRY.code


def main() -> None:
    """Fill the table as the facts do, let the function run once, print what it took."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        with course(Path(folder), patch) as cloud:
            cloud.be("announcements")
            _fill()
            print(json.dumps(_run(), indent=1))


def _fill() -> None:
    institution_store.keep_title(
        InstitutionOpened(institution=CODE, v=1, title=MINISTRY.title or "", kind="kementerian", at=SINCE)
    )
    institution_store.keep_phase(
        InstitutionPhaseChanged(
            institution=CODE, v=1, phase=Phase.PRAFINAL, epoch=1, at=SINCE, correction_closes=SINCE, sptjm_state=""
        )
    )
    for start in range(0, PEOPLE, TOGETHER):
        institution_store.keep_people([_listed(number) for number in range(start, min(start + TOGETHER, PEOPLE))])
    dirty_store.mark(CODE, SINCE)


def _run() -> dict[str, Any]:
    asked = Counter[str]()
    for client in (clients.dynamodb(), clients.s3()):
        client.meta.events.register("before-call", lambda model, **_: asked.update([model.name]))
    before, began, processor = _peak_mb(), time.monotonic(), time.process_time()
    publish(SINCE)
    return {
        "processor_s": round(time.process_time() - processor, 1),
        "clock_s": round(time.monotonic() - began, 1),
        "memory_mb": _peak_mb(),
        "memory_before_mb": before,
        "asked": dict(asked),
    }


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _listed(number: int) -> PersonListed:
    fields = person(number)
    return PersonListed(
        institution=CODE,
        v=1,
        pid=f"{number:026d}",
        state=PersonState.TERDAFTAR,
        nama=fields["nama"],
        unit_kerja=fields["unit_kerja"],
        jabatan=fields["jabatan"],
        kategori=Category.NON_ASN,
        nomor_registrasi=f"REG{number:07d}",
    )


if __name__ == "__main__":
    main()
