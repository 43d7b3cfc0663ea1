"""The layers: kept by the code as it is, and broken by each kind of import that they forbid."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_RUN = "from importlinter.cli import lint_imports_command as run; run()"
_FORBIDDEN = {
    "Imports point down": ("errors.py", "import candor.app"),
    "Front ends go through app": ("ui/style.py", "import candor.vault"),
    "Policy is pure": ("policy/terms.py", "import sqlite3"),
    "Keys know neither policy nor forms": ("keys/codes.py", "import candor.policy"),
    "Qt only in ui": ("app/home.py", "import PySide6.QtCore"),
    "SQLCipher, Argon2 and the keyring only in vault": ("app/session.py", "import keyring"),
    "age only in exchange": ("vault/store.py", "import pyrage"),
    "PDF only in packet": ("exchange/bundle.py", "import pikepdf"),
}


def _verdicts(folder: Path) -> tuple[int, dict[str, str]]:
    """Lint the `candor` in that folder: the exit code, and KEPT or BROKEN by contract."""
    run = subprocess.run(
        [sys.executable, "-c", _RUN, "--no-cache", "--config", str(folder / "pyproject.toml")],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "desktop"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.strip() for line in run.stdout.splitlines()]
    words = (line.rsplit(" ", 1) for line in lines if line.endswith((" KEPT", " BROKEN")))
    return run.returncode, {word[0]: word[1] for word in words}


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The package and its contracts, to be spoilt."""
    shutil.copytree(
        root / "desktop" / "candor",
        tmp_path / "desktop" / "candor",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept(root: Path) -> None:
    code, verdicts = _verdicts(root)
    assert verdicts == dict.fromkeys(_FORBIDDEN, "KEPT")
    assert code == 0


def test_every_contract_is_broken_by_an_import_that_it_forbids(copy: Path) -> None:
    for file, line in _FORBIDDEN.values():
        module = copy / "desktop" / "candor" / file
        module.write_text(f"{module.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    code, verdicts = _verdicts(copy)
    assert verdicts == dict.fromkeys(_FORBIDDEN, "BROKEN")
    assert code != 0


def test_new_folder_without_a_layer_breaks_the_contract(copy: Path) -> None:
    extra = copy / "desktop" / "candor" / "extra"
    extra.mkdir()
    (extra / "__init__.py").touch()
    _, verdicts = _verdicts(copy)
    assert verdicts["Imports point down"] == "BROKEN"
