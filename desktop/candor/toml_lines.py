"""The line on which each key of a TOML file stands; tomllib itself keeps none.

It reads only text that tomllib has already accepted, so it need not judge TOML: it walks keys,
strings, arrays and inline tables, and notes where each begins.
"""

from __future__ import annotations

import re

Path = tuple[str | int, ...]
"""Keys and array positions from the top, e.g. ``("question", 3, "flag", 0, "when")``."""

_KEY = re.compile(r"""\s*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))\s*""")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[^,\]}\n#]+")
_STRING = re.compile(
    r'''"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'''', re.DOTALL
)


class LineIndex:
    """Answers "on which line does this key stand" for one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._table: Path = ()
        self._sizes: dict[Path, int] = {}
        self._lines: dict[Path, int] = {}
        self._counted = (0, 1)
        self._walked = False

    def line(self, path: Path) -> int:
        """The line of the key, or of the nearest thing around it that stands in the file.

        The text is walked at the first question: a form without faults never needs its lines.
        """
        if not self._walked:
            self._walked = True
            try:
                self._walk()
            except RecursionError:
                # Nesting as deep as Python allows: the lines noted so far must do.
                self._at = len(self._text)
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _walk(self) -> None:
        self._skip()
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                self._header()
            else:
                self._pair(self._table)
            self._skip()

    def _skip(self) -> None:
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _note(self, path: Path) -> None:
        # Count on from the last place noted, so that a long file is counted once.
        place, line = self._counted
        line += self._text.count("\n", place, self._at)
        self._counted = (self._at, line)
        self._lines.setdefault(path, line)

    def _keys(self) -> list[str]:
        found: list[str] = []
        while match := _KEY.match(self._text, self._at):
            found.append(next(part for part in match.groups() if part is not None))
            self._at = match.end()
            if self._text[self._at : self._at + 1] != ".":
                break
            self._at += 1
        return found

    def _header(self) -> None:
        start = self._at
        self._at += 2 if (many := self._text.startswith("[[", start)) else 1
        path = self._inside(self._keys())
        end, self._at = self._at + (2 if many else 1), start
        if many:
            self._sizes[path] = self._sizes.get(path, -1) + 1
            path = (*path, self._sizes[path])
        for depth in range(1, len(path) + 1):
            self._note(path[:depth])
        self._table, self._at = path, end

    def _inside(self, keys: list[str]) -> Path:
        """A header's keys with the position in each array of tables on the way."""
        path: Path = ()
        for key in keys:
            if path in self._sizes:
                path = (*path, self._sizes[path])
            path = (*path, key)
        return path

    def _pair(self, table: Path) -> None:
        start = self._at
        keys = self._keys()
        if not keys:
            self._at = len(self._text)
            return
        end, self._at = self._at + 1, start
        for depth in range(len(keys)):
            self._note((*table, *keys[: depth + 1]))
        self._at = end
        self._skip()
        self._value((*table, *keys))

    def _value(self, path: Path) -> None:
        opening = self._text[self._at : self._at + 1]
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline(path)
        elif match := (_STRING if opening in {'"', "'"} else _BARE).match(self._text, self._at):
            self._at = match.end()
        else:
            self._at += 1

    def _array(self, path: Path) -> None:
        self._at += 1
        position = 0
        while self._goes_on("]"):
            self._note((*path, position))
            self._value((*path, position))
            position += 1

    def _inline(self, path: Path) -> None:
        self._at += 1
        while self._goes_on("}"):
            self._pair(path)

    def _goes_on(self, closing: str) -> bool:
        """Past blanks and commas: whether something stands before the closing bracket."""
        self._skip()
        while self._text.startswith(",", self._at):
            self._at += 1
            self._skip()
        if self._at < len(self._text) and self._text[self._at] != closing:
            return True
        self._at += 1
        return False
