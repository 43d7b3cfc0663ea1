"""Bytes changed, cut off, added: damage and forgery that knows nothing of PDF."""

from __future__ import annotations

import io
import random
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def flipped(pdf: bytes, at: int, bit: int) -> bytes:
    """The file with one bit changed."""
    return pdf[:at] + bytes([pdf[at] ^ (1 << bit)]) + pdf[at + 1 :]


def test_changed_bit_anywhere_is_refused(check: Any, complete: bytes) -> None:
    """Sampled over the whole file."""
    chance = random.Random(7)  # noqa: S311 -- a fixed sample, not a secret
    places = [chance.randrange(len(complete)) for _ in range(60)]
    assert all(check(flipped(complete, at, at % 8)).exit_code == 1 for at in places)


def test_changed_content_is_told_as_that_and_accuses_no_certificate(
    check: Any, complete: bytes
) -> None:
    """What cannot be judged any more is not called wrong."""
    with pikepdf.open(io.BytesIO(complete)) as pdf:
        drawn = pdf.pages[0].Contents.read_raw_bytes()
    found = check(flipped(complete, complete.index(drawn) + len(drawn) // 2, 0))
    assert found.lines[0].statement == "It was changed after it was signed"
    assert "was changed after it was made" in found.lines[0].evidence
    assert [line.state.value for line in found.lines[3:]] == ["stopped", "needs", "done"]
    assert not [text for line in found.lines for text in line.detail if "may sign" in text]


@settings(max_examples=60)
@given(data=st.data())
def test_changed_bit_in_the_last_signature_is_refused(
    data: Any, check: Any, complete: bytes
) -> None:
    """Its own bytes, its padding and the two spellings of a hex digit are covered by no digest."""
    start = complete.rindex(b"/Contents <")
    at = data.draw(st.integers(start, len(complete) - 1))
    bit = data.draw(st.integers(0, 7))
    assert check(flipped(complete, at, bit)).exit_code == 1


def test_other_spelling_of_a_hex_digit_is_refused(
    check: Any, complete: bytes, refused: Any
) -> None:
    """The same signature, but not the same bytes."""
    start = complete.rindex(b"/Contents <")
    at = next(i for i in range(start + 11, len(complete)) if complete[i : i + 1] in b"ABCDEF")
    changed = complete[:at] + complete[at : at + 1].lower() + complete[at + 1 :]
    assert refused(check(changed))


def test_padding_that_is_not_zero_is_refused(check: Any, complete: bytes, refused: Any) -> None:
    """Room beside the signature is no room for anything."""
    end = complete.index(b">", complete.rindex(b"/Contents <"))
    assert refused(check(complete[: end - 2] + b"0A" + complete[end:]))


@pytest.mark.parametrize("tail", [b"\n", b"\x00", b"%", b"\n%%EOF\n", b"\nstartxref\n0\n%%EOF\n"])
def test_bytes_after_the_end_are_refused(check: Any, complete: bytes, tail: bytes) -> None:
    """Even where no reader would look at them."""
    assert check(complete + tail).exit_code == 1


@pytest.mark.parametrize("part", [0, 1, 7, 0.1, 0.5, 0.9, 0.99, 0.9999])
def test_truncated_file_is_refused(check: Any, complete: bytes, part: float) -> None:
    """A part of a file is not the file."""
    end = int(part) if part in (0, 1, 7) else int(len(complete) * part)
    assert check(complete[:end]).exit_code == 1


def test_file_that_is_no_pdf_gets_a_verdict(check: Any) -> None:
    """With all six lines and nothing green."""
    found = check(b"Dear Sir or Madam")
    assert found.lines[0].statement == "This is not a packet that Candor compiled"
    assert [line.state.value for line in found.lines[1:]] == ["needs"] * 5


@settings(max_examples=40)
@given(data=st.binary(max_size=400))
def test_arbitrary_bytes_get_a_verdict(check: Any, data: bytes) -> None:
    """Behind a proper first line too."""
    assert check(b"%PDF-1.7\n" + data).exit_code == 1


@settings(max_examples=60)
@given(data=st.data())
def test_arbitrary_damage_gets_a_verdict(data: Any, check: Any, complete: bytes) -> None:
    """Slices cut out, doubled and overwritten: parsers stumble, the verdict stands."""
    at = data.draw(st.integers(0, len(complete) - 1))
    length = data.draw(st.integers(1, 3000))
    filling = data.draw(st.binary(max_size=60))
    doubled = data.draw(st.booleans())
    cut = complete[at : at + length] if doubled else b""
    changed = complete[:at] + filling + cut + cut + complete[at + length :]
    assert check(changed).exit_code == 1 or changed == complete


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/ByteRange [", b"/ByteRangX ["),
        (b"/ByteRange [0 ", b"/ByteRange [1 "),
        (b"/ByteRange [0 ", b"/ByteRange [-"),
        (b"/Contents <30", b"/Contents <00"),
        (b"/Contents <", b"/Contentz <"),
        (b"/ETSI.CAdES.detached", b"/adbe.pkcs7.detached"),
        (b"/Type /Sig\n", b"/Type /Tig\n"),
    ],
)
def test_broken_signature_dictionary_is_refused(
    check: Any, complete: bytes, old: bytes, new: bytes
) -> None:
    """Missing and null parts (universal signature forgery)."""
    head, tail = complete.rsplit(old, 1)
    assert check(head + new.ljust(len(old)) + tail).exit_code == 1
