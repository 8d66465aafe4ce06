"""The national list of titles: complete, without doubles, and found however a title is spelled."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.reference.jobs import JOBS, Family, Job, find_job, job_key


def test_every_title_is_listed_once_with_family_and_conversion() -> None:
    assert [key for key, n in Counter(job_key(job.title) for job in JOBS).items() if n > 1] == []
    assert all(job_key(job.title) and job.conversion for job in JOBS)
    assert {job.family for job in JOBS} == set(Family)
    assert len(JOBS) > 150


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.title)
def test_a_listed_title_is_itself(job: Job) -> None:
    assert find_job(job.title) == job


@pytest.mark.parametrize(
    ("title", "family", "conversion"),
    [
        ("guru honorer", Family.PENDIDIKAN, "Guru Ahli Pertama"),
        ("GURU MATEMATIKA SMP", Family.PENDIDIKAN, "Guru Ahli Pertama"),
        ("Tenaga Administrasi", Family.ADMINISTRASI, "Pengadministrasi Perkantoran"),
        ("Perawat Gigi", Family.KESEHATAN, "Terapis Gigi dan Mulut Terampil"),
        ("Bidan PTT", Family.KESEHATAN, "Bidan Terampil"),
        ("Dokter Hewan", Family.KESEHATAN, "Medik Veteriner Ahli Pertama"),
        ("penyuluh pertanian (THL-TB)", Family.PENYULUH, "Penyuluh Pertanian Terampil"),
        ("Operator Komputer", Family.ADMINISTRASI, "Pengadministrasi Perkantoran"),
        ("Petugas Kebersihan", Family.TEKNIS, "Pengelola Umum Operasional"),
        ("Pengemudi / sopir", Family.TEKNIS, "Pengelola Umum Operasional"),
    ],
)
def test_a_title_is_found_as_offices_write_it(title: str, family: Family, conversion: str) -> None:
    found = find_job(title)
    assert found is not None
    assert (found.family, found.conversion) == (family, conversion)


@pytest.mark.parametrize("title", ["", "Tenaga Honorer", "Staf", "Juru Sihir", "Gurun", "Kepala", "---"])
def test_a_title_that_says_nothing_of_the_list_is_not_guessed(title: str) -> None:
    assert find_job(title) is None


@given(st.sampled_from(JOBS), st.sampled_from(["{} {}", "{}, {}", "{} ({})"]), st.sampled_from(["Contoh", "Zzz Satu"]))
def test_words_behind_a_title_change_its_family_never_to_none(job: Job, form: str, words: str) -> None:
    found = find_job(form.format(job.title, words))
    assert found == job


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    found = find_job(text)
    assert found is None or found in JOBS
