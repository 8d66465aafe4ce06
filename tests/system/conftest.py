"""One portal for all tests of this folder; it is ended with the last of them, since an idle one asks on and on."""

from tests.support.portal import portal

__all__ = ["portal"]
