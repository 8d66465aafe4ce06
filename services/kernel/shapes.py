"""Items that the kernel writes into every service's tables."""

from services.kernel.aws.shapes import Shape

EXPIRES = "when DynamoDB may delete it, in seconds since 1970"
UNTIL = "when it is over, in ms, by the kernel's clock"
SALT = "random bytes that the key of what is encrypted is derived from; without them it is erased"
TTL_TABLES = ("RegTtlTable", "DocTtlTable", "FinTtlTable", "AnnTtlTable")
_LINK = {
    "actor": "account id of who did it, or the name of a function",
    "action": "what was done",
    "at": "when it was received, in ms",
    "previous": "hash of the link before, empty in the first",
    "delta_sha256": "hash of the ciphertext in `delta`",
    "by": "`actor` once more where it is one of the staff, for the index; only then",
    "hash": "hash of all of this but `delta`",
    "delta": "what changed",
}
_DEEDS = {"deeds": ("account id of the member of staff who did it; nobody and nothing else", "instant, in ms")}

SHAPES = (
    Shape(
        name="data key of an institution",
        tables=("RegTable", "DocTable", "FinTable", "AnnTable"),
        pk="KEY#<institution>",
        sk="@",
        by="kernel/security/privacy.py",
        attributes={"wrapped": "the key, as KMS wrapped it for this institution, service and stage"},
        encrypted=("wrapped",),
    ),
    Shape(
        name="link of an audit chain (docs/audit.md)",
        tables=("AuditTable",),
        pk="<service>#<kind>#<chain>",
        sk="<number>",
        by="kernel/audit/chain.py",
        attributes=_LINK,
        encrypted=("delta",),
        indexes=_DEEDS,
    ),
    Shape(
        name="link of the chain of a lane, or of a kind of deed",
        tables=("AuditTable",),
        pk="<service>#I#<institution>#<lane>",
        sk="<number>",
        by="kernel/audit/chain.py",
        attributes=_LINK,
        encrypted=("delta",),
        indexes=_DEEDS,
    ),
    Shape(
        name="notice to somebody, once an event and recipient",
        tables=("RegTable", "AnnTable"),
        pk="NOTICE#<event>",
        sk="<kind>#<recipient>",
        by="kernel/notices/outbox.py",
        attributes={
            "notice": "which of the catalogue (kernel/notices/catalogue.py)",
            "state": "`WAITING`, or what became of it",
            "institution": "code of whose key encrypts it, or `nasional`",
            "at": "when it was put here, in ms",
            "until": "after it nobody is written to, in ms",
            "lease": "until when one function sends it, in ms, by the machine's clock",
            "settled": "when it was sent, or given up, in ms",
            "salt": f"{SALT}; gone when it is settled",
            "private": "what it carries, also the token of a link, and an address of its own; gone when it is settled",
        },
        encrypted=("private",),
    ),
    Shape(
        name="address that is not written to",
        tables=("RegTable", "AnnTable"),
        pk="STOP#<keyed hash of the address>",
        sk="@",
        by="kernel/notices/stopped.py",
        attributes={"why": "`bounce` or `complaint`", "at": "when it was marked, in ms"},
    ),
    Shape(
        name="copy of his data, or of his files, that a person asked for last",
        tables=("RegTable", "DocTable"),
        pk="P#<pid>",
        sk="COPY",
        by="kernel/copies/store.py",
        attributes={
            "institution": "its code",
            "copy": "random id of the copy",
            "v": "how often it was written",
            "key": "random name under which it is put in the exports bucket for a day",
            "asked": "when he asked within 24 hours, in ms, the latest last",
            "made": "when it was made, in ms; none before",
        },
    ),
    Shape(
        name="remembered answer to a request",
        tables=TTL_TABLES,
        pk="once#<hash>",
        by="kernel/writes/idempotency.py",
        attributes={
            "content": "HMAC of the request's body under its idempotency key",
            "answer": "what was answered: versions and states, nothing personal",
            "expires": EXPIRES,
        },
    ),
    Shape(
        name="captcha that was used",
        tables=TTL_TABLES,
        pk="captcha#<signature>",
        by="kernel/security/captcha.py",
        attributes={"expires": EXPIRES},
    ),
    Shape(
        name="tokens of somebody that are over, as registration said",
        tables=TTL_TABLES,
        pk="R#<account id or pid>",
        by="kernel/security/revocations.py",
        attributes={
            "v": "version of the account that said so",
            "tv": "token version: tokens of an older one are over",
            "ended": "names of single sign-ins that were ended",
            "until": UNTIL,
            "expires": EXPIRES,
        },
    ),
    Shape(
        name="attempts nobody has signed in for, in one span of time",
        tables=("RegTtlTable", "AnnTtlTable"),
        pk="throttle#<what>#<keyed hash of who>#<span>",
        by="kernel/security/throttle.py",
        attributes={"n": "how many", "until": UNTIL, "expires": EXPIRES},
    ),
)
