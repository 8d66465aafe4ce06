"""Whether this is the nightly run, `make test-large`: what takes too long for every day is searched then only."""

import os
from typing import Final

LARGE: Final = bool(os.environ.get("LARGE"))
