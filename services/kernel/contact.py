"""How an institution's office is reached, as its admin published it: the one place of the portal where numbers belong.

Telephone, WhatsApp and e-mail are the office's, written to be published; domain.md, section 8, exempts contact pages by
field. Nobody's own may stand here: the form says so, and the page shows what it will look like.
"""

import re

from pydantic import BaseModel, ConfigDict


class OfficeContact(BaseModel):
    """A desk that people may go to or ring up; at least one of `phone`, `whatsapp` and `email` is there.

    Attributes:
        office: what it is called, e.g. "Bidang Kepegawaian BKPSDM".
        address: where it is.
        hours: when it is open, in words.
        phone: as it is dialled, e.g. "(0274) 123456 pes. 12"; "" for none.
        whatsapp: E.164; "" for none.
        email: "" for none.
    """

    model_config = ConfigDict(frozen=True)

    office: str
    address: str
    hours: str
    phone: str = ""
    whatsapp: str = ""
    email: str = ""

    @property
    def dialled(self) -> str:
        """The telephone number as a telephone wants it (RFC 3966), without an extension: somebody answers it."""
        return re.sub(r"[^\d+]", "", re.split(r"ext|pes|psw", self.phone, flags=re.IGNORECASE)[0])
