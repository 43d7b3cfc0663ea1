"""Why a file from outside is refused: a closed set of reasons, each with its sentence."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from candor.errors import CandorError


class Reason(StrEnum):
    """Machine-readable cause of a refusal; the first four are the age format's own."""

    HEADER = "header failure"
    NO_MATCH = "no match"
    MAC = "HMAC failure"
    PAYLOAD = "payload failure"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too large"
    UNREADABLE = "unreadable"
    FORMAT = "format"
    VERSION = "version"
    SIGNATURE = "signature"
    RECIPIENT = "recipient"
    COMPANY = "company"
    CONTENT = "content"
    ROOT = "root"
    CODE = "code"
    EXPIRED = "expired"
    REUSED = "re-used"
    PROOF = "proof"


class BundleRefused(CandorError):
    """A file from outside was refused whole; nothing of it was imported."""

    exit_code = 2

    def __init__(self, message: str, *, reason: Reason, hint: str = "") -> None:
        super().__init__(message, hint=hint or HINTS[reason])
        self.reason = reason

    def __reduce__(self) -> tuple[Callable[..., BundleRefused], tuple[str, Reason, str]]:
        """Files are checked in a worker process: a refusal must come back whole."""
        return _again, (self.message, self.reason, self.hint)


def _again(message: str, reason: Reason, hint: str) -> BundleRefused:
    return BundleRefused(message, reason=reason, hint=hint)


_AGAIN = "Ask the sender to export it again."

HINTS = {
    Reason.HEADER: _AGAIN,
    Reason.NO_MATCH: "Ask the sender to export it for you, or open it in the right vault.",
    Reason.MAC: _AGAIN,
    Reason.PAYLOAD: "Copy the file again; if that fails, ask the sender to export it again.",
    Reason.UNSUPPORTED: "Ask the sender to export it from Candor.",
    Reason.TOO_LARGE: "Ask the sender to split it into several files.",
    Reason.UNREADABLE: "Copy the file to this computer and open it from there.",
    Reason.FORMAT: _AGAIN,
    Reason.VERSION: "Install the newest version of Candor, then open the file again.",
    Reason.SIGNATURE: _AGAIN,
    Reason.RECIPIENT: "Ask the sender to export it for you.",
    Reason.COMPANY: "Open it in the vault of the company that it was made for.",
    Reason.CONTENT: _AGAIN,
    Reason.ROOT: "Do not import it; call the corporate secretary and compare the fingerprints.",
    Reason.CODE: "Check each character of the code, or ask the corporate secretary for a new one.",
    Reason.EXPIRED: "Ask the corporate secretary for a new invitation.",
    Reason.REUSED: "Ask the corporate secretary for a new invitation.",
    Reason.PROOF: "Do not enrol these keys; call the person and start again with a new invitation.",
}
"""What to do next, for each reason; a refusal may say something more exact."""
