"""S3's "Object Created" event, as EventBridge delivers it, for the imports bucket."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.registration.adapters.work_files import INCOMING
from services.registration.imports.take_file import take_file


def take_arrival(envelope: Mapping[str, Any]) -> None:
    """Take the file that arrived. The event's `time` is S3's instant of receipt: it decides about the deadline."""
    uploaded: Mapping[str, Any] = envelope["detail"]["object"]
    import_id = str(uploaded["key"]).removeprefix(INCOMING)
    take_file(import_id, datetime.fromisoformat(envelope["time"]), uploaded.get("version-id") or None)
