"""What the items of documents look like."""

from services.kernel.aws.shapes import Shape
from services.kernel.shapes import EXPIRES, SALT, UNTIL

_TABLES = ("DocTable",)

SHAPES = (
    Shape(
        name="whose files they are, a person, `I<institution>`, `L<application>` or a case's number",
        tables=_TABLES,
        pk="P#<subject>",
        sk="@",
        by="documents/adapters/store.py",
        attributes={
            "institution": "its code",
            "v": "number of the last audit link; none before the first file",
            "head": "hash of that link",
            "salt": SALT,
            "last_<jenis>": "how many files of this kind were promised",
            "unit": "unit kerja, as registration said, or of a case as its ticket said",
            "about": "keyed hash of whom a case is about, as its ticket said",
            "state": "the person's state, as registration said",
            "account": "whether he has an account, as registration said",
            "enrolment": "which enrolment made it, as registration said",
            "assured": "whether that account has an assurance, as registration said",
            "from": "where a wrong NIK was corrected: the id whose files are his too, as registration said",
            "to": "of that id: who they are of now",
            "listed_v": "the person's version that registration spoke of last",
        },
        indexes={"chains": ("`I#<institution>#<shard>`", "the subject")},
    ),
    Shape(
        name="a file",
        tables=_TABLES,
        pk="P#<subject>",
        sk="D#<jenis>#<number>",
        by="documents/adapters/store.py",
        attributes={
            "v": "its version",
            "institution": "whose it is, or whose person's",
            "state": "state of the file (docs/domain.md, section 6)",
            "riwayat": "id of the history row it belongs to",
            "incoming": "random name of the object in quarantine",
            "received": "when it was asked for, in ms",
            "by": "account id of who sends it",
            "size": "bytes",
            "type": "media type",
            "key": "of the copy that is kept in the files bucket",
            "sha256": "of that copy, hex",
            "flags": "what the inspection noted without refusing it",
            "pages": "of a PDF: how many bytes the picture of each page has; they lie in one object beside the copy",
            "code": "why it was refused, for programs",
            "message": "why it was refused, for people",
            "printed_number": "number that the portal had printed on it",
            "enrolment": "the enrolment it was sent from before there was an account",
        },
    ),
    Shape(
        name="way from an object in quarantine to its file",
        tables=_TABLES,
        pk="K#<incoming>",
        sk="@",
        by="documents/adapters/store.py",
        attributes={"file": "id of the file, `<subject>.<jenis>.<n>`"},
    ),
    Shape(
        name="counters of a lane of the gate",
        tables=_TABLES,
        pk="C#<institution>#<lane>",
        sk="@",
        by="kernel/writes/gate.py",
        attributes={"w": "gated writes", "files": "files asked for"},
    ),
    Shape(
        name="that somebody's opening of a file was written down within the minute",
        tables=("DocTtlTable",),
        pk="reading#<account id>#<file>",
        by="documents/files/record_reading.py",
        attributes={"until": UNTIL, "expires": EXPIRES},
    ),
    Shape(
        name="institution in the directory",
        tables=_TABLES,
        pk="INST",
        sk="<institution>",
        by="documents/adapters/directory.py",
    ),
)
