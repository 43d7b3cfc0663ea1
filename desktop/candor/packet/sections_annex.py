"""A questionnaire in full, as it was signed: the annex of a packet and the filer's own print."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from candor.packet import style
from candor.packet.book import Sheet
from candor.packet.content import Annex, AnnexPart, PacketContent, Part, PrintedQuestion, Rows
from candor.packet.flowables import (
    Anchor,
    Box,
    Labelled,
    Need,
    Rule,
    Space,
    Stack,
    mixed,
    para,
)
from candor.packet.marks import Options
from candor.packet.sections import (
    SEVERITY_WORDS,
    annex_anchor,
    case_line,
    cell,
    head_cell,
    heading,
    letter,
    upper_first,
)
from candor.packet.style import HAIR, HEAVY, INK, PAGES, THIN
from candor.packet.tables import Columns, Grid, Row
from candor.packet.text import Span, natural

NUMBER_COLUMN = 39.6
RECORD_LABELS = 110.0
SINGLE_LABELS = 142.0
TALL = 220.0
"""A question up to a third of a page is kept whole."""
ROWS_BEGUN = 120.0
"""Room for the first rows of a taller one, below its wording."""
MOST_COLUMNS = 6
"""A table with more is printed as records, or its heads would tower over its rows."""


def annexes(content: PacketContent) -> Iterator[Sheet]:
    """One annex for each questionnaire, each beginning on a new page."""
    width = PAGES[content.paper].text_width
    for at, annex in enumerate(content.annexes):
        name = letter(at)
        boxes = annex_boxes(annex, f"Annex {name} · Questionnaire as signed", width)
        yield Sheet(
            boxes,
            key=annex_anchor(annex.key),
            title=f"Annex {name}: {annex.name}",
            level=1,
            group=(Part.ANNEXES.value, "Annexes: questionnaires as signed")
            if at == 0
            else ("", ""),
            case_number=case_line(annex.case_number, annex.name),
        )


def annex_boxes(annex: Annex, words: str, width: float) -> Iterator[Box]:
    """The person's heading and facts, then part by part."""
    yield from heading(
        words, annex.name, upper_first(", ".join(t for t in (annex.role, annex.title) if t))
    )
    if annex.facts:
        rows = [
            Row((para(label, style.MEMO_LABEL), para(text or "–", style.MEMO)))
            for label, text in annex.facts
        ]
        grid = Grid(Columns((88.0, width - 88)), rows, above=3.0, below=3.6, before=4, after=6)
        yield grid
    if annex.note:
        yield para(annex.note, style.NOTE, before=4)
    for part in annex.parts:
        yield from _part(part, width)


def _part(part: AnnexPart, width: float) -> Iterator[Box]:
    title = f"{part.number}  {part.title}" if part.number else part.title
    opening: list[Box] = [Anchor("", title, 2), para(title, style.TITLE, after=1.5)]
    if part.intro:
        opening.append(para(part.intro, style.DECK))
    head = Stack([*opening, Space(7), Rule(HEAVY, INK)], before=18, after=6)
    for at, question in enumerate(part.questions):
        box, least = _question(question, width)
        if at == 0:
            # a heading never stands at the foot of a page without its first question
            yield Need(least=head.before + head.height(width) + head.after + least)
            yield head
        else:
            yield Need(least=least + 6)
        yield box


def _question(question: PrintedQuestion, width: float) -> tuple[Box, float]:
    """Number, wording, answer and its notes, with the height that must stay on one page.

    A question stays whole up to `TALL` points; the rows of a taller one go on over the page,
    or a family would leave half a page blank before it.
    """
    wording = Labelled(
        para(question.number, style.AGENDA_BOLD), para(question.wording, style.WORDING), 39.6
    )
    inner = width - NUMBER_COLUMN
    answered = [
        Labelled(None, box, NUMBER_COLUMN, 5.5 if isinstance(box, Options | Grid) else 3.0)
        for box in _answer(question, inner)
    ]
    whole = Stack([wording, *answered, Space(7), Rule(THIN, HAIR)], after=6)
    tall = whole.height(width)
    if tall <= TALL:
        return whole, tall
    first = (box.body for box in answered)
    lead = [wording, *(Labelled(None, b, NUMBER_COLUMN, 5.5) for b in takewhile(_brief, first))]
    whole.keep = False
    return whole, min(Stack(lead).height(width) + ROWS_BEGUN, TALL)


def _brief(box: Box) -> bool:
    """What stands before the rows: the period and the circles."""
    return not isinstance(box, Grid)


