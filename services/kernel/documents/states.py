from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class FileState(StrEnum):
    """Where a file stands between the promise to upload it and its place in the record (domain.md §4)."""

    MENUNGGU_UNGGAH = "MENUNGGU_UNGGAH"
    DIPERIKSA = "DIPERIKSA"
    DITERIMA = "DITERIMA"
    DITOLAK = "DITOLAK"
    DIGANTI = "DIGANTI"


# The verdict may overtake the notice that inspection began (events come in any order), and whatever a newer
# file of the same kind stands for becomes DIGANTI, also a promise that was never kept.
_NEXT: Mapping[FileState, frozenset[FileState]] = MappingProxyType(
    {
        FileState.MENUNGGU_UNGGAH: frozenset(
            {FileState.DIPERIKSA, FileState.DITERIMA, FileState.DITOLAK, FileState.DIGANTI}
        ),
        FileState.DIPERIKSA: frozenset({FileState.DITERIMA, FileState.DITOLAK, FileState.DIGANTI}),
        FileState.DITERIMA: frozenset({FileState.DIGANTI}),
        FileState.DITOLAK: frozenset({FileState.DIGANTI}),
        FileState.DIGANTI: frozenset(),
    }
)


def may_become(state: FileState, target: FileState) -> bool:
    """Say whether a file in `state` may go to `target`; staying where it is is no transition."""
    return target in _NEXT[state]
