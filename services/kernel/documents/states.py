from enum import StrEnum

from services.kernel.transitions import Transitions


class FileState(StrEnum):
    """Where a file stands between the promise to upload it and its place in the record (domain.md §4)."""

    MENUNGGU_UNGGAH = "MENUNGGU_UNGGAH"
    DIPERIKSA = "DIPERIKSA"
    DITERIMA = "DITERIMA"
    DITOLAK = "DITOLAK"
    DIGANTI = "DIGANTI"


_S = FileState


def _from(*states: FileState, to: FileState) -> dict[FileState, FileState]:
    return dict.fromkeys(states, to)


# The verdict may overtake the notice that inspection began (events come in any order), and whatever a newer
# file of the same kind stands for becomes DIGANTI, also a promise that was never kept.
FILE_MOVES: Transitions[FileState, FileState, FileState] = Transitions(
    {
        _S.DIPERIKSA: _from(_S.MENUNGGU_UNGGAH, to=_S.DIPERIKSA),
        _S.DITERIMA: _from(_S.MENUNGGU_UNGGAH, _S.DIPERIKSA, to=_S.DITERIMA),
        _S.DITOLAK: _from(_S.MENUNGGU_UNGGAH, _S.DIPERIKSA, to=_S.DITOLAK),
        _S.DIGANTI: _from(_S.MENUNGGU_UNGGAH, _S.DIPERIKSA, _S.DITERIMA, _S.DITOLAK, to=_S.DIGANTI),
    }
)
"""A step is named by the state it leads to; staying where a file is is none."""
