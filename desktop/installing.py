"""What the first start does once: a virtual environment, the locked libraries, the package itself.

The only part of Candor that uses the network. Every download is checked against its hash in
`requirements.lock`; only built packages are taken, because building one would fetch its own tools
without any check.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from first_start import SetUpFailed

# What pip says when no index could be reached; it has no exit code of its own for that.
_OFFLINE = (
    "NewConnectionError",
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "Name or service not known",
    "getaddrinfo failed",
    "nodename nor servname",
    "Network is unreachable",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "Could not find a version that satisfies the requirement",
)
_PIP = "pip.exe" if os.name == "nt" else "pip"
_CHANGED = ("DO NOT MATCH THE HASHES", "Hashes are required")
_FULL = ("No space left on device", "not enough space on the disk")


def install(root: Path, venv: Path, python: Path, log: Path) -> None:
    """Make `venv` hold exactly what the lock names, and the checkout as an editable package.

    Takes up a set-up that was interrupted. Raises SetUpFailed with one sentence; pip's own words
    are in `log`.
    """
    _tell("Setting Candor up (once; about a minute)")
    if not _works(venv, python):
        _tell("  1/3 making a virtual environment in .venv")
        _make_venv(venv, log)
    _tell("  2/3 fetching the libraries, each checked against its hash")
    _pip(
        root,
        python,
        log,
        ["--require-hashes", "--only-binary", ":all:", "--no-deps", "-r", "requirements.lock"],
    )
    _tell("  3/3 installing the package from this checkout")
    # The build tool is in the lock too, so nothing unchecked is fetched here.
    _pip(root, python, log, ["--no-build-isolation", "--no-deps", "--no-index", "-e", "."])


def _works(venv: Path, python: Path) -> bool:
    """Whether the virtual environment is whole, of this place, and of the Python running now."""
    try:
        # Its commands name the place they were made for; after a move they would start nothing.
        if os.fsencode(venv) not in python.with_name(_PIP).read_bytes():
            return False
    except OSError:
        return False
    probe = "import sys, pip; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(python), "-c", probe], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.split() == [str(part) for part in sys.version_info[:2]]


def _make_venv(venv: Path, log: Path) -> None:
    # --clear: what an interrupted start left behind may be of any state.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        code = subprocess.call(
            [sys.executable, "-m", "venv", "--clear", str(venv)],
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        output.seek(0)
        words = output.read()
    if code == 0:
        return
    if "ensurepip" in words or "No module named venv" in words:
        # Debian splits these parts of Python into a package of their own; a rest would look whole.
        shutil.rmtree(venv, ignore_errors=True)
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        raise SetUpFailed(
            "This Python cannot make virtual environments. "
            f"On Debian or Ubuntu install the package {package} (apt install {package}), "
            "then start again."
        )
    raise SetUpFailed(_why(words, "The virtual environment could not be made", log))


def _pip(root: Path, python: Path, log: Path, arguments: list[str]) -> None:
    """Run pip in the checkout, its words going to the log."""
    command = [
        str(python),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--retries",
        "2",
    ]
    environment = dict(os.environ, PYTHONNOUSERSITE="1")
    # Settings that people keep for their own installations and that would misdirect this one.
    for name in ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIREMENT", "PYTHONPATH"):
        environment.pop(name, None)
    with log.open("w+", encoding="utf-8", errors="replace") as output:
        code = subprocess.call(
            [*command, *arguments],
            cwd=root,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        output.seek(0)
        words = output.read()
    if code != 0:
        raise SetUpFailed(_why(words, "The libraries could not be installed", log))


def _why(words: str, what: str, log: Path) -> str:
    """One sentence from the words of pip or venv."""
    if any(sign in words for sign in _CHANGED):
        return (
            "A downloaded file is not the one that requirements.lock names, so nothing of it was "
            f"installed. Do not go on without knowing why; the details are in {log}."
        )
    if any(sign in words for sign in _FULL):
        return "The disk is full. Free about 1 GB where this checkout lies, then start again."
    if any(sign in words for sign in _OFFLINE):
        return (
            "The first start fetches libraries, and the package index could not be reached or does "
            "not have them for this Python. Connect this machine to the network once and start "
            f"again; nothing after that uses it. The details are in {log}."
        )
    last = next((line for line in reversed(words.splitlines()) if line.strip()), "no reason given")
    return f"{what}: {last.strip()} The details are in {log}."


def _tell(line: str) -> None:
    # Standard error: what a command reports on standard output stays machine-readable.
    print(line, file=sys.stderr, flush=True)
