"""JSON as records read it: strict, and written in one way only."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from candor.records import codec
from candor.records.codec import RecordRefused

TEXT = st.text(alphabet=st.characters(exclude_categories=("Cs",)))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-codec.MAX_INTEGER, codec.MAX_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)


@given(PLAIN)
def test_what_is_written_is_read_back(value):
    assert codec.decode_canonical(codec.encode(value)) == value


@given(PLAIN)
def test_written_bytes_are_those_of_rfc_8785(value):
    assert codec.encode(value) == rfc8785.dumps(value) == codec.encode_json(value)


@given(TEXT, PLAIN)
def test_a_pair_is_written_as_a_list_of_two(name, value):
    assert codec.encode_pair(name, value) == codec.encode([name, value])


@pytest.mark.parametrize("name_value", [("a", "\ud800"), ("\udfff", "a"), ("a", 1.5), ("a", b"")])
def test_a_pair_that_no_record_can_hold_is_refused(name_value):
    with pytest.raises(RecordRefused):
        codec.encode_pair(*name_value)


@given(st.dictionaries(TEXT, st.floats(allow_nan=False, allow_infinity=False)))
def test_general_writer_writes_floats_as_rfc_8785_does(value):
    assert codec.encode_json(value) == rfc8785.dumps(value)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    try:
        value = codec.decode(data)
    except RecordRefused:
        return
    assert value == json.loads(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"nul",
        b'{"a":1,"a":1}',
        b'{"a":1,"\\u0061":2}',
        b"NaN",
        b"[Infinity]",
        b"[-Infinity]",
        b"1.0",
        b"1e3",
        b"9007199254740992",
        b"-9007199254740992",
        b"9007199254740993",
        b"1" * 100_000,
        b'"\\ud800"',
        b'{"\\udfff":1}',
        b'"\\udfff\\ud800"',
        b'"\xed\xa0\x80"',
        b"\xef\xbb\xbf{}",
        b'"\xff"',
        b"{} {}",
        b"{}\x00",
        b"[1,]",
        b"01",
        b"+1",
        b"'a'",
        b'"\n"',
        b"[" * 33 + b"]" * 33,
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
)
def test_what_readers_disagree_about_is_refused(data):
    with pytest.raises(RecordRefused):
        codec.decode(data)


def test_depth_counts_nesting_and_not_brackets_in_text():
    assert codec.decode(b"[" * 32 + b"]" * 32)
    assert codec.decode(json.dumps(["[" * 50, '\\"[{' * 50]).encode())
    assert len(codec.decode(b"[" + b"[]," * 99 + b"[]]")) == 100


def test_largest_exact_integers_pass():
    edge = [codec.MAX_INTEGER, -codec.MAX_INTEGER, 0, -5]
    assert codec.decode(codec.encode(edge)) == edge


def test_larger_than_the_limit_is_refused():
    with pytest.raises(RecordRefused, match="larger"):
        codec.decode(b'"aaaa"', limit=5)


@pytest.mark.parametrize(
    "data", [b'{"b":1,"a":2}', b'{ "a":1}', b'"\\u0061"', b"-0", b'"\\/"', b"[1]\n"]
)
def test_second_spelling_is_read_but_not_canonical(data):
    codec.decode(data)
    with pytest.raises(RecordRefused, match="one permitted way"):
        codec.decode_canonical(data)


@pytest.mark.parametrize(
    "value",
    [1.5, math.nan, 2**53, -(2**53), {1: 2}, b"x", {"a": {1, 2}}, "\ud800", {"\udc00": 1}],
)
def test_what_no_record_can_hold_is_not_written(value):
    with pytest.raises(RecordRefused):
        codec.encode(value)


def test_nan_is_not_written_by_the_general_writer_either():
    for value in (math.nan, math.inf, [-math.inf]):
        with pytest.raises(RecordRefused):
            codec.encode_json(value)


def test_circular_value_is_refused():
    value: list[object] = []
    value.append(value)
    with pytest.raises(RecordRefused):
        codec.encode(value)


# --- public vectors --------------------------------------------------------------------------


def _files(folder: Path, pattern: str) -> list[Path]:
    found = sorted(folder.glob(pattern))
    assert found, f"no vectors {pattern} in {folder}"
    return found


def _breaks_a_stricter_rule(data: bytes) -> bool:
    """Whether valid JSON breaks a rule that we state: no duplicate names, integers that stay
    exact, no half characters, 32 levels, 1 MiB."""
    duplicates = []

    def pairs(found):
        duplicates.append(len(dict(found)) != len(found))
        return dict(found)

    value = json.loads(data, object_pairs_hook=pairs)
    return any(duplicates) or _inexact(value) or _deep(value) > 32 or len(data) > codec.MIB


def _inexact(value: object) -> bool:
    match value:
        case dict():
            return any(_inexact(k) or _inexact(v) for k, v in value.items())
        case list():
            return any(map(_inexact, value))
        case int() | float():
            exact = isinstance(value, float) or abs(value) <= codec.MAX_INTEGER
            return not (exact and math.isfinite(value))
        case str():
            return any("\ud800" <= c <= "\udfff" for c in value)
    return False


def _deep(value: object) -> int:
    members = value.values() if isinstance(value, dict) else value
    return 1 + max(map(_deep, members), default=0) if isinstance(value, dict | list) else 0


@pytest.mark.vectors
def test_valid_json_of_the_suite_is_accepted_but_for_our_stricter_rules(vectors):
    wrong = []
    for path in _files(vectors / "json", "y_*.json"):
        data = path.read_bytes()
        try:
            codec.decode_json(data)
            accepted = True
        except RecordRefused:
            accepted = False
        if accepted == _breaks_a_stricter_rule(data):
            wrong.append(path.name)
    assert wrong == []


@pytest.mark.vectors
def test_invalid_json_of_the_suite_is_refused(vectors):
    for path in _files(vectors / "json", "n_*.json"):
        for read in (codec.decode, codec.decode_json, codec.decode_canonical):
            with pytest.raises(RecordRefused):
                read(path.read_bytes())


@pytest.mark.vectors
def test_json_that_the_suite_leaves_open_is_read_or_refused_and_never_crashes(vectors):
    for path in _files(vectors / "json", "i_*.json"):
        data = path.read_bytes()
        try:
            value = codec.decode_json(data)
        except RecordRefused as refusal:
            assert refusal.hint  # noqa: PT017 -- either outcome is allowed
            continue
        assert codec.decode_json(codec.encode_json(value)) == value


@pytest.mark.vectors
def test_strict_reader_accepts_what_the_general_one_does_without_fractions(vectors):
    for path in _files(vectors / "json", "y_*.json"):
        data = path.read_bytes()
        if _breaks_a_stricter_rule(data):
            continue
        floats = []
        json.loads(data, parse_float=floats.append)
        if floats:
            with pytest.raises(RecordRefused, match="not whole"):
                codec.decode(data)
        else:
            assert codec.decode(data) == codec.decode_json(data)


@pytest.mark.vectors
def test_rfc_8785_pairs_come_out_as_published(vectors):
    for path in _files(vectors / "jcs" / "input", "*.json"):
        expected = (vectors / "jcs" / "output" / path.name).read_bytes()
        assert codec.encode_json(codec.decode_json(path.read_bytes())) == expected
