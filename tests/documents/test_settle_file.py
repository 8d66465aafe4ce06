"""Verdicts that race: whoever writes second sees what the first one did."""

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.documents.adapters import store
from services.documents.model.file import File
from services.documents.settings import settings
from services.documents.uploads.settle_file import settle_file
from services.kernel.aws import dynamodb
from services.kernel.documents import FILE_MOVES, DocumentType, FileState
from services.kernel.writes import ungated
from tests.documents.world import NOON, World

KTP = DocumentType.KTP
VERDICTS: dict[FileState, dict[str, Any]] = {
    FileState.DITERIMA: {"key": "ktp/x", "sha256": "0"},
    FileState.DITOLAK: {"code": "empty", "message": "m"},
}


def judged(file: File, verdict: FileState) -> File:
    return replace(file, state=verdict, **VERDICTS[verdict])


def put(file: File) -> None:
    """Bring a stored file into a state, whatever it was."""
    assert ungated.commit([store.changed_file(replace(file, v=file.v + 1))])


@pytest.mark.parametrize(("state", "verdict"), list(itertools.product(FileState, VERDICTS)))
def test_every_state_against_every_verdict(world: World, state: FileState, verdict: FileState) -> None:
    file = world.stored(world.promised(KTP)["id"])
    put(replace(file, state=state))
    before = world.stored(str(file.id))
    after = settle_file(judged(file, verdict), NOON)
    stored = world.stored(str(file.id))
    assert after == stored
    if FILE_MOVES.allowed(state, verdict):
        assert (stored.state, stored.v) == (verdict, before.v + 1)
    else:
        assert stored == before


def test_a_verdict_after_a_newer_file_counts_is_too_late(world: World) -> None:
    older, newer = (world.stored(world.promised(KTP)["id"]) for _ in range(2))
    put(replace(newer, state=FileState.DITERIMA, key="k", sha256="s"))
    assert settle_file(judged(older, FileState.DITERIMA), NOON).state is FileState.DIGANTI
    assert world.state(str(newer.id)) is FileState.DITERIMA


def test_a_transaction_never_grows_beyond_what_dynamodb_takes(world: World) -> None:
    first = world.stored(world.accepted(KTP))
    waiting = [
        replace(first, id=replace(first.id, n=n), v=1, state=FileState.MENUNGGU_UNGGAH, incoming=f"x{n}")
        for n in range(2, 102)
    ]
    for half in (waiting[:50], waiting[50:]):
        dynamodb.transact([operation for file in half for operation in store.new_file(file)])
    settle_file(judged(waiting[-1], FileState.DITERIMA), NOON + timedelta(minutes=1))
    assert world.state(str(first.id)) is FileState.DIGANTI
    assert world.state(str(waiting[-1].id)) is FileState.DITERIMA


def test_a_file_that_is_not_there_any_more_is_left(world: World) -> None:
    file = world.stored(world.promised(KTP)["id"])
    key = {"pk": f"P#{file.id.subject}", "sk": f"D#KTP#{file.id.n:06d}"}
    dynamodb.transact([dynamodb.delete(settings().table, key)])
    assert settle_file(judged(file, FileState.DITERIMA), NOON) == judged(file, FileState.DITERIMA)
