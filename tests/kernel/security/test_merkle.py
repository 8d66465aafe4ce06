"""Merkle trees against the recursive definition of RFC 9162, and proofs that must fail.

What a proof leads to is asked of the tool that people check theirs with: the services only make them.
"""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pendataan_verify.tree import root_of_path

from services.kernel.security import merkle

LEAVES = st.lists(st.binary(max_size=8), min_size=1, max_size=40).map(
    lambda entries: list(map(merkle.leaf_hash, entries))
)


def by_definition(leaves: Sequence[bytes]) -> bytes:
    """RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:split]) + by_definition(leaves[split:])).digest()


def test_a_leaf_is_hashed_with_its_prefix() -> None:
    assert merkle.leaf_hash(b"abc") == hashlib.sha256(b"\x00abc").digest()
    assert merkle.root([]) == hashlib.sha256(b"").digest()


@given(LEAVES)
def test_the_root_is_that_of_the_definition(leaves: list[bytes]) -> None:
    assert merkle.root(leaves) == by_definition(leaves)


@given(LEAVES, st.data())
def test_every_leaf_has_a_proof(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    found = merkle.path(index, leaves)
    assert root_of_path(leaves[index], index, len(leaves), found) == merkle.root(leaves)
    other = merkle.leaf_hash(b"somebody who is not in it")
    assert root_of_path(other, index, len(leaves), found) != merkle.root(leaves)


@given(LEAVES, st.data())
def test_a_damaged_proof_leads_elsewhere(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    found = merkle.path(index, leaves)
    for at in range(len(found)):
        damaged = [bytes(32) if place == at else one for place, one in enumerate(found)]
        assert root_of_path(leaves[index], index, len(leaves), damaged) != merkle.root(leaves)
    assert root_of_path(leaves[index], index, len(leaves), [*found, bytes(32)]) is None
    if found:
        assert root_of_path(leaves[index], index, len(leaves), found[:-1]) is None


def test_there_is_no_proof_of_what_is_not_there() -> None:
    with pytest.raises(IndexError):
        merkle.path(1, [bytes(32)])
    assert root_of_path(bytes(32), 1, 1, []) is None
