"""An audit chain held against its head: whatever somebody does to it shows."""

import hashlib
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.kernel.audit import chain as audit
from services.kernel.audit.check import START, Fault, FaultKind, Head, check_chain, look

CHAIN = "registration#P#aaaabbbbccccdddd"
Link = dict[str, Any]
OTHER_VALUES = st.one_of(st.text(max_size=8), st.integers(), st.binary(max_size=8), st.booleans(), st.none())


def forge(version: int, previous: str, *, chain: str = CHAIN, actor: str = "operator") -> Link:
    """A link as `audit.link` writes it."""
    delta = f"ciphertext {version}".encode()
    content = {
        "pk": chain,
        "sk": audit.sort_key(version),
        "actor": actor,
        "action": "edit",
        "at": 1_661_000_000_000 + version,
        "previous": previous,
        "delta_sha256": hashlib.sha256(delta).hexdigest(),
        **audit.index_of(actor),
    }
    return {**content, "hash": audit.own_hash(content), "delta": delta}


def grow(length: int, start: Head = START, *, actor: str = "operator") -> list[Link]:
    links: list[Link] = []
    previous = start.hash
    for version in range(start.version + 1, start.version + 1 + length):
        links.append(forge(version, previous, actor=actor))
        previous = links[-1]["hash"]
    return links


def head_of(links: list[Link], start: Head = START) -> Head:
    return Head(int(links[-1]["sk"]), links[-1]["hash"]) if links else start


def faults(links: list[Link], head: Head, start: Head = START, anchored: Head | None = None) -> list[Fault]:
    seen = (look(CHAIN, item) for item in links)
    return check_chain(CHAIN, seen, head, start=start, anchored=[anchored] if anchored else [])


def kinds(*args: Any, **named: Any) -> list[tuple[int, str]]:
    return [(fault.version, fault.kind.value) for fault in faults(*args, **named)]


ACTORS = st.sampled_from(["operator", f"1.{'a' * 32}"])
"""One whose deeds are not in the index of what staff did, and one whose are."""
STARTS = st.sampled_from([START, Head(1, "f" * 64)])
"""A person entered by hand, and one who was imported."""


@given(st.integers(0, 12), STARTS)
def test_a_chain_nobody_touched_is_sound(length: int, start: Head) -> None:
    links = grow(length, start)
    head = head_of(links, start)
    assert faults(links, head, start) == []
    for anchored in [start, *(Head(int(link["sk"]), link["hash"]) for link in links)]:
        assert faults(links, head, start, anchored) == []


@given(st.integers(1, 8), STARTS, st.data())
def test_any_change_of_any_attribute_is_found(length: int, start: Head, data: st.DataObject) -> None:
    links = grow(length, start, actor=data.draw(ACTORS))
    head = head_of(links, start)
    at = data.draw(st.integers(0, length - 1))
    name = data.draw(st.sampled_from(sorted(links[at])))
    value = data.draw(OTHER_VALUES)
    assume(not (value == links[at][name] and type(value) is type(links[at][name])))
    links[at] = {**links[at], name: value}
    assert faults(links, head, start)


@given(st.integers(1, 8), st.data())
def test_an_attribute_more_or_less_is_found(length: int, data: st.DataObject) -> None:
    links = grow(length, actor=data.draw(ACTORS))
    head = head_of(links)
    at = data.draw(st.integers(0, length - 1))
    name = data.draw(st.sampled_from(sorted(links[at])))
    assert (at + 1, "tampered") in kinds([*links[:at], {**links[at], "note": "x"}, *links[at + 1 :]], head)
    without = {key: value for key, value in links[at].items() if key != name}
    assert faults([*links[:at], without, *links[at + 1 :]], head)


def test_a_link_from_before_the_index_is_whole_and_one_taken_out_of_it_is_not() -> None:
    (link,) = grow(1, actor=f"1.{'a' * 32}")
    without = {name: value for name, value in link.items() if name != "by"}
    assert faults([{**without, "hash": audit.own_hash(without)}], Head(1, audit.own_hash(without))) == []
    assert kinds([without], Head(1, link["hash"])) == [(1, "tampered")]
    others = {**without, "by": "somebody else"}
    assert kinds([{**others, "hash": audit.own_hash(others)}], Head(1, audit.own_hash(others))) == [(1, "tampered")]


