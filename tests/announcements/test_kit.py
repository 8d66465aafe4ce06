"""What an institution announces its list with by itself, and what it records of having done so."""

import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

from infra.local.patterns import passes
from services.announcements import app as entry
from services.announcements.adapters.audit_trail import AnnouncementsTrail
from services.announcements.facts.translate_change import translate_change
from services.announcements.kit.announced_list import AnnouncedList, Line, mark_of
from services.announcements.kit.hand_out_papers import PaperQuery, extract_of
from services.announcements.kit.preview_list import PreviewQuery, preview_list
from services.announcements.kit.render_list import render_list
from services.announcements.kit.views import ROWS_A_PAPER, papers
from services.announcements.model.own_announcement import ListName
from services.announcements.settings import files_key, settings
from services.kernel import clock
from services.kernel.aws import dynamodb, s3
from services.kernel.documents.openings import sign_opening
from services.kernel.events.facts import AnnouncementRecorded, InstitutionContact
from services.kernel.events.relay import Change
from services.kernel.problems import Problem
from services.kernel.security.findings import Finding, PublishedField
from services.kernel.security.personal_numbers import PersonalNumber
from services.kernel.security.sessions import Actor, Role
from services.kernel.states import Category, Phase
from tests.announcements.world import CODE, NOON, OTHER, World
from tests.support.aws import Answer, relay_filters

KIT = f"/announcements/institutions/{CODE}/kit"
PHOTO = f"I{CODE}.PENGUMUMAN.1"
ADDRESS = "https://bkpsdm.contoh.go.id/pengumuman/2022/10/05/non-asn"
WEB = {"place": "WEB", "on": "2022-10-05", "address": ADDRESS}
BOARD = {"place": "BOARD", "on": "2022-10-05"}


def ask(world: World, path: str = KIT, role: Role = Role.ADMIN, code: str = CODE, **sent: Any) -> Answer:
    office = None if role in {Role.BKN, Role.AUDITOR} else code
    return world.cloud.call(entry.app, "GET", path, token=world.cloud.token(role, office), **sent)


def record(
    world: World, body: dict[str, Any], name: str = "prefinal-1", *, role: Role = Role.ADMIN, **sent: Any
) -> Answer:
    path = f"/announcements/institutions/{CODE}/announcements/{name}"
    token = world.cloud.token(role, CODE, sent.pop("sub", "admin-1"))
    return world.cloud.call(entry.app, "PUT", path, body, token=token, received=clock.now(), **sent)


def faults(answer: Answer) -> dict[str, str]:
    """What is wrong with which field."""
    assert answer.code == "invalid-fields", answer.text
    return {one["field"]: one["code"] for one in answer.json["fields"]}


def opened(file: str = PHOTO, by: str = "admin-1") -> str:
    return sign_opening(files_key(), file, by=by, now=clock.now())


def told(record: dict[str, Any]) -> bool:
    """Whether the relay is called for a record of the stream."""
    return passes(record, relay_filters("AnnTable"))


def paper(answer: Answer) -> str:
    """The text of the PDF that an answer leads to."""
    assert answer.status == 303, answer.text
    key = urlsplit(answer.headers["location"]).path.rpartition("tmp/")[2]
    content = s3.read(settings().exports_bucket, f"tmp/{key}")
    assert content is not None
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.fixture
def announced(world: World) -> World:
    """Three people of two units at uji publik, under list 1."""
    people = [
        world.person(1, unit_kerja="SD Contoh"),
        world.person(2, unit_kerja="SD Contoh", kategori=Category.THK_II),
        world.person(3, unit_kerja="Dinas Contoh"),
    ]
    world.prefinal(*people)
    world.published(world.numbered(total=3))
    return world


def test_there_is_no_kit_before_anything_is_announced(world: World) -> None:
    world.published(world.opened(), world.phase(Phase.PENGINPUTAN), world.person(1))
    kit = ask(world).json
    assert (kit["public"], kit["lists"], kit["announcements"]) == (None, [], [])
    assert ask(world, f"{KIT}/paper").code == "illegal-transition"
    assert record(world, WEB).code == "not-found", "nor is there anything to record"


def test_the_kit_speaks_of_the_list_that_stands_on_the_site(announced: World) -> None:
    kit = ask(announced).json
    public = kit["public"]
    assert (public["name"], public["final"], public["count"], public["papers"]) == ("prefinal-1", False, 3, 1)
    assert [(unit["name"], unit["count"]) for unit in public["units"]] == [("Dinas Contoh", 1), ("SD Contoh", 2)]
    assert public["address"].endswith(f"/pengumuman/{CODE}/")
    assert public["address"] in public["text"]
    assert "3 orang" in public["text"]
    assert public["qr"].startswith("<svg")
    assert kit["lists"] == ["prefinal-1"]


