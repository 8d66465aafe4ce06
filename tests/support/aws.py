"""The cloud under the use-case tests: moto, in this process, with few items.

The fixture `cloud` is known everywhere (tests/conftest.py). A service's tests say once, in their conftest.py:

    @pytest.fixture(autouse=True)
    def _here(cloud: Cloud) -> None:
        cloud.use("documents")

`cloud.use(service)` gives the process that service's environment; its tables, buckets, queues and variables are read
from infra/shared.yaml and infra/<service>/merge.yaml, so that nothing is listed twice. A resource is made when an
environment first names it. `use` may be called again for another service: same cloud, the other's eyes.
"""

import base64
import functools
import json
import pickle
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs, unquote, urlencode
from uuid import uuid4

import boto3
import jwt
import pytest
import yaml
from chalice.app import Chalice
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from moto import mock_aws
from moto.backends import get_backend

from infra.local.patterns import passes
from infra.local.wiring import filters
from services.kernel import clock, settings
from services.kernel.aws import clients
from services.kernel.aws.dynamodb import decode
from services.kernel.events.facts import Fact
from services.kernel.events.parcels import unpack
from services.kernel.security import privacy
from services.kernel.security.sessions import ALGORITHM, SESSION_TTL, Audience, Role, key_id
from services.registration.adapters import rules_store
from tests.support import gatekeeper, light_moto, shapes
from tests.support.relaying import meaning

T = TypeVar("T")

REGION = "ap-southeast-3"
ACCOUNT = "123456789012"
"""moto's."""
ORIGIN = "https://pendataan.example"
STAGE = "test"
INFRA = Path(__file__).parents[2] / "infra"
LOOKUP_KEY = b"lookup-key-of-32-bytes-for-tests"
CAPTCHA_KEY = b"captcha-key-of-32-bytes-of-tests"
FILES_KEY = b"files-key-of-32-bytes-for-tests-"
ORIGIN_SECRET = "origin-secret-of-the-tests"
"""What the distribution sends along, and `Cloud.call` with it."""
SESSION_KEY = ec.generate_private_key(ec.SECP256R1())
"""The plaintext secrets of every test cloud; a function finds them wrapped, as in AWS."""


@dataclass(frozen=True)
class Answer:
    """What a function answered over HTTP; `json` is None when there is no JSON body."""

    status: int
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    text: str
    json: Any
    set_cookies: tuple[str, ...] = ()
    """The Set-Cookie headers as they are, of which `cookies` has name and value."""

    @property
    def code(self) -> str:
        """The stable code of a problem."""
        return str(self.json["type"])


@dataclass(frozen=True)
class _Moment:
    """What a cloud held when it was remembered: moto's own state, and ours about it."""

    stored: bytes
    keys: Mapping[str, Any]
    queues: Mapping[str, Mapping[str, str]]
    made: Mapping[str, str]
    read_until: Mapping[str, str]
    now: datetime


_moments: dict[str, _Moment] = {}
_standing: dict[str, tuple[Mapping[str, int], bytes]] = {}
"""Of `Cloud.stand`, by name: what the tables held before, and what it gave back."""
_STORES = (("dynamodb", REGION), ("events", REGION), ("s3", "aws"))
"""What of moto is remembered whole, and where; KMS by its keys, SQS by its queues, which must be empty then."""


TELLS = {"RegTable": "registration", "DocTable": "documents", "FinTable": "finalization", "AnnTable": "announcements"}
"""Whose relay reads the stream of a table."""


