"""Cover, agenda, contents and the summary on one page."""

from __future__ import annotations

from collections.abc import Iterator

from candor.packet import style
from candor.packet.book import Look, Sheet
from candor.packet.content import AgendaItem, ItemKind, PacketContent, Part
from candor.packet.dates import long_day
from candor.packet.flowables import (
    Anchor,
    Beside,
    Box,
    Labelled,
    Linked,
    Need,
    PageOf,
    Panel,
    Rule,
    Space,
    Stack,
    mixed,
    para,
)
from candor.packet.marks import Chip, Legend
from candor.packet.sections import (
    annex_anchor,
    annex_letters,
    changes_anchor,
    head_cell,
    heading,
    person_anchor,
    summary_title,
)
from candor.packet.style import HAIR, INK, PAGES, RULE, THIN
from candor.packet.surface import TOTAL
from candor.packet.tables import Columns, Grid, Row

CONFIDENTIAL = (
    "Do not copy or forward. Return it when the Secretary asks. "
    "Nothing here stops anyone from reporting a concern to the SEC or another agency."
)


def grouped(digest: str, groups: int = 8, size: int = 4) -> str:
    """The beginning of a hex digest in groups, a dot after the fourth."""
    parts = [digest[at : at + size] for at in range(0, len(digest), size)][:groups]
    half = len(parts) // 2
    if groups < 8 or not half:
        return " ".join(parts)
    return " ".join(parts[:half]) + " · " + " ".join(parts[half:])


def cover(content: PacketContent, fingerprint: str) -> Iterator[Sheet]:
    """The cover: what, when, what needs a vote; who holds this copy; what it is not for."""
    page = PAGES[content.paper]
    top = Stack(list(_cover_top(content, page.cover_width)), keep=False)
    low = Stack(list(_cover_low(content, fingerprint, page.cover_width)))
    room = page.height - 84 - 100
    gap = room - top.height(page.cover_width) - low.height(page.cover_width)
    boxes: list[Box] = [top, Space(max(gap - 0.5, 24.0)), low]
    yield Sheet(boxes, key="cover", title="Cover", look=Look.COVER)


def _cover_top(content: PacketContent, wide: float) -> Iterator[Box]:
    yield Space(4)
    yield para(content.company, style.COVER_COMPANY, after=10.5)
    yield para(content.committee, style.COVER_NAME, after=4.5)
    yield para(content.title, style.COVER_SUB, after=24.5)
    yield Rule(style.HEAVY, INK, after=16)
    yield para(long_day(content.meeting_on), style.COVER_DATE)
    for line in (content.meeting_time, content.meeting_place):
        if line:
            yield para(line, style.COVER_LINE)
    listed = [(n, i) for n, i in enumerate(content.agenda, 1) if i.kind is ItemKind.DECISION]
    title = "Needs your vote"
    if not listed:
        title = "To discuss"
        listed = [(n, i) for n, i in enumerate(content.agenda, 1) if i.part]
    if listed:
        yield Space(28)
        yield para(title, style.COVER_LIST, after=3)
        for at, (number, item) in enumerate(listed[:8]):
            if at:
                yield Rule(THIN, HAIR)
            yield _cover_item(number, item, wide)


def _cover_item(number: int, item: AgendaItem, wide: float) -> Box:
    text = Labelled(
        para(str(number), style.COVER_NUMBER),
        para(item.title, style.COVER_ITEM),
        22,
    )
    page: Box = Space(0.0)
    if item.part:
        page = PageOf(item.part.value, style.COVER_PAGE, "page {}")
    row = Beside(((wide - 82, text), (70.0, page)))
    return Linked(Stack([Space(3), row, Space(4.5)]), item.part.value)


def _cover_low(content: PacketContent, fingerprint: str, wide: float) -> Iterator[Box]:
    yield Rule(0.6, RULE, after=11)
    left = (wide - 12) * 0.53
    yield Beside(
        ((left, _facts_left(content, fingerprint)), (wide - 12 - left, _facts_right(content))), 12
    )
    yield Space(22)
    note = content.confidential_note or CONFIDENTIAL
    lead = f"{content.confidential}; prepared for the {content.committee}. "
    yield Panel(Stack([mixed((lead, style.CARE_BOLD), (note, style.CARE))]), bar=False, after=0)


def _fact(label: str, *body: Box, column: float) -> Labelled:
    return Labelled(para(label, style.FACT_LABEL), Stack(list(body)), column, after=6)


def _facts_left(content: PacketContent, fingerprint: str) -> Stack:
    of, bold = style.FACT, style.FACT_BOLD
    copy = content.copy_note
    rest = f", for {content.recipient}" if content.recipient else ""
    length = PageOf(TOTAL, of, "{} pages", 0.0)
    shown = grouped(fingerprint)
    said = para("of the contents; compare with the issue receipt", style.NOTE)
    return Stack(
        [
            _fact("Copy", mixed((copy, bold), (rest, of)), column=66),
            _fact("Version", para(f"{content.version}; {content.replaces}", of), column=66),
            _fact("Withheld", para(content.withheld, of), column=66),
            _fact("Length", length, column=66),
            _fact("Fingerprint", para(shown, style.FINGERPRINT), said, column=66),
        ]
    )


def _facts_right(content: PacketContent) -> Stack:
    of = style.FACT
    rows: list[Box] = []
    if content.chair:
        rows.append(_fact("Chair", para(content.chair, of), column=58))
    if content.members:
        rows.append(_fact("Members", *(para(m, of) for m in content.members), column=58))
    if content.secretary:
        rows.append(_fact("Secretary", para(content.secretary, of), column=58))
        ask = "Ask the Secretary before the meeting"
        rows.append(_fact("Questions", para(ask, of), column=58))
    return Stack(rows or [Space(0.0)])


