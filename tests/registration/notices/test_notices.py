"""What registration's deeds put by is told by its stream, sent by its function, and heard of from SES."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from moto.backends import get_backend

from services.kernel.aws import dynamodb
from services.kernel.notices import outbox
from services.kernel.notices.catalogue import Notice, NoticeKind, Recipient, RecipientKind
from services.kernel.notices.outbox import Key, NoticeState
from services.registration.app import relay, send_notices, take_mail_feedback
from services.registration.notices.bounced import is_bounced
from services.registration.notices.find_contact import FINDERS, find_contact
from tests.support.aws import ACCOUNT, REGION, Cloud, queued
