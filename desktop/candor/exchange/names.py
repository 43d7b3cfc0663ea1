"""Names that came from outside: made safe to show, and never used as paths."""

from __future__ import annotations

import re
import unicodedata

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_HIDING = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories that could hide or reorder what a person reads."""
_SHOWN = 120
_STEM = 60


def shown(text: str) -> str:
    """``text`` for the screen: one line, no controls, no reordering marks, at most 120
    characters."""
    plain = "".join(_REPLACEMENT if unicodedata.category(c) in _HIDING else c for c in text)
    return plain if len(plain) <= _SHOWN else plain[: _SHOWN - 1] + "…"


def plain_word(text: str, *, limit: int) -> str:
    """Lower-case ASCII letters, digits and single hyphens of ``text``; may be empty.

    Letters outside ASCII lose their marks, or go where they have no plain form.
    """
    decomposed = unicodedata.normalize("NFKD", text[: 4 * limit])
    ascii_only = decomposed.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:limit].strip("-")


def for_disk(name: str, digest: str, *, suffix: str) -> str:
    """A file name to suggest when a person saves what came under ``name``.

    Nothing of the foreign name survives but plain letters; the digest's start makes it differ
    from others; ``suffix`` (with its dot) is what the content was found to be, never what the
    name claims.
    """
    word = plain_word(name.rpartition(".")[0] or name, limit=_STEM)
    return f"{word or 'file'}-{digest[:8]}{suffix}"
