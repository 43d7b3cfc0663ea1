"""Faults of a code pack, reported together, each with its file, line and key."""

from __future__ import annotations

import re
from dataclasses import dataclass

from candor.errors import Problems
from candor.policy.conformity import Path
from candor.toml_lines import LineIndex

FILE_MARK = "#: "
"""Begins the line that names the file whose rows follow, in the bytes of a pack of many files."""
MOST_FAULTS = 500
_MARK = re.compile(rf"^{FILE_MARK}(\S+)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class PackFault:
    """One fault: the file, the line in it, the key in words, and a clause about it."""

    file: str
    line: int
    key: str
    text: str

    def __str__(self) -> str:
        where = f" ({self.key})" if self.key else ""
        stop = "" if self.text.endswith("?") else "."
        return f"{self.file}, line {self.line}{where}: {self.text}{stop}"


class PackFaults(Problems):
    """A code pack is refused whole; ``faults`` lists everything wrong with it."""

    exit_code = 2

    def __init__(self, message: str, faults: tuple[PackFault, ...] = (), *, hint: str = "") -> None:
        super().__init__(message, tuple(str(fault) for fault in faults), hint=hint)
        self.faults = faults


def refused(faults: list[PackFault]) -> PackFaults:
    """The refusal of a pack with these faults."""
    count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
    return PackFaults(
        f"The code pack cannot be used: it has {count}, the first in {_first(faults[0])}.",
        tuple(faults[:MOST_FAULTS]),
        hint="Nothing was adopted. Ask its author to mend what is listed.",
    )


def _first(fault: PackFault) -> str:
    return f"{fault.file}, line {fault.line}" + (f", {fault.key}" if fault.key else "")


class Places:
    """Where things stand: turns a path, or a line of the whole, into file and line."""

    def __init__(self, text: str, file: str) -> None:
        self._lines = LineIndex(text)
        self._file = file
        self._marks = [
            (text.count("\n", 0, mark.start()) + 1, mark[1]) for mark in _MARK.finditer(text)
        ]

    def fault(self, path: Path, text: str, names: dict[Path, str]) -> PackFault:
        """A fault at a key; ``names`` calls rows by their id."""
        file, line = self.at(self._lines.line(path))
        return PackFault(file, line, _spoken(path, names), text)

    def at(self, line: int) -> tuple[str, int]:
        """The file and its own line, for a line of the whole."""
        before = [(start, file) for start, file in self._marks if start <= line]
        if not before:
            return self._file, line
        start, file = before[-1]
        return file, line - start


def _spoken(path: Path, names: dict[Path, str]) -> str:
    """A path in words, e.g. ``route gift_received_employee, when 1``."""
    words: list[str] = []
    for depth, part in enumerate(path, start=1):
        if path[:depth] in names:
            words = [names[path[:depth]]]
        elif isinstance(part, int):
            words[-1:] = [f"{words[-1]} {part + 1}" if words else str(part + 1)]
        else:
            words.append(part)
    return ", ".join(words)
