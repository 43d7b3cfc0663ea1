"""Sealing and opening age files, and every way in which foreign bytes are refused."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candor.errors import CandorError
from candor.exchange import age_header
from candor.exchange.refusals import HINTS, BundleRefused, Reason
from candor.exchange.seal import SealFailed, recipient_of, seal, unseal, unseal_bytes
from candor.keys.identity import Identity
from candor.keys.x25519 import AgeKey

LIMIT = 2**20
_KEY = AgeKey.generate()
_SECRETS = [_KEY.secret]


def _sealed(data: bytes, *recipients: str, stanzas: int = 0) -> bytes:
    out = io.BytesIO()
    seal(data, recipients or [_KEY.recipient], out, stanzas=stanzas)
    return out.getvalue()


def _refusal(data: bytes, secrets: list[str] | None = None, limit: int = LIMIT) -> BundleRefused:
    with pytest.raises(BundleRefused) as caught:
        unseal_bytes(data, _SECRETS if secrets is None else secrets, limit=limit)
    return caught.value


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 200_000])
def test_what_was_sealed_opens_again(size: int) -> None:
    data = bytes(i % 251 for i in range(size))
    assert unseal_bytes(_sealed(data), _SECRETS, limit=LIMIT) == data


def test_each_of_several_recipients_opens_it() -> None:
    keys = [AgeKey.generate() for _ in range(64)]
    data = _sealed(b"for all", *(key.recipient for key in keys))
    assert {unseal_bytes(data, [key.secret], limit=LIMIT) for key in keys} == {b"for all"}


def test_fill_up_stanzas_hide_how_many_may_read() -> None:
    one = _sealed(b"secret", stanzas=8)
    two = _sealed(b"secret", _KEY.recipient, AgeKey.generate().recipient, stanzas=8)
    counts = {
        sum(s.type == b"X25519" for s in age_header.read_header(io.BytesIO(data)).stanzas)
        for data in (one, two)
    }
    assert counts == {8}
    assert unseal_bytes(one, _SECRETS, limit=LIMIT) == b"secret"


def test_the_recipient_of_a_secret_is_the_one_keys_names(ada: Identity) -> None:
    assert recipient_of(ada.age.secret) == ada.age.recipient


def test_someone_elses_file_is_refused() -> None:
    refusal = _refusal(_sealed(b"x", AgeKey.generate().recipient))
    assert refusal.reason is Reason.NO_MATCH
    assert "not made for you" in refusal.message


def test_file_flipped_at_any_byte_is_refused() -> None:
    data = _sealed(b"an answer")
    for at in range(len(data)):
        flipped = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert _refusal(flipped).message


def test_file_cut_at_any_byte_is_refused() -> None:
    data = _sealed(b"an answer")
    for at in range(len(data)):
        assert _refusal(data[:at]).message


def test_file_with_one_byte_more_is_refused() -> None:
    assert _refusal(_sealed(b"an answer") + b"\0").reason is Reason.PAYLOAD


def test_large_file_cut_at_a_chunk_is_refused_after_releasing_part_of_it() -> None:
    data = _sealed(bytes(300_000))
    sink = io.BytesIO()
    with pytest.raises(BundleRefused) as caught:
        unseal(io.BytesIO(data[: len(data) - 70_000]), _SECRETS, sink, limit=LIMIT)
    assert caught.value.reason is Reason.PAYLOAD
    assert "cut short" in caught.value.message


def test_file_that_opens_to_too_much_is_refused() -> None:
    refusal = _refusal(_sealed(bytes(5000)), limit=4999)
    assert refusal.reason is Reason.TOO_LARGE
    assert unseal_bytes(_sealed(bytes(5000)), _SECRETS, limit=5000) == bytes(5000)


class _Counting(io.RawIOBase):
    """An endless-looking source that counts what is read from it."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        data = self._inner.read(size)
        self.taken += len(data)
        return data


def _stanzas(count: int) -> bytes:
    share, body = b"A" * 43, b"A" * 43
    return b"age-encryption.org/v1\n" + (b"-> X25519 %b\n%b\n" % (share, body)) * count


