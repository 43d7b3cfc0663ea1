"""What changed since last year: one page for all, then one page for each whose answers changed.

A page that would overflow lists its least weighty answers by number only; they stand in full in
the annex. What does not fit even so is a problem for the Secretary, never a second page.
"""

from __future__ import annotations

from collections.abc import Iterator

from candor.packet import style
from candor.packet.book import Sheet
from candor.packet.content import Changed, Figure, PacketContent, Part, PersonChanges
from candor.packet.flowables import Box, Linked, PageOf, Stack, mixed, para
from candor.packet.marks import Figures
from candor.packet.sections import (
    SEVERITY_ORDER,
    SEVERITY_WORDS,
    cell,
    changes_anchor,
    head_cell,
    heading,
    item_of,
    kicker,
    plural,
    section_stack,
    who,
)
from candor.packet.style import PAGES
from candor.packet.tables import Columns, Grid, Row
from candor.policy.terms import Severity

_CUT = 220
"""Characters of an answer that the page shows; the annex has all of it."""


def changed(content: PacketContent) -> Iterator[Sheet]:
    """The overview, then the pages of those with something to read."""
    if not content.changes:
        return
    boxes, _ = overview_page(content)
    item = item_of(content, Part.CHANGED)
    yield Sheet(boxes, key=Part.CHANGED.value, title="What changed since last year", item=item)
    for person in content.changes:
        if person.changed or person.unable:
            page, _, _ = person_page(content, person)
            yield Sheet(
                page,
                key=changes_anchor(person.key),
                title=person.name,
                level=1,
                item=item,
                case_number=f"Questionnaire {person.case_number}" if person.case_number else "",
            )


def overview_page(content: PacketContent) -> tuple[list[Box], bool]:
    """The page for all and whether it fits; those who changed least are counted, not named."""
    page = PAGES[content.paper]
    ranked = sorted(content.changes, key=_rank)
    shown = len(ranked)
    while True:
        boxes = list(_overview(content, ranked, shown))
        fits = Stack(boxes).height(page.text_width) <= page.depth
        if fits or shown == 0:
            return boxes, fits
        shown = shown // 2 if shown > 60 else shown - 1


def _rank(person: PersonChanges) -> tuple[int, int]:
    weights = [SEVERITY_ORDER.index(c.weight) for c in person.changed if c.weight]
    return (min(weights, default=9), -len(person.changed) - len(person.unable))


def _overview(content: PacketContent, ranked: list[PersonChanges], shown: int) -> Iterator[Box]:
    width = PAGES[content.paper].text_width
    everyone = content.changes
    counts = (
        (sum(p.still_correct for p in everyone), "still correct"),
        (sum(len(p.changed) for p in everyone), "changed"),
        (sum(p.new for p in everyone), "new this year"),
        (sum(len(p.unable) for p in everyone), "unable to answer"),
    )
    title = "What changed since last year"
    yield from heading(
        kicker(content, Part.CHANGED, "Annual questionnaires"), title, _deck(content)
    )
    yield Figures([Figure(f"{n:,}", label) for n, label in counts])
    names = ("Person", "Still correct", "Changed", "New", "Unable", "Page")
    head = Row(tuple(head_cell(t, 0.0 if not at else 1.0) for at, t in enumerate(names)))
    rows = [_overview_row(p) for p in ranked[:shown]]
    if shown < len(ranked):
        rows.append(_rest_row(ranked[shown:], shown))
    columns = Columns((width - 262, 64.0, 54.0, 48.0, 54.0, 42.0))
    yield Grid(columns, rows, head, above=2.6, below=3.4, before=4)
    yield para(
        "Each answer of last year was offered again and confirmed or changed one by one. "
        "“New” was not asked or not answered last year. Unable to answer counts as open, "
        "never as “No”.",
        style.NOTE,
        before=4,
    )


def _deck(content: PacketContent) -> str:
    touched = sum(bool(p.changed) for p in content.changes)
    of = len(content.changes)
    if not touched:
        return f"None of {plural(of, 'person', 'people')} changed an answer."
    return f"{touched} of {plural(of, 'person', 'people')} changed an answer."


