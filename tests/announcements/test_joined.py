"""Those who filed about the same: each has his own papers, words and way out; the case goes on while one stands."""

from datetime import timedelta
from typing import Any

import pytest

from services.announcements import app as entry
from services.announcements.adapters import case_store
from services.announcements.cases.act_on_due import act_on_due
from services.announcements.cases.get_report import reported_of
from services.announcements.model.case import ANSWERED_WITHIN, KEPT, Case
from services.announcements.settings import files_key
from services.kernel import clock
from services.kernel.cases import CaseState
from services.kernel.cases.number import read_case_number
from services.kernel.documents.tickets import read_ticket
from services.kernel.events.facts import CaseFileInspected, CaseSettled, parse
from services.kernel.security.sessions import Role
from services.kernel.writes import ungated
from tests.announcements.world import CODE, NOON, Filed, World

REFUSAL: Any = {"accepted": False, "reason": "BUKAN_PEGAWAI", "text": "Orang ini tidak bekerja di instansi kami."}


@pytest.fixture
def two(world: World) -> tuple[Filed, Filed]:
    """Two who filed about the same NIK."""
    world.open_round()
    return world.filed(), world.filed(email="kedua@contoh.id")


def number_of(filed: Filed) -> str:
    return str(read_case_number(filed.number))


def case_of(filed: Filed) -> Case:
    case = case_store.load(number_of(filed))
    assert case is not None
    return case


def paper(filed: Filed, n: int) -> CaseFileInspected:
    number = number_of(filed)
    return CaseFileInspected(institution=CODE, v=1, case=number, file=f"{number}.BUKTI_LAPORAN.{n}", accepted=True)


def told(world: World) -> list[dict[str, Any]]:
    """Facts since the last call, taken in by ourselves as well."""
    entry.relay({"Records": world.cloud.changes("AnnTable")}, None)
    facts = world.cloud.facts()
    return [{**fact["detail"], "name": fact["detail-type"]} for fact in facts]


def catch_up(world: World) -> list[str]:
    """Let our own facts do what they do; the numbers of cases that documents are told have ended."""
    ended = []
    for fact in told(world):
        name = fact.pop("name")
        if name == "case.moved":
            world.tell(parse(name, fact))
        elif name == "case.ended":
            ended.append(fact["case"])
    return ended


# ---- papers ----------------------------------------------------------------------------------------------------


def test_the_papers_of_one_take_no_place_of_the_other(world: World, two: tuple[Filed, Filed]) -> None:
    first, second = two
    for filed in two:
        ticket = read_ticket(files_key(), world.follow(filed).json["ticket"], clock.now())
        assert ticket is not None
        assert (ticket.subject, ticket.most) == (number_of(filed), 10)
    for n in range(1, 11):
        world.tell(paper(second, n))
    assert world.follow(second).json["ticket"] is None
    for filed in two:
        said = world.follow(filed).json
        assert len(said["files"]) == (10 if filed is second else 0), "and nobody sees what the other one sent"
    assert world.follow(first).json["ticket"] is not None
    world.tell(paper(first, 1))
    seen = world.case(first)["files"]
    assert [file["of"] for file in seen] == [None, *[second.number] * 10], "staff read whose each is"


def test_papers_of_the_second_have_a_term_when_the_first_case_ends(world: World, two: tuple[Filed, Filed]) -> None:
    first, second = two
    catch_up(world)
    assert world.do(first, "decisions", **REFUSAL).json["state"] == "DITOLAK"
    catch_up(world)
    assert case_of(second).state is CaseState.DITOLAK
    assert catch_up(world) == [number_of(second)], "documents hear of its end"
    assert world.follow(second).json["answer"] == REFUSAL["text"]


# ---- words -----------------------------------------------------------------------------------------------------


def test_the_answer_of_one_is_shown_as_his_and_the_other_may_still_answer(
    world: World, two: tuple[Filed, Filed]
) -> None:
    first, second = two
    world.do(first, "messages", text="Sejak kapan ia bekerja?", asks=True)
    assert world.follow(second, "/cases/messages", text="Sejak 2015.").json["state"] == "DITANGANI"
    seen = world.case(first)["messages"]
    assert [(message["writer"], message["of"]) for message in seen] == [("INSTANSI", None), ("PELAPOR", second.number)]
    assert world.follow(first).json["next"].startswith("Pertanyaan petugas sudah dijawab orang lain")
    assert not world.follow(second).json["next"].startswith("Pertanyaan petugas sudah dijawab")
    own = world.follow(first, "/cases/messages", text="Sejak 2014.").json
    assert not own["next"].startswith("Pertanyaan petugas sudah dijawab")
    assert [message["of"] for message in world.case(first)["messages"]][-1] is None


# ---- taken back ------------------------------------------------------------------------------------------------


def test_the_first_goes_and_the_case_goes_on_for_the_other(world: World, two: tuple[Filed, Filed]) -> None:
    first, second = two
    gone = world.follow(first, "/cases/withdrawals").json
    assert (gone["state"], gone["can_write"], gone["ticket"]) == ("DICABUT", False, None)
    assert world.follow(first, "/cases/messages", text="Halo?").code == "illegal-transition"
    assert world.follow(first, "/cases/withdrawals").code == "illegal-transition"
    assert world.follow(second).json["state"] == "BARU"
    seen = world.case(first)
    assert (seen["state"], seen["left"], seen["joined"], seen["decidable"]) == ("BARU", True, [second.number], True)
    world.do(first, "messages", text="Sedang kami periksa.")
    assert _written_to(world, "case-message") == {number_of(second)}, "nobody writes to who left"
    assert world.do(first, "decisions", **REFUSAL).json["state"] == "DITOLAK"
    assert (world.follow(first).json["state"], world.follow(first).json["answer"]) == ("DICABUT", None)
    assert world.follow(second).json["state"] == "DITOLAK"


