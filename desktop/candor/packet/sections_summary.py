"""The packet on one page: figures, votes, exceptions by severity, what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from candor.packet import style
from candor.packet.book import Sheet
from candor.packet.content import (
    AgendaItem,
    Cell,
    ExceptionItem,
    ItemKind,
    Outstanding,
    PacketContent,
    Part,
    State,
)
from candor.packet.dates import day
from candor.packet.flowables import Box, Linked, PageOf, Stack, para
from candor.packet.marks import Bars, Figures
from candor.packet.sections import (
    SEVERITY_WORDS,
    cell,
    head_cell,
    heading,
    item_of,
    plural,
    section_stack,
    summary_title,
)
from candor.packet.style import PAGES
from candor.packet.tables import Columns, Grid, Row


def summary(content: PacketContent) -> Iterator[Sheet]:
    """One page, measured: people still missing are counted once the page is full."""
    boxes, _ = summary_page(content)
    item = item_of(content, Part.SUMMARY)
    yield Sheet(boxes, key=Part.SUMMARY.value, title=summary_title(content), item=item)


def summary_page(content: PacketContent) -> tuple[list[Box], bool]:
    """The page's boxes and whether they fit on one page."""
    page = PAGES[content.paper]
    shown = len(content.summary.outstanding)
    while True:
        boxes = list(_boxes(content, shown))
        fits = Stack(boxes).height(page.text_width) <= page.depth
        if fits or shown == 0:
            return boxes, fits
        shown = shown // 2 if shown > 24 else shown - 1


def _boxes(content: PacketContent, shown: int) -> Iterator[Box]:
    width = PAGES[content.paper].text_width
    summary_text = content.summary
    yield from heading("", summary_title(content), summary_text.deck)
    if summary_text.figures:
        yield Figures(summary_text.figures[:4])
    votes = [(n, i) for n, i in enumerate(content.agenda, 1) if i.kind is ItemKind.DECISION]
    if votes:
        yield section_stack("To decide", _votes(votes, width))
    items = [item for person in content.people for item in person.exceptions]
    if items:
        yield section_stack(_message(items), Bars(_counts(items)), *_legend())
        yield from _deciders(content, width)
    if content.independence:
        yield section_stack("Independence on these answers", _independence(content, width))
    if summary_text.outstanding:
        yield _outstanding(summary_text.outstanding, shown, width)
    for note in summary_text.notes:
        yield para(note, style.NOTE, before=8)


def _votes(votes: Sequence[tuple[int, AgendaItem]], width: float) -> Grid:
    head = Row((head_cell(""), head_cell("Question"), head_cell("Page", 1.0)))
    rows = [
        Row(
            (
                cell(str(number), style.TABLE_BOLD),
                Linked(cell(item.title), item.part.value),
                PageOf(item.part.value, style.TABLE),
            )
        )
        for number, item in votes
    ]
    return Grid(Columns((20.0, width - 60, 40.0)), rows, head)


def _independence(content: PacketContent, width: float) -> Grid:
    """Counts by finding, with the names of those for whom something was found or is open."""
    met = [r for r in content.independence if Cell.MET in r.cells]
    still = [r for r in content.independence if r not in met and Cell.OPEN in r.cells]
    clear = len(content.independence) - len(met) - len(still)
    rows = [
        _counted("Bar met", len(met), _names([f"{r.name} ({r.finding})" for r in met])),
        _counted("Answer open", len(still), _names([r.name for r in still])),
        _counted("No bar found", clear, "Not a finding of independence: the Board determines it"),
    ]
    return Grid(Columns((80.0, 36.0, width - 116)), rows, above=2.4, below=3.2)


def _counted(label: str, count: int, words: str) -> Row:
    return Row(
        (cell(label, style.TABLE_BOLD), cell(f"{count:,}", align=1.0), cell(words or "nobody"))
    )


def _names(names: list[str]) -> str:
    """At most six names; the others are counted."""
    more = f" and {len(names) - 6} more" if len(names) > 6 else ""
    return ", ".join(names[:6]) + more


def _message(items: Sequence[ExceptionItem]) -> str:
    """The chart's heading states what it shows."""
    decided = sum(i.state is State.DETERMINED for i in items)
    if decided == len(items):
        return (
            f"All {plural(len(items), 'exception')} are determined"
            if decided > 1
            else ("The one exception is determined")
        )
    return f"{decided} of {plural(len(items), 'exception')} determined"


def _counts(items: Sequence[ExceptionItem]) -> tuple[tuple[str, int, int], ...]:
    found = []
    for severity, word in SEVERITY_WORDS.items():
        these = [i for i in items if i.severity is severity]
        decided = sum(i.state is State.DETERMINED for i in these)
        found.append((word, decided, len(these) - decided))
    return tuple(found)


def _legend() -> tuple[Box, ...]:
    return (para("By severity. Black: determined. Outline: open or referred.", style.NOTE),)


def _deciders(content: PacketContent, width: float) -> Iterator[Box]:
    """Who decided how many, by office."""
    counted: dict[tuple[str, str], int] = {}
    for person in content.people:
        for item in person.exceptions:
            for made in item.determinations:
                if not made.void:
                    key = (made.office, made.by)
                    counted[key] = counted.get(key, 0) + 1
    if not counted:
        return
    head = Row((head_cell("Office"), head_cell("Held by"), head_cell("Determinations", 1.0)))
    rows = [
        Row((cell(office, style.TABLE_BOLD), cell(name), cell(f"{count:,}", align=1.0)))
        for (office, name), count in list(counted.items())[:6]
    ]
    grid = Grid(Columns((width / 2 - 30, width / 2 - 50, 80.0)), rows, head)
    yield section_stack("Who determined them", grid)


def _outstanding(missing: Sequence[Outstanding], shown: int, width: float) -> Box:
    head = Row(tuple(head_cell(t) for t in ("Who", "What", "Due", "State")))
    rows = [
        Row(
            (
                cell(entry.who, style.TABLE_BOLD),
                cell(entry.what),
                cell(day(entry.due) if entry.due else "–"),
                cell(entry.state or "–"),
            )
        )
        for entry in missing[:shown]
    ]
    if shown < len(missing):
        more = f"{len(missing) - shown:,} {'more' if shown else 'open points'}"
        rows.append(
            Row((cell(more, style.TABLE_BOLD), cell("in the campaign list"), cell("–"), cell("–")))
        )
    grid = Grid(Columns((110.0, width - 286, 80.0, 96.0)), rows, head)
    return section_stack("Still missing", grid)
