"""What comes from files may be shown on a terminal, never acted on by it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from candor.app.files import read_whole
from candor.app.intake_jobs import check_files
from candor.cli import terminal
from candor.cli.main import run
from candor.errors import CandorError
from candor.exchange.checked import Known

HOSTILE = "\x1b[2J\x1b]0;t\x07Ada\n  [good] Content\r\x9b31m\u202etxt\u2028end"


def test_a_name_can_neither_move_the_cursor_nor_begin_a_line_of_its_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    terminal.say(f"Signed by {HOSTILE}")
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert not set(out) & set("\x1b\x07\r\x9b\u202e\u2028")


def test_json_holds_the_same_text_with_nothing_that_a_terminal_acts_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    terminal.say_json({"name": HOSTILE})
    out = capsys.readouterr().out
    assert not set(out) & set("\x1b\x07\r\x9b\u202e\u2028")
    assert json.loads(out) == {"name": HOSTILE}


def exit_code(arguments: list[str]) -> int:
    """What the command returns, or says on wrong use."""
    try:
        return run(arguments)
    except SystemExit as stopped:
        return int(stopped.code or 0)


@pytest.mark.parametrize(
    ("name", "code"), [("a" * 10_000, 2), ("\x1b[31mred\nline", 1), ("nowhere", 1)]
)
def test_a_file_that_is_not_there_is_one_plain_sentence_whatever_its_name(
    name: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code(["verify", str(tmp_path / name)]) == code
    said = capsys.readouterr().err
    assert said.count("\n") <= 2
    assert "\x1b" not in said
    assert len(said) < 300


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_or_a_device_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.candor"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), tmp_path):
        with pytest.raises(CandorError, match="not a file"):
            read_whole(path, 1024)
    assert check_files((str(pipe),), (), Known())[0].checked is None
