"""What stands in the way of printing, found before anything is composed and named by place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from candor.packet import fonts

T = TypeVar("T")


def texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """(place, text) of every text in a content value, in its own order.

    A value's ``where`` names it: "DOQ-2027-0004, Lucan Ferreby"; places are joined downwards.
    """
    if isinstance(value, str):
        yield where, str(value)
    elif isinstance(value, tuple):
        for entry in value:
            yield from texts(entry, where)
    elif is_dataclass(value) and not isinstance(value, type):
        own = getattr(value, "where", "")
        place = ", ".join(p for p in (where, own) if p)
        for name in _names(type(value)):
            yield from texts(getattr(value, name), place)


@cache
def _names(of: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(of))


def missing_glyphs(content: Any) -> tuple[str, ...]:
    """One sentence for each place and character that no embedded font prints."""
    found: dict[tuple[str, str], None] = {}
    for where, text in texts(content):
        for char in fonts.missing(text):
            found[where, char] = None
    return tuple(
        f"{_flat(where) or 'The document'}: the character {named_char(char)} cannot be printed."
        for where, char in found
    )


def _flat(where: str) -> str:
    """A place in printable characters and of a readable length."""
    shown = "".join(fonts.as_code(c) if not fonts.printable(c) else c for c in fonts.clean(where))
    flat = " ".join(shown.split())
    return flat if len(flat) <= 200 else flat[:200] + "…"


def named_char(char: str) -> str:
    """ "U+05D0 (Hebrew letter alef)"."""
    name = unicodedata.name(char, "control character" if ord(char) < 160 else "unnamed")
    return f"U+{ord(char):04X} ({name.capitalize()})"


def with_codes(content: T) -> T:
    """The same content with each unprintable character written as its code, [U+05D0]."""
    changed: Any = _coded(content)
    return changed  # type: ignore[no-any-return]


def _coded(value: Any) -> Any:
    if type(value) is str:
        wanting = fonts.missing(value)
        if not wanting:
            return value
        clean = fonts.clean(value)
        return clean.translate({ord(c): fonts.as_code(c) for c in wanting})
    if isinstance(value, tuple):
        entries = tuple(_coded(entry) for entry in value)
        same = all(new is old for new, old in zip(entries, value, strict=True))
        return value if same else entries
    if is_dataclass(value) and not isinstance(value, type):
        olds = {name: getattr(value, name) for name in _names(type(value))}
        news = {name: _coded(old) for name, old in olds.items()}
        touched = {name: new for name, new in news.items() if new is not olds[name]}
        return replace(value, **touched) if touched else value
    return value
