"""The inside of an exchange file: what is written reads back, anything else is refused."""

from __future__ import annotations

import hashlib
import io
import resource
import tracemalloc
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candor.errors import CandorError
from candor.exchange import carried, manifest
from candor.exchange.bundle import Outgoing, Part, to_bytes, write
from candor.exchange.layout import MAGIC, MAX_PLAIN
from candor.exchange.manifest import (
    BlobKind,
    BundleTooLarge,
    Entry,
    Manifest,
    Purpose,
    Seen,
    Sender,
)
from candor.exchange.padding import bucket_for, pad_length, relay_bucket
from candor.exchange.reader import Reader, Received, read_file
from candor.exchange.refusals import BundleRefused, Reason
from candor.exchange.seal import seal
from candor.keys import dsse
from candor.keys.codes import new_id
from candor.keys.identity import Identity
from candor.records import codec

WRITER = Identity.new(new_id())
READER = Identity.new(new_id())


def _open(data: bytes, secrets: list[str] | None = None) -> Received:
    return read_file(data, secrets or [READER.age.secret], lambda _signed: None)


def _manifest(**changes: Any) -> Manifest:
    fields: dict[str, Any] = {
        "format": 1,
        "purpose": "reply",
        "company": "c",
        "sender": Sender("p", WRITER.signing.public.hex()),
        "to": "q",
        "recipients": (READER.age.recipient,),
        "sequence": 1,
        "previous": "",
        "created_at": "2027-01-15T12:00:00+00:00",
        "blobs": (),
    }
    return Manifest(**(fields | changes))


def _inside(signed: manifest.SignedManifest, *blobs: bytes) -> bytes:
    payload = signed.payload
    return b"".join((MAGIC, len(payload).to_bytes(4, "big"), payload, signed.signature, *blobs))


def _sealed(inside: bytes) -> bytes:
    out = io.BytesIO()
    seal(inside, [READER.age.recipient], out)
    return out.getvalue()


def _refusal(inside: bytes) -> BundleRefused:
    with pytest.raises(BundleRefused) as caught:
        _open(_sealed(inside))
    return caught.value


def _entry(data: bytes, kind: str = "blob", **changes: Any) -> Entry:
    fields = {"kind": kind, "digest": hashlib.sha256(data).hexdigest(), "size": len(data)}
    return Entry(**(fields | changes))


def _signed(**changes: Any) -> manifest.SignedManifest:
    return manifest.sign(_manifest(**changes), WRITER)


def test_what_was_written_reads_back(
    outgoing: Callable[..., Outgoing], event: Callable[..., Any], ada: Identity, grace: Identity
) -> None:
    events = [event(text=f"answer {n}") for n in range(3)]
    parts = (
        Part(BlobKind.BLOB, b"", "empty.txt"),
        Part(BlobKind.PACKET, b"%PDF-1.7", "packet.pdf"),
    )
    seen = (Seen("a" * 64, 3, "b" * 64),)
    data, written = to_bytes(outgoing(events=events, parts=parts, seen=seen), ada)
    received = _open(data, [grace.age.secret])
    assert received.signed.manifest == written.manifest
    assert received.signed.digest == written.digest
    assert received.signed.manifest.sender == Sender(ada.person, ada.signing.public.hex())
    assert [c.data for c in received.contents[1:]] == [b"", b"%PDF-1.7"]
    unpacker = carried.Unpacker(received.signed.manifest.company)
    unpacker.read(received.contents[0].data, limit=10)
    assert [e.pair for e in unpacker.events.values()] == events


def test_every_file_is_padded_to_a_bucket(outgoing: Callable[..., Outgoing], ada: Identity) -> None:
    for size in (*range(130), 997, 1000, 9_990, 10_010, 100_000):
        part = Part(BlobKind.BLOB, bytes(size), "n")
        written = to_bytes(outgoing(parts=(part,)), ada)[1]
        assert written.inside == bucket_for(written.inside) >= size