def test_the_second_goes_alone(world: World, two: tuple[Filed, Filed]) -> None:
    first, second = two
    assert world.follow(second, "/cases/withdrawals").json["state"] == "DICABUT"
    assert world.follow(second, "/cases/messages", text="Halo?").code == "illegal-transition"
    assert world.follow(first).json["state"] == "BARU"
    seen = world.case(first)
    assert (seen["left"], seen["joined"]) == (False, [])
    assert world.follow(first, "/cases/withdrawals").json["state"] == "DICABUT"
    assert world.do(first, "decisions", v=seen["v"], **REFUSAL).code in {"illegal-transition", "version-moved"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_when_all_have_gone_the_case_is_closed(world: World, two: tuple[Filed, Filed], order: tuple[int, int]) -> None:
    for at in order:
        assert world.follow(two[at], "/cases/withdrawals").json["state"] == "DICABUT"
    assert case_of(two[0]).state is CaseState.DICABUT
    third = world.filed()
    assert case_of(third).joined is None, "nothing is joined to what has closed"


def test_who_joins_at_that_moment_is_not_closed_with_it(
    world: World, two: tuple[Filed, Filed], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever took it back did not know of him: his try fails, and the next one lets the case go on."""
    first, second = two
    world.follow(second, "/cases/withdrawals")
    read, joined = case_store.followers_of, list[Filed]()

    def and_then_joins(number: str) -> case_store.Followers:
        found = read(number)
        if not joined:
            joined.append(world.filed())
        return found

    monkeypatch.setattr(case_store, "followers_of", and_then_joins)
    assert world.follow(first, "/cases/withdrawals").code == "try-again"
    (third,) = joined
    assert world.follow(first, "/cases/withdrawals").json["state"] == "DICABUT"
    assert world.follow(third).json["state"] == "BARU"
    assert world.case(first)["joined"] == [third.number]


def test_to_a_case_that_closes_at_that_moment_nobody_is_joined(world: World, two: tuple[Filed, Filed]) -> None:
    first, second = two
    standing = case_of(second)
    for filed in two:
        world.follow(filed, "/cases/withdrawals")
    assert ungated.commit(case_store.join(standing, number_of(first))) is False


def test_what_was_taken_back_is_not_said_of_the_listed_person_any_more(world: World) -> None:
    world.open_round()
    world.prefinal(world.person(1))
    said = {"institution": CODE, "nomor_registrasi": "REG000001", "email": ""}
    first = world.filed("/tanggapan", alasan="Orang ini sudah pindah ke luar negeri sejak 2019.", **said)
    world.filed("/tanggapan", alasan="Orang ini tidak pernah terlihat di kantor sejak lama.", **said)
    assert len(reported_of(case_of(first))) == 2
    world.follow(first, "/cases/withdrawals")
    assert reported_of(case_of(first)) == ["Orang ini tidak pernah terlihat di kantor sejak lama."]


# ---- the end ---------------------------------------------------------------------------------------------------


def test_each_is_forgotten_a_year_after_the_end(world: World, two: tuple[Filed, Filed]) -> None:
    first, second = two
    world.do(first, "decisions", **REFUSAL)
    catch_up(world)
    late = NOON + KEPT + timedelta(days=1)
    world.cloud.at(late)
    act_on_due(late)
    assert [case_of(filed).is_forgotten for filed in two] == [True, True]
    assert case_store.reporter_of(number_of(second)).email == ""
    assert [world.follow(filed).code for filed in two] == ["not-found"] * 2


def test_a_question_that_nobody_answers_closes_both(world: World, two: tuple[Filed, Filed]) -> None:
    first = two[0]
    world.do(first, "messages", text="Sejak kapan ia bekerja?", asks=True)
    late = NOON + ANSWERED_WITHIN + timedelta(days=1)
    world.cloud.at(late)
    act_on_due(late)
    catch_up(world)
    assert [case_of(filed).state for filed in two] == [CaseState.KEDALUWARSA] * 2


def test_what_bkn_overturns_is_overturned_for_both(world: World, two: tuple[Filed, Filed]) -> None:
    first = two[0]
    world.do(first, "decisions", **REFUSAL)
    catch_up(world)
    accepted = {"accepted": True, "reason": "TERBUKTI", "text": "Bukti kerja lengkap, data dilengkapi."}
    decided = world.do(first, "decisions", Role.BKN, **accepted)
    known: Any = {"institution": CODE, "v": 1, "case": number_of(first), "pid": "pid0001xyz", "at": clock.now()}
    world.tell(CaseSettled(**known, decision=decided.json["decision"], accepted=True))
    catch_up(world)
    assert [case_of(filed).state for filed in two] == [CaseState.DIPUTUS] * 2


def _written_to(world: World, kind: str) -> set[str]:
    items = [item for item in world.cloud.items("AnnTable") if item["pk"].startswith("NOTICE#")]
    return {str(item["sk"]).rpartition("#")[2] for item in items if item["notice"] == kind}