@given(st.integers(1, 8), st.data())
def test_a_changed_link_whose_hash_was_made_to_fit_is_found_behind_it(length: int, data: st.DataObject) -> None:
    links = grow(length)
    head = head_of(links)
    at = data.draw(st.integers(0, length - 1))
    changed = {**links[at], "actor": "somebody else"}
    links[at] = {**changed, "hash": audit.own_hash(changed)}
    assert kinds(links, head) == [(min(at + 2, length), "forked")]


@given(st.integers(1, 8), STARTS, st.data())
def test_any_link_taken_out_is_found(length: int, start: Head, data: st.DataObject) -> None:
    links = grow(length, start)
    head = head_of(links, start)
    at = data.draw(st.integers(0, length - 1))
    number = start.version + at + 1
    kind = "cut-tail" if at == length - 1 else "missing"
    assert kinds([*links[:at], *links[at + 1 :]], head, start) == [(number, kind)]


@given(st.integers(1, 8), STARTS, st.data())
def test_any_cut_tail_is_found(length: int, start: Head, data: st.DataObject) -> None:
    links = grow(length, start)
    left = data.draw(st.integers(0, length - 1))
    assert kinds(links[:left], head_of(links, start), start) == [(start.version + left + 1, "cut-tail")]


@given(st.integers(1, 8), STARTS, st.data())
def test_a_cut_tail_whose_head_was_cut_too_is_found_by_the_anchor(
    length: int, start: Head, data: st.DataObject
) -> None:
    links = grow(length, start)
    left = data.draw(st.integers(0, length - 1))
    cut = links[:left]
    head = head_of(cut, start)
    assert faults(cut, head, start) == []
    assert kinds(cut, head, start, head_of(links, start)) == [(head.version + 1, "cut-tail")]


@given(st.integers(1, 6), st.integers(0, 6), st.data())
def test_a_chain_written_anew_is_found_by_the_anchor(length: int, longer: int, data: st.DataObject) -> None:
    """Also when it is longer than the one that was anchored, and its head was written anew with it."""
    links = grow(length)
    anchored = head_of(links)
    forged = grow(length + longer, actor="somebody else")
    assert faults(forged, head_of(forged)) == []
    assert kinds(forged, head_of(forged), START, anchored) == [(length, "forked")]


@given(st.integers(1, 6), st.data())
def test_any_link_put_in_is_found(length: int, data: st.DataObject) -> None:
    links = grow(length)
    at = data.draw(st.integers(0, length))
    stranger = data.draw(
        st.sampled_from([*links, forge(length + 1, links[-1]["hash"]), forge(1, "", chain="registration#P#other")])
    )
    assert faults([*links[:at], stranger, *links[at:]], head_of(links))


@given(st.integers(2, 6).flatmap(lambda n: st.permutations(range(n))))
def test_any_other_order_is_found(order: list[int]) -> None:
    links = grow(len(order))
    assume(list(order) != sorted(order))
    assert faults([links[at] for at in order], head_of(links))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (lambda links: Head(3, links[-2]["hash"]), [(3, "forked")]),
        (lambda links: Head(2, links[1]["hash"]), [(3, "extra")]),
        (lambda links: Head(4, links[-1]["hash"]), [(4, "cut-tail")]),
        (lambda _: START, [(1, "extra"), (2, "extra"), (3, "extra")]),
    ],
)
def test_a_head_that_was_changed_alone_is_found(head: Any, expected: list[tuple[int, str]]) -> None:
    links = grow(3)
    assert kinds(links, head(links)) == expected


def test_an_imported_person_must_follow_his_import() -> None:
    start = Head(1, "f" * 64)
    links = grow(2, start)
    assert kinds(links, head_of(links), Head(1, "e" * 64)) == [(2, "forked")]
    assert kinds(links, head_of(links), START) == [(1, "missing")]
    assert kinds([], Head(1, "e" * 64), start) == [(1, "forked")]


def test_every_kind_has_a_word_of_its_own() -> None:
    assert len({kind.value for kind in FaultKind}) == 6
