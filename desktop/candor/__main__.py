"""The `candor` command: the app, alone or with a vault's folder; otherwise the command line."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path


def main() -> int:
    """Open the app or run a command. Returns the exit code."""
    # A frozen app starts its worker processes by running itself again.
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    if arguments and not Path(arguments[0]).is_dir():
        from candor.cli.main import run  # noqa: PLC0415 - commands must not load Qt

        return run(arguments)
    from candor.ui.libraries import missing_from_system  # noqa: PLC0415 - see above

    if sentence := missing_from_system():
        print(sentence, file=sys.stderr)  # noqa: T201 - there is no window to say it in
        return 1
    from candor.ui.main import main as open_window  # noqa: PLC0415 - after the libraries are known

    return open_window(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
