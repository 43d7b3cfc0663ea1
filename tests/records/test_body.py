"""Bodies: every part can be shown alone, and none can be changed or guessed."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.records.body import (
    Revealed,
    check_revealed,
    commit,
    decode_body,
    encode_body,
    fits,
    leaf,
    make_body,
    reveal,
)
from candor.records.codec import RecordRefused, encode
from candor.records.events import Body, BodyItem

VALUES = st.none() | st.booleans() | st.integers(-100, 100) | st.text(st.characters(codec="utf-8"))
PAIRS = st.dictionaries(st.text("abc/.09", min_size=1, max_size=9), VALUES, max_size=8)


@given(PAIRS, st.data())
def test_any_part_of_a_body_can_be_shown_and_checked(pairs, data):
    body = make_body(pairs.items())
    shown = data.draw(st.sets(st.sampled_from(sorted(pairs) or ["x"])))
    revealed = reveal(body, shown)
    assert check_revealed(commit(body), revealed)
    for name, value in pairs.items():
        assert revealed.value(name, "hidden") == (value if name in shown else "hidden")


@given(PAIRS)
def test_body_is_stored_and_read_back(pairs):
    body = make_body(pairs.items())
    again = decode_body(encode_body(body))
    assert again == body
    assert fits(commit(body), again)


def test_equal_bodies_have_unlike_commitments():
    assert commit(make_body([("a", True)])) != commit(make_body([("a", True)]))


def test_changed_value_id_salt_order_or_count_breaks_the_commitment():
    body = make_body([("a", 1), ("b", 2)])
    one, two = body.items
    for items in (
        (msgspec.structs.replace(one, value=2), two),
        (msgspec.structs.replace(one, value=True), two),
        (msgspec.structs.replace(one, id="c"), two),
        (msgspec.structs.replace(one, salt="0" * 64), two),
        (two, one),
        (one,),
        (one, two, BodyItem("0" * 64, "c", 3)),
    ):
        assert not fits(commit(body), Body(items))


def test_border_between_id_and_value_cannot_move():
    salt = "0" * 64
    assert leaf(BodyItem(salt, "a", "bc")) != leaf(BodyItem(salt, "ab", "c"))


def test_revealed_part_that_was_changed_is_noticed():
    body = make_body([("a", 1), ("b", 2)])
    revealed = reveal(body, {"a"})
    shown, hidden = revealed.entries
    assert not check_revealed(
        commit(body), Revealed((msgspec.structs.replace(shown, value=2), hidden))
    )
    assert not check_revealed(commit(body), Revealed((hidden, shown)))
    assert not check_revealed(commit(body), Revealed((shown, "g" * 64)))
    assert not check_revealed(commit(body), Revealed((shown, shown)))


def test_hidden_leaf_cannot_stand_for_two():
    body = make_body([("a", 1), ("b", 2)])
    joined = leaf(body.items[0]) + leaf(body.items[1])
    assert not check_revealed(commit(body), Revealed((joined,)))


@pytest.mark.parametrize(
    "pairs",
    [
        [("a", 1), ("a", 2)],
        [("", 1)],
        [("a" * 129, 1)],
        [("a", 1.5)],
        [("a", 2**53)],
        [("a", "\ud800")],
        [(f"{i}", i) for i in range(4097)],
    ],
)
def test_what_no_body_can_hold_is_refused(pairs):
    with pytest.raises(RecordRefused):
        make_body(pairs)


@pytest.mark.parametrize("salt", ["", "0" * 63, "A" * 64, "0" * 66, "０" * 64])
def test_improper_salt_is_refused(salt):
    with pytest.raises(RecordRefused):
        commit(Body((BodyItem(salt, "a", 1),)))


def test_bytes_that_are_not_a_body_are_refused():
    for data in (b"", b"[]", b'{"items":[{}]}', b'{"items": []}', encode({"items": [], "x": 1})):
        with pytest.raises(RecordRefused):
            decode_body(data)


@pytest.mark.vectors
def test_naughty_strings_pass_through_bodies_unchanged(vectors):
    files = sorted((vectors / "naughty").glob("*.json"))
    assert files
    for path in files:
        strings = json.loads(path.read_bytes())
        body = make_body((f"s/{i}", text) for i, text in enumerate(strings))
        again = decode_body(encode_body(body))
        assert [item.value for item in again.items] == strings
        shown = reveal(again, {f"s/{i}" for i in range(0, len(strings), 2)})
        assert check_revealed(commit(body), shown)
