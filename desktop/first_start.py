"""Sets up a checkout on a machine that has nothing but Python: `.venv`, the libraries, the package.

Standard library only, and shared by `python3 desktop` and `python3 tests`. Once it has succeeded it
leaves a stamp; from then on a start reads that one file and does nothing else.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST_PYTHON = (3, 11)
_STAMP = "candor-stamp"
_LOG = "set-up.log"


class SetUpFailed(Exception):
    """The checkout could not be made ready; the message says why and what to do."""


def ready_python(root: Path = ROOT) -> Path:
    """The interpreter of a checkout that is set up, setting it up first where it is not.

    Raises SetUpFailed. The stamp says which lock, which package description, which place and which
    Python the set-up was made for: a virtual environment survives a change of none of them.
    """
    venv = root / ".venv"
    stamp = expected_stamp(root)
    if not is_ready(venv, stamp):
        _set_up(root, venv, stamp)
    return python_in(venv)


def is_ready(venv: Path, stamp: str) -> bool:
    """Whether that very set-up has been completed in that folder."""
    try:
        return (venv / _STAMP).read_text(encoding="ascii") == stamp
    except (OSError, UnicodeDecodeError):
        return False


def expected_stamp(root: Path) -> str:
    """The digest of everything that a set-up depends on. Raises SetUpFailed."""
    digest = hashlib.sha256(f"{root}\n{sys.version_info[:2]}\n".encode())
    for name in ("requirements.lock", "pyproject.toml"):
        try:
            digest.update(hashlib.sha256((root / name).read_bytes()).digest())
        except OSError as error:
            raise SetUpFailed(
                f"The file {name} of this checkout cannot be read ({error.strerror}). "
                "Get the project's files again."
            ) from error
    return digest.hexdigest()


def python_in(venv: Path) -> Path:
    """Where a virtual environment keeps its interpreter."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def command_in(venv: Path, name: str) -> Path:
    """Where a virtual environment keeps an installed command."""
    return venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name


def hand_over(program: Path, arguments: list[str]) -> int:
    """Become that program. Returns its exit code on Windows; elsewhere it does not return."""
    command = [str(program), *arguments]
    if os.name != "nt":
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(command[0], command)
    # Windows has no exec that a console waits for.
    import subprocess  # noqa: PLC0415 - the second start must not pay for it

    return subprocess.call(command)


def _set_up(root: Path, venv: Path, stamp: str) -> None:
    from installing import install  # noqa: PLC0415 - the second start must not pay for it

    if sys.version_info < OLDEST_PYTHON:
        raise SetUpFailed(
            "Candor needs Python {}.{} or newer, and this is {}.{}. "
            "Start it with a newer one.".format(*OLDEST_PYTHON, *sys.version_info[:2])
        )
    (venv / _STAMP).unlink(missing_ok=True)
    try:
        install(root, venv, python_in(venv), venv / _LOG)
    except KeyboardInterrupt:
        raise SetUpFailed("Stopped. Start again, and the set-up goes on.") from None
    # Written last and moved into place whole: a half-made set-up never looks complete.
    fresh = venv / f"{_STAMP}.new"
    fresh.write_text(stamp, encoding="ascii")
    fresh.replace(venv / _STAMP)