class Cloud:
    """One test's cloud. Instants: `at` moves the kernel clock, `call(received=…)` sets the instant of receipt."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._made: dict[str, str] = {}
        self._service = ""
        shared = template(INFRA / "shared.yaml")
        self._shared = shared["Resources"]
        self._defaults = _defaults(shared)
        self._read_until: dict[str, str] = {}

    def use(self, service: str, **changed: str) -> None:
        """Be a function of `service`; `changed` overrides variables of its environment (lower-case names)."""
        self._service = service
        fresh = not self._made
        if fresh and (moment := _moments.get(service)):
            self._revive(moment)
        merge = template(INFRA / service / "merge.yaml")
        resources = {**self._shared, **merge["Resources"]}
        self._defaults |= _defaults(merge)
        declared = merge["Globals"]["Function"]["Environment"]["Variables"]
        for name, value in declared.items():
            self._monkeypatch.setenv(name, self._value(value, resources))
        self._monkeypatch.setenv("ORIGIN_SECRET", ORIGIN_SECRET)
        for name, value in changed.items():
            self._monkeypatch.setenv(name.upper(), value)
        if fresh and service not in _moments:
            self.remember(service)  # to make it all again takes longer than most tests
        self.forget()
        gatekeeper.watch()
        shapes.watch()

    def forget(self) -> None:
        """Drop what the kernel keeps per process, as a fresh start of a function would."""
        settings.forget()
        clients.forget()
        privacy.forget()
        rules_store.forget()

    def remember(self, name: str) -> None:
        """Keep all that is stored under a name, for tests that begin where this one stands."""
        assert not any(queue.messages for queue in _backend("sqs").queues.values()), "messages are not remembered"
        stored = pickle.dumps({service: vars(_backend(service, region)) for service, region in _STORES})
        keys = dict(_backend("kms").keys)
        queues = {queue.name: _attributes(queue) for queue in _backend("sqs").queues.values()}
        _moments[name] = _Moment(stored, keys, queues, dict(self._made), dict(self._read_until), clock.now())

    def recall(self, name: str, service: str) -> bool:
        """Be the cloud that was remembered under this name, as a function of `service`; False if none was."""
        moment = _moments.get(name)
        if moment is None:
            return False
        self._revive(moment)
        self.use(service)
        self.at(moment.now)
        return True

    def stand(self, name: str, make: Callable[[], T]) -> T:
        """What `make` makes of this cloud, by its steps the first time in this process, by memory afterwards.

        To be called where the cloud stands as it always does there; what is given back must bear being pickled.
        """
        before = _changes()
        if name in _standing:
            known, kept = _standing[name]
            assert before == known, f"{name}: it stands otherwise than the first time"
            self.recall(name, self._service)
            made: T = pickle.loads(kept)  # noqa: S301 - this process' own
            return made
        made = make()
        _standing[name] = before, pickle.dumps(made)
        self.remember(name)
        return made

    def _revive(self, moment: _Moment) -> None:
        stored = pickle.loads(moment.stored)  # noqa: S301 - this process' own
        for of, region in _STORES:
            vars(_backend(of, region)).update(stored[of])
        _backend("kms").keys.update(moment.keys)
        standing = _backend("sqs").queues
        for name, attributes in moment.queues.items():
            if name not in standing:
                _backend("sqs").create_queue(name, **attributes)
        self._made, self._read_until = dict(moment.made), dict(moment.read_until)

    def name(self, logical_id: str) -> str:
        """The name of a table or bucket, or the URL of a queue, e.g. `cloud.name("FilesBucket")`."""
        return self._value({"Ref": logical_id}, self._shared)

    def at(self, instant: datetime | str) -> datetime:
        """Move the kernel clock to an instant (ISO 8601 with offset, or aware); it runs on from there."""
        moment = datetime.fromisoformat(instant) if isinstance(instant, str) else instant
        clock.shift(moment - clock.machine_now())
        return moment

    def token(self, role: Role | str, institution: str | None = None, sub: str = "tester", **claims: Any) -> str:
        """A session token as registration would sign it; `claims` adds to it (`aud`, `units`, `token_version` …)."""
        wanted = {
            "aud": Audience.SESSION.value,
            "sub": sub,
            "role": Role(role).value,
            "institution": institution,
            "exp": int((clock.now() + SESSION_TTL).timestamp()),
            **claims,
        }
        return signed(wanted)

    def call(
        self,
        app: Chalice,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        cookies: Mapping[str, str] | None = None,
        received: datetime | None = None,
        headers: Mapping[str, str] | None = None,
        form: bool = False,
    ) -> Answer:
        """Send a request as the distribution and API Gateway pass it on; `path` is below the stage, maybe with a query.

        `body` is sent as JSON (as a form with `form`), text as it is. Without a token nor an `Origin` among the
        headers the request comes from our own pages. `received` is the clock's now unless said. A write brings an
        idempotency key of its own, as our pages send it, unless the headers have one; "" stands for none.
        """
        sent = {"content-type": "application/x-www-form-urlencoded" if form else "application/json"}
        sent |= {"authorization": f"Bearer {token}"} if token else {"origin": ORIGIN}
        sent["x-origin-secret"] = ORIGIN_SECRET
        if cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        if method != "GET":
            sent["idempotency-key"] = uuid4().hex
        sent |= {name.lower(): value for name, value in (headers or {}).items()}
        if not sent.get("idempotency-key"):
            sent.pop("idempotency-key", None)
        raw = body if isinstance(body, str) else _encoded(body, form=form)
        event = _event(app, method, path, sent, raw, received or clock.now())
        if method not in app.routes.get(event["resource"], {}):
            return Answer(404, {}, {}, "", {"type": "not-found"})  # API Gateway's own answer: infra/api.yaml
        with gatekeeper.request(keyed="idempotency-key" in sent) as answering:
            answer = _answer(app(event, None))
        if answer.status < 400:
            answering.require_remembered(f"{method} {event['resource']}")
        return answer

    def items(self, logical_id: str) -> list[dict[str, Any]]:
        """Everything a table holds, in the order of its keys: to see that a refusal changed nothing."""
        pages = _client("dynamodb").get_paginator("scan").paginate(TableName=self.name(logical_id))
        found = [decode(item) for page in pages for item in page["Items"]]
        return sorted(found, key=lambda item: (item["pk"], item.get("sk", "")))

    def changes(self, logical_id: str) -> list[dict[str, Any]]:
        """The records of a table's stream since the last call that Lambda hands its relay; no other tells a thing."""
        records, filters = self.records(logical_id), relay_filters(logical_id)
        assert not [record for record in records if not passes(record, filters) and meaning(logical_id, record)]
        return [record for record in records if passes(record, filters)]

    def records(self, logical_id: str, *, anew: bool = False) -> list[dict[str, Any]]:
        """All records of a table's stream since the last call, or since the table was made."""
        stream = _client("dynamodb").describe_table(TableName=self.name(logical_id))["Table"]["LatestStreamArn"]
        reader = _client("dynamodbstreams")
        shard = reader.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"][0]["ShardId"]
        known = None if anew else self._read_until.get(logical_id)
        start = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": known} if known else None
        iterator = reader.get_shard_iterator(
            StreamArn=stream, ShardId=shard, **(start or {"ShardIteratorType": "TRIM_HORIZON"})
        )["ShardIterator"]
        records: list[dict[str, Any]] = reader.get_records(ShardIterator=iterator)["Records"]
        if records:
            self._read_until[logical_id] = records[-1]["dynamodb"]["SequenceNumber"]
        return [_as_json(record) for record in records]

    def messages(self, logical_id: str) -> Iterator[str]:
        """The messages of a queue, each taken off it."""
        queue, sqs = self.name(logical_id), _client("sqs")
        while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
            for message in messages:
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
                yield str(message["Body"])

    def facts(self) -> list[dict[str, Any]]:
        """The facts put on the bus since the last call, an EventBridge envelope each, those of a parcel too."""
        messages = [one for event in self.events() for one in unpack({"messageId": "", "body": json.dumps(event)})]
        return [json.loads(message["body"]) for message in messages]

    def events(self) -> list[dict[str, Any]]:
        """The EventBridge envelopes put on the bus since the last call (the bus is named by the environment)."""
        queue, sqs = self._made["FactsSeen"], _client("sqs")
        seen: list[dict[str, Any]] = []
        while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
            for message in messages:
                seen.append(json.loads(message["Body"]))
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return seen

    def _value(self, declared: Any, resources: Mapping[str, Any]) -> str:
        if not isinstance(declared, Mapping):
            return str(declared)
        name = declared["Ref"]
        if name not in self._made:
            self._made[name] = self._make(name, resources[name]) if name in resources else self._parameter(name)
        return self._made[name]

    def _parameter(self, name: str) -> str:
        known = {"Stage": STAGE, "SiteOrigin": ORIGIN, "SessionPublicKey": public_key()}
        secrets = {
            "LookupKey": LOOKUP_KEY,
            "CaptchaKey": CAPTCHA_KEY,
            "FilesKey": FILES_KEY,
            "SessionKey": _private_key(),
        }
        if name in secrets:
            return self.wrapped(name.removesuffix("Key").lower(), secrets[name])
        if name == "KeyArn":
            return str(_client("kms").create_key()["KeyMetadata"]["Arn"])
        if name == "SigningKeyArn":
            made = _client("kms").create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
            return str(made["KeyMetadata"]["Arn"])
        if name.endswith("Url"):
            return self._value({"Ref": name.removesuffix("Url")}, self._shared)
        return known.get(name) or self._defaults[name]

    def wrapped(self, purpose: str, plain: bytes) -> str:
        """A secret as a function finds it in its environment."""
        sealed = _client("kms").encrypt(
            KeyId=self._value({"Ref": "KeyArn"}, {}),
            Plaintext=plain,
            EncryptionContext={"purpose": purpose, "stage": STAGE},
        )
        return base64.b64encode(sealed["CiphertextBlob"]).decode()

    def _make(self, name: str, resource: Mapping[str, Any]) -> str:
        make: Mapping[str, Callable[[str, Mapping[str, Any]], str]] = {
            "AWS::DynamoDB::Table": self._table,
            "AWS::S3::Bucket": self._bucket,
            "AWS::SQS::Queue": self._queue,
            "AWS::Events::EventBus": self._bus,
            "AWS::SES::ConfigurationSet": lambda name, _: name,
        }
        return make[resource["Type"]](name, resource.get("Properties", {}))

    def _table(self, name: str, properties: Mapping[str, Any]) -> str:
        taken = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")
        wanted = {part: properties[part] for part in taken if part in properties}
        for index in wanted.get("GlobalSecondaryIndexes", []):
            index.pop("WarmThroughput", None)  # a stage's choice
        if "StreamSpecification" in properties:
            wanted["StreamSpecification"] = {"StreamEnabled": True, **properties["StreamSpecification"]}
        _client("dynamodb").create_table(TableName=name, **wanted)
        return name

    def _bucket(self, name: str, properties: Mapping[str, Any]) -> str:
        bucket = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
        _client("s3").create_bucket(
            Bucket=bucket,
            CreateBucketConfiguration={"LocationConstraint": REGION},
            ObjectLockEnabledForBucket=properties.get("ObjectLockEnabled", False),
        )
        if "VersioningConfiguration" in properties:
            _client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        return bucket

    def _queue(self, name: str, properties: Mapping[str, Any]) -> str:
        fifo = properties.get("FifoQueue", False)
        attributes = {"FifoQueue": "true"} if fifo else {}
        made = _client("sqs").create_queue(QueueName=f"{name}.fifo" if fifo else name, Attributes=attributes)
        return str(made["QueueUrl"])

    def _bus(self, name: str, _: Mapping[str, Any]) -> str:
        events, sqs = _client("events"), _client("sqs")
        events.create_event_bus(Name=name)
        self._made["FactsSeen"] = queue = str(sqs.create_queue(QueueName="facts-seen")["QueueUrl"])
        arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        every = json.dumps({"source": [{"prefix": "pendataan."}]})
        events.put_rule(Name="everything", EventBusName=name, EventPattern=every)
        events.put_targets(Rule="everything", EventBusName=name, Targets=[{"Id": "seen", "Arn": arn}])
        return name