def _overview_row(person: PersonChanges) -> Row:
    own_page = changes_anchor(person.key) if person.changed or person.unable else ""
    counts = (person.still_correct, len(person.changed), person.new, len(person.unable))
    bold = style.TABLE_BOLD if person.changed else style.TABLE
    cells: list[Box] = [Linked(who(person.name, person.role), own_page)]
    for at, count in enumerate(counts):
        cells.append(cell(f"{count:,}", bold if at == 1 else style.TABLE, align=1.0))
    return Row((*cells, PageOf(own_page, style.TABLE)))


def _rest_row(rest: list[PersonChanges], shown: int) -> Row:
    words = f"{len(rest):,} {'others' if shown else 'people'}"
    counts = (
        sum(p.still_correct for p in rest),
        sum(len(p.changed) for p in rest),
        sum(p.new for p in rest),
        sum(len(p.unable) for p in rest),
    )
    return Row(
        (
            cell(words, style.TABLE_BOLD),
            *(cell(f"{n:,}", align=1.0) for n in counts),
            cell("–", align=1.0),
        )
    )


def person_page(content: PacketContent, person: PersonChanges) -> tuple[list[Box], bool, int]:
    """One person's page, whether it fits, and how many answers it lists by number only."""
    page = PAGES[content.paper]
    ranked = sorted(person.changed, key=lambda c: SEVERITY_ORDER.index(c.weight) if c.weight else 9)
    shown = len(ranked)
    while True:
        boxes = list(_person_boxes(content, person, ranked, shown))
        fits = Stack(boxes).height(page.text_width) <= page.depth
        if fits or shown == 0:
            return boxes, fits, len(ranked) - shown
        shown = shown // 2 if shown > 40 else shown - 1


def _person_boxes(
    content: PacketContent, person: PersonChanges, ranked: list[Changed], shown: int
) -> Iterator[Box]:
    width = PAGES[content.paper].text_width
    title = f"{person.name}, {person.role}" if person.role else person.name
    subject = "What changed since last year"
    yield from heading(kicker(content, Part.CHANGED, subject), title, person.deck)
    yield Figures(
        [
            Figure(f"{person.still_correct:,}", "still correct"),
            Figure(f"{len(person.changed):,}", "changed"),
            Figure(f"{len(person.unable):,}", "unable to answer"),
            Figure(f"{person.asked:,}", "questions asked"),
        ]
    )
    if ranked:
        kept = {c.question for c in ranked[:shown]}
        table = _changes_table([c for c in person.changed if c.question in kept], width)
        rest = [c.question for c in person.changed if c.question not in kept]
        also = [para(_also(rest), style.TABLE, before=4)] if rest else []
        yield section_stack("Answers that changed", *([table] if kept else []), *also)
    if person.unable:
        lines: list[Box] = [
            mixed(
                (f"{u.question}  ", style.TABLE_BOLD),
                (f"{u.label} {_cut(u.reason)}", style.TABLE),
                after=3,
            )
            for u in person.unable[:12]
        ]
        if len(person.unable) > 12:
            lines.append(para(_also([u.question for u in person.unable[12:]]), style.TABLE))
        yield section_stack("Unable to answer: counts as open, not as “No”", *lines)
    if person.how_we_know:
        yield section_stack("How we know", para(person.how_we_know, style.TABLE))


def _also(numbers: list[str]) -> str:
    return f"Also, in full in the annex: {', '.join(numbers)}."


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _CUT else flat[:_CUT].rstrip() + "… (in full in the annex)"


def _changes_table(changes: list[Changed], width: float) -> Grid:
    names = ("No.", "Question", "Last year", "This year", "Weight")
    head = Row(tuple(head_cell(t) for t in names))
    rows = []
    for change in changes:
        weight = SEVERITY_WORDS[change.weight] if change.weight else "Note"
        heavy = change.weight is Severity.HIGH
        rows.append(
            Row(
                (
                    cell(change.question),
                    cell(_cut(change.label)),
                    cell(_cut(change.last_year) or "–", style.TABLE.soft()),
                    cell(_cut(change.this_year) or "–", style.TABLE_BOLD),
                    cell(weight, style.TABLE_BOLD if heavy else style.TABLE),
                )
            )
        )
    rest = width - 78
    columns = Columns((38.0, rest * 0.32, rest * 0.26, rest * 0.42, 40.0))
    return Grid(columns, rows, head)
