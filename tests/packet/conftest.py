"""The sample content as fixtures, and ways to read a composed file."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtPdf import QPdfDocument

from candor.packet.compose import compose
from candor.packet.content import Composed, FilingContent, PacketContent

from .sample import sample_filing, sample_packet


@pytest.fixture(scope="session")
def packet() -> PacketContent:
    """The sample packet's content."""
    return sample_packet()


@pytest.fixture(scope="session")
def composed(packet: PacketContent) -> Composed:
    """The sample packet, composed once."""
    return compose(packet, b'{"evidence": "sample"}')


@pytest.fixture(scope="session")
def filing() -> FilingContent:
    """The sample filing's content."""
    return sample_filing()


@pytest.fixture
def tool(tmp_path: Path) -> Callable[..., str]:
    """Runs a system tool on a PDF and gives back what it printed."""

    def run(name: str, pdf: bytes, *after: str) -> str:
        path = tmp_path / "file.pdf"
        path.write_bytes(pdf)
        done = subprocess.run(
            [name, *([after[0]] if after[:1] == ("--check",) else []), str(path)]
            + [a for a in after if a != "--check"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture
def opened() -> Callable[[bytes], pikepdf.Pdf]:
    """Opens bytes with pikepdf."""
    return lambda data: pikepdf.open(io.BytesIO(data))


@pytest.fixture
def pages() -> Callable[[bytes], list[str]]:
    """The text of each page, as a reader would search it."""

    def read(data: bytes) -> list[str]:
        document, source = QPdfDocument(None), QBuffer()
        source.setData(QByteArray(data))
        source.open(QBuffer.OpenModeFlag.ReadOnly)
        document.load(source)
        assert document.error() == QPdfDocument.Error.None_
        found = [document.getAllText(n).text() for n in range(document.pageCount())]
        document.close()
        return found

    return read