def relay_filters(table: str) -> tuple[Mapping[str, Any], ...]:
    """What the mapping of a table's stream to its relay lets through."""
    relay = template(INFRA / TELLS[table] / "merge.yaml")["Resources"]["Relay"]["Properties"]
    return filters(relay["Events"]["RelayDynamodbEventSource"]["Properties"])


def _backend(service: str, region: str = REGION) -> Any:
    """What moto holds of a service."""
    return get_backend(service)[ACCOUNT][region]  # type: ignore[call-overload]


def _changes() -> Mapping[str, int]:
    """How often each table was changed that has a stream."""
    tables = _backend("dynamodb").tables
    return {name: len(table.stream_shard.items) for name, table in tables.items() if table.stream_shard}


def _attributes(queue: Any) -> Mapping[str, str]:
    """What one of our queues is made with."""
    return {"FifoQueue": "true"} if queue.fifo_queue else {}


@functools.cache
def _client(service: str) -> Any:
    return boto3.client(  # type: ignore[call-overload]
        service, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test"
    )


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """An empty cloud with the kernel clock on the machine's time; call `use` before anything else."""
    with clouded(monkeypatch) as made:
        yield made


@contextmanager
def clouded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    """The same for what is no test."""
    for name in ("AWS_ENDPOINT_URL", "AWS_PROFILE", "AWS_EXECUTION_ENV"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    light_moto.install(monkeypatch)
    with mock_aws(config={"core": {"reset_boto3_session": False}}):  # a new session reads AWS's models again: 0.3 s
        made = Cloud(monkeypatch)
        yield made
        clock.shift(timedelta(0))
        made.forget()


def signed(claims: Mapping[str, Any], key: ec.EllipticCurvePrivateKey = SESSION_KEY) -> str:
    """A token as registration signs it, with the name of its key."""
    return jwt.encode(dict(claims), key, algorithm=ALGORITHM, headers={"kid": key_id(public_key(key))})


def envelope(fact: Fact, source: str = "test") -> dict[str, Any]:
    """A fact as an EventBridge rule delivers it to a queue."""
    return {
        "version": "0",
        "id": str(uuid4()),
        "detail-type": fact.name,
        "source": f"pendataan.{source}",
        "account": ACCOUNT,
        "time": clock.now().astimezone(UTC).isoformat(timespec="seconds"),
        "region": REGION,
        "resources": [],
        "detail": fact.model_dump(mode="json"),
    }


def queued(bodies: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """An SQS event with one record per body, e.g. `queued([envelope(fact)])`; message ids are "0", "1" …."""
    records = [
        {
            "messageId": str(at),
            "receiptHandle": str(at),
            "body": json.dumps(body),
            "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": str(clock.millis(clock.now()))},
            "messageAttributes": {},
            "md5OfBody": "",
            "eventSource": "aws:sqs",
            "eventSourceARN": f"arn:aws:sqs:{REGION}:{ACCOUNT}:queue",
            "awsRegion": REGION,
        }
        for at, body in enumerate(bodies)
    ]
    return {"Records": records}


@functools.cache
def template(path: Path) -> dict[str, Any]:
    """A CloudFormation template; `!Ref X` is read as {"Ref": "X"}, the other short forms as {"Fn": …}."""
    loaded: dict[str, Any] = yaml.load(path.read_text(), _Loader)  # noqa: S506 - a SafeLoader with tags added
    return loaded


def _defaults(of: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(about["Default"]) for name, about in of["Parameters"].items() if "Default" in about}


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's tags."""


def _tagged(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = "Ref" if suffix == "Ref" else "Fn"
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _tagged)


@functools.cache
def _private_key() -> bytes:
    return SESSION_KEY.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@functools.cache
def public_key(key: ec.EllipticCurvePrivateKey = SESSION_KEY) -> str:
    """The public half of a key that signs sessions, PEM."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def _as_json(value: Any) -> Any:
    """What Lambda makes of a record on its way through JSON: bytes as base64, instants as seconds."""
    if isinstance(value, dict):
        return {name: _as_json(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_as_json(part) for part in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.timestamp() if isinstance(value, datetime) else value


def _event(
    app: Chalice, method: str, path: str, headers: Mapping[str, str], body: str | None, received: datetime
) -> dict[str, Any]:
    """API Gateway's REST proxy event, version 1.0."""
    path, _, query = path.partition("?")
    resource, variables = _resource(app, path)
    parameters = parse_qs(query, keep_blank_values=True)
    return {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": dict(headers),
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": {name: values[-1] for name, values in parameters.items()} or None,
        "multiValueQueryStringParameters": parameters or None,
        "pathParameters": variables or None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": resource,
            "httpMethod": method,
            "path": f"/api{path}",
            "stage": "api",
            "requestId": str(uuid4()),
            "requestTimeEpoch": clock.millis(received),
            "identity": {"sourceIp": "192.0.2.1", "userAgent": "tests"},
        },
        "body": body,
        "isBase64Encoded": False,
    }


def _resource(app: Chalice, path: str) -> tuple[str, dict[str, str]]:
    """The route API Gateway would choose: a literal segment goes before a variable one."""
    for route in sorted(app.routes, key=lambda route: route.count("{")):
        match = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route), path)
        if match:
            return route, {name: unquote(value) for name, value in match.groupdict().items()}
    return path, {}


def _encoded(body: object, *, form: bool) -> str | None:
    if form:
        assert isinstance(body, Mapping)
        return urlencode(body)
    return None if body is None else json.dumps(body)


def _answer(raw: Mapping[str, Any]) -> Answer:
    headers = {name.lower(): value for name, value in (raw.get("headers") or {}).items()}
    many = {name.lower(): values for name, values in (raw.get("multiValueHeaders") or {}).items()}
    headers |= {name: values[-1] for name, values in many.items()}
    lines = tuple(many.get("set-cookie", []))
    cookies = dict(line.partition(";")[0].split("=", 1) for line in lines)
    text = raw.get("body") or ""
    is_json = "json" in headers.get("content-type", "")
    return Answer(raw["statusCode"], headers, cookies, text, json.loads(text) if is_json and text else None, lines)
