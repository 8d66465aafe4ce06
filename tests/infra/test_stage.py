"""What an operator may decide for a stage, and what a production stage must."""

from pathlib import Path

import pytest
from pydantic.alias_generators import to_pascal

from infra import stage
from infra.keys.secret import NAMES as SECRET_NAMES
from infra.services import ROOT, SERVICES
from infra.stage import Stage, StageError
from infra.templates import load_template

GOOD = {
    "protected": "true",
    "alarm_email": '"piket@bkn.go.id"',
    "mail_sender": '"no-reply@pendataan.bkn.go.id"',
    "domain_name": '"pendataan.bkn.go.id"',
    "certificate_arn": '"arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-0000-0000-000000000000"',
    "deletion_protection": "true",
    "seal_retention_days": "3650",
}
STAND_IN = '"stand-in"'
OURS = {"Service", "S3PublicEndpoint", "WebAclArn"}
"""Parameters with a default that are no decision: of one value only, the local cloud's, another stack's."""


def written(folder: Path, name: str, **changed: str) -> Path:
    lines = {**GOOD, **changed}
    (folder / f"{name}.toml").write_text("\n".join(f"{key} = {value}" for key, value in lines.items() if value))
    return folder


@pytest.mark.parametrize("name", ["dev", "prod"])
def test_the_committed_stages_are_valid_and_name_nobody(name: str) -> None:
    decided = stage.load(name)
    assert decided.alarm_email.endswith(".example") or not decided.alarm_email
    assert decided.domain_name.endswith(".example") or not decided.domain_name
    assert decided.mail_sender.endswith(".example") or not decided.mail_sender


def test_a_rehearsals_seals_can_be_deleted_tomorrow_and_the_real_ones_in_ten_years() -> None:
    assert stage.load("dev").parameters()["SealRetentionDays"] == "1"
    assert stage.load("prod").parameters()["SealRetentionDays"] == "3650"


def test_whatever_may_be_decided_is_decided_in_the_file() -> None:
    """A parameter with a default that no file speaks of would be decided by nobody."""
    templates = [
        load_template(ROOT / "infra" / name) for name in ("shared.yaml", "cdn.yaml", "cdn-global.yaml", "api.yaml")
    ]
    templates += [load_template(service.infra / "merge.yaml") for service in SERVICES]
    open_ones = {n for t in templates for n, about in t["Parameters"].items() if "Default" in about}
    fields = {to_pascal(name) for name in Stage.model_fields} - {"Protected"}
    assert fields == {name for name in open_ones if name not in SECRET_NAMES} - OURS


def test_values_are_those_of_templates() -> None:
    values = stage.load("dev").parameters()
    assert values["DeletionProtection"] == "false"
    assert values["AlarmEmail"] == ""
    assert "Protected" not in values


def test_a_name_of_its_own_is_the_sites_origin() -> None:
    assert stage.load("prod").origin() == {"SiteOrigin": "https://pendataan.example"}
    assert stage.load("dev").origin() == {}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"alarm_mail": '"a@b.id"'}, "alarm_mail"),
        ({"alarm_email": '"not an address"'}, "alarm_email"),
        ({"seal_retention_days": "0"}, "seal_retention_days"),
        ({"seal_retention_days": "3651"}, "seal_retention_days"),
        ({"deletion_protection": ""}, "deletion_protection"),
        ({"certificate_arn": '""'}, "go together"),
        ({"certificate_arn": '"arn:aws:acm:ap-southeast-3:000000000000:certificate/0"'}, "certificate_arn"),
        ({"protected": "yes"}, "dev.toml"),
    ],
)
def test_a_file_that_says_what_cannot_be_is_refused(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    with pytest.raises(StageError, match=told):
        stage.load("dev", written(tmp_path, "dev", **changed))


@pytest.mark.parametrize("missing", ["alarm_email", "mail_sender", "domain_name", "protected", "deletion_protection"])
def test_production_decides_what_others_may_leave(tmp_path: Path, missing: str) -> None:
    nothing = "false" if missing in {"protected", "deletion_protection"} else '""'
    changed = {missing: nothing} | ({"certificate_arn": '""'} if missing == "domain_name" else {})
    with pytest.raises(StageError, match=missing):
        stage.load("prod", written(tmp_path, "prod", **changed))
    stage.load("dev", written(tmp_path, "dev", **changed))
    stage.load("prod", written(tmp_path, "prod"))


def test_production_asks_no_register_that_was_made_up(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="dukcapil_service"):
        stage.load("prod", written(tmp_path, "prod", dukcapil_service=STAND_IN))
    assert stage.load("dev", written(tmp_path, "dev", dukcapil_service=STAND_IN)).dukcapil_service == "stand-in"


def test_a_stage_without_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StageError, match=r"dev\.toml"):
        stage.load("uji", tmp_path)


def test_examples_are_refused_where_alarms_must_ring(tmp_path: Path) -> None:
    with pytest.raises(StageError, match=r"piket@pendataan\.example"):
        stage.refuse_examples(stage.load("prod"))
    stage.refuse_examples(stage.load("prod", written(tmp_path, "prod")))
    stage.refuse_examples(stage.load("dev"))
