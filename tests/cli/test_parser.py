"""The commands, their options and what wrong use says."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from tests.cli.conftest import Command

from candor import __version__
from candor.cli import demo_command
from candor.cli.main import parser, run
from candor.cli.terminal import EXIT_CODES

COMMANDS = (
    "demo",
    "new-company",
    "join",
    "import",
    "export",
    "inspect",
    "packet",
    "sign",
    "verify",
    "decide",
    "code",
    "backup",
    "self-test",
)
REPORTING = tuple(name for name in COMMANDS if name not in {"demo", "code"})
UNLOCKING = ("new-company", "join", "import", "export", "inspect", "packet", "sign", "backup")


def _subcommands() -> dict[str, argparse.ArgumentParser]:
    subs = next(a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(subs.choices)


def test_help_lists_every_command_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["--help"])
    out = capsys.readouterr().out
    listed = [line.split()[0] for line in out.splitlines() if line.startswith("    ")]
    assert ended.value.code == 0
    assert [name for name in listed if name in COMMANDS] == list(COMMANDS)
    assert " ".join(EXIT_CODES.split()) in " ".join(out.split())


def test_there_are_no_other_commands() -> None:
    assert set(_subcommands()) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_and_its_exit_codes(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run([name, "--help"])
    out = capsys.readouterr().out
    assert ended.value.code == 0
    assert f"candor {name}" in out
    assert " ".join(EXIT_CODES.split()) in " ".join(out.split())
    found = _subcommands()[name]
    assert (found.description or "").endswith(".")
    assert [action.dest for action in found._actions if not action.help] == []


@pytest.mark.parametrize("name", REPORTING)
def test_what_reports_can_report_as_json(name: str) -> None:
    assert "--json" in _subcommands()[name].format_help()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_passphrase_is_never_an_argument(name: str) -> None:
    options = _subcommands()[name]._option_string_actions
    assert ("--passphrase-file" in options) == (name in UNLOCKING)
    assert "--passphrase" not in options


def test_the_self_test_needs_nothing_but_its_name() -> None:
    parsed = parser().parse_args(["self-test"])
    assert parsed.run is demo_command.run_self_test
    assert parsed.json is False


def test_the_demo_has_a_folder_a_number_of_people_and_a_seed() -> None:
    parsed = parser().parse_args(["demo"])
    assert (parsed.out, parsed.people, parsed.seed) == (Path("candor-demo"), 15, 1)


def test_the_version_is_that_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"candor {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["import"], ["verify"], ["new-company", "x"], ["packet", "x", "--compile", "y"]],
    ids=" ".join,
)
def test_wrong_use_ends_with_2_and_says_how(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(arguments)
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.err.startswith("usage: candor")
    assert not said.out


LONG = "n" * 10_000


@pytest.mark.parametrize(
    "arguments",
    [
        [LONG],
        ["verify", LONG],
        ["verify", "x.pdf", "--root", LONG],
        ["import", "vault", LONG],
        ["packet", LONG],
        ["demo", "--out", LONG],
        ["demo", "--people", "9" * 10_000],
        ["backup", "vault", "a\0b"],
        ["verify", "x.pdf", "\x1b[2J" + LONG],
    ],
    ids=lambda arguments: " ".join(arguments)[:30].encode("unicode_escape").decode(),
)
def test_a_name_of_ten_thousand_characters_is_wrong_use_in_one_short_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(arguments)
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.err.startswith("usage: candor")
    assert len(said.err.splitlines()[-1]) < 300
    assert "\x1b" not in said.err


def test_what_is_neither_a_command_nor_a_folder_is_called_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        run(["my-vaults"])
    assert "“my-vaults” is neither a command nor a folder" in capsys.readouterr().err


def test_a_demo_does_not_touch_a_folder_with_something_in_it(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    said = command("demo", "--out", tmp_path)
    assert said.code == 1
    assert "not empty" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("name", ["a file", "a file/demo"])
def test_a_demo_is_not_played_into_a_file(command: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / "a file").write_text("keep me")
    said = command("demo", "--out", tmp_path / name)
    assert said.code == 1
    assert "cannot be a folder for the demo" in said.err
    assert said.err.count("\n") == 1
    assert (tmp_path / "a file").read_text() == "keep me"


@pytest.mark.parametrize("people", [-1, 4, 10**11])
def test_a_demo_of_too_few_or_too_many_is_refused_at_once(
    command: Command, tmp_path: Path, people: int
) -> None:
    said = command("demo", "--out", tmp_path / "demo", "--people", people)
    assert said.code == 1
    assert "Ask for" in said.err
    assert not (tmp_path / "demo").exists()
