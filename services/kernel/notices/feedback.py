"""What SES says of a mail after it took it: sent, bounced, complained of.

Amazon SES developer guide, "Contents of event data that Amazon SES publishes to Amazon SNS". The message holds the
address: it is read here, kept as a hash, and written nowhere.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from services.kernel.aws.ses import TAG
from services.kernel.log import LogLine, log
from services.kernel.notices import outbox, stopped
from services.kernel.notices.outbox import Key, NoticeState
from services.kernel.notices.stopped import Why


class _Recipient(BaseModel):
    address: Annotated[str, Field(alias="emailAddress", repr=False)]


class _Bounce(BaseModel):
    kind: Annotated[str, Field(alias="bounceType")]
    recipients: Annotated[tuple[_Recipient, ...], Field(alias="bouncedRecipients")]


class _Complaint(BaseModel):
    recipients: Annotated[tuple[_Recipient, ...], Field(alias="complainedRecipients")]


class _Mail(BaseModel):
    tags: Mapping[str, tuple[str, ...]] = {}


class _Told(BaseModel):
    kind: Annotated[Literal["Send", "Bounce", "Complaint"], Field(alias="eventType")]
    mail: _Mail
    bounce: _Bounce | None = None
    complaint: _Complaint | None = None


def take_feedback(message: Mapping[str, Any], lookup_key: bytes) -> None:
    """Take one message in: note that a mail went out, or that its address is not to be written to again.

    A bounce that may pass (a full mailbox) changes nothing: SES has tried again by itself, for hours.

    Raises:
        ValueError: no such message.
    """
    told = _Told.model_validate(message)
    if told.kind == "Send":
        for tag in told.mail.tags.get(TAG, ()):
            outbox.settle(Key.of_tag(tag), NoticeState.SENT)
    elif told.bounce is not None and told.bounce.kind == "Permanent":
        _stop(told.bounce.recipients, "bounce", lookup_key)
    elif told.complaint is not None:
        _stop(told.complaint.recipients, "complaint", lookup_key)


def _stop(recipients: tuple[_Recipient, ...], why: Why, lookup_key: bytes) -> None:
    for each in recipients:
        stopped.stop(each.address, why, lookup_key)
    log(LogLine.ADDRESS_STOPPED, code=why, count=len(recipients))
