"""The owner's settings for this vault on this machine."""

from __future__ import annotations

from dataclasses import dataclass

from candor.app.session import Session
from candor.app.signing import SignatureRefused
from candor.app.vaults import check_passphrase
from candor.errors import CandorError
from candor.vault import keyring_slot

LOCK_MINUTES = (1, 2, 5, 10, 15, 30)
PAPERS = ("letter", "a4")
LANGUAGES = ("en-US", "en-GB")
TEXT_SCALES = (100, 125, 150, 200)
THEMES = ("system", "light", "dark")


@dataclass(frozen=True)
class Preferences:
    """Every setting with its present value."""

    lock_minutes: int
    keyring: bool
    keyring_available: bool
    keyring_reason: str
    language: str
    paper: str
    text_scale: int
    theme: str


@dataclass(frozen=True)
class WindowSettings:
    """What the window itself follows; read without asking this computer for a keyring."""

    lock_minutes: int
    text_scale: int
    theme: str


def window_settings(session: Session) -> WindowSettings:
    """When the window locks and how it looks."""
    vault = session.vault
    return WindowSettings(
        lock_minutes=int(vault.setting("lock_minutes", "5")),
        text_scale=int(vault.setting("text_scale", "100")),
        theme=vault.setting("theme", "system"),
    )


def preferences(session: Session) -> Preferences:
    """The settings of this vault."""
    vault = session.vault
    available = keyring_slot.available()
    reason = (
        ""
        if available
        else ("This computer has no keyring that Candor trusts, so the passphrase is the way in.")
    )
    window = window_settings(session)
    return Preferences(
        lock_minutes=window.lock_minutes,
        keyring=vault.has_keyring_slot,
        keyring_available=available,
        keyring_reason=reason,
        language=vault.setting("language", "en-US"),
        paper=vault.setting("paper", "letter"),
        text_scale=window.text_scale,
        theme=window.theme,
    )


def _choose(session: Session, name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise CandorError(
            f"“{value}” is not one of the choices.", hint=f"Choose from {', '.join(allowed)}."
        )
    session.vault.set_setting(name, value)
    session.changed += 1


def set_lock_minutes(session: Session, minutes: int) -> None:
    """After how many idle minutes the vault locks."""
    _choose(session, "lock_minutes", str(minutes), tuple(str(m) for m in LOCK_MINUTES))


def set_paper(session: Session, paper: str) -> None:
    """US Letter or A4, for everything composed from now on."""
    _choose(session, "paper", paper, PAPERS)


def set_language(session: Session, language: str) -> None:
    """How dates and amounts are written."""
    _choose(session, "language", language, LANGUAGES)


def set_text_scale(session: Session, percent: int) -> None:
    """The size of text on screen, in percent of the system's."""
    _choose(session, "text_scale", str(percent), tuple(str(s) for s in TEXT_SCALES))


def set_theme(session: Session, theme: str) -> None:
    """Light, dark, or as the system says."""
    _choose(session, "theme", theme, THEMES)


def use_keyring(session: Session, on: bool) -> None:
    """Let this computer's keyring open the vault, or stop that. Raises KeyringRefused."""
    if on:
        session.vault.add_keyring_slot()
    else:
        session.vault.remove_keyring_slot()
    session.changed += 1


def change_passphrase(session: Session, old: str, new: str) -> None:
    """Replace the passphrase. Raises WrongPassphrase, PassphraseTooWeak."""
    check_passphrase(new)
    session.vault.change_passphrase(old, new)


def reset_passphrase(session: Session, code: str, new: str) -> None:
    """Replace a forgotten passphrase by the right of the recovery code.

    Raises PassphraseTooWeak, CodeMistyped, WrongRecoveryCode.
    """
    check_passphrase(new)
    session.vault.reset_passphrase(code, new)


def new_recovery_code(session: Session, passphrase: str) -> str:
    """Replace the printed recovery code; the old one opens nothing any more."""
    if not session.check_passphrase(passphrase):
        raise SignatureRefused(
            "That passphrase does not open this vault, so the recovery code was not changed.",
            hint="Check Caps Lock and the keyboard, then try again.",
        )
    return session.vault.replace_recovery()


def recovery_confirmed(session: Session) -> bool:
    """Whether the recovery code was once typed again from paper."""
    return session.vault.recovery_confirmed


def confirm_recovery(session: Session, typed: str) -> None:
    """Check that the recovery code was written down. Raises RecoveryMistyped."""
    session.vault.confirm_recovery(typed)
    session.changed += 1