@given(st.integers(0, 2**28))
def test_buckets_waste_at_most_an_eighth(size: int) -> None:
    assert size <= bucket_for(size) <= max(size + size // 8 + 1, size + 4096)
    assert size <= relay_bucket(size)


@given(st.integers(0, 2**26))
def test_padding_fills_any_room_exactly(room: int) -> None:
    size, name = pad_length(room)
    assert size + len(name) + len(str(size)) - 1 == room


def test_ten_thousand_events_travel_in_little_memory(
    outgoing: Callable[..., Outgoing], event: Callable[..., Any], ada: Identity, grace: Identity
) -> None:
    events = [event(text="x" * 500) for _ in range(10_000)]
    tracemalloc.start()
    data = to_bytes(outgoing(events=events), ada)[0]
    received = _open(data, [grace.age.secret])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(c.data.count(b"\n") for c in received.contents) == 10_000
    assert peak < 8 * len(data)


def test_more_events_than_a_file_holds_are_not_written(
    outgoing: Callable[..., Outgoing], event: Callable[..., Any], ada: Identity
) -> None:
    with pytest.raises(BundleTooLarge, match="at most 10,000 events"):
        to_bytes(outgoing(events=[event() for _ in range(10_001)]), ada)


def test_events_and_attachments_given_twice_travel_once(
    outgoing: Callable[..., Outgoing], event: Callable[..., Any], ada: Identity, grace: Identity
) -> None:
    signed, body = event()
    part = Part(BlobKind.BLOB, b"statement", "first name")
    same = Part(BlobKind.BLOB, b"statement", "second name")
    events = [(signed, None), (signed, body), (signed, None)]
    data = to_bytes(outgoing(events=events, parts=(part, same)), ada)[0]
    received = _open(data, [grace.age.secret])
    assert [c.entry.name for c in received.contents] == ["", "first name"]
    unpacker = carried.Unpacker(received.signed.manifest.company)
    unpacker.read(received.contents[0].data, limit=1)
    assert [e.pair for e in unpacker.events.values()] == [(signed, body)]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"parts": (Part(BlobKind.BLOB, bytes(64 * 2**20 + 1)),)}, "64 MiB a part"),
        ({"recipients": tuple(f"age1{n}" for n in range(65))}, "at most 64 keys"),
        ({"seen": (Seen("a" * 64, 1, "b" * 64),) * 8000}, "too much in this file to list"),
    ],
)
def test_what_does_not_fit_is_not_written(
    outgoing: Callable[..., Outgoing], ada: Identity, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(BundleTooLarge, match=sentence):
        write(outgoing(**changes), ada, io.BytesIO())


def test_inside_flipped_at_any_byte_is_refused() -> None:
    blob = b"content"
    inside = _inside(_signed(blobs=(_entry(blob),)), blob)
    for at in range(len(inside)):
        flipped = inside[:at] + bytes([inside[at] ^ 1]) + inside[at + 1 :]
        assert _refusal(flipped).hint


def test_inside_cut_at_any_byte_is_refused() -> None:
    blob = b"content"
    inside = _inside(_signed(blobs=(_entry(blob), _entry(b"", "packet"))), blob)
    for at in range(len(inside)):
        assert _refusal(inside[:at]).reason in {Reason.FORMAT, Reason.CONTENT}


def test_anything_after_the_last_blob_is_refused() -> None:
    assert _refusal(_inside(_signed(), b"x")).message == "This file goes on after its last part."


def test_blobs_in_another_order_are_refused() -> None:
    one, two = b"first", b"other"
    signed = _signed(blobs=(_entry(one), _entry(two)))
    assert _refusal(_inside(signed, two, one)).reason is Reason.CONTENT


def test_the_same_blob_twice_is_refused() -> None:
    blob = b"content"
    signed = _signed(blobs=(_entry(blob), _entry(blob)))
    assert "the same content twice" in _refusal(_inside(signed, blob, blob)).message


def test_other_magic_and_newer_major_version_are_told_apart() -> None:
    inside = _inside(_signed())
    newer = _refusal(inside[:7] + b"\x02" + inside[8:])
    assert newer.reason is Reason.VERSION
    assert "newer version of Candor" in newer.message
    assert "newest version" in newer.hint
    assert "not made by Candor" in _refusal(b"PK\x03\x04" + inside[4:]).message


def test_lying_manifest_length_is_refused_before_it_is_filled() -> None:
    inside = MAGIC + (2**32 - 1).to_bytes(4, "big") + bytes(5000)
    assert _refusal(inside).reason is Reason.TOO_LARGE


MALFORMED: dict[str, tuple[dict[str, Any], Reason]] = {
    "newer format": ({"format": 2}, Reason.VERSION),
    "unknown purpose": ({"purpose": "telepathy"}, Reason.VERSION),
    "reserved purpose": ({"purpose": "anonymous"}, Reason.VERSION),
    "sequence from nought": ({"sequence": 0}, Reason.FORMAT),
    "second without a first": ({"sequence": 2}, Reason.FORMAT),
    "first after another": ({"previous": "a" * 64}, Reason.FORMAT),
    "previous not a digest": ({"sequence": 2, "previous": "A" * 64}, Reason.FORMAT),
    "no date": ({"created_at": "soon"}, Reason.FORMAT),
    "date without offset": ({"created_at": "2027-01-15T12:00:00"}, Reason.FORMAT),
    "endless name": ({"to": "x" * 201}, Reason.FORMAT),
    "nobody": ({"recipients": ()}, Reason.FORMAT),
    "nobody's key": ({"recipients": ("age1x",)}, Reason.FORMAT),
    "a key twice": ({"recipients": (READER.age.recipient,) * 2}, Reason.FORMAT),
    "too many keys": (
        {"recipients": tuple(f"age1{n:03}" for n in range(65))},
        Reason.FORMAT,
    ),
    "blob too large": ({"blobs": (_entry(b"", size=64 * 2**20 + 1),)}, Reason.TOO_LARGE),
    "negative blob": ({"blobs": (_entry(b"", size=-1),)}, Reason.TOO_LARGE),
    "all too large": (
        {"blobs": tuple(_entry(bytes([n]), size=64 * 2**20) for n in range(5))},
        Reason.TOO_LARGE,
    ),
    "kind not a word": ({"blobs": (_entry(b"", kind="../../etc"),)}, Reason.FORMAT),
    "digest not one": ({"blobs": (_entry(b"", digest="a" * 63),)}, Reason.FORMAT),
    "endless blob name": ({"blobs": (_entry(b"", name="x" * 201),)}, Reason.FORMAT),
    "sender's key not one": ({"sender": Sender("p", "a" * 63)}, Reason.FORMAT),
    "low-order sender": ({"sender": Sender("p", "01" + "00" * 31)}, Reason.SIGNATURE),
    "another's key": ({"sender": Sender("p", READER.signing.public.hex())}, Reason.SIGNATURE),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_manifest_is_refused_though_signed(name: str) -> None:
    changes, reason = MALFORMED[name]
    refusal = _refusal(_inside(_signed(**changes)))
    assert refusal.reason is reason
    assert refusal.message.endswith(".")


def _signed_bytes(payload: bytes) -> bytes:
    signature = WRITER.signing.sign(dsse.pae(manifest.PAYLOAD_TYPE, payload))
    return MAGIC + len(payload).to_bytes(4, "big") + payload + signature


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.replace(b'{"', b'{ "', 1),
        lambda p: p.replace(b'"format":1', b'"format":1.0'),
        lambda p: p.replace(b'"format":1', b'"format":1,"format":1'),
        lambda p: p.replace(b'"format":1', b'"extra":1,"format":1'),
        lambda p: p.replace(b',"to":"q"', b""),
        lambda _: b"[" * 40 + b"]" * 40,
        lambda p: b"\xef\xbb\xbf" + p,
        lambda p: p + b" ",
        lambda _: b"null",
    ],
)
def test_manifest_in_any_other_spelling_is_refused(change: Callable[[bytes], bytes]) -> None:
    payload = change(codec.encode(msgspec.to_builtins(_manifest())))
    assert _refusal(_signed_bytes(payload)).reason is Reason.FORMAT