def _answer(question: PrintedQuestion, width: float) -> Iterator[Box]:
    if question.period:
        yield para(question.period, style.NOTE)
    if question.options:
        yield Options(question.options)
    if question.value:
        yield para(question.value, style.TABLE_BOLD)
    if question.table:
        yield printed_table(question.table, width)
    for label, text in (
        ("", question.explanation),
        ("Unable to answer: ", question.unable),
        ("Disputed: ", question.dispute),
        ("Comment: ", question.comment),
    ):
        if text:
            lead = style.Type(style.REPLY.face, 10.5, 13.6, style.SOFT)
            yield mixed((label, lead), (f"“{text}”", style.REPLY))
    note = _note(question)
    if note:
        yield mixed(*note)


def _note(question: PrintedQuestion) -> list[tuple[str, style.Type]]:
    """ "**High** · last year: No; changed · Item 404(a), Code III"."""
    parts: list[tuple[str, style.Type]] = []
    if question.severity:
        parts.append((SEVERITY_WORDS[question.severity], style.NOTE_BOLD))
    cites = "; ".join(question.cites)
    source = f"source: {question.source}" if question.source else ""
    for text in (question.flags, source, question.change, cites):
        if text:
            if parts:
                parts.append(("  ·  ", style.NOTE))
            parts.append((text, style.NOTE))
    return parts


def printed_table(table: Rows, width: float) -> Box:
    """The rows in columns; as records, one below the other, where columns would be too narrow."""
    if not table.rows:
        return para("none", style.TABLE.soft())
    if table.single:
        return _single(table, width)
    columns = _columns(table, width)
    if columns is None:
        return _records(table, width)
    rights = [1.0 if c.right else 0.0 for c in table.columns]
    head = Row(tuple(head_cell(c.label, r) for c, r in zip(table.columns, rights, strict=True)))
    rows = [
        Row(tuple(cell(text or "–", align=r) for text, r in zip(row, rights, strict=True)))
        for row in table.rows
    ]
    return Grid(columns, rows, head, above=2.6, below=3.4)


_SAMPLED = 60
"""Rows read to find column widths; a table of thousands looks like its beginning."""


def _columns(table: Rows, width: float) -> Columns | None:
    """Widths between the longest word and the longest line; None where words would break."""
    if len(table.columns) > MOST_COLUMNS:
        return None
    gap = 8.0
    room = width - gap * (len(table.columns) - 1)
    least, wanted = [], []
    for at, column in enumerate(table.columns):
        narrow, broad = natural((Span(column.label, style.COLUMN),))
        for row in table.rows[:_SAMPLED]:
            word, line = natural((Span(row[at][:300], style.TABLE),))
            narrow, broad = max(narrow, word), max(broad, line)
        least.append(min(narrow, 150.0))
        wanted.append(min(broad, 240.0))
    if sum(least) > room:
        return None
    spare, asked = room - sum(least), sum(w - n for w, n in zip(wanted, least, strict=True))
    share = min(spare / asked, 1.0) if asked > 0 else 0.0
    widths = [n + (w - n) * share for n, w in zip(least, wanted, strict=True)]
    # what is left over is shared by the columns of words: later rows may be longer
    wordy = [at for at, c in enumerate(table.columns) if not c.right] or [0]
    left_over = room - sum(widths)
    for at in wordy:
        widths[at] += left_over / len(wordy)
    return Columns(tuple(w + (gap if at < len(widths) - 1 else 0) for at, w in enumerate(widths)))


def _single(table: Rows, width: float) -> Box:
    """The one row of a question in several parts: a line for each part."""
    pairs = zip(table.columns, table.rows[0], strict=True)
    rows = [
        Row((para(column.label, style.TABLE_LABEL), para(text or "–", style.TABLE)))
        for column, text in pairs
    ]
    return Grid(Columns((SINGLE_LABELS, width - SINGLE_LABELS)), rows, above=2.2, below=3.0)


def _records(table: Rows, width: float) -> Box:
    """Each row as labelled lines under its number."""
    rows = []
    for number, row in enumerate(table.rows, start=1):
        lines: list[Box] = [
            Labelled(
                para(column.label, style.TABLE_LABEL),
                para(text or "–", style.TABLE),
                RECORD_LABELS,
            )
            for column, text in zip(table.columns, row, strict=True)
        ]
        rows.append(Row((cell(str(number), style.TABLE_BOLD), Stack(lines, keep=False))))
    return Grid(Columns((20.0, width - 20)), rows, above=2.6, below=3.4)
