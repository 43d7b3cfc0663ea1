"""Words of the printed Code: entries, and ids as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from candor.policy.conditions import CONDITIONS
from candor.policy.pack import Pack


@dataclass(frozen=True)
class Entry:
    """A row: its id, a title, and labelled lines."""

    id: str
    title: str
    lines: tuple[tuple[str, str], ...]


def entry(name: str, title: str, *lines: tuple[str, str]) -> Entry:
    """An entry without the lines that have nothing to say."""
    kept = tuple((label, " ".join(text.split())) for label, text in lines if text.strip())
    return Entry(name, " ".join(title.split()), kept)


def shown(word: str) -> str:
    """An id as words: executive_officer becomes executive officer."""
    return word.replace("_", " ")


def joined(words: Iterable[str]) -> str:
    """A list in a sentence."""
    return ", ".join(words)


def titles(pack: Pack, offices: Iterable[str]) -> str:
    """Offices by their titles."""
    return joined(pack.office_title(office) for office in offices)


def conditions(names: Iterable[str], *, every: bool) -> str:
    """Named conditions in words: all of them, or any of them."""
    return (" and " if every else "; or ").join(CONDITIONS[name] for name in names)
