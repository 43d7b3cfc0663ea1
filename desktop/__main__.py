"""`python3 desktop [command]`: sets Candor up on its first start, then hands over to it.

Without a command the app opens; `python3 desktop --help` lists the others.
"""

from __future__ import annotations

import sys

from first_start import ROOT, SetUpFailed, command_in, hand_over, ready_python


def main() -> int:
    """Become the installed `candor`; on Windows its exit code comes back."""
    try:
        ready_python()
    except SetUpFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return hand_over(command_in(ROOT / ".venv", "candor"), sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