def test_signature_made_for_another_kind_of_record_is_refused() -> None:
    payload = codec.encode(msgspec.to_builtins(_manifest()))
    signature = WRITER.signing.sign(dsse.pae("application/vnd.candor.event.v1+json", payload))
    inside = MAGIC + len(payload).to_bytes(4, "big") + payload + signature
    assert _refusal(inside).message == "This file was changed after it was signed."


def test_content_of_an_unknown_kind_is_carried_not_refused() -> None:
    received = _open(_sealed(_inside(_signed(blobs=(_entry(b"new", "hologram"),)), b"new")))
    assert [(c.entry.kind, c.data) for c in received.contents] == [("hologram", b"new")]


def test_lying_blob_size_reaches_the_cap_in_bounded_memory() -> None:
    sizes = tuple(_entry(bytes([n]), size=64 * 2**20) for n in range(4))
    front = _inside(_signed(blobs=sizes))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refusal = _refusal(front + bytes(70 * 2**20))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert refusal.reason is Reason.CONTENT
    assert grown < 512 * 1024


def test_more_than_the_cap_is_never_taken() -> None:
    pads = tuple(_entry(b"", "pad", size=64 * 2**20) for _ in range(5))
    reader = Reader(lambda _signed: None)
    reader.write(_inside(_signed(blobs=pads)))
    assert sum(entry.size for entry in pads) > MAX_PLAIN


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
manifests = st.builds(
    Manifest,
    format=st.just(1),
    purpose=st.sampled_from(sorted(set(Purpose) - {Purpose.ANONYMOUS})).map(str),
    company=text,
    sender=st.builds(Sender, person=text, key=st.just(WRITER.signing.public.hex())),
    to=text,
    recipients=st.just((READER.age.recipient,)),
    sequence=st.integers(2, 2**53 - 1),
    previous=digests,
    created_at=st.just("2027-01-15T12:00:00+00:00"),
    blobs=st.lists(
        st.builds(
            Entry,
            kind=st.from_regex(r"[a-z][a-z0-9_]{0,31}", fullmatch=True),
            digest=digests,
            size=st.integers(0, 2**20),
            name=text,
        ),
        max_size=5,
        unique_by=lambda e: e.digest,
    ).map(tuple),
    seen=st.lists(st.builds(Seen, log=digests, seq=st.integers(1, 9), id=digests), max_size=3).map(
        tuple
    ),
)


