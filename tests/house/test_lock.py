"""The lock: every dependency by version and hash, and no address of any index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path


def _entries(root: Path) -> list[str]:
    """The lock's logical lines."""
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    return text.replace("\\\n", " ").splitlines()


def _name(requirement: str) -> str:
    """The normalised name that a requirement begins with."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement.strip())[0]).lower()


def test_lock_names_no_address(root: Path) -> None:
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-", text.replace("    --hash=", ""), re.MULTILINE)
    assert " @ " not in text


def test_lock_pins_every_entry_by_version_and_hash(root: Path) -> None:
    entries = _entries(root)
    assert len(entries) > 50
    pinned = re.compile(r"[a-z0-9.-]+==[^ ]+( ;[^\\]+?)? +(--hash=sha256:[0-9a-f]{64} *)+")
    assert [entry for entry in entries if not pinned.fullmatch(entry)] == []


def test_lock_holds_all_that_the_project_asks_for(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["tests"],
        *project["dependency-groups"]["build"],
        *project["build-system"]["requires"],
    ]
    locked = {_name(entry) for entry in _entries(root)}
    assert {_name(requirement) for requirement in asked} - locked == set()
