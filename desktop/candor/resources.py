"""Where the shipped data lies: in a checkout, in an installed wheel, in a frozen app."""

from __future__ import annotations

from pathlib import Path

from candor.errors import CandorError

_PACKAGE = Path(__file__).resolve().parent
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


def form_file(name: str) -> Path:
    """The TOML file of one form, by its id. Raises ResourceMissing."""
    path = _root("forms") / f"{name}.toml"
    if not path.is_file():
        raise ResourceMissing(
            f"The form {name} is not part of this installation.", hint="Install Candor again."
        )
    return path
