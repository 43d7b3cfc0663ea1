"""Events: signed over their exact bytes, and read in one way only."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.keys import dsse
from candor.keys.codes import new_id
from candor.keys.identity import Identity
from candor.records import chain, codec
from candor.records.body import commit, make_body
from candor.records.codec import RecordRefused
from candor.records.events import BlobRef, SignedEvent

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=timezone(timedelta(hours=-5)))


@pytest.fixture(scope="module")
def identity():
    return Identity.new("ben")


def written(identity, **changes):
    parts = {
        "identity": identity,
        "company": new_id(),
        "case": new_id(),
        "seq": 1,
        "prev": "",
        "deps": ["ab" * 32, "00" * 32],
        "type": "questionnaire.signed",
        "body": make_body([("a", 1)]),
        "blobs": [BlobRef("cd" * 32, 12)],
        "claimed_at": NOW,
    }
    return chain.write(**{**parts, **changes})


def test_event_says_what_was_written(identity):
    body = make_body([("a", 1)])
    signed = written(identity, body=body)
    head = chain.header(signed)
    assert (head.v, head.schema, head.seq, head.prev) == (1, 1, 1, "")
    assert head.author == identity.key_id
    assert head.body_commit == commit(body)
    assert head.deps == ("00" * 32, "ab" * 32)
    assert head.claimed_at == "2027-01-04T09:00:00-05:00"
    assert head.log == chain.log_id(head.case, identity.signing.public, identity.incarnation)
    assert codec.encode(msgspec.to_builtins(head)) == signed.payload
    assert codec.decode_canonical(signed.payload)["seq"] == 1


def test_log_differs_by_case_key_and_incarnation(identity):
    case, public = new_id(), identity.signing.public
    logs = {
        chain.log_id(case, public, identity.incarnation),
        chain.log_id(new_id(), public, identity.incarnation),
        chain.log_id(case, Identity.new("x").signing.public, identity.incarnation),
        chain.log_id(case, public, identity.reincarnated().incarnation),
    }
    assert len(logs) == 4


def test_every_changed_byte_breaks_the_event(identity):
    signed = written(identity)
    public = identity.signing.public
    assert chain.signature_holds(signed, public)
    for i in range(len(signed.payload)):
        payload = bytearray(signed.payload)
        payload[i] ^= 1
        assert not chain.signature_holds(SignedEvent(bytes(payload), signed.signature), public)
    for i in range(64):
        signature = bytearray(signed.signature)
        signature[i] ^= 0x80
        assert not chain.signature_holds(SignedEvent(signed.payload, bytes(signature)), public)


def test_signature_of_another_type_of_document_does_not_fit(identity):
    signed = written(identity)
    other = identity.signing.sign(
        dsse.pae("application/vnd.candor.rootact.v1+json", signed.payload)
    )
    raw = identity.signing.sign(signed.payload)
    for signature in (other, raw):
        assert not chain.signature_holds(
            SignedEvent(signed.payload, signature), identity.signing.public
        )


def test_id_is_of_the_content_and_not_of_the_signature(identity):
    signed = written(identity)
    assert chain.event_id(SignedEvent(signed.payload, bytes(64))) == chain.event_id(signed)
    assert chain.event_id(written(identity)) != chain.event_id(signed)


def changed(signed, **fields):
    return _signed(codec.encode({**json.loads(signed.payload), **fields}))


def _signed(payload):
    return SignedEvent(payload, bytes(64))


@pytest.mark.parametrize(
    "fields",
    [
        {"v": 2},
        {"v": True},
        {"v": "1"},
        {"company": "short"},
        {"case": "A" * 26},
        {"case": "1" * 26},
        {"author": ""},
        {"log": "0" * 63},
        {"log": "F" * 64},
        {"seq": 0},
        {"seq": -1},
        {"seq": 2},
        {"prev": "00" * 32},
        {"prev": None},
        {"deps": ["ab" * 32, "00" * 32]},
        {"deps": ["00" * 32, "00" * 32]},
        {"deps": ["x"]},
        {"deps": "00"},
        {"deps": [f"{i:064x}" for i in range(257)]},
        {"type": "Signed"},
        {"type": "a.b\n"},
        {"type": "../etc"},
        {"type": "a." + "b" * 64},
        {"schema": 0},
        {"body_commit": ""},
        {"blobs": [{"digest": "0" * 64, "size": -1}]},
        {"blobs": [{"digest": "0" * 64, "size": 1, "name": "x"}]},
        {"blobs": [{"digest": "x", "size": 1}]},
        {"claimed_at": "2027-01-04"},
        {"claimed_at": "2027-01-04T09:00:00"},
        {"claimed_at": "2027-01-04T09:00:00Z"},
        {"claimed_at": "2027-02-30T09:00:00+00:00"},
        {"claimed_at": "2027-01-04T09:00:00.5+00:00"},
        {"claimed_at": "0001-01-01T00:00:00+23:59"},
        {"nonce": ""},
        {"extra": 1},
    ],
)
def test_header_outside_the_form_is_refused(identity, fields):
    with pytest.raises(RecordRefused):
        chain.header(changed(written(identity), **fields))


def test_missing_field_is_refused(identity):
    signed = written(identity)
    for name in json.loads(signed.payload):
        fields = json.loads(signed.payload)
        del fields[name]
        with pytest.raises(RecordRefused):
            chain.header(_signed(codec.encode(fields)))


def test_second_spelling_of_a_header_is_refused(identity):
    payload = written(identity).payload
    for spelling in (
        payload + b" ",
        b" " + payload,
        payload.replace(b'"seq":1', b'"seq":1.0'),
        payload.replace(b'"seq":1', b'"seq":1e0'),
        payload.replace(b'"seq":1', b'"seq":1,"seq":1'),
        payload.replace(b"questionnaire", b"\\u0071uestionnaire"),
        json.dumps(json.loads(payload)).encode(),
        b"\xef\xbb\xbf" + payload,
        b"[" * 50_000,
        b"",
    ):
        assert spelling != payload
        with pytest.raises(RecordRefused):
            chain.header(_signed(spelling))


def test_oversized_event_is_refused(identity):
    with pytest.raises(RecordRefused):
        chain.header(_signed(b"x" * (chain.MAX_PAYLOAD + 1)))
    with pytest.raises(RecordRefused):
        chain.header(SignedEvent(written(identity).payload, b""))


def test_event_that_could_not_be_read_is_not_written(identity):
    for wrong in (
        {"seq": 2},
        {"seq": 1, "prev": "00" * 32},
        {"company": "x"},
        {"type": "No"},
        {"deps": ["x"]},
    ):
        with pytest.raises(RecordRefused):
            written(identity, **wrong)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_as_a_header(data):
    with pytest.raises(RecordRefused):
        chain.header(_signed(data))


@given(st.integers(0, 250_000_000_000), st.integers(-1439, 1439))
def test_any_instant_can_be_claimed(seconds, minutes):
    instant = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes)))
    head = chain.header(written(_ANYONE, claimed_at=instant))
    assert datetime.fromisoformat(head.claimed_at) == instant.replace(microsecond=0)


_ANYONE = Identity.new("anyone")


def test_blob_digest_cannot_be_guessed_from_the_document():
    assert chain.blob_digest(b"1" * 32, b"x") != chain.blob_digest(b"2" * 32, b"x")


@pytest.mark.vectors
def test_naughty_strings_are_signed_and_read_back_in_bodies_and_refused_in_headers(
    vectors, identity
):
    files = sorted((vectors / "naughty").glob("*.json"))
    assert files
    for path in files:
        for text in json.loads(path.read_bytes()):
            body = make_body([("text", text)])
            signed = written(identity, body=body)
            assert chain.header(signed).body_commit == commit(body)
            for field in ("company", "case", "type", "claimed_at", "log"):
                with pytest.raises(RecordRefused):
                    chain.header(changed(signed, **{field: text}))
            assert codec.decode_canonical(codec.encode({text: [text]})) == {text: [text]}


def test_record_larger_than_any_reader_takes_is_not_signed(identity):
    """Signed answers that nobody could import would be lost answers."""
    texts = [(f"answer/{n}", "x" * 20_000) for n in range(60)]
    with pytest.raises(RecordRefused, match="more in this than one signed record can hold") as told:
        written(identity, body=make_body(texts))
    assert "attach them as files" in told.value.hint
