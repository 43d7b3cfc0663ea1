"""What changed since last year: one page for all, then one page for each whose answers changed.

A page that would overflow lists its least weighty answers by number only; they stand in full in
the annex. What does not fit even so is a problem for the Secretary, never a second page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from candor.packet import style
from candor.packet.book import Sheet
from candor.packet.content import Changed, Figure, PacketContent, Part, PersonChanges
from candor.packet.flowables import Box, Linked, PageOf, Stack, mixed, para
from candor.packet.marks import Figures
from candor.packet.sections import (
    SEVERITY_ORDER,
    SEVERITY_WORDS,
    annex_anchor,
    case_line,
    cell,
    changes_anchor,
    head_cell,
    heading,
    item_of,
    kicker,
    person_heading,
    plural,
    section_stack,
    who,
)
from candor.packet.style import PAGES
from candor.packet.tables import Columns, Grid, Row
from candor.policy.terms import Severity

_BLANKS = re.compile(r"[ \t\r\n]+")
"""What may become one space: never the no-break space inside a date or an amount."""
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
        if person.changed:
            page, _, _ = person_page(content, person)
            yield Sheet(
                page,
                key=changes_anchor(person.key),
                title=person.name,
                level=1,
                item=item,
                case_number=case_line(person.case_number, person.name),
            )


def overview_page(content: PacketContent) -> tuple[list[Box], bool]:
    """The page for all and whether it fits.

    First as many people as the page holds, those who changed least counted in one line; then
    as many of the weightiest answers as there is room left for.
    """
    page = PAGES[content.paper]
    people = sorted(content.changes, key=_rank)
    weighty = _weighty(people)

    def fits(named: int, answers: int) -> bool:
        boxes = list(_overview(content, people[:named], people[named:], weighty[:answers]))
        return Stack(boxes).height(page.text_width) <= page.depth

    named = _most(len(people), lambda count: fits(count, 0))
    answers = _most(min(len(weighty), 24), lambda count: fits(named, count))
    boxes = list(_overview(content, people[:named], people[named:], weighty[:answers]))
    return boxes, fits(named, answers)


def _most(upper: int, fits: Callable[[int], bool]) -> int:
    """The largest count up to ``upper`` that fits, found by halving; 0 where none does."""
    low, high = 0, upper
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def _rank(person: PersonChanges) -> tuple[int, int]:
    weights = [SEVERITY_ORDER.index(c.weight) for c in person.changed if c.weight]
    return (min(weights, default=9), -len(person.changed) - len(person.unable))


def _weighty(people: list[PersonChanges]) -> list[tuple[PersonChanges, Changed]]:
    """Changed answers that raise a flag of weight, gravest first."""
    grave = (Severity.HIGH, Severity.MEDIUM)
    return [(p, c) for weight in grave for p in people for c in p.changed if c.weight is weight]


def _overview(
    content: PacketContent,
    named: list[PersonChanges],
    rest: list[PersonChanges],
    weighty: list[tuple[PersonChanges, Changed]],
) -> Iterator[Box]:
    width = PAGES[content.paper].text_width
    everyone = content.changes
    counts = (
        (sum(p.still_correct for p in everyone), "still correct"),
        (sum(len(p.changed) for p in everyone), "changed"),
        (sum(p.new for p in everyone), "new this year"),
        (sum(p.asked for p in everyone), "questions asked"),
    )
    title = "What changed since last year"
    yield from heading(kicker(content, Part.CHANGED, "Questionnaires"), title, _deck(content))
    yield Figures([Figure(f"{n:,}", label) for n, label in counts])
    names = ("Person", "Still correct", "Changed", "New", "Unable", "Page")
    head = Row(tuple(head_cell(t, 0.0 if not at else 1.0) for at, t in enumerate(names)))
    annexed = {annex.key for annex in content.annexes}
    rows = [_overview_row(p, annexed) for p in named]
    if rest:
        rows.append(_rest_row(rest, len(named)))
    columns = Columns((width - 206, 58.0, 44.0, 32.0, 40.0, 32.0), 4.0)
    yield Grid(columns, rows, head, above=2.6, below=3.4, before=4)
    yield para(
        "Each answer of last year was offered again and confirmed or changed one by one. "
        "“New” was not asked or not answered last year. “Unable” is counted among changed or "
        "new as well; it is open, never a “No”.",
        style.NOTE,
        before=4,
    )
    if weighty:
        yield section_stack("The weightiest changes", _weighty_table(weighty, width))


def _weighty_table(weighty: list[tuple[PersonChanges, Changed]], width: float) -> Grid:
    head = Row(tuple(head_cell(t) for t in ("Weight", "Question", "Who", "This year")))
    rows = [
        Row(
            (
                cell(SEVERITY_WORDS[change.weight] if change.weight else "Note"),
                cell(change.question),
                Linked(cell(person.name, style.TABLE_BOLD), changes_anchor(person.key)),
                cell(f"{_cut(change.label)}: {_cut(change.this_year)}"),
            )
        )
        for person, change in weighty
    ]
    return Grid(Columns((46.0, 48.0, 112.0, width - 206)), rows, head, above=2.4, below=3.2)


def _deck(content: PacketContent) -> str:
    touched = sum(bool(p.changed) for p in content.changes)
    of = len(content.changes)
    if not touched and not any(p.still_correct for p in content.changes):
        return "There are no answers of last year to compare with."
    if not touched:
        return f"None of {plural(of, 'person', 'people')} changed an answer."
    return f"{touched} of {plural(of, 'person', 'people')} changed an answer."


def _overview_row(person: PersonChanges, annexed: set[str]) -> Row:
    """The page given is the person's own page of changes, else the annex."""
    leads_to = annex_anchor(person.key) if person.key in annexed else ""
    if person.changed:
        leads_to = changes_anchor(person.key)
    counts = (person.still_correct, len(person.changed), person.new, len(person.unable))
    bold = style.TABLE_BOLD if person.changed else style.TABLE
    cells: list[Box] = [Linked(who(person.name, person.role), leads_to)]
    for at, count in enumerate(counts):
        cells.append(cell(f"{count:,}", bold if at == 1 else style.TABLE, align=1.0))
    return Row((*cells, PageOf(leads_to, style.TABLE)))


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

    def boxes(shown: int) -> list[Box]:
        return list(_person_boxes(content, person, ranked, shown))

    def fits(shown: int) -> bool:
        return Stack(boxes(shown)).height(page.text_width) <= page.depth

    shown = _most(len(ranked), fits)
    return boxes(shown), fits(shown), len(ranked) - shown


def _person_boxes(
    content: PacketContent, person: PersonChanges, ranked: list[Changed], shown: int
) -> Iterator[Box]:
    width = PAGES[content.paper].text_width
    words = kicker(content, Part.CHANGED, "What changed since last year")
    yield from person_heading(words, (person.name, person.role), person.deck, width)
    yield Figures(
        [
            Figure(f"{person.still_correct:,}", "still correct"),
            Figure(f"{len(person.changed):,}", "changed"),
            Figure(f"{person.new:,}", "new this year"),
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
                (f"{u.label}: ", style.TABLE_BOLD),
                (_cut(u.reason), style.TABLE),
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
    flat = _BLANKS.sub(" ", text).strip(" ")
    if len(flat) <= _CUT:
        return flat
    # at the last space, but not where one endless word would leave next to nothing
    end = max(flat.rfind(" ", 0, _CUT), _CUT // 2)
    return flat[:end].rstrip(" ,;") + "… (in full in the annex)"


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
    rest = width - 82
    columns = Columns((36.0, rest * 0.24, rest * 0.36, rest * 0.40, 46.0))
    return Grid(columns, rows, head)
