"""What is done with a case here, as the audit trail names it."""

from enum import StrEnum


class CaseDeed(StrEnum):
    """One deed on a record; its words: trails/deed_words.py."""

    DRAFT = "draft-from-case"
    ACCEPT_TANGGAPAN = "accept-tanggapan"
    REFUSE_TANGGAPAN = "refuse-tanggapan"
    ACCEPT_KEBERATAN = "accept-keberatan"
    REFUSE_KEBERATAN = "refuse-keberatan"
    OPINE = "opine-on-keberatan"
    ANNOTATE = "annotate-case"
    ASKED_TO_DELETE = "note-deletion-asked"
