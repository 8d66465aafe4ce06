"""E-mail through SES, API version 2.

What SES says of a mail afterwards (sent, bounced, complained of) comes back with its `notice` tag by SNS
(kernel/notices/feedback.py). Nothing but the tag's opaque value goes into its metadata.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from services.kernel.aws import clients
from services.kernel.notices.channel import Mail, NotTakenError

if TYPE_CHECKING:
    from mypy_boto3_sesv2.type_defs import ContentTypeDef

TAG = "notice"


@dataclass(frozen=True)
class SesChannel:
    """Sends as `sender`, e.g. `no-reply@pendataan.example`, through a configuration set."""

    sender: str
    configuration_set: str

    def send(self, mail: Mail) -> None:
        """Hand it to SES.

        Raises:
            NotTakenError: SES refused it: throttled, paused, identity not verified, still in the sandbox.
            botocore.exceptions.ClientError: SES failed (5xx); like all else, it may have taken it.
            botocore.exceptions.BotoCoreError: no answer.
        """
        try:
            clients.sesv2().send_email(
                FromEmailAddress=self.sender,
                Destination={"ToAddresses": [mail.to]},
                Content={"Simple": {"Subject": _utf8(mail.subject), "Body": {"Text": _utf8(mail.body)}}},
                EmailTags=[{"Name": TAG, "Value": mail.key}],
                ConfigurationSetName=self.configuration_set,
            )
        except ClientError as failed:
            if failed.response["ResponseMetadata"]["HTTPStatusCode"] >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise
            raise NotTakenError(failed.response["Error"]["Code"]) from None


def _utf8(text: str) -> "ContentTypeDef":
    return {"Data": text, "Charset": "UTF-8"}
