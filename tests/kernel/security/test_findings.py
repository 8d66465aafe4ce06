"""What is found in published fields, how it is told, and that its words are there for every field and kind."""

import json
from itertools import product

import pytest

from services.kernel.problems import Code, Problem
from services.kernel.security.findings import Finding, ListFindings, PublishedField, findings_key, require_clean, search
from services.kernel.security.personal_numbers import PersonalNumber

NIK = "9901015911929013"


def test_each_field_is_searched_and_told_by_kind() -> None:
    texts = {
        PublishedField.NAMA: f"Budi {NIK}",
        PublishedField.UNIT_KERJA: "SDN 013",
        PublishedField.JABATAN: "Guru budi@contoh.id",
    }
    assert search(texts) == [
        Finding(PublishedField.NAMA, PersonalNumber.SIXTEEN_DIGITS),
        Finding(PublishedField.JABATAN, PersonalNumber.EMAIL),
    ]


def test_nothing_found_lets_a_paper_be_made() -> None:
    require_clean([], paper="SPTJM", what_to_do="")


@pytest.mark.parametrize(("field", "kind"), list(product(PublishedField, PersonalNumber)))
def test_a_refusal_says_where_and_what_kind(field: PublishedField, kind: PersonalNumber) -> None:
    with pytest.raises(Problem) as refused:
        require_clean([Finding(field, kind)], paper="Kartu", what_to_do="Sampaikan kepada admin.")
    problem = refused.value
    assert (problem.code, problem.status) == (Code.PERSONAL_NUMBER, 409)
    assert problem.extra == {"findings": [{"field": field.value, "kind": kind.value}]}
    assert problem.detail is not None
    assert problem.detail.startswith("Kartu belum dapat dibuat: ")
    assert problem.detail.endswith("Sampaikan kepada admin.")


def test_findings_lie_beside_their_list() -> None:
    assert findings_key("lists/9901/3.jsonl") == "lists/9901/3.jsonl.findings.json"
    assert json.loads(ListFindings().model_dump_json()) == {"schema_version": 1, "rows": []}
