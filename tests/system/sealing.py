"""After a seal: hold it against what the writers were told, what the layer saw, the tables and the audit trail."""

import json
from collections.abc import Collection

from services.kernel.audit import examine as audit_examine
from services.kernel.aws import s3
from services.kernel.aws.dynamodb import Item
from services.kernel.writes import gate
from services.registration.adapters import counter_store, person_store, roster_store, seal_files, seal_store
from services.registration.adapters.audit_trail import RegistrationTrail
from services.registration.dossiers.biodata import account_of
from services.registration.model.edition import Edition, Purpose
from services.registration.model.sealed_row import SealedRow
from services.registration.seals.finish_seal import counted
from services.registration.settings import settings
from tests.system import judging
from tests.system.judging import Told, Witnessed
from tests.system.officials import INSTITUTION


def judge_seal(seen: Witnessed, told: Told, people: int) -> None:
    """Fail unless what is sealed is what was acknowledged, in time, and nothing else but what nobody was told of."""
    round_ = gate.read_round(INSTITUTION)
    edition = Edition(INSTITUTION, Purpose.SEAL, round_.epoch)
    rows = _rows(edition)
    pids = sorted(roster_store.everybody(INSTITUTION))
    roots = {root["registration_number"]: root for root in roster_store.roots_together(pids)}
    stored = {root["pk"].removeprefix("P#"): int(root["v"]) for root in roots.values()}
    sealed = {roots[row.nomor_registrasi]["pk"].removeprefix("P#"): row.v for row in rows}
    assert len(rows) == len(stored) == len(pids) == people + len(seen.joined)
    found = [*judging.faults(seen, told), *judging.sealed_faults(seen, sealed, stored)]
    assert not found, "; ".join(found)
    assert {row.nomor_registrasi: row.state.value for row in rows} == {n: root["state"] for n, root in roots.items()}
    left = {root["pk"]: root["successor"] for root in roots.values() if "successor" in root}
    came = {f"P#{root['from']}": root["pk"].removeprefix("P#") for root in roots.values() if "from" in root}
    assert left == came, "who left a wrong NIK stands under the right one, and nobody else does"
    assert _accounts(roots.values()) == _handed_over(seen, roots.values()), (
        "an account goes with each write that says so"
    )
    assert _listed(edition) == {row.nomor_registrasi for row in rows if row.state in edition.listed}
    assert counted(rows) == counter_store.settled(round_)
    trail = audit_examine.examine(INSTITUTION, pids, RegistrationTrail(), {})
    assert trail.faults == []
    assert sum(head.version for head in trail.sound.values()) == len(seen.commits) + people


def _rows(edition: Edition) -> list[SealedRow]:
    """What was sealed, with states and versions."""
    plan, seal = seal_store.load_plan(edition), seal_store.load(edition)
    assert plan is not None
    assert seal is not None
    rows = [row for part in range(plan.parts) for row in seal_files.read_rows(edition, plan.attempt, part)]
    assert len(rows) == seal.people
    return rows


def _listed(edition: Edition) -> set[str]:
    """The registration numbers on the sealed list."""
    content = s3.read(settings().exports_bucket, seal_files.list_key(edition))
    assert content is not None
    return {json.loads(line)["nomor_registrasi"] for line in content.splitlines()}


def _accounts(roots: Collection[Item]) -> dict[str, int]:
    """How often the tokens of each person's account were ended."""
    people = person_store.load_many([_pid(root) for root in roots if root.get("account")]).values()
    return {person.pid: account_of(person).token_version - 1 for person in people}


def _handed_over(seen: Witnessed, roots: Collection[Item]) -> dict[str, int]:
    """How often they should have been: once for each reclaim, and for each NIK the account has gone along to."""
    came = {_pid(root): root["from"] for root in roots if "from" in root}

    def times(pid: str) -> int:
        return seen.reclaims[pid] + (1 + times(came[pid]) if pid in came else 0)

    return {_pid(root): times(_pid(root)) for root in roots if root.get("account")}


def _pid(root: Item) -> str:
    return str(root["pk"]).removeprefix("P#")
