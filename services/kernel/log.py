"""Every line the functions may log, so that a support person can search for it.

Personal data cannot get in: a line takes only the fields in `FIELDS`, opaque ids, codes, counts and durations.
"""

import inspect
from enum import Enum

from aws_lambda_powertools import Logger

_logger = Logger()

FIELDS = frozenset(
    {
        "attempt",
        "chain",
        "code",
        "count",
        "epoch",
        "error",
        "events",
        "fact",
        "function",
        "import_id",
        "institution",
        "jenis",
        "lane",
        "link",
        "milliseconds",
        "notice",
        "pid",
        "request_id",
        "route",
        "state",
        "status",
        "subject",
        "window",
    }
)


class LogLine(Enum):
    """(level, code, meaning)."""

    REQUEST = ("info", "HTTP001", "request answered")
    REQUEST_FAILED = ("error", "HTTP002", "request failed unexpectedly")
    REQUEST_PUT_OFF = ("warning", "HTTP003", "a store was busy or silent, the caller is asked to come again")
    FIGURES_AWAY = ("warning", "FIG001", "CloudWatch did not tell its figures, they are shown as not available")
    GATE_CONFLICT = ("info", "GATE001", "lane was busy, trying another")
    GATE_REFUSED = ("info", "GATE002", "write refused: window closed")
    GATE_GAVE_UP = ("warning", "GATE003", "write given up after the last try")
    FACTS_PUBLISHED = ("info", "FACT001", "facts put on the bus")
    FACT_REFUSED = ("error", "FACT002", "bus did not take a fact")
    FACT_CONSUMED = ("info", "FACT003", "fact consumed")
    FACTS_SENT_BACK = ("info", "FACT004", "facts of a parcel failed and come again alone")
    CHANGE_SET_ASIDE = ("error", "FACT005", "change could not be translated and is a dead letter")
    MESSAGE_FAILED = ("error", "MSG001", "message failed and comes again")
    IMPORT_READ = ("info", "IMP001", "import file read and cut into chunks")
    IMPORT_REFUSED = ("info", "IMP002", "import file refused as a whole")
    IMPORT_CHUNK = ("info", "IMP003", "import chunk committed")
    IMPORT_UNFORESEEN = ("error", "IMP004", "import file or row failed in a way nobody thought of, and was refused")
    IMPORT_GIVEN_UP = ("error", "IMP005", "import given up after the last try, its page says so")
    SHEETS_PRINTED = ("info", "REG001", "activation sheets of a part printed")
    TITLES_LOADED = ("info", "TTL001", "list of job titles read and kept")
    TITLES_REFUSED = ("info", "TTL002", "list of job titles refused")
    TITLES_BEGUN = ("info", "TTL003", "count or run of a list of job titles begun over all institutions")
    TITLES_INSTITUTION = ("info", "TTL004", "an institution's share of such a count or run is over")
    FILE_INSPECTED = ("info", "DOC001", "file inspected")
    FILE_UNKNOWN = ("warning", "DOC002", "object arrived that nobody was promised a place for")
    FILE_SETTLED = ("info", "DOC003", "object arrived for a file that is decided already")
    PAGES_NOT_DRAWN = ("warning", "DOC004", "accepted PDF could not be drawn page by page, it is offered as a file")
    LOCKED = ("info", "LOCK001", "institution locked")
    LOCK_STALE = ("info", "LOCK002", "lock was stale and did nothing")
    LOCK_FAILED = ("error", "LOCK003", "institution could not be locked, its message comes again")
    LOCK_NOT_SENT = ("error", "LOCK004", "queue did not take an institution to be locked, next run sends it again")
    PREFINALIZED = ("info", "PRE001", "institution pre-finalized by the portal")
    PREFINAL_STALE = ("info", "PRE002", "pre-finalization was stale and did nothing")
    PREFINAL_FAILED = ("error", "PRE003", "institution could not be pre-finalized, its message comes again")
    PREFINAL_NOT_SENT = ("error", "PRE004", "queue did not take an institution to be pre-finalized, next run sends it")
    SEAL_UNEQUAL = ("warning", "SEAL001", "roster and counters differ, sealing again")
    SEALED = ("info", "SEAL002", "roster sealed")
    SEAL_STUCK = ("error", "SEAL003", "roster and counters still differ, sealing again later")
    LIST_WAITS = ("info", "SEAL004", "numbered list waits for who was in time")
    AUDIT_FAULT = ("error", "AUD001", "audit chain is not whole")
    AUDIT_HEADS_LOST = ("error", "AUD002", "heads of the last anchor are lost or were changed")
    AUDIT_ANCHORED = ("info", "AUD003", "audit chains checked and anchored")
    AUDIT_STARTED = ("info", "AUD004", "daily check of the audit chains begun")
    PAGES_WRITTEN = ("info", "ANN001", "public pages written")
    LIST_REFUSED = ("error", "ANN002", "sealed list is not what was sealed, not published")
    PUBLICATION_STOPPED = ("error", "ANN004", "personal numbers found, list not published until they are mended")
    ROWS_WITHHELD = ("error", "ANN005", "personal numbers found in a sealed list, these rows published by number only")
    PUBLICATION_GOES_ON = ("info", "ANN006", "nothing stands in the way of a publication any more")
    CASE_RECEIVED = ("info", "ANN003", "case received")
    CASES_LOOKED_AT = ("info", "ANN007", "cases past their time looked at, so many escalated, closed or forgotten")
    CASES_TOLD_AGAIN = ("info", "ANN008", "cases told again as they stand, so many")
    NOTICE_SETTLED = ("info", "MAIL001", "notice sent, or not to be sent")
    MAIL_NOT_TAKEN = ("warning", "MAIL002", "mail was not taken, its notice comes again")
    ADDRESS_STOPPED = ("warning", "MAIL003", "mail bounced for good or was complained of, address is marked")
    SEARCH_KEPT = ("info", "FIND001", "lines of the index of people written")
    SEARCH_DIFFERED = ("warning", "FIND002", "index of people differed from the roster, it was mended")
    SEARCH_CHECKED = ("info", "FIND003", "index of people compared with the roster")
    SEARCH_COUNTED = ("info", "FIND004", "counted over an index of people what they share")
    REMINDERS_BEGUN = ("info", "REM001", "day's reminders begun")
    REMINDED = ("info", "REM002", "page of a roster reminded of a deadline")
    DUKCAPIL_ASKED = ("info", "DUK001", "population register asked again, so many answered")
    DUKCAPIL_AWAY = ("warning", "DUK002", "population register did not answer, it is asked again")
    CAPTCHA_REPLAYED = ("info", "SEC001", "captcha solution used twice")
    SIGN_IN_REFUSED = ("info", "SEC002", "sign-in refused")
    ACCOUNT_GUESSED_AT = ("warning", "SEC003", "many wrong passwords for one account from unknown browsers")
    REFRESH_REUSED = ("warning", "SEC004", "refresh token used twice, sign-in ended")


def log(line: LogLine, **fields: object) -> None:
    """Write one line of the catalogue.

    Raises:
        ValueError: for a field that is not in `FIELDS`; names no value.
    """
    unknown = fields.keys() - FIELDS
    if unknown:
        raise ValueError(f"not a log field: {', '.join(sorted(unknown))}")
    level, code, meaning = line.value
    getattr(_logger, level)(meaning, extra={"line": code, **fields})


def where(error: BaseException) -> str:
    """Type and place of an unexpected error; never its text, which may quote personal data."""
    last = inspect.getinnerframes(error.__traceback__)[-1] if error.__traceback__ else None
    return f"{type(error).__name__} {last.filename.rpartition('services/')[2]}:{last.lineno}" if last else "unknown"