def test_a_paper_holds_what_the_page_shows_under_the_head_of_the_office(announced: World) -> None:
    contact = {"office": "Badan Kepegawaian", "address": "Jalan Contoh 1", "hours": "08.00", "phone": "(0274) 123456"}
    announced.published(InstitutionContact.model_validate({"institution": CODE, "v": 1, "contact": contact}))
    whole = paper(ask(announced, f"{KIT}/paper"))
    assert "Badan Kepegawaian" in whole
    assert "Daftar Prafinalisasi Nomor 1" in whole
    assert all(name in whole for name in ("Orang Contoh 0001", "Orang Contoh 0003", "REG000002", "THK-II"))
    unit = ask(announced).json["public"]["units"][1]
    of_unit = paper(ask(announced, f"{KIT}/paper?unit={unit['mark']}"))
    assert "Orang Contoh 0002" in of_unit
    assert "Orang Contoh 0003" not in of_unit
    assert "PENGUMUMAN" in paper(ask(announced, f"{KIT}/poster"))


@pytest.mark.parametrize("query", ["?unit=000000000000", "?part=2", "?unit=SD", "?part=0"])
def test_a_paper_that_is_not_there_is_told(announced: World, query: str) -> None:
    assert ask(announced, f"{KIT}/paper{query}").code in {"not-found", "invalid-fields"}


def test_a_large_list_goes_on_several_papers(world: World) -> None:
    lines = [Line(f"Orang {n}", f"REG{n:06d}", "SD", "Guru", "NON-ASN") for n in range(1, ROWS_A_PAPER + 2)]
    of = ListName(final=False, number=1)
    large = AnnouncedList(CODE, "Kabupaten Contoh Satu", of, False, NOON, None, None, lines)
    assert (papers(ROWS_A_PAPER), papers(ROWS_A_PAPER + 1), large.units[0].count) == (1, 2, ROWS_A_PAPER + 1)
    first, second = (extract_of(large, PaperQuery(unit=mark_of("SD"), part=part)) for part in (1, 2))
    assert (len(first.lines), second.first, second.lines) == (ROWS_A_PAPER, ROWS_A_PAPER + 1, lines[-1:])
    text = PdfReader(io.BytesIO(render_list(large, second, NOON))).pages[0].extract_text()
    assert "bagian 2 dari 2" in text
    assert f"{ROWS_A_PAPER + 1}" in text, "the numbers go on"
    with pytest.raises(Problem):
        extract_of(large, PaperQuery(part=3))


def test_a_withheld_row_stands_there_by_its_number_only(world: World) -> None:
    people = [world.person(1), world.person(2, nama="Orang 081234567890")]
    world.published(world.opened(), world.sealed_list(people), world.phase(Phase.FINAL))
    world.minute()
    text = paper(ask(world, f"{KIT}/paper"))
    assert "REG000002" in text
    assert "081234567890" not in text
    assert "Segel Nomor 1" in text


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [
        (Role.OPERATOR, CODE, 200),
        (Role.PPK, CODE, 200),
        (Role.BKN, CODE, 200),
        (Role.AUDITOR, CODE, 200),
        (Role.VERIFIKATOR, CODE, 403),
        (Role.ADMIN, OTHER, 404),
    ],
)
def test_who_reads_the_kit(announced: World, role: Role, code: str, status: int) -> None:
    assert ask(announced, role=role, code=code).status == status


def test_the_preview_shows_the_list_before_it_is_made_and_what_would_stop_it(world: World) -> None:
    own = (Finding(PublishedField.UNIT_KERJA, PersonalNumber.BIRTH_DATE),)
    people = [
        world.person(2),
        world.person(1, kategori=Category.THK_II),
        world.person(3, nama="Orang 081234567890"),
        world.person(4, found=own),
    ]
    world.published(world.opened(), world.phase(Phase.PENGINPUTAN), *people)
    seen = ask(world, f"{KIT}/preview").json
    assert [row["nama"] for row in seen["rows"]] == ["Orang Contoh 0001", "Orang Contoh 0002"]
    assert (seen["count"], seen["thk2"], seen["found"], seen["next"]) == (4, 1, 2, None)
    assert {(place["nomor_registrasi"], place["kind"]) for place in seen["places"]} == {
        ("REG000003", "phone"),
        ("REG000004", "birth-date"),
    }
    assert all(place["person"] for place in seen["places"])
    assert "081234567890" not in ask(world, f"{KIT}/preview").text
    assert ask(world, f"{KIT}/preview", Role.BKN).status == 403, "nobody else reads names before they are announced"


