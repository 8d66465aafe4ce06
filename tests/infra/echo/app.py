"""A service that remembers what reached it: every kind of trigger, and ways to fail on demand."""

import gzip
import json
import os
import time
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from chalice.app import Chalice, Request, Response

from services.kernel import clock

app = Chalice(app_name="echo")
table = boto3.resource("dynamodb").Table(os.environ["TABLE"]) if "TABLE" in os.environ else None
seen = boto3.resource("dynamodb").Table(os.environ["SEEN"]) if "SEEN" in os.environ else None


def current() -> Request:
    """The request being answered."""
    assert app.current_request is not None
    return app.current_request


def remember(kind: str, name: str, instant: str = "") -> None:
    """Count that this reached this kind of trigger, and in which order."""
    assert seen is not None
    seen.update_item(
        Key={"pk": f"{kind}#{name}"},
        UpdateExpression="ADD n :one SET at_ns = :ns, instant = :instant",
        ExpressionAttributeValues={":one": 1, ":ns": time.time_ns(), ":instant": instant or clock.now().isoformat()},
    )


@app.route("/echo/event/{name}", methods=["GET", "POST"], content_types=["application/json", "image/jpeg"])
def event(name: str) -> Any:
    """The event as API Gateway would hand it over, in part."""
    request = current().to_dict()
    body = current().raw_body
    return {
        "name": name,
        "context": request["context"],
        "query": request["query_params"],
        "bytes": len(body),
        "headers": request["headers"],
        "clock": clock.now().isoformat(),
    }


@app.route("/echo/seen")
def all_seen() -> Any:
    """Everything remembered."""
    assert seen is not None
    items: list[Any] = seen.scan(ConsistentRead=True)["Items"]
    return sorted(([i["pk"], int(i["n"]), int(i["at_ns"]), i["instant"]] for i in items), key=lambda i: i[2])


@app.route("/echo/fail/{how}")
def fail(how: str) -> Any:
    """Fail in one of the ways a function can."""
    if how == "exit":
        os._exit(1)
    if how == "sleep":
        time.sleep(30)
    strict: dict[str, str | list[str]] = {
        "Content-Type": "image/jpeg",
        "Content-Security-Policy": "sandbox",
        "X-Frame-Options": "SAMEORIGIN",
    }
    return Response(b"\xff\xd8\xff", headers=strict) if how == "image" else 1 / 0


@app.route("/echo/cookies")
def cookies() -> Any:
    """Two cookies in one answer."""
    return Response({}, headers={"Set-Cookie": ["a=1; HttpOnly", "b=2; HttpOnly"]})


@app.route("/echo/items/{name}", methods=["PUT"])
def write_item(name: str) -> Any:
    """Write items whose changes the stream brings back."""
    assert table is not None
    with table.batch_writer() as batch:
        for one in name.split(","):
            batch.put_item({"pk": one, "sk": str(time.time_ns())})
    return {}


@app.route("/echo/messages/{name}", methods=["PUT"])
def send(name: str) -> Any:
    """Put messages on the queue (`name`), on the FIFO queue (`group:name`) or on the bus (`bus:name`)."""
    sqs = boto3.client("sqs")
    for one in name.split(","):
        group, _, rest = one.partition(":")
        if group == "bus":
            fact = json.dumps({"name": rest})
            boto3.client("events").put_events(
                Entries=[
                    {
                        "Source": "pendataan.echo",
                        "DetailType": "echo.told",
                        "Detail": fact,
                        "EventBusName": os.environ["BUS"],
                    }
                ]
            )
        elif rest:
            sqs.send_message(
                QueueUrl=os.environ["STEPS"],
                MessageBody=rest,
                MessageGroupId=group,
                MessageDeduplicationId=str(time.time_ns()),
            )
        else:
            sqs.send_message(QueueUrl=os.environ["QUEUE"], MessageBody=json.dumps({"detail": {"name": one}}))
    return {}


