"""``candor verify`` on a packet that the story signed: 0 proved, 3 not proved, 1 never."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Command, Told

LINES = 6


@pytest.fixture
def spoiled(told: Told, tmp_path: Path) -> Path:
    """The packet with one byte changed under its signatures."""
    data = bytearray(told.packet.read_bytes())
    data[len(data) // 3] ^= 1
    path = tmp_path / "spoiled.pdf"
    path.write_bytes(data)
    return path


def test_a_signed_packet_is_proved_with_the_companys_root(command: Command, told: Told) -> None:
    said = command("verify", told.packet, "--root", told.root)
    assert said.code == 0
    assert said.out.startswith("You can rely on this file: ")
    assert said.out.count("  [good] ") == LINES
    assert not said.err


def test_without_a_root_it_is_not_proved_yet(command: Command, told: Told) -> None:
    said = command("verify", told.packet)
    assert said.code == 3
    assert said.out.startswith("Not proved yet: ")
    assert "[open]" in said.out
    assert "[STOP]" not in said.out


def test_one_changed_byte_is_not_to_be_relied_on(
    command: Command, told: Told, spoiled: Path
) -> None:
    said = command("verify", spoiled, "--root", told.root)
    assert said.code == 1
    assert said.out.startswith("Do not rely on this file: ")
    assert "[STOP]" in said.out


def test_json_says_the_same_as_the_exit_code(command: Command, told: Told, spoiled: Path) -> None:
    proved = command("verify", told.packet, "--root", told.root, "--json")
    stopped = command("verify", spoiled, "--root", told.root, "--json")
    assert (proved.code, stopped.code) == (0, 1)
    assert len(proved.json["lines"]) == len(stopped.json["lines"]) == LINES
    assert {line["state"] for line in proved.json["lines"]} == {"done"}
    assert "stopped" in {line["state"] for line in stopped.json["lines"]}


def test_a_root_file_that_is_none_is_refused(command: Command, told: Told, tmp_path: Path) -> None:
    other = tmp_path / "root.json"
    other.write_text('{"document": {}}')
    said = command("verify", told.packet, "--root", other)
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert not said.out


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF", b"a letter"])
def test_what_is_no_packet_is_not_to_be_relied_on(
    command: Command, told: Told, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "other.pdf"
    path.write_bytes(content)
    said = command("verify", path, "--root", told.root)
    assert said.code == 1
    assert "You can rely" not in said.out


def test_the_refusal_of_a_missing_file_is_json_where_json_was_asked_for(
    command: Command, tmp_path: Path
) -> None:
    said = command("verify", tmp_path / "nowhere.pdf", "--json")
    assert said.code == 1
    assert set(said.json) == {"refused", "hint", "problems"}
    assert said.json["refused"].endswith(".")
    assert not said.err
