"""The shared folder into which files may be put instead of being sent."""

from __future__ import annotations

from pathlib import Path

from candor.app import outbox
from candor.app.session import Session
from candor.errors import CandorError

SETTING = "exchange_folder"


class NoExchangeFolder(CandorError):
    """No exchange folder was chosen, or it is not there now."""


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
    return outbox.save_to(session, item_id, folder)
