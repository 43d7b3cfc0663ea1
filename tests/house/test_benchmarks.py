"""The benchmarks still fit the code that they measure; their figures are nobody's test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_LOADS = """
import importlib, runpy, sys
suites = runpy.run_path(sys.argv[1])["SUITES"]
print(*(name for name in suites if callable(importlib.import_module(name).run)))
"""


def test_every_suite_loads_and_stands_in_the_readme(root: Path) -> None:
    folder = root / "tests" / "benchmarks"
    run = subprocess.run(
        [sys.executable, "-c", _LOADS, str(folder / "__main__.py")],
        capture_output=True,
        text=True,
        check=True,
    )
    readme = (root / "tests" / "README.md").read_text(encoding="utf-8")
    names = run.stdout.split()
    assert len(names) > 5
    assert [name for name in names if f"| `{name}` |" not in readme] == []


def test_a_benchmark_that_is_not_there_is_named_with_those_that_are(root: Path) -> None:
    run = subprocess.run(
        [sys.executable, str(root / "tests" / "benchmarks"), "nonsense"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "no benchmark “nonsense”. There are: starting," in run.stdout
