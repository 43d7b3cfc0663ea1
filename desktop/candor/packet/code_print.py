"""The code pack on paper: what decides, section by section, in the packet's typography."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from candor.clock import Tick, no_tick
from candor.packet import style
from candor.packet.book import Book, Running, Sheet
from candor.packet.composed import Composed
from candor.packet.content import Paper
from candor.packet.dates import day, moment
from candor.packet.finish import About, finish
from candor.packet.flowables import Box, Need, Space, para
from candor.packet.sections import heading
from candor.packet.style import PAGES
from candor.packet.tables import Columns, Grid, Row
from candor.policy.code_book import Section
from candor.policy.code_words import Entry

_LABEL = 112.0
"""Points for the labels of an entry's lines."""


@dataclass(frozen=True)
class CodeContent:
    """A pack to print: what it is called, when it is printed, and its sections."""

    company: str
    code_version: str
    rule_set_date: date
    fingerprint: str
    as_of: datetime
    zone: str
    sections: tuple[Section, ...]
    paper: Paper = Paper.LETTER
    language: str = "en-US"


def compose_code(content: CodeContent, tick: Tick = no_tick) -> Composed:
    """The whole pack as a PDF. The same content gives the same bytes."""
    book = Book(PAGES[content.paper], _running(content), tick)
    sheets = list(_sheets(content))
    for at, sheet in enumerate(sheets):
        book.add(sheet, (sheet.title, at, len(sheets)))
    about = About(
        title=f"{content.company}: the Code as rules, version {content.code_version}",
        author=content.company,
        subject=f"Rule set as of {content.rule_set_date}",
        language=content.language,
        at=content.as_of,
    )
    pdf = finish(book.surface, about, (), None)
    return Composed(pdf, book.surface.page, (), tuple(book.surface.bookmarks))


def _sheets(content: CodeContent) -> Iterator[Sheet]:
    width = PAGES[content.paper].text_width
    for place, section in enumerate(content.sections):
        words = f"The Code as rules, version {content.code_version}"
        boxes = [*heading(words, section.title, section.intro)]
        if not place:
            boxes.extend(_about(content))
        for entry in section.entries:
            boxes.extend(_entry(entry, width))
        yield Sheet(boxes, key=f"code-{place}", title=section.title)


def _about(content: CodeContent) -> Iterator[Box]:
    yield para(
        f"What the program obeys, for {content.company}, with the SHA-256 of the pack: "
        f"{content.fingerprint}",
        style.NOTE,
        after=6,
    )


def _entry(entry: Entry, width: float) -> Iterator[Box]:
    yield Need(least=56.0)
    yield para(entry.title or entry.id, style.FACT_BOLD, before=7, after=0.5)
    if entry.title:
        yield para(entry.id, style.NOTE, after=1.5)
    if entry.lines:
        rows = [
            Row((para(label, style.TABLE_LABEL), para(text, style.TABLE)))
            for label, text in entry.lines
        ]
        yield Grid(Columns((_LABEL, width - _LABEL)), rows, above=1.6, below=2.2)
    yield Space(2)


def _running(content: CodeContent) -> Running:
    return Running(
        committee="The Code as rules",
        subject=content.company,
        confidential="",
        copy="",
        as_of=(
            f"As of {moment(content.as_of, content.zone)}",
            f"Rule set as of {day(content.rule_set_date)}",
        ),
        edition=(f"Code version {content.code_version}",),
    )