@app.route("/echo/forms", methods=["POST"])
def form() -> Any:
    """A signed upload form."""
    asked = current().json_body
    config = Config(signature_version="s3v4", s3={"addressing_style": "path"})
    s3 = boto3.client("s3", endpoint_url=os.environ["S3_PUBLIC_ENDPOINT"], config=config)
    made = s3.generate_presigned_post(
        os.environ["BUCKET"],
        asked["key"],
        Fields={"Content-Type": "image/jpeg"},
        Conditions=[{"Content-Type": "image/jpeg"}, ["content-length-range", 10, 1000]],
        ExpiresIn=asked.get("seconds", 60),
    )
    link = s3.generate_presigned_url("get_object", Params={"Bucket": os.environ["BUCKET"], "Key": asked["key"]})
    return {**made, "link": link}


@app.route("/echo/pages/{name}", methods=["PUT"])
def publish(name: str) -> Any:
    """Put a page on the site."""
    boto3.client("s3", config=Config(s3={"addressing_style": "path"})).put_object(
        Bucket=os.environ["SITE_BUCKET"],
        Key=f"{name}/index.html",
        Body=current().raw_body,
        ContentType="text/html; charset=utf-8",
    )
    return {}


@app.route("/echo/packed/{name}", methods=["PUT"])
def publish_packed(name: str) -> Any:
    """Put a page on the site, packed."""
    body = current().raw_body
    boto3.client("s3", config=Config(s3={"addressing_style": "path"})).put_object(
        Bucket=os.environ["SITE_BUCKET"],
        Key=f"{name}/index.html",
        Body=gzip.compress(body if isinstance(body, bytes) else body.encode()),
        ContentType="text/html; charset=utf-8",
        ContentEncoding="gzip",
    )
    return {}


@app.on_sqs_message(queue="Messages", batch_size=10)
def on_message(event: Any) -> Any:
    """Remember each message; those named poison fail."""
    failed = []
    for record in event.to_dict()["Records"]:
        body = json.loads(record["body"])
        detail = body["detail"]
        name = detail.get("name") or detail.get("object", {}).get("key", "scheduled")
        remember("queue", name, body.get("time", ""))
        if name.startswith("poison"):
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


@app.on_sqs_message(queue="Steps", batch_size=10)
def on_step(event: Any) -> Any:
    """Remember each step in order; those named poison fail, and all after them of this batch."""
    records = event.to_dict()["Records"]
    for number, record in enumerate(records):
        group = record["attributes"]["MessageGroupId"]
        remember("fifo", f"{group}:{record['body']}")
        if record["body"].startswith("poison"):
            rest = [r for r in records[number:] if r["attributes"]["MessageGroupId"] == group]
            return {"batchItemFailures": [{"itemIdentifier": r["messageId"]} for r in rest]}
    return {}


@app.on_dynamodb_record(stream_arn="DocStreamArn", batch_size=100)
def on_change(event: Any) -> Any:
    """Remember each change; `crash` raises, `poison` is reported, `once` fails the first time only."""
    for record in event.to_dict()["Records"]:
        name = record["dynamodb"]["Keys"]["pk"]["S"]
        if name.startswith("slow"):
            time.sleep(0.06)
        remember("stream", name)
        if name.startswith("crash"):
            raise RuntimeError("crash")
        if name.startswith("poison"):
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}


@app.schedule("rate(1 minute)")
def tick(event: Any) -> Any:
    """Remember the minute."""
    remember("tick", event.to_dict()["time"])


@app.route("/echo/items/{name}", methods=["DELETE"])
def delete_item(name: str) -> Any:
    """Delete an item in a transaction, or plainly."""
    client = boto3.client("dynamodb")
    own, key = os.environ["TABLE"], {"pk": {"S": "gone"}, "sk": {"S": "gone"}}
    try:
        if name == "plain":
            client.delete_item(TableName=own, Key=key)
        else:
            client.transact_write_items(TransactItems=[{"Delete": {"TableName": own, "Key": key}}])
    except ClientError as refused:
        return {"refused": refused.response["Error"]["Code"]}
    return {"refused": None}
