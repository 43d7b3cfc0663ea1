"""Where the shipped data lies: in a checkout, in an installed wheel, in a frozen app."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from candor.errors import CandorError

_PACKAGE = Path(__file__).resolve().parent
_BLOCK = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
BLOCK_LINE = "# --- block NAME ---"
"""The line above each block of a composed form, with its name for NAME."""
_CANDIDATES = (_PACKAGE / "_data", _PACKAGE.parents[1])


class ResourceMissing(CandorError):
    """A file that ships with the program is not there: the installation is damaged."""


def _root(folder: str) -> Path:
    for base in _CANDIDATES:
        if (base / folder).is_dir():
            return base / folder
    raise ResourceMissing(
        f"The folder of {folder} that ships with Candor is missing.",
        hint="Install Candor again.",
    )


def resource(*parts: str) -> Path:
    """A path below resources/. Raises ResourceMissing where it does not exist."""
    path = _root("resources").joinpath(*parts)
    if not path.exists():
        raise ResourceMissing(
            f"The file {'/'.join(parts)} that ships with Candor is missing.",
            hint="Install Candor again.",
        )
    return path


class PackMissing(ResourceMissing):
    """Nothing of that name is a code pack."""

    exit_code = 2


FILE_MARK = b"#: "
"""Begins the line that names the file whose rows follow, in the bytes of a pack."""


def pack_bytes(name: str | Path) -> bytes:
    """The bytes of a code pack: what is signed, stored and digested.

    ``name``: the id of a pack that ships with the program, a folder of TOML files, or one file.
    The files of a folder follow one another in the order of their names, each after a line that
    names it, so that a fault can be told by file and line. Raises PackMissing.
    """
    path = _pack_path(name)
    if path.is_file():
        return path.read_bytes()
    files = sorted(path.glob("*.toml"))
    if not files:
        raise PackMissing(
            f"The folder {path} holds no TOML file, so it is no code pack.",
            hint="Name the folder of a code pack, one file, or the id of one that ships here.",
        )
    return b"".join(
        FILE_MARK + file.name.encode() + b"\n" + file.read_bytes().rstrip() + b"\n\n"
        for file in files
    )


def _pack_path(name: str | Path) -> Path:
    given = Path(name)
    shipped = _root("resources") / "codes"
    if given.parent == Path() and (shipped / given).is_dir():
        return shipped / given
    if given.exists():
        return given
    known = ", ".join(pack_ids())
    raise PackMissing(
        f"There is no code pack {name}: no file and no folder of that name.",
        hint=f"These ship with the program: {known}.",
    )


def pack_ids() -> tuple[str, ...]:
    """The ids of the packs that ship with the program."""
    shipped = _root("resources") / "codes"
    return tuple(sorted(path.name for path in shipped.iterdir() if any(path.glob("*.toml"))))


def form_file(name: str) -> Path:
    """The TOML file of one form, by its id. Raises ResourceMissing."""
    path = _root("forms") / f"{name}.toml"
    if not path.is_file():
        raise ResourceMissing(
            f"The form {name} is not part of this installation.", hint="Install Candor again."
        )
    return path


def form_bytes(name: str) -> bytes:
    """The exact bytes of a form, its blocks included: what is digested, stored and sent.

    Raises ResourceMissing.
    """
    return compose(form_file(name))


def compose(path: Path) -> bytes:
    """A form's own file followed by the blocks that it names, each below a line that says so.

    Blocks lie in the folder ``blocks`` beside the file. What is not there is left out, and a file
    that is not TOML comes back as it is: the loader of forms says what is wrong. Raises OSError.
    """
    data = path.read_bytes()
    parts = [data]
    for name in _blocks(data):
        block = path.parent / "blocks" / f"{name}.toml"
        if block.is_file():
            mark = BLOCK_LINE.replace("NAME", name)
            parts.append(f"\n{mark}\n".encode() + block.read_bytes())
    return b"".join(parts)


def _blocks(data: bytes) -> list[str]:
    try:
        named = tomllib.loads(data.decode("utf-8"))["form"]["blocks"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    known = named if isinstance(named, list) else []
    return [n for n in known if isinstance(n, str) and _BLOCK.fullmatch(n)]
