"""House style that no linter checks: sizes, names, and what must never be in a file."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "build.spec",
    "desktop",
    "forms",
    "pyproject.toml",
    "requirements.lock",
    "resources",
    "tests",
}
# Made by tools, never part of the project; .gitignore lists them.
_MADE = re.compile(
    r"\.git(?!ignore)|\.venv|\..*_cache|\.hypothesis|build|dist|candor-demo|screenshots"
)
_LONGEST_FILE = 400
_LONGEST_FUNCTION = 60
_FEW = 0.02  # of all functions may be longer than 40 lines


def _sources(root: Path) -> Iterator[Path]:
    for folder in ("desktop", "tests"):
        yield from sorted((root / folder).rglob("*.py"))


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a file and its length in lines."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


def test_top_level_holds_what_the_architecture_names(root: Path) -> None:
    found = {path.name for path in root.iterdir() if not _MADE.fullmatch(path.name)}
    assert found == _TOP_LEVEL


def test_no_file_is_over_400_lines(root: Path) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in _sources(root)}
    assert {str(p): n for p, n in lengths.items() if n > _LONGEST_FILE} == {}


def test_functions_are_short(root: Path) -> None:
    package = list((root / "desktop").rglob("*.py"))
    lengths = [(f"{p.name}:{name}", n) for p in package for name, n in _functions(p)]
    over = [(name, n) for name, n in lengths if n > 40]
    assert [(name, n) for name, n in over if n > _LONGEST_FUNCTION] == []
    assert len(over) <= _FEW * len(lengths), over


def test_nothing_is_left_to_be_done(root: Path) -> None:
    left = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    guilty = [p for p in _sources(root) if left.search(p.read_text(encoding="utf-8"))]
    assert guilty in ([], [Path(__file__)])


def test_no_file_is_called_utils(root: Path) -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [p for p in _sources(root) if p.stem in vague] == []


def test_every_test_is_a_sentence_and_asserts(root: Path) -> None:
    guilty = []
    for path in sorted((root / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                words = node.name.split("_")
                if len(words) < 3 or not _asserts(node):
                    guilty.append(f"{path.name}:{node.name}")
    assert guilty == []


def _asserts(test: ast.FunctionDef) -> bool:
    """Whether it asserts, expects an error, or calls a helper that is named for asserting."""
    text = ast.unparse(test)
    return bool(
        re.search(r"\bassert\b|pytest\.raises|pytest\.fail|\b_?(assert|expect|check)\w*\(", text)
    )


def test_files_name_no_machine_and_no_registry(root: Path) -> None:
    # Spelt in pieces, or this file would find itself.
    hosts = ("py" + "pi.org", "python" + "hosted", "npm" + "js", "deb." + "debian", "/wo" + "rk/")
    kinds = {".py", ".md", ".toml", ".lock", ".spec"}
    texts = [p for p in root.rglob("*") if p.suffix in kinds or p.parent.name == ".ci"]
    own = [p for p in texts if not _MADE.fullmatch(p.relative_to(root).parts[0])]
    guilty = [str(p) for p in own if any(h in p.read_text(encoding="utf-8") for h in hosts)]
    assert len(own) > 20
    assert guilty == []
