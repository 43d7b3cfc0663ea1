"""``packet``, ``export``, ``inspect``, ``import``, ``sign`` and ``backup`` on real vaults."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import SECRETARY, Command, Told

CLO = "rosalind_vale"
Vault = Callable[..., tuple[object, ...]]


def _replies(told: Told) -> list[Path]:
    return sorted((told.out / "exchange" / "replies").glob("*.candor"))


@pytest.fixture
def torn(told: Told, tmp_path: Path) -> Path:
    """A reply with one byte changed."""
    data = bytearray(_replies(told)[0].read_bytes())
    data[len(data) // 2] ^= 1
    path = tmp_path / "torn.candor"
    path.write_bytes(data)
    return path


def test_packets_are_listed_in_words_and_as_json(command: Command, vault: Vault) -> None:
    arguments = vault()
    said, found = command("packet", *arguments), command("packet", *arguments, "--json")
    assert (said.code, found.code) == (0, 0)
    rows = found.json["packets"]
    assert {row["kind"] for row in rows} == {"packet", "supplement"}
    assert all(row["pages"] > 1 and not row["waits_for_you"] for row in rows)
    assert [line.rsplit("(")[-1] for line in said.out.splitlines()] == [f"{r['id']})" for r in rows]
    assert said.err == found.err == ""  # no progress in a pipe


def test_a_saved_packet_verifies(
    command: Command, vault: Vault, told: Told, tmp_path: Path
) -> None:
    saved = tmp_path / "saved.pdf"
    assert command("packet", *vault(), "--save", saved).code == 0
    assert saved.read_bytes() in {path.read_bytes() for path in told.out.glob("*.pdf")}


def test_nothing_waits_for_a_second_signature(command: Command, vault: Vault) -> None:
    said = command("sign", *vault(CLO), "--name", "Rosalind Vale", "--json")
    assert said.code == 1
    assert said.json["refused"] == "No packet waits for your signature."


def test_files_that_were_imported_before_add_nothing(
    command: Command, vault: Vault, told: Told
) -> None:
    arguments = vault()
    said = command("import", *arguments, *_replies(told), "--json")
    assert said.code == 0
    assert {row["new"] for row in said.json["files"]} == {0}
    assert all(row["already_here"] and row["from"] for row in said.json["files"])
    assert said.json["events"] == 0
    assert not said.err


def test_a_folder_of_files_is_inspected_and_nothing_imported(
    command: Command, vault: Vault, told: Told
) -> None:
    said = command("inspect", *vault(), told.out / "exchange" / "replies")
    assert said.code == 0
    assert said.out.count(", 0 new, 1 already here (") == len(_replies(told))
    assert said.out.endswith("Nothing was imported.\n")


def test_a_changed_file_is_refused_with_2_and_nothing_is_imported(
    command: Command, vault: Vault, torn: Path
) -> None:
    arguments = vault()
    for name in ("inspect", "import"):
        said = command(name, *arguments, torn, "--json")
        (row,) = said.json["files"]
        assert said.code == 2
        assert row["verdict"] == "refused"
        assert row["refused"].endswith(".")
        assert row["hint"]
        assert row["from"] is None
    assert (said.json["imported"], said.json["events"]) == (0, 0)


def test_a_file_for_somebody_else_is_refused(command: Command, vault: Vault, told: Told) -> None:
    said = command("import", *vault(CLO), _replies(told)[0])
    assert said.code == 2
    assert "REFUSED" in said.out


def test_the_names_of_files_cannot_act_on_a_terminal(
    command: Command, vault: Vault, tmp_path: Path
) -> None:
    path = tmp_path / "a\x1b[2J\u202eb.candor"
    path.write_bytes(b"nothing")
    arguments = vault()
    said, found = (
        command("inspect", *arguments, path),
        command("inspect", *arguments, path, "--json"),
    )
    assert (said.code, found.code) == (2, 2)
    assert not set(said.out + said.err + found.out) & {"\x1b", "\u202e"}
    assert found.json["files"][0]["file"] == str(path)


def test_a_saved_file_is_not_exported_a_second_time(
    command: Command, vault: Vault, tmp_path: Path
) -> None:
    arguments, out = vault(), tmp_path / "out"
    first = command("export", *arguments, "--out", out, "--json")
    again = command("export", *arguments, "--out", out)
    written = sorted(str(path) for path in out.glob("*"))
    assert sorted(row["file"] for row in first.json["files"]) == written
    assert again.out == "There is nothing to send.\n"


def test_a_backup_is_written_whole_and_holds_no_name_in_the_clear(
    command: Command, vault: Vault, tmp_path: Path
) -> None:
    path = tmp_path / "kept" / "vault.backup"
    said = command("backup", *vault(), path, "--json")
    assert said.code == 0
    assert said.json == {"backup": str(path), "bytes": path.stat().st_size}
    assert b"Whitcombe" not in path.read_bytes()
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_nothing_is_written_over_a_file_that_is_there(
    command: Command, vault: Vault, tmp_path: Path
) -> None:
    mine, arguments = tmp_path / "mine.pdf", vault()
    mine.write_text("keep me")
    for said in (
        command("packet", *arguments, "--save", mine),
        command("backup", *arguments, mine),
        command("backup", *arguments, tmp_path, "--replace"),
    ):
        assert said.code == 1
        assert said.err.count("\n") == 1
        assert not said.out
    assert mine.read_text() == "keep me"


def test_a_backup_takes_the_place_of_an_earlier_one_where_that_is_asked_for(
    command: Command, vault: Vault, tmp_path: Path
) -> None:
    path, arguments = tmp_path / "vault.backup", vault()
    path.write_text("an earlier one")
    assert command("backup", *arguments, path, "--replace").code == 0
    assert b"an earlier one" not in path.read_bytes()


@pytest.mark.parametrize("where", ["a file", "a file/vault", "an empty folder"])
def test_what_is_no_vault_is_one_sentence(
    command: Command, tmp_path: Path, secret_file: Path, where: str
) -> None:
    (tmp_path / "a file").write_text("keep me")
    (tmp_path / "an empty folder").mkdir()
    said = command("packet", tmp_path / where, "--passphrase-file", secret_file)
    assert said.code == 4
    assert said.err.count("\n") == 1


def test_an_unwritable_place_is_one_sentence(
    command: Command, vault: Vault, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("keep me")
    inside, arguments = tmp_path / "a file" / "x", vault()
    for said in (
        command("packet", *arguments, "--save", inside),
        command("backup", *arguments, inside),
    ):
        assert said.code == 1
        assert said.err.count("\n") == 1
        assert "could not be written" in said.err


# --- passphrases --------------------------------------------------------------------------


def test_a_wrong_passphrase_opens_nothing(
    command: Command, vault: Vault, secret_file: Path
) -> None:
    folder, option, _ = vault()
    said = command("packet", folder, option, secret_file, "--json")
    assert said.code == 4
    assert "passphrase" in said.json["refused"].casefold()


def test_a_passphrase_file_that_is_missing_or_no_text_is_one_sentence(
    command: Command, told: Told, tmp_path: Path
) -> None:
    binary = tmp_path / "binary.txt"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "nowhere.txt", binary, tmp_path):
        said = command("packet", told.out / "vaults" / SECRETARY, "--passphrase-file", path)
        assert said.code == 1
        assert said.err.startswith(f"The passphrase file “{path.name}” could not be read.")
        assert said.err.count("\n") == 1
        assert not said.out


@pytest.mark.parametrize("content", ["", "\n", "x" * 5000], ids=["empty", "blank", "endless"])
def test_a_passphrase_file_whose_first_line_holds_none_is_called_so(
    command: Command, told: Told, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(content)
    said = command("packet", told.out / "vaults" / SECRETARY, "--passphrase-file", path)
    assert said.code == 1
    assert "holds no passphrase" in said.err


def test_a_passphrase_file_from_a_windows_editor_opens_the_vault(
    command: Command, vault: Vault, told: Told, tmp_path: Path
) -> None:
    folder, option, _ = vault()
    path = tmp_path / "notepad.txt"
    path.write_bytes(f"\ufeff{told.passphrases[SECRETARY]}\r\n".encode())
    assert command("packet", folder, option, path).code == 0


def test_in_a_pipe_nobody_is_asked_for_a_passphrase(told: Told) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "candor", "packet", told.out / "vaults" / SECRETARY, "--json"],
        capture_output=True,
        input=told.passphrases[SECRETARY].encode() + b"\n",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert ended.returncode == 1
    assert "nobody to ask" in json.loads(ended.stdout)["refused"]
    assert not ended.stderr
