"""The register of accepted findings: nothing new gets past it, nothing stale stays in it."""

import re
from typing import Any

import pytest

from infra.checkov import Accepted, Finding, findings, judge, register

FOUND = Finding("CKV_AWS_18", "shared", "AWS::S3::Bucket.SiteBucket", "access log")


def report(file: str, *resources: str) -> dict[str, Any]:
    failed = [
        {"check_id": "CKV_AWS_18", "file_path": file, "resource": resource, "check_name": "access log"}
        for resource in resources
    ]
    return {"results": {"failed_checks": failed}}


@pytest.mark.parametrize(
    ("file", "template"), [("/infra/shared.yaml", "shared"), ("/build/registration/template.json", "registration")]
)
def test_a_finding_says_of_which_stack_it_is(file: str, template: str) -> None:
    (found,) = findings(report(file, "AWS::S3::Bucket.SiteBucket"))
    assert (found.check, found.template, found.resource) == ("CKV_AWS_18", template, "AWS::S3::Bucket.SiteBucket")


def test_reports_of_several_kinds_are_read_together() -> None:
    assert list(findings([report("/infra/shared.yaml", "a.B"), report("/infra/cdn.yaml")])) == list(
        findings(report("/infra/shared.yaml", "a.B"))
    )


@pytest.mark.parametrize("pattern", ["shared.SiteBucket", "shared.*", "*.SiteBucket", "*"])
def test_what_the_register_names_passes(pattern: str) -> None:
    assert judge([FOUND], [Accepted("CKV_AWS_18", (pattern,), "why")]) == []


@pytest.mark.parametrize(
    "entry",
    [
        Accepted("CKV_AWS_19", ("*",), "another check"),
        Accepted("CKV_AWS_18", ("cdn.SiteBucket", "shared.Site"), "another resource"),
    ],
)
def test_what_it_does_not_name_is_told_and_so_is_an_entry_that_names_nothing(entry: Accepted) -> None:
    new, idle = judge([FOUND], [entry])
    assert new.startswith("CKV_AWS_18 shared AWS::S3::Bucket.SiteBucket")
    assert idle.startswith(entry.check)


def test_every_exception_has_its_reason_and_stands_there_once() -> None:
    entries = register()
    assert len({entry.check for entry in entries}) == len(entries)
    for entry in entries:
        assert re.fullmatch(r"CKV2?_AWS_\d+", entry.check)
        assert entry.of
        assert len(entry.because.split()) >= 5
