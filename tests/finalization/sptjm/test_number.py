"""The number typed from the paper and the one the file carries: both must be this seal's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finalization.sptjm.number import require_number, sptjm_number
from services.kernel.problems import Problem
from tests.finalization.sptjm.world import make, seal_again, void
from tests.finalization.world import NUMBER, RETURN, World

OTHERS = ["SPTJM-9901-2", "SPTJM-9901-4", "SPTJM-9902-3", "SPTJM-9901-33", "SPTJM-9901", "9901-3", "3", "SPTJM"]


@pytest.mark.parametrize(
    "typed", [NUMBER, NUMBER.lower(), f"  {NUMBER} ", "sptjm - 9901 - 3", "SPTJM\u20139901\u20133", "S P T J M-9901-3"]
)
def test_it_is_typed_as_people_type(made: World, typed: str) -> None:
    assert made.hand_in(number=typed).status == 200


@pytest.mark.parametrize("typed", OTHERS)
def test_the_number_of_another_seal_is_refused_and_says_which_counts(made: World, typed: str) -> None:
    file = made.uploaded()
    with made.nothing_changes():
        answer = made.hand_in(file, typed)
    (field,) = answer.json["fields"]
    assert (answer.status, field["field"], field["code"]) == (422, "number", "another-seal")
    assert NUMBER in field["message"]
    assert "Unduh dan cetak SPTJM itu" in field["message"]


@pytest.mark.parametrize("typed", [None, "", "   ", 3, "x" * 201])
def test_a_number_is_asked_for(made: World, typed: object) -> None:
    file = made.uploaded()
    with made.nothing_changes():
        answer = made.post("sptjm", {"file": file, "number": typed}, role="ppk")
        missing = made.post("sptjm", {"file": file}, role="ppk")
    assert [field["field"] for field in answer.json["fields"]] == ["number"]
    assert [field["field"] for field in missing.json["fields"]] == ["number"]


@pytest.mark.parametrize("printed", OTHERS[:4])
def test_a_file_that_carries_another_number_is_refused(made: World, printed: str) -> None:
    file = made.uploaded(printed_number=printed)
    with made.nothing_changes():
        answer = made.hand_in(file)
    (field,) = answer.json["fields"]
    assert (answer.status, field["field"], field["code"]) == (422, "file", "another-number")
    assert printed in field["message"]
    assert NUMBER in field["message"]


@pytest.mark.parametrize("printed", [NUMBER, None])
def test_what_the_file_carries_is_shown_to_who_decides(made: World, printed: str | None) -> None:
    assert made.hand_in(made.uploaded(printed_number=printed)).status == 200
    shown = made.get(role="bkn").json["sptjm"]
    assert (shown["number"], shown["printed_number"]) == (NUMBER, printed)


def test_the_right_file_does_not_help_a_wrong_number(made: World) -> None:
    file = made.uploaded(printed_number=NUMBER)
    assert [field["field"] for field in made.hand_in(file, "SPTJM-9901-2").json["fields"]] == ["number"]


def test_there_is_no_number_before_the_seal(prefinal: World) -> None:
    shown = prefinal.get().json["sptjm"]
    assert (shown["number"], shown["printed_number"], shown["history"]) == (None, None, [])


def test_a_file_refused_for_its_number_may_be_followed_by_the_right_one(made: World) -> None:
    made.hand_in(made.uploaded(1, printed_number="SPTJM-9901-2"))
    assert made.hand_in(made.uploaded(2, printed_number=NUMBER)).status == 200
    made.decide(RETURN)
    assert made.hand_in(made.uploaded(3)).status == 200


def test_after_a_reopening_only_the_new_number_counts(handed_in: World) -> None:
    void(handed_in)
    shown = handed_in.get().json["sptjm"]
    assert (shown["number"], shown["state"]) == (None, "BATAL")
    seal_again(handed_in)
    make(handed_in)
    shown = handed_in.get().json["sptjm"]
    assert (shown["number"], shown["printed_number"], shown["state"]) == ("SPTJM-9901-4", None, "DIBUAT")
    old, new = handed_in.uploaded(2, printed_number=NUMBER), handed_in.uploaded(3, printed_number="SPTJM-9901-4")
    with handed_in.nothing_changes():
        assert handed_in.hand_in(old, NUMBER).json["fields"][0]["code"] == "another-seal"
        assert handed_in.hand_in(old, "SPTJM-9901-4").json["fields"][0]["code"] == "another-number"
        assert handed_in.hand_in("I9901.SPTJM.1", "SPTJM-9901-4").code == "conflict"
    assert handed_in.hand_in(new, "SPTJM-9901-4").status == 200
    first, second = handed_in.get(role="bkn").json["sptjm"]["history"]
    assert (first["number"], first["state"], first["epoch"]) == (NUMBER, "BATAL", 3)
    assert (second["number"], second["state"], second["epoch"]) == ("SPTJM-9901-4", "DIUNGGAH", 4)


codes, epochs = st.integers(0, 9999).map("{:04}".format), st.integers(1, 10**6)


@given(codes, epochs, codes, epochs)
def test_only_the_same_institution_and_epoch_are_the_same(code: str, epoch: int, other: str, another: int) -> None:
    ours, theirs = sptjm_number(code, epoch), sptjm_number(other, another)
    require_number(ours.lower(), ours)
    if (code, epoch) != (other, another):
        with pytest.raises(Problem) as refused:
            require_number(theirs, ours)
        assert [field.code for field in refused.value.fields] == ["another-seal"]