def test_header_with_a_hundred_thousand_stanzas_is_refused_before_it_is_read() -> None:
    source = _Counting(_stanzas(100_000))
    with pytest.raises(BundleRefused) as caught:
        unseal(source, _SECRETS, io.BytesIO(), limit=LIMIT)  # type: ignore[arg-type]
    assert "too many recipients" in caught.value.message
    assert source.taken < 2 * age_header.MAX_HEADER


def test_endless_header_line_is_refused_within_bounds() -> None:
    source = _Counting(b"age-encryption.org/v1\n-> " + b"a" * 10_000_000)
    with pytest.raises(BundleRefused) as caught:
        unseal(source, _SECRETS, io.BytesIO(), limit=LIMIT)  # type: ignore[arg-type]
    assert "header is too long" in caught.value.message
    assert source.taken < 2 * age_header.MAX_HEADER


_SHARE = b"3" * 42 + b"0"
_GOOD = b"-> X25519 " + _SHARE + b"\n" + _SHARE + b"\n"
_END = b"--- " + _SHARE + b"\n" + bytes(16)

MALFORMED = {
    "no version": _GOOD + _END,
    "later version": b"age-encryption.org/v2\n" + _GOOD + _END,
    "no stanza": b"age-encryption.org/v1\n" + _END,
    "no end": b"age-encryption.org/v1\n" + _GOOD,
    "carriage returns": (b"age-encryption.org/v1\n" + _GOOD).replace(b"\n", b"\r\n") + _END,
    "two shares": b"age-encryption.org/v1\n" + _GOOD.replace(b"X25519", b"X25519 A") + _END,
    "no share": b"age-encryption.org/v1\n-> X25519\n" + _SHARE + b"\n" + _END,
    "short share": b"age-encryption.org/v1\n-> X25519 AAAA\n" + _SHARE + b"\n" + _END,
    "long body": b"age-encryption.org/v1\n-> X25519 " + _SHARE + b"\n" + b"A" * 64 + b"\n\n" + _END,
    "no body": b"age-encryption.org/v1\n-> X25519 " + _SHARE + b"\n" + _END,
    "no final line": b"age-encryption.org/v1\n-> a b\n" + b"A" * 64 + b"\n" + _END,
    "padded body": b"age-encryption.org/v1\n-> a b\nAA==\n" + _END,
    "loose bits": b"age-encryption.org/v1\n-> a b\nAB\n" + _END,
    "double space": b"age-encryption.org/v1\n-> a  b\n\n" + _END,
    "space at the end": b"age-encryption.org/v1\n-> a \n\n" + _END,
    "letter beyond ASCII": b"age-encryption.org/v1\n-> \xc3\xa9\n\n" + _END,
    "short MAC": b"age-encryption.org/v1\n" + _GOOD + b"--- AAAA\n" + bytes(16),
    "MAC without space": b"age-encryption.org/v1\n" + _GOOD + b"---" + _SHARE + b"\n" + bytes(16),
    "MAC and a space": b"age-encryption.org/v1\n" + _GOOD + b"--- " + _SHARE + b" \n" + bytes(16),
    "no nonce": b"age-encryption.org/v1\n" + _GOOD + b"--- " + _SHARE + b"\n",
    "short nonce": b"age-encryption.org/v1\n" + _GOOD + _END[:-1],
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_header_is_refused_by_our_own_reader(name: str) -> None:
    with pytest.raises(BundleRefused) as caught:
        age_header.read_header(io.BytesIO(MALFORMED[name]))
    assert caught.value.reason is Reason.HEADER


def test_the_header_that_the_malformed_ones_vary_is_accepted() -> None:
    opened = age_header.read_header(io.BytesIO(b"age-encryption.org/v1\n" + _GOOD + _END + b"rest"))
    assert [s.type for s in opened.stanzas] == [b"X25519"]
    assert opened.consumed.endswith(b"rest")


def test_passphrase_file_is_refused_before_any_key_is_derived() -> None:
    stanza = b"-> scrypt " + b"A" * 22 + b" 23\n" + b"A" * 43 + b"\n"
    refusal = _refusal(b"age-encryption.org/v1\n" + stanza + _END)
    assert refusal.reason is Reason.UNSUPPORTED
    assert "passphrase" in refusal.message


def test_armoured_file_is_refused() -> None:
    refusal = _refusal(b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n")
    assert refusal.reason is Reason.UNSUPPORTED


@pytest.mark.parametrize("secret", ["", "AGE-SECRET-KEY-PQ-1QQQQ", "AGE-SECRET-KEY-1QQQQ", "x"])
def test_key_of_another_kind_opens_nothing(secret: str) -> None:
    assert _refusal(_sealed(b"x"), [secret]).reason is Reason.UNSUPPORTED


class _Failing:
    def __init__(self, failure: Exception) -> None:
        self._failure = failure

    def write(self, _data: bytes, /) -> int:
        raise self._failure

    def read(self, _size: int = -1) -> bytes:
        raise self._failure


def test_a_refusal_of_the_sink_comes_through_as_it_is() -> None:
    mine = BundleRefused("Mine.", reason=Reason.CONTENT)
    with pytest.raises(BundleRefused) as caught:
        unseal(io.BytesIO(_sealed(b"x")), _SECRETS, _Failing(mine), limit=LIMIT)
    assert caught.value is mine


def test_full_disk_behind_the_sink_is_said() -> None:
    with pytest.raises(BundleRefused, match="could not be stored") as caught:
        unseal(io.BytesIO(_sealed(b"x")), _SECRETS, _Failing(OSError(28, "no space")), limit=LIMIT)
    assert caught.value.reason is Reason.UNREADABLE


def test_stick_pulled_while_reading_is_said() -> None:
    failing = _Failing(OSError(5, "gone"))
    with pytest.raises(BundleRefused, match="could not be read") as caught:
        unseal(failing, _SECRETS, io.BytesIO(), limit=LIMIT)  # type: ignore[arg-type]
    assert caught.value.reason is Reason.UNREADABLE


@pytest.mark.parametrize("recipients", [[], ["age1"], [""], ["ssh-ed25519 AAAA"]])
def test_nothing_is_sealed_without_sound_recipients(recipients: list[str]) -> None:
    with pytest.raises(SealFailed) as caught:
        seal(b"x", recipients, io.BytesIO())
    assert caught.value.message


def test_every_reason_says_what_to_do() -> None:
    assert set(HINTS) == set(Reason)
    assert all(hint.endswith(".") for hint in HINTS.values())


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_any_bytes_end_in_a_refusal(data: bytes) -> None:
    with pytest.raises(CandorError):
        unseal_bytes(data, _SECRETS, limit=LIMIT)


_BASE = _sealed(b"an answer", stanzas=2)


@given(st.integers(0, len(_BASE) - 1), st.binary(min_size=1, max_size=40), st.integers(0, 40))
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_spliced_bytes_end_in_a_refusal_or_the_same_content(
    at: int, splice: bytes, cut: int
) -> None:
    data = _BASE[:at] + splice + _BASE[at + cut :]
    if data != _BASE:
        with pytest.raises(CandorError):
            unseal_bytes(data, _SECRETS, limit=LIMIT)
    assert unseal_bytes(_BASE, _SECRETS, limit=LIMIT) == b"an answer"


@pytest.mark.interop("age")
def test_the_age_tool_opens_ours(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(_KEY.secret + "\n")
    data = bytes(range(256)) * 1000
    (tmp_path / "file.candor").write_bytes(_sealed(data))
    done = subprocess.run(
        ["age", "-d", "-i", tmp_path / "key", tmp_path / "file.candor"],
        capture_output=True,
        check=True,
    )
    assert done.stdout == data


@pytest.mark.interop("age")
def test_ours_opens_the_age_tools(tmp_path: Path) -> None:
    data = bytes(range(256)) * 1000
    done = subprocess.run(
        ["age", "-r", _KEY.recipient], input=data, capture_output=True, check=True
    )
    assert unseal_bytes(done.stdout, _SECRETS, limit=LIMIT) == data
