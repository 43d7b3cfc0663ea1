"""The public CCTV age vectors against our own entry point, judged by content alone."""

from __future__ import annotations

import hashlib
import io
import os
import zlib
from pathlib import Path

import pytest

from candor.exchange.refusals import BundleRefused
from candor.exchange.seal import unseal

pytestmark = pytest.mark.vectors

_FOLDER = Path(os.environ.get("CANDOR_VECTORS", "")) / "age"
_FILES = (
    sorted(p for p in _FOLDER.iterdir() if p.is_file())
    if os.environ.get("CANDOR_VECTORS") and _FOLDER.is_dir()
    else []
)


class _Vector:
    """One file: repeated `key: value` lines, an empty line, then the age file."""

    def __init__(self, raw: bytes) -> None:
        head, _, self.file = raw.partition(b"\n\n")
        self.fields: dict[str, list[str]] = {}
        for line in head.decode().splitlines():
            key, _, value = line.partition(": ")
            self.fields.setdefault(key, []).append(value)
        if self.one("compressed") == "zlib":
            self.file = zlib.decompress(self.file)

    def one(self, key: str) -> str:
        return self.fields.get(key, [""])[0]

    @property
    def unsupported(self) -> bool:
        """What Candor declares that it does not read: it must be refused, whatever it holds."""
        return (
            self.one("armored") == "yes"
            or "passphrase" in self.fields
            or any("-PQ-" in identity for identity in self.fields.get("identity", []))
        )


def _outcome(vector: _Vector) -> tuple[str, bytes]:
    sink = io.BytesIO()
    try:
        unseal(io.BytesIO(vector.file), vector.fields.get("identity", []), sink, limit=64 * 2**20)
    except BundleRefused as refusal:
        return refusal.reason.value, b""
    return "success", sink.getvalue()


def test_the_age_vectors_are_there() -> None:
    if not _FILES:
        pytest.skip("CANDOR_VECTORS names no folder with age vectors")
    assert len(_FILES) > 10


@pytest.mark.parametrize("path", _FILES, ids=lambda p: p.name)
def test_age_vector_ends_exactly_as_its_file_expects(path: Path) -> None:
    vector = _Vector(path.read_bytes())
    outcome, opened = _outcome(vector)
    if vector.unsupported:
        assert outcome != "success"
        return
    assert outcome == vector.one("expect")
    if outcome == "success":
        assert hashlib.sha256(opened).hexdigest() == vector.one("payload")
