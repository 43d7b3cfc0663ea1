"""`python3 tests screenshots --out DIR`: every screen and every packet page as PNG.

Plays the demonstration on real vaults in a temporary folder and renders each screen where the
story has something to show on it: light and dark at 1280x832, light at 1024x700, 200 % text.
`--only home,exchange` renders some; `--looks light,dark` some looks.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_HOME = tempfile.TemporaryDirectory(prefix="candor-screenshots-")
for _name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
    # the person's own list of vaults and settings is none of this program's business
    os.environ[_name] = _HOME.name
sys.path.insert(0, str(Path(__file__).resolve().parent / "ui"))

from camera import LOOKS, Camera  # noqa: E402 -- the environment comes first
from shots import shoot_all  # noqa: E402


def main(arguments: list[str]) -> int:
    """Render what was asked for and say where it is."""
    parser = argparse.ArgumentParser(prog="tests screenshots", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--only", default="", help="names of screens, separated by commas")
    parser.add_argument("--looks", default="", help=f"of {', '.join(LOOKS)}")
    parser.add_argument("--people", type=int, default=15)
    parser.add_argument("--until", type=int, default=0, help="stop after so many steps")
    parser.add_argument("--no-packets", action="store_true", help="leave the packet pages out")
    chosen = parser.parse_args(arguments)
    camera = Camera(
        chosen.out,
        only=frozenset(filter(None, chosen.only.split(","))),
        looks=tuple(filter(None, chosen.looks.split(","))) or tuple(LOOKS),
    )
    shoot_all(
        camera,
        Path(_HOME.name) / "demo",
        people=chosen.people,
        packets=not chosen.no_packets,
        until=chosen.until,
    )
    sys.stdout.write(f"{camera.count} pictures in {chosen.out}\n")
    return 0 if camera.count else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
