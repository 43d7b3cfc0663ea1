"""The exchange folder: a shared folder or a stick where files are put and where others wait."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from candor.app import outbox
from candor.app.session import Session
from candor.errors import CandorError

SETTING = "exchange_folder"
_HANDLED = "handled-files"


class NoExchangeFolder(CandorError):
    """No exchange folder was chosen, or it is not there now."""


class _Handled(msgspec.Struct):
    """Name and size of files of the folder that were imported or are ours."""

    files: list[tuple[str, int]] = []


def chosen(session: Session) -> Path | None:
    """The exchange folder of this vault, or None where none was chosen."""
    text = session.vault.setting(SETTING, "")
    return Path(text) if text else None


def choose(session: Session, folder: Path | None) -> None:
    """Remember another exchange folder, or none. Raises NoExchangeFolder."""
    if folder is not None and not folder.is_dir():
        raise NoExchangeFolder(
            f"There is no folder “{folder.name}”.", hint="Choose a folder that is there."
        )
    session.vault.set_setting(SETTING, str(folder) if folder else "")
    session.changed += 1


def put(session: Session, item_id: str) -> Path:
    """Put a file of the outbox into the exchange folder. Raises NoExchangeFolder."""
    folder = chosen(session)
    if folder is None:
        raise NoExchangeFolder(
            "No exchange folder was chosen yet.", hint="Choose one; Candor remembers it."
        )
    if not folder.is_dir():
        raise NoExchangeFolder(
            f"The exchange folder “{folder.name}” is not there now, so nothing was saved.",
            hint="Connect the drive, or save the file elsewhere.",
        )
    path = outbox.save_to(session, item_id, folder)
    note(session, (path,))
    return path


def waiting(session: Session) -> tuple[Path, ...]:
    """The exchange files in the folder that were neither imported nor put there from here."""
    folder = chosen(session)
    if folder is None:
        return ()
    done = set(_handled(session).files)
    return tuple(path for path in sorted(folder.glob("*.candor")) if _place(path) not in done)


def note(session: Session, paths: Iterable[Path]) -> None:
    """Remember files of the folder as handled, so that they are not offered again."""
    folder = chosen(session)
    found = [_place(path) for path in paths if folder is not None and path.parent == folder]
    handled = _handled(session)
    fresh = [entry for entry in found if entry[1] >= 0 and entry not in handled.files]
    if not fresh:
        return
    handled.files = [*handled.files, *fresh]
    session.vault.put_document(_HANDLED, "current", msgspec.json.encode(handled), {})
    session.changed += 1


def _handled(session: Session) -> _Handled:
    document = session.vault.document(_HANDLED, "current")
    return msgspec.json.decode(document.data, type=_Handled) if document else _Handled()


def _place(path: Path) -> tuple[str, int]:
    try:
        return path.name, path.stat().st_size
    except OSError:
        # gone meanwhile, or a stick that was pulled: it is looked at when it is there
        return path.name, -1
