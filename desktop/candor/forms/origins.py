"""Which file and line a line of a composed form was written on."""

from __future__ import annotations

import re

from candor.resources import BLOCK_LINE

_MARK = re.compile(f"^{re.escape(BLOCK_LINE).replace('NAME', '([a-z0-9-]+)')}$", re.MULTILINE)


class Origins:
    """Of one text: the form's own file, then each block below its mark."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._marks = [
            (text.count("\n", 0, match.start()) + 1, match[1]) for match in _MARK.finditer(text)
        ]

    def of(self, line: int) -> tuple[str, int]:
        """The file as its author knows it, and the line there."""
        for mark, name in reversed(self._marks):
            if line > mark:
                return f"blocks/{name}.toml", line - mark
        return self._file, line
