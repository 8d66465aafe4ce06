"""Secrets against a throw-away emulator: made once, never anew while people exist, rotated, kept offline."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from infra import buckets, deploy, stacks
from infra.aws import Aws
from infra.keys import offline
from infra.keys.ensure import KeysLostError, ensure
from infra.keys.rotate import RotationError, finish, rotate
from infra.keys.secret import NAMES, SECRETS, secret
from infra.keys.store import Kept, Store, Value
from infra.local.emulator import Emulator
from infra.services import ROOT
from infra.templates import load_template

NOW = datetime(2022, 9, 1, 9, tzinfo=UTC)
TURNING = [one.purpose for one in SECRETS if not one.irreplaceable]
SERVICE: dict[str, Any] = {
    "Parameters": {
        "SessionPublicKey": {"Type": "String"},
        "SessionPublicKeyBefore": {"Type": "String", "Default": ""},
        "CaptchaKey": {"Type": "String"},
        "CaptchaKeyBefore": {"Type": "String", "Default": ""},
        "OriginSecret": {"Type": "String"},
        "OriginSecretBefore": {"Type": "String", "Default": ""},
        "SessionKey": {"Type": "String"},
        "AlarmEmail": {"Type": "String", "Default": ""},
    },
    "Resources": {
        f"Topic{name}": {"Type": "AWS::SNS::Topic", "Properties": {"DisplayName": {"Ref": name}}}
        for name in NAMES
        if name.startswith(("SessionPublic", "Captcha", "Origin"))
    },
}
"""A service that shows in its resources which values reached it."""


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    emulator = Emulator(tmp_path_factory.mktemp("emulator"))
    emulator.start()
    yield emulator.aws
    emulator.stop()


@pytest.fixture
def store(aws: Aws, request: pytest.FixtureRequest) -> Store:
    stage = f"s{abs(hash(request.node.name)) % 10**9}"
    made = deploy.Deployment(aws, stage).keys(aws.kms.create_key()["KeyMetadata"]["Arn"])
    buckets.ensure_kept(aws, made.bucket)
    return made


def nobody() -> bool:
    return False


def somebody() -> bool:
    return True


def test_secrets_are_made_once_and_each_is_carried_by_its_parameters(store: Store) -> None:
    made = ensure(store, {}, nobody)
    assert set(made) == set(NAMES)
    assert {name for name, value in made.items() if not value} == {name for name in NAMES if name.endswith("Before")}
    assert ensure(store, {}, somebody) == made
    assert "\n" not in made["SessionPublicKey"]


def test_a_secret_opens_only_for_its_purpose_and_stage(store: Store) -> None:
    ensure(store, {}, nobody)
    lookup = kept(store, "lookup").current
    assert len(store.open("lookup", lookup)) == 32
    for other, purpose in ((store, "captcha"), (replace(store, stage="other"), "lookup")):
        with pytest.raises(ClientError):
            other.open(purpose, lookup)


@pytest.mark.parametrize("purpose", ["lookup", "files"])
def test_what_people_depend_on_is_never_made_anew_while_they_exist(store: Store, purpose: str) -> None:
    first = ensure(store, {}, nobody)
    store.aws.s3.delete_object(Bucket=store.bucket, Key=f"{purpose}.json")
    with pytest.raises(KeysLostError, match=rf"`{purpose}` is lost.*runbooks/keys\.md"):
        ensure(store, {}, somebody)
    assert store.read(purpose) is None
    again = ensure(store, {}, nobody)
    assert {name for name in NAMES if again[name] != first[name]} == {f"{purpose.capitalize()}Key"}


@pytest.mark.parametrize("purpose", TURNING)
def test_one_that_can_be_replaced_is_made_alone(store: Store, purpose: str) -> None:
    first = ensure(store, {}, nobody)
    store.aws.s3.delete_object(Bucket=store.bucket, Key=f"{purpose}.json")
    again = ensure(store, {}, somebody)
    assert {name for name in NAMES if again[name] != first[name]} == set(
        secret(purpose).carry(store, kept(store, purpose))
    ) - {name for name in NAMES if name.endswith("Before")}


def test_what_once_lived_in_the_stacks_parameters_alone_is_taken_from_there(store: Store) -> None:
    first = ensure(store, {}, nobody)
    for one in SECRETS:
        store.aws.s3.delete_object(Bucket=store.bucket, Key=f"{one.purpose}.json")
    again = ensure(store, first, somebody)
    assert {name for name in NAMES if again[name] != first[name]} == {"OriginSecret"}


def test_the_deployment_asks_the_table_whether_people_exist(aws: Aws) -> None:
    template = load_template(ROOT / "infra" / "shared.yaml")
    deployment = deploy.Deployment(aws, "people", {"SiteOrigin": "https://site.example"}, ())
    deploy.ensure_artifacts(deployment)
    values = deploy.shared_stack(deployment, template)
    kept_in = deployment.keys(values["KeyArn"])
    aws.s3.delete_object(Bucket=kept_in.bucket, Key="lookup.json")
    aws.dynamodb.put_item(TableName=values["RegTable"], Item={"pk": {"S": "P#a"}, "sk": {"S": "@"}})
    with pytest.raises(KeysLostError):
        deploy.shared_stack(deployment, template)


def test_older_versions_stay_and_nobody_may_delete_one(store: Store) -> None:
    ensure(store, {}, nobody)
    store.write("lookup", Kept(current=Value(ciphertext="b3RoZXI=")))
    versions = store.aws.s3.list_object_versions(Bucket=store.bucket, Prefix="lookup.json")["Versions"]
    assert len(versions) == 2
    policy = json.loads(store.aws.s3.get_bucket_policy(Bucket=store.bucket)["Policy"])
    denied = next(one for one in policy["Statement"] if one["Sid"] == "NothingGoes")
    assert (denied["Effect"], denied["Principal"]) == ("Deny", "*")
    assert "s3:DeleteObjectVersion" in denied["Action"]


class TestRotation:
    """Two stacks that show which values reach them."""

    @pytest.fixture
    def running(self, store: Store) -> list[str]:
        artifacts = deploy.Deployment(store.aws, store.stage)
        deploy.ensure_artifacts(artifacts)
        names = [artifacts.stack("registration"), artifacts.stack("cdn")]
        values = {**ensure(store, {}, nobody), "AlarmEmail": "piket@pendataan.example"}
        for name in names:
            stacks.apply(store.aws, name, SERVICE, values, artifacts.artifacts)
        return names

    @pytest.mark.parametrize("purpose", TURNING)
    def test_both_values_are_good_everywhere_from_before_the_new_one_is_used_until_the_end(
        self, store: Store, running: list[str], purpose: str
    ) -> None:
        one = secret(purpose)
        first = good(store, running[0], purpose)
        assert one.overlap is not None
        end = rotate(store, one, running, NOW)
        assert end == NOW + one.overlap
        second = good(store, running[0], purpose)
        assert second == good(store, running[1], purpose)
        assert (second[1], second[0] != first[0]) == (first[0], True)
        assert stacks.parameters(store.aws, running[0])["AlarmEmail"] == "piket@pendataan.example"
        with pytest.raises(RotationError, match="too early"):
            finish(store, one, running, end - timedelta(seconds=1))
        assert good(store, running[0], purpose) == second
        finish(store, one, running, end)
        assert [good(store, stack, purpose) for stack in running] == [(second[0], "")] * 2
        with pytest.raises(RotationError, match="no rotation"):
            finish(store, one, running, end)

    def test_a_deployment_in_between_keeps_both(self, store: Store, running: list[str]) -> None:
        rotate(store, secret("captcha"), running, NOW)
        both = good(store, running[0], "captcha")
        given = ensure(store, {}, somebody)
        assert (given["CaptchaKey"], given["CaptchaKeyBefore"]) == both

    def test_the_new_value_is_known_to_every_stack_before_the_first_uses_it(
        self, store: Store, running: list[str]
    ) -> None:
        """Interrupted in the first pass, the old one is used everywhere; the next call goes on with the same value."""
        before = good(store, running[0], "captcha")
        refusing = self.refusing(store)
        with pytest.raises((ClientError, stacks.DeployError)):
            rotate(store, secret("captcha"), [running[0], refusing], NOW)
        halfway = good(store, running[0], "captcha")
        assert halfway[0] == before[0]
        assert good(store, running[1], "captcha") == before
        rotate(store, secret("captcha"), running, NOW)
        assert [good(store, stack, "captcha") for stack in running] == [(halfway[1], before[0])] * 2

    def refusing(self, store: Store) -> str:
        """A stack that takes no second value."""
        deployment = deploy.Deployment(store.aws, store.stage)
        none = {"CaptchaKeyBefore": {"Type": "String", "Default": "", "AllowedValues": [""]}}
        parts = {"Parameters": none, "Resources": {"Topic": SERVICE["Resources"]["TopicCaptchaKeyBefore"]}}
        stacks.apply(store.aws, deployment.stack("documents"), parts, {}, deployment.artifacts)
        return deployment.stack("documents")

    def test_called_twice_it_makes_no_third_value(self, store: Store, running: list[str]) -> None:
        end = rotate(store, secret("session"), running, NOW)
        turned = good(store, running[0], "session")
        assert rotate(store, secret("session"), running, NOW + timedelta(hours=1)) == end
        assert good(store, running[0], "session") == turned

    def test_one_that_leaked_is_dropped_at_once(self, store: Store, running: list[str]) -> None:
        rotate(store, secret("session"), running, NOW)
        finish(store, secret("session"), running, NOW, at_once=True)
        assert good(store, running[0], "session")[1] == ""

    @pytest.mark.parametrize("purpose", ["lookup", "files"])
    def test_one_that_the_tables_depend_on_is_not_rotated(self, store: Store, running: list[str], purpose: str) -> None:
        with pytest.raises(RotationError, match="cannot be rotated"):
            rotate(store, secret(purpose), running, NOW)

    def test_stacks_from_before_rotation_are_told_apart(self, store: Store) -> None:
        ensure(store, {}, nobody)
        with pytest.raises(RotationError, match="deploy first"):
            rotate(store, secret("captcha"), [], NOW)


class TestOffline:
    """The copy in the safe."""

    def test_a_lost_secret_comes_back_under_the_key_the_stage_has_now(self, store: Store) -> None:
        ensure(store, {}, nobody)
        plain = store.open("lookup", kept(store, "lookup").current)
        certificate, private = recipient()
        body, fingerprints = offline.export(store, certificate, NOW)
        assert base64.b64encode(plain) not in body
        copy = offline.read(body, certificate, private)
        assert {purpose: one.fingerprint for purpose, one in copy.secrets.items()} == fingerprints
        store.aws.s3.delete_object(Bucket=store.bucket, Key="lookup.json")
        moved = replace(store, key_arn=store.aws.kms.create_key()["KeyMetadata"]["Arn"])
        done = dict(offline.restore(moved, copy))
        assert done == {one.purpose: "restored" if one.purpose == "lookup" else "unchanged" for one in SECRETS}
        assert moved.open("lookup", kept(moved, "lookup").current) == plain
        assert ensure(moved, {}, somebody)["SessionPublicKey"]

    def test_it_overwrites_nothing_in_use_unless_told(self, store: Store) -> None:
        ensure(store, {}, nobody)
        certificate, private = recipient()
        copy = offline.read(offline.export(store, certificate, NOW)[0], certificate, private)
        other = Kept(current=secret("captcha").make(store))
        store.write("captcha", other)
        store.aws.s3.delete_object(Bucket=store.bucket, Key="lookup.json")
        with pytest.raises(offline.CopyError, match="captcha"):
            dict(offline.restore(store, copy))
        assert (store.read("captcha"), store.read("lookup")) == (other, None), "nothing at all was written"
        assert dict(offline.restore(store, copy, ["captcha"]))["captcha"] == "restored"

    def test_another_stages_copy_is_refused(self, store: Store) -> None:
        ensure(store, {}, nobody)
        certificate, private = recipient()
        copy = offline.read(offline.export(store, certificate, NOW)[0], certificate, private)
        with pytest.raises(offline.CopyError, match="not of `other`"):
            offline.restore(replace(store, stage="other"), copy)

    def test_another_private_key_does_not_open_it(self, store: Store) -> None:
        ensure(store, {}, nobody)
        body, _ = offline.export(store, recipient()[0], NOW)
        with pytest.raises(ValueError, match=r".*"):
            offline.read(body, *recipient())


def kept(store: Store, purpose: str) -> Kept:
    found = store.read(purpose)
    assert found is not None
    return found


def good(store: Store, stack: str, purpose: str) -> tuple[str, str]:
    """The two values a stack takes as good: the one in use, and the one beside it."""
    used, beside = {
        "captcha": ("CaptchaKey", "CaptchaKeyBefore"),
        "session": ("SessionPublicKey", "SessionPublicKeyBefore"),
        "origin": ("OriginSecret", "OriginSecretBefore"),
    }[purpose]
    found = stacks.parameters(store.aws, stack)
    return found[used], found[beside]


def recipient() -> tuple[bytes, bytes]:
    """A certificate and its private key, as `openssl req -x509` makes them."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "brankas")])
    builder: Any = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    certificate = builder.not_valid_before(NOW).not_valid_after(NOW + timedelta(days=1)).sign(key, hashes.SHA256())
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return certificate.public_bytes(Encoding.PEM), private
