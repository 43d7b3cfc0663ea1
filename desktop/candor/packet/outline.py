"""The outline of a packet: bookmarks as a tree in which no list is long.

Whoever compares the revisions of a signed file follows every path through it, from a bookmark to
the next one too. Python gives up after some hundreds of steps, and a packet of a large company
would then pass for one that was changed. People look through short lists more easily as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from candor.packet.composed import Bookmark

MOST = 40
"""Entries side by side; a longer list is cut into groups named by their first and last."""


@dataclass
class _Entry:
    """``names``: its title, or for a group the titles of its first and its last entry."""

    names: tuple[str, ...]
    page: int
    top: float
    below: list[_Entry] = field(default_factory=list)

    @property
    def title(self) -> str:
        return " – ".join(self.names)


def destination(page: Any, top: float) -> Array:
    """The place of a page to go to, ``top`` in points."""
    return Array([page, Name.XYZ, pikepdf.Object.parse(b"null"), round(top, 2), 0])


def write(pdf: pikepdf.Pdf, pages: Sequence[Any], marks: Sequence[Bookmark]) -> None:
    """The outline, open at the top, deeper lists closed."""
    entries = _grouped(_tree(marks))
    if entries:
        root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
        _hang(pdf, pages, root, entries)
        root.Count = len(entries)
        pdf.Root.Outlines = root


def _tree(marks: Sequence[Bookmark]) -> list[_Entry]:
    """The bookmarks below each other; one that skips a level hangs on the last one above."""
    lists: list[list[_Entry]] = [[]]
    for mark in marks:
        entry = _Entry((mark.title,), mark.page, mark.top)
        level = min(mark.level, len(lists) - 1)
        lists[level].append(entry)
        lists[level + 1 :] = [entry.below]
    return lists[0]


def _grouped(entries: list[_Entry]) -> list[_Entry]:
    """The same entries with every long list in groups, and the groups in groups again."""
    for entry in entries:
        entry.below = _grouped(entry.below)
    while len(entries) > MOST:
        entries = [_group(entries[at : at + MOST]) for at in range(0, len(entries), MOST)]
    return entries


def _group(entries: list[_Entry]) -> _Entry:
    first, last = entries[0], entries[-1]
    names = dict.fromkeys((first.names[0], last.names[-1]))
    return _Entry(tuple(names), first.page, first.top, entries)


def _hang(pdf: pikepdf.Pdf, pages: Sequence[Any], parent: Any, entries: list[_Entry]) -> None:
    before: Any = None
    for entry in entries:
        made = pdf.make_indirect(
            Dictionary(
                Title=String(entry.title),
                Parent=parent,
                Dest=destination(pages[entry.page], entry.top),
            )
        )
        if before is None:
            parent.First = made
        else:
            before.Next = made
            made.Prev = before
        if entry.below:
            _hang(pdf, pages, made, entry.below)
            made.Count = -len(entry.below)  # closed
        before = made
    parent.Last = before
