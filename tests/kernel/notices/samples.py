"""A notice of each kind, and channels that keep what they are given."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from services.kernel.notices.catalogue import CATALOGUE, Notice, NoticeKind, Recipient, Value
from services.kernel.notices.channel import Mail, NotTakenError, Sms
from services.kernel.notices.send import Contact

TOKEN: Final = "0123456789abcdef." + "kJ3-" + "a" * 39
"""An id and 32 bytes in base64url."""
VALUES: Final[dict[str, Value]] = {
    "institution": "Pemerintah Kabupaten Contoh Utara",
    "role": "verifikator",
    "at": datetime(2022, 9, 1, 2, 0, tzinfo=UTC),
    "until": datetime(2100, 9, 4, 2, 0, tzinfo=UTC),
    "left": 9,
    "count": 12,
    "drafts": 12,
    "unsubmitted": 1204,
    "undecided": 2311,
    "voided": 17,
    "windows": "DOSSIER,CORRECTION",
    "message": "Dua ribu orang belum diputus.\nTambahkan verifikator sebelum akhir bulan.",
    "browser": "Chrome · Windows",
    "code": "314159",
    "number": "A-7K3M-Q2XD",
    "access_code": "7K3M-Q2XD-9AB4",
    "token": TOKEN,
    "corrected": "nama,sumber_pembayaran,riwayat",
}
ADDRESS: Final = "siti.aminah@contoh.example"


def notice(kind: NoticeKind, event: str = "deed.1", /, **changed: Value) -> Notice:
    """One of this kind, with usual values."""
    about = CATALOGUE[kind]
    recipient = Recipient(min(about.to), "1.abcdefgh")
    fields = {name: VALUES[name] for name in about.fields} | changed
    return Notice(kind, event, recipient, fields, institution="9901")


def known(_: Recipient) -> Contact:
    """Everybody has the same address."""
    return Contact(ADDRESS)


@dataclass
class KeptMails:
    """A channel that takes everything; `fails` is raised once each first."""

    fails: list[Exception] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.mails.append(mail)


@dataclass
class KeptSms:
    sent: list[Sms] = field(default_factory=list)

    def send(self, sms: Sms) -> None:
        self.sent.append(sms)


def down() -> NotTakenError:
    """What a channel says that takes nothing for now."""
    return NotTakenError("TooManyRequestsException")
