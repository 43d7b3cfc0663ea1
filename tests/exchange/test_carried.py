"""Events as lines: the quick way of reading accepts exactly what the strict way does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candor.exchange import carried
from candor.exchange.refusals import BundleRefused
from candor.keys.codes import new_id
from candor.keys.identity import Identity
from candor.records import body as bodies
from candor.records import chain, codec
from candor.records.body import make_body
from candor.records.events import BlobRef

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


def _line(value: Any, **more: Any) -> dict[str, Any]:
    item = {"salt": "00" * 32, "id": "a", "value": value}
    return {"payload": "{}", "signature": "ab" * 64, "body": {"items": [item]}, **more}


def _strictly(line: bytes) -> Any:
    try:
        return carried._strictly(line)
    except BundleRefused:
        return None


@given(JSON)
@settings(max_examples=300)
def test_canonical_line_reads_the_same_both_ways(value: Any) -> None:
    try:
        line = codec.encode(_line(value))
    except codec.RecordRefused:
        return
    assert carried._decode(line) == _strictly(line) == carried._read_line.decode(line)


@given(JSON, st.binary(max_size=3), st.integers(0, 400), st.integers(0, 3))
@settings(max_examples=500)
def test_spliced_line_that_reads_quickly_reads_strictly(
    value: Any, splice: bytes, at: int, cut: int
) -> None:
    try:
        line = codec.encode(_line(value))
    except codec.RecordRefused:
        return
    spliced = line[:at] + splice + line[at + cut :]
    quick = carried._quickly(spliced)
    assert quick is None or quick.signature
    if quick is not None:
        _check_equal(quick, _strictly(spliced))


def _check_equal(quick: Any, strict: Any) -> None:
    """Only a number that no record holds tells them apart, and no commitment binds one."""
    if strict is not None:
        assert strict == quick
        return
    with pytest.raises(codec.RecordRefused):
        bodies.commit(quick.body)


@pytest.mark.parametrize(
    "line",
    [
        b'{"payload":"{}","payload":"{}","signature":"%b"}',
        b'{"signature":"%b","payload":"{}"}',
        b'{"payload":"{}","signature":"%b","body":null}',
        b'{"body":null,"payload":"{}","signature":"%b"}',
        b'{"body":"","payload":"{}","signature":"%b"}',
        b'{"payload":"\\u007b}","signature":"%b"}',
        b'{"payload":"{}","signature":"%b" }',
        b'{"payload":"{}","signature":"%b","x":1}',
        b'\xef\xbb\xbf{"payload":"{}","signature":"%b"}',
        b'{"payload":"\xff","signature":"%b"}',
    ],
)
def test_second_spelling_of_a_line_is_refused(line: bytes) -> None:
    with pytest.raises(BundleRefused):
        carried._decode(line % (b"ab" * 64))


@pytest.mark.parametrize("value", [1.5, 1e300, 2**53, {"a": [0.1]}])
def test_number_that_no_record_holds_fails_the_commitment(
    value: Any, event: Callable[..., Any], company: str
) -> None:
    signed, _ = event()
    line = _line(value, payload=signed.payload.decode(), signature=signed.signature.hex())
    blob = msgspec.json.encode(line, order="sorted") + b"\n"
    with pytest.raises(BundleRefused):
        carried.Unpacker(company).read(blob, limit=1)


def test_deeply_nested_line_is_refused(event: Callable[..., Any], company: str) -> None:
    signed, _ = event()
    deep: Any = 1
    for _ in range(60):
        deep = [deep]
    line = _line(deep, payload=signed.payload.decode(), signature=signed.signature.hex())
    with pytest.raises(BundleRefused):
        carried.Unpacker(company).read(msgspec.json.encode(line, order="sorted") + b"\n", limit=1)
    endless = b'{"body":{"items":[{"id":"a","salt":"","value":' + b"[" * 500_000
    with pytest.raises(BundleRefused):
        carried._decode(endless)


def test_names_beyond_the_basic_plane_keep_their_order(event: Callable[..., Any]) -> None:
    signed, _ = event()
    body = make_body([("a", {"\U0001f600": 1, "\uff5e": 2})])
    line = carried.encode_line(signed, body)
    assert carried._quickly(line) is None
    assert carried._decode(line).body == body


def test_bodies_of_a_large_file_are_decoded_again_at_each_reading(
    event: Callable[..., Any], company: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carried, "_KEPT_DECODED", 1000)
    author = Identity.new(new_id())
    pairs = [event(author=author, text="x" * 600) for _ in range(3)]
    unpacker = carried.Unpacker(company)
    for blob in carried.pack(pairs):
        unpacker.read(blob, limit=10)
    events = list(unpacker.events.values())
    assert [e.kept is None for e in events] == [True, True, True]
    assert [e.pair for e in events] == pairs
    assert event(author=author)[1] is not None


def test_line_that_was_good_before_reads_the_same_and_a_changed_one_is_refused_still(
    event: Callable[..., Any], company: str
) -> None:
    pairs = [event(author=Identity.new(new_id()), text="a telling answer") for _ in range(2)]
    (blob,) = carried.pack(pairs)
    first, again = carried.Unpacker(company), carried.Unpacker(company)
    for unpacker in (first, again):
        unpacker.read(blob, limit=10)
    assert first.events == again.events
    with pytest.raises(BundleRefused):
        carried.Unpacker(company).read(blob.replace(b"telling", b"selling"), limit=10)
    with pytest.raises(BundleRefused):
        carried.Unpacker(new_id()).read(blob, limit=10)


def test_largest_record_that_can_be_signed_can_be_imported() -> None:
    """With as many attachments and answers to other events as a header takes."""
    company, identity = new_id(), Identity.new("ben")
    body = make_body((f"answer/{n}", "\u20ac" * 5_000) for n in range(60))
    assert len(msgspec.json.encode(body)) > chain.MAX_BODY * 0.98
    signed = chain.write(
        identity=identity,
        company=company,
        case=new_id(),
        seq=1,
        prev="",
        deps=[f"{n:064x}" for n in range(chain.MAX_DEPS)],
        type="questionnaire.signed",
        body=body,
        blobs=[BlobRef(f"{n:064x}", 2**26) for n in range(chain.MAX_BLOBS)],
        claimed_at=datetime(2027, 1, 4, tzinfo=UTC),
    )
    unpacker = carried.Unpacker(company)
    (blob,) = carried.pack([(signed, body)])
    unpacker.read(blob, limit=1)
    assert [event.body for event in unpacker.events.values()] == [body]
