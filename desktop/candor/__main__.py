"""The `candor` command: the app, alone or with a vault's folder; otherwise the command line."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType


def main() -> int:
    """Open the app or run a command. Returns the exit code."""
    if getattr(sys, "frozen", False):
        # A frozen app starts its worker processes by running itself again.
        from multiprocessing import freeze_support  # noqa: PLC0415 - loads sockets and pickle

        freeze_support()
    sys.excepthook = last_words
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


def last_words(
    kind: type[BaseException], _fault: BaseException, trace: TracebackType | None
) -> None:
    """What a fault of the program itself says: a sentence and a place, never its text.

    The text of an exception could hold an answer; the place holds only names of this program.
    """
    places = traceback.extract_tb(trace)
    where = f" ({kind.__name__}, {Path(places[-1].filename).name}:{places[-1].lineno})"
    print(  # noqa: T201 - the last thing that can be said
        "Candor met a fault of its own and stopped. What was called saved is saved. "
        f"Start it again, and tell its makers where it happened{where}.",
        file=sys.stderr,
    )


if __name__ == "__main__":
    raise SystemExit(main())
