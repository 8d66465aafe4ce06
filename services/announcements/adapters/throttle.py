"""How often an address may do something within an hour; addresses are kept for two hours, by keyed HMAC."""

from datetime import timedelta

from services.announcements.settings import purpose_key, settings
from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy

_HOUR = 3600
_KEPT = timedelta(hours=2)


def require_room(action: str, address: str, most: int) -> None:
    """Count one more attempt in this hour.

    Raises:
        Problem: `throttled` beyond `most`, with the seconds until the next hour.
    """
    now = int(clock.now().timestamp())
    who = privacy.blind(purpose_key("throttle"), action, address)
    expires = int((clock.machine_now() + _KEPT).timestamp())
    key = {"pk": f"throttle#{action}#{who}#{now // _HOUR}"}
    counted = dynamodb.add_once(settings().ttl_table, key, {"n": 1}, {"expires": expires})
    if counted["n"] > most:
        raise Problem(Code.THROTTLED, retry_after=_HOUR - now % _HOUR)
