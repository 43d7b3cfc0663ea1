"""Faults of a form file, gathered and reported together, each with file, key and line."""

from __future__ import annotations

from dataclasses import dataclass

from candor.errors import Problems
from candor.forms.origins import Origins
from candor.toml_lines import LineIndex, Path


@dataclass(frozen=True)
class Fault:
    """One fault: where it stands, and a sentence about it."""

    file: str
    line: int
    key: str
    """In words, e.g. ``question 6.01, flag 1, when``; empty where the whole file is meant."""
    text: str

    def __str__(self) -> str:
        where = f" ({self.key})" if self.key else ""
        return f"{self.file}, line {self.line}{where}: {self.text}"


class FormFaults(Problems):
    """The form file is refused whole; ``faults`` lists everything wrong with it."""

    def __init__(self, file: str, faults: tuple[Fault, ...]) -> None:
        ordered = tuple(sorted(faults, key=lambda f: (f.file != file, f.file, f.line)))
        count = "one fault" if len(ordered) == 1 else f"{len(ordered)} faults"
        super().__init__(
            f"The form {file} has {count}, so it was not used.",
            tuple(str(fault) for fault in ordered),
            hint="Mend what is listed; forms/README.md describes the language.",
        )
        self.faults = ordered


MOST_FAULTS = 500
"""Faults kept of one file; nobody mends more in one sitting."""


class Collector:
    """Gathers faults of one file while it is read."""

    def __init__(self, lines: LineIndex, origins: Origins) -> None:
        self.found: list[Fault] = []
        self._lines = lines
        self._origins = origins
        self._names: dict[Path, str] = {}

    def name(self, path: Path, words: str) -> None:
        """Call the thing at ``path`` by these words, e.g. ``question 6.01``."""
        self._names[path] = words

    def add(self, path: Path, text: str) -> None:
        """Note a fault at a key; ``text`` is a clause in lower case without a full stop."""
        file, line = self._origins.of(self._lines.line(path))
        fault = Fault(file, line, self.spoken(path), text)
        if len(self.found) < MOST_FAULTS and fault not in self.found:
            self.found.append(fault)

    def spoken(self, path: Path) -> str:
        """A path in words."""
        words: list[str] = []
        for depth, part in enumerate(path, start=1):
            known = self._names.get(path[:depth])
            if known:
                words = [known]
            elif isinstance(part, int):
                words[-1:] = [f"{words[-1]} {part + 1}" if words else str(part + 1)]
            else:
                words.append(part)
        return ", ".join(words)
