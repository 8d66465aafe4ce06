"""From an uploaded file to chunks, or to the reason why it is refused."""

import io
from dataclasses import asdict, dataclass

import orjson

from services.kernel.log import where
from services.registration.imports.check_file import check_file
from services.registration.imports.chunk import encode_chunk
from services.registration.imports.read_file import read_file
from services.registration.imports.refused_file import FileCode, RefusedFile

_MAX_TOLD = 20


@dataclass(frozen=True)
class Cut:
    """What a file was cut into: its chunks, which hold so many rows; or why it is refused, as (code, message).

    `unforeseen` are places in our code at which reading it, or a row of it, failed in a way nobody had thought of.
    """

    chunks: tuple[bytes, ...] = ()
    rows: int = 0
    problem: tuple[str, str] | None = None
    unforeseen: tuple[str, ...] = ()


def cut_file(content: bytes, rows_per_chunk: int, *, careful: bool = False) -> Cut:
    """Read and check a whole file. Nothing bounds it here but the file itself: see `cut_bounded`.

    Whatever is wrong is answered: with the file refused, or with a row refused. `careful` as `read_file` has it.

    Raises:
        MemoryError: there was not enough.
    """
    unforeseen = _Places()
    try:
        batches = check_file(read_file(io.BytesIO(content), rows_per_chunk, careful=careful), unforeseen.note)
        cut = [(len(batch), encode_chunk(batch)) for batch in batches]
    except RefusedFile as refused:
        return refuse(refused, tuple(unforeseen))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the edge to strangers' files: none of them may come again and again
        return refuse(RefusedFile(FileCode.UNREADABLE), (where(error), *unforeseen))
    return Cut(tuple(chunk for _, chunk in cut), sum(rows for rows, _ in cut), unforeseen=tuple(unforeseen))


def refuse(why: RefusedFile, unforeseen: tuple[str, ...] = ()) -> Cut:
    """Return a file that is refused as a whole."""
    return Cut(problem=(why.code.value, why.message), unforeseen=unforeseen)


class _Places(list[str]):
    """Where it failed; of a file in which every row fails, the first are told."""

    def note(self, error: Exception) -> None:
        if len(self) < _MAX_TOLD:
            self.append(where(error))


def to_wire(cut: Cut) -> bytes:
    """Write a result: each chunk is a line, for its JSON has no line ends, and the last line is JSON too."""
    fields = asdict(cut)
    return b"\n".join([*fields.pop("chunks"), orjson.dumps(fields)])


def from_wire(answer: bytes) -> Cut:
    """Read a result that another process wrote.

    Raises:
        ValueError, KeyError, TypeError: it is not one.
    """
    *chunks, line = answer.split(b"\n")
    fields = orjson.loads(line)
    problem = fields["problem"]
    return Cut(
        tuple(chunks), fields["rows"], (problem[0], problem[1]) if problem else None, tuple(fields["unforeseen"])
    )
