"""Names: what counts as the same, and what counts as a title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.values.names import has_titles, normalise_name, split_titles


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siti Aminah", "SITI AMINAH"),
        ("Siti  Aminah", " siti aminah "),
        ("Dra. Siti Aminah, M.Pd.", "Siti Aminah"),
        ("Prof. Dr. H. Ahmad Fauzi, S.Pd., M.Si", "Ahmad Fauzi"),
        ("AHMAD FAUZI SPD", "Ahmad Fauzi"),
        ("Ahmad Fauzi S. Pd.", "Ahmad Fauzi"),
        ("Prof.Dr. Ahmad Fauzi", "Ahmad Fauzi"),
        ("Dr.Ahmad Fauzi", "Ahmad Fauzi"),
        ("Jum'at Ma\u2019ruf", "Jumat Maruf"),
        ("Nur-Aini", "Nur Aini"),
        ("I Gusti Ayu Putu", "i gusti ayu putu"),
        ("André", "Andre"),
    ],
)
def test_one_name_written_two_ways(one: str, other: str) -> None:
    assert normalise_name(one) == normalise_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Siti Aminah", "Siti Amina"), ("Muhammad H", "Muhammad"), ("Jusuf Ama", "Jusuf")],
)
def test_two_names(one: str, other: str) -> None:
    assert normalise_name(one) != normalise_name(other)


@pytest.mark.parametrize(
    ("text", "name", "titles"),
    [
        ("Dra. Siti Aminah, M.Pd.", "Siti Aminah", ("Dra.", "M.Pd.")),
        ("Budi Santoso, S.E", "Budi Santoso", ("S.E",)),
        ("Budi Santoso, SE", "Budi Santoso", ("SE",)),
        ("Budi Santoso S.T.", "Budi Santoso", ("S.T.",)),
        ("Budi Santoso A. Md. Kep", "Budi Santoso A. Md. Kep", ()),
        ("Mawar Se", "Mawar Se", ()),
        ("H. Usman", "Usman", ("H.",)),
        ("Usman H.", "Usman H.", ()),
        ("Santoso, Budi", "Santoso Budi", ()),
        ("Dr.", "Dr.", ()),
        ("Ma", "Ma", ()),
        ("Sri Mulyani, S.Pd, Gr", "Sri Mulyani Gr", ("S.Pd",)),
    ],
)
def test_titles_are_told_apart_as_written(text: str, name: str, titles: tuple[str, ...]) -> None:
    assert split_titles(text) == (name, titles)


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise_name(text)
    assert normalise_name(once) == once


@given(st.lists(st.sampled_from(["Siti", "Ahmad", "Nur", "Budi", "Lestari", "Wati"]), min_size=1, max_size=4))
def test_titles_change_nothing(words: list[str]) -> None:
    name = " ".join(words)
    assert normalise_name(f"Drs. H. {name.upper()}, S.Pd., M.M.") == normalise_name(name)


@given(
    st.text() | st.lists(st.sampled_from(["Siti", "S.Pd", "Spd", "Dr", "dr.", ",", "H", "Ma", "S. E."])).map(" ".join)
)
def test_the_quick_question_has_the_same_answer(text: str) -> None:
    assert has_titles(text) == bool(split_titles(text)[1])