def test_a_large_preview_comes_in_steps(announced: World) -> None:
    actor = Actor(id="op-1", role=Role.OPERATOR, institution=CODE)
    first = preview_list(CODE, PreviewQuery(), actor, limit=2)
    second = preview_list(CODE, PreviewQuery(after=first.next), actor, limit=2)
    assert (first.count, second.count, second.next) == (2, 1, None)
    of_unit = Actor(id="op-1", role=Role.OPERATOR, institution=CODE, units=("SD Contoh",))
    assert preview_list(CODE, PreviewQuery(), of_unit).count == 2, "who works for some units sees theirs"


def test_an_address_is_recorded_and_everybody_is_led_there(announced: World) -> None:
    answer = record(announced, WEB)
    assert answer.status == 200, answer.text
    assert (answer.json["name"], answer.json["v"], answer.json["address"]) == ("prefinal-1", 1, ADDRESS)
    announced.minute()
    assert f'href="{ADDRESS}"' in announced.page()
    assert f'href="{ADDRESS}"' in announced.page("pengumuman/index.html")
    assert "since 5 October 2022" in announced.page("en/pengumuman/index.html")
    announced.published(announced.numbered(2, total=3))
    announced.minute()
    assert ADDRESS not in announced.page(), "the next list is announced anew"
    assert ask(announced).json["announcements"][0]["name"] == "prefinal-1", "and what was recorded stays"


def test_a_board_wants_its_photo_which_nobody_else_sees(announced: World) -> None:
    assert faults(record(announced, BOARD)) == {"file": "missing"}
    assert faults(record(announced, {**BOARD, "opening": opened(by="admin-2")})) == {"file": "unknown"}
    assert faults(record(announced, {**BOARD, "opening": opened(f"I{OTHER}.PENGUMUMAN.1")})) == {"file": "unknown"}
    assert faults(record(announced, {**BOARD, "opening": opened(f"I{CODE}.SURAT.1")})) == {"file": "unknown"}
    assert record(announced, {**BOARD, "opening": opened()}).json["file"] == PHOTO
    moved = record(announced, {**BOARD, "on": "2022-10-05", "v": 1})
    assert moved.json["file"] == PHOTO, "a corrected day keeps the photo"
    announced.minute()
    assert PHOTO not in "".join(announced.site().values())
    assert "papan pengumuman instansi" in announced.page()


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"address": ""}, {"address": "missing"}),
        ({"address": "bkpsdm.contoh.go.id"}, {"address": "malformed"}),
        ({"address": "javascript:alert(1)//contoh.go.id"}, {"address": "malformed"}),
        ({"address": "https://admin:x@contoh.go.id/"}, {"address": "malformed"}),
        ({"address": "https://10.0.0.1/"}, {"address": "malformed"}),
        ({"address": "https://localhost/"}, {"address": "malformed"}),
        ({"address": "https://contoh.go.id:99999/"}, {"address": "malformed"}),
        ({"address": "https://contoh.go.id/daftar%209901014107900001"}, {"address": "personal-number"}),
        ({"address": "https://contoh.go.id/?wa=081234567890"}, {"address": "personal-number"}),
        ({"on": "2022-10-06"}, {"on": "in-the-future"}),
        ({"on": "2022-10-04"}, {"on": "too-early"}),
    ],
)
def test_what_cannot_be_recorded(announced: World, changed: dict[str, Any], fault: dict[str, str]) -> None:
    assert faults(record(announced, {**WEB, **changed})) == fault


def test_only_an_admin_records_and_only_a_list_that_is_there(announced: World) -> None:
    assert record(announced, WEB, role=Role.PPK).code == "forbidden"
    for name in ("prefinal-2", "final-1", "prefinal-0", "x"):
        assert record(announced, WEB, name).code == "not-found"


def test_a_retry_is_answered_alike_and_an_old_page_is_told(announced: World) -> None:
    headers = {"Idempotency-Key": "k" * 20}
    assert record(announced, WEB, headers=headers).json == record(announced, WEB, headers=headers).json
    assert record(announced, WEB).code == "version-moved"
    assert record(announced, {**WEB, "v": 1}, sub="admin-2").json["v"] == 2


def test_it_is_told_and_stands_in_the_trail(announced: World) -> None:
    announced.cloud.at(NOON + timedelta(days=1))
    record(announced, WEB)
    item = dynamodb.get(settings().table, {"pk": f"A#{CODE}", "sk": "OWN#prefinal-1"})
    assert item is not None
    keys = [record["dynamodb"]["Keys"] for record in announced.cloud.records("AnnTable", anew=True) if told(record)]
    assert keys == [{"pk": {"S": item["pk"]}, "sk": {"S": item["sk"]}}], "the relay is called for it"
    assert list(translate_change(Change(item["pk"], item["sk"], None, item))) == [
        AnnouncementRecorded.model_validate(
            {"institution": CODE, "v": 1, "list_number": 1, "final": False, "on": "2022-10-05", "place": "WEB"}
        )
    ]
    assert [stored.head.version for stored in AnnouncementsTrail().stored(CODE, ["announced"])] == [1]
