"""`python3 tests`: sets up, then runs every check; says at its end what was skipped and why.

python3 tests                        lint, format, types, layers, tests
python3 tests tests/keys -k bech32   arguments for pytest: only the tests they name
python3 tests screenshots --out DIR  every screen and every packet page as PNG
python3 tests benchmarks [NAME ...]  how fast the real parts are, against their budgets
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_TESTS = Path(__file__).resolve().parent
sys.path.insert(0, str(_TESTS.parent / "desktop"))

from first_start import (  # noqa: E402 - it lies beside the package, not beside the tests
    ROOT,
    SetUpFailed,
    command_in,
    hand_over,
    ready_python,
)


def main(arguments: list[str]) -> int:
    """Run what was asked for. Returns 0 only if all of it passed."""
    try:
        python = ready_python()
    except SetUpFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    if arguments[:1] == ["screenshots"]:
        return hand_over(python, [str(_TESTS / "screenshots.py"), *arguments[1:]])
    if arguments[:1] == ["benchmarks"]:
        return hand_over(python, [str(_TESTS / "benchmarks"), *arguments[1:]])
    if arguments:
        return hand_over(python, ["-m", "pytest", *arguments])
    return _run_all(_checks(python))


def _checks(python: Path) -> tuple[tuple[str, list[str]], ...]:
    """Every check in order, the quick ones first: its name and its command."""
    module = [str(python), "-m"]
    return (
        ("ruff check", [*module, "ruff", "check", "."]),
        ("ruff format", [*module, "ruff", "format", "--check", "."]),
        ("mypy --strict", [*module, "mypy"]),
        ("layers", [str(command_in(ROOT / ".venv", "lint-imports"))]),
        # worksteal: files differ in length by far, and neighbours still share a process.
        ("pytest", [*module, "pytest", "-q", "-n", "2", "--dist", "worksteal"]),
    )


def _run_all(checks: tuple[tuple[str, list[str]], ...]) -> int:
    """Run all of them, the later ones too if one fails: a list of faults beats the first."""
    failed = []
    for name, command in checks:
        print(f"== {name}", flush=True)
        if subprocess.call(command, cwd=ROOT) != 0:
            failed.append(name)
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks passed.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
