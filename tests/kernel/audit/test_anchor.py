"""Anchors: the text of the leaves, the root over them, and heads that only move forward."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.kernel.audit import anchor as audit_anchor
from services.kernel.audit.anchor import forward, from_text, root, to_text
from services.kernel.audit.check import Head
from services.kernel.security import merkle

HEADS = st.dictionaries(
    st.from_regex(r"registration#[PAI]#[a-z0-9]{1,6}", fullmatch=True),
    st.builds(Head, st.integers(1, 9), st.from_regex(r"[0-9a-f]{8}", fullmatch=True)),
    max_size=6,
)


@given(HEADS)
def test_the_text_gives_the_same_heads_and_the_same_root(heads: dict[str, Head]) -> None:
    text = to_text(heads)
    assert from_text(text) == heads
    assert to_text(dict(reversed(heads.items()))) == text
    assert root(heads) == merkle.root([merkle.leaf_hash(line) for line in text.splitlines()]).hex()


@given(HEADS.filter(bool), st.data())
def test_any_other_heads_have_another_root(heads: dict[str, Head], data: st.DataObject) -> None:
    chain = data.draw(st.sampled_from(sorted(heads)))
    without = {name: head for name, head in heads.items() if name != chain}
    further = {**heads, chain: replace(heads[chain], version=heads[chain].version + 1)}
    assert len({root(heads), root(without), root(further)}) == 3


@given(HEADS, HEADS)
def test_heads_only_move_forward(last: dict[str, Head], now: dict[str, Head]) -> None:
    kept = forward(last, now)
    assert kept.keys() == last.keys() | now.keys()
    for chain, head in kept.items():
        assert head.version == max(one[chain].version for one in (last, now) if chain in one)
        assert head in [one[chain] for one in (last, now) if chain in one]


def test_an_anchors_bytes_are_canonical() -> None:
    anchor = audit_anchor.Anchor(
        service="registration",
        institution="9901",
        number=1,
        occasion="2022-09-01",
        at="2022-09-01T09:00:00+07:00",
        chains=0,
        links=0,
        faults=0,
        root=root({}),
        heads="heads/daily/x",
        previous=None,
    )
    content = anchor.content()
    assert content.startswith(b'{"at":"2022-09-01T09:00:00+07:00","chains":0,"faults":0,"format":"pendataan-anchor-1"')
    assert audit_anchor.Anchor.model_validate_json(content) == anchor
    assert anchor.root == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
