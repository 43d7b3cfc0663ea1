"""The one error root: every refusal a person can meet descends from CandorError."""

from __future__ import annotations

from typing import ClassVar


class CandorError(Exception):
    """A refusal in one clear sentence, with what to do next.

    ``str(error)`` is the sentence for a person: what happened and what it means.
    ``hint`` says what to do. ``exit_code`` is what the command line returns.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def sentence(self) -> str:
        """The message followed by the hint, as a front end shows it."""
        return f"{self.message} {self.hint}".strip()


class Cancelled(CandorError):
    """The person stopped a task; nothing was changed."""

    exit_code = 130


class Problems(CandorError):
    """Several faults reported together, so that nobody mends one to meet the next."""

    def __init__(self, message: str, problems: tuple[str, ...], *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.problems = problems
