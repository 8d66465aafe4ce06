"""Loaded before processes are forked off: what boto3 makes its clients of, a sixth of a second of every process' start.

The clients made here are let go; the session that remains knows AWS's services and nobody's keys. Beside them what
Pillow reads pictures with, which it would load anew for each file.
"""

from typing import Final

import boto3
from PIL import Image

from infra.aws import EMULATOR_KEY, REGION

_SERVICES: Final = ("cloudwatch", "dynamodb", "events", "kms", "s3", "sesv2", "sqs")

for _service in _SERVICES:
    boto3.client(_service, region_name=REGION, aws_access_key_id=EMULATOR_KEY, aws_secret_access_key=EMULATOR_KEY)
Image.preinit()
