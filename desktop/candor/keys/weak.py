"""The refusal that every check of a foreign public key shares."""

from __future__ import annotations

from candor.errors import CandorError


class WeakKey(CandorError):
    """A public key under which signatures or secrets would mean nothing."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This public key is not safe to use: {why}.",
            hint="Ask its owner to set up Candor again and to send a new request.",
        )
