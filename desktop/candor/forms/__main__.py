"""``python -m candor.forms FILE...`` says what is wrong with form files."""

from __future__ import annotations

import sys
from pathlib import Path

from candor.errors import CandorError, Problems
from candor.forms.loader import load


def main(arguments: list[str]) -> int:
    """Report every fault of every file named; 0 where all are sound."""
    worst = 0
    for argument in arguments:
        try:
            form = load(Path(argument))
            said = f"{argument}: no faults, {len(form.questions)} questions"
        except CandorError as error:
            worst = 1
            said = error.sentence()
            if isinstance(error, Problems):
                said += "\n" + "\n".join(error.problems)
        sys.stdout.write(said + "\n")
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
