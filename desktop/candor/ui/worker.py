"""The other side of a killable worker process; it loads no Qt."""

from __future__ import annotations

import importlib
import logging
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from candor.errors import CandorError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

log = logging.getLogger(__name__)


def serve(channel: Connection, module: str, name: str, args: tuple[Any, ...]) -> None:
    """Run one job and send ("tick", step, done, total)*, then ("done", result) or
    ("refused", pickled error, message, hint)."""

    def tick(step: str, done: int, total: int) -> None:
        channel.send(("tick", step, done, total))

    try:
        importlib.import_module(module)
        jobs = importlib.import_module("candor.app.jobs")
        channel.send(("done", jobs.JOBS[name](*args, tick=tick)))
    except CandorError as refusal:
        channel.send(("refused", _packed(refusal), refusal.message, refusal.hint))
    except Exception as fault:  # noqa: BLE001 -- see below
        # the one place where a fault of ours becomes a sentence; its place goes to the log
        log.error("the job %s stopped at a fault (%s)", name, place(fault))  # noqa: TRY400
        channel.send(("refused", b"", *unexpected(name)))
    finally:
        channel.close()


def place(fault: BaseException) -> str:
    """Kind and place of a fault, for the log. Never its text: that could hold an answer."""
    frames = traceback.extract_tb(fault.__traceback__)
    where = f", {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(fault).__name__}{where}"


def unexpected(name: str) -> tuple[str, str]:
    """The sentence and the hint for a fault of the program itself."""
    return (
        f"Candor stopped this step ({name.replace('_', ' ')}) because of a fault of its own.",
        "Nothing was changed. Try again; if it happens again, tell whoever looks after Candor.",
    )


def _packed(refusal: CandorError) -> bytes:
    """The refusal as bytes, or b"" for one that cannot be rebuilt on the other side."""
    import pickle  # noqa: PLC0415 -- the window reads this module and packs nothing

    try:
        data = pickle.dumps(refusal)
        pickle.loads(data)  # noqa: S301 -- our own bytes, to see that they can be read
    except (TypeError, AttributeError, pickle.PicklingError):
        return b""
    return data
