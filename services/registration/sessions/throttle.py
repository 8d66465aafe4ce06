"""How often one network, or one NIK from one network, may try what nobody has signed in for.

The numbers are this project's *(ours)*, but for the three status checks a day (domain.md, section 2): a whole office
may share one address, a person types his own NIK. A NIK is counted apart in each network, so that a stranger who tries
it elsewhere keeps its owner from nothing; who shares his network has the mobile one's three besides.
"""

from datetime import timedelta

from services.kernel.security.throttle import Throttle
from services.registration.settings import lookup_key

IDENTITY_CHECKS_OF_NETWORK = Throttle("identity-address", 300, timedelta(minutes=10), lookup_key)
IDENTITY_CHECKS_OF_NIK = Throttle("identity-nik", 20, timedelta(hours=1), lookup_key)
STATUS_CHECKS_OF_NETWORK = Throttle("status-address", 300, timedelta(minutes=10), lookup_key)
STATUS_CHECKS_OF_NIK = Throttle("status-nik", 3, timedelta(days=1), lookup_key)
SIGN_INS_OF_NETWORK = Throttle("sign-in-address", 600, timedelta(minutes=10), lookup_key)
"""Of unknown browsers; more of them must solve a captcha (lockout.py)."""
