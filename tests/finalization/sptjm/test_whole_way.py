"""The paper from the seal to bkn's desk: printed here, signed there, inspected by documents, handed in."""

from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from services.finalization.sptjm.hand_out_sptjm import statement
from services.finalization.sptjm.render_sptjm import render_sptjm
from services.kernel.aws import s3
from services.kernel.documents import DocumentType
from services.kernel.events import facts
from services.kernel.security.sessions import Role
from tests.documents.inspection.makers import pdf
from tests.documents.inspection.signing import signed
from tests.documents.world import World as Documents
from tests.finalization.world import NUMBER, World
from tests.support.aws import Cloud


class Archive(Documents):
    """Documents' functions beside finalization's, in a round that finalization has opened."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud

    def take(self, content: bytes) -> tuple[str, facts.Fact]:
        """Upload as the PPK; returns the file's id and what documents tells of it."""
        self.cloud.use("documents")
        file = self.uploaded(DocumentType.SPTJM, content, token=self.staff(Role.PPK))
        told = self.relayed()[-1]
        self.cloud.use("finalization")
        return file, facts.parse(told["detail-type"], told["detail"])


def fetched(world: World) -> bytes:
    link = urlsplit(world.get("sptjm/document").headers["location"])
    paper = s3.read("exports-bucket", link.path.lstrip("/"))
    assert paper is not None
    return paper


def handed_in(world: World, content: bytes) -> tuple[int, str | None]:
    """Upload and hand in; returns the status, and the code of what is wrong with the file."""
    file, told = Archive(world.cloud).take(content)
    assert world.tell(told) == []
    answer = world.hand_in(file)
    return answer.status, None if answer.status == 200 else answer.json["fields"][0]["code"]


@pytest.mark.parametrize(("scan", "printed"), [(False, NUMBER), (True, None)])
def test_what_was_fetched_is_taken_in_signed_or_scanned(sealed: World, *, scan: bool, printed: str | None) -> None:
    paper = fetched(sealed)
    assert handed_in(sealed, pdf(text="Pindaian") if scan else signed(paper)) == (200, None)
    shown = sealed.get(role="bkn").json["sptjm"]
    assert (shown["state"], shown["number"], shown["printed_number"]) == ("DIUNGGAH", NUMBER, printed)


def test_the_paper_of_another_seal_is_refused(sealed: World) -> None:
    fetched(sealed)
    older = replace(statement(sealed.stored()), number="SPTJM-9901-2")
    assert handed_in(sealed, signed(render_sptjm(older))) == (422, "another-number")
    assert handed_in(sealed, signed(fetched(sealed))) == (200, None)


def test_a_paper_that_documents_refuse_is_refused_here(sealed: World) -> None:
    fetched(sealed)
    assert handed_in(sealed, b"%PDF-1.7 nothing") == (422, "not-accepted")
