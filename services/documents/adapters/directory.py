"""Which institutions take part, from finalization's facts: the items `INST`/<code>."""

from services.documents.settings import settings
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import KeyPart
from services.kernel.writes import ungated

_DIRECTORY = "INST"


def keep(code: str) -> None:
    """List an institution; twice is the same.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    ungated.commit([dynamodb.put(settings().table, {"pk": _DIRECTORY, "sk": code})])


def codes() -> list[str]:
    """Every institution listed, in order."""
    return [item["sk"] for item in dynamodb.query_all(settings().table, KeyPart("pk").eq(_DIRECTORY))]