@given(manifests)
@settings(max_examples=150)
def test_any_manifest_reads_back_as_it_was_signed(made: Manifest) -> None:
    signed = manifest.sign(made, WRITER)
    assert manifest.read(signed.payload, signed.signature) == signed


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_any_inside_ends_in_a_refusal(data: bytes, magic: bool) -> None:
    reader = Reader(lambda _signed: None)

    def read() -> Received:
        reader.write((MAGIC if magic else b"") + data)
        return reader.finish()

    with pytest.raises(CandorError):
        read()


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_signed_payload_ends_in_a_refusal(payload: bytes) -> None:
    signature = WRITER.signing.sign(dsse.pae(manifest.PAYLOAD_TYPE, payload))
    with pytest.raises(CandorError):
        manifest.read(payload, signature)


@given(st.lists(st.integers(1, 5000), max_size=30))
@settings(max_examples=50)
def test_the_reader_takes_pieces_of_any_size(cuts: list[int]) -> None:
    blobs = (b"one", b"", bytes(9000))
    inside = _inside(_signed(blobs=tuple(_entry(b) for b in blobs)), *blobs)
    reader, at = Reader(lambda _signed: None), 0
    for cut in [*cuts, len(inside)]:
        reader.write(inside[at : at + cut])
        at += cut
    assert tuple(c.data for c in reader.finish().contents) == blobs
