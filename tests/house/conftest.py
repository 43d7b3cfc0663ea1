"""The checkout itself, and small copies of it that tests may spoil."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]

_PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "candor"
version = "1"
"""
# Stands in for the build tool of the real lock, which a test cannot fetch: it hands pip a wheel
# that was made beforehand.
_BACKEND = """
import shutil

def get_requires_for_build_editable(config_settings=None):
    return []

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    shutil.copy("candor-1-py3-none-any.whl", wheel_directory)
    return "candor-1-py3-none-any.whl"
"""
_COMMAND = """
import sys

import gadget


def main():
    print("candor", gadget.NAME, *sys.argv[1:])
    return 7
"""


@dataclass
class Checkout:
    """The set-up code with a lock of one small library and a package that says hello."""

    root: Path
    environment: dict[str, str]

    def start(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        """Run `python3 desktop ARGUMENTS` there."""
        return subprocess.run(
            [sys.executable, str(self.root / "desktop"), *arguments],
            env=self.environment | extra,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def stamp(self) -> Path:
        """What a completed set-up leaves."""
        return self.root / ".venv" / "candor-stamp"


@pytest.fixture(scope="session")
def root() -> Path:
    """This checkout."""
    return _ROOT


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """One for the whole file, because making a virtual environment takes seconds.

    Its package index is a folder: the set-up is the real one, without a network.
    """
    folder = tmp_path_factory.mktemp("first_start")
    root, index = folder / "a checkout", folder / "index"
    index.mkdir()
    (root / "desktop").mkdir(parents=True)
    for name in ("__main__.py", "first_start.py", "installing.py"):
        shutil.copy(_ROOT / "desktop" / name, root / "desktop")
    (root / "pyproject.toml").write_text(_PROJECT)
    (root / "backend.py").write_text(_BACKEND)
    _write_wheel(root, "candor", {"candor_hello.py": _COMMAND}, "candor = candor_hello:main")
    wheel = _write_wheel(index, "gadget", {"gadget.py": "NAME = 'gadget'\n"})
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (root / "requirements.lock").write_text(f"gadget==1 \\\n    --hash=sha256:{digest}\n")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON"))}
    settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(index), "PIP_CONFIG_FILE": os.devnull}
    return Checkout(root, kept | settings)


@pytest.fixture
def ready(checkout: Checkout) -> Iterator[Checkout]:
    """The same, set up; what a test does to its lock is undone."""
    lock = checkout.root / "requirements.lock"
    words = lock.read_text()
    if not checkout.stamp.exists():
        checkout.start()
    yield checkout
    lock.write_text(words)


def _write_wheel(folder: Path, name: str, files: dict[str, str], command: str = "") -> Path:
    """A wheel of version 1 with these modules; pip asks for no more than this."""
    info = f"{name}-1.dist-info"
    entries = files | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[console_scripts]\n{command}\n",
    }
    record = "".join(f"{path},,\n" for path in [*entries, f"{info}/RECORD"])
    wheel = folder / f"{name}-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in (entries | {f"{info}/RECORD": record}).items():
            archive.writestr(path, text)
    return wheel
