"""Sending to a standard queue, in batches of ten."""

import pytest

from services.kernel.aws import clients, events
from tests.support.aws import Cloud


@pytest.mark.parametrize("count", [0, 1, 10, 25])
def test_every_message_arrives(cloud: Cloud, count: int) -> None:
    cloud.use("registration")
    url = clients.sqs().create_queue(QueueName="steps")["QueueUrl"]
    events.send(url, [str(at) for at in range(count)])
    seen = set[str]()
    while messages := clients.sqs().receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
        seen |= {message["Body"] for message in messages}
    assert seen == {str(at) for at in range(count)}
