"""What stands between our calls and the emulator's services changes none of their answers."""

import http.client
import socket
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from infra.aws import EMULATOR_KEY, REGION, Aws
from infra.local import direct, polls
from infra.local.emulator import Emulator

TABLE = {
    "TableName": "things",
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "BillingMode": "PAY_PER_REQUEST",
}
LOCATION = {"LocationConstraint": REGION}


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    started = Emulator(tmp_path_factory.mktemp("emulator"))
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def plain(emulator: Emulator) -> boto3.Session:
    """Botocore as it is."""
    return boto3.Session(EMULATOR_KEY, EMULATOR_KEY, region_name=REGION)


def client(session: boto3.Session, service: str, emulator: Emulator) -> Any:
    made: Any = session.client(service, endpoint_url=emulator.endpoint, config=Config(retries={"max_attempts": 0}))  # type: ignore[call-overload]
    return made


def outcome(call: Any, **given: Any) -> Any:
    """The answer or the error, without what is another one each time."""
    try:
        answer = call(**given)
    except ClientError as refused:
        answer = refused.response
    answer.pop("ResponseMetadata")
    return answer


def test_a_call_without_a_signature_is_answered_like_one_with_it(emulator: Emulator, plain: boto3.Session) -> None:
    ours: Any = emulator.aws.dynamodb
    theirs = client(plain, "dynamodb", emulator)
    ours.create_table(**TABLE)
    item = {"pk": {"S": "é"}, "n": {"N": "1"}, "b": {"B": b"\0\xff"}}
    key = {"pk": item["pk"]}
    never = {"TableName": "things", "Item": item, "ConditionExpression": "attribute_exists(nothing)"}
    for name, given in (
        ("put_item", {"TableName": "things", "Item": item}),
        ("get_item", {"TableName": "things", "Key": key}),
        ("put_item", never),
        ("transact_write_items", {"TransactItems": [{"Put": never}]}),
        ("get_item", {"TableName": "nothing", "Key": key}),
    ):
        assert outcome(getattr(ours, name), **given) == outcome(getattr(theirs, name), **given), name
    with pytest.raises(ours.exceptions.ConditionalCheckFailedException):
        ours.put_item(**never)


def test_an_object_comes_back_as_it_was_put(emulator: Emulator, plain: boto3.Session) -> None:
    s3 = client(plain, "s3", emulator)
    s3.create_bucket(Bucket="things", CreateBucketConfiguration=LOCATION)
    for content in (b"", b"\r\n\r\n" * 1000, b"x" * 5_000_000):
        s3.put_object(Bucket="things", Key="a b/ü", Body=content)
        assert s3.get_object(Bucket="things", Key="a b/ü")["Body"].read() == content
        assert s3.head_object(Bucket="things", Key="a b/ü")["ContentLength"] == len(content)
    s3.delete_object(Bucket="things", Key="a b/ü")
    with pytest.raises(ClientError, match="404"):
        s3.head_object(Bucket="things", Key="a b/ü")


def test_what_nobody_waits_for_any_more_is_not_taken(emulator: Emulator) -> None:
    sqs = emulator.aws.sqs
    url = sqs.create_queue(QueueName="things")["QueueUrl"]
    body = b'{"QueueUrl": "%s", "WaitTimeSeconds": 5}' % url.encode()
    head = b"POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AmazonSQS.ReceiveMessage\r\nContent-Length: %d\r\n\r\n" % len(
        body
    )
    with socket.create_connection(("127.0.0.1", emulator.port)) as gone:
        gone.sendall(head + body)
        time.sleep(0.3)
    sqs.send_message(QueueUrl=url, MessageBody="one")
    time.sleep(0.3)
    assert [each["Body"] for each in sqs.receive_message(QueueUrl=url)["Messages"]] == ["one"]


def test_who_waits_has_a_message_once_it_comes_and_at_the_end_none(emulator: Emulator) -> None:
    sqs = emulator.aws.sqs
    url = sqs.create_queue(QueueName="waited-for")["QueueUrl"]
    with ThreadPoolExecutor() as beside:

        def wait(seconds: int) -> Future[Any]:
            asked = beside.submit(sqs.receive_message, QueueUrl=url, WaitTimeSeconds=seconds, VisibilityTimeout=0)
            time.sleep(0.3)
            return asked

        first = wait(20)
        assert not first.done()
        sqs.send_message(QueueUrl=url, MessageBody="one")
        assert first.result(5)["Messages"][0]["Body"] == "one"
        sqs.purge_queue(QueueUrl=url)
        assert "Messages" not in wait(1).result(5)
        last = wait(20)
        assert not last.done()
        polls.end(emulator.endpoint)
        assert "Messages" not in last.result(5)


def test_a_connection_is_used_again_and_again(emulator: Emulator) -> None:
    asking = http.client.HTTPConnection("127.0.0.1", emulator.port, timeout=10)
    asking.connect()
    line = asking.sock
    for _ in range(2):
        asking.request("GET", "/_ministack/health")
        answer = asking.getresponse()
        assert (answer.status, answer.read()[:1]) == (200, b"{")
    assert asking.sock is line
    asking.putrequest("POST", "/")
    asking.putheader("Transfer-Encoding", "chunked")
    asking.endheaders()  # it answers before any part has come
    assert asking.getresponse().status == 411
    asking.close()


def test_who_asks_nobody_is_told_so() -> None:
    address = "http://127.0.0.1:9"
    with pytest.raises(BotoCoreError, match=address):
        Aws(REGION, address).sqs.list_queues()


def test_an_emulator_that_ended_is_told_and_its_lines_are_let_go(tmp_path: Any) -> None:
    started = Emulator(tmp_path)
    started.start()
    sqs = started.aws.sqs
    sqs.list_queues()
    assert direct._lines._idle[started.endpoint]
    started.stop()
    assert started.endpoint not in direct._lines._idle
    with pytest.raises(BotoCoreError):
        sqs.list_queues()
