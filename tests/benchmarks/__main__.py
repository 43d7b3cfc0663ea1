"""`python3 tests benchmarks [NAME ...]`: how fast the real parts are, as ratios in one run.

A ratio compares two things measured beside each other, so it says little about the machine and
much about the code. Nothing here is a test: the exit code is 0 whatever the figures are, and a
budget that is not kept is called so.
"""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from measuring import Measured

SUITES = ("starting", "unlocking", "filling_in", "importing", "paper", "growth")


def main(names: list[str]) -> int:
    """Run the suites of those names, or all. Returns the exit code."""
    unknown = [name for name in names if name not in SUITES]
    if unknown:
        print(f"There is no benchmark “{unknown[0]}”. There are: {', '.join(SUITES)}.")
        return 2
    over = [label for name in names or SUITES for label in _run(name)]
    print(f"\nOver budget: {'; '.join(over)}." if over else "\nEvery budget is kept.", flush=True)
    return 0


def _run(name: str) -> list[str]:
    """Run one suite in a home of its own; the names of the budgets that it does not keep."""
    print(f"== {name}", flush=True)
    over = []
    with tempfile.TemporaryDirectory(prefix="candor-bench-") as folder:
        # the list of known vaults is the person's own, and these vaults are gone in a moment
        os.environ["XDG_CONFIG_HOME"] = os.environ["APPDATA"] = str(Path(folder) / "config")
        for measured in importlib.import_module(name).run(Path(folder)):
            show(measured)
            if measured.kept is False:
                over.append(measured.name.strip())
    return over


def show(measured: Measured) -> None:
    """One line: figure, budget, whether it is kept."""
    budget = f"budget {measured.budget_text}" if measured.budget is not None else "no budget"
    kept = {None: "", True: "  kept", False: "  NOT KEPT"}[measured.kept]
    print(f"  {measured.name:<62} {measured.figure:>10.3g} {measured.unit:<8} {budget}{kept}")
    if measured.note:
        print(f"      {measured.note}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
