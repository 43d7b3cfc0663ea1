"""The commands, their options and what wrong use says."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from tests.cli.conftest import Command

from candor import __version__
from candor.cli import demo_command
from candor.cli.main import EXIT_CODES, parser, run

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
    "backup",
    "self-test",
)
REPORTING = tuple(name for name in COMMANDS if name != "demo")
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
    assert set(COMMANDS) <= set(listed)
    assert " ".join(EXIT_CODES.split()) in " ".join(out.split())


def test_there_are_no_other_commands() -> None:
    assert set(_subcommands()) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_of_its_own(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run([name, "--help"])
    assert ended.value.code == 0
    assert f"candor {name}" in capsys.readouterr().out


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


def test_a_demo_does_not_touch_a_folder_with_something_in_it(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("keep me")
    said = command("demo", "--out", tmp_path)
    assert said.code == 1
    assert "not empty" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