def agenda(content: PacketContent) -> Iterator[Sheet]:
    """The agenda: time, item, what it is, who leaves, page; votes carry a bar at the left."""
    if not content.agenda:
        return
    width = PAGES[content.paper].text_width
    timed = any(i.time for i in content.agenda)
    columns = Columns(
        (44.0 if timed else 0.0, 24.0, width - 252 + (0 if timed else 44), 72, 80, 32)
    )
    if not timed:
        columns = Columns((24.0, width - 208, 72, 80, 32))
    titles = [("Time", 1.0), ("", 0.0)] if timed else [("", 0.0)]
    titles += [("Item", 0.0), ("What it is", 0.0), ("Leaves the room", 0.0), ("Page", 1.0)]
    head = Row(tuple(head_cell(t, a) for t, a in titles))
    rows = [_agenda_row(n, i, timed=timed) for n, i in enumerate(content.agenda, start=1)]
    boxes: list[Box] = [
        *heading("", "Agenda", _agenda_deck(content)),
        Grid(columns, rows, head, after=12),
        Legend(),
    ]
    if len(content.agenda) <= SHORT_AGENDA:
        boxes += [Need(least=150.0), *_contents_boxes(content, style.SECTION, 18.0)]
    yield Sheet(boxes, key="agenda", title="Agenda")


SHORT_AGENDA = 8
"""Items after which the contents still begin on the agenda's page."""


def _agenda_deck(content: PacketContent) -> str:
    votes = sum(i.kind is ItemKind.DECISION for i in content.agenda)
    if not votes:
        return "No vote is asked of the Committee."
    words = {1: "One vote", 2: "Two votes", 3: "Three votes", 4: "Four votes", 5: "Five votes"}
    said = words.get(votes, f"{votes} votes")
    leaving = sum(bool(i.leaves) for i in content.agenda)
    return f"{said}. {_leaving(leaving)}"


def _leaving(items: int) -> str:
    if not items:
        return "Nobody leaves the room."
    return "Somebody leaves the room for " + ("one item." if items == 1 else f"{items} items.")


def _agenda_row(number: int, item: AgendaItem, *, timed: bool) -> Row:
    what: list[Box] = [para(item.title, style.AGENDA_BOLD)]
    if item.second_line:
        what.append(para(item.second_line, style.AGENDA_SECOND))
    leaves = [para(n, style.AGENDA) for n in item.leaves] or [para("nobody", style.AGENDA.soft())]
    cells: list[Box] = [para(item.time or "–", style.AGENDA, align=1.0)] if timed else []
    cells += [
        para(str(number), style.AGENDA_BOLD, align=1.0),
        Linked(Stack(what), item.part.value),
        Chip(item.kind),
        Stack(leaves),
        PageOf(item.part.value, style.AGENDA),
    ]
    return Row(tuple(cells), accent=item.kind is ItemKind.DECISION)


def contents(content: PacketContent) -> Iterator[Sheet]:
    """The table of contents on a page of its own, where the agenda leaves no room for it."""
    if not content.agenda or len(content.agenda) > SHORT_AGENDA:
        yield Sheet(_contents_boxes(content, style.TITLE, 0.0))


def _contents_boxes(content: PacketContent, of: style.Type, before: float) -> Iterator[Box]:
    """Every line a link."""
    width = PAGES[content.paper].text_width
    title = Stack([Anchor("contents", "Contents"), para("Contents", of)], before=before, after=3)
    yield title
    for at, (level, name, second, key) in enumerate(entries(content)):
        yield _entry(level, name, second, key, width, first=at == 0)
    yield Rule(style.HEAVY, INK)


def entries(content: PacketContent) -> Iterator[tuple[int, str, str, str]]:
    """(level, title, second words, anchor) of everything that follows the contents."""
    yield 0, summary_title(content), "", Part.SUMMARY.value
    if content.independence or content.people:
        yield 0, independence_title(content), "", Part.INDEPENDENCE.value
    if content.people:
        yield 0, "Exceptions, person by person", "", Part.EXCEPTIONS.value
        for person in content.people:
            yield 1, person.name, person.case_number, person_anchor(person.key)
    if content.changes:
        yield 0, "What changed since last year", "", Part.CHANGED.value
        for changes in content.changes:
            if changes.changed:
                yield 1, changes.name, changes.case_number, changes_anchor(changes.key)
    yield 0, "Signatures", "", Part.SIGNATURES.value
    if content.annexes:
        letters = annex_letters(content.annexes)
        yield 0, "Annexes: questionnaires as signed", "", Part.ANNEXES.value
        for annex in content.annexes:
            name = f"{letters[annex.key]}  {annex.name}"
            yield 1, name, annex.case_number, annex_anchor(annex.key)


def independence_title(content: PacketContent) -> str:
    """The title of the page with the matrix and the list of exceptions."""
    if not content.independence:
        return "Exceptions at a glance"
    return "Independence and exceptions" if content.people else "Independence"


def _entry(level: int, title: str, second: str, key: str, width: float, *, first: bool) -> Box:
    of = style.AGENDA if level else style.AGENDA_BOLD
    text: Box = mixed((title, of), (f"   {second}" if second else "", style.AGENDA.soft()))
    indent = 16.0 * level
    row = Beside(((indent, Space(0.0)), (width - indent - 60, text), (60.0, PageOf(key, of))), 0.0)
    rim = 2.2 if level else 4.0
    body: list[Box] = [Space(rim), row, Space(rim + 0.8)]
    if level:
        return Linked(Stack(body), key)
    return Linked(Stack([Rule(style.HEAVY, INK) if first else Rule(THIN, HAIR), *body]), key)
