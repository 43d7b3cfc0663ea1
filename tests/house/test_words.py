"""What the project says of itself: decisions of one form, and no README that names what is not."""

from __future__ import annotations

import pkgutil
import re
from pathlib import Path

import pytest

_HEADINGS = ["Summary", "Context", "Decision", "Consequences", "Alternatives"]
_LAYERS = "app|vault|exchange|packet|records|policy|forms|keys|ui|cli|clock|resources"
_NAMED = re.compile(rf"`(?:candor\.)?((?:{_LAYERS})\.[a-z_][\w.]*)`")
# These share a layer's name and are files of a vault or of the form language, not modules.
_NO_MODULE = re.compile(r"vault\.(db|json|lock)|form\.\w+")
_READMES = ("README.md", "desktop/README.md", "tests/README.md", "resources/README.md")


def _decisions(root: Path) -> list[Path]:
    return sorted((root / "desktop" / "decisions").glob("*.md"))


def _texts(root: Path) -> list[Path]:
    return [*(root / name for name in _READMES), *_decisions(root)]


def test_every_decision_has_its_number_and_the_five_parts_in_order(root: Path) -> None:
    found = _decisions(root)
    assert len(found) > 5
    for path in found:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert path.name.startswith(f"{lines[0][2:5]}-")
        assert re.fullmatch(r"# \d{3}: \S.*", lines[0])
        assert [line[3:] for line in lines if line.startswith("## ")] == _HEADINGS, path.name


def test_no_two_decisions_share_a_number(root: Path) -> None:
    numbers = [path.name[:3] for path in _decisions(root)]
    assert sorted(set(numbers)) == numbers


def test_modules_and_functions_that_texts_name_are_there(root: Path) -> None:
    named = {
        (path.name, name)
        for path in _texts(root)
        for name in _NAMED.findall(path.read_text(encoding="utf-8"))
        if not _NO_MODULE.fullmatch(name)
    }
    assert len(named) > 10
    assert [pair for pair in sorted(named) if not _is_there(pair[1])] == []


def _is_there(name: str) -> bool:
    try:
        pkgutil.resolve_name(f"candor.{name}")
    except (ImportError, AttributeError):
        return False
    return True


@pytest.mark.parametrize("name", _READMES)
def test_files_and_folders_that_a_readme_lists_are_there(root: Path, name: str) -> None:
    readme = root / name
    text = readme.read_text(encoding="utf-8")
    first_cells = re.findall(r"^\| `(\w*[./][\w./]*)` \|", text, re.MULTILINE)
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    places = (readme.parent, root / "desktop" / "candor")
    assert first_cells + links
    missing = [p for p in first_cells + links if not any((base / p).exists() for base in places)]
    assert missing == []


def test_every_folder_of_the_package_says_what_it_is(root: Path) -> None:
    text = (root / "desktop" / "README.md").read_text(encoding="utf-8")
    folders = [
        p.name for p in (root / "desktop" / "candor").iterdir() if (p / "__init__.py").exists()
    ]
    assert [name for name in folders if f"| `{name}` |" not in text] == []
